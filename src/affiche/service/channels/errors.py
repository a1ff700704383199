# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with notification channels."""

from uuid import UUID

from affiche.errors import AfficheError


class NoActiveChannel(AfficheError):
    """The application has no active notification channel, and the request needs one."""

    code = "no_active_channel"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"No active notification channel configurations found for Application {application_id}.")
        self.application_id = application_id


class ChannelNotFound(AfficheError):
    """The application has no channel with this id."""

    code = "channel_not_found"

    def __init__(self, application_id: UUID, channel_id: UUID) -> None:
        super().__init__(f"Notification channel {channel_id} was not found for Application {application_id}.")
        self.application_id = application_id
        self.channel_id = channel_id
