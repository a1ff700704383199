# SPDX-License-Identifier: Apache-2.0
"""What the studio is to draw for a prompt."""

from affiche.errors import InvalidInput
from affiche.service.photoshoots.values import PresetPrompt, Prompt
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS, preset_named


def require_known(prompt: Prompt) -> None:
    """Raises `InvalidInput` (field ``prompts``) for what no picture can be made of, whatever the product."""
    if not isinstance(prompt, PresetPrompt):
        raise InvalidInput("prompts", "Prompts in words are not drawn by this server yet; name presets.")
    if prompt.preset_id not in PRESETS:
        raise InvalidInput(
            "prompts", f"There is no preset '{prompt.preset_id[:100]}'; GET ProductGeneration/PresetKeys lists them."
        )


def plan_of(prompt: Prompt) -> Preset:
    """The scene of a prompt. Raises `AfficheError` with a sentence for the client when there is none."""
    require_known(prompt)
    assert isinstance(prompt, PresetPrompt)
    return preset_named(prompt.preset_id)
