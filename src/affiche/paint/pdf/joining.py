# SPDX-License-Identifier: Apache-2.0
"""The glyphs of a line in one command.

Skia moves the pen before each letter that does not stand where its font puts it (kerning, tracking), so that every
letter becomes a text of its own. Readers then have to guess at words and lines; with one command for a line they need
not.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pikepdf

Instruction = Any
"""pikepdf's ContentStreamInstruction or ContentStreamInlineImage."""


class FontWidths:
    """A font resource's codes and how far each moves the pen, in thousandths of the size."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.bytes_per_code = 2 if font.Subtype == pikepdf.Name.Type0 else 1
        if self.bytes_per_code == 2:
            descendant = font.DescendantFonts[0]
            self._widths = _cid_widths(descendant.get("/W", []))
            self._default = float(descendant.get("/DW", 1000))
        else:
            scale = 1000 * float(font.FontMatrix[0])
            first = int(font.FirstChar)
            self._widths = {first + place: float(width) * scale for place, width in enumerate(font.Widths)}
            self._default = 0.0

    def codes(self, shown: bytes) -> list[bytes]:
        """``shown`` code by code."""
        step = self.bytes_per_code
        return [shown[place : place + step] for place in range(0, len(shown), step)]

    def width(self, shown: bytes) -> float:
        """How far ``shown`` moves the pen."""
        numbers = (int.from_bytes(code, "big") for code in self.codes(shown))
        return sum(self._widths.get(number, self._default) for number in numbers)


def _cid_widths(entries: Iterable[Any]) -> dict[int, float]:
    """The widths of ``W`` (PDF 1.6, 5.6.3): ``first [w1 w2 ...]`` or ``first last w``."""
    widths: dict[int, float] = {}
    values = list(entries)
    while values:
        first, second = int(values[0]), values[1]
        if isinstance(second, pikepdf.Array):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
            values = values[2:]
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(values[2]))
            values = values[3:]
    return widths


def joined(text_object: Iterable[Instruction], fonts: dict[str, FontWidths]) -> list[Instruction]:
    """What is between BT and ET, with glyphs of one font that follow each other on one height in one TJ."""
    joiner = _Joiner(fonts)
    for instruction in text_object:
        joiner.take(instruction)
    joiner.finish()
    return joiner.instructions


class _Joiner:
    """``_x`` and ``_y`` lead from the last line start written to the one that Skia meant, ``_pen`` to where the glyphs
    shown since then end."""

    def __init__(self, fonts: dict[str, FontWidths]) -> None:
        self.instructions: list[Instruction] = []
        self._fonts = fonts
        self._font = ""
        self._size = 1.0
        self._x = self._y = Decimal(0)
        self._pen = 0.0
        self._shown: list[Any] = []

    def take(self, instruction: Instruction) -> None:
        operands = instruction.operands
        match str(instruction.operator):
            case "Td":
                self._x += Decimal(str(operands[0]))
                self._y += Decimal(str(operands[1]))
            case "Tj":
                self._show(bytes(operands[0]))
            case "Tf":
                self.finish()
                self._font, self._size = str(operands[0]), float(operands[1])
                self.instructions.append(instruction)
            case _:
                self.finish()
                self.instructions.append(instruction)

    def finish(self) -> None:
        """Write what was shown."""
        if self._shown:
            self._write([pikepdf.Array(self._shown)], "TJ")
        self._shown = []

    def _show(self, codes: bytes) -> None:
        x = float(self._x)
        if self._shown and self._y == 0:
            gap = Decimal(f"{(self._pen - x) * 1000 / self._size:.2f}")
            self._shown += [gap, pikepdf.String(codes)] if gap else [pikepdf.String(codes)]
        else:
            self.finish()
            if self._x or self._y:
                self._write([self._x, self._y], "Td")
            self._x = self._y = Decimal(0)
            self._shown = [pikepdf.String(codes)]
            x = 0.0
        self._pen = x + self._fonts[self._font].width(codes) * self._size / 1000

    def _write(self, operands: list[Any], operator: str) -> None:
        self.instructions.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator)))
