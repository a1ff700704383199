# SPDX-License-Identifier: Apache-2.0
"""The copy of an ad as one group: headline, punchline, description and button, fitted together into a column."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from affiche.creative.composition import Box, PhotoLayer, Role
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import free_corner, logo_size, place_logo
from affiche.creative.layout.button import Button, button_sizes, make_button, place_button
from affiche.creative.layout.draft import Draft, Unsuitable
from affiche.creative.layout.scale import headline_leading, tracking
from affiche.images.colour import Colour
from affiche.typography.breaks import opportunities
from affiche.typography.setting import natural_width, set_text
from affiche.typography.text import TextBlock, TextStyle

_STEPS = 14
_LONGEST_MEASURE = 46
_LETTERS_PER_LINE = 7.5
_MOST_BUTTON_LINES = 3
# A line less is worth so much size when both settings are equally even.
_WORTH_A_LINE = 0.92
_WORTH_A_BREAK = 0.9
# Lines are seldom full to the end.
_RAGGED = 1.06
_SMALL_LEADING = 1.36
_LOOKS_BESIDE = 3


@dataclass(frozen=True, slots=True)
class CopyStyle:
    """How a group is set. ``headline`` overrides the scale's (smallest, largest) px; ``lines`` its most lines;
    ``measure`` narrows punchline and description to a share of the column; ``button`` and ``small`` say whether the
    group holds the button and the small texts; ``full`` stretches the button over the column; ``fewest`` gives up a
    little size for a line less."""

    align: str = "start"
    headline: tuple[float, float] | None = None
    lines: int | None = None
    measure: float = 1.0
    button: bool = True
    small: bool = True
    full: bool = False
    capitals: bool = False
    ratio: float | None = None
    fewest: bool = True


@dataclass(frozen=True, slots=True)
class Copy:
    """A fitted group: blocks with the gap above each, and its whole size in px."""

    headline: TextBlock
    punchline: TextBlock | None
    description: TextBlock | None
    button: Button | None
    gaps: tuple[float, float, float]
    width: float
    height: float


def fit_copy(draft: Draft, width: float, height: float, style: CopyStyle = CopyStyle()) -> Copy:
    """The largest setting of the brief's texts in a column of ``width`` x ``height`` px.

    On banners the description is left out, then the punchline, if they do not fit; raises `Unsuitable` when the
    texts cannot be set legibly in this column.
    """
    terms = (draft.materials.brief, draft.format.kind, draft.typefaces, draft.dense, draft.break_words)
    key = (*terms, tuple(draft.dropped), width, height, style)
    known = draft.materials.fitted.get(key)
    if known is None:
        known = draft.materials.fitted[key] = _fitted(draft, width, height, style), tuple(draft.dropped)
    copy, dropped = known
    draft.dropped[:] = dropped
    if copy is None:
        raise Unsuitable("The texts do not fit this column.")
    return copy


def _fitted(draft: Draft, width: float, height: float, style: CopyStyle) -> Copy | None:
    if draft.format.is_banner and draft.materials.brief.description:
        draft.drop("description")
    copy = _largest(draft, width, height, style)
    if draft.format.is_banner and style.small and "punchline" not in draft.dropped:
        copy = _without_punchline(draft, width, height, style, copy)
    if copy is None and draft.dense:
        draft.drop("icon")
        copy = _largest(draft, width, height, replace(style, lines=40))
    return copy


def _without_punchline(draft: Draft, width: float, height: float, style: CopyStyle, whole: Copy | None) -> Copy | None:
    """On a banner the headline rules: the punchline goes if it does not fit, or if it makes the headline small."""
    alone = _largest(draft, width, height, replace(style, small=False))
    if alone is None or (
        whole and whole.headline.size >= min(0.74 * draft.scale.headline[1], 0.8 * alone.headline.size)
    ):
        return whole
    draft.drop("punchline")
    return alone


def place_copy(
    draft: Draft,
    copy: Copy,
    box: Box,
    *,
    align: str = "start",
    valign: str = "top",
    ink: Colour | None = None,
    quiet: Colour | None = None,
    on_photo: bool = False,
) -> Box:
    """Lay the group in ``box``: ``align`` is start or centre, ``valign`` top, middle or bottom. Returns its box."""
    slack = box.height - copy.height
    y = box.y + {"top": 0.0, "middle": slack / 2, "bottom": slack}[valign]
    placed = Box(box.x, y, box.width, copy.height)
    colours = {Role.HEADLINE: ink or draft.scheme.ink}
    for role, block, place in placed_texts(copy, placed, align):
        draft.text(role, block, place.x, place.y, colours.get(role, quiet or draft.scheme.quiet))
    if copy.button:
        top = placed.bottom - copy.button.height
        place_button(draft, copy.button, _left(placed, copy.button.width, align), top, on_photo=on_photo)
    return Box(_left(placed, copy.width, align), y, copy.width, copy.height)


def place_signature(draft: Draft, copy: Copy, placed: Box, edge: float, photo_corner: Box) -> None:
    """The logo as a signature: at the end of the button's row, against ``edge``. If the row is too short for both, it
    goes to the upper corner of ``photo_corner``, which lies on the photo. ``placed`` is where the group with its
    button stands."""
    assert copy.button is not None
    height = max(copy.button.height, 1.0)
    room = Box(placed.x, placed.bottom - height, edge - placed.x, height)
    width, _ = logo_size(draft, room.width, height)
    if copy.button.width + width + 1.5 * draft.unit > room.width:
        photo = next(layer for layer in draft.layers if isinstance(layer, PhotoLayer))
        align = free_corner(draft, photo, photo_corner)
        corner = place_logo(draft, photo_corner, align=align, on_photo=True)
        if not photo_corner.contains(corner):
            raise Unsuitable("There is no room for the logo.")
        return
    place_logo(draft, room, align="end", valign="middle")


def placed_texts(copy: Copy, box: Box, align: str = "start") -> list[tuple[Role, TextBlock, Box]]:
    """The texts of ``copy`` with their boxes when the group begins at the top of ``box``."""
    placed, y = [], box.y
    texts = (
        (Role.HEADLINE, copy.headline, 0.0),
        (Role.PUNCHLINE, copy.punchline, copy.gaps[0]),
        (Role.DESCRIPTION, copy.description, copy.gaps[1]),
    )
    for role, block, gap in texts:
        if block is not None:
            y += gap
            placed.append((role, block, Box(_left(box, block.width, align), y, block.width, block.height)))
            y += block.height
    return placed


def _left(box: Box, width: float, align: str) -> float:
    return box.x + (box.width - width) / 2 if align == "centre" else box.x


def _largest(draft: Draft, width: float, height: float, style: CopyStyle) -> Copy | None:
    """The setting whose headline is largest and most even: fewer lines of equal length rather than a ragged ladder of
    larger ones. The button's text stands on one line wherever the column holds it at some size."""
    for button_lines in (1, _MOST_BUTTON_LINES):
        best = _largest_within(draft, width, height, style, button_lines)
        if best is None:
            continue
        settings = [best]
        while style.fewest and len(settings[-1].headline.lines) > 2:
            lines = len(settings[-1].headline.lines) - 1
            fewer = _largest_within(draft, width, height, replace(style, lines=lines), button_lines)
            if fewer is None:
                break
            settings.append(fewer)
        return max(settings, key=_headline_worth)
    return None


