# SPDX-License-Identifier: Apache-2.0
"""Another program that draws scenes: what it needs, how it is asked, what CPU time it takes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from bench.memory import children

HERE: Final = Path(__file__).parent
_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_BROWSERS: Final = ("chromium", "chromium-browser")

Finder = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rival:
    """``name`` for figures, ``title`` for people; ``formats`` it writes; ``conditions`` say how it draws.

    ``script`` is its program for Node, which needs ``package``, and a browser to be told a ``manner`` of using it; a
    rival without one is Python's.
    """

    name: str
    title: str
    formats: tuple[str, ...]
    conditions: str
    script: str | None = None
    package: str | None = None
    manner: str | None = None

    def missing(self, find: Finder = shutil.which, folder: Path = HERE) -> str | None:
        """What the machine lacks for this rival, with the remedy; None if it can draw."""
        if not (_PROC / "self/stat").exists():
            lack = "only Linux tells the CPU time of its processes"
        elif self.script is None:
            return None
        elif find("node") is None:
            lack = "Node is missing (Debian, Ubuntu: apt install nodejs npm; then make rivals)"
        elif not (folder / "node_modules" / str(self.package)).exists():
            lack = f"{self.package} is missing (make rivals)"
        elif self.manner is not None and _browser(find) is None:
            lack = "Chromium is missing (Debian, Ubuntu: apt install chromium)"
        else:
            return None
        return f"Not compared with {self.title}: {lack}."

    def command(self, stage: Path) -> list[str]:
        """What starts it, with the JSON file of the ``stage``."""
        if self.script is None:
            return [sys.executable, "-m", "bench.rivals.pillow_worker", str(stage)]
        started = ["node", str(HERE / self.script), str(stage)]
        return started if self.manner is None else [*started, _browser(shutil.which) or "", self.manner]


def _browser(find: Finder) -> str | None:
    return next((path for name in _BROWSERS if (path := find(name))), None)


RIVALS: Final = (
    Rival(
        "chromium",
        "Chromium",
        ("jpeg", "png"),
        "Chromium by playwright-core: a warm browser loads a page for each creative and takes a screenshot",
        script="chromium.mjs",
        package="playwright-core",
        manner="load",
    ),
    Rival(
        "chromium_kept_page",
        "Chromium",
        ("jpeg", "png"),
        "Chromium by playwright-core: one page stays open, with its fonts, and only its elements are exchanged",
        script="chromium.mjs",
        package="playwright-core",
        manner="exchange",
    ),
    Rival(
        "satori",
        "satori with resvg-js",
        ("png",),
        "satori and resvg-js, which write PNG only: fonts and pictures are read before, resvg decodes them each time",
        script="satori.mjs",
        package="satori",
    ),
    Rival(
        "pillow",
        "Pillow",
        ("jpeg", "png"),
        "Pillow: the photo decoded before, resized by Lanczos; PNG at compress_level 1, where its default is 6",
    ),
)


class Fallen(Exception):
    """A rival ended before it answered; the message has its last words."""


class Worker:
    """A rival's process, warm and waiting for scenes. Raises `Fallen` when it does not start."""

    def __init__(self, rival: Rival, stage: Path) -> None:
        self.rival = rival
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process lives
        self._process = subprocess.Popen(
            rival.command(stage),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=HERE.parents[1],
        )
        try:
            self._answer()
        except Fallen:
            self.close()
            raise

    def draw(self, scene: dict[str, Any], image_format: str, out: Path | None = None) -> int:
        """The number of bytes of the file, which is kept at ``out`` if that is given. Raises `Fallen`."""
        asked = {"scene": scene, "format": image_format, "out": str(out) if out else None}
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        return int(self._answer()["bytes"])

    def cpu_seconds(self) -> float:
        """User and system time that the process and all that it has started have taken so far."""
        return cpu_seconds(self._process.pid)

    def close(self) -> None:
        """Let the process end by itself, which ends what it has started."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._complaints.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._complaints.seek(0)
            words = self._complaints.read().decode(errors="replace").strip()
            raise Fallen(f"{self.rival.title} ended: {words[-800:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, its living descendants and those that they have waited for (proc(5)), to 10 ms each."""
    try:
        # The name in brackets may hold anything; the numbers begin after it with the third field.
        numbers = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        born = children(pid)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = sum(int(number) for number in numbers[11:15]) / _TICKS
    return own + sum(cpu_seconds(child) for child in born)
