# SPDX-License-Identifier: Apache-2.0
"""The enhancement dialect on the wire: every code of its tables is reached over the real use cases."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from affiche.api.app import create_app
from affiche.api.enhancement.errors import STATUS
from affiche.outbound.source_errors import SourceProblem
from affiche.service.accounts.key_values import Environment, NewApiKey
from affiche.service.accounts.standing import Standing
from affiche.service.assembly import Services
from affiche.service.enhancements.values import PRESETS
from affiche.settings import Settings
from affiche.store.key_tables import ApiKeyRow
from tests.doubles.enhancing import Shelf, Workroom
from tests.doubles.house import House

PATH = "/api/v1/product-image-enhancements"
PRESETS_PATH = "/api/v1/product-image-enhancement-presets"
REQUEST_ID = re.compile(r"req_[0-9a-hjkmnp-tv-z]{24}")
UNKNOWN = "614c0031-8636-466e-9d40-c7c43c8769b6"
BODY = {"images": [{"source_url": "https://x.example/1.jpg", "external_id": "sku_001"}]}


class Desk:
    """A server with an account and a key, and an HTTP client that carries it."""

    def __init__(self, settings: Settings, **fields: object) -> None:
        self.settings = settings.model_copy(update=fields)
        self._house = House.open(self.settings)
        house = self._house.__enter__()
        self.house = replace(house, services=Services.on(house.base, self.settings))
        self.room = Workroom(self.house)
        self.client = TestClient(create_app(self.settings, self.house.services), raise_server_exceptions=False)
        self.account = self.house.services.applications.create("Shop").application_id
        self.room.account = self.account
        self.live = self.key(Environment.LIVE)

    def close(self) -> None:
        self._house.__exit__(None, None, None)

    def key(self, environment: Environment) -> NewApiKey:
        return self.house.services.keys.create(environment, "Tests", self.account)

    def post(self, body: object = BODY, idempotency: str | None = "batch-0001", key: str | None = None) -> Any:
        headers = {"authorization": f"Bearer {key or self.live.key}", "content-type": "application/json"}
        sent: dict[str, Any] = dict(headers)
        if idempotency is not None:
            sent["idempotency-key"] = idempotency.encode()
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(PATH, content=content, headers=sent)

    def get(self, enhancement_id: str, key: str | None = None) -> Any:
        return self.client.get(f"{PATH}/{enhancement_id}", headers={"authorization": f"Bearer {key or self.live.key}"})


@pytest.fixture
def desk_with(make_settings: Callable[..., Settings]) -> Iterator[Callable[..., Desk]]:
    """Opens a server under other settings."""
    desks: list[Desk] = []

    def opened(**fields: object) -> Desk:
        desks.append(Desk(make_settings(), **fields))
        return desks[-1]

    yield opened
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(desk_with: Callable[..., Desk]) -> Desk:
    return desk_with()


def refused(answer: Any, status: int, code: str) -> Any:
    """The answer is an error in the one envelope; gives its headers."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    assert list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["code", "message", "request_id"]
    assert answer.json()["error"]["message"]
    assert REQUEST_ID.fullmatch(answer.json()["error"]["request_id"])
    assert answer.headers["x-request-id"] == answer.json()["error"]["request_id"]
    return answer.headers


def test_presets_are_public_and_complete(desk: Desk) -> None:
    answer = desk.client.get(PRESETS_PATH)
    assert answer.status_code == 200
    assert list(answer.json()) == ["presets", "request_id"]
    assert [each["id"] for each in answer.json()["presets"]] == [each.preset_id for each in PRESETS]
    assert answer.json()["presets"][0]["name"] == "Single product white background"
    assert all(list(each) == ["id", "name", "description"] for each in answer.json()["presets"])
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert REQUEST_ID.fullmatch(answer.json()["request_id"])


