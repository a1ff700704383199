# SPDX-License-Identifier: Apache-2.0
"""Direction: embedding levels of a text (UAX #9) and the visual order of the runs of one line."""

from collections.abc import Sequence
from functools import lru_cache

from bidi import algorithm

from affiche.typography.scripts import writing_of


@lru_cache(maxsize=512)
def levels(text: str) -> tuple[int, ...]:
    """The embedding level of each character; even levels read from left to right. The first strong character of the
    text decides its base direction (rules P2 and P3)."""
    if not writing_of(text).has_rtl:
        return (0,) * len(text)
    base = base_level(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    plain = [character["level"] for character in storage["chars"]]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = [character["level"] for character in storage["chars"]]
    # Explicit marks are removed from the storage (rule X9); a text that has them keeps its base level there.
    return tuple(resolved) if len(resolved) == len(text) else _spread(text, resolved, plain)


def base_level(text: str) -> int:
    """0 for left to right, 1 for right to left."""
    return int(algorithm.get_base_level(text))


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The order in which runs of these levels stand on the line from left to right (rule L2)."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level % 2]
    if not odd:
        return order
    for level in range(max(run_levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if run_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order


def _spread(text: str, resolved: list[int], plain: list[int]) -> tuple[int, ...]:
    """Levels for a text with explicit marks: each removed mark takes the level of its neighbour."""
    marks = algorithm.X9_REMOVED
    spread: list[int] = []
    place = 0
    for character, fallback in zip(text, plain, strict=True):
        if algorithm.bidirectional(character) in marks or place >= len(resolved):
            spread.append(spread[-1] if spread else fallback)
            continue
        spread.append(resolved[place])
        place += 1
    return tuple(spread)
