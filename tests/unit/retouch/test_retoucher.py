# SPDX-License-Identifier: Apache-2.0
"""From files to finished pictures, on products whose true outlines are known."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.fidelity.colour_difference import ciede2000
from affiche.images.colour import Colour
from affiche.images.decode import decode_picture
from affiche.images.errors import UnreadableImage
from affiche.images.png import png_rgba
from affiche.retouch import Retouched, Retoucher
from affiche.retouch.light import MOST_SHIFT, Gains
from affiche.retouch.preservation import BALANCED, STRICT, Preservation
from affiche.retouch.retoucher import SCENE, TREATMENTS
from affiche.retouch.scenes import Mood
from affiche.retouch.wishes import Wishes
from affiche.samples.tabletop import Product, Stage, Tabletop, tabletop
from affiche.samples.wares import bottle
from affiche.service.enhancements.values import OPERATIONS, PRESETS
from affiche.studio.prompts import PromptNotUnderstood
from affiche.vision.cutout import Cutout, State, UnknownForeground
from affiche.vision.cutout.cutting import finished

RETOUCHER = Retoucher()


@cache
def scene(product: Product) -> Tabletop:
    return tabletop(product, Stage.SHADOW)


@cache
def photo(product: Product = Product.BOTTLE) -> bytes:
    rgb = scene(product).rgb
    return png_rgba(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))


@cache
def done(treatment: str, preservation: str = "strict", instructions: str = "") -> Retouched:
    return RETOUCHER.retouch(photo(), treatment, preservation, instructions)


def test_every_treatment_of_the_wire_is_known() -> None:
    offered = {preset.preset_id for preset in PRESETS} | {operation.operation_id for operation in OPERATIONS}
    assert offered == TREATMENTS
    for level in Preservation:
        assert done("remove_background", level.value).pixels.shape == (480, 600, 4)


@pytest.mark.parametrize(("level", "limits"), [("strict", STRICT), ("balanced", BALANCED)])
def test_a_packshot_is_white_around_the_product_and_keeps_its_colours(level: str, limits: tuple[float, float]) -> None:
    made = done("single_product_white_background", level)
    assert (made.pixels[:8] == 255).all()
    assert (made.pixels[-4:] == 255).all()
    assert (made.pixels[:, :8] == 255).all()
    assert made.receipt["shadow"] is True
    assert made.receipt["gains"]["shift"] <= MOST_SHIFT
    found = made.receipt["fidelity"]
    assert found["product"]["cells"] > 100
    assert found["product"]["mean"] < limits[0]
    assert found["product"]["most"] < limits[1]
    assert made.notes == ()


def test_the_product_itself_is_within_bounds_of_the_photo() -> None:
    """Measured on the true outline, without the receipt: what a client could measure."""
    truth, made = scene(Product.BOTTLE), done("marketplace_clean").pixels
    rows, columns = (np.flatnonzero((truth.alpha > 127).any(axis)) for axis in (1, 0))
    tall = rows[-1] + 1 - rows[0]
    scale = 0.85 * made.shape[0] / tall
    middle = (columns[0] + columns[-1] + 1) / 2, (rows[0] + rows[-1] + 1) / 2
    apart = []
    for x, y in ((0.0, -0.1), (0.0, 0.1), (-0.1, 0.2), (0.1, 0.3)):
        source = truth.rgb[round(middle[1] + y * tall), round(middle[0] + x * tall)]
        result = made[round(made.shape[0] / 2 + y * tall * scale), round(made.shape[1] / 2 + x * tall * scale)]
        apart.append(float(ciede2000(source[None, None], result[None, None])[0, 0]))
    assert max(apart) <= MOST_SHIFT + STRICT.most


def test_the_same_file_gives_the_same_bytes() -> None:
    again = Retoucher().retouch(photo(), "studio_packshot", "balanced", "4:5 canvas")
    assert again.content == done("studio_packshot", "balanced", "4:5 canvas").content


def test_a_removed_background_is_clear_and_the_product_untouched() -> None:
    made, truth = done("remove_background").pixels, scene(Product.BOTTLE)
    assert (made[0] == 0).all()
    opaque = made[..., 3] == 255
    assert (opaque & (truth.alpha == 255)).sum() > 0.95 * (truth.alpha == 255).sum()
    assert (made[opaque][:, :3] == truth.rgb[opaque]).mean() > 0.97
    assert decode_picture(done("remove_background").thumbnail).shape == (410, 512, 4)


def test_tone_keeps_the_picture() -> None:
    made, rgb = done("product_photo_enhance"), scene(Product.BOTTLE).rgb
    assert made.pixels.shape == rgb.shape
    assert ciede2000(rgb, made.pixels).mean() <= MOST_SHIFT + STRICT.mean


@pytest.mark.parametrize("level", ["strict", "balanced"])
def test_tone_of_a_dull_photo_keeps_all_of_it_within_bounds(level: str) -> None:
    """A light that the product could take, but not the brighter table around it, would be refused in the end."""
    rgb = scene(Product.BOTTLE).rgb
    dull = np.where(scene(Product.BOTTLE).alpha[..., None] > 0, rgb * 0.3, rgb * 0.6).astype(np.uint8)
    made = RETOUCHER.retouch(
        png_rgba(np.dstack([dull, np.full(dull.shape[:2], 255, np.uint8)])), "product_photo_enhance", level
    )
    light = made.receipt["fidelity"]["lighting"]
    assert 4 < light["mean"] <= light["allowed"]["mean"]
    assert made.pixels.mean() > dull.mean() + 8, "it was brightened"


@pytest.mark.parametrize("mood", list(Mood))
def test_scenes_of_the_studio_are_chosen_the_same_each_time(mood: Mood) -> None:
    made = done(mood, "creative")
    assert made.pixels.shape[0] == made.pixels.shape[1]
    assert 640 <= made.pixels.shape[0] < 800, "no larger than its small product is sharp"
    assert made.receipt["scene"] == Retoucher().retouch(photo(), mood, "creative").receipt["scene"]
    assert made.pixels.reshape(-1, 3).std(0).min() > 5


def test_instructions_change_the_picture_or_are_told_back() -> None:
    made = done("studio_packshot", "strict", "4:5 canvas, margin 20%, no shadow, background #F4EFE6. Add a palm tree")
    height, width = made.pixels.shape[:2]
    assert width / height == pytest.approx(0.8, abs=0.01)
    assert tuple(made.pixels[0, 0]) == (0xF4, 0xEF, 0xE6)
    rows = np.flatnonzero((made.pixels[..., 2] < 150).any(1))
    assert (rows[-1] - rows[0]) / height == pytest.approx(0.6, abs=0.02)
    assert made.receipt["shadow"] is False
    assert made.notes == ('Not honoured: "Add a palm tree".',)
    assert done("studio_packshot", "strict", "keep the background").pixels.shape == (480, 600, 3)
    assert done("remove_background", "strict", "no shadow").notes == ("Not honoured by this treatment: shadow.",)


def test_a_cut_out_that_comes_as_one_is_set_as_it_is() -> None:
    made = RETOUCHER.retouch(png_rgba(bottle(500)), "marketplace_clean", "strict")
    assert made.receipt["gains"]["shift"] == 0
    assert made.receipt["shadow"] is True
    assert made.notes == (
        f"The picture has {max(made.pixels.shape)} px a side, as the product is small in the photo; marketplaces ask for 1600.",
    )
    large = RETOUCHER.retouch(png_rgba(bottle(1400)), "marketplace_clean", "strict")
    assert max(large.pixels.shape) >= 1600
    assert large.notes == ()


def test_an_uncertain_outline_is_told() -> None:
    class Unsure:
        def cut(self, rgb: NDArray[np.uint8]) -> Cutout:
            return finished(np.dstack([rgb, scene(Product.MUG).alpha]), 0.4, State.LOW_CONFIDENCE)

    made = Retoucher(Unsure()).retouch(photo(Product.MUG), "studio_packshot", "strict")
    assert made.notes == ("The outline of the product is uncertain; look at its edges before using the picture.",)


def test_what_cannot_be_retouched_says_why() -> None:
    blank = png_rgba(np.full((200, 200, 4), 255, np.uint8))
    with pytest.raises(UnknownForeground):
        RETOUCHER.retouch(blank, "studio_packshot", "strict")
    assert RETOUCHER.retouch(blank, "product_photo_enhance", "strict").notes[0].startswith("No product")
    with pytest.raises(UnreadableImage):
        RETOUCHER.retouch(b"no picture", "studio_packshot", "strict")
    with pytest.raises(InvalidInput, match="treatment"):
        RETOUCHER.retouch(photo(), "face_lift", "strict")
    with pytest.raises(InvalidInput, match="preservation"):
        RETOUCHER.retouch(photo(), "studio_packshot", "loose")


def test_wishes_in_fields_are_honoured() -> None:
    plain = Wishes(ground=Colour(0xF4, 0xEF, 0xE6), shadow=False, light=False, colour=False)
    made = RETOUCHER.retouch(photo(), "studio_packshot", "strict", wishes=plain)
    assert tuple(made.pixels[0, 0]) == (0xF4, 0xEF, 0xE6)
    assert made.receipt["shadow"] is False
    assert made.receipt["gains"] == Gains()._asdict()
    assert done("studio_packshot").receipt["gains"] != Gains()._asdict(), "by itself the treatment brightens"
    lit = RETOUCHER.retouch(photo(), "remove_background", "strict", wishes=Wishes(light=True))
    assert lit.receipt["gains"] != Gains()._asdict()
    assert done("remove_background").receipt["gains"] == Gains()._asdict()


def test_variants_of_one_photo_are_framed_differently() -> None:
    for variant, share in ((1, 0.85), (2, 0.75), (3, 0.92)):
        made = RETOUCHER.retouch(photo(), "studio_packshot", "strict", wishes=Wishes(shadow=False), variant=variant)
        rows = np.flatnonzero((made.pixels < 200).any((1, 2)))
        assert float(rows[-1] + 1 - rows[0]) / made.pixels.shape[0] == pytest.approx(share, abs=0.015)


def test_a_prompt_makes_a_scene_and_tells_what_is_missing() -> None:
    prompt = "on a marble table, soft morning light, with a golden sax"
    made = RETOUCHER.retouch(photo(), SCENE, "strict", prompt, Wishes(aspect=0.8))
    height, width = made.pixels.shape[:2]
    assert width / height == pytest.approx(0.8, abs=0.01)
    assert made.receipt["scene"] == "marble_and_gold"
    assert 0.35 < made.receipt["coverage"] < 1
    assert any("sax" in note for note in made.notes)
    empty = RETOUCHER.scene(prompt, Wishes(aspect=16 / 9))
    assert empty.pixels.shape == (900, 1600, 3)
    assert empty.receipt == {name: made.receipt[name] for name in ("scene", "coverage")}
    with pytest.raises(PromptNotUnderstood):
        RETOUCHER.scene("an elephant")