def test_a_batch_from_creation_to_its_end(desk: Desk) -> None:
    desk.room.shelf = Shelf({"bad": SourceProblem.INVALID_URL})
    body = {"images": [*BODY["images"], {"source_url": "https://x.example/bad"}], "preset": "clean_catalog_group"}
    made = desk.post(body)
    assert made.status_code == 202
    assert list(made.json()) == ["enhancement", "remaining_paid_credits", "request_id"]
    enhancement = made.json()["enhancement"]
    assert list(enhancement) == ["id", "status", "total_items", "credits_reserved", "sandbox"]
    assert {name: enhancement[name] for name in list(enhancement)[1:]} == {
        "status": "queued",
        "total_items": 2,
        "credits_reserved": 10,
        "sandbox": False,
    }
    assert "idempotent-replayed" not in made.headers
    desk.room.work()
    told = desk.get(enhancement["id"]).json()
    assert list(told) == ["enhancement", "request_id"]
    done = told["enhancement"]
    assert list(done) == [
        "id",
        "status",
        "total_items",
        "completed_items",
        "failed_items",
        "credits_reserved",
        "credits_used",
        "sandbox",
        "items",
        "created_at",
        "completed_at",
    ]
    assert (done["status"], done["completed_items"], done["failed_items"]) == ("partially_completed", 1, 1)
    assert (done["credits_reserved"], done["credits_used"]) == (10, 5)
    for moment in (done["created_at"], done["completed_at"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
    first, second = done["items"]
    assert list(first) == [
        "id",
        "external_id",
        "status",
        "credits_reserved",
        "credits_used",
        "result_url",
        "thumbnail_url",
        "error_code",
        "error_message",
    ]
    assert (first["external_id"], first["status"], first["credits_used"]) == ("sku_001", "completed", 5)
    assert (first["error_code"], first["error_message"]) == (None, None)
    assert (second["external_id"], second["result_url"], second["thumbnail_url"]) == (None, None, None)
    assert (second["error_code"], second["error_message"]) == (
        "invalid_source_url",
        "Source URL target is not allowed.",
    )
    assert desk.room.engine.asked[0].treatment == "clean_catalog_group"


def test_results_are_served_to_whoever_knows_their_address(desk: Desk) -> None:
    made = desk.post().json()["enhancement"]["id"]
    desk.room.work()
    (item,) = desk.get(made).json()["enhancement"]["items"]
    for url in (item["result_url"], item["thumbnail_url"]):
        answer = desk.client.get(url.removeprefix(desk.settings.url))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    path = item["result_url"].removeprefix(desk.settings.url)
    assert desk.client.head(path).status_code == 200
    assert desk.client.get(path.replace(".png", "x.png")).status_code == 404
    assert desk.client.get("/files/results/..%2f..%2fserver.key.png").status_code == 404


@pytest.mark.parametrize(("days", "kept"), [(0, "max-age=31536000, immutable"), (30, "max-age=3600")])
def test_caches_keep_results_no_longer_than_we_do(settings: Settings, days: float, kept: str) -> None:
    desk = Desk(settings, result_retention_days=days)
    try:
        made = desk.post().json()["enhancement"]["id"]
        desk.room.work()
        (item,) = desk.get(made).json()["enhancement"]["items"]
        for url in (item["result_url"], item["thumbnail_url"]):
            answer = desk.client.get(url.removeprefix(desk.settings.url))
            assert answer.headers["cache-control"] == f"public, {kept}"
    finally:
        desk.close()


def test_the_sandbox_answers_in_the_same_shapes(desk: Desk) -> None:
    key = desk.key(Environment.SANDBOX).key
    body = {"images": [{"source_url": "ftp://nowhere", "external_id": "fail:provider_error"}, *BODY["images"]]}
    made = desk.post(body, key=key)
    assert made.status_code == 202
    assert made.json()["enhancement"]["sandbox"] is True
    assert (made.json()["enhancement"]["credits_reserved"], made.json()["remaining_paid_credits"]) == (0, 0)
    desk.room.work()
    done = desk.get(made.json()["enhancement"]["id"], key).json()["enhancement"]
    assert [item["error_code"] for item in done["items"]] == ["provider_error", None]
    fixture = desk.client.get(done["items"][1]["result_url"].removeprefix(desk.settings.url))
    assert fixture.content.startswith(b"\x89PNG")
    refused(desk.get(made.json()["enhancement"]["id"]), 404, "enhancement_not_found")


def test_a_replay_is_marked_and_tells_the_present(desk: Desk) -> None:
    made = desk.post()
    desk.room.work()
    shuffled = b'{ "images" : [ {"external_id":"sku_001",\n "source_url":"https://x.example/1.jpg"} ] }'
    again = desk.post(shuffled)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert again.json()["enhancement"]["id"] == made.json()["enhancement"]["id"]
    assert again.json()["enhancement"]["status"] == "completed"
    assert again.json()["request_id"] != made.json()["request_id"]
    conflict = desk.post({**BODY, "preset": "clean_catalog_group"})
    refused(conflict, 409, "idempotency_conflict")
    assert conflict.json()["error"]["message"] == (
        "The idempotency key was already used with a different request body."
    )


IMAGE = {"source_url": "https://x.example/1.jpg"}
WRONG_BODIES: tuple[object, ...] = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"images": [{"source_url": "https://x.example/' + b"x" * (1 << 20) + b'"}]}',
    {},
    {"images": []},
    {"images": [IMAGE] * 21},
    {"images": IMAGE},
    {"images": "https://x.example/1.jpg"},
    {"images": ["https://x.example/1.jpg"]},
    {"images": [{}]},
    {"images": [{"source_url": 7}]},
    {"images": [{"source_url": None}]},
    {"images": [{"source_url": "x.example/1.jpg"}]},
    {"images": [{"source_url": "//x.example/1.jpg"}]},
    {"images": [{"source_url": ""}]},
    {"images": [{"source_url": "https://x.example/" + "x" * 2048}]},
    {"images": [{"source_url": "https://x.example/\x00"}]},
    {"images": [{**IMAGE, "external_id": ""}]},
    {"images": [{**IMAGE, "external_id": "x" * 256}]},
    {"images": [{**IMAGE, "external_id": 7}]},
    {"images": [{**IMAGE, "external_id": "\ud800"}]},
    {**BODY, "preset": "nonsense"},
    {**BODY, "preset": 7},
    {**BODY, "preservation_level": "none"},
    {**BODY, "instructions": ""},
    {**BODY, "instructions": "x" * 4001},
    {**BODY, "instructions": ["keep"]},
    {**BODY, "webhook_url": 7},
    {**BODY, "webhook_url": {"url": "https://hooks.example.com"}},
)


