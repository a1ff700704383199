# SPDX-License-Identifier: Apache-2.0
"""A sheet of product photos: the snapshot that they were made from on the left, the photos beside it in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from affiche.cli.demonstration.paper import INK, NAME, PALE, PLAIN, TITLE, Pixels, blank, hang, line, write
from affiche.creative.composition import Box
from affiche.images.encode import ImageFormat, encode
from affiche.images.probe import probe
from affiche.typography.setting import set_text

WIDTH: Final = 1920
_MARGIN: Final = 87
_GAP: Final = 24
_LABEL_GAP: Final = 12
_BLOCK_GAP: Final = 40
_HEAD: Final = 190
"""From the top of the sheet to the pictures, in px."""
_SNAPSHOT_WIDTH: Final = 380
_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Photo:
    """A product photo as a file, and what its scene is called."""

    name: str
    content: bytes


def photo_sheet(product: str, snapshot: bytes, photos: Sequence[Photo]) -> bytes:
    """The sheet as a PNG file. The photos are equally large."""
    return encode(draw_photo_sheet(product, snapshot, photos), ImageFormat.PNG)


def draw_photo_sheet(product: str, snapshot: bytes, photos: Sequence[Photo]) -> Pixels:
    """The sheet as BGRA, `WIDTH` px wide and as high as it needs to be."""
    left = _MARGIN + _SNAPSHOT_WIDTH + _GAP
    width = (WIDTH - _MARGIN - left - _GAP * (_COLUMNS - 1)) // _COLUMNS
    height = round(width / _proportion(photos[0].content))
    label = round(line("Ag", PLAIN, 18.0).height)
    step = height + _LABEL_GAP + label + _BLOCK_GAP
    rows = -(-len(photos) // _COLUMNS)
    snapshot_height = round(_SNAPSHOT_WIDTH / _proportion(snapshot))
    body = max(rows * step, snapshot_height + _LABEL_GAP + label + _BLOCK_GAP) - _BLOCK_GAP
    canvas = blank(WIDTH, _HEAD + body + _MARGIN)
    _write_head(canvas, product, len(photos))
    _hang_named(canvas, "The snapshot", snapshot, Box(_MARGIN, _HEAD, _SNAPSHOT_WIDTH, snapshot_height))
    for number, photo in enumerate(photos):
        row, column = divmod(number, _COLUMNS)
        place = Box(left + column * (width + _GAP), _HEAD + row * step, width, height)
        _hang_named(canvas, photo.name.replace("_", " "), photo.content, place)
    return canvas


def _write_head(canvas: Pixels, product: str, count: int) -> None:
    write(canvas, set_text(product[:1].upper() + product[1:], TITLE, 48.0, WIDTH - 2 * _MARGIN), _MARGIN, 64, INK)
    write(canvas, line(f"{count} product photos from one snapshot", PLAIN, 22.0), _MARGIN, 132, PALE)


def _hang_named(canvas: Pixels, name: str, content: bytes, place: Box) -> None:
    """A picture with its name below it, on one line as long as the picture."""
    hang(canvas, content, place)
    text = line(name, NAME, 16.0)
    while text.width > place.width:
        name = name[:-2].rstrip() + "…"
        text = line(name, NAME, 16.0)
    write(canvas, text, place.x, place.y + place.height + _LABEL_GAP, INK)


def _proportion(content: bytes) -> float:
    header = probe(content)
    return header.width / header.height
