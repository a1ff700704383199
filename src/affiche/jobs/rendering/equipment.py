# SPDX-License-Identifier: Apache-2.0
"""What an operator gives render processes to work with, and how it gets to them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from affiche.settings import Settings


@dataclass(frozen=True, slots=True)
class Equipment:
    """``shared`` is a folder for what all render processes of the machine map, ``scene_model`` that of the weights to
    paint scenes with; ``cutout_model`` and ``cutout_family`` are as in the settings. "" for none."""

    shared: str = ""
    scene_model: str = ""
    cutout_model: str = ""
    cutout_family: str = ""

    @classmethod
    def of(cls, settings: "Settings") -> Self:
        return cls(str(settings.plates), settings.scene_model, settings.cutout_model, settings.cutout_family)

    @property
    def plates(self) -> Path | None:
        """Where the studio unpacks its plates."""
        return Path(self.shared) if self.shared else None

    def to_text(self) -> str:
        """For the command line of a render process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, told: str) -> Self:
        """What `to_text` gave."""
        return cls(**json.loads(told))


EMPTY_HANDED: Final = Equipment()
