# SPDX-License-Identifier: Apache-2.0
"""Making, listing, re-keying and disabling applications."""

from uuid import UUID

from affiche.service.accounts.values import Application, NewApplication


class Applications:
    """Use cases of the operator; nothing here is reachable for clients."""

    def create(self, name: str) -> NewApplication:
        """Make an application. Raises `InvalidInput` (field ``name``) for an empty name or one over 200 characters."""
        raise NotImplementedError

    def list(self) -> list[Application]:
        """All applications, oldest first."""
        raise NotImplementedError

    def rotate(self, application_id: UUID) -> NewApplication:
        """Replace all three credentials; every token issued before stops working. Raises `UnknownApplication`."""
        raise NotImplementedError

    def disable(self, application_id: UUID) -> None:
        """Lock an application out, at once and for good. Raises `UnknownApplication`."""
        raise NotImplementedError
