# SPDX-License-Identifier: Apache-2.0
"""Typed clients of both APIs, and the check of webhooks.

They need nothing of the server's own code, so that they show what any client has to know.
"""

from affiche.client.creatives import DONE, QUEUED, AdCreativeClient, Credentials, Process, Texts
from affiche.client.enhancements import Batch, EnhancementClient, Item, Picture
from affiche.client.errors import ApiError, NoAnswer, TooLate
from affiche.client.exchange import Manner
from affiche.client.webhooks import Event, ForgedEvent, standard_secret, verified

__all__ = [
    "DONE",
    "QUEUED",
    "AdCreativeClient",
    "ApiError",
    "Batch",
    "Credentials",
    "EnhancementClient",
    "Event",
    "ForgedEvent",
    "Item",
    "Manner",
    "NoAnswer",
    "Picture",
    "Process",
    "Texts",
    "TooLate",
    "standard_secret",
    "verified",
]
