# SPDX-License-Identifier: Apache-2.0
"""Drawing a campaign into files with several processes (Skia holds Python's lock, so threads would not help)."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from affiche.appraisal import designs, diversities
from affiche.cli.designs import described
from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Composition
from affiche.creative.formats import Format
from affiche.creative.score import Scorer
from affiche.creative.serial import composition_to_json
from affiche.errors import AfficheError
from affiche.images.encode import ImageFormat
from affiche.paint.cache import PaintCache
from affiche.rendering import Creative, render_creative


class DrawingCrashed(AfficheError):
    """A process that draws has died."""

    code = "drawing_crashed"

    def __init__(self) -> None:
        super().__init__("A process that draws has died, perhaps for want of memory; try again with --processes 1.")


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw: ``variants`` creatives of each format, as files in the folder ``out``. ``photo`` and ``logo`` are
    files' bytes, ``places`` the files; ``image_format``, ``quality`` and ``max_bytes`` are `render_creative`'s;
    ``with_design`` writes each composition as JSON too."""

    brief: Brief
    photo: bytes
    logo: bytes
    places: tuple[Path, Path]
    formats: tuple[Format, ...]
    variants: int
    seed: int | None
    image_format: ImageFormat | None
    quality: int
    max_bytes: int | None
    out: Path
    with_design: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of one creative. ``place`` counts the order's creatives from 0; ``problem`` is empty if all is well;
    ``below_floor`` says that the file had to become so small that one sees it; ``diversity`` is the distance to the
    most similar design of its size, told where designs are written."""

    place: int
    name: str
    dropped: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problem: str = ""
    below_floor: bool = False
    diversity: float | None = None


class Drawer:
    """Draws an order's creatives in one process; the pictures are read once."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._campaign = Campaign.open(order.brief, order.photo, order.logo, order.seed)
        self._cache = PaintCache()
        self._scorer = Scorer(self._campaign.photo, self._campaign.logo, self._campaign.materials.reading)
        photo, logo = order.places
        self._pictures = {"photo": described(photo, order.photo), "logo": described(logo, order.logo)}

    def draw_format(self, place: int) -> list[Drawn]:
        """All variants of the order's format number ``place``."""
        return [self._draw(place, variant) for variant in range(1, self._order.variants + 1)]

    def _draw(self, place: int, variant: int) -> Drawn:
        order, format = self._order, self._order.formats[place]
        name = f"{format.name}-{format.width}x{format.height}-v{variant}"
        number = place * order.variants + variant - 1
        try:
            creative = render_creative(
                self._campaign,
                format,
                variant,
                of=order.variants,
                image_format=order.image_format,
                quality=order.quality,
                max_bytes=order.max_bytes,
                cache=self._cache,
            )
        except AfficheError as error:
            return Drawn(number, name, problem=str(error))
        (order.out / f"{name}{creative.image_format.suffix}").write_bytes(creative.content)
        design = creative.composition
        far: float | None = None
        if order.with_design:
            described = self._described(design) | _file_to_json(creative)
            far = described["diversity"]
            text = json.dumps(described, ensure_ascii=False, indent=1)
            (order.out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        below = creative.budget is not None and creative.budget.below_floor
        return Drawn(number, name, design.dropped, design.missing, below_floor=below, diversity=far)

    def _described(self, design: Composition) -> dict[str, Any]:
        """The design with its pictures, its score and its distance from the other variants of its size."""
        siblings = designs(self._campaign, design.format, self._order.variants)
        scored = self._scorer.score(design, [other for other in siblings if other.variant != design.variant])
        far = diversities(siblings).get(design.variant)
        return composition_to_json(design) | {"pictures": self._pictures, "diversity": far} | scored.to_json()


def _file_to_json(creative: Creative) -> dict[str, Any]:
    """The file beside its design: its bytes and format, and what was tried to meet a budget."""
    fitted = creative.budget.to_json() if creative.budget else {}
    fitted.pop("format", None)
    return {"imageFormat": creative.image_format.value, "bytes": len(creative.content)} | fitted


def draw(order: Order, processes: int | None = None) -> Iterator[Drawn]:
    """Draw everything and say what came of each creative, in no order. Raises what `Campaign.open` raises, and
    `DrawingCrashed`."""
    count = min(processes or _cores(), len(order.formats))
    if count <= 1:
        drawer = Drawer(order)
        for place in range(len(order.formats)):
            yield from drawer.draw_format(place)
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _begin, (order,)) as pool:
        largest_first = sorted(
            range(len(order.formats)), key=lambda place: -order.formats[place].width * order.formats[place].height
        )
        waiting = [pool.submit(_draw_format, place) for place in largest_first]
        try:
            for future in as_completed(waiting):
                yield from future.result()
        except BrokenProcessPool as error:
            raise DrawingCrashed from error
        finally:
            pool.shutdown(cancel_futures=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_order: Order | None = None


def _begin(order: Order) -> None:
    """Run once in each process of the pool; what it has to draw travels to it only here."""
    global _order
    _order = order


@cache
def _drawer() -> Drawer:
    assert _order is not None
    return Drawer(_order)


def _draw_format(place: int) -> list[Drawn]:
    return _drawer().draw_format(place)
