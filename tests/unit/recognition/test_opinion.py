# SPDX-License-Identifier: Apache-2.0
import numpy as np
import simplejpeg

from affiche.recognition.opinion import LONGEST_NAME, LONGEST_PROMPT, Opinion, completed, shown
from affiche.recognition.recommendation import Recommendation
from affiche.samples.wares import bag
from affiche.studio.presets import PRESETS

IDS = tuple(PRESETS)
OWN = Recommendation("bag", "A bag.", tuple(f"on a shelf number {place}" for place in range(4)), IDS[:6])


def test_no_opinion_changes_nothing() -> None:
    assert completed(Opinion(), OWN) == OWN


def test_a_whole_opinion_is_taken() -> None:
    prompts = ("on a beach at dawn", "on a slate table", "on a cedar shelf", "in front of a lilac wall")
    opinion = Opinion("Totes & Co tote bag", "A terracotta tote bag.", prompts, IDS[10:16])
    made = completed(opinion, OWN)
    assert (made.product_name, made.product_description) == ("Totes & Co tote bag", "A terracotta tote bag.")
    assert (made.prompts, made.preset_ids) == (prompts, IDS[10:16])


def test_what_does_not_hold_is_completed() -> None:
    opinion = Opinion(
        "", "", ("on a beach at dawn", "ON A BEACH AT DAWN", "x"), ("no_such_preset", IDS[3], IDS[3], IDS[20])
    )
    made = completed(opinion, OWN)
    assert made.product_name == "bag"
    assert made.prompts == ("on a beach at dawn", *OWN.prompts[:3])
    assert made.preset_ids == (IDS[3], IDS[20], IDS[0], IDS[1], IDS[2], IDS[4])


def test_too_much_is_cut() -> None:
    opinion = Opinion("n" * 9999, "<b>bold</b>\u202e", tuple(f"{place} " + "p" * 9999 for place in range(9)), IDS)
    made = completed(opinion, OWN)
    assert len(made.product_name) == LONGEST_NAME
    assert made.product_description == "b bold /b"
    assert len(made.prompts) == 4
    assert all(len(prompt) == LONGEST_PROMPT for prompt in made.prompts)
    assert made.preset_ids == IDS[:6]


def test_a_product_is_shown_on_white_and_not_larger_than_needed() -> None:
    picture = simplejpeg.decode_jpeg(shown(bag(1100)))
    assert max(picture.shape[:2]) == 768
    assert (picture[:20, :20] > 245).all()
    assert (np.median(picture[400:500, 300:400].reshape(-1, 3), axis=0) < 230).any()
