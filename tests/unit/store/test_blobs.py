# SPDX-License-Identifier: Apache-2.0
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affiche.store.blobs import BlobNotFound, FileBlobs, open_blobs


def test_what_is_put_is_got_until_it_is_deleted(storage_url: str) -> None:
    blobs = open_blobs(storage_url, dict(os.environ))
    blobs.check()
    blobs.put("results/a/1.png", b"first")
    blobs.put("results/a/1.png", b"second")
    blobs.put("results/a/2.png", b"")
    assert (blobs.get("results/a/1.png"), blobs.get("results/a/2.png")) == (b"second", b"")
    blobs.delete(["results/a/1.png", "results/a/never.png"])
    blobs.delete([])
    with pytest.raises(BlobNotFound) as caught:
        blobs.get("results/a/1.png")
    assert caught.value.key == "results/a/1.png"
    assert blobs.get("results/a/2.png") == b""


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = FileBlobs(tmp_path)
    blobs.put("a/b", b"old")

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        blobs.put("a/b", b"new")
    assert blobs.get("a/b") == b"old"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_drafts_of_crashed_writers_are_swept(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    blobs.put("a/b", b"whole")
    now = datetime.now(UTC)
    for name, age in ((".draft-old", timedelta(hours=2)), (".draft-new", timedelta())):
        draft = tmp_path / "a" / name
        draft.touch()
        os.utime(draft, times=((now - age).timestamp(),) * 2)
    assert blobs.sweep_drafts(now - timedelta(hours=1)) == 1
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".draft-new", "b"]


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the storage folder"):
        FileBlobs(tmp_path / "files").get("../secret")


@pytest.mark.parametrize("url", ["ftp://host/folder", "s3://", "folder"])
def test_an_unknown_storage_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="write file:///folder or s3://bucket/prefix"):
        open_blobs(url, {})
