# SPDX-License-Identifier: Apache-2.0
"""Choosing between ways to divide a canvas: by what the photo shows and by how large the headline can be."""

from collections.abc import Callable, Sequence
from typing import Final

from affiche.creative.composition import Box
from affiche.creative.crop import Wish
from affiche.creative.layout.copy import Copy, CopyStyle, fit_copy
from affiche.creative.layout.draft import Draft, Unsuitable

_SIZE_WORTH: Final = 1.2
_BROKEN_BUTTON: Final = 0.5


def size_worth(draft: Draft, copy: Copy, style: CopyStyle = CopyStyle()) -> float:
    """What a fitted copy adds to a crop's score: much for a headline near the largest size of the format, less when
    the button's text needs two lines."""
    largest = (style.headline or draft.scale.headline)[1]
    worth = _SIZE_WORTH * min(1.0, copy.headline.size / largest)
    return worth - _BROKEN_BUTTON * bool(copy.button and len(copy.button.text.lines) > 1)


def best_share(
    draft: Draft,
    shares: Sequence[float],
    pane: Callable[[float], Box],
    column: Callable[[float], tuple[float, float]],
    *,
    wish: Wish = Wish(),
    style: CopyStyle = CopyStyle(),
) -> float:
    """The share at which the photo in ``pane(share)`` and the texts in a column of ``column(share)`` (width, height)
    px are best together. Raises `Unsuitable` if the texts fit at none."""
    best: tuple[float, float] | None = None
    for share in shares:
        try:
            copy = fit_copy(draft.fresh(), *column(share), style)
        except Unsuitable:
            continue
        score = draft.find_crop(pane(share), wish).score + size_worth(draft, copy, style)
        if best is None or score > best[0]:
            best = score, share
    if best is None:
        raise Unsuitable("The texts fit no column of this arrangement.")
    return best[1]
