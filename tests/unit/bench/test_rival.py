# SPDX-License-Identifier: Apache-2.0
"""What is said of a rival that is not there, and how CPU time is counted."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.rivals.rival import RIVALS, Finder, cpu_seconds

BY_NAME = {rival.name: rival for rival in RIVALS}


def finding(*programs: str) -> Finder:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    for package in ("playwright-core", "satori"):
        (tmp_path / "node_modules" / package).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("name", ["chromium", "satori"])
def test_node_is_asked_for(name: str, installed: Path) -> None:
    lack = BY_NAME[name].missing(finding("chromium"), installed)
    assert lack is not None
    assert "Node is missing (Debian, Ubuntu: apt install nodejs npm; then make rivals)" in lack


@pytest.mark.parametrize(("name", "package"), [("chromium", "playwright-core"), ("satori", "satori")])
def test_packages_are_asked_for(name: str, package: str, tmp_path: Path) -> None:
    lack = BY_NAME[name].missing(finding("node", "chromium"), tmp_path)
    assert lack == f"Not compared with {BY_NAME[name].title}: {package} is missing (make rivals)."


def test_chromium_is_asked_for_only_where_it_draws(installed: Path) -> None:
    find = finding("node")
    lack = BY_NAME["chromium"].missing(find, installed)
    assert lack == "Not compared with Chromium: Chromium is missing (Debian, Ubuntu: apt install chromium)."
    assert BY_NAME["satori"].missing(find, installed) is None


def test_nothing_is_missing_where_everything_is(installed: Path) -> None:
    find = finding("node", "chromium-browser")
    assert [rival.missing(find, installed) for rival in RIVALS] == [None] * len(RIVALS)


def test_pillow_needs_nothing(tmp_path: Path) -> None:
    assert BY_NAME["pillow"].missing(finding(), tmp_path) is None


WORK = "sum(range(6_000_000))"


@pytest.mark.parametrize(
    "script",
    [f'"$0" -c "{WORK}"; echo done; read answer', f'"$0" -c "{WORK}; print(\'done\', flush=True); input()"; true'],
    ids=["a child that has ended", "a child that lives"],
)
def test_cpu_time_is_that_of_children_too(script: str) -> None:
    process = subprocess.Popen(["sh", "-c", script, sys.executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    taken = cpu_seconds(process.pid)
    process.communicate(b"\n")
    assert taken > 0.01
