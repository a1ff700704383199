# SPDX-License-Identifier: Apache-2.0
"""From a stranger's file and the id of a treatment to the finished picture."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.fidelity import Receipt, Unlit, measured, require_faithful
from affiche.images.decode import decode_picture
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.images.png import png_rgba
from affiche.retouch.canvas import FILL, MOST_ENLARGED, WANTED, Film, Layout
from affiche.retouch.finish import finished
from affiche.retouch.instructions import wishes_of
from affiche.retouch.light import LIGHT, Gains, gains_for
from affiche.retouch.packshot import WHITE, Shot, packshot
from affiche.retouch.preservation import Preservation
from affiche.retouch.scenes import Mood, scene_for
from affiche.retouch.straighten import lean_of, turned
from affiche.retouch.wishes import NO_WISHES, Wishes
from affiche.studio.preset import Preset
from affiche.studio.presets import preset_named
from affiche.studio.prompts import Plan, understand
from affiche.studio.studio import Studio
from affiche.vision.cutout import ClassicalCutter, Cutout, Cutter, State, UnknownForeground, cut_out

Pixels = NDArray[np.uint8]

PACKSHOTS: Final = frozenset(
    {
        "single_product_white_background",
        "marketplace_clean_catalog",
        "clean_catalog_group",
        "studio_packshot",
        "marketplace_clean",
    }
)
MARKETPLACES: Final = frozenset({"marketplace_clean_catalog", "marketplace_clean"})
"""Packshots that have to be of a certain size."""

REMOVE_BACKGROUND: Final = "remove_background"
TONE: Final = "product_photo_enhance"
TREATMENTS: Final = PACKSHOTS | {REMOVE_BACKGROUND, TONE} | set(Mood)

SCENE: Final = "scene"
"""The product in the scene that the instructions describe; see `Retoucher.retouch`."""
EMPTY_SCENE: Final = "empty_scene"
"""The scene that the instructions describe, with nothing in it; see `Retoucher.scene`."""

FRAMINGS: Final = (FILL, 0.75, 0.92, 0.66, 0.8, 0.7)
"""The share of the frame that the product fills in each of several pictures of one photo."""

_THUMBNAIL: Final = 512
_SCENE_SIDE: Final = 1200
_LEAST_SCENE: Final = 640
_SHARE_OF_SCENE: Final = 0.6
"""About as much of a scene's long side a product fills."""


