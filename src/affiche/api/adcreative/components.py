# SPDX-License-Identifier: Apache-2.0
"""Schemas of the bodies that the dialect answers with, and one example of each."""

from typing import Any, Final

from affiche.api.adcreative.references import Json
from affiche.api.adcreative.schemas import APPLICATION, PROCESS, SUCCESS, TASK, USER

Schema = dict[str, Any]

GUID: Final[Schema] = {"type": "string", "format": "uuid"}
TEXT: Final[Schema] = {"type": "string"}
INTEGER: Final[Schema] = {"type": "integer", "format": "int32"}
BOOLEAN: Final[Schema] = {"type": "boolean"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
NOTHING: Final[Schema] = {"type": "null"}
ID: Final[Schema] = {"type": "string", "description": "Reference id; absent when the server turns references off."}
MESSAGES: Final[Schema] = {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}


def _object(properties: Schema, *optional: str) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _array(component: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{component}"}}


PROGRESS: Final[Schema] = {
    "messageType": TEXT,
    "requestRenderState": {**INTEGER, "description": "1 running, 5 complete, 4 complete with failed tasks."},
    "applicationId": GUID,
    "userId": GUID,
    "imageRenderProcessId": GUID,
    "totalTaskCount": INTEGER,
    "completedTaskCount": INTEGER,
    "progress": {**INTEGER, "minimum": 0, "maximum": 100},
    "tasks": {"type": "object", "additionalProperties": INTEGER, "description": "State by task id."},
    "renderKind": INTEGER,
    "renderType": INTEGER,
    "isSuccessful": BOOLEAN,
    "errorMessage": TEXT,
}
DETAIL: Final[Schema] = {
    "contentType": {**TEXT, "description": "Of the file that Download sends without format."},
    "bytes": INTEGER,
    "budget": {"type": ["integer", "null"], "description": "What the file was allowed; null when nothing bound it."},
    "quality": {"type": "number", "description": "SSIM against the lossless render, 0..1; 1 when it is lossless."},
    "belowFloor": {**BOOLEAN, "description": "The budget was so small that the quality shows it."},
    "tried": {"type": "array", "items": {"type": "object"}, "description": "The settings that were tried, in order."},
    "diversity": {
        "type": ["number", "null"],
        "description": "Distance to the most similar other design of the size, 0..1.",
    },
}
DETAILS: Final[Schema] = {
    "details": {
        "type": "object",
        "additionalProperties": {"$ref": "#/components/schemas/TaskDetail"},
        "description": "Ours, with details=true: the finished creatives by task id.",
    },
    "diversity": {
        "type": "object",
        "additionalProperties": {"type": "number"},
        "description": "Ours, with details=true: the smallest distance between two designs of a size, by its name, "
        "once all of them are done.",
    },
}
PRESERVED_DETAILS: Final[Schema] = {
    "details": {
        "type": "object",
        "properties": {"$id": ID},
        "additionalProperties": {"$ref": "#/components/schemas/PreservedTaskDetail"},
    },
    "diversity": {"type": "object", "properties": {"$id": ID}, "additionalProperties": {"type": "number"}},
}
PRESERVED_TRIED: Final[Schema] = {"type": "object", "properties": {"$id": ID, "$values": DETAIL["tried"]}}
PRESERVED_TASKS: Final[Schema] = {
    "type": "object",
    "properties": {"$id": ID},
    "additionalProperties": INTEGER,
    "description": "State by task id, and a reference id to skip.",
}
CHANNEL: Final[Schema] = {
    "id": GUID,
    "applicationId": GUID,
    "notificationChannel": {**INTEGER, "description": "1 WebHook, 2 RabbitMq."},
    "isActive": BOOLEAN,
    "includeImageData": BOOLEAN,
    "configuration": {
        "type": "object",
        "properties": {
            "webHookUrl": TEXT,
            "hostName": TEXT,
            "port": INTEGER,
            "userName": TEXT,
            "virtualHost": TEXT,
            "queueName": TEXT,
            "useSsl": BOOLEAN,
        },
    },
}
SCORE: Final[Schema] = {
    "taskId": GUID,
    "imageRenderProcessId": GUID,
    "diversity": DETAIL["diversity"],
    "score": {"type": ["number", "null"], "description": "0..100, the weighted mean of the parts."},
    "parts": {
        "type": "array",
        "items": _object(
            {
                "name": TEXT,
                "value": {"type": ["number", "null"], "description": "0..100; null where it cannot be told."},
                "weight": INTEGER,
                "box": {"type": ["array", "null"], "items": {"type": "number"}, "description": "x, y, width, height."},
                "sentence": {**TEXT, "description": "What would raise it."},
                "suggestion": {"type": ["object", "null"]},
            }
        ),
    },
}
VALIDATION: Final[Schema] = {"type": TEXT, "title": TEXT, "status": INTEGER}

COMPONENTS: Final[dict[str, Schema]] = {
    "PreservedTokens": _object(
        {
            "$id": ID,
            "applicationId": GUID,
            "accessToken": TEXT,
            "accessTokenExpiration": MOMENT,
            "refreshToken": TEXT,
            "refreshTokenExpiration": MOMENT,
        },
        "$id",
    ),
    "Progress": _object({**PROGRESS, **DETAILS}, *DETAILS),
    "TaskDetail": _object(DETAIL),
    "PreservedTaskDetail": _object({"$id": ID, **DETAIL, "tried": PRESERVED_TRIED}, "$id"),
    "ProgressList": _array("Progress"),
    "PreservedProgress": _object(
        {"$id": ID, **PROGRESS, "tasks": PRESERVED_TASKS, **PRESERVED_DETAILS}, "$id", *DETAILS
    ),
    "Score": _object(SCORE),
    "PreservedProgressList": _object({"$id": ID, "$values": _array("PreservedProgress")}, "$id"),
    "Channel": _object(CHANNEL),
    "ChannelList": _array("Channel"),
    "Success": _object({"isSuccessful": BOOLEAN, "errorMessage": TEXT}),
    "LayeredError": _object(
        {
            "errors": MESSAGES,
            **VALIDATION,
            "detail": NOTHING,
            "instance": NOTHING,
            "extensions": _object({"traceId": TEXT}),
        }
    ),
    "FormError": _object({**VALIDATION, "errors": MESSAGES}),
    "QueryError": _object(
        {
            "$id": ID,
            **VALIDATION,
            "errors": {
                "type": "object",
                "properties": {"$id": ID},
                "additionalProperties": {"type": "array", "items": TEXT},
            },
            "traceId": TEXT,
        },
        "$id",
    ),
}

PROGRESS_EXAMPLE: Final[dict[str, Json]] = {
    "messageType": "ImageGenerationProgress",
    "requestRenderState": 1,
    "applicationId": APPLICATION,
    "userId": USER,
    "imageRenderProcessId": PROCESS,
    "totalTaskCount": 2,
    "completedTaskCount": 1,
    "progress": 50,
    "tasks": {TASK: 5, "47bda5e5-8638-42cb-adac-3e7d67ee8c03": 1},
    "renderKind": 1,
    "renderType": 2,
    "isSuccessful": True,
    "errorMessage": "",
}
CHANNEL_EXAMPLE: Final[dict[str, Json]] = {
    "id": "10e8c6a8-5fc8-452c-a01c-53c87ac9aac5",
    "applicationId": APPLICATION,
    "notificationChannel": 1,
    "isActive": True,
    "includeImageData": False,
    "configuration": {"webHookUrl": "https://example.com/affiche"},
}
SCORE_EXAMPLE: Final[dict[str, Json]] = {
    "taskId": TASK,
    "imageRenderProcessId": PROCESS,
    "diversity": 0.41,
    "score": 87.5,
    "parts": [
        {
            "name": "contrast",
            "value": 80.0,
            "weight": 15,
            "box": [80, 120, 640, 96],
            "sentence": "Darken the scrim behind the punchline.",
            "suggestion": None,
        }
    ],
}
EXAMPLES: Final[dict[str, Json]] = {
    "Tokens": {
        "applicationId": APPLICATION,
        "accessToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.sig",
        "accessTokenExpiration": "2031-03-04T09:15:20.104512Z",
        "refreshToken": "m3n0Xx2m0mGkq8b3h0C7vWc3mB9m0eQq1mZk1o1m2rE=",
        "refreshTokenExpiration": "2031-03-11T09:15:20.104512Z",
    },
    "Progress": PROGRESS_EXAMPLE,
    "ProgressList": [PROGRESS_EXAMPLE],
    "Channel": CHANNEL_EXAMPLE,
    "ChannelList": [CHANNEL_EXAMPLE],
    "Success": SUCCESS,
    "Score": SCORE_EXAMPLE,
}
SECURITY_SCHEMES: Final[dict[str, Schema]] = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "apiSecret": {"type": "apiKey", "in": "header", "name": "x-api-secret"},
}
