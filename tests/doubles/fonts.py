# SPDX-License-Identifier: Apache-2.0
"""A machine without fonts of its own: only the packaged ones are there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from affiche.typography import fonts

_ROOMS = ("affiche.typography", "affiche.paint")


@contextmanager
def system_fonts_in(*folders: Path) -> Iterator[None]:
    """Take the system's fonts from ``folders`` alone; what was remembered of others is forgotten before and after."""
    before = fonts.SYSTEM_FOLDERS
    _point_to(folders)
    try:
        yield
    finally:
        _point_to(before)


def _point_to(folders: tuple[Path, ...]) -> None:
    fonts.SYSTEM_FOLDERS = folders  # type: ignore[assignment, misc]
    for name, module in list(sys.modules.items()):
        if name.startswith(_ROOMS):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
