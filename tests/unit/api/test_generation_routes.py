# SPDX-License-Identifier: Apache-2.0
"""Starting creatives: from the form to the use case, and back from what it finds wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import structlog
from starlette.testclient import TestClient

from affiche.api.app import create_app
from affiche.creative.formats import RenderKind
from affiche.errors import InvalidInput
from affiche.images.colour import Colour
from affiche.service.assembly import Services
from affiche.service.channels.errors import NoActiveChannel
from affiche.settings import Settings
from tests.unit.api.adcreative_wire import (
    APPLICATION,
    EDIT,
    OTHER_TASK,
    PROCESS,
    START,
    TASK,
    USER,
    Brief,
    Pictures,
    refused,
)


def incoming(settings: Settings) -> list[Path]:
    return list(settings.incoming.iterdir()) if settings.incoming.exists() else []


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
