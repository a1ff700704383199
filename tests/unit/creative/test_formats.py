# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.creative.formats import FORMATS, RenderKind, Shape, format_of, formats_of, kind_named
from affiche.errors import InvalidInput


def test_unions_add_up() -> None:
    assert len(formats_of(RenderKind.SOCIAL)) == 5
    assert len(formats_of(RenderKind.DISPLAY)) == 5
    assert formats_of(RenderKind.ALL) == formats_of(RenderKind.SOCIAL) + formats_of(RenderKind.DISPLAY)


def test_unset_means_post() -> None:
    assert formats_of(RenderKind.UNSET) == (format_of(RenderKind.POST),)


def test_every_concrete_kind_has_exactly_one_size() -> None:
    concrete = [kind for kind in RenderKind.__members__.values() if kind and int(kind).bit_count() == 1]
    assert sorted(format.kind for format in FORMATS) == sorted(concrete)
    assert len({format.name for format in FORMATS}) == len(FORMATS)


def test_the_unit_is_twenty_pixels_on_a_post() -> None:
    assert format_of(RenderKind.POST).unit == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("kind", "shape"), [(RenderKind.LEADER_BOARD, Shape.LEADERBOARD), (RenderKind.STORY, Shape.STORY)]
)
def test_shapes_follow_the_size(kind: RenderKind, shape: Shape) -> None:
    assert format_of(kind).shape is shape


@pytest.mark.parametrize(
    ("name", "kind"), [("Social", RenderKind.SOCIAL), ("half-page", RenderKind.HALF_PAGE), ("1023", RenderKind.ALL)]
)
def test_kinds_by_name(name: str, kind: RenderKind) -> None:
    assert kind_named(name) is kind


@pytest.mark.parametrize("name", ["3", "poster", "", "-1"])
def test_unknown_kinds_are_refused_with_the_list(name: str) -> None:
    with pytest.raises(InvalidInput, match="leaderboard") as refused:
        kind_named(name)
    assert refused.value.field == "kind"
