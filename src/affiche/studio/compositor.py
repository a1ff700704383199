# SPDX-License-Identifier: Apache-2.0
"""Sets a product into a plate: its shadow, its mirror image and the scene's light on it."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.studio import kernel
from affiche.studio.film import curve
from affiche.studio.geometry import View
from affiche.studio.look import Look, exposure, gains
from affiche.studio.placement import Frame, Placement, frame, placement
from affiche.studio.plate import Plate
from affiche.studio.product import SLICE_DEPTHS, Solid, resized, solid, trimmed
from affiche.studio.relight import exposed, light_on, relit
from affiche.studio.subject import Subject

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_GRAIN: Final = 1.1
_WRAP: Final = 0.30
_LAYERS: Final = ((0.0, 0), (0.45, 1), (-0.45, 1), (0.8, 2), (-0.8, 2))
_MIRROR: Final = 0.04
_MATT: Final = 0.36
_EASED: Final = 60


class Setting(NamedTuple):
    """Choices that tell pictures of one preset apart: ``mirrored`` stages, the product's ``size`` (1: as looks natural)
    and its ``offset`` by a share of the stage's room."""

    mirrored: bool = False
    size: float = 1.0
    offset: float = 0.0


class Composed(NamedTuple):
    """``pixels`` (height, width, 3) are RGB; ``subject`` is the product in them, None on an empty stage."""

    pixels: Bytes
    subject: Subject | None


def compose(
    plate: Plate,
    look: Look,
    cutout: Bytes | None,
    width: int,
    height: int,
    setting: Setting | None = None,
    seed: int = 0,
    metered: Plate | None = None,
) -> Composed:
    """The picture of ``cutout`` (any size, RGBA, straight alpha) in a plate; None: the empty stage. The exposure is
    ``metered`` on another plate of the same scene, if given, so that its light is one light from wherever it is seen.
    Raises `InvalidInput` for a cut-out without anything in it."""
    setting, subject = setting or Setting(), None
    shown = frame(plate, width, height)
    data, key, fill = _plate_data(plate, look, metered or plate)
    window = kernel.WindowData(shown.left, shown.top, shown.step, width, height)
    light = _look_data(plate, look, key, fill)
    if cutout is None:
        picture, _ = kernel.develop(data, light, window, None)
    else:
        cut = trimmed(cutout)
        place = placement(plate, shown, cut.shape[1] / cut.shape[0], setting.size, setting.offset)
        cut = cut[:, ::-1] if setting.mirrored else cut
        picture, subject = _with_product(plate, look, data, light, shown, place, cut)
    if setting.mirrored:
        picture, subject = np.ascontiguousarray(picture[:, ::-1]), subject and subject.turned
    return Composed(kernel.printed(picture, _GRAIN, seed), subject)


def _with_product(
    plate: Plate, look: Look, data: kernel.PlateData, light: kernel.LookData, shown: Frame, place: Placement, cut: Bytes
) -> tuple[Floats, Subject]:
    view = View.of(plate.meta.camera, plate.width, plate.height)
    foot = (place.x, place.y, place.z)
    away = np.subtract(foot, view.eye)
    made = solid(*resized(cut, place.width, place.height), float(-away[2] / np.linalg.norm(away)))
    scale = view.project(foot)[2] / shown.step
    light_there = light_on(made, plate, look, view, scale, place.x)
    colours = relit(made.rgb, light_there)
    traces = _Traces(made, colours, scale, foot)
    window = kernel.WindowData(shown.left, shown.top, shown.step, shown.width, shown.height)
    picture, before = kernel.develop(data, light, window, traces.data)
    front = (place.x, place.y - made.feet[0].half_depth / scale, place.z)
    column, ground, _ = view.project(front)
    left = round((column - shown.left) / shown.step - traces.axis)
    top = round((ground - shown.top) / shown.step) - place.height
    hidden = np.asarray(cv2.GaussianBlur(before.astype(np.float32), (0, 0), 0.8), np.float32)
    _lay_over(picture, hidden, made, colours, left, top)
    return picture, Subject(cut, light_there, left, top, hidden)


