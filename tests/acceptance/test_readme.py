# SPDX-License-Identifier: Apache-2.0
"""README does what it says: its bash blocks run one after the other against a fresh server, then its Python blocks."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from affiche.cli.demonstration.ear import Ear, listening
from affiche.cli.demonstration.house import House
from affiche.creative.formats import RenderKind, formats_of
from affiche.images.probe import probe
from tests.requirements import missing

README = Path(__file__).parents[2] / "README.md"
BASH = re.compile(r"^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHOTS = 2  # of the photoshoot, in files with names of their own
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TIMEOUT_SECONDS = 240
ORDERED = 5  # creatives ordered by curl, and as many by the client for Python
IDENTIFIER = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TASK = re.compile(IDENTIFIER + r"\.png")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ear]:
    """The folder in which every block was run, and what the webhook heard."""
    if shutil.which("curl") is None:
        missing("curl")
    folder, home = tmp_path_factory.mktemp("reader"), tmp_path_factory.mktemp("server")
    script = "set -euo pipefail\n" + "\n".join(BASH.findall(README.read_text("utf-8")))
    house, ear = House(home / "home", home / "server.log", workers=2), Ear()
    with house.serving(), listening(ear) as hook:
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "AFFICHE_HOME": str(home / "home"),
            "URL": house.url,
            "HOOK": hook,
        }
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{house.log.read_text()[-2000:]}"
        ear.wait_for(2 * ORDERED + SHOTS, 20, processes=3)
    return folder, ear


def shots(folder: Path) -> list[Path]:
    """The photos that were fetched without credentials, in their order."""
    return [folder / url.rpartition("/")[2] for url in (folder / "shots.txt").read_text().split()]


def downloads(folder: Path) -> list[Path]:
    """The creatives that were downloaded by curl, each under its task's id."""
    return [path for path in folder.iterdir() if TASK.fullmatch(path.name) and path not in shots(folder)]


def test_the_command_line_draws_what_it_promises(walked: tuple[Path, Ear]) -> None:
    names = sorted(path.name for path in (walked[0] / "creatives").iterdir())
    expected = [f"post-1080x1080-v{n}.png" for n in range(1, 6)] + [f"story-1080x1920-v{n}.png" for n in range(1, 6)]
    assert names == expected


def test_the_library_draws_what_it_promises(walked: tuple[Path, Ear]) -> None:
    (code,) = PYTHON.findall(README.read_text("utf-8"))
    subprocess.run([sys.executable, "-c", code], cwd=walked[0], check=True, timeout=TIMEOUT_SECONDS)
    for format in formats_of(RenderKind.DISPLAY):
        (picture,) = (path for path in walked[0].glob(f"{format.name}.*") if path.suffix in (".png", ".jpg"))
        header = probe(picture.read_bytes())
        assert header.kind == {".png": "png", ".jpg": "jpeg"}[picture.suffix]
        assert (header.width, header.height) == (format.width, format.height)


def test_the_client_for_python_fetches_what_it_orders(walked: tuple[Path, Ear]) -> None:
    headers = [probe(path.read_bytes()) for path in sorted(walked[0].glob("leaderboard-*.webp"))]
    assert [(header.kind, header.width, header.height) for header in headers] == [("webp", 728, 90)] * ORDERED


def test_every_creative_is_downloaded_as_png(walked: tuple[Path, Ear]) -> None:
    pictures = downloads(walked[0])
    assert len(pictures) == ORDERED
    for picture in pictures:
        header = probe(picture.read_bytes())
        assert (header.kind, header.width, header.height) == ("png", 1080, 1080)


def test_product_photos_are_public_and_of_the_ordered_size(walked: tuple[Path, Ear]) -> None:
    taken = [probe(path.read_bytes()) for path in shots(walked[0])]
    assert [(header.kind, header.width, header.height) for header in taken] == [("png", 1674, 628)] * SHOTS


def test_other_downloads_are_what_they_are_called(walked: tuple[Path, Ear]) -> None:
    (small,) = walked[0].glob("*-small.jpg")
    (other,) = (path for path in walked[0].glob("*.webp") if re.fullmatch(IDENTIFIER, path.stem))
    assert probe(small.read_bytes()).kind == "jpeg"
    assert probe(small.read_bytes()).width <= 512
    assert probe(other.read_bytes()).kind == "webp"


def test_documents_are_what_they_are_called(walked: tuple[Path, Ear]) -> None:
    (page,) = walked[0].glob("*.pdf")
    (layers,) = walked[0].glob("*.psd")
    assert page.read_bytes().startswith(b"%PDF-1.6")
    assert layers.read_bytes().startswith(b"8BPS")


def test_the_details_tell_of_every_creative(walked: tuple[Path, Ear]) -> None:
    (process,) = json.loads((walked[0] / "details.json").read_text())["$values"]
    told = {task: detail for task, detail in process["details"].items() if task != "$id"}
    for task, detail in told.items():
        assert detail["bytes"] == (walked[0] / f"{task}.png").stat().st_size
    assert len(told) == ORDERED


def test_the_edited_creative_is_another_picture(walked: tuple[Path, Ear]) -> None:
    (edited,) = walked[0].glob("*-edited.png")
    original = edited.with_name(edited.name.replace("-edited", ""))
    assert edited.read_bytes() != original.read_bytes()


def test_the_webhook_is_told_of_every_task_and_of_the_end(walked: tuple[Path, Ear]) -> None:
    folder, ear = walked
    assert {path.stem for path in downloads(folder)} < ear.tasks
    assert len(ear.tasks) == 2 * ORDERED + SHOTS
    assert ear.failures == {}
    assert len(ear.ended) == 3
