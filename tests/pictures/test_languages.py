# SPDX-License-Identifier: Apache-2.0
"""Copy in many languages on posters and banners: every letter there, every line whole, everything on its side."""

from collections.abc import Iterator
from functools import cache

import pytest
import regex

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.creative.composition import Box, Composition, Role, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.images.colour import Colour
from affiche.samples import sample_logo_png
from affiche.typography.capitals import capitals
from affiche.typography.fonts import families
from affiche.typography.setting import set_text
from affiche.typography.text import TextBlock, TextStyle
from tests.doubles.fonts import system_fonts_in
from tests.pictures.briefs import photo_bytes
from tests.pictures.languages import PACKAGED, SYSTEM, Poster

FORMATS = ("post", "story", "leaderboard", "medium-banner")
VARIANTS = (1, 2)
ROLES = (Role.HEADLINE, Role.PUNCHLINE, Role.ACTION)
COLOURS = (Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154"))
MOST_LINES = {"post": 5, "story": 6, "leaderboard": 2, "medium-banner": 4}
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}、。「」]")


def posters() -> list[object]:
    """All posters; those whose script no font here has are skipped by name."""
    found: list[object] = list(PACKAGED)
    for poster in SYSTEM:
        lacking = bool(set_text(poster.sample, TextStyle("Inter"), 40, 900).missing)
        reason = f"No font has '{poster.sample}' (Debian: apt install {poster.package})"
        found.append(pytest.param(poster, marks=pytest.mark.skipif(lacking, reason=reason)))
    return found


def named(value: object) -> str:
    return value.code if isinstance(value, Poster) else str(value)


@cache
def opened(poster: Poster, family: str | None) -> Campaign:
    """The poster's campaign; all share one photo and one logo."""
    brief = Brief(poster.headline, poster.punchline, poster.action, COLOURS, None, family, "fa-solid fa-angle-right")
    first = base()
    return Campaign.of(brief, first.photo, first.materials.reading, first.logo, seed=7)


@cache
def base() -> Campaign:
    brief = Brief("Calm", "Calm", "Go", COLOURS, None, None, "fa-solid fa-angle-right")
    return Campaign.open(brief, photo_bytes("main"), sample_logo_png(), seed=7)


def compositions(poster: Poster, family: str | None = None) -> Iterator[Composition]:
    for name in FORMATS:
        for variant in VARIANTS:
            yield opened(poster, family).compose(format_of(kind_named(name)), variant, len(VARIANTS))


def texts(composition: Composition) -> Iterator[tuple[str, TextLayer]]:
    """The copy of ``composition`` with the place to name when something is wrong."""
    for layer in composition.layers:
        if isinstance(layer, TextLayer) and layer.role in ROLES:
            yield f"{composition.format.name} {composition.arrangement} {layer.role}", layer


def test_at_least_forty_languages_need_nothing_of_the_system() -> None:
    assert len({poster.code for poster in PACKAGED}) == len(PACKAGED) >= 40
    assert len({poster.code for poster in (*PACKAGED, *SYSTEM)}) == len(PACKAGED) + len(SYSTEM)


@pytest.mark.parametrize("family", families())
def test_packaged_languages_need_no_font_of_the_system(family: str) -> None:
    with system_fonts_in():
        for poster in PACKAGED:
            for text, weight in ((poster.headline, 700), (poster.punchline, 500), (poster.action, 600)):
                assert set_text(text, TextStyle(family, weight), 40, 900).missing == (), poster.code


@pytest.mark.parametrize("poster", posters(), ids=named)
def test_a_poster_is_whole(poster: Poster) -> None:
    said = {
        Role.HEADLINE: poster.headline,
        Role.PUNCHLINE: poster.punchline,
        Role.ACTION: poster.action,
    }
    for composition in compositions(poster):
        assert composition.missing == ()
        for where, layer in texts(composition):
            block = layer.block
            assert block.missing == (), where
            assert all(0 not in run.glyphs for line in block.lines for run in line.runs), where
            assert_inside(composition.canvas, layer, where)
            assert_whole_lines(said[layer.role], block, where)
        headline = composition.layer(Role.HEADLINE)
        assert isinstance(headline, TextLayer)
        assert len(headline.block.lines) <= MOST_LINES[composition.format.name], composition.format.name


@pytest.mark.parametrize("poster", posters(), ids=named)
def test_a_poster_reads_in_its_direction(poster: Poster) -> None:
    for composition in compositions(poster):
        for where, layer in texts(composition):
            assert layer.block.rtl is poster.rtl, where
            edges = [line.ink[2] if poster.rtl else line.ink[0] for line in layer.block.lines]
            if layer.role is not Role.ACTION and layer.box.width < 0.98 * composition.canvas.width:
                starts = layer.block.width if poster.rtl else 0.0
                centred = (
                    abs(sum(line.ink[0] + line.ink[2] for line in layer.block.lines) / len(edges) - layer.block.width)
                    < 2
                )
                hang = 0.7 * layer.block.size
                assert centred or all(abs(edge - starts) < hang for edge in edges), where


