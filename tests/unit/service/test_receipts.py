# SPDX-License-Identifier: Apache-2.0
from affiche.service.creatives.receipts import Moved, brief_digest, compared

THEN = {"brief": "b", "seed": 7, "engine": {"affiche": "1", "numpy": "2"}, "fonts": {"Inter 700": "f"}, "result": "r"}


def test_equal_receipts_have_nothing_that_moved() -> None:
    assert compared(THEN, dict(THEN)) == []


def test_what_moved_is_named_in_the_receipts_order() -> None:
    now = THEN | {"result": "s", "engine": {"affiche": "1", "numpy": "3"}, "brief": "c"}
    assert compared(THEN, now) == [Moved("brief", "b", "c"), Moved("engine.numpy", "2", "3"), Moved("result", "r", "s")]


def test_what_came_and_what_went_have_moved_too() -> None:
    now = THEN | {"fonts": {"Noto Sans 700": "n"}}
    assert compared(THEN, now) == [Moved("fonts.Inter 700", "f", None), Moved("fonts.Noto Sans 700", None, "n")]


def test_a_briefs_digest_depends_on_its_words_and_not_on_the_order_of_its_keys() -> None:
    one = brief_digest({"headline": "Söder", "colours": ["#000000", "#ffffff"]})
    assert one == brief_digest({"colours": ["#000000", "#ffffff"], "headline": "Söder"})
    assert one != brief_digest({"headline": "Söder", "colours": ["#ffffff", "#000000"]})
    assert one != brief_digest({"headline": "Soder", "colours": ["#000000", "#ffffff"]})
