# SPDX-License-Identifier: Apache-2.0
"""Webhooks that come with a request and are told of that request alone; their messages are signed."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from affiche.store.notification_tables import CallbackRow

_PREFIX: Final = "evt_"


@dataclass(frozen=True, slots=True)
class Callback:
    """Where to call, and the text that messages are signed with."""

    url: str
    secret: str = field(repr=False)

    def row(self, application_id: UUID) -> CallbackRow:
        """The same row for the same callback, so that a dead one holds up its own deliveries only."""
        callback_id = uuid5(application_id, f"{self.secret} {self.url}")
        return CallbackRow(id=callback_id, application_id=application_id, url=self.url, secret=self.secret)


def public_id(event_id: UUID) -> str:
    """An event's id as receivers of callbacks see it."""
    return f"{_PREFIX}{event_id.hex}"


def event_of(text: str) -> UUID:
    """The event with this id, in whichever of its two spellings. Raises `ValueError`."""
    return UUID(text.removeprefix(_PREFIX))
