# SPDX-License-Identifier: Apache-2.0
"""What must hold before creatives are started or edited; checked before anything is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from affiche.creative.brief import Brief
from affiche.errors import AfficheError
from affiche.service.accounts.values import Caller
from affiche.service.assets.uploads import Upload
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives.errors import UnreadablePicture
from affiche.service.processes.families import Family
from affiche.store.channels import has_active_channel
from affiche.store.processes import Scope
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class EngineChecks:
    """What the picture engine refuses. ``brief`` raises `InvalidInput` for an unknown font or icon; ``picture`` raises
    an `AfficheError` for bytes that it cannot read."""

    brief: Callable[[Brief], None]
    picture: Callable[[bytes], object]

    def pictures(self, given: dict[str, Upload | None]) -> dict[str, bytes]:
        """The bytes of the given pictures by field name. Raises `UnreadablePicture` naming the field."""
        contents = {}
        for field, upload in given.items():
            if upload is None:
                continue
            contents[field] = upload.read()
            try:
                self.picture(contents[field])
            except AfficheError as error:
                raise UnreadablePicture(field, str(error)) from error
        return contents


def scope_of(caller: Caller) -> Scope:
    """The processes that a caller's creatives are."""
    return Scope(caller.application_id, Family.CREATIVES)


def require_active_channel(store: Store, caller: Caller) -> None:
    """Raises `NoActiveChannel`."""
    with store.transaction() as session:
        if not has_active_channel(session, caller.application_id):
            raise NoActiveChannel(caller.application_id)
