# SPDX-License-Identifier: Apache-2.0
"""The fonts of a drawn page, told what their glyphs say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pikepdf

from affiche.paint.pdf.joining import FontWidths, Instruction, joined
from affiche.paint.pdf.lettering import Piece

_CMAP: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{low}> <{high}>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
# A CMap may hold so many lines per block.
_BLOCK: Final = 100


def make_readable(pdf: pikepdf.Pdf, pieces: Sequence[Piece]) -> None:
    """Join the letters of the one page of ``pdf`` (`affiche.paint.pdf.joining`) and give each of its fonts a ToUnicode
    map (PDF 1.6, 5.9.2) from the ``pieces``, which were drawn in this order by one text object (BT ... ET) each.

    Skia's own maps know only glyphs that stand for one character of the font's own; they stay where the page's text
    objects are not the pieces.
    """
    page = pdf.pages[0]
    fonts = {name: FontWidths(font) for name, font in page.Resources.get("/Font", {}).items()}
    before, text_objects, between = _parted(page)
    text_objects = [joined(text_object, fonts) for text_object in text_objects]
    instructions = before + [
        instruction for pair in zip(text_objects, between, strict=True) for part in pair for instruction in part
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    if len(text_objects) != len(pieces):
        return
    maps: dict[str, dict[bytes, str]] = {}
    for text_object, piece in zip(text_objects, pieces, strict=True):
        codes = list(_codes(text_object, fonts))
        if len(codes) == len(piece.letters):
            for (font, code), letter in zip(codes, piece.letters, strict=True):
                maps.setdefault(font, {})[code] = letter.text
    for name, letters in maps.items():
        page.Resources.Font[name].ToUnicode = pdf.make_stream(_to_unicode(letters))


def _parted(page: pikepdf.Page) -> tuple[list[Instruction], list[list[Instruction]], list[list[Instruction]]]:
    """The page's commands up to and with the first BT, those of each text object, and those from each ET to the next
    BT."""
    outside: list[list[Instruction]] = [[]]
    inside: list[list[Instruction]] = []
    within = False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "ET":
            within = False
            outside.append([])
        (inside[-1] if within else outside[-1]).append(instruction)
        if operator == "BT":
            within = True
            inside.append([])
    return outside[0], inside, outside[1:]


def _codes(text_object: Iterable[Instruction], fonts: Mapping[str, FontWidths]) -> Iterator[tuple[str, bytes]]:
    """The fonts' names and the codes of all glyphs shown by joined commands, in order."""
    font = ""
    for instruction in text_object:
        operator = str(instruction.operator)
        if operator == "Tf":
            font = str(instruction.operands[0])
        elif operator == "TJ":
            shown = (bytes(part) for part in instruction.operands[0] if isinstance(part, pikepdf.String))
            yield from ((font, code) for part in shown for code in fonts[font].codes(part))


def _to_unicode(letters: Mapping[bytes, str]) -> bytes:
    width = max(map(len, letters))
    lines = [f"<{code.hex()}> <{text.encode('utf-16-be').hex()}>" for code, text in sorted(letters.items())]
    blocks = [
        "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
        for block in (lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK))
    ]
    return _CMAP.format(low="00" * width, high="FF" * width, blocks="\n".join(blocks)).encode("ascii")
