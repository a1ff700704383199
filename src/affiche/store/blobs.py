# SPDX-License-Identifier: Apache-2.0
"""Files under keys: a folder on this machine, or S3. Content types and owners are the database's business."""

import contextlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import S3Store

from affiche.errors import AfficheError

_DRAFT: Final = ".draft-"


class BlobNotFound(AfficheError):
    """No blob has this key."""

    code = "blob_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(f"The stored file {key} is missing.")
        self.key = key


class Blobs(Protocol):
    """A key is a relative path such as ``results/<id>/1.png``. A blob is there whole or not at all."""

    def put(self, key: str, content: bytes) -> None:
        """Store ``content``, replacing what was there."""
        ...

    def get(self, key: str) -> bytes:
        """Raises `BlobNotFound`."""
        ...

    def delete(self, keys: list[str]) -> None:
        """Remove the blobs; missing ones are no error."""
        ...

    def check(self) -> None:
        """Raise an `OSError` or the driver's error if the storage cannot be used."""
        ...


class FileBlobs:
    """Blobs in a folder. A put writes a draft, flushes it and renames it, so that a crash leaves no half file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise BlobNotFound(key) from error

    def delete(self, keys: list[str]) -> None:
        for key in keys:
            self._path(key).unlink(missing_ok=True)

    def check(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        if not os.access(self.root, os.W_OK):
            raise PermissionError(f"The folder {self.root} cannot be written.")

    def sweep_drafts(self, older_than: datetime) -> int:
        """Remove what crashed writers left; returns how many files went."""
        count = 0
        for draft in self.root.rglob(f"{_DRAFT}*"):
            with contextlib.suppress(FileNotFoundError):
                if datetime.fromtimestamp(draft.stat().st_mtime, UTC) < older_than:
                    draft.unlink()
                    count += 1
        return count

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ValueError(f"The key {key!r} leaves the storage folder.")
        return path


class S3Blobs:
    """Blobs in an S3 bucket under a prefix. Credentials, region and endpoint come from the ``AWS_*`` variables."""

    def __init__(self, bucket: str, prefix: str, environment: dict[str, str]) -> None:
        endpoint = environment.get("AWS_ENDPOINT_URL")
        options: dict[str, str | bool] = {
            "region": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1"
        }
        names = {"AWS_ACCESS_KEY_ID": "access_key_id", "AWS_SECRET_ACCESS_KEY": "secret_access_key"}
        names |= {"AWS_SESSION_TOKEN": "session_token"}
        options |= {option: environment[name] for name, option in names.items() if environment.get(name)}
        if endpoint:
            options |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
        plain = {"allow_http": True} if (endpoint or "").startswith("http://") else None
        self._store = S3Store(bucket, prefix=prefix or None, config=options, client_options=plain)  # type: ignore[arg-type]

    def put(self, key: str, content: bytes) -> None:
        obstore.put(self._store, key, content)

    def get(self, key: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError as error:
            raise BlobNotFound(key) from error

    def delete(self, keys: list[str]) -> None:
        if keys:
            with contextlib.suppress(FileNotFoundError):
                obstore.delete(self._store, keys)

    def check(self) -> None:
        obstore.list_with_delimiter(self._store, "health")


def open_blobs(url: str, environment: dict[str, str]) -> FileBlobs | S3Blobs:
    """The storage that ``url`` names: ``file:///folder`` or ``s3://bucket/prefix``."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FileBlobs(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        return S3Blobs(parts.netloc, parts.path.strip("/"), environment)
    raise ValueError(f"AFFICHE_STORAGE_URL is {url!r}; write file:///folder or s3://bucket/prefix.")
