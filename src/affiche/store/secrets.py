# SPDX-License-Identifier: Apache-2.0
"""Secrets at rest: what is only compared is hashed, what is used again is sealed with the server's key."""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from affiche.errors import AfficheError

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class BrokenSecret(AfficheError):
    """The server key is malformed, or is not the one that sealed this secret."""

    code = "broken_secret"


def digest(secret: str) -> str:
    """SHA-256 (hex) of a random secret. (For human passwords this would be too fast; ours have 128 bits and more.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """Whether ``secret`` has the digest ``stored``, in constant time."""
    return hmac.compare_digest(digest(secret), stored)


class SecretBox:
    """Seals with AES-256-GCM. ``purpose`` is authenticated with the text, so that a sealed value cannot be moved."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise BrokenSecret(f"The server key has {len(key)} bytes instead of {KEY_BYTES}; give 64 hex digits.")
        self._cipher = AESGCM(key)

    def seal(self, text: str, purpose: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Raises `BrokenSecret` when another key or purpose sealed it, or it was changed."""
        nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, content, purpose.encode()).decode()
        except InvalidTag as error:
            raise BrokenSecret(
                "A stored secret was sealed with another server key; restore server.key or AFFICHE_SERVER_KEY."
            ) from error


def server_key(given: str, file: Path) -> bytes:
    """The key from the setting, else from ``file``, which is made at the first start (mode 600).

    Raises `BrokenSecret` for anything but 64 hex digits.
    """
    text = given or _read_or_make(file)
    try:
        return bytes.fromhex(text.strip())
    except ValueError as error:
        source = "AFFICHE_SERVER_KEY" if given else str(file)
        raise BrokenSecret(f"The server key in {source} is not hexadecimal; give 64 hex digits.") from error


def _read_or_make(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):  # another process may have made it first; then theirs counts
            os.link(draft, file)
        draft.unlink()
    return file.read_text()
