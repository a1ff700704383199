# SPDX-License-Identifier: Apache-2.0
"""The crafts of setting text, one picture each, with the edges that they keep ruled in colour.

No picture depends on fonts of the system. `python -m tests.pictures.crafts` (or `make goldens`) draws them anew.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.creative.composition import Box, FillLayer, Layer, Role, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.creative.layout.button import make_button, place_button
from affiche.creative.layout.draft import Draft
from affiche.creative.layout.scale import tracking
from affiche.images.colour import Colour
from affiche.paint.compositing import flat
from affiche.paint.raster import paint_layers
from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle
from tests.doubles.fonts import system_fonts_in
from tests.doubles.frame_font import write_frame_font
from tests.pictures.briefs import OWN, campaign
from tests.pictures.goldens import write_anew

FOLDER = Path(__file__).parent / "golden_text"
WIDTH: Final = 560
JAPANESE: Final = "朝いちばんの、静かな海へ。「何もしない」を楽しむ、ちょっと贅沢な週末。"
_PAPER, _INK, _RULE = Colour(250, 248, 244), Colour(28, 30, 38), Colour(226, 94, 62)
_MARGIN: Final = 44.0
_HEADLINE: Final = TextStyle("Inter", 700, line_height=1.1, tracking=-0.01)
_TEXT: Final = TextStyle("Inter", 500, line_height=1.36)


@dataclass(slots=True)
class Sheet:
    """Layers on paper, texts under each other between two margins; ``height`` grows with what is set."""

    texts: list[TextLayer] = field(default_factory=list)
    rules: list[FillLayer] = field(default_factory=list)
    others: list[Layer] = field(default_factory=list)
    height: float = 34.0

    def set(self, text: str, style: TextStyle, size: float, measure: float = WIDTH - 2 * _MARGIN) -> TextBlock:
        """Set ``text`` below what stands there, at the margin where its reading begins, and rule its edges."""
        block = set_text(text, style, size, measure)
        ends = {("start", False): 0.0, ("start", True): 1.0, ("end", False): 1.0, ("end", True): 0.0}
        left = _MARGIN + ends.get((style.align, block.rtl), 0.5) * (WIDTH - 2 * _MARGIN - block.width)
        box = Box(left, self.height, block.width, block.height)
        self.texts.append(TextLayer(Role.HEADLINE, box, block, _INK))
        for edge in (box.x, box.right):
            self.rule(Box(edge - 0.5, box.y - 8, 1, box.height + 16))
        self.height += block.height + 36
        return block

    def rule(self, box: Box) -> None:
        self.rules.append(FillLayer(Role.ACCENT, box, _RULE, opacity=0.6))

    def rule_baselines(self) -> None:
        for layer in self.texts:
            for line in layer.block.lines:
                self.rule(Box(layer.box.x - 12, layer.box.y + line.baseline, layer.box.width + 24, 1))

    def drawn(self) -> NDArray[np.uint8]:
        """The sheet, BGR."""
        canvas, opened = flat(WIDTH, round(self.height), _PAPER), campaign(OWN[0])
        paint_layers(canvas, [*self.rules, *self.others, *self.texts], opened.photo, opened.logo)
        return np.ascontiguousarray(canvas[..., :3])


def _optical_edge(sheet: Sheet) -> None:
    """Straight, round and slanted letters begin at one edge, though their boxes do not."""
    sheet.set("Just so\nOver hills\nTo the sea\nVery slowly\nHome again", _HEADLINE, 46)


def _hanging_marks(sheet: Sheet) -> None:
    """Quotes and dashes hang in the margin at the aligned edge, left or right, whatever the direction."""
    sheet.set("“Find your quiet place” at the end of the road", _HEADLINE, 36, 330)
    sheet.set("„Endlich Ruhe“, sagt sie, – und bleibt.", TextStyle("Playfair Display", 600, align="end"), 34, 330)
    sheet.set("«قهوة الصباح» كما تحبها، في بيتك.", _HEADLINE, 34, 300)


def _tracking(sheet: Sheet) -> None:
    """The larger a headline, the closer its letters; small ones are left as they were drawn."""
    for size in (18, 30, 48, 84, 124):
        sheet.set("Quieter", TextStyle("Inter", 700, tracking=tracking(size)), size)


def _balanced_lines(sheet: Sheet) -> None:
    """Lines of like length instead of full ones and a rest."""
    for measure in (470, 360):
        sheet.set("Made by hand, worn for many years to come", _HEADLINE, 34, measure)
    sheet.set("A guided walk through the lights of the old town, every Friday at half past eleven.", _TEXT, 19, 430)


def _widows(sheet: Sheet) -> None:
    """No line ends with an article, no price, measure, date or name is divided, no word stands alone."""
    sheet.set("Wake up to the sound of the sea", _HEADLINE, 36, 400)
    sheet.set("Sieben Nächte ab 1 290 € für zwei, Anreise am 31. August", _TEXT, 22, 330)
    sheet.set("Víkend v horách s dětmi a se psem za 2 990 Kč", _TEXT, 22, 250)
    sheet.set("Get 60 % off the iPhone 15 until 5 May", _HEADLINE, 30, 250)


def _mixed_scripts(sheet: Sheet) -> None:
    """Letters of two scripts stand on one line and look equally large, light or bold."""
    for style in (_HEADLINE, TextStyle("Playfair Display", 600)):
        sheet.set("Inter สวยงาม Hx ทุกวัน", style, 36)
        sheet.set("Mumbai में नया Hx घर", style, 36)
        sheet.set("قهوة Hxo الصباح Beirut", style, 36)
    sheet.set("ส่งฟรีทั่ว Bangkok วันนี้ 50%", _TEXT, 20)
    sheet.rule_baselines()


def _right_to_left(sheet: Sheet) -> None:
    """Brands, prices and brackets inside Arabic; a foreign name at its beginning does not turn the line."""
    sheet.set("Samsung تقدم لكم هاتفها الجديد بخصم 25% (حتى الجمعة)", _HEADLINE, 32, 430)
    sheet.set("رحلات صغيرة وسماء واسعة. سبع ليال ابتداءً من 690 €، مع iPhone 15.", _TEXT, 22, 380)
    sheet.set("یک شب آرام در دل کویر، فقط ۹۸۰ هزار تومان", _HEADLINE, 30, 360)


def _japanese(sheet: Sheet) -> None:
    """Frames for letters: lines end with phrases, and none begins with a stop or a small kana."""
    sheet.set(JAPANESE, _HEADLINE, 36, 400)
    sheet.set(JAPANESE, _TEXT, 22, 300)


def _thai(sheet: Sheet) -> None:
    """Lines end between words, and no mark touches the line above."""
    sheet.set("เช้านี้เริ่มต้นด้วยกาแฟดี ๆ สักแก้ว ที่นี่ ผู้ปู่ อื้อฮือ", _HEADLINE, 42, 400)
    sheet.set("คั่วสดใหม่ทุกวัน ส่งฟรีทั่วกรุงเทพฯ เริ่มต้น 120 บาท", _TEXT, 22, 300)


def _buttons(sheet: Sheet) -> None:
    """Text and icon are centred by their ink: as much room above the capitals as below the baseline."""
    for name in ("calm", "poppins", "arabic", "thai"):
        opened = campaign(next(case for case in OWN if case.name == name))
        materials, format = opened.materials, format_of(kind_named("post"))
        draft = Draft(materials, format, materials.palette.schemes[0], materials.typefaces)
        button = make_button(draft, 34, WIDTH - 2 * _MARGIN)
        assert button is not None
        left = _MARGIN if not materials.rtl else format.width - _MARGIN - button.width
        box = draft.mirrored(place_button(draft, button, left, sheet.height))
        sheet.others.extend(draft.layers)
        sheet.rule(Box(box.x - 20, box.centre[1] - 0.5, WIDTH - 2 * _MARGIN, 1))
        sheet.height += button.height + 28


CRAFTS: Final[dict[str, Callable[[Sheet], None]]] = {
    "optical-edge": _optical_edge,
    "hanging-marks": _hanging_marks,
    "tracking": _tracking,
    "balanced-lines": _balanced_lines,
    "widows": _widows,
    "mixed-scripts": _mixed_scripts,
    "right-to-left": _right_to_left,
    "japanese": _japanese,
    "thai": _thai,
    "buttons": _buttons,
}


def drawn(craft: str) -> NDArray[np.uint8]:
    """The picture of ``craft`` as it is drawn today, BGR, with the packaged fonts and frames for Japanese letters."""
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder, system_fonts_in(Path(folder)):
        write_frame_font(Path(folder), JAPANESE)
        CRAFTS[craft](sheet)
        return sheet.drawn()


def path_of(craft: str) -> Path:
    return FOLDER / f"{craft}.webp"


if __name__ == "__main__":
    write_anew(FOLDER, ((path_of(craft), drawn(craft)) for craft in CRAFTS))
