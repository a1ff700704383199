# SPDX-License-Identifier: Apache-2.0
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.images.colour import Colour
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.messages import EnhanceRequest, RenderFailed, RenderRequest, ShootRequest
from affiche.jobs.rendering.pool import PoolClosed, RenderPool, RenderTerms
from affiche.studio.presets import PRESETS
from tests.doubles import rendering

BRIEF = Brief("A headline", "A punchline", "Buy", (Colour(0, 0, 0), Colour(255, 255, 255)))
REQUEST = RenderRequest(BRIEF, "photo", "logo", 7, RenderKind.STORY, 2, 5)


def headed(headline: str) -> RenderRequest:
    return replace(REQUEST, brief=replace(BRIEF, headline=headline))


def fetch(digest: str) -> bytes:
    return f"bytes of {digest}".encode()


@pytest.fixture
def make_pool() -> Iterator[Callable[..., RenderPool]]:
    pools: list[RenderPool] = []

    def make(slots: int = 1, **terms: float) -> RenderPool:
        pools.append(RenderPool(RenderTerms(slots, renderer=rendering.SKETCHER, **terms)))  # type: ignore[arg-type]
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def drawer(pool: RenderPool, request: RenderRequest) -> int:
    """The process that draws a request."""
    pid = json.loads(pool.render(request, fetch).thumbnail)["pid"]
    assert isinstance(pid, int)
    return pid


def test_a_creative_comes_back_with_what_it_is(make_pool: Callable[..., RenderPool]) -> None:
    rendered = make_pool().render(REQUEST, fetch)
    assert json.loads(rendered.content) == {
        "headline": "A headline",
        "format": "story",
        "variant": 2,
        "seed": 7,
        "photo": len(b"bytes of photo"),
    }
    assert (rendered.width, rendered.height, rendered.dropped) == (1080, 1920, ("description",))
    assert rendered.seconds > 0


