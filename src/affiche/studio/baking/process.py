# SPDX-License-Identifier: Apache-2.0
"""Starts bakes in a child process of low priority and follows their progress."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from affiche.errors import AfficheError
from affiche.studio.baking.quality import STEP, Quality
from affiche.studio.baking.variants import Variant
from affiche.studio.scene import Pitch

Step = Callable[[], None]

FINAL: Final = Quality((1674, 1004), 12)
"""The quality of the plates that are shipped."""

_MODULES: Final = ("mitsuba", "pyoidn")
_SHOWN: Final = 400


class BakingUnavailable(AfficheError):
    """The optional extra is not installed."""

    code = "baking_unavailable"

    def __init__(self) -> None:
        super().__init__("Baking needs Mitsuba and Open Image Denoise: pip install 'affiche[bake]'.")


class BakeFailed(AfficheError):
    """The child process ended without a plate."""

    code = "bake_failed"

    def __init__(self, scene: str, said: str) -> None:
        super().__init__(f"Baking '{scene}' failed: {said or 'the renderer was killed, perhaps for want of memory'}")


def _nothing() -> None:
    """Progress that nobody watches."""


def available() -> bool:
    """Whether the extra ``bake`` is installed."""
    return all(importlib.util.find_spec(module) is not None for module in _MODULES)


def bake(
    scene: str,
    folder: Path,
    variant: Variant,
    environment: Mapping[str, str],
    quality: Quality = FINAL,
    step: Step = _nothing,
    pitches: Sequence[Pitch] = tuple(Pitch),
) -> None:
    """Bake the stage ``scene`` (`affiche.studio.stages.STAGES`), seen from each of ``pitches``, into files of
    ``folder`` (`affiche.studio.plate.plate_file`).

    ``step`` is called as often as `Quality.steps` says, for each pitch. Raises `BakingUnavailable` and `BakeFailed`; a
    failed bake leaves nothing but whole plates."""
    if not available():
        raise BakingUnavailable
    folder.mkdir(parents=True, exist_ok=True)
    numbers = (str(number) for number in (*quality.size, quality.samples))
    command = [sys.executable, "-m", "affiche.studio.baking", variant.name, scene, *numbers, str(folder)]
    command += [f"{pitch:d}" for pitch in pitches]
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(
            command,
            env=variant.environment(environment),
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            preexec_fn=_lowest_priority,
        ) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == STEP:
                step()
        status = child.wait()
        complaints.seek(0)
        said = complaints.read().strip()[-_SHOWN:]
    if status != 0:
        raise BakeFailed(scene, said)


def _lowest_priority() -> None:
    os.nice(19)
