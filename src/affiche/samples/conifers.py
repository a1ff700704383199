# SPDX-License-Identifier: Apache-2.0
"""Rows of conifers, each grown from its own seed, drawn as vector shapes."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from affiche.images.noise import uniform

Tone = tuple[float, float, float]

# From this height in px on the needles are drawn one by one.
_SPRAY_HEIGHT: Final = 34
_TONES: Final = 7


class Conifer(NamedTuple):
    """A tree: its foot in px, height in px, slenderness (half width / height) and seed."""

    x: float
    foot: float
    height: float
    slenderness: float
    seed: int


def stand(
    seed: int, xs: tuple[float, float], foot: NDArray[np.float32], sizes: tuple[float, float], count: int
) -> list[Conifer]:
    """``count`` trees between ``xs``, tallest behind; ``foot`` gives the row of the ground for every column."""
    dice = uniform(seed, 4, count)
    trees = []
    for number in range(count):
        x = xs[0] + (xs[1] - xs[0]) * float(dice[0, number])
        height = sizes[0] + (sizes[1] - sizes[0]) * float(dice[1, number]) ** 1.6
        ground = float(foot[int(np.clip(x, 0, foot.size - 1))])
        trees.append(
            Conifer(x, ground + 0.03 * height, height, 0.15 + 0.08 * float(dice[2, number]), seed * 977 + number)
        )
    return sorted(trees, key=lambda tree: tree.foot)


def plant(pen: skia.Canvas, trees: Iterable[Conifer], shade: Tone, lit: Tone) -> None:
    """Draw ``trees`` from back to front: bodies in ``shade``, needles that turn to ``lit`` on the right."""
    for tree in trees:
        tone = 0.78 + 0.45 * float(uniform(tree.seed, 1, 1)[0, 0])
        pen.drawPath(_body(tree), _paint(shade, tone))
        if tree.height >= _SPRAY_HEIGHT:
            _needles(pen, tree, tone, shade, lit)
        else:
            pen.drawPath(_body(tree, (0.3, 0.9)), _paint(lit, 0.8 * tone))


def _body(tree: Conifer, sides: tuple[float, float] = (-1, 1)) -> skia.Path:
    """The silhouette between two shares of its half width."""
    tiers = int(np.clip(tree.height / 6, 6, 24))
    dice = uniform(tree.seed + 1, 4, tiers + 1).tolist()
    outline = [(tree.x, tree.foot - tree.height)]
    for factor, row in ((sides[1], 0), (sides[0], 2)):
        side = []
        for tier in range(1, tiers + 1):
            reach, y = _bough(tree, tier / tiers, dice[row][tier])
            droop = tree.height * (0.012 + 0.02 * dice[row + 1][tier])
            side.append((tree.x + factor * reach, y + droop))
            side.append((tree.x + factor * reach * 0.45, y - droop * 0.2))
        outline += side if row == 0 else side[::-1]
    return skia.Path.Polygon([skia.Point(x, y) for x, y in outline], True)


def _bough(tree: Conifer, down: float, luck: float) -> tuple[float, float]:
    """Half width and row of the boughs at share ``down`` of the tree."""
    reach = tree.slenderness * tree.height * down**0.9 * (0.5 + 0.62 * luck)
    return reach, tree.foot - tree.height * (1 - 0.95 * down)


def _needles(pen: skia.Canvas, tree: Conifer, tone: float, shade: Tone, lit: Tone) -> None:
    """Drooping strokes from the trunk outwards, in tones from the dark side to the sunlit one."""
    count = int(min(240, tree.height * 1.6))
    dice = uniform(tree.seed + 2, 5, count).tolist()
    paths = [skia.Path() for _ in range(_TONES)]
    for number in range(count):
        down = 0.03 + 0.97 * dice[0][number]
        side = 2 * dice[1][number] - 1
        reach, y = _bough(tree, down, dice[2][number])
        inner, outer = side * reach * 0.35, side * reach
        droop = tree.height * 0.018 * (0.4 + dice[3][number]) * (0.4 + abs(side))
        light = min(0.999, max(0.0, 0.20 + 0.55 * side + 0.5 * dice[4][number]))
        path = paths[int(light * _TONES)]
        path.moveTo(tree.x + inner, y - droop * 0.3)
        path.quadTo(tree.x + 0.7 * outer, y, tree.x + outer, y + droop)
    for step, path in enumerate(paths):
        share = (step / (_TONES - 1)) ** 1.6
        colour = (
            shade[0] * (0.72 + 0.2 * share) + (lit[0] - shade[0]) * share,
            shade[1] * (0.72 + 0.2 * share) + (lit[1] - shade[1]) * share,
            shade[2] * (0.72 + 0.2 * share) + (lit[2] - shade[2]) * share,
        )
        paint = _paint(colour, tone)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(max(0.7, tree.height / 130))
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        pen.drawPath(path, paint)


def _paint(colour: Tone, tone: float) -> skia.Paint:
    red, green, blue = (min(1.0, tone * channel) for channel in colour)
    return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(red, green, blue, 1))
