# SPDX-License-Identifier: Apache-2.0
"""Typed clients of both APIs, and the check of webhooks.

They need nothing of the server's own code, so that they show what any client has to know.
"""

from affiche.client.applications import DONE, QUEUED, ApplicationClient, Credentials
from affiche.client.creatives import AdCreativeClient, Process, Texts
from affiche.client.enhancements import Batch, EnhancementClient, Item, Picture
from affiche.client.errors import ApiError, NoAnswer, TooLate
from affiche.client.exchange import Manner
from affiche.client.photoshoots import Photoshoot, PhotoshootClient, Recommended, Scene, Shot
from affiche.client.webhooks import Event, ForgedEvent, standard_secret, verified

__all__ = [
    "DONE",
    "QUEUED",
    "AdCreativeClient",
    "ApiError",
    "ApplicationClient",
    "Batch",
    "Credentials",
    "EnhancementClient",
    "Event",
    "ForgedEvent",
    "Item",
    "Manner",
    "NoAnswer",
    "Photoshoot",
    "PhotoshootClient",
    "Picture",
    "Process",
    "Recommended",
    "Scene",
    "Shot",
    "Texts",
    "TooLate",
    "standard_secret",
    "verified",
]
