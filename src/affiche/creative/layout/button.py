# SPDX-License-Identifier: Apache-2.0
"""The call to action: a filled shape that looks pressable, its text and icon optically centred."""

from dataclasses import dataclass

from affiche.creative.composition import Box, Outline, Role, Shadow
from affiche.creative.formats import Shape
from affiche.creative.layout.draft import Draft
from affiche.images.colour import Colour
from affiche.typography.fit import TextDoesNotFit
from affiche.typography.icons import icon_block
from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle

_HEIGHT = 2.55
_PADDING = 1.35
_ICON = 0.8
_ICON_GAP = 0.5
_CAPITALS_UP_TO = 14
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Button:
    """A button that is measured but not placed. ``icon`` is None where there is no room for one."""

    text: TextBlock
    icon: TextBlock | None
    width: float
    height: float
    padding: float

    @property
    def icon_gap(self) -> float:
        return _ICON_GAP * self.text.size


def make_button(
    draft: Draft, size: float, most: float, *, full: bool = False, height: float | None = None
) -> Button | None:
    """A button with text of ``size`` px, at most ``most`` px wide (exactly, when ``full``), or None if the text needs
    more than three lines. ``height`` overrides the usual 2.55 x size."""
    brief = draft.materials.brief
    style = TextStyle(draft.typefaces.text, 600, line_height=1.16, align="centre")
    icon = None if "icon" in draft.dropped else icon_block(brief.icon, _ICON * size, mirrored=draft.materials.rtl)
    extra = icon.width + _ICON_GAP * size if icon else 0.0
    for padding in (_PADDING * size, 0.95 * size, 0.7 * size):
        room = most - 2 * padding - extra
        text = set_text(brief.action, style, size, room) if room > 2 * size else None
        if text and text.width <= room + 0.5 and len(text.lines) == 1:
            break
    else:
        text = set_text(brief.action, style, size, max(size, room), break_words=draft.break_words)
        if len(text.lines) > _MOST_LINES or text.width > room + 0.5:
            return None
    needed = text.height + (1.45 if len(text.lines) == 1 else 1.25) * size
    tall = max(height or max(_HEIGHT * size, draft.scale.button_height), needed)
    return Button(text, icon, most if full else min(most, text.width + extra + 2 * padding), tall, padding)


def fit_button(draft: Draft, sizes: tuple[float, float], most: float, tallest: float, *, full: bool = False) -> Button:
    """The largest button within ``sizes`` (smallest, largest text px) that is at most ``most`` x ``tallest`` px, its
    text on one line if any size allows that; the icon is dropped before the text gets too small. Raises
    `TextDoesNotFit`."""
    smallest, largest = sizes
    for lines, drop_icon in ((1, False), (_MOST_LINES, False), (_MOST_LINES, True)):
        if drop_icon:
            draft.drop("icon")
        size = largest
        while size >= smallest - 1e-6:
            button = make_button(draft, size, most, full=full, height=min(tallest, draft.scale.button_height))
            if button and button.height <= tallest + 0.5 and len(button.text.lines) <= lines:
                return button
            size -= max(0.5, 0.04 * size)
    raise TextDoesNotFit("action", len(draft.materials.brief.action) // 3)


def place_button(draft: Draft, button: Button, x: float, y: float, *, on_photo: bool = False) -> Box:
    """Draw ``button`` with its top left at (x, y) in the scheme's button colours."""
    fill, ink = button_colours(draft, Box(x, y, button.width, button.height), on_photo)
    box = Box(x, y, button.width, button.height)
    radius = draft.materials.corner * min(button.height, 2.9 * button.text.size)
    shadow = None
    if on_photo:
        unit = draft.unit
        shadow = Shadow(0, 0.22 * unit, 0.5 * unit, draft.materials.palette.dark_ground, 0.32)
    draft.fill(Role.BUTTON, box, fill, Outline(radius=radius), shadow=shadow)
    place_on_fill(draft, button, box, ink)
    return box


def place_on_fill(draft: Draft, button: Button, box: Box, ink: Colour, *, stacked: bool = False) -> None:
    """Lay text and icon optically centred on ``box``: beside each other, or the icon below when ``stacked``."""
    text, icon, gap = button.text, button.icon, button.icon_gap
    across = icon.width + gap if icon and not stacked else 0.0
    below = icon.height + gap if icon and stacked else 0.0
    x = box.x + (box.width - text.width - across) / 2
    y = box.y + (box.height - _optical_height(text) - below) / 2
    draft.text(Role.ACTION, text, x, y, ink)
    if icon and stacked:
        draft.text(Role.ICON, icon, box.centre[0] - icon.width / 2, y + _optical_height(text) + gap, ink)
    elif icon:
        draft.text(Role.ICON, icon, x + text.width + gap, box.y + (box.height - icon.height) / 2, ink)


def button_colours(draft: Draft, box: Box, on_photo: bool) -> tuple[Colour, Colour]:
    """Fill and ink: the scheme's, unless what really lies behind the button asks for another."""
    scheme = draft.scheme
    if not on_photo:
        return scheme.button, scheme.button_ink
    palette = draft.materials.palette
    fill = palette.button_on(draft.proof.mean(draft.mirrored(box)))
    return fill, palette.ink_on(fill)


def _optical_height(text: TextBlock) -> float:
    """From the first line's cap height to the last baseline: what the eye centres; descenders hang below."""
    return text.lines[-1].baseline


def button_sizes(draft: Draft, punchline: float) -> tuple[float, float]:
    """The smallest text size of a button, and the one beside a punchline of ``punchline`` px."""
    floor = 11.0 if draft.format.is_banner else 1.12 * draft.unit
    ceiling = 15.0 if draft.format.is_banner else 1.75 * draft.unit
    if draft.format.shape is Shape.HALF_PAGE:
        ceiling = 17.0
    return floor, min(ceiling, max(floor, 0.98 * punchline))