@dataclass(frozen=True, slots=True, eq=False)
class Retouched:
    """``pixels`` are RGB, or RGBA where the ground is clear; ``notes`` are sentences for the client; ``receipt`` says
    what was done and measured, for JSON; ``fidelity`` is how far the product is from the photo's, None where its pixels
    were not touched."""

    pixels: Pixels
    notes: tuple[str, ...] = ()
    receipt: dict[str, Any] = field(default_factory=dict)
    fidelity: Receipt | None = None

    @property
    def content(self) -> bytes:
        """The picture as a PNG file."""
        return _png(self.pixels)

    @property
    def thumbnail(self) -> bytes:
        """A PNG file that fits 512 px."""
        height, width = self.pixels.shape[:2]
        scale = min(1.0, _THUMBNAIL / max(width, height))
        columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
        if self.pixels.shape[2] == 4:
            return _png(Film.of(self.pixels, columns, rows).pixels)
        return _png(np.asarray(cv2.resize(self.pixels, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8))


class Retoucher:
    """Retouches one picture after the other. ``cutter`` finds products, ``studio`` has the scenes, whose plates stay in
    memory once used."""

    def __init__(self, cutter: Cutter | None = None, studio: Studio | None = None) -> None:
        self._cutter = cutter or ClassicalCutter()
        self._studio = studio or Studio()

    def retouch(
        self,
        content: bytes,
        treatment: str,
        preservation: str,
        instructions: str = "",
        wishes: Wishes = NO_WISHES,
        variant: int = 1,
    ) -> Retouched:
        """The picture of a file (JPEG, PNG or WebP) after ``treatment``: one of `TREATMENTS`, or `SCENE`, whose
        ``instructions`` are a prompt. Other instructions count more than ``wishes``. Variants (from 1) differ in
        framing or scene; tone has only one.

        The same arguments give the same pixels. Raises what `understand` raises, `UnreadableImage`, `ImageTooLarge`,
        `UnknownForeground`, `NotFaithful`, and `InvalidInput` for an unknown treatment or preservation.
        """
        if treatment == SCENE:
            return self._in_prompted(decode_picture(content), instructions, wishes, variant)
        if treatment not in TREATMENTS:
            raise InvalidInput("treatment", f"There is no treatment '{treatment}'.")
        if preservation not in set(Preservation):
            raise InvalidInput("preservation_level", f"There is no preservation level '{preservation}'.")
        level, wishes = Preservation(preservation), wishes_of(instructions, wishes)
        picture = decode_picture(content)
        keeps = treatment == TONE or (wishes.keep_background and treatment in PACKSHOTS)
        if keeps:
            return self._toned(picture, level, wishes)
        cut = cut_out(picture, self._cutter)
        if treatment == REMOVE_BACKGROUND:
            return _alone(picture, cut, wishes, variant)
        if treatment in PACKSHOTS:
            made = _on_ground(picture, cut, level, wishes, variant)
            return _sized(made) if treatment in MARKETPLACES else made
        return self._in_scene(picture, cut, Mood(treatment), wishes, variant)

    def _toned(self, picture: Pixels, level: Preservation, wishes: Wishes) -> Retouched:
        """Only light and, unless strict, noise and sharpness; the frame stays."""
        try:
            cut = cut_out(picture, self._cutter)
        except UnknownForeground:
            cut = None
        gains = _light(picture, cut, wishes, whole=True) if cut else Gains()
        lit = np.dstack([gains.applied(picture[..., :3]), picture[..., 3]])
        film = Film(lit[..., :3].astype(np.float32), lit[..., 3].astype(np.float32) / np.float32(255))
        done = finished(film).pixels if level is not Preservation.STRICT else lit
        unlit = Unlit(picture, LIGHT) if cut else None
        found = require_faithful(measured(lit, np.ascontiguousarray(done[..., :3]), level.limits, unlit))
        notes = _unhonoured(wishes, "straighten", "shadow", "aspect", "margin", "ground")
        if cut is None:
            notes += ("No product could be told from its background, so the light was left as it is.",)
        pixels = done if done[..., 3].min() < 255 else np.ascontiguousarray(done[..., :3])
        return Retouched(pixels, notes + wishes.notes, _receipt(cut, gains, found), found)

    def _in_scene(self, picture: Pixels, cut: Cutout, mood: Mood, wishes: Wishes, variant: int) -> Retouched:
        """The product takes the light of the scene too."""
        scene = scene_for(mood, _lit(cut.trimmed, _light(picture, cut, wishes)))
        made = self._shot(picture, cut, preset_named(scene), wishes, variant)
        return replace(made, notes=made.notes + wishes.notes, receipt=made.receipt | {"scene": scene})

    def _in_prompted(self, picture: Pixels, prompt: str, wishes: Wishes, variant: int) -> Retouched:
        plan = understand(prompt)
        made = self._shot(picture, cut_out(picture, self._cutter), plan.preset, wishes, variant)
        return replace(made, notes=made.notes + _reservations(plan), receipt=made.receipt | _planned(plan))

    def _shot(self, picture: Pixels, cut: Cutout, preset: Preset, wishes: Wishes, variant: int) -> Retouched:
        gains = _light(picture, cut, wishes)
        product, lean = _upright(cut, wishes)
        size = _scene_size(wishes, max(product.shape[:2]))
        shot = self._studio.photograph(preset, _lit(product, gains), *size, variant)
        notes = _unhonoured(wishes, "keep_background", "keep_frame", "shadow", "margin", "ground")
        told = _receipt(cut, gains, shot.receipt) | {"lean": lean}
        return Retouched(shot.pixels, _warnings(picture, cut) + notes, told, shot.receipt)

    def scene(self, prompt: str, wishes: Wishes = NO_WISHES, variant: int = 1) -> Retouched:
        """The empty scene that ``prompt`` describes. Raises what `understand` raises."""
        plan = understand(prompt)
        pixels = self._studio.picture(plan.preset, None, *_scene_size(wishes), variant)
        return Retouched(pixels, _reservations(plan), _planned(plan))


def _scene_size(wishes: Wishes, product: int | None = None) -> tuple[int, int]:
    """Width and height of a scene, px: the same number of pixels in every aspect, and fewer where a product of so many
    px on its long side would be blurred."""
    side = _SCENE_SIDE
    if product is not None:
        side = min(side, max(_LEAST_SCENE, round(product * MOST_ENLARGED / _SHARE_OF_SCENE)))
    stretch = math.sqrt(wishes.aspect or 1.0)
    return round(side * stretch), round(side / stretch)


def _reservations(plan: Plan) -> tuple[str, ...]:
    """What of a prompt the picture shows otherwise, or not at all."""
    instead = tuple(f'Instead of "{asked}" the picture shows: {used}.' for asked, used in plan.approximated)
    return instead + Wishes(ignored=plan.ignored).notes


def _planned(plan: Plan) -> dict[str, Any]:
    return {"scene": plan.nearest, "coverage": plan.coverage}


def _alone(picture: Pixels, cut: Cutout, wishes: Wishes, variant: int) -> Retouched:
    """The product on a clear ground, in its own colours unless light or colour are wished for, and in the photo's
    frame unless another is."""
    gains = Gains()
    if wishes.light or wishes.colour:
        gains = _light(picture, cut, replace(wishes, light=bool(wishes.light), colour=bool(wishes.colour)))
    pixels = _lit(cut.pixels, gains)
    if wishes.aspect is not None or wishes.margin is not None or variant > 1:
        shot = Shot(wishes.aspect or 1.0, _fill(wishes, variant), None)
        pixels = packshot(_lit(cut.trimmed, gains), shot).pixels
    notes = _unhonoured(wishes, "keep_background", "straighten", "shadow", "ground")
    return Retouched(pixels, _warnings(picture, cut) + notes + wishes.notes, _receipt(cut, gains, None))


def _on_ground(picture: Pixels, cut: Cutout, level: Preservation, wishes: Wishes, variant: int) -> Retouched:
    gains = _light(picture, cut, wishes)
    product, lean = _upright(cut, wishes)
    lit = _lit(product, gains)
    shot = Shot(
        wishes.aspect or 1.0,
        _fill(wishes, variant),
        wishes.ground or WHITE,
        wishes.shadow,
        level is not Preservation.STRICT,
        Layout.within(picture.shape[1], picture.shape[0], cut.box) if wishes.keep_frame else None,
    )
    made = packshot(lit, shot, reaches_top=_is_photo(picture) and _comes_from_above(picture, cut))
    box = np.ascontiguousarray(made.pixels[made.layout.box])
    at = made.layout.left, made.layout.top
    found = require_faithful(measured(lit, box, level.limits, Unlit(product, LIGHT), at=at))
    told = _receipt(cut, gains, found) | {"shadow": made.shadow, "poses": [*made.poses], "lean": lean}
    notes = _unhonoured(wishes, "aspect", "margin") if wishes.keep_frame else ()
    return Retouched(made.pixels, _warnings(picture, cut) + notes + wishes.notes, told, found)


def _upright(cut: Cutout, wishes: Wishes) -> tuple[Pixels, float]:
    """The product, set upright if it leans a little, and by how many degrees it leant."""
    product = cut.trimmed
    if wishes.straighten is False or wishes.keep_frame:
        return product, 0.0
    lean = lean_of(product[..., 3])
    return (turned(product, lean), lean) if lean else (product, 0.0)


def _comes_from_above(picture: Pixels, cut: Cutout) -> bool:
    """A photo that is cropped tightly says nothing: its product reaches the lower edge too."""
    return cut.box.y == 0 and cut.box.y + cut.box.height < picture.shape[0]


def _sized(made: Retouched) -> Retouched:
    """The picture with a word on its size, if that is less than marketplaces ask for."""
    side = max(made.pixels.shape[:2])
    if side >= WANTED:
        return made
    told = f"The picture has {side} px a side, as the product is small in the photo; marketplaces ask for {WANTED}."
    return replace(made, notes=(*made.notes, told))


def _light(picture: Pixels, cut: Cutout, wishes: Wishes, *, whole: bool = False) -> Gains:
    """Gains for the product by its backdrop, or for the ``whole`` photo where all of it stays; a picture that came cut
    out has none, and keeps its balance."""
    cover, opaque = cut.pixels[..., 3], picture[..., 3] == 255
    backdrop = (cover == 0) & opaque
    balance, exposure = wishes.colour is not False, wishes.light is not False
    shown = opaque if whole else cover > 250
    return gains_for(picture[..., :3], shown, backdrop, balance=balance, exposure=exposure)


def _lit(cutout: Pixels, gains: Gains) -> Pixels:
    clear = cutout[..., 3:] == 0
    return np.dstack([np.where(clear, cutout[..., :3], gains.applied(cutout[..., :3])), cutout[..., 3]])


def _fill(wishes: Wishes, variant: int) -> float:
    return FRAMINGS[(variant - 1) % len(FRAMINGS)] if wishes.margin is None else 1 - 2 * wishes.margin


def _is_photo(picture: Pixels) -> bool:
    """Whether the picture still has its background; the frame of one that came cut out says nothing of the product."""
    return int(picture[..., 3].min()) == 255


def _warnings(picture: Pixels, cut: Cutout) -> tuple[str, ...]:
    """What a person should look at."""
    notes = []
    if cut.state is State.LOW_CONFIDENCE:
        notes.append("The outline of the product is uncertain; look at its edges before using the picture.")
    height, width = cut.pixels.shape[:2]
    x, y, wide, tall = cut.box
    if _is_photo(picture) and (x == 0 or y == 0 or x + wide == width or y + tall == height):
        notes.append("The product reaches the edge of the photo; a part of it may be missing.")
    return tuple(notes)


_SAYINGS: Final = {
    "keep_background": "keep the background",
    "keep_frame": "keep the frame",
    "straighten": "straightening",
    "shadow": "shadow",
    "aspect": "canvas",
    "margin": "margin",
    "ground": "background colour",
}


def _unhonoured(wishes: Wishes, *names: str) -> tuple[str, ...]:
    """Wishes that were understood but have no place in the treatment."""
    asked = (name for name in names if getattr(wishes, name) != getattr(NO_WISHES, name))
    return tuple(f"Not honoured by this treatment: {_SAYINGS[name]}." for name in asked)


def _receipt(cut: Cutout | None, gains: Gains, found: Receipt | None) -> dict[str, Any]:
    return {
        "cutout": {"state": cut.state.value, "confidence": cut.confidence} if cut else None,
        "gains": gains._asdict(),
        "fidelity": found.to_json() if found else None,
    }


def _png(pixels: Pixels) -> bytes:
    if pixels.shape[2] == 4:
        return png_rgba(pixels)
    return encode(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA), np.uint8), ImageFormat.PNG)