def _headline_worth(copy: Copy) -> float:
    """The headline's size, less for lines of uneven length and for every line beyond two."""
    widths = [line.width for line in copy.headline.lines]
    evenness = sum(widths) / (len(widths) * max(widths)) if max(widths) > 0 else 1.0
    kept = _WORTH_A_LINE ** max(0, len(widths) - 2) * _WORTH_A_BREAK ** _dislike(copy.headline)
    return float(copy.headline.size * math.sqrt(evenness) * kept)


def _dislike(block: TextBlock) -> float:
    """What the line ends of ``block`` cost by themselves (see `affiche.typography.breaks`)."""
    text = " ".join(line.text.strip() for line in block.lines)
    costs = {opportunity.index: opportunity.cost for opportunity in opportunities(text)}
    starts = accumulate(len(line.text.strip()) + 1 for line in block.lines[:-1])
    return sum(costs.get(start, 0.0) for start in starts)


def _largest_within(draft: Draft, width: float, height: float, style: CopyStyle, button_lines: int) -> Copy | None:
    smallest, largest = style.headline or draft.scale.headline
    smallest = min(smallest, draft.scale.dense[0]) if draft.dense else max(smallest, draft.least_size(Role.HEADLINE))
    largest = max(smallest, largest)
    ratio = (largest / smallest) ** (1 / (_STEPS - 1))
    sizes = [smallest * ratio**step for step in range(_STEPS)]
    low, high, best = 0, _STEPS - 1, None
    step, looks = _expected(draft, sizes, width, height, style), 0
    while low <= high:
        copy = _attempt(draft, sizes[step], width, height, style, button_lines)
        if copy:
            best, low = copy, step + 1
        else:
            high = step - 1
        looks += 1
        beside = low if copy else high
        step = beside if looks < _LOOKS_BESIDE else (low + high) // 2
    return best


def _expected(draft: Draft, sizes: Sequence[float], width: float, height: float, style: CopyStyle) -> int:
    """About which of ``sizes`` the headline will have, by the length of the texts alone; one of them by being tried is
    cheaper to find from here."""
    brief, faces = draft.materials.brief, draft.typefaces
    long = natural_width(brief.headline, faces.display, faces.weight, style.capitals)
    small_long = 0.0
    if style.small and "punchline" not in draft.dropped:
        small_long = natural_width(brief.punchline, faces.text, 500)
    for step in reversed(range(len(sizes))):
        size = sizes[step]
        lines = math.ceil(_RAGGED * long * size / width)
        _, small = _small_sizes(draft, size, style)
        column = _small_column(draft, small, width, style)
        total = lines * size * headline_leading(size, faces.serif)
        total += math.ceil(_RAGGED * small_long * small / column) * _SMALL_LEADING * small
        total += 1.5 * draft.scale.gap + draft.scale.button_height if style.button else 0.0
        if lines <= _most_lines(draft, style) and total <= height:
            return step
    return 0


