# SPDX-License-Identifier: Apache-2.0
"""The contact sheet: everything is on it, in order, nothing covers anything."""

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.cli.demonstration.sheet import WIDTH, Exhibit, contact_sheet
from affiche.creative.formats import FORMATS, Format, RenderKind, format_of, formats_of
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode

VARIANTS = 3


def colour_of(format: Format, variant: int) -> tuple[int, int, int]:
    """A colour that no other exhibit has, as RGB."""
    return 10 + 12 * FORMATS.index(format), 60 * variant, 230 - 9 * FORMATS.index(format)


def exhibit(format: Format, variant: int) -> Exhibit:
    canvas = np.empty((format.height, format.width, 4), np.uint8)
    canvas[:] = (*reversed(colour_of(format, variant)), 255)
    return Exhibit(format, variant, encode(canvas, ImageFormat.PNG))


def hung(*formats: Format) -> tuple[Exhibit, ...]:
    return tuple(exhibit(format, variant) for format in formats for variant in range(1, VARIANTS + 1))


def place_of(sheet: NDArray[np.uint8], format: Format, variant: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of an exhibit's plain inside; fails if it is not one whole rectangle."""
    red, green, blue = colour_of(format, variant)
    mask = (sheet[..., 0] == red) & (sheet[..., 1] == green) & (sheet[..., 2] == blue)
    ys, xs = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    assert len(xs), f"{format.name} v{variant} is not on the sheet"
    left, top, width, height = int(xs[0]), int(ys[0]), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1
    assert mask[top : top + height, left : left + width].all(), f"something covers {format.name} v{variant}"
    return left, top, width, height


@pytest.mark.parametrize("kind", [RenderKind.ALL, RenderKind.POST, RenderKind.LEADER_BOARD, RenderKind.HALF_PAGE])
def test_every_creative_is_on_the_sheet_whole_and_undistorted(kind: RenderKind) -> None:
    formats = formats_of(kind)
    sheet = decode_photo(contact_sheet("A quiet place", hung(*formats)))
    assert sheet.shape[1] == WIDTH
    for format in formats:
        for variant in range(1, VARIANTS + 1):
            left, top, width, height = place_of(sheet, format, variant)
            assert left >= 80
            assert left + width <= WIDTH - 80
            assert top + height <= sheet.shape[0] - 80
            assert (width + 2) / (height + 2) == pytest.approx(format.width / format.height, rel=0.02)


def test_variants_of_a_size_stand_beside_each_other_and_leaderboards_below_each_other() -> None:
    post, board = format_of(RenderKind.POST), format_of(RenderKind.LEADER_BOARD)
    sheet = decode_photo(contact_sheet("A quiet place", hung(post, board)))
    posts = [place_of(sheet, post, variant) for variant in range(1, VARIANTS + 1)]
    boards = [place_of(sheet, board, variant) for variant in range(1, VARIANTS + 1)]
    assert len({top for _, top, _, _ in posts}) == 1
    assert [left for left, *_ in posts] == sorted({left for left, *_ in posts})
    assert len({left for left, *_ in boards}) == 1
    assert [top for _, top, _, _ in boards] == sorted({top for _, top, _, _ in boards})
    assert boards[0][2] + 2 == board.width


def test_the_same_creatives_give_the_same_sheet() -> None:
    exhibits = hung(*formats_of(RenderKind.DISPLAY))
    assert contact_sheet("A quiet place", exhibits) == contact_sheet("A quiet place", exhibits)


def test_the_title_is_on_the_sheet() -> None:
    exhibits = hung(format_of(RenderKind.POST))
    one, other = (decode_photo(contact_sheet(title, exhibits)) for title in ("A quiet place", "Breathe"))
    assert one.shape == other.shape
    rows = np.nonzero((one != other).any(axis=(1, 2)))[0]
    assert len(rows)
    assert rows.max() < place_of(one, format_of(RenderKind.POST), 1)[1]
