# SPDX-License-Identifier: Apache-2.0
"""Clients' pictures in the blob storage, by the digest of their bytes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from sqlalchemy.orm import Session

from affiche.store import uploads
from affiche.store.blobs import Blobs
from affiche.store.unit_of_work import Store


class Named(Protocol):
    """A picture by the SHA-256 (hex) and the size of its bytes; an `Upload`, say."""

    @property
    def digest(self) -> str: ...
    @property
    def size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was made here and is kept as if a client had sent it."""

    digest: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> Self:
        return cls(hashlib.sha256(content).hexdigest(), len(content))


def keep(store: Store, blobs: Blobs, pictures: Sequence[tuple[Named, bytes]], now: datetime) -> None:
    """Store the bytes, before the transaction that refers to them.

    The rows come first and are committed, so that the upkeep leaves the blobs alone; when the request fails after all,
    it finds rows without tasks and removes both.
    """
    with store.transaction() as session:
        refer(session, [upload for upload, _ in pictures], now)
    for upload, content in pictures:
        blobs.put(uploads.upload_key(upload.digest), content)


def refer(session: Session, pictures: Iterable[Named], now: datetime) -> None:
    """Make or renew the rows that tasks refer to. Sorted, so that two requests never wait for each other in a ring."""
    for upload in sorted(pictures, key=lambda upload: upload.digest):
        uploads.record_use(session, upload.digest, upload.size, now)
