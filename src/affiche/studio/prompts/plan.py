# SPDX-License-Identifier: Apache-2.0
"""What becomes of a prompt: a plan, or a refusal that says why."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from affiche.errors import AfficheError, InvalidInput
from affiche.studio.preset import Preset

LONGEST: Final = 1000
"""Characters of a prompt at most."""

THRESHOLD: Final = 0.35
"""Coverage below which the studio would draw something else than was asked for."""

CUSTOM: Final = "custom"
"""The id of presets that are made of a prompt."""


class Approximation(NamedTuple):
    """What was ``asked`` for, in the prompt's words, and what is ``used`` instead."""

    asked: str
    used: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the studio makes of a prompt. ``preset`` is what it draws and ``nearest`` the id of the shipped preset that
    it started from. ``understood`` and ``ignored`` are phrases of the prompt, ``approximated`` those that something
    near stands in for. ``coverage`` (0..1) is the share of the prompt, by weight, that the picture shows."""

    preset: Preset
    nearest: str
    understood: tuple[str, ...]
    approximated: tuple[Approximation, ...]
    ignored: tuple[str, ...]
    coverage: float


class PromptTooLong(InvalidInput):
    """A prompt is longer than `LONGEST`."""

    code = "prompt_too_long"

    def __init__(self, length: int) -> None:
        super().__init__("prompt", f"The prompt has {length} characters; at most {LONGEST} are read. Shorten it.")


class PromptNotUnderstood(AfficheError):
    """Too little of a prompt can be drawn. ``nearest`` are the ids of the three shipped presets that come closest and
    ``ignored`` the phrases that cannot be drawn."""

    code = "prompt_not_understood"

    def __init__(self, coverage: float, ignored: tuple[str, ...], nearest: tuple[str, ...]) -> None:
        missing = ", ".join(f"'{_shortened(phrase)}'" for phrase in ignored[:4])
        reason = f" It cannot show {missing}." if missing else " It names nothing that can be shown."
        super().__init__(
            f"The studio can draw {coverage:.0%} of this prompt, which is less than {THRESHOLD:.0%}.{reason} "
            "Name a surface, a backdrop, a light or a season, for example 'on a marble table, soft morning light'; "
            f"the nearest presets are {', '.join(nearest)}."
        )
        self.coverage, self.ignored, self.nearest = coverage, ignored, nearest


def _shortened(phrase: str, most: int = 40) -> str:
    return phrase if len(phrase) <= most else phrase[: most - 1].rstrip() + "…"