class _Traces:
    """What the kernel has to know of a product, and the arrays that it points to."""

    def __init__(self, made: Solid, colours: Floats, scale: float, foot: tuple[float, float, float]) -> None:
        height, width = made.alpha.shape
        margin = max(height, width) // 2
        self.axis = width / 2
        scene_light = colours / (np.float32(1.08) - np.float32(0.72) * np.clip(colours, 0, 1))
        film = np.dstack([scene_light * made.alpha[..., None], made.alpha])
        cover = np.dstack([made.slices, np.zeros_like(made.alpha)])
        self._colour, self._slices = _pyramid(film, margin), _pyramid(cover, margin)
        self._underside = np.minimum(_eased(made) / scale, 1e3).astype(np.float32)
        depth = made.half_depth / scale
        data = kernel.ProductData(
            colour=_pyramid_data(self._colour),
            slices=_pyramid_data(self._slices),
            scale=scale,
            base=foot,
            half_depth=depth,
            height=height / scale,
            underside=self._underside.ctypes.data,
            columns=width,
            sag=made.foot_rise / scale,
            feet_count=len(made.feet),
            bands_count=len(made.bands),
            tint=tuple(0.35 * np.clip((colours * made.alpha[..., None]).sum((0, 1)) / made.alpha.sum(), 0, 1)),
        )
        data.axis, data.ground, data.margin = self.axis, float(height), float(margin)
        for k, (share, layer) in enumerate(_LAYERS):
            data.offset[k], data.layer[k] = share * depth, layer
        for k, foot_of in enumerate(made.feet):
            data.feet[k] = ((foot_of.x - self.axis) / scale, foot_of.half_width / scale, foot_of.half_depth / scale)
        for k, band in enumerate(made.bands):
            data.bands[k] = ((band.x - self.axis) / scale, *(value / scale for value in band[1:]))
        width_of_all = sum(band.half_width * (band.high - band.low) for band in made.bands) / height
        data.whole = (0.0, width_of_all / scale, 0.8 * depth, 0.0, height / scale)
        self.data = data


assert len(_LAYERS) == kernel.SLICES
assert tuple(sorted({abs(share) for share, _ in _LAYERS})) == SLICE_DEPTHS


def _eased(made: Solid) -> Floats:
    """The underside without the steps of whole pixels, which a mirror image would repeat all the way up."""
    low = np.minimum(made.underside, 2 * made.foot_rise)[None].astype(np.float32)
    smooth = cv2.GaussianBlur(low, (0, 0), max(1.0, made.underside.size / _EASED), borderType=cv2.BORDER_REPLICATE)[0]
    return np.where(low[0] < made.foot_rise, smooth, made.underside).astype(np.float32)


def _pyramid(film: Floats, margin: int) -> list[Floats]:
    """``film`` with a clear ``margin``, then ever softer and smaller pictures of it."""
    levels = [np.asarray(cv2.copyMakeBorder(film, margin, margin, margin, margin, cv2.BORDER_CONSTANT), np.float32)]
    while len(levels) < kernel.LEVELS and min(levels[-1].shape[:2]) > 6:
        levels.append(np.asarray(cv2.pyrDown(levels[-1]), np.float32))
    return levels


def _pyramid_data(levels: list[Floats]) -> kernel.PyramidData:
    data = kernel.PyramidData(levels=len(levels))
    for k, level in enumerate(levels):
        data.level[k], data.height[k], data.width[k] = level.ctypes.data, *level.shape[:2]
    return data


def _plate_data(plate: Plate, look: Look, metered: Plate) -> tuple[kernel.PlateData, Floats, Floats]:
    """The plate for the kernel, and the gains of its light."""
    key, fill = gains(plate, look)
    exposed = plate.radiance() * np.float32(exposure(metered, look, key, fill))
    view = View.of(plate.meta.camera, plate.width, plate.height)
    data = kernel.PlateData(
        *(layer.ctypes.data for layer in (plate.key, plate.fill, plate.depth, plate.roles, plate.normal)),
        plate.width,
        plate.height,
        plate.meta.depth_scale,
        tuple(view.eye),
        tuple(view.right),
        tuple(view.up),
        tuple(view.forward),
        view.focal,
    )
    np.ctypeslib.as_array(data.light)[:] = exposed
    return data, key, fill


def _look_data(plate: Plate, look: Look, key: Floats, fill: Floats) -> kernel.LookData:
    meta = plate.meta
    data = kernel.LookData(key_at=meta.key_at, key_radius=meta.key_radius, curve=curve(look.contrast).ctypes.data)
    np.ctypeslib.as_array(data.key_gain)[:] = key
    np.ctypeslib.as_array(data.fill_gain)[:] = fill
    data.saturation = look.saturation
    for role, (rough, white) in enumerate(zip(meta.roughness, meta.whiteness, strict=True)):
        data.mirror[role] = _MIRROR * look.polish if rough < _MATT else 0.0
        data.blur[role] = rough
        data.polish[role] = float(np.clip(1 - 1.6 * white, 0.06, 0.95)) if rough < _MATT else 0.0
    return data


def _lay_over(picture: Floats, hidden: Floats, made: Solid, colours: Floats, left: int, top: int) -> None:
    """The product over ``picture``, in place, with a little of the light behind it around its edges."""
    height, width = made.alpha.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(picture.shape[1], left + width), min(picture.shape[0], top + height)
    if x1 <= x0 or y1 <= y0:
        return
    here, there = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)), (slice(y0, y1), slice(x0, x1))
    ground, alpha = picture[there], made.alpha[here]
    codes = exposed(colours[here])
    rim = cv2.GaussianBlur(1 - alpha, (0, 0), 2.5)[..., None] * np.float32(_WRAP)
    behind = cv2.GaussianBlur(ground, (0, 0), 6)
    codes = codes + (behind - codes) * rim
    cover = (alpha * (1 - hidden[there]))[..., None]
    picture[there] = ground + (codes - ground) * cover
