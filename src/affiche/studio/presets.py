# SPDX-License-Identifier: Apache-2.0
"""The catalogue: each preset is a plate with its colours and light, under the name that integrators know it by."""

from typing import Final

from affiche.errors import AfficheError
from affiche.studio import monochrome, scenery
from affiche.studio.preset import Preset

PRESETS: Final[dict[str, Preset]] = {one.id: one for one in (*monochrome.CATALOGUE, *scenery.CATALOGUE)}


class UnknownPreset(AfficheError):
    """No preset has this id."""

    code = "unknown_preset"

    def __init__(self, preset: str) -> None:
        super().__init__(f"There is no preset '{preset}'; 'affiche studio presets' lists them.")


def preset_named(preset: str) -> Preset:
    """The preset of an id; raises `UnknownPreset`."""
    try:
        return PRESETS[preset]
    except KeyError:
        raise UnknownPreset(preset) from None
