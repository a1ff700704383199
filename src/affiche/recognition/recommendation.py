# SPDX-License-Identifier: Apache-2.0
"""From a cut-out to what can be recommended for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.recognition.appearance import appearance_of
from affiche.recognition.colour_names import named_shares
from affiche.recognition.description import colour_words, sentence
from affiche.recognition.form import Form, form_of
from affiche.recognition.kinds import World
from affiche.recognition.prompts import written_prompts
from affiche.recognition.scenes import chosen_presets
from affiche.recognition.silhouette import silhouette_of
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS

Pixels = NDArray[np.uint8]

PROMPT_COUNT: Final = 4
PRESET_COUNT: Final = 6

_WORLDS: Final = {Form.BAG: World.FASHION, Form.MUG: World.INTERIOR}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``product_name`` and ``product_description`` are English, with names from the label as printed; ``prompts`` are
    4 different scenes in words, ``preset_ids`` 6 different presets, the most fitting first."""

    product_name: str
    product_description: str
    prompts: tuple[str, ...]
    preset_ids: tuple[str, ...]


def recommend(cutout: Pixels, presets: Mapping[str, Preset] = PRESETS) -> Recommendation:
    """What RGBA pixels (height, width, 4; straight alpha) show, and scenes for it.

    All of it comes from the picture; the same pixels give the same answer. Raises `InvalidInput` if nothing is opaque.
    """
    silhouette = silhouette_of(cutout)
    if silhouette is None:
        raise InvalidInput("cutout", "Nothing in it is opaque; cut a product out first.")
    appearance = appearance_of(cutout)
    form = form_of(silhouette, printed=False)
    world = _WORLDS.get(form, World.ANYTHING)
    chosen = chosen_presets(world, appearance, presets.values(), PRESET_COUNT)
    prompts = written_prompts(world, appearance, [preset.stage for preset in chosen], PROMPT_COUNT)
    description = sentence(colour_words(named_shares(appearance.colours)), form)
    return Recommendation(form.value, description, prompts, tuple(preset.id for preset in chosen))
