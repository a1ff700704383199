# SPDX-License-Identifier: Apache-2.0
"""The client against a real application, and against a server that fails by a script."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from affiche.client import ApiError, Batch, EnhancementClient, Manner, NoAnswer, Picture, TooLate
from affiche.outbound.source_errors import SourceProblem
from tests.doubles.enhancing import Shelf
from tests.unit.api.test_enhancement_routes import Desk, desk, desk_with
from tests.unit.client.scripted import Answer, Script

__all__ = ["desk", "desk_with"]

TOLD = {"id": "614c0031", "status": "queued", "total_items": 1, "credits_reserved": 5, "sandbox": False}
MADE = {"enhancement": TOLD, "remaining_paid_credits": 85, "request_id": "req_1"}


def refusal(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": "No.", "request_id": "req_2"}}


def scripted(*answers: Answer | Exception) -> tuple[EnhancementClient, Script, list[float]]:
    script, slept = Script(*answers), list[float]()
    return EnhancementClient("http://server", "key", Manner(sleep=slept.append, transport=script)), script, slept


def test_a_batch_is_sent_and_waited_for(desk: Desk) -> None:
    desk.room.shelf = Shelf({"bad": SourceProblem.INVALID_URL})
    transport = httpx2.MockTransport(_forward(desk))
    with EnhancementClient("http://testserver", desk.live.key, Manner(transport=transport)) as client:
        assert "clean_catalog_group" in client.presets()
        pictures = [Picture("https://x.example/1.jpg", "sku"), Picture("https://x.example/bad")]
        made = client.create(pictures, preset="clean_catalog_group", instructions="keep")
        assert (made.status, made.credits_reserved, made.has_ended) == ("queued", 10, False)
        desk.room.work()
        done = client.wait(made.batch_id, seconds=1)
    assert (done.status, done.credits_used) == ("partially_completed", 5)
    assert [item.error_code for item in done.items] == [None, "invalid_source_url"]
    assert done.items[0].external_id == "sku"
    assert done.items[0].notes == ("The instructions were not honoured.",)


def _forward(desk: Desk) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        told = desk.client.request(
            request.method, request.url.path, content=request.content, headers=dict(request.headers)
        )
        return httpx2.Response(told.status_code, content=told.content, headers=dict(told.headers))

    return answer


def test_without_an_answer_the_same_request_goes_out_again() -> None:
    client, script, slept = scripted(httpx2.ReadTimeout("late"), httpx2.ConnectError("closed"), (202, MADE, {}))
    assert client.create([Picture("https://x.example/1")]).batch_id == "614c0031"
    assert len({request.headers["idempotency-key"] for request in script.requests}) == 1
    assert len({request.content for request in script.requests}) == 1
    assert slept == [0.5, 2.0]


def test_a_server_that_never_answers_is_given_up() -> None:
    client, script, _ = scripted(*[httpx2.ConnectError("closed")] * 4)
    with pytest.raises(NoAnswer, match="closed"):
        client.find("x")
    assert len(script.requests) == 4


def test_limits_are_waited_for_as_the_server_says() -> None:
    limited = (429, refusal("rate_limit_exceeded"), {"retry-after": "7"})
    busy: Answer = (429, refusal("too_many_active_enhancements"), {})
    client, _, slept = scripted(limited, busy, (200, MADE, {}))
    client.create([Picture("https://x.example/1")])
    assert slept == [7.0, 10.0]


def test_limits_beyond_the_client_s_patience_are_raised() -> None:
    client, _, slept = scripted((429, refusal("rate_limit_exceeded"), {"retry-after": "3600"}))
    with pytest.raises(ApiError) as caught:
        client.create([Picture("https://x.example/1")])
    assert (caught.value.api_code, caught.value.status, slept) == ("rate_limit_exceeded", 429, [])


@pytest.mark.parametrize("code", ["queue_unavailable", "rate_limit_unavailable", "unexpected"])
def test_faults_of_the_server_are_tried_again(code: str) -> None:
    client, script, _ = scripted((500, refusal(code), {}), (202, MADE, {}))
    client.create([Picture("https://x.example/1")])
    assert len(script.requests) == 2


@pytest.mark.parametrize(
    "code", ["invalid_payload", "insufficient_api_credits", "idempotency_conflict", "invalid_api_key"]
)
def test_what_has_to_be_mended_first_is_raised_at_once(code: str) -> None:
    client, script, _ = scripted((400, refusal(code), {}))
    with pytest.raises(ApiError) as caught:
        client.create([Picture("https://x.example/1")])
    assert (caught.value.api_code, caught.value.request_id, len(script.requests)) == (code, "req_2", 1)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"error": "x"}'])
def test_answers_of_others_are_none(body: bytes) -> None:
    client, script, _ = scripted(*[(502, body, {})] * 4)
    with pytest.raises(NoAnswer, match="502"):
        client.find("x")
    assert len(script.requests) == 4


def test_waiting_ends() -> None:
    told: Answer = (200, {"enhancement": TOLD | {"items": []}, "request_id": "req_1"}, {})
    client, _, slept = scripted(told, told, told)
    with pytest.raises(TooLate, match="still queued after 10 seconds"):
        client.wait("614c0031", seconds=10)
    assert slept == [5.0, 5.0]


def test_a_batch_knows_when_it_has_ended() -> None:
    for status in ("completed", "partially_completed", "failed", "cancelled"):
        assert Batch.of(TOLD | {"status": status}).has_ended
    assert not Batch.of(TOLD | {"status": "processing"}).has_ended
