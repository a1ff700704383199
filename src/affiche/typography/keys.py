# SPDX-License-Identifier: Apache-2.0
"""From the key of a face, which designs are stored with, back to the face on this machine."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from affiche.typography.faces import FontFace
from affiche.typography.fonts import UnknownFont, emoji_face, face, fallbacks, families
from affiche.typography.icons import icon_faces

_WEIGHTED: Final = re.compile(r"(?P<family>.+) (?P<weight>\d{3})(?P<italic> italic)?")
_SYSTEM_WEIGHTS: Final = (400, 700)


@cache
def face_of_key(key: str) -> FontFace:
    """The face whose `FontFace.key` is ``key``. Raises `UnknownFont` if this machine has none."""
    weighted = _WEIGHTED.fullmatch(key)
    if weighted and weighted["family"] in families():
        return face(weighted["family"], int(weighted["weight"]), weighted["italic"] is not None)
    weights = (int(weighted["weight"]),) if weighted else _SYSTEM_WEIGHTS
    found = next((one for one in _others(weights) if one.key == key), None)
    if found is None:
        raise UnknownFont(key, families())
    return found


def _others(weights: tuple[int, ...]) -> Iterator[FontFace]:
    """The faces that help out, for symbols and for what the families do not have."""
    yield from icon_faces()
    for weight in weights:
        yield from fallbacks(weight)
    emoji = emoji_face()
    if emoji is not None:
        yield emoji
