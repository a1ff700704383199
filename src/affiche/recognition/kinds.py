# SPDX-License-Identifier: Apache-2.0
"""What kinds of products there are, and the world that each lives in."""

from dataclasses import dataclass
from enum import StrEnum


class World(StrEnum):
    """Where a product is at home; scenes are chosen by it."""

    CARE = "care"
    FRAGRANCE = "fragrance"
    FOOD = "food"
    DRINK = "drink"
    SPIRITS = "spirits"
    HOUSEHOLD = "household"
    HEALTH = "health"
    TECHNOLOGY = "technology"
    FASHION = "fashion"
    PLAY = "play"
    INTERIOR = "interior"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Kind:
    """``noun`` is English, as in "a bottle of shampoo" or, if ``counted``, "a lamp". ``vessel`` is what a rectangular
    pack of it is called, ``bottle`` what its bottles are made of, empty if that differs. ``weak`` kinds are also
    ingredients: another word for what it is comes first."""

    noun: str
    world: World
    vessel: str = "pack"
    bottle: str = ""
    counted: bool = False
    weak: bool = False
