# SPDX-License-Identifier: Apache-2.0
"""Making, changing, deleting and listing notification channels."""

from uuid import UUID, uuid4

from affiche.errors import InvalidInput
from affiche.outbound.addresses import RefusedTarget, refuse_plainly
from affiche.service.accounts.values import Caller
from affiche.service.channels import stored
from affiche.service.channels.errors import ChannelNotFound, NoActiveChannel
from affiche.service.channels.values import Channel, ChannelDraft, RabbitTarget
from affiche.service.clock import Clock
from affiche.store import channels as table
from affiche.store.secrets import SecretBox
from affiche.store.tables import ChannelRow
from affiche.store.unit_of_work import Store


class Channels:
    """An application sees and changes only its own channels. ``allow_private`` admits targets on private networks;
    without it those that are so by their spelling are refused at once, the others when they are called."""

    def __init__(self, store: Store, box: SecretBox, clock: Clock, *, allow_private: bool) -> None:
        self._store = store
        self._box = box
        self._clock = clock
        self._allow_private = allow_private

    def create(self, caller: Caller, draft: ChannelDraft) -> Channel:
        """Raises `InvalidInput` for a target that is never called."""
        self._check(draft)
        row = ChannelRow(id=uuid4(), application_id=caller.application_id, created_at=self._clock())
        stored.write(row, draft, self._box)
        with self._store.transaction() as session:
            session.add(row)
        return stored.read(row)

    def update(self, caller: Caller, channel_id: UUID, draft: ChannelDraft) -> Channel:
        """Replace a channel. A broker's password that is not given stays as it was. Raises `ChannelNotFound`, and
        `InvalidInput` for a target that is never called."""
        self._check(draft)
        with self._store.transaction() as session:
            row = table.channel(session, caller.application_id, channel_id)
            if row is None:
                raise ChannelNotFound(caller.application_id, channel_id)
            stored.write(row, draft, self._box)
        return stored.read(row)

    def delete(self, caller: Caller, channel_id: UUID) -> None:
        """Raises `ChannelNotFound`."""
        with self._store.transaction() as session:
            row = table.channel(session, caller.application_id, channel_id)
            if row is None:
                raise ChannelNotFound(caller.application_id, channel_id)
            session.delete(row)

    def all(self, caller: Caller) -> list[Channel]:
        """Every channel, oldest first."""
        with self._store.transaction() as session:
            return [stored.read(row) for row in table.channels(session, caller.application_id)]

    def active(self, caller: Caller) -> list[Channel]:
        """The channels that receive notifications, oldest first. Raises `NoActiveChannel`."""
        with self._store.transaction() as session:
            rows = table.channels(session, caller.application_id, active_only=True)
        if not rows:
            raise NoActiveChannel(caller.application_id)
        return [stored.read(row) for row in rows]

    def _check(self, draft: ChannelDraft) -> None:
        target = draft.target
        field = "host_name" if isinstance(target, RabbitTarget) else "web_hook_url"
        try:
            refuse_plainly(target.host, allow_private=self._allow_private)
        except RefusedTarget as error:
            raise InvalidInput(field, f"{error} Use one on the internet, or let the operator admit it.") from error
