# SPDX-License-Identifier: Apache-2.0
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from affiche.creative.composition import Box
from affiche.images.colour import Colour
from affiche.images.decode import decode_photo, decode_picture
from affiche.images.duotone import in_two_tones
from affiche.images.encode import ImageFormat, encode, thumbnail, transcode
from affiche.images.native import pyvips
from affiche.images.png import png_rgba
from affiche.images.resample import PhotoPyramid

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def scene() -> Pixels:
    """600x400 RGB with smooth shades and some detail."""
    rng = np.random.default_rng(5)
    rough = rng.integers(0, 255, (30, 45, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (600, 400), interpolation=cv2.INTER_CUBIC), np.uint8)


def canvas(rgb: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), np.uint8)


def psnr(one: Pixels, other: Pixels) -> float:
    return float(cv2.PSNR(np.ascontiguousarray(one), np.ascontiguousarray(other)))


def test_png_is_lossless_and_the_same_every_time(scene: Pixels) -> None:
    data = encode(canvas(scene), ImageFormat.PNG)
    assert np.array_equal(decode_photo(data), scene)
    assert encode(canvas(scene), ImageFormat.PNG) == data


@pytest.mark.parametrize("image_format", [ImageFormat.JPEG, ImageFormat.WEBP])
def test_lossy_formats_stay_close(scene: Pixels, image_format: ImageFormat) -> None:
    assert psnr(decode_photo(encode(canvas(scene), image_format, 92)), scene) > 36


@pytest.mark.parametrize(("quality", "least"), [(60, 33), (90, 40)])
def test_avif_stays_close_with_full_chroma_and_is_the_same_every_time(
    scene: Pixels, quality: int, least: float
) -> None:
    vivid = np.ascontiguousarray(scene[..., [0, 2, 1]])
    data = encode(canvas(vivid), ImageFormat.AVIF, quality)
    read = pyvips.Image.heifload_buffer(data)
    pixels = np.frombuffer(read.write_to_memory(), np.uint8).reshape(400, 600, 3)
    assert psnr(pixels, vivid) > least
    assert read.get("bits-per-sample") == 8
    assert encode(canvas(vivid), ImageFormat.AVIF, quality) == data


def test_names_and_types_of_files() -> None:
    assert [format.suffix for format in ImageFormat] == [".png", ".jpg", ".webp", ".avif"]
    assert [format.content_type for format in ImageFormat] == ["image/png", "image/jpeg", "image/webp", "image/avif"]


def test_quality_buys_bytes(scene: Pixels) -> None:
    sizes = [len(encode(canvas(scene), ImageFormat.JPEG, quality)) for quality in (40, 75, 95)]
    assert sizes == sorted(sizes)


def test_transparent_pngs_come_back_whole(scene: Pixels) -> None:
    rgba = np.dstack([scene, np.arange(600, dtype=np.uint16).astype(np.uint8)[None].repeat(400, 0)])
    assert np.array_equal(decode_picture(png_rgba(rgba)), rgba)


def test_a_stored_png_can_be_had_in_other_formats(scene: Pixels) -> None:
    stored = encode(canvas(scene), ImageFormat.PNG)
    assert transcode(stored, ImageFormat.JPEG).startswith(b"\xff\xd8")
    assert transcode(stored, ImageFormat.WEBP)[8:12] == b"WEBP"
    assert transcode(stored, ImageFormat.AVIF)[4:12] == b"ftypavif"


def test_previews_keep_the_shape_and_never_grow(scene: Pixels) -> None:
    preview = decode_photo(thumbnail(canvas(scene), 512))
    assert preview.shape == (341, 512, 3)
    small = decode_photo(thumbnail(canvas(scene[:100, :150]), 512))
    assert small.shape == (100, 150, 3)


@pytest.mark.parametrize(("size", "least"), [((450, 300), 45), ((301, 201), 45), ((120, 80), 38), ((61, 41), 32)])
def test_a_reduced_photo_matches_an_exact_lanczos(scene: Pixels, size: tuple[int, int], least: float) -> None:
    """Halving by boxes first costs a little where the detail is as fine as the result's own pixels."""
    ours = PhotoPyramid(scene).crop(Box(0, 0, 600, 400), *size)
    exact = lanczos(scene, size)
    assert ours.shape == (size[1], size[0], 3)
    assert psnr(ours, exact) > least


def test_a_crop_is_where_it_should_be(scene: Pixels) -> None:
    pyramid = PhotoPyramid(scene)
    assert np.array_equal(pyramid.crop(Box(100, 50, 200, 120), 200, 120), scene[50:170, 100:300])
    half = pyramid.crop(Box(100, 50, 200, 120), 150, 90)
    whole = pyramid.crop(Box(0, 0, 600, 400), 450, 300)
    assert psnr(half, whole[37:127, 75:225]) > 30, "0.5 px of offset is all that rounding may cost"


def test_enlarging_is_smooth_and_exact_in_size(scene: Pixels) -> None:
    large = PhotoPyramid(scene).crop(Box(0, 0, 600, 400), 900, 600)
    back = cv2.resize(large, (600, 400), interpolation=cv2.INTER_AREA)
    assert large.shape == (600, 900, 3)
    assert psnr(np.asarray(back, np.uint8), scene) > 36


def test_two_tones_run_from_one_to_the_other() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2).repeat(20, axis=0)
    toned = in_two_tones(ramp, Colour(10, 20, 60), Colour(240, 220, 180))
    assert np.abs(toned[0, 0].astype(int) - (10, 20, 60)).max() <= 2
    assert np.abs(toned[0, 255].astype(int) - (240, 220, 180)).max() <= 2
    luma = toned[0].astype(float) @ (0.299, 0.587, 0.114)
    assert (np.diff(luma) >= -0.6).all()


def lanczos(rgb: Pixels, size: tuple[int, int]) -> Pixels:
    """Lanczos-3 with the kernel widened by the reduction, in floats, one axis after the other."""

    def matrix(source: int, target: int) -> NDArray[np.float64]:
        scale = source / target
        centres = (np.arange(target) + 0.5) * scale - 0.5
        distance = (np.arange(source)[None] - centres[:, None]) / scale
        weights = np.where(np.abs(distance) < 3, np.sinc(distance) * np.sinc(distance / 3), 0.0)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float64)

    down = np.tensordot(matrix(rgb.shape[0], size[1]), rgb.astype(np.float64), axes=(1, 0))
    across = np.tensordot(down, matrix(rgb.shape[1], size[0]), axes=(1, 1)).transpose(0, 2, 1)
    return np.asarray(np.clip(np.rint(across), 0, 255), np.uint8)
