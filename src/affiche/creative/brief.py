# SPDX-License-Identifier: Apache-2.0
"""What a marketer asks for: the texts, colours, font and icon of a campaign. The pictures travel beside it as bytes."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from affiche.errors import InvalidInput
from affiche.images.colour import Colour

DEFAULT_ICON: Final = "fa-solid fa-angle-right"
TEXT_LIMITS: Final[dict[str, int]] = {"headline": 255, "punchline": 255, "action": 100, "description": 1000}


@dataclass(frozen=True, slots=True)
class Brief:
    """One campaign. Texts are kept exactly as given. ``font`` is a family name or None for the house family;
    ``icon`` is a FontAwesome class such as ``fa-solid fa-angle-right``.

    Raises `InvalidInput` for an empty or too long text.
    """

    headline: str
    punchline: str
    action: str
    colours: tuple[Colour, ...]
    description: str | None = None
    font: str | None = None
    icon: str = DEFAULT_ICON

    def __post_init__(self) -> None:
        for field, limit in TEXT_LIMITS.items():
            text = getattr(self, field)
            if text is None:
                continue
            if not text.strip():
                raise InvalidInput(field, f"The {field} is empty; write at least one character.")
            if len(text) > limit:
                raise InvalidInput(field, f"The {field} has {len(text)} characters; cut {len(text) - limit} of them.")
        if not 2 <= len(self.colours) <= 3:
            raise InvalidInput("colours", "Give two or three brand colours.")

    def seed(self, photo: bytes, logo: bytes) -> int:
        """The default seed, 0..2**63-1: a hash of everything that the client gave."""
        texts = [self.headline, self.punchline, self.action, self.description, self.font, self.icon]
        text = json.dumps([*texts, *(colour.hex for colour in self.colours)], ensure_ascii=False)
        digest = hashlib.sha256(text.encode())
        digest.update(hashlib.sha256(photo).digest() + hashlib.sha256(logo).digest())
        return int.from_bytes(digest.digest()[:8], "big") >> 1
