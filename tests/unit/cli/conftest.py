# SPDX-License-Identifier: Apache-2.0
"""Running command lines inside the test's process."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from affiche.cli.app import main
from affiche.samples import sample_logo_png, sample_photo_jpeg


@dataclass(frozen=True)
class Said:
    """What a command line left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def affiche(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Said]:
    """Runs ``affiche ARGUMENTS`` with a home of its own; returns exit code and output."""
    monkeypatch.setenv("AFFICHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["affiche", *map(str, arguments)])
        capsys.readouterr()
        try:
            code = main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``photo.jpg`` and ``logo.png``."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "photo.jpg").write_bytes(sample_photo_jpeg(size=(900, 600)))
    (folder / "logo.png").write_bytes(sample_logo_png())
    return folder
