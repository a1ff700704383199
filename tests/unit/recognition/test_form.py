# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.images.native import cv2
from affiche.recognition.form import Form, form_of
from affiche.recognition.silhouette import Silhouette, silhouette_of
from affiche.samples.tabletop import Product, Stage, tabletop
from affiche.samples.wares import bag, bottle
from tests.unit.recognition.outlines import BLOB, BOTTLE, BOX, TUBE, Pixels, drawn, rounded


def measured(cutout: Pixels) -> Silhouette:
    silhouette = silhouette_of(cutout)
    assert silhouette is not None
    return silhouette


@pytest.mark.parametrize(
    ("cutout", "form"),
    [
        (drawn(BOTTLE), Form.BOTTLE),
        (drawn(TUBE, size=(240, 700)), Form.TUBE),
        (drawn(TUBE, size=(240, 700))[::-1], Form.TUBE),
        (drawn(rounded(0.9, 0.06, 0.94, 0.05), size=(320, 600)), Form.CAN),
        (drawn(rounded(0.9, 0.08, 0.90, 0.08), size=(500, 480)), Form.JAR),
        (drawn(BLOB), Form.PRODUCT),
        (drawn(BOX), Form.PRODUCT),
        (bottle(600), Form.BOTTLE),
        (bag(600), Form.BAG),
    ],
)  # fmt: skip
def test_outlines_are_named_where_they_tell(cutout: Pixels, form: Form) -> None:
    assert form_of(measured(cutout), printed=False) is form


def test_a_rectangle_is_a_pack_only_with_print_on_it() -> None:
    assert form_of(measured(drawn(BOX)), printed=True) is Form.PACK
    assert form_of(measured(drawn(BLOB)), printed=True) is Form.PRODUCT


@pytest.mark.parametrize(("product", "form"), [(Product.MUG, Form.MUG), (Product.BOTTLE, Form.BOTTLE)])
def test_rendered_products_are_known_by_their_outlines(product: Product, form: Form) -> None:
    scene = tabletop(product, Stage.PAPER)
    assert form_of(measured(np.dstack([scene.rgb, scene.alpha])), printed=False) is form


def test_forms_do_not_hang_on_size_or_place() -> None:
    small = cv2.resize(bottle(600), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    placed = np.zeros((600, 500, 4), np.uint8)
    placed[400 : 400 + small.shape[0], 300 : 300 + small.shape[1]] = small
    assert form_of(measured(placed), printed=False) is Form.BOTTLE


def test_nothing_has_no_silhouette() -> None:
    assert silhouette_of(np.zeros((50, 40, 4), np.uint8)) is None
