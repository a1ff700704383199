# SPDX-License-Identifier: Apache-2.0
"""A composition as plain values that any program can draw: boxes on whole pixels, stops of gradients, letters."""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import uharfbuzz as hb

from affiche.creative.composition import (
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    OutlineKind,
    PhotoLayer,
    Role,
    ScrimLayer,
    Shadow,
    TextLayer,
    Treatment,
)
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.images.png import png_rgba
from affiche.paint.outlines import PixelBox, is_plain, snapped
from affiche.paint.scrim import smootherstep
from affiche.typography.faces import FontFace, hb_font
from affiche.typography.text import GlyphRun
from affiche.vision.logo import Logo

STEPS: Final = 32
"""Parts into which an eased gradient is divided; every program draws straight lines between their ends."""
_PRINTABLE: Final = "".join(map(chr, range(32, 127)))

Scene = dict[str, Any]


class NotShared(Exception):
    """A composition has something that not every program of the race can draw; the message names it."""


def set_stage(
    folder: Path, photo: bytes, size: tuple[int, int], logo: Logo, compositions: Iterable[Composition]
) -> Path:
    """Write into ``folder`` the files that scenes name: the photo of ``size`` (width, height), the logo in its colours
    and the fonts of ``compositions``, with all of ASCII for texts still to come. Returns the JSON file about them."""
    (folder / "photo.jpg").write_bytes(photo)
    logos: set[str] = set()
    letters: defaultdict[FontFace, set[str]] = defaultdict(set)
    for layer in (layer for composition in compositions for layer in composition.layers):
        if isinstance(layer, LogoLayer):
            logos.add(logo_name(layer.tint))
            (folder / logo_name(layer.tint)).write_bytes(_tinted(logo, layer.tint))
        for run in _runs(layer):
            letters[run.face].update(run.text if layer.role is Role.ICON else run.text + _PRINTABLE)
    fonts = {font_name(face): f"{font_name(face)}.ttf" for face in letters}
    for face, signs in letters.items():
        (folder / fonts[font_name(face)]).write_bytes(_subset(face, signs))
    told = {
        "photo": {"file": "photo.jpg", "width": size[0], "height": size[1]},
        "logos": sorted(logos),
        "fonts": fonts,
    }
    file = folder / "stage.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def scene(composition: Composition) -> Scene:
    """``composition``, as `with_veils` has it, from back to front. Raises `NotShared`."""
    width, height = composition.format.width, composition.format.height
    canvas = PixelBox(0, 0, width, height)
    layers = [drawn for layer in with_veils(composition).layers if (drawn := _layer(layer, canvas)) is not None]
    return {"width": width, "height": height, "layers": layers}


def logo_name(tint: Colour | None) -> str:
    """The file of the logo repainted in ``tint``."""
    return f"logo-{tint.hex[1:]}.png" if tint else "logo.png"


def font_name(face: FontFace) -> str:
    """What ``face`` is called by every program."""
    return re.sub(r"[^a-z0-9]+", "-", face.key.lower()).strip("-")


def _layer(layer: Layer, canvas: PixelBox) -> Scene | None:
    match layer:
        case PhotoLayer():
            return _photo(layer)
        case FillLayer():
            return _fill(layer)
        case ScrimLayer():
            return _scrim(layer, snapped(layer.box).clipped(canvas))
        case LogoLayer():
            return {"type": "logo", "box": list(snapped(layer.box)), "file": logo_name(layer.tint)}
        case TextLayer():
            return _text(layer)


def _photo(layer: PhotoLayer) -> Scene:
    if layer.treatment is not Treatment.PLAIN or layer.blur > 0 or layer.veil_opacity > 0:
        raise NotShared(f"a photo that is treated ({layer.treatment.value})")
    if not is_plain(layer.outline):
        raise NotShared(f"a photo as {layer.outline.kind.value}")
    source = layer.source
    return {
        "type": "photo",
        "box": list(snapped(layer.box)),
        "source": [source.x, source.y, source.width, source.height],
    }


def _fill(layer: FillLayer) -> Scene:
    if layer.outline.kind is not OutlineKind.RECTANGLE:
        raise NotShared(f"a fill as {layer.outline.kind.value}")
    if layer.opacity < 1:
        raise NotShared("a fill that shines through")
    box = snapped(layer.box)
    radius = max(0.0, min(layer.outline.radius, box.width / 2, box.height / 2))
    shadow = _shadow(layer.shadow) if layer.shadow else None
    return {"type": "fill", "box": list(box), "colour": layer.colour.hex, "radius": radius, "shadow": shadow}


def _shadow(shadow: Shadow) -> Scene:
    return {
        "dx": round(shadow.dx),
        "dy": round(shadow.dy),
        "sigma": shadow.blur,
        "colour": shadow.colour.hex,
        "opacity": shadow.opacity,
    }


