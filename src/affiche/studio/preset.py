# SPDX-License-Identifier: Apache-2.0
"""What a preset is."""

from dataclasses import dataclass
from enum import StrEnum

from affiche.studio.look import Look


class Category(StrEnum):
    """The groups in which integrators show presets."""

    MONOCHROME = "monochrome"
    GRADIENT = "gradient"
    STUDIO = "studio"
    FABRIC = "fabric"
    NATURE = "nature"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Preset:
    """``id`` and ``prompt`` are what integrators know; a preset belongs to a ``category`` or, if seasonal, is found
    by its ``tags``. ``stage`` names the plate and ``look`` says how it is developed. ``mirrored`` stages are seen in
    the looking-glass: a second picture of one plate."""

    id: str
    prompt: str
    stage: str
    look: Look
    category: Category | None = None
    tags: tuple[str, ...] = ()
    mirrored: bool = False

    @property
    def name(self) -> str:
        """The id as a title."""
        return " ".join(word.capitalize() for word in self.id.split("_"))
