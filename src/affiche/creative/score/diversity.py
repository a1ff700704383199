# SPDX-License-Identifier: Apache-2.0
"""The part of a score that asks whether a creative differs from the other variants of its size."""

from collections.abc import Sequence
from typing import Final

from affiche.creative.composition import Composition
from affiche.creative.diversity import Sketch
from affiche.creative.score.values import Part, graded

_UNLIKE: Final = 0.5


def diversity(composition: Composition, others: Sequence[Composition]) -> Part:
    """Distance from the nearest of ``others``; None where there are no others."""
    if not others:
        return Part("diversity", None, None, "There are no other variants to compare with.")
    own = Sketch.of(composition)
    nearest, apart = min(((other, own.distance(Sketch.of(other))) for other in others), key=lambda found: found[1])
    value = graded(apart / _UNLIKE)
    if apart >= _UNLIKE:
        return Part("diversity", value, composition.canvas, "No other variant looks like this one.")
    sentence = f"Choose another arrangement or ground: variant {nearest.variant} ({nearest.arrangement}) looks alike."
    return Part("diversity", value, composition.canvas, sentence)
