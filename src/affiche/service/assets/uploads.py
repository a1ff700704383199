# SPDX-License-Identifier: Apache-2.0
"""Pictures on their way in: streamed to a temporary file, hashed as they pass, cut off at the limit."""

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from affiche.errors import AfficheError

_PREFIX: Final = "upload-"


class UploadTooLarge(AfficheError):
    """More bytes came in than one picture may have."""

    code = "upload_too_large"

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(f"The {field} is larger than {limit // (1024 * 1024)} MB; send a smaller file.")
        self.field = field
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Upload:
    """A complete file: where it lies, its SHA-256 (hex) and its size in bytes. The receiver of the request owns the
    file and removes it after the use case has returned."""

    path: Path
    digest: str
    size: int

    def read(self) -> bytes:
        return self.path.read_bytes()


class IncomingFile:
    """A temporary file in ``folder`` that takes chunks and gives an `Upload`; leaving the ``with`` block removes it.

    ``field`` names the input in `UploadTooLarge`, which `write` raises as soon as ``limit`` bytes are passed.
    """

    def __init__(self, folder: Path, field: str, limit: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX)
        self._file = os.fdopen(handle, "wb")
        self._path = Path(name)
        self._field = field
        self._limit = limit
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            raise UploadTooLarge(self._field, self._limit)
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> Upload:
        self._file.close()
        return Upload(self._path, self._hash.hexdigest(), self._size)

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


def sweep_incoming(folder: Path, older_than: datetime) -> int:
    """Remove what a crashed server left of uploads; returns how many files went."""
    count = 0
    for path in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than:
                path.unlink()
                count += 1
    return count
