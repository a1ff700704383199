# SPDX-License-Identifier: Apache-2.0
"""The client of the ad creative API against a server that fails by a script."""

import json
from typing import Any

import httpx2
import pytest

from affiche.client import AdCreativeClient, ApiError, Credentials, Manner, NoAnswer, Process, Texts, TooLate
from affiche.client.applications import without_references
from tests.unit.client.scripted import Answer, Script

CREDENTIALS = Credentials("71392f1c", "key", "secret", "0f0f")
TASKS = {"29bc5c5c": 1, "47bda5e5": 1}
TOLD = {
    "messageType": "ImageGenerationProgress",
    "requestRenderState": 1,
    "imageRenderProcessId": "1a95650c",
    "userId": "ab51fc3d",
    "progress": 0,
    "tasks": TASKS,
    "isSuccessful": True,
    "errorMessage": "",
}
ORDER = Process.of(TOLD)
TEXTS = Texts("Find your quiet place", "Small lodges", "Book now", ("#1f4e5f", "#f2a154"))
TRACE = "00-5f1c0a9be27d4d3c8a6e4b7f90d21c33-9ab3c47d10e5f268-00"


def token(number: int = 1) -> Answer:
    return 200, {"$id": "1", "accessToken": f"access-{number}", "refreshToken": f"refresh-{number}"}, {}


def progress(**changes: object) -> Answer:
    told = {"$id": "2", **TOLD, "tasks": {"$id": "3", **TASKS}} | changes
    return 200, {"$id": "1", "$values": [told]}, {}


def layered(status: int, **errors: str) -> Answer:
    told = {name: [text] for name, text in errors.items()}
    return status, {"errors": told, "title": "One.", "status": status, "extensions": {"traceId": TRACE}}, {}


UNAUTHORIZED = layered(401, business="Token is missing, invalid or ApplicationId is not found in the token.")


def scripted(*answers: Answer | Exception) -> tuple[AdCreativeClient, Script, list[float]]:
    script, slept = Script(*answers), list[float]()
    return AdCreativeClient("http://server/", CREDENTIALS, Manner(sleep=slept.append, transport=script)), script, slept


def paths(script: Script) -> list[str]:
    return [request.url.path.rpartition("/")[2] for request in script.requests]


def test_the_first_question_gets_a_token_and_all_carry_the_three_credentials() -> None:
    client, script, _ = scripted(token(), progress(), progress())
    assert client.find(ORDER) == client.find(ORDER) == ORDER
    assert paths(script) == ["GenerateJwtToken", "CheckUserProgress", "CheckUserProgress"]
    assert json.loads(script.requests[0].content) == {"applicationId": "71392f1c", "jwtPrivateKey": "0f0f"}
    for request in script.requests[1:]:
        assert request.headers["authorization"] == "Bearer access-1"
        assert (request.headers["x-api-key"], request.headers["x-api-secret"]) == ("key", "secret")


def test_a_token_that_is_refused_is_renewed_and_the_question_asked_again() -> None:
    client, script, _ = scripted(token(), UNAUTHORIZED, token(2), progress())
    client.find(ORDER)
    assert paths(script) == ["GenerateJwtToken", "CheckUserProgress", "RefreshJwtToken", "CheckUserProgress"]
    assert json.loads(script.requests[2].content)["refreshToken"] == "refresh-1"
    assert script.requests[3].headers["authorization"] == "Bearer access-2"


def test_a_refresh_token_that_is_refused_too_is_done_without() -> None:
    client, script, _ = scripted(token(), UNAUTHORIZED, layered(400, engine="It is used up."), token(3), progress())
    client.find(ORDER)
    assert paths(script)[2:4] == ["RefreshJwtToken", "GenerateJwtToken"]
    assert script.requests[4].headers["authorization"] == "Bearer access-3"


def test_wrong_credentials_are_raised_and_not_tried_for_ever() -> None:
    client, script, _ = scripted(token(), UNAUTHORIZED, token(), UNAUTHORIZED)
    with pytest.raises(ApiError, match="Token is missing") as caught:
        client.find(ORDER)
    assert (caught.value.status, caught.value.request_id, len(script.requests)) == (401, TRACE, 4)


def test_an_order_is_a_form_with_both_files() -> None:
    client, script, _ = scripted(token(), (200, TOLD, {}))
    made = client.start(TEXTS, b"photo bytes", b"logo bytes", render_kind=31, user_id="ab51fc3d", max_bytes=90_000)
    assert made == ORDER
    assert not made.has_ended
    form = script.requests[1].content
    assert script.requests[1].headers["content-type"].startswith("multipart/form-data")
    for part in (
        b'name="mainHeadline"\r\n\r\nFind your quiet place',
        b'name="color2Hex"\r\n\r\n#f2a154',
        b'name="renderKind"\r\n\r\n31',
        b'name="maxBytes"\r\n\r\n90000',
        b'name="backgroundImage"; filename="backgroundImage"',
        b"logo bytes",
    ):
        assert part in form
    assert b"description" not in form