@pytest.mark.parametrize("body", WRONG_BODIES, ids=range(len(WRONG_BODIES)))
def test_bodies_that_are_not_what_the_endpoint_takes(desk: Desk, body: object) -> None:
    answer = desk.post(body)
    refused(answer, 400, "invalid_payload")
    assert answer.json()["error"]["message"] == "The request payload is invalid."
    assert desk.room.open_items() == []


@pytest.mark.parametrize(
    "body",
    [
        {"images": [IMAGE] * 20},
        {"images": [{**IMAGE, "external_id": "same"}] * 2},
        {"images": [{**IMAGE, "external_id": None}], "preset": None, "instructions": None, "webhook_url": None},
        {"images": [{"source_url": "ftp://x.example/1"}], "unknown": {"deep": [1, 2.5, None]}, "idempotency_key": "x"},
        {"images": [{**IMAGE, "external_id": "\U0001f600 \u05e9"}], "instructions": "x" * 4000},
        {**BODY, "preservation_level": "creative", "preset": "marketplace_clean_catalog"},
    ],
)
def test_bodies_that_are_taken(desk: Desk, body: object) -> None:
    assert desk.post(body).status_code == 202


@pytest.mark.parametrize("key", [None, "", "short", "x" * 161, "with space", "umlaut-\u00e4-key", "slash/12345"])
def test_idempotency_keys_that_are_none(desk: Desk, key: str | None) -> None:
    refused(desk.post(idempotency=key), 400, "invalid_idempotency_key")


@pytest.mark.parametrize("key", ["x" * 8, "x" * 160, "A.b_c:d-9"])
def test_idempotency_keys_that_are_taken(desk: Desk, key: str) -> None:
    assert desk.post(idempotency=key).status_code == 202