def test_a_picture_is_fetched_once_for_all_creatives_of_a_process(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    asked: list[str] = []

    def listed(digest: str) -> bytes:
        asked.append(digest)
        return b""

    for variant in (1, 2, 3):
        pool.render(replace(REQUEST, variant=variant), listed)
    assert asked == ["photo", "logo"]


def test_work_goes_to_the_process_that_knows_its_campaign(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool(slots=2)
    with ThreadPoolExecutor(2) as threads:
        slow = [threads.submit(drawer, pool, headed(rendering.SLOW)) for _ in range(2)]
        first, second = (future.result() for future in slow)
    assert first != second
    knows = drawer(pool, REQUEST)
    assert {drawer(pool, replace(REQUEST, variant=variant)) for variant in range(1, 9)} == {knows}


def test_a_crash_is_tried_once_more(make_pool: Callable[..., RenderPool], tmp_path: Path) -> None:
    pool = make_pool()
    before = drawer(pool, REQUEST)
    once = drawer(pool, headed(rendering.CRASH_ONCE + str(tmp_path / "crashed")))
    assert once != before


def test_a_process_that_crashes_again_fails_its_task_only(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    with pytest.raises(RenderFailed, match="could not be drawn"):
        pool.render(headed(rendering.CRASH), fetch)
    assert pool.render(REQUEST, fetch).width == 1080


def test_a_process_that_is_killed_is_replaced(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    pid = drawer(pool, REQUEST)
    os.kill(pid, signal.SIGKILL)
    assert drawer(pool, REQUEST) != pid


def test_signals_to_the_group_do_not_end_a_render_process(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    pid = drawer(pool, REQUEST)
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGTERM)
    assert drawer(pool, REQUEST) == pid


def test_a_task_that_hangs_fails_in_time(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool(timeout_seconds=1.5)
    drawer(pool, REQUEST)
    started = time.monotonic()
    with pytest.raises(RenderFailed, match=r"longer than 1\.5 s"):
        pool.render(headed(rendering.HANG), fetch)
    assert 1.4 < time.monotonic() - started < 4
    assert pool.render(REQUEST, fetch).width == 1080


def test_errors_of_the_engine_reach_the_client_and_faults_do_not(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    with pytest.raises(RenderFailed, match="cut 12 characters"):
        pool.render(headed(rendering.TOO_LONG), fetch)
    with pytest.raises(RenderFailed, match="a fault of ours") as caught:
        pool.render(headed(rendering.FAULT), fetch)
    assert "ZeroDivisionError" not in str(caught.value)


def test_a_product_picture_is_enhanced(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    enhanced = pool.enhance(EnhanceRequest(b"four", "remove_background", "strict", "keep the shadow"))
    told = json.loads(enhanced.content.removeprefix(b"\x89PNG"))
    assert told == {"treatment": "remove_background", "preservation": "strict", "bytes": 4}
    assert (enhanced.width, enhanced.height) == (1600, 1200)
    assert enhanced.notes == ("'keep the shadow' was not honoured.",)
    assert enhanced.seconds > 0
    with pytest.raises(RenderFailed, match="damaged") as caught:
        pool.enhance(EnhanceRequest(b"", "remove_background", "strict", rendering.UNREADABLE))
    assert caught.value.reason == "unreadable_image"
    with pytest.raises(RenderFailed) as caught:
        pool.enhance(EnhanceRequest(b"", "remove_background", "strict", rendering.CRASH))
    assert caught.value.reason == ""


def test_a_process_that_has_grown_is_replaced(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool(memory_bytes=140 * 1024 * 1024)
    grown = drawer(pool, headed(rendering.GROW))
    assert drawer(pool, REQUEST) != grown


def test_a_picture_that_cannot_be_fetched_spoils_nothing(make_pool: Callable[..., RenderPool]) -> None:
    def broken(digest: str) -> bytes:
        raise OSError("The storage is away.")

    pool = make_pool()
    with pytest.raises(OSError, match="away"):
        pool.render(REQUEST, broken)
    assert pool.render(REQUEST, fetch).width == 1080


def test_closing_ends_the_processes_and_frees_who_waits(make_pool: Callable[..., RenderPool]) -> None:
    pool = make_pool()
    pid = drawer(pool, REQUEST)
    ended: list[str] = []

    def work() -> None:
        with pytest.raises(PoolClosed):
            pool.render(headed(rendering.HANG), fetch)
        ended.append("closed")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    pool.close()
    for thread in threads:
        thread.join(5)
    assert ended == ["closed", "closed"]
    assert not Path(f"/proc/{pid}").exists()


SHOOT = ShootRequest(PRESETS["white_background"], "cutout", 100, 60)


def cut(digest: str) -> bytes:
    return rendering.CUT_OUT.encode() + rendering.AT_SHOOTING.encode() + b"kettle"


def test_only_what_is_to_be_painted_goes_to_the_one_process_with_the_scene_model(
    make_pool: Callable[..., RenderPool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("affiche.jobs.rendering.pool.SCENE_PAINTER", rendering.PAINTER)
    pool = make_pool(slots=2, equipment=Equipment(scene_model=str(tmp_path)))
    assert pool.shoot(SHOOT, cut).engine == {"affiche": "1.2.3"}
    painted = pool.shoot(replace(SHOOT, neural=True), cut)
    assert painted.engine == {"scene": str(tmp_path)}
    assert pool.shoot(replace(SHOOT, neural=True, variant=2), cut).engine == painted.engine
    pool.close()
    with pytest.raises(PoolClosed):
        pool.shoot(replace(SHOOT, neural=True), cut)


def test_painting_has_a_process_and_a_time_of_its_own(tmp_path: Path) -> None:
    terms = RenderTerms(8, 60.0, 600, equipment=Equipment(scene_model=str(tmp_path)), scene_seconds=240.0)
    painting = terms.painting
    assert (painting.slots, painting.timeout_seconds, painting.equipment) == (1, 240.0, terms.equipment)
    assert painting.memory_bytes > 1 << 40
