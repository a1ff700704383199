# SPDX-License-Identifier: Apache-2.0
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from affiche.store.secrets import BrokenSecret, SecretBox, digest, matches, server_key


def test_a_sealed_secret_opens_only_with_its_key_and_purpose() -> None:
    box = SecretBox(bytes(32))
    sealed = box.seal("s3cret", "channel:1")
    assert box.open(sealed, "channel:1") == "s3cret"
    assert b"s3cret" not in sealed
    assert box.seal("s3cret", "channel:1") != sealed
    for other, purpose in ((box, "channel:2"), (SecretBox(b"1" * 32), "channel:1")):
        with pytest.raises(BrokenSecret):
            other.open(sealed, purpose)
    with pytest.raises(BrokenSecret):
        box.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "channel:1")


def test_a_digest_matches_its_secret_only() -> None:
    assert matches("a", digest("a"))
    assert not matches("b", digest("a"))
    assert len(digest("a")) == 64


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "home" / "server.key"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: server_key("", file), range(8)))
    assert len(keys) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert server_key("", file) == keys.pop()


def test_a_given_key_needs_no_file_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    assert server_key("ab" * 32, tmp_path / "server.key") == b"\xab" * 32
    assert not (tmp_path / "server.key").exists()
    with pytest.raises(BrokenSecret, match="AFFICHE_SERVER_KEY is not hexadecimal"):
        server_key("no hex", tmp_path / "server.key")
    with pytest.raises(BrokenSecret, match="2 bytes instead of 32"):
        SecretBox(server_key("abcd", tmp_path / "server.key"))