def with_veils(composition: Composition) -> Composition:
    """``composition`` with shade and light as the black or white veils nearest to them: not every program multiplies
    and screens."""
    layers = (_as_veil(layer) if isinstance(layer, ScrimLayer) else layer for layer in composition.layers)
    return replace(composition, layers=tuple(layers))


def _as_veil(layer: ScrimLayer) -> ScrimLayer:
    if layer.blend is Blend.NORMAL:
        return layer
    level = sum(layer.colour) / (3 * 255)
    share, colour = (1 - level, Colour(0, 0, 0)) if layer.blend is Blend.MULTIPLY else (level, Colour(255, 255, 255))
    near, far = layer.opacities
    return replace(layer, colour=colour, opacities=(share * near, share * far), blend=Blend.NORMAL)


def _scrim(layer: ScrimLayer, box: PixelBox) -> Scene | None:
    """The veil as CSS has it: ``angle`` in degrees, clockwise from upwards, and stops in shares of the line through
    the centre of ``box`` whose ends see the corners of the box at right angles."""
    (x1, y1), (x2, y2) = layer.start, layer.end
    length = math.hypot(x2 - x1, y2 - y1)
    if box.is_empty or max(layer.opacities) <= 0:
        return None
    if length == 0:
        raise NotShared("a veil without a direction")
    across, down = (x2 - x1) / length, (y2 - y1) / length
    line = abs(box.width * across) + abs(box.height * down)
    middle = (box.x + box.width / 2) * across + (box.y + box.height / 2) * down
    first = 0.5 + (x1 * across + y1 * down - middle) / line
    steps = np.linspace(0, 1, STEPS + 1)
    near, far = layer.opacities
    opacities = near + (far - near) * smootherstep(steps)
    stops = [
        [float(first + step * length / line), float(opacity)] for step, opacity in zip(steps, opacities, strict=True)
    ]
    angle = math.degrees(math.atan2(across, -down)) % 360
    return {"type": "scrim", "box": list(box), "colour": layer.colour.hex, "angle": angle, "stops": stops}


def _text(layer: TextLayer) -> Scene:
    if layer.rotation or layer.opacity < 1:
        raise NotShared("a text that is turned or shines through")
    lines = [
        _line(run, layer.box.x + line.x, layer.box.y + line.baseline)
        for line in layer.block.lines
        for run in line.runs
        if run.glyphs
    ]
    return {"type": "text", "colour": layer.colour.hex, "lines": lines}


def _line(run: GlyphRun, x: float, baseline: float) -> Scene:
    """One run: ``x`` and ``baseline`` of its first letter, ``pens`` of each letter from there, ``tracking`` in px;
    ``ascent`` and ``descent`` of its font in px."""
    if run.rtl or run.colour or len(run.glyphs) != len(run.text):
        raise NotShared(f"the writing of '{run.text}'")
    return {
        "text": run.text,
        "x": x + run.xs[0],
        "baseline": baseline,
        "pens": [pen - run.xs[0] for pen in run.xs],
        "size": run.size,
        "tracking": tracking(run),
        "font": font_name(run.face),
        "ascent": run.face.ascent * run.size,
        "descent": run.face.descent * run.size,
    }


def tracking(run: GlyphRun) -> float:
    """The px by which the letters of ``run`` stand farther apart than its font has them, kerning included."""
    gaps = len(run.glyphs) - 1
    return (run.xs[-1] - run.xs[0] - _natural(run.face, run.text) * run.size) / gaps if gaps else 0.0


def _natural(face: FontFace, text: str) -> float:
    """From the first letter's pen to the last one's, in em, as ``face`` has it."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb_font(face), buffer)
    return float(sum(place.x_advance for place in buffer.glyph_positions[:-1]) / face.upem)


def _runs(layer: Layer) -> Iterator[GlyphRun]:
    if isinstance(layer, TextLayer):
        yield from (run for line in layer.block.lines for run in line.runs if run.glyphs)


def _subset(face: FontFace, characters: set[str]) -> bytes:
    """A font file without axes that has the glyphs of ``characters`` only: what a page would be sent."""
    opened = hb.Face(hb.Blob.from_file_path(face.path), face.index)
    wish = hb.SubsetInput()
    wish.unicode_set.update({ord(sign) for sign in characters})
    if face.variations:
        wish.pin_all_axes_to_default(opened)
        for axis, value in face.variations:
            wish.pin_axis_location(opened, axis, value)
    return bytes(hb.subset(opened, wish).blob.data)


def _tinted(logo: Logo, tint: Colour | None) -> bytes:
    pixels = logo.pixels
    if tint is not None:
        pixels = pixels.copy()
        pixels[..., :3] = tuple(tint)
    return png_rgba(pixels)
