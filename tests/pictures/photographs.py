# SPDX-License-Identifier: Apache-2.0
"""The photos of the golden pictures: the drawn samples as files, because processors round what is drawn differently.

`python -m tests.pictures.photographs` draws them anew, which is needed only when the samples have changed; then the
golden pictures are drawn anew as well.
"""

from pathlib import Path
from typing import Final

from affiche.samples import sample_photo_jpeg, sample_photos

FOLDER: Final = Path(__file__).parent / "photos"
_QUALITY: Final = 82


def photograph(name: str) -> bytes:
    """The sample photo ``name`` as a JPEG file, the same bytes on every machine."""
    return (FOLDER / f"{name}.jpg").read_bytes()


def rewrite() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in sample_photos():
        (FOLDER / f"{name}.jpg").write_bytes(sample_photo_jpeg(name, quality=_QUALITY))


if __name__ == "__main__":
    rewrite()
