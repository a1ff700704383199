# SPDX-License-Identifier: Apache-2.0
"""What a PSD is made of, read again by psd-tools and by Pillow."""

import io
from functools import cache
from typing import Any

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Group
from psd_tools.constants import Compression

from affiche.creative.composition import Box, Composition, FillLayer, Outline, Role, ScrimLayer, Shadow, TextLayer
from affiche.creative.formats import format_of, kind_named
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.outlines import snapped
from affiche.paint.psd import psd_document
from affiche.paint.raster import paint
from tests.pictures.briefs import OWN, campaign

INK, PAPER = Colour(30, 30, 40), Colour(250, 240, 230)
ARABIC = next(case for case in OWN if case.name == "arabic")


@cache
def of_sample(case: Any, variant: int) -> tuple[Composition, bytes]:
    opened = campaign(case)
    composition = opened.compose(format_of(kind_named("post")), variant)
    return composition, psd_document(composition, opened.photo, opened.logo)


def of_layers(*layers: Any) -> tuple[Composition, PSDImage]:
    composition = Composition(format_of(kind_named("medium-banner")), 1, "test", 0, layers)
    photo = PhotoPyramid(np.zeros((8, 8, 3), np.uint8))
    return composition, read(psd_document(composition, photo, campaign(OWN[0]).logo))


def read(data: bytes) -> PSDImage:
    return PSDImage.open(io.BytesIO(data))


def tree(psd: PSDImage) -> list[tuple[str, list[str]]]:
    return [(group.name, [layer.name for layer in members(psd, place)]) for place, group in enumerate(psd)]


def members(psd: PSDImage, place: int) -> list[Any]:
    """The layers of group number ``place``."""
    group = psd[place]
    assert isinstance(group, Group)
    return list(group)


def test_layers_are_grouped_from_back_to_front_and_named_after_what_they_say() -> None:
    _, data = of_sample(OWN[0], 1)
    assert tree(read(data)) == [
        ("Photo", ["Photo"]),
        ("Scrim", ["Scrim"]),
        ("Logo", ["Logo"]),
        ("Texts", ["Find your quiet place", "Small lodges, wide skies. Seven nights from 690 €."]),
        ("Button", ["Button shadow", "Button", "Book now", "Icon"]),
    ]


def test_names_may_be_in_any_writing() -> None:
    composition, data = of_sample(ARABIC, 2)
    headline = composition.layer(Role.HEADLINE)
    assert isinstance(headline, TextLayer)
    names = [layer.name for layer in read(data).descendants()]
    assert " ".join(line.text for line in headline.block.lines) in names


def test_layers_lie_at_their_own_bounds() -> None:
    composition, data = of_sample(OWN[0], 1)
    found = {layer.name: layer.bbox for layer in read(data).descendants() if layer.kind == "pixel"}
    for role, name in ((Role.PHOTO, "Photo"), (Role.LOGO, "Logo"), (Role.BUTTON, "Button")):
        layer = composition.layer(role)
        assert layer is not None
        box = snapped(layer.box)
        assert found[name] == (box.x, box.y, box.right, box.bottom)
    headline = composition.layer(Role.HEADLINE)
    assert headline is not None
    assert found["Find your quiet place"] == pytest.approx(
        (headline.box.x, headline.box.y, headline.box.right, headline.box.bottom), abs=4
    )


def test_the_merged_picture_is_the_raster_for_other_readers_too() -> None:
    composition, data = of_sample(OWN[0], 1)
    opened = campaign(OWN[0])
    expected = paint(composition, opened.photo, opened.logo)[..., 2::-1]
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PSD", (1080, 1080), "RGB")
        assert np.array_equal(np.asarray(picture), expected)
    merged = read(data).topil()
    assert merged is not None
    assert np.array_equal(np.asarray(merged), expected)


def test_all_channels_are_packed() -> None:
    layers = [layer for layer in read(of_sample(OWN[0], 1)[1]).descendants() if layer.kind == "pixel"]
    kinds = {channel.compression for layer in layers for channel in layer._channels}
    assert kinds == {Compression.RLE}


@pytest.mark.parametrize("blend", [Blend.NORMAL, Blend.MULTIPLY, Blend.SCREEN])
def test_shade_and_light_stay_blend_modes(blend: Blend) -> None:
    ground = FillLayer(Role.GROUND, Box(0, 0, 300, 250), PAPER)
    scrim = ScrimLayer(Role.SCRIM, Box(0, 0, 300, 250), INK, (0, 0), (300, 0), (0.0, 0.9), blend)
    composition, psd = of_layers(ground, scrim)
    (film,) = members(psd, 1)
    assert film.blend_mode.name == blend.name
    expected = paint(composition, PhotoPyramid(np.zeros((8, 8, 3), np.uint8)), campaign(OWN[0]).logo)[..., 2::-1]
    composed = np.asarray(psd.composite(ignore_preview=True).convert("RGB")).astype(int)
    assert np.abs(composed - expected).max() <= 3


def test_opacity_stays_editable_and_shadows_are_layers() -> None:
    ground = FillLayer(Role.GROUND, Box(0, 0, 300, 250), PAPER)
    shadow = Shadow(0, 6, 8, INK, 0.4)
    panel = FillLayer(Role.PANEL, Box(60, 60, 120, 90), INK, Outline(radius=12), 0.6, shadow)
    composition, psd = of_layers(ground, panel)
    assert tree(psd) == [("Ground", ["Ground"]), ("Panels", ["Panel shadow", "Panel"])]
    under, over = members(psd, 1)
    assert (under.opacity, over.opacity) == (102, 153)
    expected = paint(composition, PhotoPyramid(np.zeros((8, 8, 3), np.uint8)), campaign(OWN[0]).logo)[..., 2::-1]
    composed = np.asarray(psd.composite(ignore_preview=True).convert("RGB")).astype(int)
    assert np.abs(composed - expected).max() <= 3


def test_clear_pixels_keep_the_colour_of_their_layer(set_line: Any) -> None:
    block = set_line("HOH", size=60)
    _, psd = of_layers(TextLayer(Role.HEADLINE, Box(40, 90, block.width, block.height), block, INK, opacity=0.5))
    (text,) = members(psd, 0)
    array = text.numpy()
    assert text.opacity == 128
    assert array[..., 3].min() == 0
    assert array[..., 3].max() == 1
    assert np.allclose(array[..., :3] * 255, INK, atol=0.5)


def test_what_cannot_be_seen_makes_no_layer(set_line: Any) -> None:
    ground = FillLayer(Role.GROUND, Box(0, 0, 300, 250), PAPER)
    block = set_line("gone", size=60)
    outside = FillLayer(Role.ACCENT, Box(400, 10, 50, 50), INK)
    clear = TextLayer(Role.HEADLINE, Box(40, 90, block.width, block.height), block, INK, opacity=0.0)
    _, psd = of_layers(ground, outside, clear)
    assert tree(psd) == [("Ground", ["Ground"])]


def test_long_texts_make_names_that_photoshop_takes(set_line: Any) -> None:
    block = set_line("word " * 60, size=6)
    _, psd = of_layers(TextLayer(Role.DESCRIPTION, Box(10, 90, block.width, block.height), block, INK))
    (text,) = members(psd, 0)
    assert len(text.name) == 250
    assert text.name.endswith("…")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_group(role: Role) -> None:
    _, psd = of_layers(FillLayer(role, Box(10, 10, 50, 50), INK))
    ((_, names),) = tree(psd)
    assert names == [role.value.replace("_", " ").capitalize()]
