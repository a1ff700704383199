# SPDX-License-Identifier: Apache-2.0
"""What is to be drawn for a prompt, and by what."""

from dataclasses import replace
from typing import Any, NamedTuple

from affiche.errors import InvalidInput
from affiche.service.photoshoots.values import CustomPrompt, PresetPrompt, Prompt
from affiche.studio.preset import Preset
from affiche.studio.presets import PRESETS, preset_named
from affiche.studio.prompts import LONGEST, Plan, PromptNotUnderstood, understand
from affiche.studio.prompts.plan import CUSTOM


class Scene(NamedTuple):
    """``preset`` is what the studio draws; ``neural``: a scene model then paints its prompt over it. ``plan`` says what
    the studio understood of a prompt in words that it draws itself."""

    preset: Preset
    neural: bool = False
    plan: Plan | None = None


def require_known(prompt: Prompt) -> None:
    """Raises `InvalidInput` (field ``prompts``) for what no picture can be made of, whatever the product."""
    match prompt:
        case PresetPrompt():
            if prompt.preset_id not in PRESETS:
                raise InvalidInput(
                    "prompts",
                    f"There is no preset '{prompt.preset_id[:100]}'; GET ProductGeneration/PresetKeys lists them.",
                )
        case CustomPrompt():
            if not prompt.text.strip() and not (prompt.native or "").strip():
                raise InvalidInput("prompts", "A prompt is empty; say for example 'on a marble table, soft light'.")
            longest = max(len(prompt.text), len(prompt.native or ""))
            if longest > LONGEST:
                raise InvalidInput("prompts", f"A prompt has {longest} characters; at most {LONGEST} are read.")


def scene_of(prompt: Prompt, *, painter: bool = False) -> Scene:
    """The scene of a prompt; words that the studio cannot draw are for the scene model, if there is a ``painter``.
    Raises `AfficheError` with a sentence for the client when there is none."""
    require_known(prompt)
    if isinstance(prompt, PresetPrompt):
        return Scene(preset_named(prompt.preset_id))
    try:
        plan = understand(prompt.text, prompt.native)
        return Scene(plan.preset, plan=plan)
    except PromptNotUnderstood as error:
        if not painter:
            raise
        words = prompt.text.strip() or (prompt.native or "").strip()
        return Scene(replace(preset_named(error.nearest[0]), id=CUSTOM, prompt=words), neural=True)


def plan_json(plan: Plan) -> dict[str, Any]:
    """What was understood of a prompt, in names of JSON."""
    return {
        "nearestPreset": plan.nearest,
        "understood": list(plan.understood),
        "approximated": [{"asked": one.asked, "used": one.used} for one in plan.approximated],
        "ignored": list(plan.ignored),
        "coverage": plan.coverage,
    }
