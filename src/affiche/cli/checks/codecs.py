# SPDX-License-Identifier: Apache-2.0
"""Codecs, by making a file of each kind and reading it again; the detectors, by showing them something."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from affiche.cli.checks.findings import Finding, State
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.images.native import cv2, pyvips
from affiche.recognition.reading import read_label
from affiche.vision.faces import faces

_SIDE = 64
_TOLERANCE = 12
_WORD = "SALE"


def findings() -> Iterator[Finding]:
    for image_format in ImageFormat:
        yield _round_trip(image_format)
    yield _face_detector()
    yield _label_reader()


def _round_trip(image_format: ImageFormat) -> Finding:
    """A smooth picture must come back with its colours in the right order."""
    ramp = np.linspace(20, 220, _SIDE, dtype=np.uint8)
    canvas = np.empty((_SIDE, _SIDE, 4), np.uint8)
    canvas[..., 0], canvas[..., 1], canvas[..., 2], canvas[..., 3] = 40, ramp[None, :], ramp[:, None], 255
    name, cost = image_format.value.upper(), "Pictures of this kind can be neither read nor written; reinstall Affiche."
    try:
        read = _read(encode(canvas, image_format, 95), image_format)
    except Exception as error:
        return Finding(name, State.BROKEN, f"{type(error).__name__}: {error}", cost)
    worst = int(np.abs(read.astype(int) - canvas[..., 2::-1].astype(int)).max())
    if worst > _TOLERANCE:
        return Finding(name, State.BROKEN, f"colours are off by {worst} of 255 after writing and reading", cost)
    return Finding(name, State.OK, "written and read")


def _read(data: bytes, image_format: ImageFormat) -> NDArray[np.uint8]:
    """RGB. AVIF is only written by Affiche and is no kind of upload, so its own loader reads it."""
    if image_format is not ImageFormat.AVIF:
        return decode_photo(data)
    image = pyvips.Image.heifload_buffer(data)
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, image.bands)


def _face_detector() -> Finding:
    try:
        faces(np.full((_SIDE, _SIDE, 3), 128, np.uint8))
    except Exception as error:
        cost = "Text may cover people's faces; reinstall opencv-python-headless."
        return Finding("Face detector", State.BROKEN, f"{type(error).__name__}: {error}", cost)
    return Finding("Face detector", State.OK, "loaded")


def _label_reader() -> Finding:
    cost = "Products are recommended scenes by colour and form alone; reinstall rapidocr."
    label = np.full((120, 360, 4), 255, np.uint8)
    cv2.putText(label, _WORD, (40, 85), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (20, 20, 20, 255), 6, cv2.LINE_AA)
    try:
        read = " ".join(line.text for line in read_label(label))
    except Exception as error:
        return Finding("Label reader", State.BROKEN, f"{type(error).__name__}: {error}", cost)
    if read != _WORD:
        return Finding("Label reader", State.BROKEN, f"read '{read}' where '{_WORD}' is written", cost)
    return Finding("Label reader", State.OK, "read a word")
