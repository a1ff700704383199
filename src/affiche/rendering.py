# SPDX-License-Identifier: Apache-2.0
"""From a campaign to the bytes of one creative: compose, paint, encode."""

from dataclasses import dataclass

from affiche.creative.campaign import VARIANTS, Campaign
from affiche.creative.composition import Composition
from affiche.creative.formats import Format
from affiche.images.encode import ImageFormat, encode, thumbnail
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint


@dataclass(frozen=True, slots=True)
class Creative:
    """One finished creative: its design, its file and a small JPEG of it."""

    composition: Composition
    content: bytes
    thumbnail: bytes
    image_format: ImageFormat


def render_creative(
    campaign: Campaign,
    format: Format,
    variant: int,
    *,
    of: int = VARIANTS,
    image_format: ImageFormat = ImageFormat.PNG,
    quality: int = 90,
    cache: PaintCache | None = None,
) -> Creative:
    """Render creative number ``variant`` (from 1) of ``of`` on ``format``.

    The same campaign, format, variant and seed give the same bytes in every process. Raises `TextDoesNotFit`.
    """
    composition = campaign.compose(format, variant, of)
    canvas = paint(composition, campaign.photo, campaign.logo, cache)
    return Creative(composition, encode(canvas, image_format, quality), thumbnail(canvas), image_format)
