# SPDX-License-Identifier: Apache-2.0
"""A typed client of the batch enhancement API, and the check of its webhooks.

It needs nothing of the server's own code, so that it shows what any client has to know.
"""

from affiche.client.enhancements import Batch, EnhancementClient, Item, Picture
from affiche.client.errors import ApiError, NoAnswer, TooLate
from affiche.client.webhooks import Event, ForgedEvent, verified

__all__ = [
    "ApiError",
    "Batch",
    "EnhancementClient",
    "Event",
    "ForgedEvent",
    "Item",
    "NoAnswer",
    "Picture",
    "TooLate",
    "verified",
]
