# SPDX-License-Identifier: Apache-2.0
"""The compiled libraries that pictures are made with, and what the operating system owes them.

``python -m affiche.cli.native`` tells in one line what a machine lacks; the Makefile asks it after each installation.
"""

import importlib
import re
import sys
from dataclasses import dataclass
from typing import Final

MODULES: Final = (
    "numpy",
    "cv2",
    "pyvips",
    "simplejpeg",
    "isal",
    "skia",
    "uharfbuzz",
    "onnxruntime",
    "numba",
    "rapidocr",
)
_DEBIAN_PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libexpat.so.1": "libexpat1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
}
_MISSING_LIBRARY: Final = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")


@dataclass(frozen=True, slots=True)
class Broken:
    """A module that does not load. ``library`` is the shared library that the system lacks, if that is the reason."""

    module: str
    reason: str
    library: str | None

    @property
    def sentence(self) -> str:
        """What is wrong and the remedy, in one line."""
        if self.library is None:
            return f"{self.module} does not load: {self.reason}"
        package = _DEBIAN_PACKAGES.get(self.library)
        remedy = f" (Debian, Ubuntu: apt install {package})" if package else ""
        return f"Missing: the system library {self.library}, which {self.module} needs. Install it{remedy}."


def broken_modules() -> tuple[Broken, ...]:
    """Every module of `MODULES` that cannot be imported here."""
    found = []
    for module in MODULES:
        try:
            importlib.import_module(module)
        except (ImportError, OSError) as error:
            found.append(broken(module, error))
    return tuple(found)


def broken(module: str, error: Exception) -> Broken:
    """Why ``module`` failed to load with ``error``."""
    reason = " ".join(str(error).split())
    match = _MISSING_LIBRARY.search(reason)
    return Broken(module, reason, match[1] if match else None)


def main() -> int:
    """Print one line per broken module; returns the exit code."""
    found = broken_modules()
    for one in found:
        sys.stderr.write(f"{one.sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
