# SPDX-License-Identifier: Apache-2.0
"""A product that is no longer that of its photo is found out."""

import numpy as np
import pytest

from affiche.retouch.canvas import Film
from affiche.retouch.fidelity import BALANCED, STRICT, NotFaithful, fidelity, require_faithful
from affiche.retouch.finish import finished, noise_of
from affiche.samples.wares import bag

SIZE = (774, 900)


def picture(film: Film) -> np.ndarray:
    return film.over(np.full((*film.alpha.shape, 3), 255, np.float32))


def test_resampling_and_polish_keep_to_their_limits() -> None:
    source = bag(700)
    film = Film.of(source, *SIZE)
    plain = require_faithful(source, picture(film), STRICT)
    polished = require_faithful(source, picture(finished(film)), BALANCED)
    assert plain.cells == polished.cells > 1000
    assert plain.mean < 0.3
    assert plain.mean < polished.mean


def test_one_altered_block_is_enough_to_fail() -> None:
    source = bag(700)
    altered = picture(Film.of(source, *SIZE))
    altered[500:516, 380:396] = (40, 90, 200)
    assert fidelity(source, altered).mean < STRICT.mean
    with pytest.raises(NotFaithful, match="CIEDE2000"):
        require_faithful(source, altered, BALANCED)


def test_a_shift_of_all_colours_fails() -> None:
    source = bag(700)
    shifted = picture(Film.of(source, *SIZE)).astype(np.int32) + (12, 0, -4)
    with pytest.raises(NotFaithful):
        require_faithful(source, np.clip(shifted, 0, 255).astype(np.uint8), STRICT)


def test_polish_calms_noise() -> None:
    noise = np.random.default_rng(3).normal(0, 6, (200, 200, 3))
    noisy = Film(np.clip(128 + noise, 0, 255).astype(np.float32), np.ones((200, 200), np.float32))
    assert noise_of(noisy) > 2
    assert noise_of(finished(noisy)) < noise_of(noisy)
