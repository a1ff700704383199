# SPDX-License-Identifier: Apache-2.0
"""What must hold for every creative of every brief in every size, measured on the composition and on its pixels."""

import numpy as np
import pytest

from affiche.creative.composition import Box, Composition, FillLayer, LogoLayer, Role, TextLayer
from affiche.creative.formats import FORMATS, Format
from affiche.creative.measures import elements
from affiche.creative.proof import contrast_with
from affiche.measuring import faces_covered
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint_behind
from tests.pictures.briefs import Case, campaign, cases

VARIANTS = 5
TEXTS = (Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.ACTION)
SUBJECT_SHARE = 0.35


@pytest.fixture(scope="module")
def cache() -> PaintCache:
    return PaintCache()


def compositions(case: Case, format: Format) -> list[Composition]:
    return [campaign(case).compose(format, variant, VARIANTS) for variant in range(1, VARIANTS + 1)]


def texts(composition: Composition) -> list[TextLayer]:
    return [layer for layer in composition.layers if isinstance(layer, TextLayer)]


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_geometry_holds(case: Case, format: Format) -> None:
    for composition in compositions(case, format):
        where = f"{case.name} {format.name} v{composition.variant} {composition.arrangement}"
        for layer in texts(composition):
            assert composition.canvas.contains(layer.box), f"{where}: {layer.role} leaves the canvas"
            assert_ink_inside(layer, where)
        assert_no_overlaps(composition, where)
        assert_button_holds_its_text(composition, where)
        assert_everything_is_said(case, composition, where)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_texts_keep_off_faces_and_subject(case: Case, format: Format) -> None:
    for composition in compositions(case, format):
        where = f"{case.name} {format.name} v{composition.variant} {composition.arrangement}"
        on_photo = [layer for layer in texts(composition) if not on_panel(composition, layer)]
        hidden = faces_covered(elements(composition), composition.faces)
        assert hidden == 0, f"{where}: an element hides a face"
        subject = composition.subject
        photo = composition.layer(Role.PHOTO)
        # A scene that fills half of its picture is no distinct subject.
        if subject is not None and photo is not None and 0 < subject.area < 0.5 * photo.box.area:
            covered = sum(layer.box.intersection(subject).area for layer in on_photo)
            assert covered <= SUBJECT_SHARE * subject.area, f"{where}: texts hide the subject"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_contrast_holds_on_the_painted_pixels(case: Case, cache: PaintCache) -> None:
    opened = campaign(case)
    for format in FORMATS:
        for composition in compositions(case, format):
            for layer in texts(composition):
                behind = paint_behind(composition, layer.role, opened.photo, opened.logo, cache)
                pixels = behind[rows(layer.box), columns(layer.box), 2::-1].reshape(-1, 3)[::3].astype(np.float32)
                large = layer.role is Role.HEADLINE and layer.block.size >= 24
                required = 3.0 if large or layer.role is Role.ICON else 4.5
                contrast = contrast_with(pixels, layer.colour)
                where = f"{case.name} {format.name} v{composition.variant} {composition.arrangement} {layer.role}"
                assert contrast >= required, f"{where}: {contrast:.2f}:1"


def rows(box: Box) -> slice:
    return slice(max(0, int(box.y)), max(1, int(box.bottom + 1)))


def columns(box: Box) -> slice:
    return slice(max(0, int(box.x)), max(1, int(box.right + 1)))


def on_panel(composition: Composition, layer: TextLayer) -> bool:
    """Whether the text stands on a panel or ground that hides the photo."""
    grounds = [other for other in composition.layers if other.role in (Role.PANEL, Role.GROUND, Role.BUTTON)]
    photo = composition.layer(Role.PHOTO)
    if photo is None or photo.box.intersection(layer.box).area == 0:
        return True
    above = composition.layers[composition.layers.index(photo) + 1 :]
    return any(ground in above and ground.box.contains(layer.box, 2.0) for ground in grounds)


def assert_ink_inside(layer: TextLayer, where: str) -> None:
    block = layer.block
    slack = 0.12 * block.size
    for line in block.lines:
        left, top, right, bottom = line.ink
        assert left >= -slack, f"{where}: '{line.text}' starts left of its box"
        assert right <= block.width + slack, f"{where}: '{line.text}' leaves its box"
        assert top >= -0.5 * block.size, f"{where}: '{line.text}' rises out of its box"
        assert bottom <= block.height + 0.45 * block.size, f"{where}: '{line.text}' hangs out of its box"


def assert_no_overlaps(composition: Composition, where: str) -> None:
    wanted = (Role.HEADLINE, Role.PUNCHLINE, Role.DESCRIPTION, Role.BUTTON, Role.LOGO)
    boxes = [(layer.role, layer.box) for layer in composition.layers if layer.role in wanted]
    for place, (role, box) in enumerate(boxes):
        for other_role, other in boxes[place + 1 :]:
            shared = box.intersection(other)
            assert shared.area <= 1.0, f"{where}: {role} and {other_role} overlap"


def assert_button_holds_its_text(composition: Composition, where: str) -> None:
    button = next(layer for layer in composition.layers if isinstance(layer, FillLayer) and layer.role is Role.BUTTON)
    for layer in texts(composition):
        if layer.role in (Role.ACTION, Role.ICON):
            assert button.box.contains(layer.box, 1.0), f"{where}: {layer.role} leaves the button"


def assert_everything_is_said(case: Case, composition: Composition, where: str) -> None:
    """Headline, button and logo always stay; the rest is there or reported as dropped."""
    roles = {layer.role for layer in composition.layers}
    assert {Role.HEADLINE, Role.ACTION, Role.BUTTON, Role.LOGO} <= roles, where
    said = {layer.role: "".join(layer.block.text.split()) for layer in texts(composition)}
    assert said[Role.HEADLINE] == "".join(case.headline.split()), where
    assert any(isinstance(layer, LogoLayer) for layer in composition.layers), where
    assert (Role.PUNCHLINE in roles) != ("punchline" in composition.dropped), where
    if not composition.format.is_banner:
        assert "punchline" not in composition.dropped, where
    if case.description:
        assert (Role.DESCRIPTION in roles) != ("description" in composition.dropped), where
    assert (Role.ICON in roles) != ("icon" in composition.dropped), where
