# SPDX-License-Identifier: Apache-2.0
"""A picture to take as JSON in a task's row."""

from dataclasses import dataclass
from typing import Any

from affiche.service.photoshoots.values import CustomPrompt, PresetPrompt, Prompt

_PRESET, _CUSTOM = "preset", "custom"


@dataclass(frozen=True, slots=True)
class StoredShot:
    """What is to be taken, in px; the product's name and description are kept as the client gave them."""

    prompt: Prompt
    width: int
    height: int
    personal: bool
    product_name: str
    product_description: str


def to_json(shot: StoredShot) -> dict[str, Any]:
    return {
        "prompt": prompt_json(shot.prompt),
        "width": shot.width,
        "height": shot.height,
        "personal": shot.personal,
        "productName": shot.product_name,
        "productDescription": shot.product_description,
    }


def from_json(stored: dict[str, Any]) -> StoredShot:
    return StoredShot(
        _prompt(stored["prompt"]),
        stored["width"],
        stored["height"],
        stored["personal"],
        stored["productName"],
        stored["productDescription"],
    )


def prompt_json(prompt: Prompt) -> dict[str, Any]:
    """A prompt as clients write it."""
    match prompt:
        case PresetPrompt():
            return {"tag": _PRESET, "preset": prompt.preset_id}
        case CustomPrompt():
            return {"tag": _CUSTOM, "prompt": prompt.text, "nativeLanguagePrompt": prompt.native}


def _prompt(stored: dict[str, Any]) -> Prompt:
    if stored["tag"] == _PRESET:
        return PresetPrompt(stored["preset"])
    return CustomPrompt(stored["prompt"], stored["nativeLanguagePrompt"])
