# SPDX-License-Identifier: Apache-2.0
"""What a running server has beyond the vendor's page: documents, byte budgets, scores, details; for nobody but their
owner."""

from typing import Any

import pytest

from affiche.images.probe import probe

USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
SCORE = "/api/v1/Image/Generation/Score"
DOCUMENTS = [
    ("svg", "image/svg+xml", b"<svg"),
    ("pdf", "application/pdf", b"%PDF-1.6"),
    ("psd", "image/vnd.adobe.photoshop", b"8BPS"),
]


def details_of(integrator: Any, started: Any) -> dict[str, Any]:
    query = {"userId": started.user, "imageRenderProcessId": started.process, "details": "true"}
    (found,) = integrator.client.get(USER_CHECK, params=query).json()["$values"]
    return {task: detail for task, detail in found["details"].items() if task != "$id"}


@pytest.mark.parametrize(("name", "content_type", "magic"), DOCUMENTS)
def test_a_design_is_downloaded_as_a_document(
    integrator: Any, finished: Any, name: str, content_type: str, magic: bytes
) -> None:
    task = finished.tasks[0]
    first, second = (integrator.client.get(DOWNLOAD, params=finished.query(task) | {"format": name}) for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.headers["content-type"].split(";")[0] == content_type
    assert first.headers["content-disposition"] == f'attachment; filename="{task}.{name}"'
    assert magic in first.content[:200]
    assert second.content == first.content


def test_an_unknown_format_is_refused_with_the_list(integrator: Any, finished: Any) -> None:
    answer = integrator.client.get(DOWNLOAD, params=finished.query(finished.tasks[0]) | {"format": "bmp"})
    assert answer.status_code == 400
    (sentence,) = answer.json()["errors"]["format"]
    assert all(name in sentence for name in ("jpeg", "pdf", "png", "psd", "svg", "webp"))


def test_files_stay_within_their_budget(integrator: Any, start: Any, wait: Any) -> None:
    made = wait(integrator, start(integrator, maxBytes="120000"))
    details = details_of(integrator, made)
    for task in made.tasks:
        answer = integrator.client.get(DOWNLOAD, params=made.query(task))
        assert len(answer.content) == details[task]["bytes"] <= details[task]["budget"] == 120_000
        assert answer.headers["content-type"] == details[task]["contentType"]
        assert f"image/{probe(answer.content).kind}" == details[task]["contentType"]
        assert 0 < details[task]["quality"] <= 1
        assert details[task]["tried"]["$values"]
    edit = {"applicationId": made.application, "userId": made.user, "taskIds": made.tasks[0], "maxBytes": "60000"}
    assert integrator.client.post(EDIT, data=edit).status_code == 200
    wait(integrator, made)
    assert len(integrator.client.get(DOWNLOAD, params=made.query(made.tasks[0])).content) <= 60_000


def test_an_impossible_budget_fails_with_its_name(integrator: Any, start: Any) -> None:
    made = start(integrator, maxBytes="200")
    query = {"userId": made.user, "imageRenderProcessId": made.process}
    found: dict[str, Any] = {"progress": 0}
    while found["progress"] < 100:
        (found,) = integrator.client.get(USER_CHECK, params=query).json()["$values"]
    assert found["isSuccessful"] is False
    assert "maxBytes 200 is too small" in found["errorMessage"]


@pytest.mark.parametrize("name", ["", "jpeg", "png", "webp"])
def test_a_download_stays_within_its_own_budget(integrator: Any, finished: Any, name: str) -> None:
    query = finished.query(finished.tasks[1]) | {"maxBytes": "110000"} | ({"format": name} if name else {})
    answer = integrator.client.get(DOWNLOAD, params=query)
    assert answer.status_code == 200, answer.text
    assert len(answer.content) <= 110_000
    assert answer.headers["content-type"] == f"image/{probe(answer.content).kind}"
    assert not name or probe(answer.content).kind == name


def test_a_download_that_cannot_be_so_small_is_refused(integrator: Any, finished: Any) -> None:
    answer = integrator.client.get(DOWNLOAD, params=finished.query(finished.tasks[1]) | {"MAXBYTES": "150"})
    assert answer.status_code == 400
    assert "maxBytes 150 is too small" in answer.json()["errors"]["maxBytes"][0]


def test_a_creative_has_a_score(integrator: Any, finished: Any) -> None:
    answer = integrator.client.get(SCORE, params=finished.query(finished.tasks[0]))
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert list(body)[:4] == ["taskId", "imageRenderProcessId", "diversity", "score"]
    assert 0 <= body["score"] <= 100
    assert all(part["name"] and part["sentence"] for part in body["parts"])


def test_designs_of_a_size_keep_a_distance(integrator: Any, finished: Any) -> None:
    details = details_of(integrator, finished)
    assert all(0 < detail["diversity"] <= 1 for detail in details.values())
    query = {"applicationId": finished.application, "details": "true"}
    found = integrator.client.get(APPLICATION_CHECK, params=query).json()
    (process,) = [one for one in found if one["imageRenderProcessId"] == finished.process]
    assert process["diversity"] == {"post": min(detail["diversity"] for detail in details.values())}


@pytest.mark.parametrize("name", ["svg", "pdf", "psd", "jpeg"])
def test_b_cannot_fetch_documents_or_budgeted_files_of_a(other: Any, integrator: Any, finished: Any, name: str) -> None:
    query = finished.query(finished.tasks[0]) | {"format": name}
    for extra in ({}, {"maxBytes": "90000"} if name == "jpeg" else {}):
        foreign = query | extra | {"applicationId": other.application_id}
        assert other.client.get(DOWNLOAD, params=foreign).status_code == 404
        own = query | extra | {"applicationId": integrator.application_id}
        assert other.client.get(DOWNLOAD, params=own).status_code == 401


def test_b_cannot_read_scores_or_details_of_a(other: Any, integrator: Any, finished: Any) -> None:
    query = finished.query(finished.tasks[0])
    answer = other.client.get(SCORE, params=query | {"applicationId": other.application_id})
    assert answer.status_code == 404
    assert list(answer.json()["errors"]) == ["engine: Generation/Score", "business: Generation/Score"]
    assert other.client.get(SCORE, params=query).status_code == 401
    answer = other.client.get(USER_CHECK, params={"userId": finished.user, "details": "true"})
    assert answer.status_code == 400
    assert finished.tasks[0] not in answer.text
