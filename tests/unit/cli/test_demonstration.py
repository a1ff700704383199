# SPDX-License-Identifier: Apache-2.0
"""The parts of the demonstration that judge whether all went well."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from affiche.cli import demo
from affiche.cli.demonstration.ear import Ear, listening
from affiche.cli.demonstration.sheet import Exhibit
from affiche.client import Process
from affiche.creative.formats import RenderKind, format_of
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.samples import sample_photo_jpeg

ORDER = Process("process", "user", {"one": 1, "two": 1}, 0, True, "")


def completed(task: str, reason: str = "") -> dict[str, Any]:
    return {
        "MessageType": "ImageGenerationTaskCompleted",
        "TaskId": task,
        "IsSuccessful": not reason,
        "ErrorMessage": reason,
    }


FINAL = {"MessageType": "ImageGenerationProgress", "Progress": 100}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_NOTIFICATION_SECONDS", 0.05)


def test_a_webhook_hears_notifications_and_refuses_anything_else() -> None:
    ear = Ear()
    with listening(ear) as url:
        for message in (completed("one"), completed("two", "no room"), {**FINAL, "Progress": 50}):
            assert httpx2.post(url, json=message).status_code == 200
        assert ear.final is None
        assert not ear.wait_for(2, 0.05)
        assert httpx2.post(url, json=FINAL).status_code == 200
        assert ear.wait_for(2, 5)
        assert httpx2.post(url, content=b"hello").status_code == 400
        assert httpx2.post(url, json={"Hello": 1}).status_code == 400
    assert ear.tasks == {"one"}
    assert ear.failures == {"two": "no room"}


@pytest.mark.parametrize(
    ("messages", "complaints"),
    [
        ([completed("one"), completed("two"), FINAL], []),
        ([completed("one"), FINAL], ["No notification came for 1 of 2 tasks."]),
        ([completed("one"), completed("one"), FINAL], ["No notification came for 1 of 2 tasks."]),
        ([completed("one"), completed("two")], ["No notification came for the whole process."]),
        ([completed("one"), completed("two", "no room"), FINAL], ["Task two failed: no room"]),
    ],
)
def test_what_was_not_heard_is_complained_about(messages: list[dict[str, Any]], complaints: Any) -> None:
    ear = Ear()
    for message in messages:
        ear.hear(message)
    assert demo._heard(ear, ORDER) == complaints


class Server:
    """A client of a server whose tasks have the given states."""

    def __init__(self, states: dict[str, int], content: bytes) -> None:
        self._states = states
        self._content = content

    def find(self, order: Process) -> Process:
        return replace(order, tasks=self._states)

    def download(self, order: Process, task: str) -> bytes:
        return self._content


@pytest.fixture(scope="module")
def post() -> bytes:
    pixels = decode_photo(sample_photo_jpeg(size=(1080, 1080)))
    canvas = pixels[..., [2, 1, 0, 0]].copy()
    canvas[..., 3] = 255
    return encode(canvas, ImageFormat.PNG)


def test_only_finished_creatives_are_saved_and_named_by_their_pixels(post: bytes, tmp_path: Path) -> None:
    exhibits = demo._collect(Server({"one": 4, "two": 5}, post), ORDER, tmp_path)  # type: ignore[arg-type]
    assert exhibits == (Exhibit(format_of(RenderKind.POST), 1, post),)
    assert [path.name for path in tmp_path.iterdir()] == ["post-1080x1080-v1.png"]


def test_a_server_that_stands_still_is_given_up(monkeypatch: pytest.MonkeyPatch, post: bytes) -> None:
    monkeypatch.setattr(demo, "_STALLED_SECONDS", 0.0)
    monkeypatch.setattr(demo, "_LOOK_SECONDS", 0.0)
    (complaint,) = demo._follow(Server({"one": 5, "two": 1}, post), ORDER)  # type: ignore[arg-type]
    assert "1 tasks are still queued" in complaint


@pytest.mark.parametrize(
    ("arrived", "complaints", "code"), [(1, (), 0), (0, (), 1), (1, ("No notification came.",), 1)]
)
def test_the_exit_code_tells_whether_all_went_well(
    affiche: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    post: bytes,
    arrived: int,
    complaints: tuple[str, ...],
    code: int,
) -> None:
    exhibits = (Exhibit(format_of(RenderKind.POST), 1, post),) * arrived
    monkeypatch.setattr(demo, "_perform", lambda out, kind: demo.Outcome(exhibits, complaints))
    said = affiche("demo", "--out", tmp_path / "out")
    assert said.code == code
    assert (tmp_path / "out" / "contact-sheet.png").exists() == bool(arrived)
    assert all(complaint in said.err for complaint in complaints)


def test_only_what_an_earlier_demonstration_left_is_removed(tmp_path: Path) -> None:
    for name in ("post-1080x1080-v1.png", "contact-sheet.png", "mine.png", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "home").mkdir()
    demo._clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.png", "notes.txt"]
