# SPDX-License-Identifier: Apache-2.0
"""Schemas of the bodies that the dialect answers with, and one example of each."""

from typing import Any, Final

from affiche.api.enhancement.editions import presets_json
from affiche.service.enhancements.faults import SENTENCES
from affiche.service.enhancements.values import ItemStatus, Status

Schema = dict[str, Any]

REQUEST: Final = "req_4k2m7q9t1v3x5z8b0c6d2f4g"
BATCH: Final = "614c0031-8636-466e-9d40-c7c43c8769b6"
_UUID: Final[Schema] = {"type": "string", "format": "uuid"}
_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
_REQUEST_ID: Final[Schema] = {"type": "string", "pattern": "^req_[0-9a-z]{24}$"}


def _object(properties: Schema, *optional: str) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


_STATUS: Final[Schema] = {"type": "string", "enum": [each.value for each in Status]}
_SUMMARY: Final[Schema] = {
    "id": _UUID,
    "status": _STATUS,
    "total_items": _COUNT,
    "credits_reserved": _COUNT,
    "sandbox": {"type": "boolean"},
}
_ITEM: Final = _object(
    {
        "id": _UUID,
        "external_id": _or_null(_TEXT),
        "status": {"type": "string", "enum": [each.value for each in ItemStatus]},
        "credits_reserved": _COUNT,
        "credits_used": _COUNT,
        "result_url": _or_null(_TEXT | {"description": "A PNG; there while the result is kept."}),
        "thumbnail_url": _or_null(_TEXT | {"description": "A PNG that fits 512 pixels."}),
        "error_code": _or_null({"type": "string", "enum": list(SENTENCES)}),
        "error_message": _or_null(_TEXT),
        "notes": {
            "type": "array",
            "items": _TEXT,
            "description": "What of the instructions was not honoured, and what a person should look at.",
        },
    },
    "notes",
)
_BATCH: Final = _object(
    {
        "id": _UUID,
        "status": _STATUS,
        "total_items": _COUNT,
        "completed_items": _COUNT,
        "failed_items": _COUNT,
        "credits_reserved": _COUNT,
        "credits_used": _COUNT,
        "sandbox": {"type": "boolean"},
        "items": {"type": "array", "items": _reference("Item")},
        "created_at": _MOMENT,
        "completed_at": _or_null(_MOMENT),
    }
)
_IMAGE_JOB: Final = _object(
    {
        "id": _UUID,
        "status": _STATUS,
        "sandbox": {"type": "boolean"},
        "total_results": _COUNT,
        "credits_reserved": _COUNT,
        "created_at": _MOMENT,
        "completed_results": _COUNT,
        "failed_results": _COUNT,
        "updated_at": _MOMENT,
        "completed_at": _or_null(_MOMENT),
    }
)
_RESULT: Final = _object(
    _ITEM["properties"] | {"source_url": _or_null(_TEXT | {"description": "null where words alone were given."})},
    "notes",
)
_ERROR: Final = _object({"code": _TEXT, "message": _TEXT, "request_id": _REQUEST_ID})


def _accepted(noun: str, component: str = "Summary") -> Schema:
    return _object({noun: _reference(component), "remaining_paid_credits": _COUNT, "request_id": _REQUEST_ID})


_LISTED: Final = _object({"id": _TEXT, "name": _TEXT, "description": _TEXT})
_OPERATION: Final = _object({"id": _TEXT, "name": _TEXT, "credits_per_image": _COUNT, "description": _TEXT})

COMPONENTS: Final[dict[str, Schema]] = {
    "Summary": _object(_SUMMARY),
    "Item": _ITEM,
    "Batch": _BATCH,
    "Error": _object({"error": _ERROR}),
    "AcceptedEnhancement": _accepted("enhancement"),
    "AcceptedJob": _accepted("job"),
    "Enhancement": _object({"enhancement": _reference("Batch"), "request_id": _REQUEST_ID}),
    "Job": _object({"job": _reference("Batch"), "request_id": _REQUEST_ID}),
    "Jobs": _object(
        {
            "jobs": {"type": "array", "items": _reference("Summary")},
            "request_id": _REQUEST_ID,
            "next_cursor": _or_null(_MOMENT),
        }
    ),
    "ImageJob": _IMAGE_JOB,
    "Result": _RESULT,
    "AcceptedImageJob": _accepted("job", "ImageJob"),
    "ImageJobReport": _object(
        {
            "job": _reference("ImageJob"),
            "results": {"type": "array", "items": _reference("Result")},
            "request_id": _REQUEST_ID,
        }
    ),
    "Presets": _object({"presets": {"type": "array", "items": _LISTED}, "request_id": _REQUEST_ID}),
    "Operations": _object({"operations": {"type": "array", "items": _OPERATION}, "request_id": _REQUEST_ID}),
}

