# SPDX-License-Identifier: Apache-2.0
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from affiche.jobs import supervisor
from affiche.jobs.leases import process_start
from affiche.jobs.supervisor import Part, keep_alive

STAY = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STAY


def part(program: str, log: Path) -> Part:
    return Part("sleeper", [sys.executable, "-c", program, str(log)], dict(os.environ))


def pids(log: Path, count: int) -> list[int]:
    """The first ``count`` processes that wrote to ``log``."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        lines = log.read_text().split() if log.exists() else []
        if len(lines) >= count:
            return [int(line) for line in lines[:count]]
        time.sleep(0.05)
    raise AssertionError("The part was not started.")


@pytest.fixture
def supervised(tmp_path: Path) -> Callable[[str], tuple[Path, threading.Event, threading.Thread, list[int]]]:
    def start(program: str) -> tuple[Path, threading.Event, threading.Thread, list[int]]:
        log, leaving, codes = tmp_path / "log", threading.Event(), []
        thread = threading.Thread(target=lambda: codes.append(keep_alive([part(program, log)], leaving, 1.0)))
        thread.start()
        return log, leaving, thread, codes

    return start


def alive(pid: int) -> bool:
    return process_start(pid) is not None


def test_a_part_that_is_killed_is_started_again(supervised: Callable[[str], tuple]) -> None:  # type: ignore[type-arg]
    log, leaving, thread, codes = supervised(STAY)
    os.kill(pids(log, 1)[0], signal.SIGKILL)
    second = pids(log, 2)[1]
    assert alive(second)
    leaving.set()
    thread.join(5)
    assert codes == [0]
    assert not alive(second)


def test_a_part_that_will_not_leave_is_ended(supervised: Callable[[str], tuple]) -> None:  # type: ignore[type-arg]
    log, leaving, thread, _ = supervised(STUBBORN)
    (pid,) = pids(log, 1)
    started = time.monotonic()
    leaving.set()
    thread.join(8)
    assert 0.9 < time.monotonic() - started < 6
    assert not alive(pid)


def test_a_part_that_cannot_live_ends_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supervisor, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(supervisor, "_LONGEST_PAUSE", 0.01)
    broken = part("raise SystemExit(7)", tmp_path / "log")
    assert keep_alive([broken], threading.Event(), 1.0) == 1
    assert broken.short_lives == 5


SUPERVISOR = """
import os, sys, threading
from affiche.jobs.supervisor import Part, keep_alive
keep_alive([Part("sleeper", sys.argv[1:], dict(os.environ))], threading.Event(), 1.0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a process that its parent has ended.")
def test_parts_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with subprocess.Popen([sys.executable, "-c", SUPERVISOR, *part(STAY, log).command]) as killed:
        (child,) = pids(log, 1)
        killed.kill()
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)