def test_an_edit_names_its_tasks_and_only_what_changes() -> None:
    client, script, _ = scripted(token(), (200, TOLD, {}))
    client.edit(ORDER, ["29bc5c5c", "47bda5e5"], Texts(headline="Stay a little longer"))
    form = script.requests[1].content
    assert form.count(b'name="taskIds"') == 2
    assert b"Stay a little longer" in form
    assert b"punchline" not in form
    assert b"filename" not in form


def test_an_order_that_may_have_arrived_is_not_sent_twice() -> None:
    for silence in (httpx2.ReadTimeout("late"), httpx2.ReadError("reset")):
        client, script, slept = scripted(token(), silence)
        with pytest.raises(NoAnswer):
            client.start(TEXTS, b"photo", b"logo")
        assert (len(script.requests), slept) == (2, [])
    client, script, slept = scripted(token(), layered(500, business="An unexpected error occurred."))
    with pytest.raises(ApiError, match="unexpected"):
        client.start(TEXTS, b"photo", b"logo")
    assert slept == []


def test_an_order_that_has_never_arrived_is_sent_again() -> None:
    client, script, slept = scripted(token(), httpx2.ConnectError("refused"), (200, TOLD, {}))
    assert client.start(TEXTS, b"photo", b"logo") == ORDER
    assert slept == [0.5]
    assert script.requests[1].content.count(b"photo") == script.requests[2].content.count(b"photo")


def test_questions_are_asked_again_over_silence_and_faults() -> None:
    fault = layered(500, business="An unexpected error occurred.")
    client, _, slept = scripted(token(), httpx2.ReadTimeout("late"), fault, progress())
    assert client.find(ORDER) == ORDER
    assert slept == [0.5, 2.0]
    client, script, _ = scripted(token(), *[httpx2.ConnectError("closed")] * 4)
    with pytest.raises(NoAnswer, match="closed"):
        client.download(ORDER, "29bc5c5c")
    assert len(script.requests) == 5


@pytest.mark.parametrize(
    ("body", "message", "request_id", "problems"),
    [
        (
            {"title": "T", "status": 400, "errors": {"Color1Hex": ["The Color1Hex field is required."]}},
            "The Color1Hex field is required.",
            "",
            {"Color1Hex": ("The Color1Hex field is required.",)},
        ),
        (
            {
                "$id": "1",
                "status": 400,
                "errors": {"$id": "2", "taskId": ["The value 'x' is not valid."]},
                "traceId": TRACE,
            },
            "The value 'x' is not valid.",
            TRACE,
            {"taskId": ("The value 'x' is not valid.",)},
        ),
    ],
)
def test_every_envelope_of_errors_is_read(
    body: dict[str, Any], message: str, request_id: str, problems: dict[str, tuple[str, ...]]
) -> None:
    client, _, _ = scripted(token(), (400, body, {}))
    with pytest.raises(ApiError) as caught:
        client.download(ORDER, "x")
    refused = caught.value
    assert str(refused) == f"{message} ({request_id or 400})"
    assert (refused.status, refused.request_id, refused.problems) == (400, request_id, problems)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"errors": "x"}', b'{"errors": {"x": 1}}'])
def test_answers_of_others_are_none(body: bytes) -> None:
    client, _, _ = scripted(token(), (404, body, {}))
    with pytest.raises(NoAnswer, match="404"):
        client.running()
    client, _, _ = scripted(token(), (200, b"<html>", {}))
    with pytest.raises(NoAnswer, match="no JSON"):
        client.running()


def test_waiting_ends_with_the_tasks_or_with_the_time() -> None:
    done = progress(tasks={"29bc5c5c": 5, "47bda5e5": 4}, progress=100)
    client, _, slept = scripted(token(), progress(), progress(), done)
    ended = client.wait(ORDER, seconds=10)
    assert (ended.finished, slept) == (("29bc5c5c",), [1.0, 1.0])
    client, _, slept = scripted(token(), progress(), progress())
    with pytest.raises(TooLate, match="at 0 % after 1 s"):
        client.wait(ORDER, seconds=1)


def test_a_download_asks_for_what_is_wanted() -> None:
    client, script, _ = scripted(token(), (200, b"picture", {}), (200, b"small", {}))
    assert client.download(ORDER, "29bc5c5c") == b"picture"
    assert client.download(ORDER, "29bc5c5c", low_resolution=True, file_format="webp", max_bytes=9000) == b"small"
    plain, special = (dict(request.url.params) for request in script.requests[1:])
    assert plain == {"applicationId": "71392f1c", "taskId": "29bc5c5c", "imageRenderProcessId": "1a95650c"}
    assert special == plain | {"lowResolution": "true", "format": "webp", "maxBytes": "9000"}


def test_the_serialiser_s_references_go() -> None:
    told = {"$id": "1", "$values": [{"$id": "2", "a": {"$id": "3", "b": [1, {"$id": "4"}]}}]}
    assert without_references(told) == [{"a": {"b": [1, {}]}}]
    assert without_references([1, "x", None]) == [1, "x", None]
