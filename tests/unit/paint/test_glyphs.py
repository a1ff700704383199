# SPDX-License-Identifier: Apache-2.0
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from affiche.creative.composition import Box, Role, TextLayer
from affiche.images.colour import Colour
from affiche.paint.compositing import flat
from affiche.paint.glyphs import UnreadableFont, lay_text, open_typeface
from affiche.typography.text import TextBlock

WHITE, RED = Colour(255, 255, 255), Colour(255, 0, 0)


def drawn(block: TextBlock, x: float = 40, y: float = 60, colour: Colour = RED, **options: Any) -> np.ndarray:
    canvas = flat(420, 200, WHITE)
    lay_text(canvas, TextLayer(Role.HEADLINE, Box(x, y, block.width, block.height), block, colour, **options))
    return canvas


def ink(canvas: np.ndarray) -> np.ndarray:
    """Share of ink per pixel of a red text on white."""
    return (255 - canvas[..., 0].astype(float)) / 255


def test_red_is_red(set_line: Any) -> None:
    canvas = drawn(set_line("HHH"))
    assert canvas[ink(canvas) > 0.99][0].tolist() == [0, 0, 255, 255]
    assert (canvas[..., 3] == 255).all()
    assert (canvas[..., 2] == 255).all()


def test_capitals_fill_the_block_from_top_to_baseline(set_line: Any) -> None:
    block = set_line("HEH", size=80)
    rows = np.flatnonzero(ink(drawn(block)).max(axis=1) > 0.5)
    assert rows[0] == pytest.approx(60, abs=1)
    assert rows[-1] + 1 == pytest.approx(60 + block.height, abs=1)


def test_variations_change_the_weight(set_line: Any) -> None:
    light, bold = (ink(drawn(set_line("Hamburg", weight=weight))).sum() for weight in (300, 800))
    assert bold > 1.4 * light


def test_positions_are_exact_to_a_quarter_pixel(set_line: Any) -> None:
    block = set_line("l", size=90)
    columns = np.arange(420)
    centres = []
    for shift in (0.0, 0.25, 0.5, 0.75):
        marks = ink(drawn(block, x=100 + shift)).sum(axis=0)
        centres.append((marks * columns).sum() / marks.sum())
    assert np.diff(centres) == pytest.approx([0.25] * 3, abs=0.1)


def test_opacity_lightens(set_line: Any) -> None:
    canvas = drawn(set_line("HHH"), opacity=0.4)
    assert ink(canvas).max() == pytest.approx(0.4, abs=0.01)
    assert (drawn(set_line("HHH"), opacity=0.0) == 255).all()


def test_rotation_turns_clockwise_about_the_middle_of_the_box(set_line: Any) -> None:
    block = set_line("IIIIIIII", size=40)
    still, turned = ink(drawn(block)), ink(drawn(block, rotation=20))

    def centre(marks: np.ndarray) -> tuple[float, float]:
        y, x = np.mgrid[0:200, 0:420]
        return (x * marks).sum() / marks.sum(), (y * marks).sum() / marks.sum()

    assert centre(turned) == pytest.approx(centre(still), abs=0.6)
    right = turned[:, 40 + round(block.width * 0.8) :]
    assert np.average(np.arange(200), weights=right.sum(axis=1)) > 60 + block.height / 2 + 8


@pytest.mark.parametrize("family", ["Inter", "Montserrat", "Noto Sans", "Playfair Display", "Roboto"])
def test_no_glyph_changes_what_is_drawn_after_it(set_line: Any, family: str) -> None:
    """The E of Noto Sans Bold has variations that once made every later H, I and K too heavy."""
    drawn(set_line("8xEn", family=family, weight=720))
    after = ink(drawn(set_line("HIK", family=family, weight=720))).sum()
    alone = ink(drawn(set_line("HIK", family=family, weight=719))).sum()
    assert after == pytest.approx(alone, rel=0.01)


def test_a_font_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(UnreadableFont, match=r"broken\.ttf"):
        open_typeface(str(broken), 0, ())
