# SPDX-License-Identifier: Apache-2.0
"""Edition 3 on the wire: work by kind, and jobs; what it shares with the other editions is tested there."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from affiche.outbound.source_errors import SourceProblem
from affiche.service.accounts.key_values import Environment
from tests.doubles.enhancing import Shelf
from tests.unit.api.test_enhancement_routes import UNKNOWN, Desk, desk, desk_with, refused

__all__ = ["desk", "desk_with"]

REMOVE = "remove-background"
EDIT = "image/edit"
SCENE = "scene/create"
GENERATE = "image/generate"
BOTTLE = {"image_url": "https://x.example/1.jpg", "external_id": "sku_001"}
CUP = {"image_url": "https://x.example/2.jpg"}
BODY = {"input": [BOTTLE]}
JOB = [
    "id",
    "status",
    "sandbox",
    "total_results",
    "credits_reserved",
    "created_at",
    "completed_results",
    "failed_results",
    "updated_at",
    "completed_at",
]
RESULT = [
    "id",
    "external_id",
    "status",
    "source_url",
    "result_url",
    "thumbnail_url",
    "error_code",
    "error_message",
    "credits_reserved",
    "credits_used",
]


def post(desk: Desk, path: str, body: object = BODY, idempotency: str = "image-00001", key: str | None = None) -> Any:
    headers = {"authorization": f"Bearer {key or desk.live.key}", "idempotency-key": idempotency}
    return desk.client.post(f"/api/v1/{path}", json=body, headers=headers)


def job(desk: Desk, job_id: str, key: str | None = None) -> Any:
    return desk.client.get(f"/api/v1/jobs/{job_id}", headers={"authorization": f"Bearer {key or desk.live.key}"})


@pytest.mark.parametrize("path", [REMOVE, EDIT])
def test_a_job_from_creation_to_its_end(desk: Desk, path: str) -> None:
    desk.room.shelf = Shelf({"2.jpg": SourceProblem.UNREACHABLE})
    made = post(desk, path, {"input": [BOTTLE, CUP]})
    assert made.status_code == 202
    assert list(made.json()) == ["job", "remaining_paid_credits", "request_id"]
    assert list(made.json()["job"]) == JOB
    begun = made.json()["job"]
    assert (begun["status"], begun["total_results"], begun["credits_reserved"]) == ("queued", 2, 10)
    assert (begun["completed_results"], begun["failed_results"], begun["completed_at"]) == (0, 0, None)
    desk.room.work()
    told = job(desk, begun["id"]).json()
    assert list(told) == ["job", "results", "request_id"]
    assert list(told["job"]) == JOB
    assert told["job"]["status"] == "partially_completed"
    assert (told["job"]["completed_results"], told["job"]["failed_results"]) == (1, 1)
    assert told["job"]["completed_at"] == told["job"]["updated_at"]
    first, second = told["results"]
    assert list(first) == RESULT
    assert (first["external_id"], first["source_url"]) == ("sku_001", BOTTLE["image_url"])
    assert (first["status"], first["credits_used"], first["error_code"]) == ("completed", 5, None)
    assert first["result_url"] and first["thumbnail_url"]
    assert (second["error_code"], second["result_url"], second["credits_used"]) == ("source_url_unreachable", None, 0)


EDITS: tuple[tuple[dict[str, Any], str, dict[str, Any]], ...] = (
    ({}, "product_photo_enhance", {}),
    ({"background": {"type": "original"}}, "product_photo_enhance", {}),
    ({"adjustments": {"light": True, "color": False}}, "product_photo_enhance", {"light": True, "colour": False}),
    (
        {"background": {"type": "white", "shadow": "natural"}},
        "studio_packshot",
        {"shadow": True, "ground": "#ffffff"},
    ),
    (
        {"background": {"type": "color", "color": "#F4EFE6", "shadow": "none"}},
        "studio_packshot",
        {"shadow": False, "ground": "#f4efe6"},
    ),
    ({"background": {"type": "transparent"}, "adjustments": {"light": True}}, "remove_background", {"light": True}),
)


@pytest.mark.parametrize(("operations", "treatment", "wishes"), EDITS)
def test_an_edit_is_a_treatment_with_wishes(
    desk: Desk, operations: dict[str, Any], treatment: str, wishes: dict[str, Any]
) -> None:
    assert post(desk, EDIT, BODY | {"operations": operations}).status_code == 202
    desk.room.work()
    (asked,) = desk.room.engine.asked
    assert (asked.treatment, asked.wishes.to_json(), asked.variant) == (treatment, wishes, 1)


def test_a_removed_background_is_just_that(desk: Desk) -> None:
    body = BODY | {"background": {"type": "transparent"}, "output": {"format": "png"}}
    assert post(desk, REMOVE, body).status_code == 202
    desk.room.work()
    (asked,) = desk.room.engine.asked
    assert (asked.treatment, asked.wishes.to_json()) == ("remove_background", {})


def test_one_input_gives_several_results(desk: Desk) -> None:
    body = {
        "input": [BOTTLE, CUP],
        "operations": {"background": {"type": "white"}},
        "output": {"number_of_images": 3},
    }
    made = post(desk, EDIT, body)
    assert (made.json()["job"]["total_results"], made.json()["job"]["credits_reserved"]) == (6, 30)
    desk.room.work()
    assert [asked.variant for asked in desk.room.engine.asked] == [1, 2, 3, 1, 2, 3]
    results = job(desk, made.json()["job"]["id"]).json()["results"]
    assert [result["external_id"] for result in results] == ["sku_001"] * 3 + [None] * 3
    assert len({result["result_url"] for result in results}) == 6


MARBLE = "on a marble table, soft morning light"
SET = {"object": BOTTLE, "scene": {"prompt": MARBLE}}
EMPTY = {"input": {"prompt": MARBLE}}


def test_a_product_is_set_into_a_scene(desk: Desk) -> None:
    body = SET | {"aspect_ratio": "4:5", "placement_type": "object", "output": {"number_of_images": 2}}
    made = post(desk, SCENE, body)
    assert (made.status_code, made.json()["job"]["total_results"]) == (202, 2)
    desk.room.work()
    first, second = desk.room.engine.asked
    assert (first.treatment, first.instructions, first.wishes.aspect) == ("scene", MARBLE, 0.8)
    assert (first.variant, second.variant) == (1, 2)
    results = job(desk, made.json()["job"]["id"]).json()["results"]
    assert [(result["external_id"], result["source_url"]) for result in results] == [
        ("sku_001", BOTTLE["image_url"])
    ] * 2


def test_a_scene_of_words_alone_has_no_source(desk: Desk) -> None:
    made = post(desk, GENERATE, EMPTY | {"options": {"aspect_ratio": "16:9"}})
    desk.room.work()
    (asked,) = desk.room.engine.asked
    assert (asked.treatment, asked.content, asked.instructions) == ("empty_scene", b"", MARBLE)
    assert asked.wishes.aspect == 16 / 9
    assert desk.room.shelf.asked == []
    (result,) = job(desk, made.json()["job"]["id"]).json()["results"]
    assert (result["status"], result["source_url"], result["external_id"]) == ("completed", None, None)


@pytest.mark.parametrize(("path", "body"), [(SCENE, SET), (GENERATE, EMPTY)])
def test_what_the_studio_cannot_draw_is_refused_with_what_it_can(desk: Desk, path: str, body: dict[str, Any]) -> None:
    asked = body | ({"scene": {"prompt": "an elephant"}} if path == SCENE else {"input": {"prompt": "an elephant"}})
    answer = post(desk, path, asked)
    refused(answer, 422, "unsupported_prompt")
    assert "elephant" in answer.json()["error"]["message"]
    assert "nearest presets" in answer.json()["error"]["message"]
    refused(post(desk, path, json.loads(json.dumps(body).replace("marble", "gore"))), 422, "content_policy_violation")
    assert desk.room.open_items() == []
    assert post(desk, path, body).status_code == 202, "a refusal leaves no idempotency key behind"


WHITE = {"operations": {"background": {"type": "white"}}}
WRONG: tuple[tuple[str, object], ...] = (
    (REMOVE, {}),
    (REMOVE, {"input": []}),
    (REMOVE, {"input": [CUP] * 21}),
    (REMOVE, {"input": [{"source_url": "https://x.example/1.jpg"}]}),
    (REMOVE, {"images": [{"source_url": "https://x.example/1.jpg"}]}),
    (REMOVE, BODY | {"background": {"type": "white"}}),
    (REMOVE, BODY | {"output": {"format": "gif"}}),
    (REMOVE, BODY | {"webhook_url": 7}),
    (EDIT, BODY | {"operations": []}),
    (EDIT, BODY | {"operations": {"adjustments": {"light": "yes"}}}),
    (EDIT, BODY | {"operations": {"background": {"type": "beach"}}}),
    (EDIT, BODY | {"operations": {"background": {"type": "color"}}}),
    (EDIT, BODY | {"operations": {"background": {"type": "white", "color": "#ffffff"}}}),
    (EDIT, BODY | {"operations": {"background": {"type": "color", "color": "red"}}}),
    (EDIT, BODY | {"operations": {"background": {"type": "white", "shadow": "long"}}}),
    (EDIT, BODY | WHITE | {"output": {"number_of_images": 0}}),
    (EDIT, BODY | WHITE | {"output": {"number_of_images": 7}}),
    (EDIT, {"input": [CUP] * 7} | WHITE | {"output": {"number_of_images": 3}}),
    (EDIT, BODY | {"output": {"number_of_images": 2}}),
    (SCENE, BODY),
    (SCENE, {"object": [BOTTLE], "scene": {"prompt": MARBLE}}),
    (SCENE, {"object": BOTTLE, "scene": MARBLE}),
    (SCENE, {"object": BOTTLE, "scene": {"prompt": ""}}),
    (SCENE, {"object": BOTTLE, "scene": {"prompt": "marble " * 200}}),
    (SCENE, SET | {"aspect_ratio": "5:4"}),
    (SCENE, SET | {"placement_type": "animal"}),
    (SCENE, SET | {"output": {"number_of_images": 7}}),
    (GENERATE, {"input": MARBLE}),
    (GENERATE, EMPTY | {"options": {"aspect_ratio": 1}}),
)


@pytest.mark.parametrize(("path", "body"), WRONG, ids=range(len(WRONG)))
def test_bodies_that_are_not_what_the_endpoint_takes(desk: Desk, path: str, body: object) -> None:
    refused(post(desk, path, body), 400, "invalid_payload")
    assert desk.room.open_items() == []


def test_a_key_names_one_request_whichever_path_it_went_to(desk: Desk) -> None:
    made = post(desk, REMOVE)
    again = post(desk, REMOVE)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert again.json()["job"]["id"] == made.json()["job"]["id"]
    refused(post(desk, EDIT), 409, "idempotency_conflict")
    assert desk.post(idempotency="image-00001").status_code == 202, "another edition has keys of its own"


def test_jobs_are_found_by_their_account_in_their_environment_only(desk: Desk) -> None:
    sandbox = desk.key(Environment.SANDBOX).key
    made = post(desk, REMOVE, key=sandbox)
    assert (made.json()["job"]["sandbox"], made.json()["job"]["credits_reserved"]) == (True, 0)
    assert made.json()["remaining_paid_credits"] == 0
    made_id = made.json()["job"]["id"]
    assert job(desk, made_id, sandbox).status_code == 200
    refused(job(desk, made_id), 404, "job_not_found")
    refused(job(desk, UNKNOWN), 404, "job_not_found")
    refused(job(desk, "not-a-uuid"), 400, "invalid_job_id")
    enhancement = desk.post().json()["enhancement"]["id"]
    refused(job(desk, enhancement), 404, "job_not_found")
    refused(desk.get(made_id, sandbox), 404, "enhancement_not_found")


def test_the_sandbox_plays_jobs(desk: Desk) -> None:
    key = desk.key(Environment.SANDBOX).key
    body = {"input": [{"image_url": "ftp://nowhere", "external_id": "fail:storage_error"}, CUP]}
    made = post(desk, EDIT, body, key=key)
    desk.room.work()
    results = job(desk, made.json()["job"]["id"], key).json()["results"]
    assert [result["error_code"] for result in results] == ["storage_error", None]
    assert desk.room.shelf.asked == []


@pytest.mark.parametrize("path", [REMOVE, EDIT])
def test_requests_are_refused_in_the_order_of_the_contract(desk_with: Callable[..., Desk], path: str) -> None:
    desk = desk_with(limits="vendor", credits="metered")
    wrong: dict[str, object] = {"webhook_url": "http://localhost/"}
    refused(desk.client.post(f"/api/v1/{path}", json=wrong), 401, "missing_api_key")
    refused(post(desk, path, wrong, "short"), 400, "invalid_idempotency_key")
    refused(post(desk, path, wrong), 400, "invalid_payload")
    refused(post(desk, path, BODY | wrong), 400, "invalid_webhook_url")
    refused(post(desk, path), 403, "api_access_not_enabled")
    desk.house.services.ledger.grant(desk.account, 200)
    assert post(desk, path).status_code == 202
    refused(post(desk, path, idempotency="image-00002"), 429, "rate_limit_exceeded")


def test_one_active_job_at_a_time_and_credits_for_all_results(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(limits="vendor", credits="metered", credits_per_image=11)
    desk.house.services.ledger.grant(desk.account, 200)
    refused(post(desk, REMOVE, {"input": [CUP] * 20}), 402, "insufficient_api_credits")
    made = post(desk, REMOVE)
    assert made.json()["remaining_paid_credits"] == 189
    refused(post(desk, EDIT, idempotency="image-00002"), 429, "too_many_active_jobs")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", REMOVE, 405, "method_not_allowed"),
        ("DELETE", EDIT, 405, "method_not_allowed"),
        ("GET", "jobs", 404, "not_found"),
        ("POST", f"{EDIT}/more", 404, "not_found"),
    ],
)
def test_paths_and_methods_that_nobody_serves(desk: Desk, method: str, path: str, status: int, code: str) -> None:
    refused(desk.client.request(method, f"/api/v1/{path}"), status, code)


def test_paths_of_the_other_dialect_are_not_touched(desk: Desk) -> None:
    assert desk.client.get("/api/v1/Image/Edit").headers["content-type"] == "application/problem+json"
