# SPDX-License-Identifier: Apache-2.0
"""Schemas of the bodies that the photoshoot operations answer with, and one example of each."""

from typing import Any, Final

from affiche.api.adcreative.photoshoot_fields import ASSET
from affiche.api.adcreative.references import Json
from affiche.api.adcreative.schemas import APPLICATION, PROCESS, TASK, USER

Schema = dict[str, Any]

_GUID: Final[Schema] = {"type": "string", "format": "uuid"}
_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_INTEGER: Final[Schema] = {"type": "integer", "format": "int32"}
_NUMBER: Final[Schema] = {"type": "number"}
_BOOLEAN: Final[Schema] = {"type": "boolean"}


def _object(properties: Schema, *optional: str) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


_HEAD: Final[Schema] = {
    "messageType": _TEXT,
    "requestRenderState": {**_INTEGER, "description": "1 running, 5 complete, 4 complete with failed tasks."},
    "applicationId": _GUID,
    "userId": _GUID,
    "imageRenderProcessId": {**_GUID, "description": "What queries call imageProductGeneratorProcessId."},
    "totalTaskCount": _INTEGER,
    "completedTaskCount": _INTEGER,
    "progress": {**_INTEGER, "minimum": 0, "maximum": 100},
}
_TAIL: Final[Schema] = {
    "renderType": _INTEGER,
    "isSuccessful": {**_BOOLEAN, "description": "true once every picture is done."},
    "errorMessage": _TEXT,
}
_TASK_URL: Final = _object({"taskId": _GUID, "renderState": _INTEGER, "publicImageUrl": _or_null(_TEXT)})
_PLAN: Final = _object(
    {
        "nearestPreset": {**_TEXT, "description": "The preset that the scene started from."},
        "understood": _TEXTS,
        "approximated": _array(_object({"asked": _TEXT, "used": _TEXT})),
        "ignored": _TEXTS,
        "coverage": {**_NUMBER, "description": "0..1: the share of the prompt that the picture shows."},
    }
)
_DIFFERENCE: Final[Schema] = {"mean": _NUMBER, "most": _NUMBER, "ssim": _NUMBER, "cells": _INTEGER}
_LIMITS: Final = _object({"mean": _NUMBER, "most": _NUMBER})
_PLACE: Final = _object(dict.fromkeys(("x", "y", "width", "height"), _INTEGER))
_FIDELITY: Final = _object(
    {
        "verdict": {**_TEXT, "description": "faithful, or unmeasured where too little of the product is opaque."},
        "unit": _TEXT,
        "product": {**_object(_DIFFERENCE), "description": "Over the whole product, away from its edges."},
        "label": _object(_DIFFERENCE | {"places": _array(_PLACE)}),
        "allowed": _LIMITS,
        "measured": {**_NUMBER, "description": "0..1: the share of the product that was compared."},
        "worst": _or_null(_PLACE),
        "lighting": _or_null(_object({"mean": _NUMBER, "most": _NUMBER, "allowed": _LIMITS})),
    }
)
_DRAWN: Final[Schema] = {
    "preset": {**_TEXT, "description": "Its id; custom for a scene in words."},
    "variant": {**_INTEGER, "description": "Which picture of the scene, from 1."},
    "personal": {**_BOOLEAN, "description": "Whether the scene's colours were blended with the product's."},
    "plan": {**_or_null(_PLAN), "description": "What was made of a prompt in words; null for presets."},
    "fidelity": _or_null(_FIDELITY),
}

COMPONENTS: Final[dict[str, Schema]] = {
    "PresetList": _array(
        _object(
            {
                "id": _TEXT,
                "previewImageUrl": {**_TEXT, "description": "A WebP that needs no credentials."},
                "previewName": _TEXT,
                "promptText": _TEXT,
                "tags": _TEXTS,
                "categories": _array(_object({"name": _TEXT})),
                "isOldPreset": _BOOLEAN,
            }
        )
    ),
    "Recommendations": _object(
        {
            "productInfo": _object({"productName": _TEXT, "productDescription": _TEXT}),
            "backgroundRemovedImageAssetId": _GUID,
            "recommendedPrompts": _TEXTS,
            "recommendedPresetIds": _TEXTS,
        }
    ),
    "StartedPhotoshoot": _object(
        _HEAD | {"tasks": {"type": "object", "additionalProperties": _INTEGER}} | _TAIL,
    ),
    "Photoshoot": _object(
        _HEAD
        | {"taskUrls": _array(_TASK_URL)}
        | _TAIL
        | {
            "details": {
                "type": "object",
                "additionalProperties": _object(_DRAWN),
                "description": "Ours, with details=true: the finished pictures by task id.",
            }
        },
        "details",
    ),
    "PhotoshootList": _array(_reference("Photoshoot")),
    "PhotoReceipt": _object(
        {
            "taskId": _GUID,
            "imageRenderProcessId": _GUID,
            "prompt": {"type": "object", "description": "As it was sent."},
            "cutout": {**_TEXT, "description": "SHA-256 of the cut-out."},
            "size": {**_array(_INTEGER), "description": "Width and height in px."},
            "seed": _INTEGER | {"format": "int64"},
            "neural": {**_BOOLEAN, "description": "Whether a scene model painted around the product."},
            "engine": {"type": "object", "additionalProperties": _TEXT},
            "result": {**_TEXT, "description": "SHA-256 of the PNG that Download sends."},
        }
        | _DRAWN
    ),
    "PhotoshootError": _object(
        {
            "errors": {"type": "object", "additionalProperties": _TEXTS},
            "type": _TEXT,
            "title": _TEXT,
            "status": _INTEGER,
            "traceId": _TEXT,
        }
    ),
}

