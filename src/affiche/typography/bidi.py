# SPDX-License-Identifier: Apache-2.0
"""Direction: the embedding level of each character of a paragraph and the visual order of a line (UAX #9).

Rule names (P2, X5a, W4, N0, L2 ...) are those of the Unicode Bidirectional Algorithm.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from affiche.typography.scripts import writing_of

_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200f\u061c]")
_ISOLATES: Final = frozenset({"LRI", "RLI", "FSI"})
_REMOVED: Final = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_LEFT_TO_RIGHT_MARK: Final = "\u200e"
_DEEPEST: Final = 125
_MOST_BRACKETS: Final = 63
_BRACKETS: Final = "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣"
_CLOSES: Final = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True)) | {"\u2329": "〉"}
_CLOSING: Final = frozenset(_CLOSES.values()) | {"\u232a"}


@lru_cache(maxsize=64)
def levels(text: str) -> tuple[int, ...]:
    """The embedding level of each character of a paragraph; even levels read from left to right. The base direction is
    that of `base_level`. Characters that rule X9 removes take the level before them."""
    if not writing_of(text).has_rtl and not _CONTROLS.search(text):
        return (0,) * len(text)
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    base = base_level(text)
    pairs = _isolate_pairs(classes)
    embedded, resolved = _explicit(classes, base, pairs)
    for sequence in _sequences(embedded, classes, pairs):
        _resolve(text, sequence, embedded, resolved, classes, base, pairs)
    result, previous = [], base
    for place, kind in enumerate(classes):
        if kind not in _REMOVED:
            previous = base if kind in ("B", "S") else _implicit(embedded[place], resolved[place])
        result.append(previous)
    return tuple(result)


def base_level(text: str) -> int:
    """0 for left to right, 1 for right to left: the direction of the first strong character (P2, P3), unless that is
    a Latin letter in a copy of mostly right-to-left words, which only begins with a foreign name (HL1). A mark such as
    U+200E at the beginning settles it either way."""
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    first = _first_strong(classes, 0, len(classes))
    if first or text.startswith(_LEFT_TO_RIGHT_MARK) or not writing_of(text).has_rtl:
        return first
    return int(_balance_of_words(text, classes) > 0)


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The order in which runs of these levels stand on the line from left to right (L2)."""
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


def _first_strong(classes: Sequence[str], start: int, end: int) -> int:
    """P2 and P3 over ``start``..``end``, up to the end of an isolate."""
    depth = 0
    for kind in classes[start:end]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def _balance_of_words(text: str, classes: Sequence[str]) -> int:
    """How many words more begin with a right-to-left letter than with a left-to-right one, isolates left aside."""
    depth = balance = 0
    begun = False
    for character, kind in zip(text, classes, strict=True):
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif character.isspace():
            begun = False
        elif depth == 0 and not begun and kind in ("L", "R", "AL"):
            balance += 1 if kind != "L" else -1
            begun = True
    return balance


def _isolate_pairs(classes: Sequence[str]) -> dict[int, int]:
    """The place of the matching PDI by that of its isolate initiator (BD9)."""
    pairs, opened = {}, []
    for place, kind in enumerate(classes):
        if kind in _ISOLATES:
            opened.append(place)
        elif kind == "PDI" and opened:
            pairs[opened.pop()] = place
    return pairs


def _explicit(classes: Sequence[str], base: int, pairs: dict[int, int]) -> tuple[list[int], list[str]]:
    """Levels and classes after the explicit rules X1 to X8."""
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    embedded, resolved = [base] * len(classes), list(classes)
    too_deep_isolates = too_deep = valid = 0
    for place, kind in enumerate(classes):
        level, override, _ = stack[-1]
        if kind in ("RLE", "LRE", "RLO", "LRO") or kind in _ISOLATES:
            isolate = kind in _ISOLATES
            if isolate:
                embedded[place], resolved[place] = level, override or kind
            rtl = kind[0] == "R"
            if kind == "FSI":
                rtl = _first_strong(classes, place + 1, pairs.get(place, len(classes))) == 1
            deeper = level + 1 + (level % 2 == rtl)
            if deeper <= _DEEPEST and not too_deep_isolates and not too_deep:
                valid += isolate
                stack.append((deeper, kind[0] if kind.endswith("O") else "", isolate))
            elif isolate:
                too_deep_isolates += 1
            elif not too_deep_isolates:
                too_deep += 1
        elif kind == "PDI":
            if too_deep_isolates:
                too_deep_isolates -= 1
            elif valid:
                too_deep, valid = 0, valid - 1
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
            embedded[place], resolved[place] = stack[-1][0], stack[-1][1] or kind
        elif kind == "PDF":
            if not too_deep_isolates and too_deep:
                too_deep -= 1
            elif not too_deep_isolates and len(stack) > 1 and not stack[-1][2]:
                stack.pop()
        elif kind not in ("B", "BN"):
            embedded[place], resolved[place] = level, override or kind
    return embedded, resolved


