# SPDX-License-Identifier: Apache-2.0
"""The vision model's adapter against servers on this machine."""

import base64
import json
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from affiche.outbound.vision_model import MOST_BYTES, VisionModel
from affiche.recognition.opinion import NoOpinion, Opinion
from affiche.studio.presets import PRESETS
from tests.unit.outbound.test_client import Behaviour, answering, server

KEY = "sk-very-secret"
PICTURE = b"\xff\xd8 a picture"
SAID = {
    "productName": "Acme tea",
    "productDescription": "A tin.",
    "prompts": ["on a tray"],
    "presetIds": ["zen_stones"],
}
HEARD = Opinion("Acme tea", "A tin.", ("on a tray",), ("zen_stones",))


def message(body: bytes, status: str = "200 OK") -> Behaviour:
    return answering(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def chat(content: object) -> Behaviour:
    return message(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())


def ask(behaviour: Behaviour, seconds: float = 5.0, key: str = KEY) -> tuple[Opinion, bytes]:
    with server(behaviour) as (url, requests):
        model = VisionModel(url.replace("/hook", "/v1/"), "eye-1", key, PRESETS.values(), seconds=seconds)
        return model(PICTURE), requests[0]


def test_the_picture_and_the_presets_are_sent_and_the_answer_is_read() -> None:
    opinion, request = ask(chat(json.dumps(SAID)))
    assert opinion == HEARD
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/chat/completions HTTP/1.1")
    assert f"authorization: bearer {KEY}".encode() in head.lower()
    sent: dict[str, Any] = json.loads(body)
    assert sent["model"] == "eye-1"
    text, picture = sent["messages"][0]["content"]
    assert base64.b64decode(picture["image_url"]["url"].partition(",")[2]) == PICTURE
    assert all(preset in text["text"] for preset in PRESETS)


def test_without_a_key_nothing_is_authorized() -> None:
    _, request = ask(chat(json.dumps(SAID)), key="")
    assert b"authorization" not in request.lower()


@pytest.mark.parametrize("content", [f"```json\n{json.dumps(SAID)}\n```", f"Here you are: {json.dumps(SAID)} Enjoy!"])
def test_words_around_the_answer_are_passed_over(content: str) -> None:
    assert ask(chat(content))[0] == HEARD


def test_members_of_the_wrong_kind_count_as_missing() -> None:
    said = {"productName": 7, "productDescription": None, "prompts": "on a tray", "presetIds": [1, "zen_stones", {}]}
    assert ask(chat(json.dumps(said)))[0] == Opinion(preset_ids=("zen_stones",))


@pytest.mark.parametrize(
    "behaviour",
    [
        message(b"{}", "500 Oops"), message(b"", "302 Found"), message(b"not json"), message(b"[]"), message(b'{"choices": []}'),
        chat(None), chat("I cannot see anything."), chat("[1, 2]"), chat("{" * 5000), message(b"x" * (MOST_BYTES + 1)),
        lambda connection, request: connection.close(),
    ],
)  # fmt: skip
def test_anything_else_is_no_opinion(behaviour: Behaviour) -> None:
    with pytest.raises(NoOpinion):
        ask(behaviour)


def dripping(connection: socket.socket, request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(100):
        connection.sendall(b" ")
        time.sleep(0.05)


@pytest.mark.parametrize("behaviour", [dripping, lambda connection, request: time.sleep(2)])
def test_the_time_limit_holds_for_the_whole_exchange(behaviour: Callable[[socket.socket, bytes], None]) -> None:
    with pytest.raises(NoOpinion, match="in time"):
        ask(behaviour, seconds=0.4)


@pytest.mark.parametrize("key", [KEY, f"{KEY}\r\nX-Other: 1", f"{KEY}é"])
def test_the_key_is_in_no_message(key: str) -> None:
    model = VisionModel("http://127.0.0.1:9/v1", "eye-1", key, PRESETS.values(), seconds=1)
    with pytest.raises(NoOpinion) as caught:
        model(PICTURE)
    assert KEY not in str(caught.value)
