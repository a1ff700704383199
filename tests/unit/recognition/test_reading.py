# SPDX-License-Identifier: Apache-2.0
"""Labels drawn with our own fonts, read with the models of the wheel and without any network."""

import socket
from typing import NoReturn

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.recognition import recommend
from affiche.recognition.identity import identity_of
from affiche.recognition.reading import read_label
from affiche.typography.fonts import face
from tests.unit.recognition.outlines import BOTTLE, BOX, drawn

Pixels = NDArray[np.uint8]


def labelled(cutout: Pixels, lines: list[tuple[str, float, float]], colour: int = 0xFFFFFFFF) -> Pixels:
    """``cutout`` with centred lines of text: words, height of the letters and middle, in shares of the height."""
    height, width = cutout.shape[:2]
    surface = np.ascontiguousarray(cutout)
    canvas = skia.Canvas(surface)
    for text, size, middle in lines:
        font = skia.Font(skia.Typeface.MakeFromFile(str(face("Poppins", 700).path)), size * height / 0.7)
        canvas.drawString(
            text, (width - font.measureText(text)) / 2, (middle + size / 2) * height, font, skia.Paint(Color=colour)
        )
    return surface


@pytest.fixture(scope="module")
def carton() -> Pixels:
    return labelled(
        drawn(BOX, (30, 90, 60), (500, 700)), [("SOLVANG", 0.07, 0.3), ("Apfelsaft", 0.05, 0.5), ("1 L", 0.04, 0.8)]
    )


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("label reading asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)


def test_a_drawn_label_is_read_from_top_to_bottom(carton: Pixels) -> None:
    lines = read_label(carton)
    assert [line.text for line in lines] == ["SOLVANG", "Apfelsaft", "1 L"] or [line.text for line in lines[:2]] == [
        "SOLVANG",
        "Apfelsaft",
    ]
    assert all(line.confidence > 0.9 for line in lines[:2])
    assert lines[0].top < 0.3 < lines[0].bottom
    assert 0.05 < lines[0].height < 0.12


def test_what_is_read_names_the_product(carton: Pixels) -> None:
    made = recommend(carton)
    assert made.product_name == "SOLVANG apple juice"
    assert made.product_description == "A dark green carton of apple juice that reads SOLVANG."


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180])
def test_turned_labels_are_read(carton: Pixels, turn: int) -> None:
    identity = identity_of(read_label(np.asarray(cv2.rotate(carton, turn), np.uint8)))
    assert identity.kind is not None
    assert (identity.brand, identity.kind.noun) == ("SOLVANG", "juice")


def test_labels_bent_around_a_bottle_are_read() -> None:
    flat = labelled(
        drawn(BOTTLE, (240, 240, 238), (400, 900)), [("NORDA", 0.06, 0.5), ("SHAMPOO", 0.035, 0.62)], 0xFF103070
    )
    y, x = np.mgrid[0:900, 0:400].astype(np.float32)
    across = np.clip((x - 200) / 140, -1, 1)
    bent_x = np.where(np.abs(x - 200) < 140, 200 + 140 * np.arcsin(across) / (np.pi / 2), x).astype(np.float32)
    bent = cv2.remap(flat, bent_x, (y - 18 * np.sqrt(1 - across**2)).astype(np.float32), cv2.INTER_LINEAR)
    made = recommend(np.asarray(bent, np.uint8))
    assert made.product_name == "NORDA shampoo"
    assert made.product_description == "A white plastic bottle of shampoo that reads NORDA."


def test_a_product_without_print_has_no_lines() -> None:
    assert read_label(drawn(BOTTLE)) == ()
    assert read_label(np.zeros((40, 40, 4), np.uint8)) == ()
