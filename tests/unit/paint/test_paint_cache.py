# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.paint.cache import PaintCache


def block(size: int) -> np.ndarray:
    return np.zeros(size, np.uint8)


def test_an_entry_is_made_once_and_cannot_be_written() -> None:
    cache, calls = PaintCache(), []
    for _ in range(2):
        array = cache.get("key", lambda: calls.append(1) or block(10))  # type: ignore[func-returns-value]
    assert len(calls) == 1
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_the_least_recently_used_entries_leave_first_and_the_limit_holds() -> None:
    cache = PaintCache(capacity=1000)
    for number in range(5):
        cache.get(number, lambda: block(200))
    cache.get(0, lambda: block(200))
    cache.get(5, lambda: block(200))
    made: list[int] = []
    cache.get(0, lambda: made.append(0) or block(200))  # type: ignore[func-returns-value]
    cache.get(1, lambda: made.append(1) or block(200))  # type: ignore[func-returns-value]
    assert made == [1]
    assert cache.held <= 1000


def test_an_array_too_large_for_the_cache_is_given_but_not_kept() -> None:
    cache = PaintCache(capacity=1000)
    assert cache.get("large", lambda: block(300)).size == 300
    assert (len(cache), cache.held) == (0, 0)


def test_a_token_belongs_to_one_object_even_after_its_death() -> None:
    cache = PaintCache()
    first = block(4)
    token = cache.token(first)
    assert cache.token(first) == token
    seen = {token}
    del first
    for _ in range(50):
        seen_before = len(seen)
        seen.add(cache.token(block(4)))
        assert len(seen) == seen_before + 1
