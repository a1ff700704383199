# SPDX-License-Identifier: Apache-2.0
"""What the photoshoot operations carry: their own fields, and the bodies that they answer with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from affiche.api.adcreative import fields
from affiche.api.adcreative.fields import Field, PictureField, WrongValue, not_valid
from affiche.api.adcreative.references import Json
from affiche.api.adcreative.schemas import PROCESS, TASK_ID
from affiche.service.photoshoots.errors import BackgroundNotRemoved
from affiche.service.photoshoots.gallery import Addresses
from affiche.service.photoshoots.values import (
    MOST_PROMPTS,
    CustomPrompt,
    PhotoFormat,
    PhotoshootProgress,
    PresetPrompt,
    Prompt,
    Recommended,
)
from affiche.studio.preset import Preset

ASSET: Final = "10e8c6a8-5fc8-452c-a01c-53c87ac9aac5"
PROMPTS_EXAMPLE: Final = (
    '[{"tag":"preset","preset":"white_background"},'
    '{"tag":"custom","prompt":"on a slate counter, soft morning light","nativeLanguagePrompt":null}]'
)
FORMATS: Final[Mapping[int, PhotoFormat]] = {0: PhotoFormat.PNG, 1: PhotoFormat.JPEG, 2: PhotoFormat.PDF}
NAME_LIMIT, DESCRIPTION_LIMIT = 255, 1000


def _prompts(raw: str, label: str) -> tuple[Prompt, ...]:
    """A JSON array of prompt objects, written as one text."""
    try:
        entries = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise not_valid(raw) from error
    if not isinstance(entries, list):
        raise not_valid(raw)
    if not 1 <= len(entries) <= MOST_PROMPTS:
        raise WrongValue(f"The field {label} must hold 1 to {MOST_PROMPTS} prompts; it holds {len(entries)}.")
    wrong: list[str] = []
    prompts: list[Prompt] = []
    for number, entry in enumerate(entries, 1):
        try:
            prompts.append(_prompt(entry, number))
        except WrongValue as error:
            wrong += error.messages
    if wrong:
        raise WrongValue(*wrong)
    return tuple(prompts)


def _prompt(entry: Any, number: int) -> Prompt:
    if not isinstance(entry, dict):
        raise WrongValue(f"Prompt {number} is not an object; send a tag with a preset or a prompt.")
    match entry.get("tag"):
        case "preset":
            return PresetPrompt(_text(entry, "preset", number))
        case "custom":
            native = entry.get("nativeLanguagePrompt")
            return CustomPrompt(
                _text(entry, "prompt", number), None if native is None else _text(entry, "nativeLanguagePrompt", number)
            )
    raise WrongValue(f"The tag of prompt {number} is neither 'custom' nor 'preset'.")


def _text(entry: Mapping[str, Any], name: str, number: int) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise WrongValue(f"The {name} of prompt {number} must be a text.")
    if fields.UNPRINTABLE.search(value):
        raise WrongValue(f"The {name} of prompt {number} holds characters that cannot be read.")
    return value


def _format(raw: str, label: str) -> PhotoFormat:
    value = fields.parse_integer(raw, label)
    if value not in FORMATS:
        raise not_valid(raw)
    return FORMATS[value]


PRODUCT: Final = PictureField(
    "productImage",
    {"type": "string", "format": "binary"},
    "A photo of the product: JPEG, PNG or WebP.",
    if_missing=("The request does not contain a file. Please make sure to upload the file.",),
    too_large=BackgroundNotRemoved.too_large,
)
ASSET_ID: Final = fields.guid(
    "productImageAssetId", "The backgroundRemovedImageAssetId that Recommendations gave.", ASSET
)
PROMPTS: Final[Field[tuple[Prompt, ...]]] = Field(
    "PromptObjectsString",
    _prompts,
    {"type": "string"},
    True,
    (),
    f"A JSON array of 1 to {MOST_PROMPTS} prompts, written as text: presets and prompts in words, also mixed.",
    PROMPTS_EXAMPLE,
)
PRODUCT_NAME: Final = fields.text("productName", NAME_LIMIT, "What the product is.", "kettle")
PRODUCT_DESCRIPTION: Final = fields.text(
    "productDescription", DESCRIPTION_LIMIT, "How it looks.", "A matte steel kettle with a wooden handle."
)
DISABLE_SAFE_MARGIN: Final = fields.boolean(
    "DisableSafeMargin", "Make a Landscape 1200x628 instead of 1674x628; other sizes have no margin.", default=False
)
USE_SAME_STYLE: Final = fields.boolean(
    "UseSameStyleReferenceImage",
    "Blend the scene's colours with the product's; false draws the scene as it is.",
    default=True,
)
PHOTOSHOOT_ID: Final = fields.guid("imageProductGeneratorProcessId", "The photoshoot.", PROCESS)
PHOTO_TASK_ID: Final = replace(TASK_ID, description="The task whose picture is wanted.")
PHOTO_FORMAT: Final[Field[PhotoFormat]] = Field(
    "format",
    _format,
    {"type": "integer", "format": "int32", "enum": sorted(FORMATS), "default": 0},
    False,
    PhotoFormat.PNG,
    "0 PNG, 1 JPEG, 2 PDF 1.6 with the stored picture in it as it is.",
    0,
)
DETAILS: Final = fields.boolean(
    "details",
    "Ours: add for every finished picture what was drawn (preset, plan of a prompt in words) and how faithfully.",
    default=False,
)


def presets_body(presets: Iterable[Preset], addresses: Addresses) -> list[Json]:
    """The array of section 8.1."""
    return [
        {
            "id": preset.id,
            "previewImageUrl": addresses.preview(preset.id),
            "previewName": preset.name,
            "promptText": preset.prompt,
            "tags": [*preset.tags],
            "categories": [{"name": preset.category.value}] if preset.category else [],
            "isOldPreset": False,
        }
        for preset in presets
    ]


def recommended_body(found: Recommended) -> dict[str, Json]:
    """The object of section 8.2."""
    return {
        "productInfo": {"productName": found.product_name, "productDescription": found.product_description},
        "backgroundRemovedImageAssetId": str(found.asset_id),
        "recommendedPrompts": [*found.prompts],
        "recommendedPresetIds": [*found.preset_ids],
    }


def started_body(started: PhotoshootProgress) -> dict[str, Json]:
    """The progress object of section 8.3: as that of creatives, but with no render kind."""
    return _progress_body(started, {"tasks": {str(task): state for task, state in started.progress.tasks.items()}})


def checked_body(found: PhotoshootProgress) -> dict[str, Json]:
    """The progress object of section 8.4: addresses in the place of the states, and our details if asked for."""
    urls: list[Json] = [
        {"taskId": str(task), "renderState": state, "publicImageUrl": found.urls[task]}
        for task, state in found.progress.tasks.items()
    ]
    body = _progress_body(found, {"taskUrls": urls})
    if found.details is not None:
        body["details"] = {str(task): dict(detail) for task, detail in found.details.items()}
    return body


def _progress_body(shown: PhotoshootProgress, tasks: dict[str, Json]) -> dict[str, Json]:
    progress = shown.progress
    ids: dict[str, Json] = {
        "messageType": progress.message_type,
        "requestRenderState": progress.state,
        "applicationId": str(progress.application_id),
        "userId": str(progress.user_id),
        "imageRenderProcessId": str(progress.process_id),
        "totalTaskCount": progress.total,
        "completedTaskCount": progress.completed,
        "progress": progress.progress,
    }
    outcome: dict[str, Json] = {
        "renderType": progress.render_type,
        "isSuccessful": progress.is_successful,
        "errorMessage": progress.error_message,
    }
    return ids | tasks | outcome
