# SPDX-License-Identifier: Apache-2.0
"""From a campaign to the bytes of one creative: compose, paint, encode."""

import math
from dataclasses import dataclass
from typing import Final

from affiche.creative.campaign import VARIANTS, Campaign
from affiche.creative.composition import Composition, LogoLayer, TextLayer
from affiche.creative.formats import Format
from affiche.images.budget import BudgetedFile, fit_to_budget
from affiche.images.encode import ImageFormat, encode, thumbnail
from affiche.images.similarity import Box
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint

UPLOADABLE: Final = (ImageFormat.PNG, ImageFormat.JPEG)
"""What every ad platform takes; WebP only comes out where it was asked for by name."""


@dataclass(frozen=True, slots=True)
class Creative:
    """One finished creative: its design, its file and a small JPEG of it. ``budget`` says how the file was made to fit
    a number of bytes, None if nothing had to be done."""

    composition: Composition
    content: bytes
    thumbnail: bytes
    image_format: ImageFormat
    budget: BudgetedFile | None = None


def render_creative(
    campaign: Campaign,
    format: Format,
    variant: int,
    *,
    of: int = VARIANTS,
    image_format: ImageFormat | None = None,
    quality: int = 90,
    max_bytes: int | None = None,
    default_budget: bool = True,
    cache: PaintCache | None = None,
) -> Creative:
    """Render creative number ``variant`` (from 1) of ``of`` on ``format``.

    With ``max_bytes`` the file has at most so many bytes and is the closest to the lossless render that they allow;
    ``quality`` does not count then. Without it, a file that exceeds ``format.default_budget`` is made to fit that,
    unless ``default_budget`` is False. ``image_format`` None means PNG, and PNG, PNG-8 or JPEG, whichever comes
    closest, where a budget has to be met; a named format is kept (PNG may become PNG-8).

    The same campaign, format, variant and seed give the same bytes in every process. Raises `TextDoesNotFit`, and
    `BudgetTooSmall` if the bytes do not suffice for the worst setting.
    """
    composition = campaign.compose(format, variant, of)
    canvas = paint(composition, campaign.photo, campaign.logo, cache)
    small = thumbnail(canvas)
    if max_bytes is None:
        plain = image_format or ImageFormat.PNG
        content = encode(canvas, plain, quality)
        limit = format.default_budget if default_budget else None
        if limit is None or len(content) <= limit:
            return Creative(composition, content, small, plain)
        max_bytes = limit
    formats = UPLOADABLE if image_format is None else (image_format,)
    fitted = fit_to_budget(canvas, max_bytes, formats, protected_boxes(composition))
    return Creative(composition, fitted.content, small, fitted.image_format, fitted)


def protected_boxes(composition: Composition) -> tuple[Box, ...]:
    """The px boxes of the texts, icons and the logo: what a file must show clearly before all else."""
    boxes = (layer.box for layer in composition.layers if isinstance(layer, (LogoLayer, TextLayer)))
    return tuple((math.floor(box.x), math.floor(box.y), math.ceil(box.right), math.ceil(box.bottom)) for box in boxes)
