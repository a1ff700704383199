# SPDX-License-Identifier: Apache-2.0
"""The main sample photo: a lodge at a mountain lake, minutes after sunrise. Everything in it is computed."""

from typing import Final, NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal, smoothstep, value_noise
from affiche.samples.conifers import plant, stand
from affiche.samples.film import develop
from affiche.samples.lodge import draw_lodge
from affiche.samples.terrain import Land, View, look, raise_land

Light = NDArray[np.float32]

_PEAKS: Final = (
    (1.55, 8.6, 2.75, 2.3),
    (-0.9, 11.5, 2.2, 2.4),
    (3.9, 7.6, 2.2, 1.9),
    (-3.6, 9.0, 1.9, 2.2),
    (-3.9, 5.2, 1.05, 1.6),
    (4.1, 4.6, 1.0, 1.3),
)
_SUN: Final = (0.86, 0.24, -0.30)
_SUNLIGHT: Final = np.array([4.6, 2.35, 1.05], np.float32)
_SKYLIGHT: Final = np.array([0.20, 0.29, 0.48], np.float32)
_HORIZON: Final = 0.625
_FOCAL: Final = 1.2
_EYE: Final = 0.004
# Computed at most this wide, then enlarged like a photo from a good lens.
_COMPUTED: Final = 1800


class _Bank(NamedTuple):
    """A wooded bank, in px of a picture 3000 wide: seed, span, heights and number of trees, share of haze, how far the
    ground rises at its outer end, and where the lodge stands on it, if it does."""

    seed: int
    left: float
    right: float
    sizes: tuple[float, float]
    trees: int
    haze: float
    rise: float
    lodge: float | None = None

    def ground(self, width: int, horizon: int) -> Field:
        """The row of the ground for every column: level across the whole picture, or rising away from the lake."""
        scale = width / 3000
        if self.right - self.left >= 3000:
            return np.full(width, horizon - scale * self.rise * 0.5, np.float32)
        columns = np.arange(width, dtype=np.float32) / scale
        away = self.right - columns if self.left == 0 else columns - self.left
        outward = np.clip(away / (self.right - self.left), 0, 1) ** 1.5
        uneven = 0.75 + 0.25 * value_noise(self.seed, 1, width, 1, 9)[0]
        return np.asarray(horizon - scale * self.rise * outward * uneven, np.float32)


_FAR_BANKS: Final = (
    _Bank(21, 0, 3000, (10, 26), 1000, 0.66, 6),
    _Bank(22, 0, 1080, (20, 62), 460, 0.50, 60),
    _Bank(23, 1900, 3000, (30, 90), 420, 0.40, 60),
)
_NEAR_BANKS: Final = (
    _Bank(24, 0, 470, (40, 150), 170, 0.22, 60),
    _Bank(25, 1800, 3000, (70, 330), 300, 0.03, 70, lodge=1850),
)