_SUMMARY_EXAMPLE: Final = {
    "id": BATCH,
    "status": "queued",
    "total_items": 2,
    "credits_reserved": 10,
    "sandbox": False,
}
_ITEMS_EXAMPLE: Final = [
    {
        "id": "db5bfd90-055b-4f80-a2ed-ef04b96c7b81",
        "external_id": "sku_001",
        "status": "completed",
        "credits_reserved": 5,
        "credits_used": 5,
        "result_url": "https://files.example/files/results/vT3kq0.png",
        "thumbnail_url": "https://files.example/files/thumbnails/vT3kq0.png",
        "error_code": None,
        "error_message": None,
    },
    {
        "id": "286b3818-51e3-4a46-9660-6d023c737abd",
        "external_id": "sku_002",
        "status": "failed",
        "credits_reserved": 5,
        "credits_used": 0,
        "result_url": None,
        "thumbnail_url": None,
        "error_code": "invalid_source_url",
        "error_message": SENTENCES["invalid_source_url"],
    },
]
_BATCH_EXAMPLE: Final = {
    "id": BATCH,
    "status": "partially_completed",
    "total_items": 2,
    "completed_items": 1,
    "failed_items": 1,
    "credits_reserved": 10,
    "credits_used": 5,
    "sandbox": False,
    "items": _ITEMS_EXAMPLE,
    "created_at": "2031-03-04T09:15:20Z",
    "completed_at": "2031-03-04T09:17:02Z",
}
_IMAGE_JOB_EXAMPLE: Final = {
    "id": BATCH,
    "status": "queued",
    "sandbox": False,
    "total_results": 1,
    "credits_reserved": 5,
    "created_at": "2031-03-04T09:15:20Z",
    "completed_results": 0,
    "failed_results": 0,
    "updated_at": "2031-03-04T09:15:20Z",
    "completed_at": None,
}
_IMAGE_JOB_ENDED: Final = _IMAGE_JOB_EXAMPLE | {
    "status": "completed",
    "completed_results": 1,
    "updated_at": "2031-03-04T09:17:02Z",
    "completed_at": "2031-03-04T09:17:02Z",
}
_RESULT_EXAMPLE: Final = _ITEMS_EXAMPLE[0] | {"source_url": "https://shop.example/shoe.jpg"}
_OPERATION_EXAMPLE: Final = {
    "id": "studio_packshot",
    "name": "Studio packshot",
    "credits_per_image": 5,
    "description": "The product on white.",
}
EXAMPLES: Final[dict[str, Any]] = {
    "AcceptedEnhancement": {"enhancement": _SUMMARY_EXAMPLE, "remaining_paid_credits": 85, "request_id": REQUEST},
    "AcceptedJob": {"job": _SUMMARY_EXAMPLE, "remaining_paid_credits": 85, "request_id": REQUEST},
    "Enhancement": {"enhancement": _BATCH_EXAMPLE, "request_id": REQUEST},
    "Job": {"job": _BATCH_EXAMPLE, "request_id": REQUEST},
    "Jobs": {"jobs": [_SUMMARY_EXAMPLE], "request_id": REQUEST, "next_cursor": "2031-03-04T09:15:20.123456Z"},
    "AcceptedImageJob": {"job": _IMAGE_JOB_EXAMPLE, "remaining_paid_credits": 85, "request_id": REQUEST},
    "ImageJobReport": {"job": _IMAGE_JOB_ENDED, "results": [_RESULT_EXAMPLE], "request_id": REQUEST},
    "Presets": presets_json() | {"request_id": REQUEST},
    "Operations": {"operations": [_OPERATION_EXAMPLE], "request_id": REQUEST},
}
