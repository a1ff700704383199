# SPDX-License-Identifier: Apache-2.0
"""Edition 2 on the wire: jobs, their list, operations and presets; what it shares with edition 1 is tested there."""

from collections.abc import Callable
from typing import Any

import pytest

from affiche.service.accounts.key_values import Environment
from affiche.service.enhancements.values import OPERATIONS
from tests.unit.api.test_enhancement_routes import BODY, UNKNOWN, Desk, desk, desk_with, refused

__all__ = ["desk", "desk_with"]

PATH = "/api/v1/product-photo-jobs"


def post(desk: Desk, body: object = BODY, idempotency: str = "job-00001", key: str | None = None) -> Any:
    headers = {"authorization": f"Bearer {key or desk.live.key}", "idempotency-key": idempotency}
    return desk.client.post(PATH, json=body, headers=headers)


def get(desk: Desk, path: str = "", key: str | None = None, **query: str) -> Any:
    headers = {"authorization": f"Bearer {key or desk.live.key}"}
    return desk.client.get(PATH + path, headers=headers, params=query)


def test_operations_and_presets_are_public(desk: Desk) -> None:
    told = desk.client.get("/api/v1/product-photo-operations").json()
    assert list(told) == ["operations", "request_id"]
    assert [each["id"] for each in told["operations"]] == [each.operation_id for each in OPERATIONS]
    assert {each["credits_per_image"] for each in told["operations"]} == {5}
    assert len(desk.client.get("/api/v1/product-photo-presets").json()["presets"]) == 3


def test_a_job_from_creation_to_its_end(desk: Desk) -> None:
    made = post(desk, {**BODY, "operation": "remove_background"})
    assert made.status_code == 202
    assert list(made.json()) == ["job", "remaining_paid_credits", "request_id"]
    assert list(made.json()["job"]) == ["id", "status", "total_items", "credits_reserved", "sandbox"]
    desk.room.work()
    job = get(desk, f"/{made.json()['job']['id']}").json()["job"]
    assert (job["status"], job["completed_items"], job["credits_used"]) == ("completed", 1, 5)
    assert job["items"][0]["result_url"]
    again = post(desk, {**BODY, "operation": "remove_background"})
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")


@pytest.mark.parametrize(
    ("wishes", "treatment"),
    [
        ({}, "product_photo_enhance"),
        ({"preset": "clean_catalog_group"}, "clean_catalog_group"),
        ({"operation": "product_photo_enhance", "preset": "clean_catalog_group"}, "clean_catalog_group"),
        ({"operation": "premium_ad", "preset": "clean_catalog_group"}, "premium_ad"),
        ({"operation": "remove_background"}, "remove_background"),
    ],
)
def test_the_operation_decides_what_is_done(desk: Desk, wishes: dict[str, str], treatment: str) -> None:
    assert post(desk, BODY | wishes).status_code == 202
    desk.room.work()
    assert desk.room.engine.asked[0].treatment == treatment


@pytest.mark.parametrize("wishes", [{"operation": "nonsense"}, {"operation": 7}, {"preset": "nonsense"}])
def test_operations_and_presets_that_are_unknown(desk: Desk, wishes: dict[str, object]) -> None:
    refused(post(desk, BODY | wishes), 400, "invalid_payload")


def test_jobs_have_codes_of_their_own(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(limits="vendor")
    refused(get(desk, "/not-a-uuid"), 400, "invalid_job_id")
    refused(get(desk, f"/{UNKNOWN}"), 404, "job_not_found")
    enhancement = desk.post().json()["enhancement"]["id"]
    refused(get(desk, f"/{enhancement}"), 404, "job_not_found")
    refused(post(desk), 429, "too_many_active_jobs")


def test_keys_of_the_two_editions_are_apart(desk: Desk) -> None:
    assert desk.post(idempotency="the-same-key").status_code == 202
    assert post(desk, idempotency="the-same-key").status_code == 202


def test_jobs_are_listed_newest_first_and_page_by_page(desk: Desk) -> None:
    made = [post(desk, idempotency=f"job-{number:05}").json()["job"]["id"] for number in range(5)]
    desk.post()
    post(desk, key=desk.key(Environment.SANDBOX).key)
    desk.room.handler(_payload(desk))
    first = get(desk, limit="2").json()
    assert list(first) == ["jobs", "request_id", "next_cursor"]
    assert [job["id"] for job in first["jobs"]] == made[:2:-1]
    second = get(desk, limit="2", cursor=first["next_cursor"]).json()
    third = get(desk, limit="2", cursor=second["next_cursor"]).json()
    assert [job["id"] for job in second["jobs"] + third["jobs"]] == made[2::-1]
    assert third["next_cursor"] is None
    assert [job["id"] for job in get(desk, status="completed").json()["jobs"]] == [made[0]]
    assert get(desk, status="cancelled").json()["jobs"] == []


def _payload(desk: Desk) -> Any:
    from affiche.service.enhancements.queueing import EnhanceJob

    return EnhanceJob(desk.room.open_items()[0]).payload


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "x"},
        {"cursor": "yesterday"},
        {"cursor": ""},
        {"cursor": "0001-01-01T00:00:00+14:00"},
        {"status": "done"},
        {"status": ""},
    ],
)
def test_queries_that_are_not_what_the_list_takes(desk: Desk, query: dict[str, str]) -> None:
    refused(get(desk, **query), 400, "invalid_payload")


def test_strangers_get_no_list(desk: Desk) -> None:
    refused(desk.client.get(PATH), 401, "missing_api_key")
