# SPDX-License-Identifier: Apache-2.0
"""Pictures of every kind that clients send, made here by libvips, and what becomes of their pixels."""

import struct
import time
import zlib

import cv2
import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray

from affiche.images.decode import decode_photo, decode_picture
from affiche.images.errors import ImageTooLarge, UnreadableImage
from affiche.images.limits import MAX_IMAGE_BYTES
from affiche.images.probe import probe, verify

Pixels = NDArray[np.uint8]


def quarters() -> Pixels:
    """64x48 RGB: red, green / blue, white, so that every turn and mirror can be told."""
    pixels = np.zeros((48, 64, 3), np.uint8)
    pixels[:24, :32], pixels[:24, 32:] = (200, 30, 30), (30, 180, 40)
    pixels[24:, :32], pixels[24:, 32:] = (40, 50, 200), (250, 250, 250)
    return pixels


def vips(pixels: Pixels) -> pyvips.Image:
    height, width, bands = pixels.shape
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels).data, width, height, bands, "uchar")
    return image.copy(interpretation="srgb")


def corners(pixels: Pixels) -> list[str]:
    """The colour names of the four quarters: top left, top right, bottom left, bottom right."""
    height, width = pixels.shape[:2]
    names = []
    for y, x in ((0.25, 0.25), (0.25, 0.75), (0.75, 0.25), (0.75, 0.75)):
        red, green, blue = (int(value) for value in pixels[int(y * height), int(x * width)][:3])
        if min(red, green, blue) > 180:
            names.append("white")
        else:
            names.append(max(("red", red), ("green", green), ("blue", blue), key=lambda entry: entry[1])[0])
    return names


UPRIGHT = ["red", "green", "blue", "white"]


