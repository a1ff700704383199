# SPDX-License-Identifier: Apache-2.0
"""What the dialect carries: the fields that requests may have and the bodies that answers are made of."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from affiche.api.adcreative import fields
from affiche.api.adcreative.references import Json
from affiche.creative.brief import DEFAULT_ICON, TEXT_LIMITS
from affiche.service.accounts.values import IssuedTokens
from affiche.service.channels.values import Channel, WebhookTarget
from affiche.service.creatives.values import ScoredTask
from affiche.service.processes.progress import ProcessDetails, Progress, TaskDetail

APPLICATION: Final = "71392f1c-e98c-4355-819a-96b793b70ea1"
USER: Final = "ab51fc3d-c2eb-4260-a7c5-c9a8d73db7fe"
PROCESS: Final = "1a95650c-ee4b-4ac9-98f6-e094e82ee1c8"
TASK: Final = "29bc5c5c-bea1-4ea2-8470-2cca008d0b93"

RENDER_KINDS: Final = frozenset({0, 1, 2, 4, 8, 16, 31, 32, 64, 128, 256, 512, 992, 1023})
RENDER_TYPES: Final = frozenset({0, 1, 2, 4, 8, 16, 19, 32, 64, 100, 127, 128})

APPLICATION_ID: Final = fields.guid("applicationId", "The application that makes the request.", APPLICATION)
USER_ID: Final = fields.guid("userId", "The user for whom the request is made; the application invents it.", USER)
TASK_ID: Final = fields.guid("taskId", "The task whose image is wanted.", TASK)
PROCESS_ID: Final = fields.guid("imageRenderProcessId", "The process that the task belongs to.", PROCESS)
PROCESS_FILTER: Final = fields.optional_guid("imageRenderProcessId", "Only this process.", PROCESS)
LOW_RESOLUTION: Final = fields.boolean("lowResolution", "Fetch the small JPEG instead of the original.", default=False)

DETAILS: Final = fields.boolean(
    "details",
    "Ours: add what is known of every finished creative (bytes, budget, quality, tried settings, diversity).",
    default=False,
)
MAX_BYTES: Final = fields.optional_count(
    "maxBytes",
    "Ours: every file has at most so many bytes. Display sizes have 150000 anyway where the lossless PNG is larger.",
    100_000,
)
NEW_MAX_BYTES: Final = replace(MAX_BYTES, description="Ours: every new file has at most so many bytes.")

RENDER_KIND: Final = fields.listed(
    "renderKind",
    RENDER_KINDS,
    "The sizes to draw: 1 Post, 2 Story, 4 Landscape, 8 Vertical, 16 PinSize, 31 Social (all of these), "
    "32 MediumBanner, 64 LeaderBoard, 128 WideSkyScraper, 256 HalfPage, 512 LargeLeaderboard, "
    "992 Display (all of these), 1023 All; 0 is taken as Post.",
    1,
)
RENDER_TYPE: Final = fields.listed(
    "renderType", RENDER_TYPES, "Kept and returned as given; it does not change what is drawn.", 2
)

HEADLINE_TEXT = ("mainHeadline", TEXT_LIMITS["headline"], "The main headline.", "Introducing Our Latest Product")
PUNCHLINE_TEXT = ("punchline", TEXT_LIMITS["punchline"], "The line below the headline.", "Ready when you are.")
ACTION_TEXT = ("actionText", TEXT_LIMITS["action"], "The text of the button.", "Learn More")
HEADLINE: Final = fields.text(*HEADLINE_TEXT)
PUNCHLINE: Final = fields.text(*PUNCHLINE_TEXT)
ACTION: Final = fields.text(*ACTION_TEXT)
NEW_HEADLINE: Final = fields.optional_text(*HEADLINE_TEXT)
NEW_PUNCHLINE: Final = fields.optional_text(*PUNCHLINE_TEXT)
NEW_ACTION: Final = fields.optional_text(*ACTION_TEXT)
DESCRIPTION: Final = fields.optional_text(
    "description", TEXT_LIMITS["description"], "A longer text for sizes with room.", "Made to last, made to please."
)
ICON: Final = fields.icon_class("buttonIconClass", "A FontAwesome class for the button's icon.", DEFAULT_ICON)
FONT: Final = fields.font_family("fontIdentifier", "A font family; absent means the house family.", "Montserrat")

COLOUR1: Final = fields.colour("color1Hex", "Primary brand colour.", "#fc2c2c")
COLOUR2: Final = fields.colour("color2Hex", "Secondary brand colour.", "#002c2c")
NEW_COLOUR1: Final = fields.optional_colour("color1Hex", "Primary brand colour.", "#fc2c2c")
NEW_COLOUR2: Final = fields.optional_colour("color2Hex", "Secondary brand colour.", "#002c2c")
COLOUR3: Final = fields.optional_colour("color3Hex", "Tertiary brand colour.", "#cccccc")

TASK_IDS: Final = fields.guid_list("taskIds", "The tasks to draw again, all of one complete process.", [TASK])
LOGO: Final = fields.picture("brandImage", "The brand's logo: PNG, JPEG or WebP.")
PHOTO: Final = fields.picture("backgroundImage", "The photo: PNG, JPEG or WebP.")
NEW_LOGO: Final = replace(LOGO, required=False)
NEW_PHOTO: Final = replace(PHOTO, required=False)

JWT_KEY: Final = fields.text("jwtPrivateKey", 4096, "The key that signs the application's tokens.", "0f" * 64)
REFRESH_TOKEN: Final = fields.text(
    "refreshToken",
    4096,
    "The refresh token that came with the last access token.",
    "m3n0Xx2m0mGkq8b3h0C7vWc3mB9m0eQq1mZk1o1m2rE=",
)


def progress_body(progress: Progress) -> dict[str, Json]:
    """The progress object of section 6.0, and our details at its end if they were asked for."""
    tasks: dict[str, Json] = {str(task): state for task, state in progress.tasks.items()}
    body: dict[str, Json] = {
        "messageType": progress.message_type,
        "requestRenderState": progress.state,
        "applicationId": str(progress.application_id),
        "userId": str(progress.user_id),
        "imageRenderProcessId": str(progress.process_id),
        "totalTaskCount": progress.total,
        "completedTaskCount": progress.completed,
        "progress": progress.progress,
        "tasks": tasks,
        "renderKind": progress.render_kind,
        "renderType": progress.render_type,
        "isSuccessful": progress.is_successful,
        "errorMessage": progress.error_message,
    }
    return body if progress.details is None else body | _details_body(progress.details)


def _details_body(details: ProcessDetails) -> dict[str, Json]:
    tasks: dict[str, Json] = {str(task): _detail_body(detail) for task, detail in details.tasks.items()}
    return {"details": tasks, "diversity": dict(details.diversity)}


def _detail_body(detail: TaskDetail) -> dict[str, Json]:
    return {
        "contentType": detail.content_type,
        "bytes": detail.size,
        "budget": detail.budget,
        "quality": detail.quality,
        "belowFloor": detail.below_floor,
        "tried": [dict(choice) for choice in detail.tried],
        "diversity": detail.diversity,
    }


def score_body(scored: ScoredTask) -> dict[str, Json]:
    """Our score object: whose it is, and the score with its parts as the engine gives it."""
    ids: dict[str, Json] = {"taskId": str(scored.task_id), "imageRenderProcessId": str(scored.process_id)}
    return ids | {"diversity": scored.diversity} | scored.score


def tokens_body(tokens: IssuedTokens) -> dict[str, Json]:
    """The token object of section 3.1."""
    return {
        "applicationId": str(tokens.application_id),
        "accessToken": tokens.access_token,
        "accessTokenExpiration": timestamp(tokens.access_expires),
        "refreshToken": tokens.refresh_token,
        "refreshTokenExpiration": timestamp(tokens.refresh_expires),
    }


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds and ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def channel_body(channel: Channel) -> dict[str, Json]:
    """The channel object of section 7.2; a password is never shown."""
    target = channel.target
    configuration: dict[str, Json] = (
        {"webHookUrl": target.url}
        if isinstance(target, WebhookTarget)
        else {
            "hostName": target.host,
            "port": target.port,
            "userName": target.user,
            "virtualHost": target.virtual_host,
            "queueName": target.queue,
            "useSsl": target.use_tls,
        }
    )
    return {
        "id": str(channel.channel_id),
        "applicationId": str(channel.application_id),
        "notificationChannel": int(channel.kind),
        "isActive": channel.is_active,
        "includeImageData": channel.include_image_data,
        "configuration": configuration,
    }


SUCCESS: Final[dict[str, Json]] = {"isSuccessful": True, "errorMessage": ""}