def _attempt(
    draft: Draft, size: float, width: float, height: float, style: CopyStyle, button_lines: int
) -> Copy | None:
    brief, scale = draft.materials.brief, draft.scale
    headline = set_headline(draft, size, width, style)
    if headline is None:
        return None
    floor, small = _small_sizes(draft, size, style)
    column = _small_column(draft, small, width, style)
    punchline = description = None
    if style.small and "punchline" not in draft.dropped:
        punchline = _small_text(draft, brief.punchline, small, column, style, 500)
        if punchline is None:
            return None
    if style.small and brief.description and "description" not in draft.dropped:
        description = _small_text(
            draft, brief.description, max(floor * 0.92, scale.description * small), column, style, 400
        )
        if description is None:
            return None
    button = None
    if style.button:
        button = _button_within(draft, small, width, style, button_lines)
        if button is None:
            return None
    return _assembled(draft, headline, punchline, description, button, width, height)


def _small_sizes(draft: Draft, headline: float, style: CopyStyle) -> tuple[float, float]:
    """The least size of a punchline, and its size below a headline of ``headline`` px."""
    scale = draft.scale
    floor = scale.dense[1] if draft.dense else max(scale.punchline[0], draft.least_size(Role.PUNCHLINE))
    return floor, min(scale.punchline[1], max(floor, (style.ratio or scale.ratio) * headline))


def _small_column(draft: Draft, small: float, width: float, style: CopyStyle) -> float:
    """How wide lines of ``small`` px may be in a column of ``width`` px."""
    if draft.dense:
        return width
    longest = _LONGEST_MEASURE if draft.format.shape is not Shape.LEADERBOARD else 2 * _LONGEST_MEASURE
    return min(width * style.measure, 0.5 * longest * small)


def _button_within(draft: Draft, punchline: float, width: float, style: CopyStyle, lines: int) -> Button | None:
    """The button beside a punchline of ``punchline`` px, set smaller if only so its text has at most ``lines``."""
    floor, size = button_sizes(draft, punchline)
    while True:
        button = make_button(draft, size, width, full=style.full)
        if button and len(button.text.lines) <= lines:
            return button
        if size <= floor:
            return None
        size = max(floor, 0.93 * size)


def _assembled(
    draft: Draft,
    headline: TextBlock,
    punchline: TextBlock | None,
    description: TextBlock | None,
    button: Button | None,
    width: float,
    height: float,
) -> Copy | None:
    gap = draft.scale.gap * (0.6 if draft.dense else 1.0)
    gaps = (min(1.25 * gap, max(0.6 * gap, 0.36 * headline.size)), 0.9 * gap, 1.5 * gap)
    blocks = [block for block in (headline, punchline, description) if block]
    total = sum(block.height for block in blocks)
    total += gaps[0] if punchline else 0.0
    total += gaps[1] if description else 0.0
    widths = [block.width for block in blocks]
    if button:
        total += gaps[2] + button.height
        widths.append(button.width)
    if total > height + 0.5 or max(widths) > width + 1:
        return None
    return Copy(headline, punchline, description, button, gaps, max(widths), total)


def set_headline(draft: Draft, size: float, width: float, style: CopyStyle) -> TextBlock | None:
    """The headline at ``size`` in a measure of ``width``, or None if it needs too many lines or is too wide."""
    faces = draft.typefaces
    text_style = TextStyle(
        faces.display,
        faces.weight,
        line_height=headline_leading(size, faces.serif),
        tracking=0.4 * tracking(size) if faces.serif else tracking(size),
        align=style.align,
        capitals=style.capitals,
    )
    block = set_text(draft.materials.brief.headline, text_style, size, width, break_words=draft.break_words)
    if len(block.lines) > _most_lines(draft, style) or block.width > width + 0.5:
        return None
    return block


def _most_lines(draft: Draft, style: CopyStyle) -> int:
    """As many lines as the format allows, but no ladder of single words: about nine letters a line at least."""
    most = style.lines or draft.scale.lines
    if draft.dense:
        return most
    return max(1, min(most, math.ceil(_letters(draft.materials.brief.headline) / _LETTERS_PER_LINE)))


@lru_cache(maxsize=64)
def _letters(text: str) -> int:
    """How many letters ``text`` has, those of Chinese, Japanese and Korean counted twice."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _small_text(
    draft: Draft, text: str, size: float, measure: float, style: CopyStyle, weight: int
) -> TextBlock | None:
    leading = 1.28 if draft.dense else _SMALL_LEADING
    text_style = TextStyle(draft.typefaces.text, weight, line_height=leading, align=style.align)
    block = set_text(text, text_style, size, measure, break_words=draft.break_words)
    most = 60 if draft.dense else (4 if weight == 500 else 6)
    if len(block.lines) > most or block.width > measure + 0.5:
        return None
    return block