@pytest.mark.parametrize("poster", [poster for poster in PACKAGED if poster.rtl], ids=named)
def test_right_to_left_copy_mirrors_the_arrangement(poster: Poster) -> None:
    """The same brief in Latin letters of the same measures lies mirrored: what stood left stands right."""
    campaign = opened(poster, None)
    assert campaign.materials.rtl
    for composition in compositions(poster):
        canvas, arrangement = composition.canvas, f"{composition.format.name} {composition.arrangement}"
        icon, action = composition.layer(Role.ICON), composition.layer(Role.ACTION)
        if icon is not None and action is not None and icon.box.y < action.box.bottom:
            assert icon.box.right <= action.box.x, f"{arrangement}: the icon follows the text, to the left"
        headline, logo = composition.layer(Role.HEADLINE), composition.layer(Role.LOGO)
        assert headline is not None
        assert logo is not None
        if composition.format.name == "leaderboard":
            button = composition.layer(Role.BUTTON)
            assert button is not None
            assert button.box.right <= headline.box.x, f"{arrangement}: the button closes the row at the left"
        elif headline.box.width < 0.5 * canvas.width:
            assert headline.box.right > 0.5 * canvas.width or headline.box.x > 0.2 * canvas.width, arrangement


@pytest.mark.parametrize("poster", posters(), ids=named)
@pytest.mark.parametrize("family", families())
def test_every_family_sets_every_language(poster: Poster, family: str) -> None:
    """With what helps out, no letter is lost and no line is too wide, in the weights of headline and punchline."""
    for text, weight, size in ((poster.headline, 700, 48), (poster.punchline, 500, 20), (poster.action, 600, 18)):
        style = TextStyle(family, weight, tracking=-0.01, line_height=1.1)
        for measure in (8 * size, 14 * size, 30 * size):
            block = set_text(text, style, size, measure, break_words=True)
            assert block.missing == ()
            assert block.width <= measure + 0.5
            assert_whole_lines(text, block, f"{family} {measure}", any_place=measure == 8 * size)
            assert_apart(block, f"{family} {measure}")


@pytest.mark.parametrize("poster", posters(), ids=named)
def test_lines_have_the_height_and_the_spacing_of_their_script(poster: Poster) -> None:
    text = poster.headline
    plain = set_text(text, TextStyle("Inter", 700, line_height=1.05), 48, 400)
    tracked = set_text(text, TextStyle("Inter", 700, line_height=1.05, tracking=0.1), 48, 4000)
    natural = set_text(text, TextStyle("Inter", 700, line_height=1.05), 48, 4000)
    spaced = poster.cased or poster.code in ("he", "yi", "ka", "am")
    assert (tracked.width > natural.width) is spaced
    if poster.code in ("ja", "ko", "zh-Hans", "zh-Hant"):
        assert 1.25 <= plain.line_height <= 1.4
    elif poster.rtl and poster.code not in ("he", "yi") or poster.code in ("th", "hi", "mr", "ne"):
        assert plain.line_height >= 1.35


@pytest.mark.parametrize("poster", posters(), ids=named)
def test_capitals_are_for_scripts_that_have_them(poster: Poster) -> None:
    assert (capitals(poster.headline) != poster.headline) is poster.cased
    block = set_text(poster.action, TextStyle("Inter", 600, capitals=True), 20, 900)
    assert block.missing == ()


def assert_inside(canvas: Box, layer: TextLayer, where: str) -> None:
    """Nothing leaves its block but what hangs by design, and nothing leaves the canvas."""
    for line in layer.block.lines:
        left, top, right, bottom = line.ink
        ink = Box(layer.box.x + left, layer.box.y + top, right - left, bottom - top)
        assert canvas.contains(ink, 0.0), f"{where}: '{line.text}' leaves the canvas"
        hang = 0.62 * layer.block.size
        assert left >= -hang, f"{where}: '{line.text}' leaves its block at the left"
        assert right <= layer.block.width + hang, f"{where}: '{line.text}' leaves its block at the right"


def assert_whole_lines(text: str, block: TextBlock, where: str, *, any_place: bool = False) -> None:
    """The lines say the whole text, and end between clusters; in scripts with spaces they end at one, at a hyphen or
    a dash. ``any_place`` allows breaks inside words, for columns narrower than a word."""
    assert "".join(block.text.split()) == "".join(text.split()), where
    ends = set()
    place = 0
    for cluster in regex.findall(r"\X", text):
        place += len("".join(cluster.split()))
        ends.add(place)
    place = 0
    at = 0
    for line in block.lines[:-1]:
        place += len("".join(line.text.split()))
        assert place in ends, f"{where}: '{line.text}' ends inside a cluster"
        at = text.index(line.text, at) + len(line.text)
        spaced = text[at : at + 1].isspace() or line.text[-1] in "-–—/"
        assert spaced or any_place or UNSPACED.search(line.text[-1] + text[at]), (
            f"{where}: '{line.text}' ends in a word"
        )


def assert_apart(block: TextBlock, where: str) -> None:
    """No line touches the one above it."""
    for upper, lower in zip(block.lines, block.lines[1:], strict=False):
        assert lower.baseline - upper.baseline >= 1.05 * block.size, where
