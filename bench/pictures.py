# SPDX-License-Identifier: Apache-2.0
"""``make pictures``: the pictures of README.md and docs/, drawn anew from the sample campaign and products."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.cli.demonstration.campaign import sample_brief
from affiche.cli.demonstration.sheet import Exhibit, draw_sheet
from affiche.cli.terminal import results
from affiche.creative.campaign import VARIANTS, Campaign
from affiche.creative.composition import Box, Composition, Layer, LogoLayer, Role, TextLayer
from affiche.creative.formats import RenderKind, format_of, formats_of
from affiche.creative.measures import Element, Ground, Kind, elements, plain_layers
from affiche.creative.score import Scorer, Suggestion, apply_suggestion
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2
from affiche.paint.compositing import flat, new_canvas
from affiche.paint.glyphs import lay_text
from affiche.paint.raster import paint, paint_layers
from affiche.rendering import render_creative
from affiche.samples import sample_logo_png, sample_photo_jpeg
from affiche.samples.wares import bag, bottle
from affiche.studio.presets import PRESETS
from affiche.studio.studio import Studio
from affiche.typography.setting import set_text
from affiche.typography.text import TextStyle
from bench.campaigns import brief

DOCS: Final = Path(__file__).parents[1] / "docs"

Pixels = NDArray[np.uint8]

_SIDE: Final = 400
_GAP: Final = 20
_CAPTION: Final = 34
_PAPER: Final = Colour(250, 250, 248)
_INK: Final = Colour(30, 34, 40)
_KINDS: Final = {Kind.TEXT: Colour(255, 90, 60), Kind.LOGO: Colour(255, 205, 0), Kind.UNDERLAY: Colour(0, 200, 255)}
_COLUMNS: Final = 3
_QUALITY: Final = 75
_STEEPER: Final = 4
_POOR: Final = 90.0


def main() -> None:
    campaign = Campaign.open(brief(0), sample_photo_jpeg(size=(1800, 1200)), sample_logo_png())
    post = campaign.compose(format_of(RenderKind.POST), 1)
    sheets = {
        "contact-sheet": _contact_sheet(),
        "measures": _measures(campaign, post),
        "score": _score(campaign, post),
        "studio": _studio(),
    }
    for name, sheet in sheets.items():
        path = DOCS / f"{name}.jpg"
        path.write_bytes(encode(sheet, ImageFormat.JPEG, _QUALITY))
        results().print(f"{path}: {path.stat().st_size} bytes")


def _contact_sheet() -> Pixels:
    """Every creative that ``make demo`` orders, on one sheet."""
    campaign = Campaign.open(sample_brief(), sample_photo_jpeg(), sample_logo_png())
    exhibits = (
        Exhibit(format, variant, render_creative(campaign, format, variant).content)
        for format in formats_of(RenderKind.ALL)
        for variant in range(1, VARIANTS + 1)
    )
    return draw_sheet(sample_brief().headline, exhibits)


def _measures(campaign: Campaign, post: Composition) -> Pixels:
    """The elements of a creative, what is salient in the picture without them, and its gradient."""
    found = elements(post)
    plain = new_canvas(post.format.width, post.format.height)
    paint_layers(plain, plain_layers(post), campaign.photo, campaign.logo)
    ground = Ground.of(np.ascontiguousarray(plain[..., 2::-1]), post.faces)
    heat = cv2.applyColorMap(np.rint(255 * ground.salient).astype(np.uint8), cv2.COLORMAP_INFERNO)
    steep = np.rint(255 * np.clip(_STEEPER * ground.gradient, 0, 1)).astype(np.uint8)
    pictures = (
        paint(post, campaign.photo, campaign.logo),
        np.asarray(cv2.cvtColor(heat, cv2.COLOR_BGR2BGRA), np.uint8),
        np.asarray(cv2.cvtColor(steep, cv2.COLOR_GRAY2BGRA), np.uint8),
    )
    captions = ("Elements", "Saliency of the picture under them", f"Gradient of that picture, x {_STEEPER}")
    return _sheet([_outlined(picture, found, post) for picture in pictures], captions)


def _score(campaign: Campaign, post: Composition) -> Pixels:
    """A spoiled creative with the boxes of its poor parts, and what its own suggestions make of it."""
    scorer = Scorer(campaign.photo, campaign.logo, campaign.materials.reading)
    spoiled = _spoiled(post)
    mended, steps = spoiled, 0
    while (suggestion := _first(scorer.score(mended).suggestions)) is not None:
        mended, steps = apply_suggestion(mended, suggestion), steps + 1
    before, after = scorer.score(spoiled), scorer.score(mended)
    marked = paint(spoiled, campaign.photo, campaign.logo)
    for part in before.parts:
        if part.box is not None and part.value is not None and part.value < _POOR and part.name != "balance":
            _outline(marked, part.box, Colour(255, 60, 120))
    captions = (f"Spoiled: {before.value} of 100", f"After {steps} suggestions: {after.value} of 100")
    return _sheet([marked, paint(mended, campaign.photo, campaign.logo)], captions)


def _first(suggestions: Iterable[Suggestion]) -> Suggestion | None:
    return next(iter(suggestions), None)


def _spoiled(post: Composition) -> Composition:
    """The creative with a small logo, a punchline in grey and a small button."""
    small = apply_suggestion(post, Suggestion("enlarge", Role.BUTTON, by=0.45))
    layers: list[Layer] = []
    for layer in small.layers:
        if isinstance(layer, LogoLayer):
            box = layer.box
            layers.append(replace(layer, box=Box(box.x, box.y, 0.45 * box.width, 0.45 * box.height)))
        elif layer.role is Role.PUNCHLINE and isinstance(layer, TextLayer):
            layers.append(replace(layer, colour=Colour(120, 128, 132)))
        else:
            layers.append(layer)
    return replace(small, layers=tuple(layers))


def _outlined(picture: Pixels, found: Sequence[Element], post: Composition) -> Pixels:
    """``picture``, which shows the canvas at any scale, with the elements' boxes."""
    canvas = np.ascontiguousarray(cv2.resize(picture, (post.format.width, post.format.height)), np.uint8)
    for element in found:
        _outline(canvas, element.box, _KINDS[element.kind])
    return canvas


