# SPDX-License-Identifier: Apache-2.0
"""All measures of one creative, and their means over many."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on one creative.

    ``overlap`` to ``readability`` are the benchmark's (see the functions of these names); the two underlay measures
    are None without underlays. ``faces_covered`` counts faces of which a text, logo, button or card hides more than a
    hundredth. ``min_contrast`` is the least WCAG ratio of a text with the painted pixels behind its lines at the 5th
    percentile, ``min_apca`` the least lightness contrast |Lc| likewise; both None without texts.
    ``alignment_of_each`` and ``readability_in_bytes`` are second readings of the benchmark's definitions.
    """

    overlap: float
    alignment: float
    underlay_loose: float | None
    underlay_strict: float | None
    utility: float
    occlusion: float
    readability: float
    faces_covered: int
    min_contrast: float | None
    min_apca: float | None
    alignment_of_each: float
    readability_in_bytes: float


_DIGITS: Final = 4
_FOR_COMPARISON: Final = ("min_apca", "alignment_of_each", "readability_in_bytes")


def means(measured: Iterable[Measures]) -> dict[str, float | int | None]:
    """The plain mean of every measure over the creatives that have it, but the number of all covered faces, the least
    contrasts, and ``n``, how many creatives there are. Rounded to 4 digits; None where no creative has a measure."""
    every = tuple(measured)
    found: dict[str, float | int | None] = {}
    for field in fields(Measures):
        values = [value for one in every if (value := getattr(one, field.name)) is not None]
        match field.name:
            case "faces_covered":
                found[field.name] = sum(values)
            case "min_contrast" | "min_apca":
                found[field.name] = round(min(values), 2) if values else None
            case _:
                found[field.name] = round(sum(values) / len(values), _DIGITS) if values else None
    asked = {name: value for name, value in found.items() if name not in _FOR_COMPARISON}
    return asked | {"n": len(every)} | {name: found[name] for name in _FOR_COMPARISON}