def _sequences(embedded: Sequence[int], classes: Sequence[str], pairs: dict[int, int]) -> list[list[int]]:
    """The isolating run sequences (X10) as places in the text, without what X9 removes."""
    runs: list[list[int]] = []
    for place, kind in enumerate(classes):
        if kind in _REMOVED:
            continue
        if runs and embedded[runs[-1][-1]] == embedded[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_start = {run[0]: run for run in runs}
    continued = {pairs[run[-1]] for run in runs if run[-1] in pairs}
    sequences = []
    for run in runs:
        if run[0] in continued and classes[run[0]] == "PDI":
            continue
        sequence = list(run)
        while sequence[-1] in pairs and pairs[sequence[-1]] in by_start:
            sequence += by_start[pairs[sequence[-1]]]
        sequences.append(sequence)
    return sequences


def _resolve(
    text: str,
    sequence: list[int],
    embedded: Sequence[int],
    resolved: list[str],
    classes: Sequence[str],
    base: int,
    pairs: dict[int, int],
) -> None:
    """Weak and neutral classes of one sequence, written into ``resolved`` (W1 to N2)."""
    level = embedded[sequence[0]]
    before = next((embedded[at] for at in range(sequence[0] - 1, -1, -1) if classes[at] not in _REMOVED), base)
    if classes[sequence[-1]] in _ISOLATES and sequence[-1] not in pairs:
        after = base
    else:
        following = range(sequence[-1] + 1, len(classes))
        after = next((embedded[at] for at in following if classes[at] not in _REMOVED), base)
    sos, eos = ("RL"[max(level, other) % 2 == 0] for other in (before, after))
    kinds = [resolved[place] for place in sequence]
    _weak(kinds, sos)
    _brackets([text[place] for place in sequence], kinds, [classes[place] for place in sequence], level, sos)
    _neutral(kinds, level, sos, eos)
    for place, kind in zip(sequence, kinds, strict=True):
        resolved[place] = kind


def _weak(kinds: list[str], sos: str) -> None:
    """Rules W1 to W7, in place."""
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            previous = kinds[place - 1] if place else sos
            kinds[place] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
    strong = sos
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and ((kind in ("ES", "CS") and left == "EN") or (kind == "CS" and left == "AN")):
            kinds[place] = left
    for places in _stretches(kinds, frozenset({"ET"})):
        around = [kinds[place] for place in (places[0] - 1, places[-1] + 1) if 0 <= place < len(kinds)]
        if "EN" in around:
            for place in places:
                kinds[place] = "EN"
    strong = sos
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _brackets(signs: list[str], kinds: list[str], original: list[str], level: int, sos: str) -> None:
    """Rule N0, in place: both brackets of a pair take the direction of what they enclose."""
    own = "RL"[level % 2 == 0]
    for start, end in _bracket_pairs(signs, kinds):
        inside = {_strong(kind) for kind in kinds[start + 1 : end]}
        if own in inside:
            direction = own
        elif inside & {"L", "R"}:
            direction = next((strong for kind in reversed(kinds[:start]) if (strong := _strong(kind))), sos)
        else:
            continue
        for place in (start, end):
            kinds[place] = direction
            for mark in range(place + 1, len(kinds)):
                if original[mark] != "NSM":
                    break
                kinds[mark] = direction


def _bracket_pairs(signs: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Matching brackets in the order of the opening ones (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, sign in enumerate(signs):
        if kinds[place] != "ON":
            continue
        if sign in _CLOSES:
            if len(opened) == _MOST_BRACKETS:
                return []
            opened.append((_CLOSES[sign], place))
        elif sign in _CLOSING:
            closing = "〉" if sign == "\u232a" else sign
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == closing:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], level: int, sos: str, eos: str) -> None:
    """Rules N1 and N2, in place."""
    for places in _stretches(kinds, _NEUTRAL):
        left = _strong(kinds[places[0] - 1]) if places[0] else sos
        right = _strong(kinds[places[-1] + 1]) if places[-1] + 1 < len(kinds) else eos
        for place in places:
            kinds[place] = left if left == right else "RL"[level % 2 == 0]


def _stretches(kinds: list[str], wanted: frozenset[str]) -> list[list[int]]:
    """Maximal stretches of ``wanted`` classes, as places."""
    stretches: list[list[int]] = []
    for place, kind in enumerate(kinds):
        if kind in wanted:
            if stretches and stretches[-1][-1] == place - 1:
                stretches[-1].append(place)
            else:
                stretches.append([place])
    return stretches


def _strong(kind: str) -> str:
    """The direction a class counts as in rules N0 to N2; numbers count as R."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _implicit(level: int, kind: str) -> int:
    """Rules I1 and I2."""
    if level % 2 == 0:
        return level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
    return level + (kind != "R")
