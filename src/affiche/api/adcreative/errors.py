# SPDX-License-Identifier: Apache-2.0
"""Every error of the dialect: the exact texts in one table, the envelopes with their exact order of properties.

The contract knows five envelopes: the layered one (4.1), authentication (4.2, layered with a key of its own), form
validation (4.3), query binding (4.4) and photoshoot validation (4.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from affiche.api.adcreative.references import Json, preserve
from affiche.errors import AfficheError
from affiche.service.accounts.errors import NotAuthenticated, WrongJwtKey, WrongRefreshToken
from affiche.service.channels.errors import ChannelNotFound, NoActiveChannel
from affiche.service.creatives.errors import (
    DocumentNotDrawn,
    ImageContentNotFound,
    NoRunningProcess,
    ProcessNotFound,
    ScoreNotFound,
    TaskNotFound,
    TasksNotEditable,
)
from affiche.service.photoshoots.errors import (
    AssetNotFound,
    BackgroundNotRemoved,
    NoCredits,
    NoRunningPhotoshoot,
    PhotoNotFound,
    PhotoshootNotFound,
    ReceiptNotFound,
)

RFC7231: Final = "https://tools.ietf.org/html/rfc7231#section-6.5.1"
RFC7231_FAULT: Final = "https://tools.ietf.org/html/rfc7231#section-6.6.1"
RFC9110: Final = "https://tools.ietf.org/html/rfc9110#section-15.5.1"
LAYERED_TITLE: Final = "One or more errors occurred."
VALIDATION_TITLE: Final = "One or more validation errors occurred."

AUTHENTICATION: Final = "Token is missing, invalid or ApplicationId is not found in the token."


@dataclass(frozen=True, slots=True)
class Layered:
    """A row of the table. ``texts`` maps keys to sentences; both may use ``{operation}``, ``{message}`` and the
    attributes of the exception.
    """

    status: int
    texts: Mapping[str, str]


def _both(status: int, engine: str, business: str) -> Layered:
    return Layered(status, {"engine: {operation}": engine, "business: {operation}": business})


def _alike(status: int, text: str) -> Layered:
    return _both(status, text, text)


TABLE: Final[Mapping[type[AfficheError], Layered]] = {
    NotAuthenticated: Layered(401, {"business:": AUTHENTICATION}),
    NoActiveChannel: Layered(
        404,
        {
            "engine: Active": ("No active notification channel configurations found for Application {application_id}."),
            "business: Active": (
                "Error getting active notification channel configurations for Application: {application_id}"
            ),
        },
    ),
    ProcessNotFound: _alike(
        400, "ImageRenderProcess(ImageRenderProcessId: {process_id}) was not found for the User: {user_id}"
    ),
    NoRunningProcess: _alike(400, "No running ImageGenerationProgress found for the ApplicationId: {application_id}"),
    ImageContentNotFound: _both(
        404,
        "Image content not found.",
        "Not found error occurred while getting original image content stream",
    ),
    ScoreNotFound: _both(404, "{message}", "Not found error occurred while getting the score of a creative"),
    DocumentNotDrawn: _both(500, "{message}", "An unexpected error occurred while making the file to download"),
    TaskNotFound: _both(404, "{message}", "Not found error occurred while editing the selected tasks"),
    TasksNotEditable: _both(400, "{message}", "Bad request error occurred while editing the selected tasks"),
    ChannelNotFound: _both(404, "{message}", "Not found error occurred while changing a notification channel"),
    BackgroundNotRemoved: _both(
        400,
        "Error while removing background: {document}",
        "Bad request error occurred while getting product recommendations",
    ),
    AssetNotFound: _both(404, "{message}", "Not found error occurred while starting product generation"),
    PhotoshootNotFound: _alike(
        400,
        "ImageProductGenerationProcess(ImageProductGeneratorProcessId: {process_id}) was not found for the User: "
        "{user_id}",
    ),
    NoRunningPhotoshoot: _alike(
        400, "No running ImageProductGenerationProgress found for the ApplicationId: {application_id}"
    ),
    PhotoNotFound: _both(404, "{message}", "Not found error occurred while getting image content stream"),
    NoCredits: _both(
        400,
        "Error decreasing Api Key Credits for Application {application_id}. ErrorMessage: {message}",
        "Bad request error occurred while getting image content stream",
    ),
    ReceiptNotFound: _both(404, "{message}", "Not found error occurred while getting the receipt of a picture"),
    WrongJwtKey: _both(400, "{message}", "Bad request error occurred while issuing a token"),
    WrongRefreshToken: _both(400, "{message}", "Bad request error occurred while issuing a token"),
}

FAULTS: Final[Mapping[str, str]] = {
    "CheckUserProgress": "An unexpected error occurred while checking image generation process.",
    "CheckApplicationAllProgresses": "An unexpected error occurred while checking image generation process.",
}
OTHER_FAULT: Final = "An unexpected error occurred while processing the request."
TIMEOUT: Final = "A timeout occurred while processing the request."
NO_OPERATION: Final = "There is no operation {method} {path}."

INPUT_FIELDS: Final[Mapping[str, str]] = {
    "headline": "mainHeadline",
    "punchline": "punchline",
    "action": "actionText",
    "description": "description",
    "icon": "buttonIconClass",
    "font": "fontIdentifier",
    "colours": "color1Hex",
    "colour1": "color1Hex",
    "colour2": "color2Hex",
    "colour3": "color3Hex",
    "task_ids": "taskIds",
    "max_bytes": "maxBytes",
    "low_resolution": "lowResolution",
    "photo": "backgroundImage",
    "product_image": "productImage",
    "prompts": "PromptObjectsString",
    "logo": "brandImage",
    "web_hook_url": "configuration.webHookUrl",
    "host_name": "configuration.hostName",
    "queue_name": "configuration.queueName",
    "port": "configuration.port",
}


def of_exception(error: AfficheError, operation: str, trace: str) -> tuple[int, dict[str, Json]] | None:
    """Status and body for an error of the table; None for one that this dialect does not expect."""
    row = next((TABLE[kind] for kind in type(error).__mro__ if kind in TABLE), None)
    if row is None:
        return None
    known = {"operation": operation, "message": str(error)} | _attributes(error)
    errors = {key.format_map(known): [text.format_map(known)] for key, text in row.texts.items()}
    return row.status, layered(row.status, errors, trace)


def _attributes(error: AfficheError) -> dict[str, str]:
    return {name: "N/A" if value is None else str(value) for name, value in vars(error).items()}


def fault(operation: str, trace: str, *, timed_out: bool = False) -> tuple[int, dict[str, Json]]:
    """Status and body for an exception that nobody expected, or for a time-out."""
    if timed_out:
        return 500, layered(500, {f"business: {operation}": [TIMEOUT]}, trace)
    text = FAULTS.get(operation, OTHER_FAULT)
    return 500, layered(500, {f"engine: {operation}": [text], f"business: {operation}": [text]}, trace)


def _messages(texts: Mapping[str, list[str]]) -> dict[str, Json]:
    return {name: [*sentences] for name, sentences in texts.items()}


def layered(status: int, errors: Mapping[str, list[str]], trace: str) -> dict[str, Json]:
    """Envelope 4.1, in the order errors, type, title, status, detail, instance, extensions."""
    return {
        "errors": _messages(errors),
        "type": RFC7231_FAULT if status >= 500 else RFC7231,
        "title": LAYERED_TITLE,
        "status": status,
        "detail": None,
        "instance": None,
        "extensions": {"traceId": trace},
    }


def form_invalid(problems: Mapping[str, list[str]]) -> dict[str, Json]:
    """Envelope 4.3: no trace id."""
    return {"type": RFC7231, "title": VALIDATION_TITLE, "status": 400, "errors": _messages(problems)}


def query_invalid(problems: Mapping[str, list[str]], trace: str, *, preserved: bool) -> Json:
    """Envelope 4.4: the trace id on top level, with reference ids where ``preserved``."""
    body: dict[str, Json] = {
        "type": RFC9110,
        "title": VALIDATION_TITLE,
        "status": 400,
        "errors": _messages(problems),
        "traceId": trace,
    }
    return preserve(body) if preserved else body


def photoshoot_invalid(problems: Mapping[str, list[str]], trace: str) -> dict[str, Json]:
    """Envelope 4.5: as 4.4 but with the errors first and never with reference ids."""
    return {"errors": _messages(problems), "type": RFC9110, "title": VALIDATION_TITLE, "status": 400, "traceId": trace}