_HEAD_EXAMPLE: Final[dict[str, Json]] = {
    "messageType": "ImageProductGenerationProgress",
    "requestRenderState": 1,
    "applicationId": APPLICATION,
    "userId": USER,
    "imageRenderProcessId": PROCESS,
    "totalTaskCount": 1,
    "completedTaskCount": 0,
    "progress": 0,
}
_TAIL_EXAMPLE: Final[dict[str, Json]] = {"renderType": 4, "isSuccessful": False, "errorMessage": ""}
_DONE: Final[dict[str, Json]] = {"requestRenderState": 5, "completedTaskCount": 1, "progress": 100}
_FIDELITY_EXAMPLE: Final[dict[str, Json]] = {
    "verdict": "faithful",
    "unit": "CIEDE2000",
    "product": {"mean": 0.31, "most": 1.72, "ssim": 0.9981, "cells": 5200},
    "label": {"mean": 0.28, "most": 1.4, "ssim": 0.9978, "cells": 610, "places": []},
    "allowed": {"mean": 1.0, "most": 4.0},
    "measured": 0.93,
    "worst": {"x": 812, "y": 344, "width": 4, "height": 4},
    "lighting": {"mean": 3.1, "most": 8.4, "allowed": {"mean": 12.0, "most": 30.0}},
}

EXAMPLES: Final[dict[str, Json]] = {
    "PresetList": [
        {
            "id": "on_platform_natural_beige_background",
            "previewImageUrl": "https://example.com/assets/ai-product-preset/on_platform_natural_beige_background.webp",
            "previewName": "On Platform Natural Beige Background",
            "promptText": "on a platform, in front of a natural beige background",
            "tags": [],
            "categories": [{"name": "monochrome"}],
            "isOldPreset": False,
        }
    ],
    "Recommendations": {
        "productInfo": {
            "productName": "kettle",
            "productDescription": "A matte steel kettle with a wooden handle.",
        },
        "backgroundRemovedImageAssetId": ASSET,
        "recommendedPrompts": [
            "on a slate counter in soft morning light",
            "on a linen cloth beside dried flowers",
            "on a cedar shelf in front of a sage wall",
            "on a marble ledge with long shadows",
        ],
        "recommendedPresetIds": [
            "white_background",
            "light_grey_background",
            "natural_beige_background",
            "light_blue_background",
            "gray_shadowy_room_sunlight_streaming_studio",
            "gray_shadowy_room_sunlight_streaming_neutral",
        ],
    },
    "StartedPhotoshoot": _HEAD_EXAMPLE | {"tasks": {TASK: 1}} | _TAIL_EXAMPLE,
    "PhotoshootList": [
        _HEAD_EXAMPLE
        | _DONE
        | {
            "taskUrls": [
                {
                    "taskId": TASK,
                    "renderState": 5,
                    "publicImageUrl": "https://example.com/files/photoshoots/d3f0c1b9-a4d6-4c7f-a8d5-6a9d3f2c1b0e.png",
                }
            ]
        }
        | _TAIL_EXAMPLE
        | {"isSuccessful": True}
    ],
    "PhotoReceipt": {
        "taskId": TASK,
        "imageRenderProcessId": PROCESS,
        "prompt": {"tag": "preset", "preset": "white_background"},
        "preset": "white_background",
        "plan": None,
        "cutout": "9f2c" * 16,
        "size": [1674, 628],
        "variant": 1,
        "seed": 2670505628,
        "neural": False,
        "personal": True,
        "engine": {"affiche": "1.0.0"},
        "fidelity": _FIDELITY_EXAMPLE,
        "result": "4be1" * 16,
    },
}
