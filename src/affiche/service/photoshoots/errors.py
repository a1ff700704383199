# SPDX-License-Identifier: Apache-2.0
"""What can go wrong in a photoshoot. (Bad fields raise `InvalidInput`.)"""

import json
from uuid import UUID

from affiche.errors import AfficheError


class PhotoshootNotFound(AfficheError):
    """The user has no such photoshoot."""

    code = "photoshoot_not_found"

    def __init__(self, user_id: UUID, process_id: UUID) -> None:
        super().__init__(f"The user {user_id} has no photoshoot {process_id}.")
        self.user_id = user_id
        self.process_id = process_id


class NoRunningPhotoshoot(AfficheError):
    """The application has neither a running nor a recently finished photoshoot."""

    code = "no_running_photoshoot"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"The application {application_id} has no running photoshoot.")
        self.application_id = application_id


class AssetNotFound(AfficheError):
    """The application has no such cut-out."""

    code = "asset_not_found"

    def __init__(self, asset_id: UUID) -> None:
        super().__init__(f"Image asset {asset_id} was not found.")
        self.asset_id = asset_id


class PhotoNotFound(AfficheError):
    """There is no finished picture for this task, photoshoot and application."""

    code = "photo_not_found"

    def __init__(self) -> None:
        super().__init__("Image content not found.")


class ReceiptNotFound(AfficheError):
    """There is no receipt: no picture of this task, photoshoot and application is finished."""

    code = "receipt_not_found"

    def __init__(self) -> None:
        super().__init__("There is no finished picture with this task and process.")


class NoCredits(AfficheError):
    """The application cannot pay for the picture; ``ever_had`` says whether it was ever granted credits."""

    code = "no_credits"

    def __init__(self, application_id: UUID, *, ever_had: bool) -> None:
        super().__init__(f"API Key Credits for Application {'is not enough' if ever_had else 'does not exist'}.")
        self.application_id = application_id


class BackgroundNotRemoved(AfficheError):
    """No product could be cut out of the photo: ``document`` is the reason as JSON, as clients know it."""

    code = "background_not_removed"

    def __init__(self, title: str, reason: str, detail: str | None = None) -> None:
        super().__init__(title)
        told = {"title": title, "code": reason} | ({} if detail is None else {"detail": detail})
        self.document = json.dumps({"errors": [told]}, separators=(",", ":"))

    @classmethod
    def too_large(cls, megabytes: int) -> "BackgroundNotRemoved":
        return cls("File too large", "file_too_large", f"File exceeds limit of {megabytes}MB")

    @classmethod
    def unknown_foreground(cls) -> "BackgroundNotRemoved":
        return cls("Could not identify foreground in image", "unknown_foreground")
