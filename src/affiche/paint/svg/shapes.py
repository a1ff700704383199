# SPDX-License-Identifier: Apache-2.0
"""Silhouettes, fills with their shadows, and scrims as SVG."""

from typing import Final

import numpy as np

from affiche.creative.composition import FillLayer, Outline, OutlineKind, ScrimLayer, Shadow
from affiche.images.blending import Blend
from affiche.paint.outlines import PixelBox, is_plain, snapped
from affiche.paint.scrim import smootherstep
from affiche.paint.svg.markup import colour, element, number, place

_STOPS: Final = 32
_REACH: Final = 3.0


def path_of(outline: Outline, box: PixelBox) -> str:
    """The silhouette of ``outline`` in ``box`` as path data, in canvas px."""
    x, y, width, height = box.x, box.y, box.width, box.height
    radius = max(0.0, min(outline.radius, width / 2, height / 2))
    match outline.kind:
        case OutlineKind.POLYGON:
            corners = [f"{number(left)} {number(top)}" for left, top in outline.points]
            return f"M{' L'.join(corners)}Z"
        case OutlineKind.ELLIPSE:
            return _rounded(x, y, width, height, (width / 2, height / 2), (width / 2, height / 2))
        case OutlineKind.ARCH:
            spring = min(width / 2, height)
            foot = min(radius, height - spring)
            return _rounded(x, y, width, height, (width / 2, spring), (foot, foot))
        case OutlineKind.RECTANGLE:
            return _rounded(x, y, width, height, (radius, radius), (radius, radius))


def _rounded(
    x: float, y: float, width: float, height: float, head: tuple[float, float], foot: tuple[float, float]
) -> str:
    """A rectangle whose upper corners are quarters of an ellipse with the radii ``head``, its lower ones ``foot``."""
    right, bottom = x + width, y + height

    def arc(radii: tuple[float, float], to_x: float, to_y: float) -> str:
        if min(radii) <= 0:
            return f"L{number(to_x)} {number(to_y)}"
        return f"A{number(radii[0])} {number(radii[1])} 0 0 1 {number(to_x)} {number(to_y)}"

    return "".join(
        (
            f"M{number(x + head[0])} {number(y)}",
            f"H{number(right - head[0])}",
            arc(head, right, y + head[1]),
            f"V{number(bottom - foot[1])}",
            arc(foot, right - foot[0], bottom),
            f"H{number(x + foot[0])}",
            arc(foot, x, bottom - foot[1]),
            f"V{number(y + head[1])}",
            arc(head, x + head[0], y),
            "Z",
        )
    )


def fill(layer: FillLayer, key: str) -> str:
    """A filled shape; ``key`` is unique in the document and names what its shadow needs."""
    box = snapped(layer.box)
    shadow = _shadow(layer, layer.shadow, box, key) if layer.shadow is not None else ""
    paint = {"fill": colour(layer.colour), "fill_opacity": layer.opacity if layer.opacity < 1 else None}
    if is_plain(layer.outline):
        return shadow + element("rect", **place(box), **paint)
    return shadow + element("path", d=path_of(layer.outline, box), **paint)


def _shadow(layer: FillLayer, shadow: Shadow, box: PixelBox, key: str) -> str:
    """The blurred silhouette, seen only outside the shape itself, as in the raster."""
    reach = _REACH * shadow.blur + abs(shadow.dx) + abs(shadow.dy)
    around = PixelBox(
        int(box.x - reach), int(box.y - reach), int(box.width + 2 * reach) + 1, int(box.height + 2 * reach) + 1
    )
    shape = path_of(layer.outline, box)
    outside = _rounded(around.x, around.y, around.width, around.height, (0, 0), (0, 0))
    blur = element("feGaussianBlur", stdDeviation=shadow.blur)
    units = {"filterUnits": "userSpaceOnUse", "color_interpolation_filters": "sRGB"}
    moved = PixelBox(around.x - round(shadow.dx), around.y - round(shadow.dy), around.width, around.height)
    soft = element("filter", blur, id=f"{key}-soft", **place(moved), **units)
    hole = element("clipPath", element("path", d=outside + shape, clip_rule="evenodd"), id=f"{key}-outside")
    drawn = element(
        "path",
        d=shape,
        fill=colour(shadow.colour),
        fill_opacity=shadow.opacity,
        filter=f"url(#{key}-soft)",
        transform=f"translate({round(shadow.dx)} {round(shadow.dy)})",
    )
    return element("defs", soft, hole) + element("g", drawn, clip_path=f"url(#{key}-outside)")


def scrim(layer: ScrimLayer, canvas: PixelBox, key: str) -> str:
    """A linear gradient along the eased opacity, mixed with what lies below as the layer asks."""
    box = snapped(layer.box).clipped(canvas)
    if box.is_empty or max(layer.opacities) <= 0:
        return ""
    near, far = layer.opacities
    places = np.linspace(0, 1, _STOPS + 1)
    opacities = near + (far - near) * smootherstep(places)
    stops = (
        element("stop", offset=float(at), stop_color=colour(layer.colour), stop_opacity=float(opacity))
        for at, opacity in zip(places, opacities, strict=True)
    )
    (x1, y1), (x2, y2) = layer.start, layer.end
    gradient = element(
        "linearGradient", *stops, id=f"{key}-veil", gradientUnits="userSpaceOnUse", x1=x1, y1=y1, x2=x2, y2=y2
    )
    mixing = None if layer.blend is Blend.NORMAL else f"mix-blend-mode:{layer.blend.value}"
    return element("defs", gradient) + element("rect", **place(box), fill=f"url(#{key}-veil)", style=mixing)
