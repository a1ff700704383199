# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.creative.composition import Box, Composition, PhotoLayer, Role, ScrimLayer
from affiche.creative.formats import Format, RenderKind, Shape
from affiche.creative.proof import Proof, SmallPhoto, contrast_with, reaches, veil_opacity_for
from affiche.images.blending import Blend, blended
from affiche.images.colour import Colour
from affiche.images.resample import PhotoPyramid
from affiche.paint.raster import paint
from affiche.vision.logo import read_logo

WHITE, BLACK, TEAL, PALE = Colour(255, 255, 255), Colour(0, 0, 0), Colour(31, 78, 95), Colour(225, 230, 240)


@pytest.mark.parametrize(("blend", "ink"), [(Blend.MULTIPLY, WHITE), (Blend.SCREEN, BLACK)])
def test_the_proof_measures_shade_and_light_as_the_raster_paints_them(blend: Blend, ink: Colour) -> None:
    rows, columns = np.mgrid[0:200, 0:240]
    pixels = np.dstack([60 + rows // 2, 200 - columns // 2, columns]).astype(np.uint8)
    photo, logo = PhotoPyramid(pixels), read_logo(np.full((4, 8, 4), 255, np.uint8))
    whole, colour = Box(0, 0, 240, 200), Colour(70, 90, 140)
    layers = (
        PhotoLayer(Role.PHOTO, whole, whole),
        ScrimLayer(Role.SCRIM, whole, colour, (0, 20), (0, 120), (0.0, 0.8), blend),
    )
    size = Format(RenderKind.POST, "test", 240, 200, Shape.SQUARE)
    proof = Proof(240, 200, SmallPhoto(photo))
    for layer in layers:
        proof.lay(layer)
    painted = paint(Composition(size, 1, "test", 1, layers), photo, logo)[..., 2::-1].astype(np.float32)
    place = Box(20, 70, 30, 18)
    behind = painted[70:88, 20:50].reshape(-1, 3)
    assert proof.contrast(place, ink) == pytest.approx(contrast_with(behind, ink), rel=0.01)


def test_what_is_bright_has_the_say_in_the_colour_and_hues_that_differ_agree_little() -> None:
    def bright(*halves: Colour) -> tuple[Colour, float]:
        pixels = np.concatenate([np.full((100, 200, 3), half, np.uint8) for half in halves])
        photo, whole = PhotoPyramid(pixels), Box(0, 0, 200, 100.0 * len(halves))
        proof = Proof(200, 100 * len(halves), SmallPhoto(photo))
        proof.lay(PhotoLayer(Role.PHOTO, whole, whole))
        return proof.bright(whole)

    sky, sand, night = Colour(150, 190, 240), Colour(230, 200, 140), Colour(40, 30, 10)
    assert bright(sky, night)[0].blue > 220
    assert bright(sky, night)[1] > 0.8
    assert bright(sky, sand)[1] < 0.4
    assert bright(Colour(180, 180, 180))[1] < 0.01


@pytest.mark.parametrize("ink", [WHITE, BLACK, TEAL], ids=["white", "black", "teal"])
@pytest.mark.parametrize("need", [1.5, 3.0, 4.5, 7.0])
def test_what_reaches_a_contrast_has_it(ink: Colour, need: float) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (40, 300, 3)).astype(np.float32)
    dark, light = noise * 0.3, 255 - noise * 0.3
    for pixels in (*noise, *dark, *light, noise[0, :1], dark[0, :19]):
        assert reaches(pixels, ink, need) == (contrast_with(pixels, ink) >= need)


def test_the_veil_is_as_thin_as_it_may_be() -> None:
    pixels = np.random.default_rng(5).integers(60, 256, (400, 3)).astype(np.float32)
    opacity = veil_opacity_for(pixels, TEAL, WHITE, 4.5)

    def veiled(share: float) -> np.ndarray:
        return (pixels + (np.array(TEAL, np.float32) - pixels) * np.float32(share)).astype(np.float32)

    assert contrast_with(veiled(opacity), WHITE) >= 4.5
    assert contrast_with(veiled(opacity - 1 / 64), WHITE) < 4.5


@pytest.mark.parametrize(("blend", "veil", "ink"), [(Blend.MULTIPLY, TEAL, WHITE), (Blend.SCREEN, PALE, BLACK)])
def test_shade_and_light_are_as_faint_as_they_may_be(blend: Blend, veil: Colour, ink: Colour) -> None:
    pixels = np.random.default_rng(6).integers(60, 200, (400, 3)).astype(np.float32)
    opacity = veil_opacity_for(pixels, veil, ink, 9.0, blend)
    way = blended(pixels, veil, blend) - pixels
    assert contrast_with(pixels + way * np.float32(opacity), ink) >= 9.0
    assert contrast_with(pixels + way * np.float32(opacity - 1 / 64), ink) < 9.0
