# SPDX-License-Identifier: Apache-2.0
"""make on a machine that lacks something: one line that names it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "src/affiche/images").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "build_kernel.py", "src/affiche/images/lanczos.c"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=checkout, capture_output=True, text=True, timeout=60, check=False)


def interpreter(checkout: Path, body: str) -> str:
    """A stand-in for Python."""
    path = checkout / "python-stand-in"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The only line that make's recipe wrote."""
    assert done.returncode != 0
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    return line


def test_without_python(checkout: Path) -> None:
    line = complaint(make(checkout, "demo", "PYTHON=no-such-python"))
    assert line.startswith("Missing: no-such-python. Install Python 3.11")


def test_with_an_old_python(checkout: Path) -> None:
    old = interpreter(checkout, '[ "$1" = --version ] && echo Python 3.9.2 && exit 0; exit 1')
    assert complaint(make(checkout, "demo", old)).startswith("Too old: Python 3.9.2.")


def test_without_the_venv_module(checkout: Path) -> None:
    bare = interpreter(checkout, 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    assert "apt install python3-venv" in complaint(make(checkout, "demo", bare))


def test_nothing_is_installed_twice(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / ".installed").touch()
    done = make(checkout, "--dry-run", "demo")
    assert done.returncode == 0
    assert "pip install" not in done.stdout


def test_help_names_every_target(checkout: Path) -> None:
    done = make(checkout)
    assert done.returncode == 0
    for target in ("demo", "serve", "test", "lint", "bench", "goldens", "clean"):
        assert f"make {target} " in done.stdout
