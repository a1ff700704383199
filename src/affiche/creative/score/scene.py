# SPDX-License-Identifier: Apache-2.0
"""What the parts of a score look at: a small proof of the creative, and where on it people look."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box, Composition, FillLayer, LogoLayer, PhotoLayer, Role, ScrimLayer, TextLayer
from affiche.creative.measures.elements import TEXT_ROLES, Element, Kind, elements
from affiche.creative.proof import Proof, SmallPhoto, scrim_opacities
from affiche.images.colour import Colour
from affiche.images.contrast import least_contrasts
from affiche.images.native import cv2
from affiche.vision.logo import Logo
from affiche.vision.saliency import Map

_SIDE: Final = 120
_LEVELS: Final = 255
_STRONG_SCRIM: Final = 0.72
_MOST_PIXELS: Final = 1500


@dataclass(frozen=True, slots=True)
class Sources:
    """The pictures of a campaign as a score needs them: the photo reduced, its saliency map (0..1) and px size, the
    logo."""

    photo: SmallPhoto
    size: tuple[int, int]
    salient: Map
    logo: Logo


@dataclass(frozen=True, slots=True)
class Scene:
    """One composition with what lies behind its texts, logo and button (rows of RGB), and
    ``salient``, its saliency in 0..255 on a raster whose cells are ``cell`` px wide."""

    composition: Composition
    logo: Logo
    elements: tuple[Element, ...]
    behind: dict[Role, NDArray[np.uint8]]
    salient: NDArray[np.int64]
    cell: float

    @classmethod
    def of(cls, composition: Composition, sources: Sources, like: "Scene | None" = None) -> "Scene":
        """The scene of ``composition``. Of ``like``, a scene that differs a little, what did not change is taken."""
        cell = max(composition.format.width, composition.format.height) / _SIDE
        if like is not None and _places(like.composition) == _places(composition):
            behind = like.behind
        else:
            behind = _behind(composition, sources)
        if like is not None and _views(like.composition) == _views(composition):
            salient = like.salient
        else:
            salient = _salient(composition, sources, cell)
        return cls(composition, sources.logo, elements(composition), behind, salient, cell)

    @property
    def texts(self) -> tuple[TextLayer, ...]:
        """The texts, icons aside, from back to front."""
        layers = self.composition.layers
        return tuple(layer for layer in layers if isinstance(layer, TextLayer) and layer.role in TEXT_ROLES)

    def text(self, role: Role) -> TextLayer | None:
        return next((layer for layer in self.texts if layer.role is role), None)

    @property
    def button(self) -> FillLayer | None:
        layer = self.composition.layer(Role.BUTTON)
        return layer if isinstance(layer, FillLayer) else None

    @property
    def has_spare_scrim(self) -> bool:
        """Whether there are scrims, none of them so strong that it would be seen as a device."""
        peaks = [max(layer.opacities) for layer in self.composition.layers if isinstance(layer, ScrimLayer)]
        return bool(peaks) and max(peaks) < _STRONG_SCRIM

    def contrasts(self, role: Role, colour: Colour, opacity: float = 1.0) -> tuple[float, float]:
        """The WCAG ratio and APCA |Lc| of ``colour`` with what lies behind the layer of ``role``, at the 5th
        percentile."""
        return least_contrasts(colour, opacity, self.behind[role])

    def cells(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of ``salient`` under ``box``, at least one of each."""
        rows, columns = self.salient.shape
        left, top = min(columns - 1, max(0, round(box.x / self.cell))), min(rows - 1, max(0, round(box.y / self.cell)))
        right, bottom = max(left + 1, round(box.right / self.cell)), max(top + 1, round(box.bottom / self.cell))
        return slice(top, bottom), slice(left, right)

    def looked_at(self, boxes: list[Box]) -> float:
        """Mean saliency 0..1 under all ``boxes`` together."""
        mask = np.zeros(self.salient.shape, np.bool_)
        for box in boxes:
            mask[self.cells(box)] = True
        count = int(mask.sum())
        return int(self.salient[mask].sum()) / (_LEVELS * count) if count else 0.0

    def sums(self) -> NDArray[np.int64]:
        """The sums of ``salient`` above and left of each corner of its cells, for `looked_at_among`."""
        return np.pad(self.salient.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def looked_at_among(self, sums: NDArray[np.int64], boxes: list[Box]) -> float:
        """`looked_at` of boxes that do not overlap, by ``sums``; quick where many places are tried."""
        total = count = 0
        for box in boxes:
            rows, columns = self.cells(box)
            bottom, right = min(rows.stop, len(sums) - 1), min(columns.stop, sums.shape[1] - 1)
            upper = sums[rows.start, right] - sums[rows.start, columns.start]
            total += int(sums[bottom, right] - sums[bottom, columns.start] - upper)
            count += (bottom - rows.start) * (right - columns.start)
        return total / (_LEVELS * count) if count else 0.0

    def of_kind(self, *kinds: Kind) -> list[Element]:
        return [element for element in self.elements if element.kind in kinds]


def _behind(composition: Composition, sources: Sources) -> dict[Role, NDArray[np.uint8]]:
    """What lies behind each text, the logo and the button, from a proof of the layers below."""
    proof = Proof(composition.format.width, composition.format.height, sources.photo)
    behind: dict[Role, NDArray[np.uint8]] = {}
    for layer in composition.layers:
        looked_at = isinstance(layer, TextLayer | LogoLayer) or layer.role is Role.BUTTON
        if looked_at and layer.role not in behind:
            pixels = proof.behind(layer.box)
            sample = pixels[:: -(-len(pixels) // _MOST_PIXELS)]
            behind[layer.role] = np.clip(np.rint(sample), 0, 255).astype(np.uint8)
        proof.lay(layer)
    return behind


def _places(composition: Composition) -> tuple[object, ...]:
    """All that decides what lies behind texts, logo and button: their boxes, and the layers that are painted."""
    return tuple(
        (layer.role, layer.box) if isinstance(layer, TextLayer | LogoLayer) else layer for layer in composition.layers
    )


def _views(composition: Composition) -> tuple[PhotoLayer | ScrimLayer, ...]:
    """All that decides where people look."""
    return tuple(layer for layer in composition.layers if isinstance(layer, PhotoLayer | ScrimLayer))


def _salient(composition: Composition, sources: Sources, cell: float) -> NDArray[np.int64]:
    """The photo's saliency where the creative shows it, in whole levels, less what scrims veil; grounds are no sight,
    faces wholly."""
    rows = max(1, round(composition.format.height / cell))
    columns = max(1, round(composition.format.width / cell))
    levels = np.zeros((rows, columns), np.int64)
    scale = sources.salient.shape[1] / sources.size[0]
    for layer in composition.layers:
        if not isinstance(layer, PhotoLayer) or layer.role is not Role.PHOTO:
            continue
        left, top = round(layer.box.x / cell), round(layer.box.y / cell)
        right = min(columns, max(left + 1, round(layer.box.right / cell)))
        bottom = min(rows, max(top + 1, round(layer.box.bottom / cell)))
        left, top = max(0, min(left, columns - 1)), max(0, min(top, rows - 1))
        part = _part(sources.salient, layer.source, scale)
        shown = cv2.resize(part, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
        levels[top:bottom, left:right] = np.rint(_LEVELS * np.clip(shown, 0, 1)).astype(np.int64)
    for layer in composition.layers:
        if isinstance(layer, ScrimLayer):
            left_over = 1 - scrim_opacities(layer, (columns, rows), 1 / cell)
            levels = np.rint(levels * left_over.astype(np.float64)).astype(np.int64)
    for face in composition.faces:
        left, top = max(0, round(face.x / cell)), max(0, round(face.y / cell))
        levels[top : max(0, round(face.bottom / cell)), left : max(0, round(face.right / cell))] = _LEVELS
    return levels


def _part(salient: Map, source: Box, scale: float) -> Map:
    rows, columns = salient.shape
    left, top = min(columns - 1, max(0, round(source.x * scale))), min(rows - 1, max(0, round(source.y * scale)))
    right, bottom = max(left + 1, round(source.right * scale)), max(top + 1, round(source.bottom * scale))
    return salient[top:bottom, left:right]
