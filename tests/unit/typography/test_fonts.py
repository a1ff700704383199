# SPDX-License-Identifier: Apache-2.0
import pickle

import pytest

from affiche.typography.fonts import UnknownFont, canonical, face, families


@pytest.mark.parametrize("name", ["playfair display", "PlayfairDisplay", "playfair-display", "PLAYFAIR_DISPLAY"])
def test_families_are_found_in_any_spelling(name: str) -> None:
    assert canonical(name) == "Playfair Display"


def test_an_unknown_family_is_refused_with_the_list() -> None:
    with pytest.raises(UnknownFont) as refused:
        face("Comic Sans", 400)
    assert all(family in str(refused.value) for family in families())


@pytest.mark.parametrize("family", families())
def test_measures_are_plausible(family: str) -> None:
    for weight in (400, 600, 700):
        found = face(family, weight)
        assert 0.6 < found.cap_height < 0.8
        assert 0.45 < found.x_height < found.cap_height
        assert 0.8 < found.ascent < 1.3
        assert 0.1 < found.descent < 0.5


def test_faces_travel_between_processes() -> None:
    found = face("Poppins", 700)
    assert pickle.loads(pickle.dumps(found)) == found
