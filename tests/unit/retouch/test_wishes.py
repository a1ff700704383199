# SPDX-License-Identifier: Apache-2.0
"""Wishes that come in fields, on their way through a database."""

import json

import pytest

from affiche.images.colour import Colour
from affiche.retouch.instructions import wishes_of
from affiche.retouch.wishes import Wishes


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(),
        Wishes(keep_background=True, aspect=0.8, margin=0.1),
        Wishes(shadow=False, ground=Colour(244, 239, 230), light=True, colour=False),
    ],
)
def test_wishes_come_back_from_json_as_they_were(wishes: Wishes) -> None:
    assert Wishes.from_json(json.loads(json.dumps(wishes.to_json()))) == wishes


def test_what_is_left_to_the_treatment_is_not_told() -> None:
    assert Wishes().to_json() == {}
    assert Wishes(shadow=False).to_json() == {"shadow": False}


def test_words_count_more_than_fields() -> None:
    heard = wishes_of("no shadow, 4:5", Wishes(shadow=True, light=False))
    assert (heard.shadow, heard.aspect, heard.light) == (False, 0.8, False)