def test_two_idempotency_keys_are_none(desk: Desk) -> None:
    headers = [("authorization", f"Bearer {desk.live.key}"), ("idempotency-key", "a" * 8), ("idempotency-key", "b" * 8)]
    refused(desk.client.post(PATH, json=BODY, headers=headers), 400, "invalid_idempotency_key")


@pytest.mark.parametrize("url", ["http://example.com/x", "https://localhost/x", "ftp://x", "", "https://10.0.0.1/"])
def test_webhooks_that_are_not_public_https(desk: Desk, url: str) -> None:
    refused(desk.post({**BODY, "webhook_url": url}), 400, "invalid_webhook_url")


def test_a_webhook_may_have_2048_characters(desk: Desk) -> None:
    base = "https://8.8.8.8/"
    assert desk.post({**BODY, "webhook_url": base + "x" * (2048 - len(base))}).status_code == 202
    longer = desk.post({**BODY, "webhook_url": base + "x" * (2049 - len(base))}, "batch-0002")
    refused(longer, 400, "invalid_webhook_url")


@pytest.mark.parametrize("enhancement_id", ["x", "614c0031", UNKNOWN.replace("-", ""), "{" + UNKNOWN + "}", "%00"])
def test_ids_that_are_no_uuids(desk: Desk, enhancement_id: str) -> None:
    refused(desk.get(enhancement_id), 400, "invalid_enhancement_id")


def test_an_unknown_id(desk: Desk) -> None:
    refused(desk.get(UNKNOWN), 404, "enhancement_not_found")
    made = desk.post().json()["enhancement"]["id"]
    assert desk.get(made.upper()).status_code == 200


def test_keys_are_taken_from_the_bearer_alone(desk: Desk) -> None:
    key = desk.live.key
    for headers in ({}, {"x-api-key": key}, {"cookie": f"api_key={key}"}, {"authorization": f"Basic {key}"}):
        headers |= {"idempotency-key": "batch-0001"}
        refused(desk.client.post(f"{PATH}?api_key={key}", json=BODY, headers=headers), 401, "missing_api_key")
        refused(desk.client.get(f"{PATH}/not-a-uuid", headers=headers), 401, "missing_api_key")


