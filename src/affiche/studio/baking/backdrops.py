# SPDX-License-Identifier: Apache-2.0
"""Backdrops far behind the focus, painted as light: out-of-focus lamps, a skyline, leaves, a room, shelves.

Painting them beats rendering: small bright lamps would need thousands of samples, and nothing here is sharp. Each is
a picture (height, width, 3) of linear radiance; 1 is about a white card in the scene.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from affiche.images.native import cv2
from affiche.images.noise import Field, fractal, smoothstep, warped
from affiche.studio.baking.colours import Light, ramp
from affiche.studio.film import light_of

HEIGHT, WIDTH = 960, 1920
Colours = tuple[str, ...]


def bokeh(colours: Colours, seed: int) -> Light:
    """Discs of out-of-focus lamps over a soft ground. Colours: three of the ground, then those of the lamps."""
    random = np.random.default_rng(seed)
    picture = _ground(colours[:3], seed)
    lamps = [light_of(colour) for colour in colours[3:]]
    veil = np.zeros_like(picture)
    for _ in range(26):
        _disc(
            veil, random, (90, 260), lamps[random.integers(len(lamps))] * random.uniform(0.04, 0.22), 0.6, (0.1, 0.95)
        )
    picture += _blurred(veil, 40)
    for _ in range(120):
        bright = 0.10 + 1.5 * random.random() ** 3.2
        _disc(picture, random, (13, 62), lamps[random.integers(len(lamps))] * bright, 0.05, (0.10, 0.80))
    return _blurred(picture, 1.6)


def skyline(colours: Colours, seed: int) -> Light:
    """A city at night, out of focus. Colours: sky above, sky low, glow at the then lit windows."""
    random = np.random.default_rng(seed)
    picture = (
        ramp(np.broadcast_to(np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None], (HEIGHT, WIDTH)), colours[:3]) * 0.55
    )
    windows = [light_of(colour) for colour in colours[3:]]
    sparks = np.zeros_like(picture)
    for layer, (base, tallest, shade) in enumerate(((0.66, 0.40, 0.55), (0.72, 0.46, 0.30), (0.80, 0.34, 0.14))):
        x = -60
        while x < WIDTH:
            wide = int(random.uniform(50, 130))
            top = int(HEIGHT * (base - tallest * (0.25 + 0.75 * random.random() ** 1.6)))
            left, right = max(0, x), min(WIDTH, x + wide)
            if right > left:
                picture[top:, left:right] = picture[top:, left:right] * 0.2 + light_of(
                    colours[1]
                ) * shade * random.uniform(0.5, 1.0)
                sparks[top:, left:right] *= 0.06
                _lit(sparks, random, (left, right), top, windows, layer)
            x += wide + int(random.uniform(-16, 26))
    return _blurred(picture, 9) + _through_lens(sparks, 9) * 22 + _blurred(sparks, 40) * 5


def _lit(
    sparks: Light, random: np.random.Generator, span: tuple[int, int], top: int, windows: list[Light], layer: int
) -> None:
    share, pitch = random.choice((0.04, 0.10, 0.20)), 20 + 5 * layer
    for y in range(top + 8, HEIGHT - 60, pitch + 4):
        for x in range(span[0] + 5, span[1] - 5, pitch - 4):
            if random.random() < share:
                bright = random.uniform(0.15, 1.0) ** 2.5 * 3
                sparks[y : y + 3, x : x + 3] += windows[random.integers(len(windows))] * bright


def foliage(colours: Colours, seed: int) -> Light:
    """Leaves and sunlit gaps far out of focus. Colours: deep shade, leaves, sunlit leaves, then glints."""
    random = np.random.default_rng(seed)
    depth = warped(fractal(seed, HEIGHT, WIDTH, 5, 9, 5, 0.55), seed + 3, 5, 70)
    rise = np.linspace(0.16, -0.26, HEIGHT, dtype=np.float32)[:, None]
    picture = ramp(np.clip(0.46 + 0.8 * depth + rise, 0, 1), colours[:3])
    glints = [light_of(colour) for colour in colours[3:]]
    for _ in range(240):
        leafy = ramp(np.full((1, 1), random.uniform(0.2, 1), np.float32), colours[:3])[0, 0]
        _disc(picture, random, (16, 60), leafy * random.uniform(0.05, 0.22), 0.35, (0.0, 0.85))
    picture = _blurred(picture, 9)
    for _ in range(70):
        bright = 0.10 + 1.2 * random.random() ** 3
        _disc(picture, random, (14, 52), glints[random.integers(len(glints))] * bright, 0.06, (0.02, 0.62))
    return _blurred(picture, 2)


def room(colours: Colours, seed: int) -> Light:
    """A mid-century room out of focus. Colours: wall, panelling, window, lamp, plant, dark."""
    wall, panel, window, lamp, plant, dark = (light_of(colour) for colour in colours)
    light = np.linspace(1.15, 0.62, WIDTH, dtype=np.float32)[None, :, None]
    picture = np.broadcast_to(wall, (HEIGHT, WIDTH, 3)) * light
    picture = np.ascontiguousarray(picture)
    grain = 1 + 0.16 * fractal(seed, HEIGHT, WIDTH, 3, 130, 3)[..., None]
    picture[:, 1120:1640] = (panel * light * grain)[:, 1120:1640]
    for x in range(1120, 1641, 65):
        picture[:, x - 2 : x + 3] *= 0.5
    picture[90:560, 170:640] = window * 2.6
    for bar in (170, 322, 478, 634):
        picture[80:570, bar - 7 : bar + 8] = wall * 0.5
    for bar in (86, 320, 560):
        picture[bar - 7 : bar + 8, 165:645] = wall * 0.5
    picture[640:790, 1130:1630] = panel * 0.55
    picture[652:700, 1150:1370] = panel * 0.85
    picture[652:700, 1390:1610] = panel * 0.80
    picture[520:640, 1420:1426] = dark
    cv2.ellipse(picture, (1423, 470), (92, 74), 0, 180, 360, (lamp * 1.9).tolist(), -1, cv2.LINE_AA)
    cv2.rectangle(picture, (1331, 470), (1515, 512), (lamp * 1.7).tolist(), -1)
    random = np.random.default_rng(seed)
    for _ in range(26):
        angle, reach = random.uniform(-2.6, -0.5), random.uniform(90, 260)
        tip = (int(900 + reach * np.cos(angle)), int(640 + reach * np.sin(angle)))
        cv2.line(picture, (900, 650), tip, (plant * 0.4).tolist(), 5, cv2.LINE_AA)
        cv2.ellipse(
            picture,
            tip,
            (64, 23),
            float(np.degrees(angle)),
            0,
            360,
            (plant * random.uniform(0.5, 1.3)).tolist(),
            -1,
            cv2.LINE_AA,
        )
    cv2.rectangle(picture, (846, 640), (954, 770), (dark * 1.8).tolist(), -1)
    glow = np.zeros_like(picture)
    cv2.circle(glow, (1423, 480), 200, (lamp * 0.55).tolist(), -1)
    return _through_lens(picture, 15) + _blurred(glow, 80)


def shelves(colours: Colours, seed: int) -> Light:
    """A kitchen wall out of focus: tiles, two shelves, jars and cups. Colours: wall, shelf, then things on it."""
    random = np.random.default_rng(seed)
    wall, plank = light_of(colours[0]), light_of(colours[1])
    light = np.linspace(1.25, 0.75, WIDTH, dtype=np.float32)[None, :, None]
    picture = np.ascontiguousarray(np.broadcast_to(wall, (HEIGHT, WIDTH, 3)) * light)
    for y in range(0, HEIGHT, 74):
        picture[y : y + 4] *= 0.82
        for x in range((y // 74 % 2) * 74, WIDTH, 148):
            picture[y : y + 74, x : x + 4] *= 0.82
    for base in (300, 590):
        x = 120
        while x < WIDTH - 160:
            wide, tall = int(random.uniform(46, 110)), int(random.uniform(50, 165))
            if 680 < x < 1180 or random.random() < 0.2:
                x += wide
                continue
            paint = light_of(colours[random.integers(2, len(colours))]) * random.uniform(0.7, 1.15)
            cv2.rectangle(picture, (x, base - tall), (x + wide, base), paint.tolist(), -1)
            cv2.rectangle(picture, (x + int(wide * 0.7), base - tall), (x + wide, base), (paint * 0.66).tolist(), -1)
            x += wide + int(random.uniform(8, 46))
        picture[base : base + 26, 60 : WIDTH - 60] = plank
        picture[base + 26 : base + 60, 60 : WIDTH - 60] *= 0.72
    return _through_lens(picture, 17)


def gradient(colours: Colours, seed: int) -> Light:
    """Colours that run into each other from the upper left to the lower right."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    place = 0.82 * x / WIDTH + 0.18 * y / HEIGHT + 0.10 * _blurred(fractal(seed, HEIGHT, WIDTH, 2, 3, 3), 60)
    return ramp(np.clip(place, 0, 1), colours)


