# SPDX-License-Identifier: Apache-2.0
"""The routes of the dialect over use cases that only remember what they were asked."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import structlog
from starlette.testclient import TestClient

from affiche.api.adcreative.generation import FORMATS
from affiche.api.app import create_app
from affiche.creative.formats import RenderKind
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.images.encode import ImageFormat
from affiche.service.assembly import Services
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.channels.values import RabbitTarget, WebhookTarget
from affiche.service.creatives.errors import TaskNotFound, TasksNotEditable
from affiche.service.creatives.values import DownloadOrder
from affiche.service.processes.progress import Progress
from affiche.settings import Settings

APPLICATION = "71392f1c-e98c-4355-819a-96b793b70ea1"
USER = "ab51fc3d-c2eb-4260-a7c5-c9a8d73db7fe"
PROCESS = "1a95650c-ee4b-4ac9-98f6-e094e82ee1c8"
TASK, OTHER_TASK = "29bc5c5c-bea1-4ea2-8470-2cca008d0b93", "47bda5e5-8638-42cb-adac-3e7d67ee8c03"
START = "/api/v1/Image/Generation/AdCreativesByKind"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
CHANNEL = "/api/v1/NotificationChannel"
TOKEN = "/api/v1/Authorization/GenerateJwtToken"

Brief = Callable[..., dict[str, str]]
Pictures = Callable[..., dict[str, tuple[str, bytes, str]]]


def refused(answer: Any) -> dict[str, list[str]]:
    """The ``errors`` of a refused form, after a look at its envelope."""
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert list(body) == ["type", "title", "status", "errors"]
    errors: dict[str, list[str]] = body["errors"]
    return errors


def incoming(settings: Settings) -> list[Path]:
    return list(settings.incoming.iterdir()) if settings.incoming.exists() else []


@pytest.fixture
def running() -> Progress:
    tasks = {UUID(TASK): 5, UUID(OTHER_TASK): 1}
    ids = (UUID(APPLICATION), UUID(USER), UUID(PROCESS))
    return Progress("ImageGenerationProgress", 1, *ids, 2, 1, 50, tasks, 1, 2, True, "")


# Authorization


def test_a_token_is_an_object_with_a_reference_id(client: TestClient) -> None:
    answer = client.post(
        TOKEN,
        content=json.dumps({"applicationId": f"urn:uuid:{APPLICATION}", "jwtPrivateKey": "right"}),
        headers={"Content-Type": "application/json; x-api-version=1.0", "Accept": "application/json"},
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.text == (
        f'{{"$id":"1","applicationId":"{APPLICATION}","accessToken":"a.b.c",'
        '"accessTokenExpiration":"2031-03-04T09:15:20.104512Z","refreshToken":"refresh=",'
        '"refreshTokenExpiration":"2031-03-11T09:15:20.104512Z"}'
    )


def test_a_wrong_jwt_key_is_a_bad_request_in_layers(client: TestClient) -> None:
    answer = client.post(TOKEN, json={"applicationId": APPLICATION, "jwtPrivateKey": "wrong"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["engine: GenerateJwtToken", "business: GenerateJwtToken"]


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (
            "",
            {
                "ApplicationId": ["The ApplicationId field is required."],
                "JwtPrivateKey": ["The JwtPrivateKey field is required."],
            },
        ),
        ('{"APPLICATIONID": "7", "JWTprivateKEY": "x"}', {"ApplicationId": ["The value '7' is not valid."]}),
        ("{", {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("[" * 100_000, {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("\x80", {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("[]", {"$": ["The request body is not a JSON object."]}),
        (" " * 300_000, {"$": ["The request body is larger than 262144 bytes; send less."]}),
    ],
)
def test_bad_token_requests(client: TestClient, content: str, errors: dict[str, list[str]]) -> None:
    assert refused(client.post(TOKEN, content=content.encode("latin-1"))) == errors


def test_lone_surrogates_in_json_are_refused(client: TestClient) -> None:
    answer = client.post(TOKEN, content=f'{{"applicationId": "{APPLICATION}", "jwtPrivateKey": "\\ud800"}}')
    assert refused(answer) == {"JwtPrivateKey": ["The field JwtPrivateKey is invalid."]}


# Credentials


@pytest.mark.parametrize("header", ["Authorization", "x-api-key", "x-api-secret"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", START),
        ("POST", EDIT),
        ("GET", USER_CHECK),
        ("GET", APPLICATION_CHECK),
        ("GET", DOWNLOAD),
        ("GET", f"{CHANNEL}/All"),
        ("GET", f"{CHANNEL}/Active"),
        ("POST", CHANNEL),
        ("PUT", CHANNEL),
        ("DELETE", CHANNEL),
    ],
)
def test_every_call_needs_all_three_credentials_before_anything_else(
    client: TestClient, method: str, path: str, header: str
) -> None:
    del client.headers[header]
    answer = client.request(method, path, content=b"not even a form")
    trace = answer.headers["traceresponse"]
    assert answer.status_code == 401
    assert answer.text == (
        '{"errors":{"business:":["Token is missing, invalid or ApplicationId is not found in the token."]},'
        '"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"One or more errors occurred.",'
        f'"status":401,"detail":null,"instance":null,"extensions":{{"traceId":"{trace}"}}}}'
    )


@pytest.mark.parametrize("value", ["token", "Basic token", "Bearer", "Bearer ", ""])
def test_another_authorization_scheme_is_no_token(client: TestClient, value: str) -> None:
    assert client.get(APPLICATION_CHECK, headers={"Authorization": value}).status_code == 401


def test_the_scheme_is_read_in_any_case(client: TestClient) -> None:
    answer = client.get(
        f"{CHANNEL}/All", params={"applicationId": APPLICATION}, headers={"Authorization": "bearer  token"}
    )
    assert answer.status_code == 200


def test_naming_another_application_is_an_authentication_error_even_if_more_is_wrong(
    client: TestClient, brief: Brief
) -> None:
    other = "00000000-0000-0000-0000-00000000000b"
    assert client.post(START, data=brief(applicationId=other), files={}).status_code == 401
    assert client.get(DOWNLOAD, params={"applicationId": other, "taskId": "x"}).status_code == 401
    assert client.post(CHANNEL, json={"applicationId": other}).status_code == 401


# Starting


def test_a_brief_reaches_the_use_case(client: TestClient, services: Any, brief: Brief, pictures: Pictures) -> None:
    files = pictures()
    answer = client.post(START, data=brief(renderKind="1023", description="null"), files=files)
    assert answer.status_code == 200, answer.text
    (request,) = services.creatives.started
    assert (request.user_id, request.render_kind, request.render_type) == (UUID(USER), RenderKind.ALL, 2)
    assert request.brief.headline == "Introducing Our Latest Product"
    assert (request.brief.description, request.brief.font) == (None, None)
    assert request.brief.colours == (Colour(252, 44, 44), Colour(0, 44, 44), Colour(204, 204, 204))
    assert services.creatives.pictures == [files["backgroundImage"][1], files["brandImage"][1]]


def test_the_progress_object_is_plain_and_in_order(client: TestClient, brief: Brief, pictures: Pictures) -> None:
    answer = client.post(START, data=brief(), files=pictures())
    assert answer.text == (
        '{"messageType":"ImageGenerationProgress","requestRenderState":1,'
        f'"applicationId":"{APPLICATION}","userId":"{USER}","imageRenderProcessId":"{PROCESS}",'
        f'"totalTaskCount":2,"completedTaskCount":0,"progress":0,"tasks":{{"{TASK}":1,"{OTHER_TASK}":1}},'
        '"renderKind":1,"renderType":2,"isSuccessful":true,"errorMessage":""}'
    )


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.swapcase, str.title])
def test_names_are_matched_in_any_case(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures, spell: Callable[[str], str]
) -> None:
    texts = {spell(name): value for name, value in brief().items()}
    files = {spell(name): value for name, value in pictures().items()}
    assert client.post(START, data=texts, files=files).status_code == 200
    assert services.creatives.started[0].brief.action == "Learn More"


def test_the_documented_pair_of_missing_fields_comes_in_the_documented_order(
    client: TestClient, brief: Brief, pictures: Pictures
) -> None:
    answer = client.post(START, data=brief(color1Hex=None), files=pictures(brandImage=None))
    assert answer.text == (
        '{"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1",'
        '"title":"One or more validation errors occurred.","status":400,'
        '"errors":{"Color1Hex":["The Color1Hex field is required."],'
        '"BrandImage":["The BrandImage field is required."]}}'
    )


REQUIRED = [
    "ApplicationId",
    "UserId",
    "RenderKind",
    "RenderType",
    "MainHeadline",
    "Punchline",
    "ActionText",
    "Color1Hex",
    "Color2Hex",
    "BrandImage",
    "BackgroundImage",
]


@pytest.mark.parametrize("value", [None, "", "  "])
def test_all_missing_fields_are_told_at_once(client: TestClient, brief: Brief, value: str | None) -> None:
    texts = dict.fromkeys(brief(), value) if value is not None else {"x": "y"}
    answer = client.post(START, data=texts, files={"other": b"x"})
    assert refused(answer) == {name: [f"The {name} field is required."] for name in REQUIRED}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("applicationId", "7139", "The value '7139' is not valid."),
        ("userId", "ab51fc3d-c2eb-4260-a7c5", "The value 'ab51fc3d-c2eb-4260-a7c5' is not valid."),
        ("renderKind", "post", "The value 'post' is not valid."),
        ("renderKind", "1.0", "The value '1.0' is not valid."),
        ("renderKind", "3", "The value '3' is invalid."),
        ("renderKind", "1024", "The value '1024' is invalid."),
        ("renderKind", "-1", "The value '-1' is invalid."),
        ("renderType", "3", "The value '3' is invalid."),
        ("renderType", "9" * 30, f"The value '{'9' * 30}' is not valid."),
        ("mainHeadline", "x" * 256, "The field MainHeadline must be a string with a maximum length of 255."),
        ("punchline", "x" * 256, "The field Punchline must be a string with a maximum length of 255."),
        ("actionText", "x" * 101, "The field ActionText must be a string with a maximum length of 100."),
        ("description", "x" * 1001, "The field Description must be a string with a maximum length of 1000."),
        ("mainHeadline", "a\x00b", "The field MainHeadline is invalid."),
        ("color1Hex", "red", "The field Color1Hex is invalid."),
        ("color3Hex", "#12", "The field Color3Hex is invalid."),
    ],
)
def test_wrong_fields(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures, field: str, value: str, message: str
) -> None:
    answer = client.post(START, data=brief(**{field: value}), files=pictures())
    assert refused(answer) == {field[0].upper() + field[1:]: [message]}
    assert services.creatives.started == []


def test_an_unknown_font_and_an_unknown_icon_are_named(client: TestClient, brief: Brief, pictures: Pictures) -> None:
    texts = brief(fontIdentifier="Comic Papyrus", buttonIconClass="nothing")
    errors = refused(client.post(START, data=texts, files=pictures()))
    assert list(errors) == ["ButtonIconClass", "FontIdentifier"]
    assert "Inter" in errors["FontIdentifier"][0]


def test_files_that_are_no_pictures_are_named_and_leave_nothing(
    client: TestClient, services: Any, settings: Settings, brief: Brief, pictures: Pictures
) -> None:
    files = pictures(backgroundImage=b"MZ not a picture", brandImage=b"")
    assert list(refused(client.post(START, data=brief(), files=files))) == ["BrandImage", "BackgroundImage"]
    assert services.creatives.started == []
    assert incoming(settings) == []


def test_files_are_gone_after_success_as_well(
    client: TestClient, settings: Settings, brief: Brief, pictures: Pictures
) -> None:
    assert client.post(START, data=brief(), files=pictures()).status_code == 200
    assert incoming(settings) == []


def test_a_picture_over_the_limit_is_told_with_the_other_faults(
    tmp_path: Path, services: Any, brief: Brief, pictures: Pictures
) -> None:
    app = create_app(Settings(home=tmp_path, max_upload_bytes=1024 * 1024), cast(Services, services))
    with TestClient(
        app, headers={"Authorization": "Bearer token", "x-api-key": "key", "x-api-secret": "secret"}
    ) as client:
        files = pictures(backgroundImage=b"\xff\xd8\xff\xe0" + bytes(1024 * 1024))
        errors = refused(client.post(START, data=brief(punchline=None), files=files))
    assert errors == {
        "Punchline": ["The Punchline field is required."],
        "BackgroundImage": ["The BackgroundImage file is larger than 1 MB."],
    }
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_body_that_is_no_form_is_refused_with_a_remedy(client: TestClient) -> None:
    errors = refused(client.post(START, json={"mainHeadline": "x"}))
    assert errors == {"$": ["Send the request as multipart/form-data with a boundary."]}


def test_without_a_channel_the_documented_pair_is_answered(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures
) -> None:
    services.creatives.failure = NoActiveChannel(UUID(APPLICATION))
    for answer in (
        client.post(START, data=brief(), files=pictures()),
        client.post(EDIT, data={"applicationId": APPLICATION, "userId": USER, "taskIds": TASK}),
    ):
        assert answer.status_code == 404
        assert list(answer.json()["errors"]) == ["engine: Active", "business: Active"]


def test_validation_comes_before_the_missing_channel(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures
) -> None:
    services.creatives.failure = NoActiveChannel(UUID(APPLICATION))
    assert list(refused(client.post(START, data=brief(punchline=None), files=pictures()))) == ["Punchline"]


def test_what_the_use_case_finds_wrong_is_named_as_on_the_wire(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures
) -> None:
    services.creatives.failure = InvalidInput("photo", "The photo cannot be read.")
    assert refused(client.post(START, data=brief(), files=pictures())) == {
        "BackgroundImage": ["The photo cannot be read."]
    }
    answer = client.post(EDIT, data={"applicationId": APPLICATION, "userId": USER, "taskIds": TASK})
    assert refused(answer) == {"backgroundImage": ["The photo cannot be read."]}


def test_a_fault_is_answered_and_logged_under_the_same_trace_id(
    client: TestClient, services: Any, brief: Brief, pictures: Pictures
) -> None:
    services.creatives.failure = RuntimeError("the disk is on fire")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = client.post(
            START, data=brief(), files=pictures(), headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
        )
    assert answer.status_code == 500
    assert "fire" not in answer.text
    body = answer.json()
    assert list(body) == ["errors", "type", "title", "status", "detail", "instance", "extensions"]
    assert body["extensions"]["traceId"].startswith(f"00-{trace}-")
    assert body["extensions"]["traceId"] == answer.headers["traceresponse"]
    (line,) = [line for line in lines if line["event"] == "request_failed"]
    assert line["trace_id"] == trace
    assert line["log_level"] == "error"


# Editing


def test_an_edit_keeps_what_is_not_sent(client: TestClient, services: Any, pictures: Pictures) -> None:
    texts = {
        "applicationId": APPLICATION,
        "userId": USER,
        "taskIds": f'["{TASK}", "{OTHER_TASK}"]',
        "mainHeadline": "Main headline yeni",
        "fontIdentifier": "null",
        "color3Hex": "#abc",
        "punchline": "",
    }
    answer = client.post(EDIT, data=texts, files=pictures(backgroundImage=None))
    assert answer.status_code == 200, answer.text
    (request,) = services.creatives.edited
    assert request.task_ids == (UUID(TASK), UUID(OTHER_TASK))
    assert request.headline == "Main headline yeni"
    assert (request.punchline, request.font, request.colour1, request.photo) == (None, None, None, None)
    assert request.colour3 == Colour(170, 187, 204)
    assert request.logo is not None


@pytest.mark.parametrize(
    "encoded",
    [
        [("taskIds", TASK), ("TASKIDS", OTHER_TASK)],
        [("taskIds[]", TASK), ("taskIds[]", OTHER_TASK)],
        [("taskIds[0]", TASK), ("taskIds[1]", OTHER_TASK)],
        [("taskIds", f"{TASK},{OTHER_TASK}")],
        [("taskids", f'["{TASK}","{OTHER_TASK}"]')],
    ],
)
def test_the_list_of_tasks_in_every_encoding(client: TestClient, services: Any, encoded: list[tuple[str, str]]) -> None:
    parts = [("applicationId", APPLICATION), ("userId", USER), *encoded]
    answer = client.post(EDIT, files=[(name, (None, value)) for name, value in parts])
    assert answer.status_code == 200, answer.text
    assert services.creatives.edited[0].task_ids == (UUID(TASK), UUID(OTHER_TASK))


def test_missing_tasks_are_told_with_the_documented_key(client: TestClient) -> None:
    answer = client.post(EDIT, files={"applicationId": (None, APPLICATION), "userId": (None, USER)})
    assert answer.text == (
        '{"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1",'
        '"title":"One or more validation errors occurred.","status":400,'
        '"errors":{"taskIds":["The TaskIds field is required."]}}'
    )


def test_all_wrong_fields_of_an_edit_are_told_in_camel_case(client: TestClient) -> None:
    answer = client.post(EDIT, data={"taskIds": "7", "color1Hex": "red", "actionText": "x" * 101})
    assert refused(answer) == {
        "applicationId": ["The ApplicationId field is required."],
        "userId": ["The UserId field is required."],
        "taskIds": ["The value '7' is not valid."],
        "actionText": ["The field ActionText must be a string with a maximum length of 100."],
        "color1Hex": ["The field Color1Hex is invalid."],
    }


@pytest.mark.parametrize(
    ("failure", "status"), [(TaskNotFound(UUID(TASK)), 404), (TasksNotEditable("Wait until it is complete."), 400)]
)
def test_domain_errors_of_an_edit(client: TestClient, services: Any, failure: Exception, status: int) -> None:
    services.creatives.failure = failure
    answer = client.post(EDIT, data={"applicationId": APPLICATION, "userId": USER, "taskIds": TASK})
    assert answer.status_code == status
    errors = answer.json()["errors"]
    assert list(errors) == ["engine: Editing/AdCreativesByTasks", "business: Editing/AdCreativesByTasks"]
    assert errors["engine: Editing/AdCreativesByTasks"] == [str(failure)]


# Following


def test_a_users_progress_is_wrapped_with_reference_ids(client: TestClient, services: Any, running: Progress) -> None:
    services.creatives.found = [running, running]
    answer = client.get(USER_CHECK, params={"USERID": USER, "imagerenderprocessid": ""})
    body = answer.json()
    assert list(body) == ["$id", "$values"]
    assert [list(each)[:2] for each in body["$values"]] == [["$id", "messageType"]] * 2
    ids = [body["$id"], *[i for each in body["$values"] for i in (each["$id"], each["tasks"]["$id"])]]
    assert ids == ["1", "2", "3", "4", "5"]
    assert list(body["$values"][0]["tasks"].items()) == [("$id", "3"), (TASK, 5), (OTHER_TASK, 1)]


def test_references_can_be_turned_off(tmp_path: Path, services: Any, running: Progress) -> None:
    services.creatives.found = [running]
    app = create_app(Settings(home=tmp_path, preserve_references=False), cast(Services, services))
    with TestClient(
        app, headers={"Authorization": "Bearer token", "x-api-key": "key", "x-api-secret": "secret"}
    ) as client:
        assert "$id" not in client.get(USER_CHECK, params={"userId": USER}).text
        assert "$id" not in client.get(DOWNLOAD, params={"taskId": "x"}).text
        token = client.post(TOKEN, json={"applicationId": APPLICATION, "jwtPrivateKey": "right"})
        assert next(iter(token.json())) == "applicationId"


@pytest.mark.parametrize(("query", "shown"), [({}, "N/A"), ({"imageRenderProcessId": PROCESS}, PROCESS)])
def test_nothing_found_for_a_user_is_a_bad_request(client: TestClient, query: dict[str, str], shown: str) -> None:
    answer = client.get(USER_CHECK, params={"userId": USER, **query})
    text = f"ImageRenderProcess(ImageRenderProcessId: {shown}) was not found for the User: {USER}"
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"engine: CheckUserProgress": [text], "business: CheckUserProgress": [text]}


def test_an_applications_progress_is_a_plain_array(client: TestClient, services: Any, running: Progress) -> None:
    services.creatives.found = [running]
    body = client.get(APPLICATION_CHECK, params={"applicationId": APPLICATION}).json()
    assert [each["imageRenderProcessId"] for each in body] == [PROCESS]
    assert next(iter(body[0])) == "messageType"


def test_nothing_found_for_an_application_is_a_bad_request(client: TestClient) -> None:
    answer = client.get(APPLICATION_CHECK, params={"applicationId": APPLICATION})
    text = f"No running ImageGenerationProgress found for the ApplicationId: {APPLICATION}"
    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "engine: CheckApplicationAllProgresses": [text],
        "business: CheckApplicationAllProgresses": [text],
    }


@pytest.mark.parametrize("path", [USER_CHECK, APPLICATION_CHECK])
def test_a_fault_while_checking_has_the_documented_text(client: TestClient, services: Any, path: str) -> None:
    services.creatives.failure = RuntimeError("gone")
    answer = client.get(path, params={"applicationId": APPLICATION, "userId": USER})
    assert answer.status_code == 500
    assert "An unexpected error occurred while checking image generation process." in answer.text


# Fetching

IDS = {"applicationId": APPLICATION, "taskId": TASK, "imageRenderProcessId": PROCESS}


def test_a_download_is_a_file(client: TestClient, services: Any) -> None:
    answer = client.get(
        DOWNLOAD, params=IDS, headers={"Accept": "application/json", "Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.content) == (200, b"pixels")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-length"] == "6"
    assert answer.headers["content-disposition"] == f'attachment; filename="{TASK}.png"'
    assert services.creatives.downloads == [DownloadOrder(UUID(PROCESS), UUID(TASK))]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({"lowResolution": "True"}, (True, None)),
        ({"lowResolution": ""}, (False, None)),
        ({"format": "JPG"}, (False, ImageFormat.JPEG)),
        ({"FORMAT": "webp", "lowresolution": "true"}, (True, ImageFormat.WEBP)),
        ({"format": "avif"}, (False, ImageFormat.AVIF)),
    ],
)
def test_resolution_and_format_are_chosen(
    client: TestClient, services: Any, query: dict[str, str], asked: tuple[bool, ImageFormat | None]
) -> None:
    assert client.get(DOWNLOAD, params=IDS | query).status_code == 200
    (order,) = services.creatives.downloads
    assert (order.low_resolution, order.format) == asked


def test_a_wrong_id_is_answered_as_documented(client: TestClient) -> None:
    answer = client.get(DOWNLOAD, params=IDS | {"taskId": TASK[:-1]})
    assert answer.status_code == 400
    assert answer.text == (
        '{"$id":"1","type":"https://tools.ietf.org/html/rfc9110#section-15.5.1",'
        '"title":"One or more validation errors occurred.","status":400,'
        f'"errors":{{"$id":"2","taskId":["The value \'{TASK[:-1]}\' is not valid."]}},'
        f'"traceId":"{answer.headers["traceresponse"]}"}}'
    )


def test_all_wrong_parameters_are_told_at_once(client: TestClient) -> None:
    answer = client.get(DOWNLOAD, params={"taskId": "x", "lowResolution": "maybe", "format": "tiff"})
    assert answer.json()["errors"] == {
        "$id": "2",
        "applicationId": ["The applicationId field is required."],
        "taskId": ["The value 'x' is not valid."],
        "imageRenderProcessId": ["The imageRenderProcessId field is required."],
        "lowResolution": ["The value 'maybe' is not valid."],
        "format": [f"The value 'tiff' is not valid. Use one of {', '.join(sorted(FORMATS))}."],
    }


def test_an_image_that_is_not_there_is_not_found_in_layers(client: TestClient) -> None:
    answer = client.get(DOWNLOAD, params=IDS | {"taskId": USER})
    assert answer.status_code == 404
    assert answer.json()["errors"] == {
        "engine: Generation/Download": ["Image content not found."],
        "business: Generation/Download": ["Not found error occurred while getting original image content stream"],
    }


# Channels

HOOK = {"applicationId": APPLICATION, "notificationChannel": 1, "configuration": {"webHookUrl": "https://a.example/x"}}
RABBIT = {"hostName": "mq.example", "queueName": "creatives", "password": "secret word"}


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Create"])
@pytest.mark.parametrize("kind", [1, "1", "webhook", "WebHook"])
def test_a_webhook_is_registered(client: TestClient, services: Any, path: str, kind: int | str) -> None:
    answer = client.post(path, json=HOOK | {"notificationChannel": kind, "IncludeImageData": True})
    assert answer.status_code == 200, answer.text
    (stored,) = services.channels.stored.values()
    assert stored.target == WebhookTarget("https://a.example/x")
    assert (stored.is_active, stored.include_image_data) == (True, True)
    assert answer.json() == {
        "id": str(stored.channel_id),
        "applicationId": APPLICATION,
        "notificationChannel": 1,
        "isActive": True,
        "includeImageData": True,
        "configuration": {"webHookUrl": "https://a.example/x"},
    }


@pytest.mark.parametrize("kind", [2, "RabbitMQ"])
def test_a_broker_is_registered_and_its_password_never_shown(
    client: TestClient, services: Any, kind: int | str
) -> None:
    answer = client.post(CHANNEL, json=HOOK | {"notificationChannel": kind, "configuration": RABBIT | {"useSsl": True}})
    assert answer.status_code == 200, answer.text
    (stored,) = services.channels.stored.values()
    assert stored.target == RabbitTarget("mq.example", "creatives", 5672, "guest", "secret word", "/", True)
    assert "secret word" not in answer.text
    assert list(answer.json()["configuration"]) == [
        "hostName",
        "port",
        "userName",
        "virtualHost",
        "queueName",
        "useSsl",
    ]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"notificationChannel": None}, {"NotificationChannel": ["The NotificationChannel field is required."]}),
        ({"notificationChannel": "pigeon"}, {"NotificationChannel": ["The value 'pigeon' is not valid."]}),
        ({"notificationChannel": 0}, {"NotificationChannel": ["The value '0' is invalid."]}),
        ({"isActive": 7}, {"IsActive": ["The value '7' is not valid."]}),
        ({"configuration": None}, {"Configuration.WebHookUrl": ["The WebHookUrl field is required."]}),
        (
            {"configuration": {"webHookUrl": "ftp://a.example"}},
            {"Configuration.WebHookUrl": ["The webHookUrl must be an absolute http or https URL."]},
        ),
        (
            {"notificationChannel": 2, "configuration": {"port": 70000}},
            {
                "Configuration.HostName": ["The HostName field is required."],
                "Configuration.QueueName": ["The QueueName field is required."],
                "Configuration.Port": ["The value '70000' is invalid."],
            },
        ),
    ],
)
def test_wrong_channels(
    client: TestClient, services: Any, change: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    assert refused(client.post(CHANNEL, json=HOOK | change)) == errors
    assert services.channels.stored == {}


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Update", f"{CHANNEL}/{{id}}", f"{CHANNEL}/Update/{{id}}"])
def test_a_channel_is_replaced_by_body_or_path_id(client: TestClient, services: Any, path: str) -> None:
    made = client.post(CHANNEL, json=HOOK).json()["id"]
    body = HOOK | {"isActive": False} | ({} if "{id}" in path else {"id": made})
    answer = client.put(path.format(id=made), json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["isActive"] is False
    assert not services.channels.stored[UUID(made)].is_active


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Delete", f"{CHANNEL}/{{id}}", f"{CHANNEL}/Delete/{{id}}"])
def test_a_channel_is_removed_by_query_or_path_id(client: TestClient, path: str) -> None:
    made = client.post(CHANNEL, json=HOOK).json()["id"]
    query = {"applicationId": APPLICATION} | ({} if "{id}" in path else {"id": made})
    answer = client.delete(path.format(id=made), params=query)
    assert (answer.status_code, answer.text) == (200, '{"isSuccessful":true,"errorMessage":""}')
    assert client.get(f"{CHANNEL}/All", params=query).json() == []
    assert client.delete(path.format(id=made), params=query).status_code == 404


def test_only_active_channels_are_listed_as_active(client: TestClient) -> None:
    query = {"applicationId": APPLICATION}
    client.post(CHANNEL, json=HOOK | {"isActive": False})
    answer = client.get(f"{CHANNEL}/Active", params=query)
    assert answer.status_code == 404
    assert list(answer.json()["errors"]) == ["engine: Active", "business: Active"]
    active = client.post(CHANNEL, json=HOOK).json()
    assert client.get(f"{CHANNEL}/Active", params=query).json() == [active]
    assert len(client.get(f"{CHANNEL}/All", params=query).json()) == 2


@pytest.mark.parametrize("path", [CHANNEL.lower(), CHANNEL.upper(), f"{CHANNEL}/", f"{CHANNEL}/CREATE/"])
def test_paths_are_matched_in_any_case(client: TestClient, path: str) -> None:
    made = client.post(path, json=HOOK)
    assert made.status_code == 200, made.text
    changed = client.put(f"{CHANNEL.lower()}/{made.json()['id'].upper()}", json=HOOK)
    assert changed.json()["id"] == made.json()["id"]


def test_the_trace_id_has_the_documented_form(client: TestClient) -> None:
    trace = client.get(DOWNLOAD).json()["traceId"]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", trace)
