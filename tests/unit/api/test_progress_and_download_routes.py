# SPDX-License-Identifier: Apache-2.0
"""Following the progress of creatives and fetching them."""

from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from affiche.api.adcreative.generation import FORMATS
from affiche.api.app import create_app
from affiche.images.encode import ImageFormat
from affiche.service.assembly import Services
from affiche.service.creatives.values import DownloadOrder
from affiche.service.processes.progress import Progress
from affiche.settings import Settings
from tests.unit.api.adcreative_wire import (
    APPLICATION,
    APPLICATION_CHECK,
    DOWNLOAD,
    OTHER_TASK,
    PROCESS,
    TASK,
    TOKEN,
    USER,
    USER_CHECK,
)


@pytest.fixture
def running() -> Progress:
    tasks = {UUID(TASK): 5, UUID(OTHER_TASK): 1}
    ids = (UUID(APPLICATION), UUID(USER), UUID(PROCESS))
    return Progress("ImageGenerationProgress", 1, *ids, 2, 1, 50, tasks, 1, 2, True, "")


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
