# SPDX-License-Identifier: Apache-2.0
"""Telling the server's webhooks from forgeries.

A receiver verifies the bytes as they came, answers with 2xx once the event is safely stored, and takes an event whose
id it has seen for a repetition.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from affiche.errors import AfficheError

TOLERANCE_SECONDS: Final = 300.0


class ForgedEvent(AfficheError):
    """The message was not signed with this key, was changed, or is too old."""

    code: ClassVar[str] = "forged_event"


@dataclass(frozen=True, slots=True)
class Event:
    """A verified message. The same ``event_id`` may come more than once."""

    event_id: str
    kind: str
    data: Mapping[str, Any]


def verified(
    key: str, headers: Mapping[str, str], body: bytes, now: float, tolerance: float = TOLERANCE_SECONDS
) -> Event:
    """The event in a webhook's ``body``. ``key`` is the API key that the batch was created with, ``now`` the time in
    Unix seconds, ``tolerance`` how far the message's own time may be from it. Raises `ForgedEvent`."""
    given = {name.lower(): value for name, value in headers.items()}
    moment, event_id = given.get("x-aigen-timestamp", ""), given.get("x-aigen-event-id", "")
    expected = "v1=" + hmac.new(_secret(key), f"{moment}.{event_id}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.get("x-aigen-signature", "").encode()):
        raise ForgedEvent("The signature is not that of this key.")
    if not moment.isdecimal() or abs(now - int(moment)) > tolerance:
        raise ForgedEvent("The message is too old.")
    told = json.loads(body)
    return Event(event_id, told["type"], told.get("data", {}))


def standard_secret(key: str) -> str:
    """What libraries of Standard Webhooks verify the messages for ``key`` with, where the server signs for them too."""
    return "whsec_" + base64.b64encode(_secret(key)).decode()


def _secret(key: str) -> bytes:
    return hashlib.sha256(key.encode()).hexdigest().encode()
