# SPDX-License-Identifier: Apache-2.0
"""A product that is no longer that of its photo is found out."""

import json

import numpy as np
import pytest

from affiche.fidelity import Limits, NotFaithful, Unlit, Verdict, measured, require_faithful
from affiche.images.decode import decode_photo
from affiche.retouch.canvas import Film
from affiche.retouch.finish import finished, noise_of
from affiche.retouch.preservation import BALANCED, STRICT
from affiche.samples.wares import bag
from tests.doubles.carton import carton

SIZE = (774, 900)


def picture(film: Film) -> np.ndarray:
    return film.over(np.full((*film.alpha.shape, 3), 255, np.float32))


def test_resampling_and_polish_keep_to_their_limits() -> None:
    source = bag(700)
    film = Film.of(source, *SIZE)
    plain = require_faithful(measured(source, picture(film), STRICT)).product
    polished = require_faithful(measured(source, picture(finished(film)), BALANCED)).product
    assert plain.cells == polished.cells > 1000
    assert plain.mean < 0.3
    assert plain.mean < polished.mean
    assert plain.ssim > polished.ssim > 0.9


def test_one_altered_block_is_enough_to_fail() -> None:
    source = bag(700)
    altered = picture(Film.of(source, *SIZE))
    altered[500:516, 380:396] = (40, 90, 200)
    receipt = measured(source, altered, BALANCED, at=(100, 50))
    assert receipt.product.mean < STRICT.mean
    assert receipt.worst is not None
    assert 478 <= receipt.worst.x <= 496
    assert 548 <= receipt.worst.y <= 566
    with pytest.raises(NotFaithful, match="CIEDE2000") as refused:
        require_faithful(receipt)
    assert refused.value.receipt is receipt


def test_a_shift_of_all_colours_fails() -> None:
    source = bag(700)
    shifted = picture(Film.of(source, *SIZE)).astype(np.int32) + (12, 0, -4)
    with pytest.raises(NotFaithful):
        require_faithful(measured(source, np.clip(shifted, 0, 255).astype(np.uint8), STRICT))


def test_light_is_held_against_its_own_bound() -> None:
    source = bag(700)
    dark = np.dstack([source[..., :3] // 2, source[..., 3]])
    shown = picture(Film.of(dark, *SIZE))
    told = [measured(dark, shown, STRICT, Unlit(source, allowed)) for allowed in (Limits(40, 60), Limits(5, 60))]
    assert [one.verdict for one in told] == [Verdict.FAITHFUL, Verdict.NOT_FAITHFUL]
    assert told[0].lighting is not None
    assert told[0].lighting.mean > 5
    with pytest.raises(NotFaithful, match="allowed 5 and 60"):
        require_faithful(told[1])


def test_a_receipt_is_json_and_its_map_a_picture() -> None:
    source = carton(700)
    shown = picture(Film.of(source, 343, 490))
    plain = measured(source, shown, STRICT)
    shown[70:90, 100:120] = shown[120:140, 30:50]
    told = measured(source, shown, STRICT)
    assert json.loads(json.dumps(told.to_json()))["verdict"] == "not_faithful"
    maps = [decode_photo(one.difference_map).astype(int) for one in (plain, told)]
    assert max(maps[0].shape) == 424
    reds = [((one[..., 0] - one[..., 1]) > 60).sum() for one in maps]
    assert reds[0] == 0 < reds[1]


def test_what_shows_too_little_of_itself_is_unmeasured() -> None:
    thin = np.full((400, 6, 4), 255, np.uint8)
    receipt = measured(thin, np.zeros((400, 6, 3), np.uint8), STRICT)
    assert receipt.verdict is Verdict.UNMEASURED
    assert require_faithful(receipt).worst is None


def test_polish_calms_noise() -> None:
    noise = np.random.default_rng(3).normal(0, 6, (200, 200, 3))
    noisy = Film(np.clip(128 + noise, 0, 255).astype(np.float32), np.ones((200, 200), np.float32))
    assert noise_of(noisy) > 2
    assert noise_of(finished(noisy)) < noise_of(noisy)
