# SPDX-License-Identifier: Apache-2.0
"""The campaign that is measured: the sample photo as a 3000 x 2000 JPEG, eleven sizes, five variants of each."""

from typing import Final

from affiche.creative.brief import Brief
from affiche.creative.formats import Format, RenderKind, formats_of
from affiche.images.colour import Colour

VARIANTS: Final = 5
SIZES: Final[tuple[Format, ...]] = formats_of(RenderKind.ALL | RenderKind.FULL_HD)
DESCRIBED: Final = f"{len(SIZES)} sizes x {VARIANTS} variants from one 3000 x 2000 JPEG"
SEED: Final = 4
"""Decides how the creatives look. The seed that a client would get hangs on every byte of the photo, and processors may
round a pixel of the sample differently: figures of two machines would be about different designs."""
BATCH: Final = 10
"""Variants of each size in a large order."""

_PLACES: Final = ("lake", "valley", "forest", "island", "harbour", "meadow", "canyon", "glacier")


def brief(number: int) -> Brief:
    """A brief like every other one, but with a text of its own, so that no set text is found again in a cache."""
    place = _PLACES[number % len(_PLACES)]
    return Brief(
        headline=f"Find your quiet {place}",
        punchline=f"Small lodges, wide skies. {number + 7} nights from {690 + number} €.",
        action="Book now",
        colours=(Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154")),
    )
