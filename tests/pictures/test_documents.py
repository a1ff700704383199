# SPDX-License-Identifier: Apache-2.0
"""The PDF and the PSD of a creative show what its raster shows, and say what it says."""

import hashlib
import io
import subprocess
import sys
from functools import cache
from typing import Final

import cv2
import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from psd_tools import PSDImage

from affiche.creative.composition import Composition, Role, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.paint.pdf import pdf_document
from affiche.paint.psd import psd_document
from affiche.paint.raster import paint
from tests.pictures.briefs import OWN, Case, campaign
from tests.pictures.goldens import similarity
from tests.requirements import missing

Picture = NDArray[np.uint8]

JAPANESE: Final = Case(
    "japanese",
    "静かな場所を見つけよう",
    "湖のほとりの小さな宿。七泊690ユーロから。",
    "今すぐ予約",
    ("#1f4e5f", "#f2a154"),
    "main",
)
HEBREW: Final = Case(
    "hebrew", "מצאו את המקום השקט", "בקתות קטנות, שמיים רחבים.", "הזמינו עכשיו", ("#22223b", "#c9ada7"), "main"
)
CASES: Final = {case.name: case for case in (*OWN, JAPANESE, HEBREW)}
# Every arrangement, and with them every kind of photo (plain, in two tones, blurred, in an ellipse, an arch, a polygon),
# scrims, shadows and tints; writing from both sides, with ligatures, with marks and without spaces.
CREATIVES: Final = (
    "calm post 1",
    "calm post 2",
    "calm post 4",
    "calm story 2",
    "calm leaderboard 1",
    "calm leaderboard 3",
    "calm leaderboard 4",
    "calm leaderboard 5",
    "calm skyscraper 2",
    "calm skyscraper 3",
    "calm skyscraper 5",
    "poppins post 4",
    "poppins post 5",
    "portrait vertical 3",
    "busy post 3",
    "busy post 5",
    "busy leaderboard 5",
    "busy skyscraper 5",
    "night leaderboard 2",
    "arabic post 2",
    "hebrew post 3",
    "hindi landscape 2",
    "thai vertical 3",
    "turkish post 3",
    "japanese post 1",
)
PSDS: Final = (
    "calm post 1",
    "calm leaderboard 5",
    "portrait vertical 3",
    "turkish post 3",
    "arabic post 2",
    "calm story 4",
)
READ: Final = tuple(name for name in CREATIVES if not name.startswith("arabic"))
SCRIPT: Final = """
import hashlib
from tests.pictures.test_documents import document
print(*(hashlib.sha256(document(name, kind)).hexdigest() for name in ("hindi landscape 2", "arabic post 2")
      for kind in ("pdf", "psd")))
"""


@cache
def composition(name: str) -> Composition:
    case, format, variant = name.split()
    composed = campaign(CASES[case]).compose(format_of(kind_named(format)), int(variant))
    if composed.missing:
        missing(f"A font for {case}", "Debian: apt install fonts-noto-cjk fonts-noto-core")
    return composed


@cache
def document(name: str, kind: str) -> bytes:
    opened = campaign(CASES[name.split()[0]])
    write = {"pdf": pdf_document, "psd": psd_document}[kind]
    return write(composition(name), opened.photo, opened.logo)


@cache
def raster(name: str) -> Picture:
    opened = campaign(CASES[name.split()[0]])
    return np.ascontiguousarray(paint(composition(name), opened.photo, opened.logo)[..., :3])


def shown(name: str) -> Picture:
    """The PDF's page as BGR of the canvas' size, drawn at four times the size because PDFium puts small letters on whole
    pixels."""
    page = pypdfium2.PdfDocument(document(name, "pdf"))[0]
    format = composition(name).format
    large = page.render(scale=4 * 96 / 72 - 1e-7).to_numpy()[..., :3]
    assert large.shape == (4 * format.height, 4 * format.width, 3)
    return np.asarray(cv2.resize(large, (format.width, format.height), interpolation=cv2.INTER_AREA), np.uint8)


def said(name: str) -> str:
    """What PDFium, and Chrome with it, finds when the page's text is copied."""
    page = pypdfium2.PdfDocument(document(name, "pdf"))[0]
    return str(page.get_textpage().get_text_range())


def lines(name: str) -> list[str]:
    texts = [
        layer for layer in composition(name).layers if isinstance(layer, TextLayer) and layer.role is not Role.ICON
    ]
    return [line.text for layer in texts for line in layer.block.lines]


@pytest.mark.parametrize("name", CREATIVES)
def test_a_pdf_looks_like_the_raster(name: str) -> None:
    assert similarity(shown(name), raster(name)) >= 0.97


@pytest.mark.parametrize("name", READ)
def test_a_pdf_says_its_texts(name: str) -> None:
    assert said(name).split() == " ".join(lines(name)).split()


def test_shaped_arabic_is_said_in_letters() -> None:
    """PDFium turns vowel signs and punctuation around; the letters between them are right."""
    words = said("arabic post 2").split()
    assert words[:3] == ["اكتشف", "هدوء", "الصحراء"]
    assert words[-2:] == ["احجز", "الآن"]
    assert {"رحلات", "صغيرة", "وسماء", "سبع", "ليال", "من", "690"} <= set(words)


@pytest.mark.parametrize("name", PSDS)
def test_a_psd_composes_to_the_raster(name: str) -> None:
    psd = PSDImage.open(io.BytesIO(document(name, "psd")))
    composed = np.asarray(psd.composite(ignore_preview=True).convert("RGB"))[..., ::-1]
    assert cv2.PSNR(np.ascontiguousarray(composed), raster(name)) > 50


def test_another_process_that_drew_other_things_before_makes_the_same_bytes() -> None:
    names = ("calm post 1", "arabic post 2", "hindi landscape 2")
    digests = {
        (name, kind): hashlib.sha256(document(name, kind)).hexdigest() for name in names for kind in ("pdf", "psd")
    }
    other = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120)
    assert other.stdout.split() == [
        digests[name, kind] for name in ("hindi landscape 2", "arabic post 2") for kind in ("pdf", "psd")
    ]
