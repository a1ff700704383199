# SPDX-License-Identifier: Apache-2.0
"""A contact sheet: every creative of a campaign on one sheet, sizes below each other, a column for each variant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from affiche.cli.demonstration.paper import INK, NAME, PALE, PLAIN, TITLE, Pixels, blank, draw_rule, hang, line, write
from affiche.creative.composition import Box
from affiche.creative.formats import Format, Shape
from affiche.images.encode import ImageFormat, encode
from affiche.typography.setting import set_text

WIDTH: Final = 1920
_MARGIN: Final = 87
_INNER: Final = WIDTH - 2 * _MARGIN  # 970 + 48 + 728: both leaderboards at their own size, side by side
_GAP: Final = 24
_LINE_GAP: Final = 20
_WIDE_GAP: Final = 48
_SECTION_GAP: Final = 56
_RULE_GAP: Final = 18
_LABEL_GAP: Final = 16
_GROUPS: Final = (
    (Shape.SQUARE,),
    (Shape.LANDSCAPE,),
    (Shape.PORTRAIT,),
    (Shape.STORY,),
    (Shape.HALF_PAGE, Shape.SKYSCRAPER),
    (Shape.RECTANGLE,),
    (Shape.LEADERBOARD,),
)
"""The order of the sections; shapes of one group share the columns of a section."""

_PAIRED: Final = (Shape.HALF_PAGE, Shape.LEADERBOARD)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A creative as a file, with its size and its variant (from 1)."""

    format: Format
    variant: int
    content: bytes


@dataclass(frozen=True, slots=True)
class _Hung:
    """A picture's place on the sheet, in px from the section's top left corner."""

    exhibit: Exhibit
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Section:
    """Some sizes under one rule: labels at their x, and pictures below them."""

    labels: tuple[tuple[int, Format], ...]
    pictures: tuple[_Hung, ...]

    @property
    def height(self) -> int:
        return max(hung.y + hung.height for hung in self.pictures)


def contact_sheet(title: str, exhibits: Iterable[Exhibit]) -> bytes:
    """The sheet as a PNG file."""
    return encode(draw_sheet(title, exhibits), ImageFormat.PNG)


def draw_sheet(title: str, exhibits: Iterable[Exhibit]) -> Pixels:
    """The sheet as BGRA, `WIDTH` px wide and as high as it needs to be."""
    hung = tuple(exhibits)
    sections = _sections(hung)
    sizes = len({one.format.name for one in hung})
    head = set_text(title, TITLE, 60.0, _INNER)
    subtitle = line(f"{len(hung)} creatives in {sizes} {'size' if sizes == 1 else 'sizes'}", PLAIN, 22.0)
    label_height = round(line("Post", NAME, 20.0).height)
    top = _MARGIN + round(head.height) + 22 + round(subtitle.height)
    step = _SECTION_GAP + 1 + _RULE_GAP + label_height + _LABEL_GAP
    height = top + sum(step + section.height for section in sections) + _MARGIN
    canvas = blank(WIDTH, height)
    write(canvas, head, _MARGIN, _MARGIN, INK)
    write(canvas, subtitle, _MARGIN, top - subtitle.height, PALE)
    for section in sections:
        rule = top + _SECTION_GAP
        draw_rule(canvas, _MARGIN, rule, _INNER)
        ends = [x for x, _ in section.labels[1:]] + [_INNER]
        for (x, format), end in zip(section.labels, ends, strict=True):
            _label(canvas, format, _MARGIN + x, rule + 1 + _RULE_GAP, end - x)
        for picture in section.pictures:
            place = Box(_MARGIN + picture.x, top + step + picture.y, picture.width, picture.height)
            hang(canvas, picture.exhibit.content, place)
        top += step + section.height
    return canvas


def _sections(exhibits: Sequence[Exhibit]) -> list[_Section]:
    columns = max((one.variant for one in exhibits), default=1)
    formats = list(dict.fromkeys(one.format for one in exhibits))
    found = []
    for shapes in _GROUPS:
        group = [format for shape in shapes for format in formats if format.shape is shape]
        together = [group] if shapes[0] in _PAIRED and group else [[format] for format in group]
        arrange = _stacks if Shape.LEADERBOARD in shapes else _columns
        found += [arrange(some, _of(exhibits, some), columns) for some in together]
    return found


def _of(exhibits: Iterable[Exhibit], formats: Sequence[Format]) -> Callable[[Format], list[Exhibit]]:
    known = {format: [one for one in exhibits if one.format == format] for format in formats}
    return known.__getitem__


def _columns(formats: Sequence[Format], exhibits: Callable[[Format], list[Exhibit]], columns: int) -> _Section:
    """A column for each variant; the sizes of the section stand side by side in each, equally high."""
    cell = (_INNER - _GAP * (columns - 1)) / columns
    room = cell - _GAP * (len(formats) - 1)
    height = min(room / sum(one.width / one.height for one in formats), min(one.height for one in formats))
    labels, pictures, x = [], [], 0.0
    for format in formats:
        width = height * format.width / format.height
        labels.append((round(x), format))
        pictures += [
            _Hung(one, round(x + (one.variant - 1) * (cell + _GAP)), 0, round(width), round(height))
            for one in exhibits(format)
        ]
        x += width + _GAP
    return _Section(tuple(labels), tuple(pictures))


def _stacks(formats: Sequence[Format], exhibits: Callable[[Format], list[Exhibit]], columns: int) -> _Section:
    """A stack for each size, the widest first; variants below each other, at the size that they are made for."""
    ordered = sorted(formats, key=lambda one: -one.width)
    room = _INNER - _WIDE_GAP * (len(ordered) - 1)
    scale = min(1.0, room / sum(one.width for one in ordered))
    labels, pictures, x = [], [], 0
    for format in ordered:
        width, height = round(format.width * scale), round(format.height * scale)
        labels.append((x, format))
        pictures += [_Hung(one, x, (one.variant - 1) * (height + _LINE_GAP), width, height) for one in exhibits(format)]
        x += width + _WIDE_GAP
    return _Section(tuple(labels), tuple(pictures))


def _label(canvas: Pixels, format: Format, x: int, y: int, room: int) -> None:
    """The size's name, and its pixels if they fit into ``room`` px."""
    name = line(format.name.replace("-", " ").capitalize().replace("hd", "HD"), NAME, 20.0)
    size = line(f"{format.width} × {format.height}", PLAIN, 18.0)
    foot = y + name.lines[0].baseline
    write(canvas, name, x, y, INK)
    if name.width + 12 + size.width <= room:
        write(canvas, size, x + name.width + 12, foot - size.lines[0].baseline, PALE)
