# SPDX-License-Identifier: Apache-2.0
"""What the dialect has beyond the vendor's: byte budgets, documents, scores and details, over use cases that only
remember what they were asked."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from affiche.documents import DocumentKind
from affiche.images.encode import ImageFormat
from affiche.service.creatives.errors import DocumentNotDrawn
from affiche.service.creatives.values import DownloadOrder
from affiche.service.processes.progress import ProcessDetails, TaskDetail
from tests.unit.api.conftest import APPLICATION, PROCESS, TASKS, USER, progress

START = "/api/v1/Image/Generation/AdCreativesByKind"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
SCORE = "/api/v1/Image/Generation/Score"
IDS = {"applicationId": str(APPLICATION), "taskId": str(TASKS[0]), "imageRenderProcessId": str(PROCESS)}
RANGE = "must be between 1 and 2147483647."


@pytest.mark.parametrize(("name", "text"), [("maxBytes", "120000"), ("MAXBYTES", " 120000 "), ("maxbytes", "+120000")])
def test_a_start_carries_its_byte_budget(
    client: TestClient, services: Any, brief: Any, pictures: Any, name: str, text: str
) -> None:
    assert client.post(START, data=brief(**{name: text}), files=pictures()).status_code == 200
    assert services.creatives.started[0].max_bytes == 120_000


@pytest.mark.parametrize("text", [None, "", "null"])
def test_a_start_without_a_budget_leaves_it_to_the_size(
    client: TestClient, services: Any, brief: Any, pictures: Any, text: str | None
) -> None:
    assert client.post(START, data=brief(maxBytes=text), files=pictures()).status_code == 200
    assert services.creatives.started[0].max_bytes is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("many", "The value 'many' is not valid."),
        ("1.5", "The value '1.5' is not valid."),
        ("0", f"The field MaxBytes {RANGE}"),
        ("-1", f"The field MaxBytes {RANGE}"),
        ("2147483648", f"The field MaxBytes {RANGE}"),
    ],
)
def test_a_wrong_budget_is_told_in_each_routes_spelling(
    client: TestClient, services: Any, brief: Any, pictures: Any, text: str, sentence: str
) -> None:
    answer = client.post(START, data=brief(maxBytes=text), files=pictures())
    assert (answer.status_code, answer.json()["errors"]) == (400, {"MaxBytes": [sentence]})
    form = {"applicationId": str(APPLICATION), "userId": str(USER), "taskIds": str(TASKS[0]), "maxBytes": text}
    answer = client.post(EDIT, data=form)
    assert (answer.status_code, answer.json()["errors"]) == (400, {"maxBytes": [sentence]})
    answer = client.get(DOWNLOAD, params=IDS | {"maxBytes": text})
    camel = sentence.replace("MaxBytes", "maxBytes")
    assert (answer.status_code, answer.json()["errors"]) == (400, {"$id": "2", "maxBytes": [camel]})
    assert services.creatives.started == services.creatives.edited == services.creatives.downloads == []


def test_an_edit_carries_its_byte_budget(client: TestClient, services: Any) -> None:
    form = {"applicationId": str(APPLICATION), "userId": str(USER), "taskIds": str(TASKS[0]), "MaxBytes": "90000"}
    assert client.post(EDIT, data=form).status_code == 200
    assert services.creatives.edited[0].max_bytes == 90_000


@pytest.mark.parametrize(
    ("name", "content_type", "suffix"),
    [
        ("svg", "image/svg+xml", ".svg"),
        ("PDF", "application/pdf", ".pdf"),
        (" psd ", "image/vnd.adobe.photoshop", ".psd"),
    ],
)
def test_documents_are_downloads_with_their_types(
    client: TestClient, services: Any, name: str, content_type: str, suffix: str
) -> None:
    answer = client.get(DOWNLOAD, params=IDS | {"format": name})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == content_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{TASKS[0]}{suffix}"'
    assert services.creatives.downloads[0].format is DocumentKind(name.strip().lower())


def test_every_picture_format_can_be_asked_for(client: TestClient, services: Any) -> None:
    for kind in ImageFormat:
        answer = client.get(DOWNLOAD, params=IDS | {"format": kind.value, "maxBytes": "5000"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind.content_type)
    asked = [DownloadOrder(PROCESS, TASKS[0], False, kind, 5000) for kind in ImageFormat]
    assert services.creatives.downloads == asked


def test_an_unknown_format_is_answered_with_the_known_ones(client: TestClient) -> None:
    answer = client.get(DOWNLOAD, params=IDS | {"format": "gif"})
    (sentence,) = answer.json()["errors"]["format"]
    assert answer.status_code == 400
    assert sentence.startswith("The value 'gif' is not valid. Use one of ")
    for name in ("jpeg", "pdf", "png", "psd", "svg", "webp"):
        assert name in sentence


@pytest.mark.parametrize("name", ["maxBytes", "lowResolution"])
def test_a_document_has_neither_a_budget_nor_a_low_resolution(client: TestClient, name: str) -> None:
    answer = client.get(DOWNLOAD, params=IDS | {"format": "pdf", name: "true" if name == "lowResolution" else "9000"})
    assert answer.status_code == 400
    (sentence,) = answer.json()["errors"][name]
    assert name in sentence
    assert "pdf" in sentence


def test_a_document_that_cannot_be_drawn_is_a_fault_with_a_reason(client: TestClient, services: Any) -> None:
    services.creatives.failure = DocumentNotDrawn("Drawing took longer than 60 s; send a smaller picture.")
    answer = client.get(DOWNLOAD, params=IDS | {"format": "svg"})
    assert answer.status_code == 500
    assert answer.json()["errors"]["engine: Generation/Download"] == [str(services.creatives.failure)]


def test_a_score_is_a_plain_object(client: TestClient) -> None:
    answer = client.get(SCORE, params=IDS)
    assert answer.status_code == 200
    assert answer.text == (
        f'{{"taskId":"{TASKS[0]}","imageRenderProcessId":"{PROCESS}","diversity":0.41,"score":87.5,"parts":[]}}'
    )


def test_a_score_that_is_not_there_is_not_found_in_layers(client: TestClient) -> None:
    answer = client.get(SCORE, params=IDS | {"taskId": str(USER)})
    assert answer.status_code == 404
    assert answer.json()["errors"] == {
        "engine: Generation/Score": ["There is no finished creative with this task and process."],
        "business: Generation/Score": ["Not found error occurred while getting the score of a creative"],
    }


def test_a_score_wants_its_ids(client: TestClient) -> None:
    answer = client.get(SCORE, params={"taskId": "x"})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "$id": "2",
        "applicationId": ["The applicationId field is required."],
        "taskId": ["The value 'x' is not valid."],
        "imageRenderProcessId": ["The imageRenderProcessId field is required."],
    }


def test_a_score_needs_credentials_and_ones_own_application(client: TestClient) -> None:
    assert client.get(SCORE, params=IDS, headers={"x-api-secret": "wrong"}).status_code == 401
    assert client.get(SCORE, params=IDS | {"applicationId": str(UUID(int=7))}).status_code == 401


def test_details_come_only_when_asked_for(client: TestClient, services: Any) -> None:
    detail = TaskDetail("image/jpeg", 99_000, 100_000, 0.97, False, ({"format": "jpeg", "bytes": 99_000},), 0.41)
    plain = progress(5)
    services.creatives.found = [plain]
    before = client.get(USER_CHECK, params={"userId": str(USER)}).text
    assert "details" not in before
    services.creatives.found = [replace(plain, details=ProcessDetails({TASKS[0]: detail}, {"post": 0.41}))]
    answer = client.get(USER_CHECK, params={"userId": str(USER), "details": "true"})
    assert answer.text.startswith(before.rstrip("}]"))  # what the vendor documents stays in front, as it was
    (found,) = answer.json()["$values"]
    (told,) = [found["details"][key] for key in found["details"] if key != "$id"]
    assert (told["bytes"], told["budget"], told["quality"], told["diversity"]) == (99_000, 100_000, 0.97, 0.41)
    assert found["diversity"]["post"] == 0.41
    answer = client.get(APPLICATION_CHECK, params={"applicationId": str(APPLICATION), "details": "true"})
    assert answer.json()[0]["details"][str(TASKS[0])] == {
        "contentType": "image/jpeg",
        "bytes": 99_000,
        "budget": 100_000,
        "quality": 0.97,
        "belowFloor": False,
        "tried": [{"format": "jpeg", "bytes": 99_000}],
        "diversity": 0.41,
    }
    assert services.creatives.detailed == [False, True, True]
