# SPDX-License-Identifier: Apache-2.0
import hashlib
from pathlib import Path

import pytest

from affiche.service.assets.uploads import IncomingFile, UploadTooLarge


def test_chunks_become_a_file_with_a_digest(tmp_path: Path) -> None:
    with IncomingFile(tmp_path / "incoming", "photo", 10) as incoming:
        for chunk in (b"hello", b"", b"world"):
            incoming.write(chunk)
        upload = incoming.finish()
        assert upload.read() == b"helloworld"
        assert (upload.digest, upload.size) == (hashlib.sha256(b"helloworld").hexdigest(), 10)
    assert list((tmp_path / "incoming").iterdir()) == []


def test_too_much_is_cut_off_while_it_comes(tmp_path: Path) -> None:
    with (
        IncomingFile(tmp_path, "logo", 22 * 1024 * 1024) as incoming,
        pytest.raises(UploadTooLarge, match="22 MB") as caught,
    ):
        for _ in range(23):
            incoming.write(bytes(1024 * 1024))
    assert caught.value.field == "logo"
    assert list(tmp_path.iterdir()) == []
