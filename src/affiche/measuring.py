# SPDX-License-Identifier: Apache-2.0
"""Measuring a creative on its painted pixels: the benchmark's layout measures, faces, contrast."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from affiche.creative.composition import Box, Composition, Role, TextLayer
from affiche.creative.measures import (
    Element,
    Ground,
    Measures,
    alignment,
    alignment_of_each,
    elements,
    occlusion,
    overlap,
    plain_layers,
    readability,
    readability_in_bytes,
    underlay_loose,
    underlay_strict,
    utility,
)
from affiche.creative.measures.elements import TEXT_ROLES
from affiche.images.contrast import least_contrasts
from affiche.images.native import cv2
from affiche.images.resample import PhotoPyramid
from affiche.paint.cache import PaintCache, Pixels
from affiche.paint.compositing import new_canvas
from affiche.paint.raster import paint_layers
from affiche.vision.logo import Logo


@dataclass(frozen=True, slots=True)
class TextContrast:
    """How one text stands out from the painted pixels behind its lines, at the 5th percentile: the WCAG 2.2 ratio
    1..21 and the APCA lightness contrast |Lc| 0..108."""

    role: Role
    wcag: float
    apca: float


def measure(composition: Composition, photo: PhotoPyramid, logo: Logo, cache: PaintCache | None = None) -> Measures:
    """Measure one creative of ``photo`` and ``logo``."""
    cache = PaintCache() if cache is None else cache
    found, canvas = elements(composition), composition.canvas
    plain = new_canvas(composition.format.width, composition.format.height)
    paint_layers(plain, plain_layers(composition), photo, logo, cache)
    ground = Ground.of(_rgb(plain), composition.faces)
    contrasts = [text for text in text_contrasts(composition, photo, logo, cache) if text.role in TEXT_ROLES]
    return Measures(
        overlap=overlap(found),
        alignment=alignment(found, canvas),
        underlay_loose=underlay_loose(found),
        underlay_strict=underlay_strict(found),
        utility=utility(found, ground),
        occlusion=occlusion(found, ground),
        readability=readability(found, ground),
        faces_covered=faces_covered(found, composition.faces),
        min_contrast=min((text.wcag for text in contrasts), default=None),
        min_apca=min((text.apca for text in contrasts), default=None),
        alignment_of_each=alignment_of_each(found, canvas),
        readability_in_bytes=readability_in_bytes(found, ground),
    )


def faces_covered(found: tuple[Element, ...], faces: tuple[Box, ...]) -> int:
    """How many ``faces`` are hidden by an element, by more than a hundredth."""
    return sum(any(element.hides(face) for element in found) for face in faces)


def text_contrasts(
    composition: Composition, photo: PhotoPyramid, logo: Logo, cache: PaintCache | None = None
) -> Iterator[TextContrast]:
    """Each text, from back to front, against what is painted below it, other texts aside."""
    canvas = new_canvas(composition.format.width, composition.format.height)
    waiting = []
    for layer in composition.layers:
        if not isinstance(layer, TextLayer):
            waiting.append(layer)
            continue
        paint_layers(canvas, waiting, photo, logo, cache)
        waiting = []
        behind = np.concatenate([_under(canvas, box) for box in _lines(layer)])
        yield TextContrast(layer.role, *least_contrasts(layer.colour, layer.opacity, behind))


def _lines(layer: TextLayer) -> list[Box]:
    """The ink of each line on the canvas."""
    inks = (line.ink for line in layer.block.lines)
    return [Box(layer.box.x + left, layer.box.y + top, right - left, bottom - top) for left, top, right, bottom in inks]


def _under(canvas: Pixels, box: Box) -> Pixels:
    """The RGB pixels under ``box``, at least one, as rows."""
    rows, columns = canvas.shape[:2]
    left, top = min(columns - 1, max(0, int(box.x))), min(rows - 1, max(0, int(box.y)))
    right, bottom = max(left + 1, -int(-box.right // 1)), max(top + 1, -int(-box.bottom // 1))
    return canvas[top:bottom, left:right, 2::-1].reshape(-1, 3)


def _rgb(canvas: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), np.uint8)
