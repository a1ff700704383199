# SPDX-License-Identifier: Apache-2.0
"""Pillow: the photo decoded once, cut and resized by Lanczos for each scene; letters set by FreeType one by one,
because Pillow knows no tracking. ``python -m bench.rivals.pillow_worker STAGE`` answers like `worker.mjs`."""

import io
import json
import math
import sys
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

PNG_LEVEL: Final = 1
"""zlib's fastest; Pillow's own default, 6, takes three times as long."""
JPEG_QUALITY: Final = 90
_FINER: Final = 4
_VEIL_STEPS: Final = 1024

Layer = dict[str, Any]


class Easel:
    """Draws scenes with the files of a stage."""

    def __init__(self, file: Path) -> None:
        told = json.loads(file.read_text(encoding="utf-8"))
        self._folder = file.parent
        self._fonts: dict[str, str] = told["fonts"]
        self._photo = Image.open(self._folder / told["photo"]["file"]).convert("RGB")
        self._logos = {name: Image.open(self._folder / name).convert("RGBA") for name in told["logos"]}
        self._font = cache(self._opened)

    def _opened(self, name: str, size: float) -> ImageFont.FreeTypeFont:
        path = self._folder / self._fonts[name]
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)

    def draw(self, scene: Layer, image_format: str) -> bytes:
        canvas = Image.new("RGB", (scene["width"], scene["height"]))
        lay = {
            "photo": self._lay_photo,
            "fill": _lay_fill,
            "scrim": _lay_scrim,
            "logo": self._lay_logo,
            "text": self._lay_text,
        }
        for layer in scene["layers"]:
            lay[layer["type"]](canvas, layer)
        file = io.BytesIO()
        options = {"quality": JPEG_QUALITY} if image_format == "jpeg" else {"compress_level": PNG_LEVEL}
        canvas.save(file, image_format.upper(), **options)
        return file.getvalue()

    def _lay_photo(self, canvas: Image.Image, layer: Layer) -> None:
        x, y, width, height = layer["box"]
        left, top, across, down = layer["source"]
        # Pillow refuses a box that leaves the picture by a rounding error.
        right, bottom = min(left + across, self._photo.width), min(top + down, self._photo.height)
        box = (max(0.0, left), max(0.0, top), right, bottom)
        canvas.paste(self._photo.resize((width, height), Image.Resampling.LANCZOS, box), (x, y))

    def _lay_logo(self, canvas: Image.Image, layer: Layer) -> None:
        x, y, width, height = layer["box"]
        logo = self._logos[layer["file"]].resize((width, height), Image.Resampling.LANCZOS)
        canvas.paste(logo, (x, y), logo)

    def _lay_text(self, canvas: Image.Image, layer: Layer) -> None:
        pen = ImageDraw.Draw(canvas)
        for line in layer["lines"]:
            font = self._font(line["font"], line["size"])
            for letter, at in zip(line["text"], line["pens"], strict=True):
                if letter != " ":
                    pen.text((line["x"] + at, line["baseline"]), letter, layer["colour"], font, anchor="ls")


def _lay_fill(canvas: Image.Image, layer: Layer) -> None:
    x, y, width, height = layer["box"]
    if not layer["radius"] and not layer["shadow"]:
        canvas.paste(layer["colour"], (x, y, x + width, y + height))
        return
    large = Image.new("L", (width * _FINER, height * _FINER))
    corner = layer["radius"] * _FINER
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), corner, 255)
    shape = large.reduce(_FINER)
    if layer["shadow"]:
        _lay_shadow(canvas, shape, (x, y), layer["shadow"])
    canvas.paste(layer["colour"], (x, y), shape)


def _lay_shadow(canvas: Image.Image, shape: Image.Image, at: tuple[int, int], shadow: Layer) -> None:
    reach = round(3 * shadow["sigma"])
    soft = Image.new("L", (shape.width + 2 * reach, shape.height + 2 * reach))
    soft.paste(shape, (reach, reach))
    soft = soft.filter(ImageFilter.GaussianBlur(shadow["sigma"]))
    soft = ImageChops.multiply(soft, Image.new("L", soft.size, round(255 * shadow["opacity"])))
    canvas.paste(shadow["colour"], (at[0] - reach + shadow["dx"], at[1] - reach + shadow["dy"]), soft)


def _lay_scrim(canvas: Image.Image, layer: Layer) -> None:
    """The veil as a strip of its opacities, which an affine map turns and stretches over the box."""
    x, y, width, height = layer["box"]
    angle = math.radians(layer["angle"])
    across, down = math.sin(angle), -math.cos(angle)
    line = abs(width * across) + abs(height * down)
    scale = _VEIL_STEPS / line
    first = _VEIL_STEPS / 2 - scale * (width / 2 * across + height / 2 * down)
    places, opacities = zip(*layer["stops"], strict=True)
    levels = bytes(round(255 * _between(places, opacities, (step + 0.5) / _VEIL_STEPS)) for step in range(_VEIL_STEPS))
    strip = Image.frombytes("L", (_VEIL_STEPS, 3), levels * 3)
    matrix = (scale * across, scale * down, first, 0, 0, 1.5)
    veil = strip.transform((width, height), Image.Transform.AFFINE, matrix, Image.Resampling.NEAREST)
    canvas.paste(layer["colour"], (x, y), veil)


def _between(places: tuple[float, ...], values: tuple[float, ...], at: float) -> float:
    after = bisect_right(places, at)
    if after == 0:
        return values[0]
    if after == len(places):
        return values[-1]
    share = (at - places[after - 1]) / (places[after] - places[after - 1])
    return values[after - 1] + share * (values[after] - values[after - 1])


def main() -> None:
    easel = Easel(Path(sys.argv[1]))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        content = easel.draw(asked["scene"], asked["format"])
        if asked["out"]:
            Path(asked["out"]).write_bytes(content)
        print(json.dumps({"bytes": len(content)}), flush=True)


if __name__ == "__main__":
    main()
