# SPDX-License-Identifier: Apache-2.0
"""SVG files must look as the raster does, in Chromium and in resvg."""

import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
import resvg_py
from numpy.typing import NDArray

from affiche.creative.composition import Composition, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.paint.raster import paint
from affiche.paint.svg import svg_document
from affiche.paint.svg.fonts import FontShelf
from affiche.paint.svg.lettering import text
from tests.pictures.briefs import OWN, Case, campaign
from tests.pictures.goldens import similarity
from tests.pictures.test_documents import HEBREW, JAPANESE
from tests.requirements import missing

LEAST = 0.98
# resvg draws glyphs without our subpixel placing and blurs by boxes.
LEAST_IN_RESVG = 0.96
WRITING = (
    JAPANESE,
    HEBREW,
    Case(
        "vietnamese",
        "Tìm nơi yên tĩnh của bạn",
        "Nhà gỗ nhỏ, bầu trời rộng lớn.",
        "Đặt ngay",
        ("#1f4e5f", "#f2a154"),
        "main",
    ),
    Case(
        "both-sides",
        "שלום Hello 123 עולם",
        "Price 25€ في دبي (جديد) today",
        "OK עכשיו",
        ("#1f4e5f", "#f2a154"),
        "product",
    ),
)
CASES = (
    *(("calm", "post", variant) for variant in range(1, 6)),
    ("poppins", "landscape", 3),
    ("poppins", "story", 2),
    ("busy", "post", 2),
    ("night", "leaderboard", 2),
    ("night", "leaderboard", 5),
    ("portrait", "vertical", 5),
    ("calm", "skyscraper", 3),
    ("calm", "half-page", 4),
    ("arabic", "post", 2),
    ("arabic", "landscape", 1),
    ("arabic", "leaderboard", 2),
    ("hebrew", "post", 4),
    ("vietnamese", "medium-banner", 4),
    ("both-sides", "post", 1),
    ("japanese", "post", 1),
    ("hindi", "landscape", 2),
    ("thai", "vertical", 1),
    ("turkish", "pin", 3),
    ("german", "medium-banner", 2),
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)

Pixels = NDArray[np.uint8]


def composed(case: str, format: str, variant: int) -> tuple[Composition, bytes, Pixels]:
    opened = campaign(next(one for one in (*OWN, *WRITING) if one.name == case))
    composition = opened.compose(format_of(kind_named(format)), variant)
    if composition.missing:
        missing(f"A font for {case}", "Debian: apt install fonts-noto-cjk fonts-noto-core")
    raster = paint(composition, opened.photo, opened.logo)[..., :3]
    return composition, svg_document(composition, opened.photo, opened.logo), np.ascontiguousarray(raster)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_chromium_shows_what_the_raster_shows(case: tuple[str, str, int], tmp_path: Path) -> None:
    if CHROMIUM is None:
        missing("Chromium", "Debian: apt install chromium")
    composition, document, raster = composed(*case)
    (tmp_path / "creative.svg").write_bytes(document)
    page = tmp_path / "page.html"
    page.write_text('<body style="margin:0"><img src="creative.svg" style="display:block">')
    subprocess.run(
        [
            CHROMIUM,
            *FLAGS,
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={composition.format.width},{composition.format.height + 200}",
            f"--screenshot={tmp_path / 'shot.png'}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shot = cv2.imread(str(tmp_path / "shot.png"))
    assert shot is not None
    shown = np.asarray(shot[: composition.format.height, : composition.format.width], np.uint8)
    assert similarity(np.ascontiguousarray(shown), raster) >= LEAST


@pytest.mark.parametrize("case", [CASES[0], CASES[1], CASES[2], CASES[4], CASES[8]], ids=str)
def test_resvg_shows_it_too_when_it_is_given_the_fonts(case: tuple[str, str, int], tmp_path: Path) -> None:
    composition, document, raster = composed(*case)
    shelf = FontShelf()
    for layer in composition.layers:
        if isinstance(layer, TextLayer):
            text(layer, shelf)
    files = []
    for name, content in shelf.files().items():
        (tmp_path / f"{name}.ttf").write_bytes(content)
        files.append(str(tmp_path / f"{name}.ttf"))
    png = resvg_py.svg_to_bytes(svg_string=document.decode(), font_files=files, skip_system_fonts=True)
    shown = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert shown.shape == raster.shape
    assert similarity(np.ascontiguousarray(shown).astype(np.uint8), raster) >= LEAST_IN_RESVG
