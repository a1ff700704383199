# SPDX-License-Identifier: Apache-2.0
"""Clients' pictures in the blob storage, by the digest of their bytes."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from affiche.service.assets.uploads import Upload
from affiche.store import uploads
from affiche.store.blobs import Blobs


def keep(blobs: Blobs, pictures: Iterable[tuple[Upload, bytes]]) -> None:
    """Store the bytes before the transaction that refers to them. What a failed transaction leaves is swept later;
    putting it again renews its age, so that a sweep never takes what a request is about to use."""
    for upload, content in pictures:
        blobs.put(uploads.upload_key(upload.digest), content)


def refer(session: Session, pictures: Iterable[Upload], now: datetime) -> None:
    """Make the rows that keep the blobs from being swept. Sorted, so that two requests never wait for each other."""
    for upload in sorted(pictures, key=lambda upload: upload.digest):
        uploads.record_use(session, upload.digest, upload.size, now)