def lake(width: int, height: int) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) RGB."""
    size = width, height
    if width > _COMPUTED:
        width, height = _COMPUTED, round(_COMPUTED * height / width)
    horizon = round(_HORIZON * height)
    sky = _sky(width, horizon)
    land = raise_land(11, _PEAKS, _SUN)
    view = look(land, width, horizon, _FOCAL * width, _EYE, 0.6, 15, max(200, 700 * width // 3000))
    ground = _ground(view, land, width, horizon)
    far = _smooth_crests(np.where(np.isinf(view.depth)[..., None], sky, ground), view)
    far = _shores(far, width, horizon, _FAR_BANKS)
    _lay_mist(far, horizon)
    above = _shores(far, width, horizon, _NEAR_BANKS)
    picture = np.concatenate([above, _water(above, width, height - horizon)], axis=0)
    return develop(picture, size, seed=5)


def _smooth_crests(picture: Light, view: View) -> Light:
    """The picture with the steps on crests taken out: they stand where the depth jumps."""
    depth = np.log(np.minimum(view.depth, np.float32(40)))
    kernel = np.ones((3, 3), np.uint8)
    jump = cv2.morphologyEx(depth, cv2.MORPH_GRADIENT, kernel)
    share = cv2.blur(np.minimum(jump * 12, 1), (3, 3))[..., None]
    soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
    return np.asarray(picture + share * (soft - picture), np.float32)


def _sky(width: int, horizon: int) -> Light:
    up = np.linspace(1, 0, horizon, dtype=np.float32)[:, None]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    stops = np.array([0, 0.16, 0.42, 1.0])
    colours = np.array([[1.05, 0.66, 0.44], [0.98, 0.70, 0.54], [0.50, 0.56, 0.66], [0.11, 0.22, 0.38]])
    sky = np.stack([np.interp(up[:, 0], stops, colours[:, k]) for k in range(3)], axis=-1)[:, None].astype(np.float32)
    glow = np.exp(-(((across - 1.02) / 0.55) ** 2) - (up / 0.55) ** 2)[..., None]
    sky = sky + glow * np.array([0.55, 0.28, 0.10], np.float32)
    rows, columns = max(8, horizon // 2), max(8, width // 2)
    streaks = fractal(307, rows, columns, 9, 3.2, 6, 0.58)
    sheets = fractal(340, rows, columns, 2.5, 2.2, 3)
    cover = cv2.resize(
        smoothstep(-0.08, 0.50, streaks + 0.60 * sheets), (width, horizon), interpolation=cv2.INTER_LINEAR
    )
    cover = (cover * (0.25 + 0.75 * smoothstep(0.1, 0.5, up)) * 0.62)[..., None]
    lit = np.array([1.22, 0.80, 0.62], np.float32) * (0.72 + 0.5 * glow)
    return np.asarray(sky * (1 - cover) + lit * cover, np.float32)


def _ground(view: View, land: Land, width: int, horizon: int) -> Light:
    sun = np.asarray(cv2.remap(land.sun, view.column, view.row, cv2.INTER_LINEAR), np.float32)
    slope = np.asarray(cv2.remap(land.slope, view.column, view.row, cv2.INTER_LINEAR), np.float32)
    depth = np.where(np.isinf(view.depth), np.float32(15), view.depth)
    row = np.arange(horizon, dtype=np.float32)[:, None]
    height = (horizon - row) * depth / np.float32(_FOCAL * width) + np.float32(_EYE)
    tile = fractal(77, 1024, 1024, 24, 24, 6, 0.62)
    detail = _tiled(tile, view.column * 9, (view.row + height * 60) * 9)
    broad = _tiled(tile, view.column * 1.1, view.row * 1.1)
    flutes = _tiled(tile, view.column * 5, view.row * 1.6)
    fine = _tiled(tile, view.column * 26, (view.row + height * 60) * 26)
    snow = smoothstep(0.66, 0.84, height + 0.34 * broad + 0.22 * detail + 0.12 * fine)
    snow = snow * smoothstep(0.46, 0.55, slope + 0.20 * detail + 0.22 * flutes + 0.16 * fine)
    wood = smoothstep(0.66, 0.54, height + 0.26 * broad + 0.16 * detail + 0.10 * fine)
    wood = wood * smoothstep(0.30, 0.46, slope + 0.20 * detail + 0.16 * flutes)
    rock = np.array([0.125, 0.112, 0.108], np.float32) * (1 + 0.75 * detail[..., None])
    forest = np.array([0.020, 0.034, 0.020], np.float32) * (1 + 1.2 * (detail + fine)[..., None])
    white = np.array([0.78, 0.80, 0.84], np.float32) * (1 + 0.10 * detail[..., None])
    albedo = rock + wood[..., None] * (forest - rock)
    albedo = np.maximum(albedo + snow[..., None] * (white - albedo), 0.004)
    # Stones too small for the maps: the same tile seen a little further towards the sun tells which way they face.
    bump = fine - _tiled(tile, view.column * 26 + 9, (view.row + height * 60) * 26 - 3)
    bright = np.clip(sun * (1 + 0.5 * detail) * (1 + 1.5 * bump), 0, 1.2)
    light = bright[..., None] * _SUNLIGHT + (0.35 + 0.65 * slope)[..., None] * _SKYLIGHT
    return _hazed(albedo * light, depth, height, broad)


def _tiled(tile: Field, x: Field, y: Field) -> Field:
    size = tile.shape[0]
    padded = np.pad(tile, ((0, 1), (0, 1)), mode="wrap")
    return np.asarray(
        cv2.remap(padded, np.mod(x, size).astype(np.float32), np.mod(y, size).astype(np.float32), cv2.INTER_LINEAR),
        np.float32,
    )


def _hazed(colour: Light, depth: Field, height: Field, broad: Field) -> Light:
    """Air between the eye and the land: thin blue haze everywhere, white mist lying in the valley."""
    valley = np.exp(-np.maximum(height, 0) / 0.16) * (0.75 + 0.6 * broad)
    veil = 1 - np.exp(-(0.022 * depth + 0.085 * np.maximum(valley, 0) * depth))
    across = np.linspace(0, 1, colour.shape[1], dtype=np.float32)[None, :, None]
    air = np.array([0.34, 0.46, 0.62], np.float32) * (1 - across) + np.array([0.72, 0.56, 0.50], np.float32) * across
    low = np.exp(-np.maximum(height, 0) / 0.35)[..., None]
    air = air * (1 - 0.35 * low) + np.array([1.0, 0.80, 0.70], np.float32) * 0.35 * low
    return np.asarray(colour + veil[..., None] * (air - colour), np.float32)


def _shores(picture: Light, width: int, horizon: int, banks: tuple[_Bank, ...]) -> Light:
    """``picture`` with ``banks`` drawn over it, the first one farthest away."""
    for bank in banks:
        layer = np.zeros((horizon, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, horizon, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRasterDirect(info, layer, width * 4)
        _draw_bank(surface.getCanvas(), bank, width, horizon)
        surface.flushAndSubmit()
        picture = _over(picture, layer, bank.haze)
    return picture


def _draw_bank(pen: skia.Canvas, bank: _Bank, width: int, horizon: int) -> None:
    scale = width / 3000
    ground = bank.ground(width, horizon)
    left, right = bank.left * scale, bank.right * scale
    outline = [(left, horizon + 2.0), (right + 2, horizon + 2.0)]
    # A little higher than the trees' feet, so that no mist shines through between them.
    outline += [(float(x) + 2, float(ground[int(x)]) - 5 * scale) for x in np.linspace(right - 1, left, 60)]
    earth = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(0.13, 0.15, 0.13, 1))
    pen.drawPath(skia.Path.Polygon([skia.Point(x, y) for x, y in outline], True), earth)
    sizes = bank.sizes[0] * scale, bank.sizes[1] * scale
    plant(pen, stand(bank.seed, (left, right), ground, sizes, bank.trees), (0.13, 0.17, 0.16), (0.36, 0.30, 0.19))
    if bank.lodge is not None:
        draw_lodge(pen, bank.lodge * scale, horizon - 4 * scale, scale)


def _over(picture: Light, layer: NDArray[np.uint8], haze: float) -> Light:
    rows = np.flatnonzero(layer[..., 3].any(axis=1))
    if rows.size == 0:
        return picture
    top = int(rows[0])
    part = layer[top:].astype(np.float32) / 255
    alpha = part[..., 3:]
    colour = np.where(alpha > 0, part[..., :3] / np.maximum(alpha, 1e-3), 0) ** 2.2
    across = np.linspace(0, 1, layer.shape[1], dtype=np.float32)[None, :, None]
    air = np.array([0.38, 0.48, 0.62], np.float32) * (1 - across) + np.array([0.76, 0.60, 0.54], np.float32) * across
    low = np.linspace(0, 1, part.shape[0], dtype=np.float32)[:, None, None] ** 3
    veil = haze + (1 - haze) * 0.22 * low
    colour = colour + veil * (air - colour)
    # What is drawn nearly white is a lamp: brighter than any paint.
    colour = colour * (1 + 2.2 * smoothstep(0.82, 1.0, np.asarray(part[..., :1], np.float32)))
    result = picture.copy()
    result[top:] += alpha * (colour - result[top:])
    return result


def _water(above: Light, width: int, depth: int) -> Light:
    """The lake: what stands above it mirrored, broken by small waves that grow towards the viewer."""
    horizon = above.shape[0]
    row = np.arange(depth, dtype=np.float32)[:, None] + 0.5
    near = row / depth
    scale = width / 3000
    waves = np.zeros((depth, width), np.float32)
    lines = np.log1p(row[:, 0] / (18 * scale)) / np.log1p(depth / (18 * scale))
    for seed, down, across, weight in ((1, 90, 7, 1.0), (2, 230, 18, 0.7), (3, 500, 44, 0.5)):
        field = value_noise(400 + seed, 1024, width, down, across)
        waves += np.float32(weight) * cv2.remap(
            field,
            np.broadcast_to(np.arange(width, dtype=np.float32), (depth, width)).copy(),
            np.broadcast_to((lines * 1023)[:, None], (depth, width)).astype(np.float32),
            cv2.INTER_LINEAR,
        )
    reach = scale * (1.0 + 17 * near)
    mirrored = horizon - 1 - row * 1.02 - waves * reach
    columns = np.arange(width, dtype=np.float32)[None, :] + waves * reach * 0.25
    soft = cv2.GaussianBlur(above, (0, 0), sigmaX=1.5 * scale + 0.3, sigmaY=9 * scale + 0.3)
    mirror = cv2.remap(soft, columns, mirrored.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    deep = np.array([0.016, 0.046, 0.062], np.float32)
    share = (0.80 - 0.56 * near**0.8 - 0.06 * waves * near)[..., None]
    return np.asarray(deep * (1 - share) + mirror * share, np.float32)


def _lay_mist(picture: Light, horizon: int) -> None:
    """Mist that lifts off the water at the far shore, drawn on the part above the horizon in place."""
    height, width = picture.shape[:2]
    coarse = fractal(500, height // 4 + 1, width // 4 + 1, 16, 5, 5, 0.55)
    bank = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    up = (horizon - np.arange(height, dtype=np.float32))[:, None] / height
    body = np.exp(-((up / 0.060) ** 1.3))
    share = np.clip(body * (0.42 + 0.9 * bank), 0, 0.8)[..., None]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    air = np.array([0.58, 0.64, 0.74], np.float32) * (1 - across) + np.array([1.0, 0.78, 0.66], np.float32) * across
    picture += share * (air - picture)
