# SPDX-License-Identifier: Apache-2.0
"""The gallery: of twelve briefs, in eleven sizes, the variant with the best score, at half size.

`python -m tests.pictures.gallery` (or `make goldens`) chooses and draws them anew; look at each before you keep it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.campaign import VARIANTS
from affiche.creative.formats import Format, RenderKind, format_of, formats_of, kind_named
from affiche.creative.score import Scorer
from affiche.paint.cache import PaintCache
from tests.pictures.briefs import OWN, Case, campaign
from tests.pictures.goldens import painted, reduced, write_anew

FOLDER: Final = Path(__file__).parent / "golden_gallery"
BRIEFS: Final = OWN[:12]
SIZES: Final = formats_of(RenderKind.ALL | RenderKind.FULL_HD)
_SCALE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture of the gallery: the variant of a brief and a size that had the best score when it was hung."""

    case: str
    format: str
    variant: int

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.case}_{self.format}_v{self.variant}.webp"


def exhibits() -> list[Exhibit]:
    """What hangs in the gallery, as the names of its files tell."""
    parts = (path.stem.split("_") for path in sorted(FOLDER.glob("*.webp")))
    return [Exhibit(case, format, int(variant.removeprefix("v"))) for case, format, variant in parts]


def hung(exhibit: Exhibit, cache: PaintCache | None = None) -> NDArray[np.uint8]:
    """The exhibit as it is drawn today, BGR, at half size."""
    return reduced(painted(exhibit.case, format_of(kind_named(exhibit.format)), exhibit.variant, cache), _SCALE)


def best(case: Case, format: Format) -> Exhibit:
    """The variant of ``format`` with the best score; of equals the first."""
    opened = campaign(case)
    scorer = Scorer(opened.photo, opened.logo, opened.materials.reading)
    variants = [opened.compose(format, number) for number in range(1, VARIANTS + 1)]

    def score(number: int) -> float:
        own = variants[number - 1]
        return scorer.score(own, [other for other in variants if other is not own]).value or 0.0

    return Exhibit(case.name, format.name, max(range(1, VARIANTS + 1), key=score))


def rewrite() -> None:
    cache = PaintCache()
    chosen = (best(case, format) for case in BRIEFS for format in SIZES)
    write_anew(FOLDER, ((exhibit.path, hung(exhibit, cache)) for exhibit in chosen))


if __name__ == "__main__":
    rewrite()
