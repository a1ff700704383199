# SPDX-License-Identifier: Apache-2.0
"""From a cut-out to what can be recommended for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.recognition.appearance import appearance_of, label_colour
from affiche.recognition.colour_names import name_of, named_shares
from affiche.recognition.description import colour_words, name_of_product, sentence
from affiche.recognition.form import Form, form_of
from affiche.recognition.identity import identity_of
from affiche.recognition.kinds import World
from affiche.recognition.label import LabelLine, LabelReader
from affiche.recognition.prompts import written_prompts
from affiche.recognition.reading import read_label
from affiche.recognition.scenes import chosen_presets
from affiche.recognition.silhouette import silhouette_of
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS

Pixels = NDArray[np.uint8]

PROMPT_COUNT: Final = 4
PRESET_COUNT: Final = 6

_SURE: Final = 0.8
_LABELLED: Final = (Form.BOTTLE, Form.JAR, Form.TUBE, Form.CAN)
_WORLDS: Final = {Form.BAG: World.FASHION, Form.MUG: World.INTERIOR}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``product_name`` and ``product_description`` are English, with names from the label as printed; ``prompts`` are
    4 different scenes in words, ``preset_ids`` 6 different presets, the most fitting first."""

    product_name: str
    product_description: str
    prompts: tuple[str, ...]
    preset_ids: tuple[str, ...]


def recommend(
    cutout: Pixels, presets: Mapping[str, Preset] = PRESETS, reader: LabelReader = read_label
) -> Recommendation:
    """What RGBA pixels (height, width, 4; straight alpha) show, and scenes for it.

    All of it comes from the picture, words from what ``reader`` reads on it; the same pixels give the same answer.
    Raises `InvalidInput` if nothing is opaque.
    """
    silhouette = silhouette_of(cutout)
    if silhouette is None:
        raise InvalidInput("cutout", "Nothing in it is opaque; cut a product out first.")
    lines = reader(cutout)
    identity = identity_of(lines)
    form = form_of(silhouette, printed=bool(identity.text))
    appearance = appearance_of(cutout)
    colours = named_shares(appearance.colours)
    world = identity.kind.world if identity.kind else _WORLDS.get(form, World.ANYTHING)
    chosen = chosen_presets(world, appearance, presets.values(), PRESET_COUNT)
    prompts = written_prompts(world, appearance, [preset.stage for preset in chosen], PROMPT_COUNT)
    label = _label(cutout, lines, colours) if form in _LABELLED else ""
    return Recommendation(
        name_of_product(identity, form),
        sentence(colour_words(_without(colours, label)), form, identity, label),
        prompts,
        tuple(preset.id for preset in chosen),
    )


def _label(cutout: Pixels, lines: Sequence[LabelLine], colours: Mapping[str, float]) -> str:
    """The name of the label's colour, if it is not that of most of the product."""
    sure = [line for line in lines if line.confidence >= _SURE]
    if not sure:
        return ""
    box = (
        min(line.left for line in sure),
        min(line.top for line in sure),
        max(line.right for line in sure),
        max(line.bottom for line in sure),
    )
    colour = label_colour(cutout, box)
    name = name_of(colour) if colour else ""
    return "" if not name or not colours or name == next(iter(colours)) else name


def _without(colours: Mapping[str, float], name: str) -> dict[str, float]:
    return {other: share for other, share in colours.items() if other != name}
