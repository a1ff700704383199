# SPDX-License-Identifier: Apache-2.0
"""A machine without fonts of its own: only the packaged ones are there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from affiche.typography import fonts, itemise, lines, setting

_KEPT = (
    fonts.emoji_face, fonts._system_face, fonts._system_files, fonts._system_noto,
    itemise.face_of_cluster, lines.paragraph, lines._hyphen_width, setting._copy, setting.set_text,
)  # fmt: skip


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
    for kept in _KEPT:
        kept.cache_clear()
