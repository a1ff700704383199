# SPDX-License-Identifier: Apache-2.0
"""Making, changing, deleting and listing notification channels."""

from uuid import UUID

from affiche.service.accounts.values import Caller
from affiche.service.channels.values import Channel, ChannelDraft


class Channels:
    """An application sees and changes only its own channels."""

    def create(self, caller: Caller, draft: ChannelDraft) -> Channel:
        raise NotImplementedError

    def update(self, caller: Caller, channel_id: UUID, draft: ChannelDraft) -> Channel:
        """Replace a channel. Raises `ChannelNotFound`."""
        raise NotImplementedError

    def delete(self, caller: Caller, channel_id: UUID) -> None:
        """Raises `ChannelNotFound`."""
        raise NotImplementedError

    def all(self, caller: Caller) -> list[Channel]:
        """Every channel, oldest first."""
        raise NotImplementedError

    def active(self, caller: Caller) -> list[Channel]:
        """The channels that receive notifications, oldest first. Raises `NoActiveChannel`."""
        raise NotImplementedError
