# SPDX-License-Identifier: Apache-2.0
"""The design files that ``affiche render --json`` writes, read back with the photo and logo that they were made of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from affiche.creative.composition import Composition
from affiche.creative.serial import composition_from_json
from affiche.errors import InvalidInput
from affiche.images.decode import decode_photo, decode_picture
from affiche.images.resample import PhotoPyramid
from affiche.vision.logo import Logo, read_logo
from affiche.vision.reading import PhotoReading, read_photo


def described(path: Path, data: bytes) -> dict[str, str]:
    """A picture as a design file names it: where it is, and the SHA-256 of its bytes."""
    return {"path": str(path.resolve()), "sha256": hashlib.sha256(data).hexdigest()}


@dataclass(frozen=True, slots=True)
class Design:
    """One design with its pictures; ``reading`` is what is seen in the photo."""

    path: Path
    composition: Composition
    photo: PhotoPyramid
    reading: PhotoReading
    logo: Logo


@dataclass(slots=True)
class Designs:
    """Reads designs; a picture that several designs share is read once. ``photo`` and ``logo`` are files to take
    instead of those that the designs name."""

    photo: Path | None = None
    logo: Path | None = None
    _photos: dict[Path, tuple[PhotoPyramid, PhotoReading]] = field(default_factory=dict)
    _logos: dict[Path, Logo] = field(default_factory=dict)

    def read(self, path: Path) -> Design:
        """The design in ``path``. Raises `InvalidInput` if it is none, or if its photo or logo is not there."""
        values = design_values(path)
        if values is None:
            raise InvalidInput("composition", f"'{path}' is no design that 'affiche render --json' wrote.")
        composition = composition_from_json(values)
        photo, reading = self._read_photo(self._picture(values, "photo", self.photo))
        return Design(path, composition, photo, reading, self._read_logo(self._picture(values, "logo", self.logo)))

    def _picture(self, values: Mapping[str, Any], name: str, given: Path | None) -> Path:
        """The file of the picture ``name``, which must hold the bytes that the design was made of."""
        if given is not None:
            return given
        remedy = f"name the {name} with --{name}"
        try:
            path, digest = Path(values["pictures"][name]["path"]), values["pictures"][name]["sha256"]
        except (KeyError, TypeError) as error:
            raise InvalidInput(name, f"This design does not say where its {name} is; {remedy}.") from error
        if not path.is_file():
            raise InvalidInput(name, f"The {name} '{path}' of this design is not there any more; {remedy}.")
        if path not in (self._photos | self._logos) and _digest(path) != digest:
            raise InvalidInput(name, f"The {name} '{path}' has changed since this design was made; {remedy}.")
        return path

    def _read_photo(self, path: Path) -> tuple[PhotoPyramid, PhotoReading]:
        if path not in self._photos:
            photo = PhotoPyramid(decode_photo(path.read_bytes()))
            self._photos[path] = photo, read_photo(photo)
        return self._photos[path]

    def _read_logo(self, path: Path) -> Logo:
        if path not in self._logos:
            self._logos[path] = read_logo(decode_picture(path.read_bytes()))
        return self._logos[path]


def design_values(path: Path) -> dict[str, Any] | None:
    """The JSON in ``path`` if it looks like a design, else None."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    is_design = isinstance(values, dict) and {"layers", "format", "pictures"} <= values.keys()
    return values if is_design else None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
