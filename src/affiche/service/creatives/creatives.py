# SPDX-License-Identifier: Apache-2.0
"""The creative use cases as one object for the dialects."""

from uuid import UUID

from affiche.images.encode import ImageFormat

from affiche.service.accounts.values import Caller
from affiche.service.creatives.values import DownloadedImage, EditCreatives, StartCreatives
from affiche.service.processes.progress import Progress


class Creatives:
    """Start, edit, follow and fetch creatives. Every call sees only the caller's own processes."""

    def start(self, caller: Caller, request: StartCreatives) -> Progress:
        """Accept a campaign. Raises `InvalidInput` (fields ``font``, ``icon``), `UnreadablePicture` (fields ``photo``,
        ``logo``) or `NoActiveChannel`; then nothing is left behind."""
        raise NotImplementedError

    def edit(self, caller: Caller, request: EditCreatives) -> Progress:
        """Queue tasks of one complete process again. Raises as `start` does, and `TaskNotFound` or
        `TasksNotEditable`."""
        raise NotImplementedError

    def check_user(self, caller: Caller, user_id: UUID, process_id: UUID | None = None) -> list[Progress]:
        """The user's processes, newest first, or the one asked for. Raises `ProcessNotFound`."""
        raise NotImplementedError

    def check_application(self, caller: Caller) -> list[Progress]:
        """All running processes and those that finished lately, newest first. Raises `NoRunningProcess`."""
        raise NotImplementedError

    def download(
        self,
        caller: Caller,
        process_id: UUID,
        task_id: UUID,
        low_resolution: bool = False,
        image_format: ImageFormat | None = None,
    ) -> DownloadedImage:
        """The finished picture, counted as one download. Without ``image_format`` the stored file goes out byte for
        byte: the PNG original, or the JPEG thumbnail for ``low_resolution``. Raises `ImageContentNotFound`."""
        raise NotImplementedError
