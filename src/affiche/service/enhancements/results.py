# SPDX-License-Identifier: Apache-2.0
"""Where finished pictures lie and how clients reach them: whoever knows the address may fetch."""

import re
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Final

from affiche.images.png import png_rgba
from affiche.samples import sample_logo
from affiche.store.blobs import BlobNotFound, Blobs

RESULTS_PATH: Final = "/files/results"
THUMBNAILS_PATH: Final = "/files/thumbnails"
SANDBOX_NAME: Final = "sandbox"
SANDBOX_PIXELS: Final = 1024
THUMBNAIL_PIXELS: Final = 512
_TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def fresh_token() -> str:
    """256 random bits, as 43 characters that may stand in a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def result_key(token: str) -> str:
    return f"enhanced/{token}.png"


def thumbnail_key(token: str) -> str:
    return f"enhanced/{token}-512.png"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of results on the server whose public address is ``url``."""

    url: str

    def result(self, token: str) -> str:
        return f"{self.url}{RESULTS_PATH}/{token}.png"

    def thumbnail(self, token: str) -> str:
        return f"{self.url}{THUMBNAILS_PATH}/{token}.png"


class Results:
    """Fetches pictures by their addresses."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def result(self, token: str) -> bytes:
        """The PNG behind ``token``, or the one that the sandbox gives for all. Raises `BlobNotFound`."""
        return _fixture(SANDBOX_PIXELS) if token == SANDBOX_NAME else self._blobs.get(result_key(_checked(token)))

    def thumbnail(self, token: str) -> bytes:
        """The same in 512 px. Raises `BlobNotFound`."""
        return _fixture(THUMBNAIL_PIXELS) if token == SANDBOX_NAME else self._blobs.get(thumbnail_key(_checked(token)))


@cache
def _fixture(side: int) -> bytes:
    """What the sandbox gives as a result: our own emblem."""
    return png_rgba(sample_logo(side))


def _checked(token: str) -> str:
    if not _TOKEN.fullmatch(token):
        raise BlobNotFound(token)
    return token
