# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a photoshoot and of its downloads: every picture is taken once, told once, paid for once."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from affiche.client import Credentials, NoAnswer, Photoshoot, PhotoshootClient, Scene
from affiche.samples import sample_snapshot_jpeg
from affiche.settings import Settings
from tests.acceptance.test_kill import Ear, Server, free_port, is_whole, wait_for

PRESETS = (
    "white_background",
    "natural_beige_background",
    "light_grey_background",
    "on_platform_natural_beige_background",
    "clay_room_window_light",
    "marble_and_gold",
)
GRANTED = 100
PRICE = 3
FILES = 3
"""Of a picture: itself, its thumbnail and the map of its differences."""

KILLS = 3
ROUNDS = 3
"""How often each picture is downloaded while the API is killed."""


@pytest.fixture
def server(database_url: str, make_settings: Callable[..., Settings], tmp_path: Path) -> Iterator[Server]:
    settings = make_settings(
        database_url=database_url,
        port=free_port(),
        lease_seconds=2,
        allow_private_targets=True,
        credits="metered",
        credits_per_photo=PRICE,
    )
    made = Server(settings, tmp_path / "server.log")
    yield made
    for part in list(made.parts):
        made.kill(part)


@pytest.fixture
def client(server: Server) -> Iterator[PhotoshootClient]:
    server.start("api")
    server.wait_until_ready()
    credentials = Credentials.of(json.loads(server.run("apps", "create", "--name", "Tests", "--json").stdout))
    server.run("credits", "grant", credentials.application_id, str(GRANTED))
    with PhotoshootClient(server.url, credentials) as opened:
        yield opened


@pytest.mark.slow
def test_no_kill_loses_a_photo_or_charges_it_twice(server: Server, client: PhotoshootClient) -> None:
    with Ear().listening() as ear:
        client.register_webhook(ear.url)
        server.start("worker")
        found = client.recommend(sample_snapshot_jpeg())
        scenes = [Scene(preset_id=preset) for preset in PRESETS]
        order = client.start(found.asset_id, scenes, name=found.name, description=found.description)
        interrupt(server, client, order)
        done = client.find(order)
        assert (done.progress, done.is_successful, set(done.tasks)) == (100, True, set(order.tasks))
        assert len(done.finished) == len(PRESETS)
        assert_told_once(ear, done)
    assert_nothing_is_half_written(server.settings.home, done)
    pictures = download_while_killed(server, client, done)
    assert len(set(pictures.values())) == len(PRESETS), "six different pictures"
    audit = json.loads(server.run("ledger", "check", "--json").stdout)
    spent = PRICE * len(PRESETS)
    assert (audit["ok"], audit["spent"], audit["held"], audit["findings"]) == (True, spent, 0, [])
    (balance,) = json.loads(server.run("ledger", "show", "--json").stdout)["balances"]
    assert (balance["available"], balance["spent"]) == (GRANTED - spent, spent)
    server.end()


def interrupt(server: Server, client: PhotoshootClient, order: Photoshoot) -> None:
    """Kill the worker a few times, each time after it has come on, and the API once; then let them finish."""
    dice, reached = random.Random(11), 0
    for _ in range(KILLS):
        wait_for(lambda reached=reached: len(client.find(order).finished) > reached)  # type: ignore[misc]
        time.sleep(dice.uniform(0.0, 0.4))
        server.kill("worker")
        reached = len(client.find(order).finished)
        server.start("worker")
        if reached == len(PRESETS):
            break
    server.kill("api")
    server.start("api")
    server.wait_until_ready()
    wait_for(lambda: client.find(order).has_ended)


def download_while_killed(server: Server, client: PhotoshootClient, done: Photoshoot) -> dict[str, bytes]:
    """Download every picture several times at once while the API dies. Each must come whole, and always the same."""
    tasks = [task for _ in range(ROUNDS) for task in done.finished]
    with ThreadPoolExecutor(4) as pool:
        wishes = [(task, pool.submit(client.download, done, task)) for task in tasks]
        wait_for(lambda: any(wish.done() for _, wish in wishes))
        server.kill("api")
        server.start("api")
        server.wait_until_ready()
        got = [(task, content) for task, wish in wishes if (content := content_of(wish)) is not None]
    got += [(task, client.download(done, task)) for task in done.finished]
    assert all(is_whole(content) for _, content in got)
    assert len(set(got)) == len(done.finished), "a picture that was downloaded again is another"
    return dict(got)


def content_of(wish: "Future[bytes]") -> bytes | None:
    """What came; None where the API had gone for good."""
    try:
        return wish.result()
    except NoAnswer:
        return None


def assert_told_once(ear: Ear, done: Photoshoot) -> None:
    """A sender that is killed before it has recorded a delivery sends again: the same id, then, and the same content."""
    expected = len(PRESETS) + 1
    wait_for(lambda: len({name for name, _ in ear.heard}) >= expected)
    time.sleep(1)
    events = dict(ear.heard)
    assert len({(name, json.dumps(message)) for name, message in ear.heard}) == len(events) == expected
    kinds = Counter(message["MessageType"] for message in events.values())
    assert kinds == {"ImageProductGenerationTaskCompleted": len(PRESETS), "ImageProductGenerationProgress": 1}
    assert sorted(message["TaskId"] for message in events.values() if "TaskId" in message) == sorted(done.tasks)


def assert_nothing_is_half_written(home: Path, done: Photoshoot) -> None:
    """Three whole files of each picture, and none else of this photoshoot."""
    files = [path.name for path in (home / "files" / "results" / done.process_id).iterdir()]
    whole = [name for name in files if not name.startswith(".draft")]
    assert Counter(name[:36] for name in whole) == dict.fromkeys(done.tasks, FILES)