def _ground(colours: Colours, seed: int) -> Light:
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    cloud = _blurred(fractal(seed, HEIGHT, WIDTH, 2, 4, 4), 30)
    return ramp(np.clip(y + 0.45 * cloud, 0, 1), colours)


def _disc(
    picture: Light,
    random: np.random.Generator,
    sizes: tuple[float, float],
    light: Light,
    soft: float,
    band: tuple[float, float],
) -> None:
    """Adds one defocused point: an even disc, a little brighter at its rim as a lens makes it."""
    radius = sizes[0] + (sizes[1] - sizes[0]) * random.random() ** 1.7
    x, y = random.uniform(0, WIDTH), HEIGHT * (band[0] + (band[1] - band[0]) * random.beta(1.6, 1.8))
    reach = radius * (1 + soft) + 2
    x0, x1 = max(0, int(x - reach)), min(WIDTH, int(x + reach) + 1)
    y0, y1 = max(0, int(y - reach)), min(HEIGHT, int(y + reach) + 1)
    if x1 <= x0 or y1 <= y0:
        return
    rows, columns = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    away = np.hypot(rows - y, columns - x) / radius
    film = smoothstep(1 + soft, 1 - soft, away) * (0.78 + 0.30 * smoothstep(0.55, 1.0, away))
    picture[y0:y1, x0:x1] += film[..., None] * light


def _through_lens(picture: Light, radius: int) -> Light:
    """Blurred by an even disc of ``radius`` px, as a lens blurs."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(
        cv2.filter2D(picture, -1, (disc / disc.sum()).astype(np.float32), borderType=cv2.BORDER_REFLECT), np.float32
    )


def _blurred(picture: Field | Light, sigma: float) -> Light:
    return np.asarray(
        cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), sigma, borderType=cv2.BORDER_REFLECT), np.float32
    )


BACKDROPS: Final[dict[str, Callable[[Colours, int], Light]]] = {
    painted.__name__: painted for painted in (bokeh, skyline, foliage, room, shelves, gradient)
}
