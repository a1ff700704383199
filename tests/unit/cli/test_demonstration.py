# SPDX-License-Identifier: Apache-2.0
"""The parts of the demonstration that judge whether all went well."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from affiche.cli import demo
from affiche.cli.demonstration import orders
from affiche.cli.demonstration.campaign import collect_creatives
from affiche.cli.demonstration.ear import Ear, listening
from affiche.cli.demonstration.photo_sheet import WIDTH, Photo, draw_photo_sheet
from affiche.cli.demonstration.photos import Shooting, collect_photos
from affiche.cli.demonstration.sheet import Exhibit
from affiche.client import Photoshoot, Process, Recommended, Shot
from affiche.creative.formats import RenderKind, format_of
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.samples import sample_photo_jpeg

ORDER = Process("process", "user", {"one": 1, "two": 1}, 0, True, "")
SHOOT = Photoshoot("shoot", "user", (Shot("shot", 1, None),), 0, False, "")


def completed(task: str, reason: str = "", family: str = "ImageGeneration") -> dict[str, Any]:
    return {
        "MessageType": f"{family}TaskCompleted",
        "TaskId": task,
        "IsSuccessful": not reason,
        "ErrorMessage": reason,
    }


FINAL = {"MessageType": "ImageGenerationProgress", "Progress": 100, "ImageRenderProcessId": "process"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "_NOTIFICATION_SECONDS", 0.05)


def test_a_webhook_hears_notifications_and_refuses_anything_else() -> None:
    ear = Ear()
    with listening(ear) as url:
        for message in (completed("one"), completed("two", "no room"), {**FINAL, "Progress": 50}):
            assert httpx2.post(url, json=message).status_code == 200
        assert ear.ended == set()
        assert not ear.wait_for(2, 0.05)
        assert httpx2.post(url, json=FINAL).status_code == 200
        assert ear.wait_for(2, 5)
        assert not ear.wait_for(2, 0.05, processes=2)
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
    assert orders.unheard(ear, [ORDER]) == complaints


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
    exhibits = collect_creatives(Server({"one": 4, "two": 5}, post), ORDER, tmp_path)  # type: ignore[arg-type]
    assert exhibits == (Exhibit(format_of(RenderKind.POST), 1, post),)
    assert [path.name for path in tmp_path.iterdir()] == ["post-1080x1080-v1.png"]


def test_a_server_that_stands_still_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "_STALLED_SECONDS", 0.0)
    monkeypatch.setattr(orders, "_LOOK_SECONDS", 0.0)
    (complaint,) = orders.follow(lambda: replace(ORDER, tasks={"one": 5, "two": 1}), "Drawing")
    assert "1 tasks are still queued" in complaint


@pytest.mark.parametrize(
    ("arrived", "complaints", "code"),
    [(1, (), 0), (0, ("2 of 2 creatives did not arrive.",), 1), (1, ("No notification came.",), 1)],
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
    monkeypatch.setattr(demo, "_perform", lambda out, kind: demo.Outcome(exhibits, "", (), complaints))
    said = affiche("demo", "--out", tmp_path / "out")
    assert said.code == code
    assert (tmp_path / "out" / "contact-sheet.png").exists() == bool(arrived)
    assert all(complaint in said.err for complaint in complaints)


def test_only_what_an_earlier_demonstration_left_is_removed(tmp_path: Path) -> None:
    for name in (
        "post-1080x1080-v1.png",
        "photo-1.png",
        "photo-sheet.png",
        "contact-sheet.png",
        "mine.png",
        "photo.png",
    ):
        (tmp_path / name).touch()
    (tmp_path / "home").mkdir()
    demo._clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.png", "photo.png"]


@pytest.mark.parametrize(
    ("heard", "complaints"),
    [
        (("shot", "process", "shoot"), []),
        (("shot", "process"), ["No notification came for the whole process."]),
        (("process", "shoot"), ["No notification came for 1 of 3 tasks."]),
    ],
)
def test_photos_are_listened_for_beside_creatives(heard: tuple[str, ...], complaints: list[str]) -> None:
    ear = Ear()
    for message in (completed("one"), completed("two")):
        ear.hear(message)
    for name in heard:
        if name == "shot":
            ear.hear(completed(name, family="ImageProductGeneration"))
        else:
            ear.hear(FINAL | {"MessageType": "ImageProductGenerationProgress", "ImageRenderProcessId": name})
    assert orders.unheard(ear, [ORDER, SHOOT]) == complaints


class Studio:
    """A client of a server that has taken one picture of two."""

    def find(self, order: Photoshoot) -> Photoshoot:
        return replace(order, pictures=(Shot("lost", 4, None), Shot("shot", 5, "http://server/shot.png")))

    def download(self, order: Photoshoot, task: str) -> bytes:
        return task.encode()


def test_only_finished_photos_are_saved_and_keep_the_names_of_their_scenes(tmp_path: Path) -> None:
    order = replace(SHOOT, pictures=(Shot("lost", 1, None), Shot("shot", 1, None)))
    shooting = Shooting(Recommended("asset", "bottle", "A bottle.", (), ()), ("first", "second"), order)
    assert collect_photos(Studio(), shooting, tmp_path) == (Photo("second", b"shot"),)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["photo-2.png"]


def test_photos_hang_beside_their_snapshot(post: bytes) -> None:
    photos = [Photo(name, post) for name in ("one", "two", "“a long scene in many words, " * 9)]
    sheet = draw_photo_sheet("bottle", post, photos)
    assert (sheet.shape[1], sheet.shape[2]) == (WIDTH, 4)
    more = draw_photo_sheet("bottle", post, photos * 2)
    assert more.shape[0] > sheet.shape[0]
