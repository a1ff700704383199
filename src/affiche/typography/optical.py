# SPDX-License-Identifier: Apache-2.0
"""How large a face that helps out is set, so that its letters look as large as those of the family beside them.

One em is not one size: a Thai letter, the tooth of an Arabic one and a Latin x fill different parts of it.
What the eye compares is the height of the letters that a line is full of. Scripts with small letters of their own
are matched to the family's x-height; scripts of one height to the middle between x-height and capitals, where they
look neither like small letters nor like capitals. Han, kana and Hangul fill their em square and keep it.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from affiche.typography.faces import FontFace, glyph_ink, has_glyph, hb_font


class _Yardstick(NamedTuple):
    """The ``letters`` of a script whose mean height is measured, and what it should be in the family beside it: 0 its
    x-height, 1 its capital height, between them a part of the way."""

    letters: str
    share: float


_BICAMERAL: Final = {"Latn": "x", "Grek": "x", "Cyrl": "x", "Armn": "ա", "Geor": "ა"}
# The tooth and the stem of Arabic stand for its small letters and its ascenders.
_ONE_HEIGHT: Final = {
    "Arab": "با", "Hebr": "ב", "Deva": "क", "Beng": "ক", "Guru": "ਕ", "Gujr": "ક", "Taml": "ப", "Telu": "ప",
    "Knda": "ಕ", "Mlym": "ക", "Sinh": "ක", "Thai": "ก", "Laoo": "ກ", "Khmr": "ក", "Mymr": "က", "Ethi": "ሀ",
}  # fmt: skip
_YARDSTICKS: Final = {script: _Yardstick(letters, 0.0) for script, letters in _BICAMERAL.items()} | {
    script: _Yardstick(letters, 0.5) for script, letters in _ONE_HEIGHT.items()
}
# Beyond this a face looks like another weight rather than like another size.
_LEAST, _MOST = 0.92, 1.15


@lru_cache(maxsize=512)
def optical_scale(helper: FontFace, script: str, family: FontFace) -> float:
    """The factor by which ``helper`` is enlarged where it sets ``script`` in a text of ``family``; 1 where nothing is
    known about the script, or ``helper`` does not have its letters."""
    yardstick = _YARDSTICKS.get(script)
    if yardstick is None or helper == family or helper.colour:
        return 1.0
    if not all(has_glyph(helper, letter) for letter in yardstick.letters):
        return 1.0
    heights = [_height(helper, letter) for letter in yardstick.letters]
    wanted = family.x_height + yardstick.share * (family.cap_height - family.x_height)
    return min(_MOST, max(_LEAST, wanted * len(heights) / sum(heights)))


def _height(face: FontFace, letter: str) -> float:
    """From the baseline to the top of ``letter``, in em."""
    return -glyph_ink(face, hb_font(face).get_nominal_glyph(ord(letter)) or 0)[1]
