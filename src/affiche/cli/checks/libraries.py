# SPDX-License-Identifier: Apache-2.0
"""Python and the compiled libraries."""

import platform
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from affiche.cli.checks.findings import Finding, State
from affiche.cli.native import broken_modules

_DISTRIBUTIONS: Final = (
    "numpy",
    "opencv-python-headless",
    "pyvips",
    "simplejpeg",
    "isal",
    "skia-python",
    "uharfbuzz",
    "onnxruntime",
    "numba",
    "rapidocr",
)


def findings() -> Iterator[Finding]:
    yield Finding("Python", State.OK, f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    broken = broken_modules()
    for one in broken:
        yield Finding(one.module, State.BROKEN, one.sentence, "Nothing can be drawn without it.")
    if not broken:
        yield Finding("Libraries", State.OK, ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS))
