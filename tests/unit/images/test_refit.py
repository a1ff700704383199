# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from affiche.errors import InvalidInput
from affiche.images.encode import ImageFormat, encode
from affiche.images.probe import probe
from affiche.images.refit import refit


@pytest.fixture(scope="module")
def noisy() -> bytes:
    """A PNG that no encoder makes very small."""
    canvas = np.full((120, 160, 4), 255, np.uint8)
    canvas[:, :, :3] = np.random.default_rng(5).integers(0, 256, (120, 160, 3), np.uint8)
    return encode(canvas, ImageFormat.PNG)


def test_avif_gets_the_highest_quality_that_fits(noisy: bytes) -> None:
    content, kind = refit(noisy, ImageFormat.AVIF, 12_000)
    assert kind is ImageFormat.AVIF
    assert 8_000 < len(content) <= 12_000
    assert content == refit(noisy, ImageFormat.AVIF, 12_000)[0]


def test_what_no_quality_reaches_is_refused_with_what_would_do(noisy: bytes) -> None:
    with pytest.raises(InvalidInput, match="maxBytes 50 is too small: the smallest file as avif has") as caught:
        refit(noisy, ImageFormat.AVIF, 50)
    assert caught.value.field == "max_bytes"


@pytest.mark.parametrize("wanted", [None, ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP])
def test_other_formats_are_searched_by_the_budget(noisy: bytes, wanted: ImageFormat | None) -> None:
    content, kind = refit(noisy, wanted, 30_000)
    assert len(content) <= 30_000
    assert probe(content).kind == kind.value
    assert kind is wanted or (wanted is None and kind in (ImageFormat.PNG, ImageFormat.JPEG))
