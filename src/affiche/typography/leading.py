# SPDX-License-Identifier: Apache-2.0
"""How close two lines may come: as close as asked for, unless marks of one would touch letters of the other."""

from typing import Final

from affiche.typography.shape import InkBox, ShapedLine

_AIR: Final = 0.02


def least_leading(upper: ShapedLine, lower: ShapedLine, shift: float, tracking: float, asked: float) -> float:
    """The distance of the baselines in em, at least ``asked``, at which no descender of ``upper`` touches what
    stands up from ``lower``, whose origin lies ``shift`` em to the right of that of ``upper``."""
    if upper.ink[3] - lower.ink[1] + _AIR <= asked:
        return asked
    needed = asked
    deep = [box for box in upper.boxes if box.bottom - lower.ink[1] + _AIR > asked]
    high = [box for box in lower.boxes if upper.ink[3] - box.top + _AIR > asked]
    for above in deep:
        left, right = _sides(above, 0.0, tracking)
        for below in high:
            start, end = _sides(below, shift, tracking)
            if start < right + _AIR and left < end + _AIR:
                needed = max(needed, above.bottom - below.top + _AIR)
    return needed


def _sides(box: InkBox, shift: float, tracking: float) -> tuple[float, float]:
    moved = shift + tracking * box.gap
    return box.left + moved, box.right + moved