def test_keys_that_are_refused(desk: Desk) -> None:
    headers = refused(desk.get(UNKNOWN, "aigen_live_" + "0" * 32), 401, "invalid_api_key")
    assert headers["www-authenticate"] == "Bearer"
    keys, key_id = desk.house.services.keys, desk.live.about.key_id
    keys.deactivate(key_id)
    refused(desk.post(), 401, "api_key_inactive")
    keys.reactivate(key_id)
    with desk.house.base.store.transaction() as session:
        session.execute(sa.update(ApiKeyRow).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    refused(desk.post(), 401, "api_key_expired")
    keys.revoke(key_id)
    refused(desk.post(), 401, "api_key_revoked")
    keys.delete(key_id)
    refused(desk.post(), 401, "invalid_api_key")


@pytest.mark.parametrize(
    "standing", [Standing.EMAIL_NOT_VERIFIED, Standing.SUSPENDED, Standing.PAYMENT_RISK, Standing.NO_API_ACCESS]
)
def test_accounts_in_bad_standing(desk: Desk, standing: Standing) -> None:
    desk.house.services.applications.set_standing(desk.account, standing)
    refused(desk.post(), 403, standing.value)


def test_an_environment_that_is_not_served(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(environments="live")
    refused(desk.post(key=desk.key(Environment.SANDBOX).key), 403, "api_key_environment_mismatch")
    assert desk.post().status_code == 202


def test_credits_that_do_not_suffice(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(credits="metered")
    refused(desk.post(), 403, "api_access_not_enabled")
    desk.house.services.ledger.grant(desk.account, 200)
    assert desk.post({"images": [IMAGE] * 20}).json()["remaining_paid_credits"] == 100
    assert desk.post({"images": [IMAGE] * 19}, "batch-0002").json()["remaining_paid_credits"] == 5
    answer = desk.post({"images": [IMAGE] * 2}, "batch-0003")
    refused(answer, 402, "insufficient_api_credits")
    assert answer.json()["error"]["message"] == (
        "You do not have enough API-eligible credits to process this batch. "
        "API enhancements can only use purchased credits."
    )


def test_content_that_is_not_allowed(desk: Desk) -> None:
    refused(desk.post({**BODY, "instructions": "add some gore"}), 422, "content_policy_violation")


def test_a_queue_that_is_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def enqueue(*args: object, **kwargs: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(type(desk.house.base.jobs), "enqueue", enqueue)
    refused(desk.post(), 503, "queue_unavailable")


def test_a_fault_of_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def create(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(desk.house.services.enhancements), "create", create)
    answer = desk.post()
    refused(answer, 500, "unexpected")
    assert "ZeroDivision" not in answer.text


def test_paths_and_methods_that_nobody_serves(desk: Desk) -> None:
    refused(desk.client.get(f"{PATH}/{UNKNOWN}/items"), 404, "not_found")
    refused(desk.client.get("/api/v1/product-something"), 404, "not_found")
    assert refused(desk.client.delete(f"{PATH}/{UNKNOWN}"), 405, "method_not_allowed")["allow"] == "GET"
    refused(desk.client.put(PATH), 405, "method_not_allowed")
    assert desk.client.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"


def test_the_vendors_rates(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(limits="vendor")
    for number in range(5):
        answer = desk.post(idempotency="batch-0001")
        assert answer.status_code in (200, 202)
        assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("5", str(4 - number))
    headers = refused(desk.post(idempotency=None), 429, "rate_limit_exceeded")
    assert 0 < int(headers["retry-after"]) <= 3600
    assert (headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]) == ("5", "0")
    assert int(headers["x-ratelimit-reset"]) > datetime.now(UTC).timestamp()
    assert desk.get(UNKNOWN).headers["content-type"] == "application/json"
    for _ in range(119):
        desk.get(UNKNOWN)
    refused(desk.get(UNKNOWN), 429, "rate_limit_exceeded")
    other = desk.key(Environment.LIVE)
    refused(desk.get(UNKNOWN, other.key), 404, "enhancement_not_found")
    refused(desk.post(key=desk.key(Environment.SANDBOX).key, idempotency="bad"), 400, "invalid_idempotency_key")


def test_strangers_are_limited_and_key_holders_are_not(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(limits="vendor")
    for _ in range(98):
        desk.client.get(PRESETS_PATH)
    refused(desk.get(UNKNOWN, "aigen_live_x"), 401, "invalid_api_key")
    refused(desk.client.get(f"{PATH}/{UNKNOWN}"), 401, "missing_api_key")
    for answer in (desk.client.get(PRESETS_PATH), desk.get(UNKNOWN, "aigen_live_x")):
        refused(answer, 429, "rate_limit_exceeded")
    refused(desk.get(UNKNOWN), 404, "enhancement_not_found")


def test_active_batches_of_a_key(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(limits="vendor")
    assert desk.post().status_code == 202
    headers = refused(desk.post(idempotency="batch-0002"), 429, "too_many_active_enhancements")
    assert "retry-after" not in headers
    assert desk.post().status_code == 200


def test_limits_that_cannot_be_checked_let_nothing_through(desk_with: Callable[..., Desk]) -> None:
    from pydantic import SecretStr

    desk = desk_with(limits="vendor", limits_url=SecretStr("redis://127.0.0.1:1/0"))
    refused(desk.post(), 500, "rate_limit_unavailable")
    refused(desk.client.get(PRESETS_PATH), 500, "rate_limit_unavailable")
    assert desk.room.open_items() == []


def test_every_error_of_the_table_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in STATUS]
    assert len(set(codes)) == len(codes) == 29


def test_a_client_s_own_request_id_is_not_ours(desk: Desk) -> None:
    answer = desk.client.get(PRESETS_PATH, headers={"x-request-id": "mine" * 100})
    assert REQUEST_ID.fullmatch(answer.headers["x-request-id"])