def png(width: int, height: int, depth: int, colour_type: int, rows: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG file by hand, for kinds that libraries do not write."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    body = b"".join(chunk(name, content) for name, content in chunks)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("suffix", [".jpg[Q=95]", ".png", ".webp[Q=95]"])
def test_each_kind_keeps_its_colours(suffix: str) -> None:
    photo = decode_photo(vips(quarters()).write_to_buffer(suffix))
    assert photo.shape == (48, 64, 3)
    assert photo.flags.c_contiguous
    assert corners(photo) == UPRIGHT
    assert np.abs(photo.astype(int) - quarters()).mean() < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_made_upright(orientation: int) -> None:
    upright = quarters()
    stored = {
        1: upright,
        2: np.fliplr(upright),
        3: np.rot90(upright, 2),
        4: np.flipud(upright),
        5: np.transpose(upright, (1, 0, 2)),
        6: np.rot90(upright, 1),
        7: np.rot90(np.transpose(upright, (1, 0, 2)), 2),
        8: np.rot90(upright, -1),
    }[orientation]
    image = vips(np.ascontiguousarray(stored)).copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    photo = decode_photo(image.write_to_buffer(".jpg[Q=95]"))
    assert photo.shape == (48, 64, 3)
    assert corners(photo) == UPRIGHT


def test_cmyk_jpegs_become_rgb() -> None:
    cmyk = vips(quarters()).icc_export(output_profile="cmyk") if _has_cmyk_profile() else _plain_cmyk()
    photo = decode_photo(cmyk.write_to_buffer(".jpg[Q=95]"))
    assert corners(photo) == UPRIGHT


def _has_cmyk_profile() -> bool:
    try:
        vips(quarters()).icc_export(output_profile="cmyk").avg()
    except pyvips.Error:
        return False
    return True


def _plain_cmyk() -> pyvips.Image:
    inks = 255 - quarters()
    return vips(np.dstack([inks, np.zeros(inks.shape[:2], np.uint8)])).copy(interpretation="cmyk")


def test_a_wide_gamut_profile_is_honoured() -> None:
    pixels = np.full((32, 32, 3), (120, 200, 90), np.uint8)
    wide = vips(pixels).icc_import(input_profile="srgb").icc_export(output_profile="p3").copy()
    as_stored = np.frombuffer(wide.write_to_memory(), np.uint8).reshape(32, 32, 3)
    assert np.abs(as_stored[0, 0].astype(int) - pixels[0, 0]).max() > 5, "the profile changes the numbers"
    for suffix in (".jpg[Q=98]", ".png"):
        photo = decode_photo(wide.write_to_buffer(suffix))
        assert np.abs(photo[16, 16].astype(int) - pixels[16, 16]).max() <= 4


def test_sixteen_bits_palettes_and_greys() -> None:
    deep = (vips(quarters()).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    assert np.abs(decode_photo(deep.write_to_buffer(".png")).astype(int) - quarters()).max() <= 1
    palette = vips(quarters()).write_to_buffer(".png[palette]")
    assert corners(decode_photo(palette)) == UPRIGHT
    grey = vips(quarters()).colourspace("b-w").write_to_buffer(".jpg[Q=95]")
    photo = decode_photo(grey)
    assert photo.shape == (48, 64, 3)
    assert np.abs(photo[..., 0].astype(int) - photo[..., 2]).max() == 0


def test_a_palette_with_a_clear_colour_is_transparent() -> None:
    rows = b"".join(b"\x00" + bytes([0, 1] * 4) for _ in range(8))
    data = png(8, 8, 8, 3, rows, (b"PLTE", bytes([200, 30, 30, 10, 10, 10])), (b"tRNS", bytes([255, 0])))
    picture = decode_picture(data)
    assert picture[0, 0].tolist() == [200, 30, 30, 255]
    assert picture[0, 1, 3] == 0


@pytest.mark.parametrize("suffix", [".png", ".webp[lossless]"])
def test_transparency_is_kept_for_logos_and_laid_on_white_for_photos(suffix: str) -> None:
    rgba = np.dstack([quarters(), np.full((48, 64), 255, np.uint8)])
    rgba[:24, :32, 3] = 0
    data = vips(rgba).write_to_buffer(suffix)
    picture = decode_picture(data)
    assert picture.shape == (48, 64, 4)
    assert picture[10, 10, 3] == 0
    assert picture[40, 10].tolist() == [40, 50, 200, 255]
    assert decode_photo(data)[10, 10].tolist() == [255, 255, 255]


def test_an_opaque_picture_gets_an_alpha_of_full() -> None:
    for suffix in (".jpg[Q=95]", ".png"):
        assert (decode_picture(vips(quarters()).write_to_buffer(suffix))[..., 3] == 255).all()


BAD = {
    "empty": b"",
    "text": b"hello, this is no picture at all",
    "html": b"<!doctype html><title>404</title>",
    "pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    "head only": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_of_ours_is_refused_with_a_sentence(name: str) -> None:
    for read in (probe, verify, decode_photo, decode_picture):
        with pytest.raises(UnreadableImage) as refused:
            read(BAD[name])
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize("suffix", [".jpg[Q=90]", ".png", ".webp[Q=90]"])
@pytest.mark.parametrize("share", [0.3, 0.7])
def test_half_a_file_is_no_picture(suffix: str, share: float) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (200, 300, 3), np.uint8)
    data = vips(noise).write_to_buffer(suffix)
    cut = data[: int(len(data) * share)]
    with pytest.raises(UnreadableImage):
        verify(cut)
    with pytest.raises(UnreadableImage):
        decode_photo(cut)


def test_a_damaged_file_is_refused() -> None:
    noise = np.random.default_rng(4).integers(0, 255, (100, 100, 3), np.uint8)
    data = bytearray(vips(noise).write_to_buffer(".png"))
    data[9000:9400] = bytes(400)
    with pytest.raises(UnreadableImage):
        verify(bytes(data))


def test_a_bomb_is_refused_by_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few hundred bytes that would become 10 gigapixels: nothing but the header may be read."""
    bomb = png(100_000, 100_000, 8, 2, b"\x00" * 1000)
    monkeypatch.setattr("affiche.images.decode.open_image", _never)
    for read in (probe, decode_photo, decode_picture):
        with pytest.raises(ImageTooLarge, match="megapixel"):
            read(bomb)


def _never(*arguments: object) -> None:
    raise AssertionError("pixels were touched")


def test_too_many_bytes_are_refused() -> None:
    data = vips(quarters()).write_to_buffer(".png") + b"\x00" * MAX_IMAGE_BYTES
    with pytest.raises(ImageTooLarge, match="22"):
        probe(data)


def test_fifty_megapixels_are_the_limit() -> None:
    assert probe(png(10_000, 5_000, 8, 0, b"")).width == 10_000
    with pytest.raises(ImageTooLarge):
        probe(png(10_000, 5_001, 8, 0, b""))


def test_progressive_jpegs_and_opencv_s_are_read() -> None:
    progressive = vips(quarters()).write_to_buffer(".jpg[Q=95,interlace]")
    assert corners(decode_photo(progressive)) == UPRIGHT
    written = cv2.imencode(".jpg", quarters()[..., ::-1])[1].tobytes()
    assert corners(decode_photo(written)) == UPRIGHT


def test_stray_bytes_between_segments_do_not_cost_the_picture() -> None:
    """Cameras and editors leave them behind; the codec only warns."""
    data = vips(quarters()).write_to_buffer(".jpg[Q=95]")
    scan = data.index(b"\xff\xda")
    stray = data[:scan] + b"\x00\x13\x37" + data[scan:]
    verify(stray)
    assert corners(decode_photo(stray)) == UPRIGHT
    with pytest.raises(UnreadableImage):
        decode_photo(stray[: len(stray) // 2])


def test_a_broken_colour_profile_does_not_cost_the_picture() -> None:
    image = vips(quarters()).copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", b"this is no profile " * 20)
    for suffix in (".png", ".jpg[Q=95]"):
        assert corners(decode_photo(image.write_to_buffer(suffix))) == UPRIGHT


def test_only_the_first_frame_of_an_animation_is_read() -> None:
    frames = pyvips.Image.arrayjoin([vips(quarters()), vips(255 - quarters())], across=1).copy()
    frames.set_type(pyvips.GValue.gint_type, "page-height", 48)
    photo = decode_photo(frames.webpsave_buffer(lossless=True))
    assert photo.shape == (48, 64, 3)
    assert corners(photo) == UPRIGHT


@pytest.mark.parametrize("junk", [b"\xff" * 8_000_000, b"\x00" * 8_000_000, b"\xff\xe0\x00\x02" * 2_000_000])
def test_a_file_of_nothing_but_markers_is_refused_at_once(junk: bytes) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableImage):
        probe(b"\xff\xd8\xff" + junk)
    assert time.process_time() - started < 0.5


def test_random_damage_never_raises_anything_else() -> None:
    rng = np.random.default_rng(11)
    rgba = np.dstack([quarters(), np.full((48, 64), 120, np.uint8)])
    files = [vips(quarters()).write_to_buffer(suffix) for suffix in (".jpg", ".png", ".webp", ".png[palette]")]
    files += [vips(rgba).write_to_buffer(suffix) for suffix in (".png[interlace]", ".webp[lossless]")]
    refused = 0
    for round_ in range(240):
        data = bytearray(files[round_ % len(files)])
        for place in rng.integers(0, len(data), 1 + round_ % 4):
            data[place] = rng.integers(0, 256)
        for read in (verify, decode_photo, decode_picture):
            try:
                read(bytes(data))
            except (UnreadableImage, ImageTooLarge):
                refused += 1
    assert refused > 50