def _outline(canvas: Pixels, box: Box, colour: Colour) -> None:
    box = box.grown(9)
    corners = (round(box.x), round(box.y)), (round(box.right), round(box.bottom))
    cv2.rectangle(canvas, *corners, (colour.blue, colour.green, colour.red, 255), 6)


def _studio() -> Pixels:
    """Every preset of the studio with a sample product."""
    studio, products = Studio(), (bottle(900), bag(900))
    wide, tall = 2 * _SIDE, round(2 * _SIDE * 628 / 1674)
    rows = -(-len(PRESETS) // _COLUMNS)
    sheet = flat(_COLUMNS * (wide + _GAP) + _GAP, rows * (tall + _CAPTION + _GAP) + _GAP, _PAPER)
    for place, preset in enumerate(PRESETS.values()):
        x, y = _GAP + place % _COLUMNS * (wide + _GAP), _GAP + place // _COLUMNS * (tall + _CAPTION + _GAP)
        picture = studio.picture(preset, products[place % 2], wide, tall)
        sheet[y : y + tall, x : x + wide] = cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA)
        block = set_text(preset.id, TextStyle("Inter", 500), 18, wide)
        lay_text(sheet, TextLayer(Role.DESCRIPTION, Box(x, y + tall + 10, block.width, block.height), block, _INK))
    return sheet


def _sheet(pictures: Sequence[Pixels], captions: Sequence[str]) -> Pixels:
    """Pictures side by side on paper, each above its caption."""
    width = len(pictures) * (_SIDE + _GAP) + _GAP
    sheet = flat(width, _SIDE + 2 * _GAP + _CAPTION, _PAPER)
    for place, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        x = _GAP + place * (_SIDE + _GAP)
        small = cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        sheet[_GAP : _GAP + _SIDE, x : x + _SIDE] = small
        block = set_text(caption, TextStyle("Inter", 500), 18, _SIDE)
        box = Box(x, _GAP + _SIDE + 16, block.width, block.height)
        lay_text(sheet, TextLayer(Role.DESCRIPTION, box, block, _INK))
    return sheet


if __name__ == "__main__":
    main()
