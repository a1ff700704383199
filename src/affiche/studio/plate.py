# SPDX-License-Identifier: Apache-2.0
"""Plates: baked scenes as small files, and as flat arrays that every process of a machine shares.

A plate's file (about 0.3 to 1 MB) holds the layers of `Layers` compressed: light as AVIF with 12 bits per channel of
a logarithm, depth as exact 16-bit inverse distance, which planes make nearly linear, packed by LZMA. Nobody can map
compressed layers, so `PlateStore` unpacks a plate once into a flat file of its cache, and every process maps that.
"""

import json
import lzma
import os
import struct
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.errors import AfficheError
from affiche.images.native import cv2, pyvips
from affiche.studio.scene import Camera, Pitch, Point

Floats = NDArray[np.float32]
Codes = NDArray[np.uint16]
Bytes = NDArray[np.uint8]

SUFFIX: Final = ".plate"
CODES: Final = 4096
_MAGIC: Final = b"AFFPLATE"
_FLAT: Final = b"AFFFLAT1"
_FORMAT: Final = 1
_TOE: Final = 0.004
_AVIF_QUALITY: Final = 90
_ALIGN: Final = 64


class DamagedPlate(AfficheError):
    """A plate's file cannot be read."""

    code = "damaged_plate"

    def __init__(self, name: str) -> None:
        super().__init__(f"The plate '{name}' cannot be read; install the package anew or bake it again.")


class Meta(NamedTuple):
    """What a plate knows besides pixels. ``ceiling``: radiance of the highest code. ``depth_scale``: code times
    distance along the view axis. ``room``: width in units where the product stands. ``key_at``, ``key_radius``: the
    lamp that casts the product's shadow. For each role: its base ``colours`` (sRGB hex), ``roughness`` and mean
    ``whiteness`` (luminance of the albedo, 0..1)."""

    scene: str
    digest: str
    ceiling: float
    depth_scale: float
    camera: Camera
    stand: Point
    room: float
    key_at: Point
    key_radius: float
    colours: tuple[str, ...]
    roughness: tuple[float, ...]
    whiteness: tuple[float, ...]


class Plate(NamedTuple):
    """A plate ready to use. ``key`` and ``fill`` (height, width, 3) are codes 0..4095 of radiance, see `radiance`;
    ``depth`` (height, width) is ``depth_scale`` / distance; ``roles`` (height, width, 3) is the share of the roles 1, 2
    and 3 in 1/255; ``normal`` (half size, 3) in 1/127; ``albedo`` (half size, 3) sRGB; ``card_key`` and ``card_fill``
    (rows, columns, 3) are codes of the light on a card where the product stands, its foot in the lower middle."""

    meta: Meta
    key: Codes
    fill: Codes
    depth: Codes
    roles: Bytes
    normal: NDArray[np.int8]
    albedo: Bytes
    card_key: Codes
    card_fill: Codes

    @property
    def width(self) -> int:
        return int(self.key.shape[1])

    @property
    def height(self) -> int:
        return int(self.key.shape[0])

    def radiance(self) -> Floats:
        """The radiance of each code, (4096,)."""
        place = np.linspace(0, 1, CODES)
        return np.asarray(_TOE * np.expm1(place * np.log1p(self.meta.ceiling / _TOE)), np.float32)


def coded(radiance: Floats, ceiling: float) -> Codes:
    """Radiance as 12-bit codes, the reverse of `Plate.radiance`: even steps of ln(1 + radiance / 0.004)."""
    place = np.log1p(np.clip(radiance, 0, ceiling) / np.float32(_TOE)) / np.log1p(ceiling / _TOE)
    return np.asarray(np.rint(place * (CODES - 1)), np.uint16)


def packed(plate: Plate) -> bytes:
    """The file of a plate."""
    layers = {
        "key": _avif(plate.key),
        "fill": _avif(plate.fill),
        "depth": _predicted(plate.depth),
        "roles": _encoded(".png", plate.roles),
        "normal": _encoded(".png", plate.normal.view(np.uint8) ^ np.uint8(0x80)),
        "albedo": _encoded(".webp", plate.albedo, [cv2.IMWRITE_WEBP_QUALITY, 82]),
        "card_key": _avif(plate.card_key),
        "card_fill": _avif(plate.card_fill),
    }
    parts, start = {}, 0
    for name, data in layers.items():
        parts[name] = [start, len(data)]
        start += len(data)
    header = {"meta": plate.meta._asdict() | {"camera": _camera_values(plate.meta.camera)}, "parts": parts}
    head = json.dumps(header).encode()
    return b"".join((_MAGIC, struct.pack("<II", _FORMAT, len(head)), head, *layers.values()))


def unpacked(data: bytes, name: str) -> Plate:
    """A plate from its file; raises `DamagedPlate`."""
    try:
        header, body = _header(data, _MAGIC)
        parts = {part: data[body + start : body + start + size] for part, (start, size) in header["parts"].items()}
        key = _from_avif(parts["key"])
        return Plate(
            meta=_meta(header["meta"]),
            key=key,
            fill=_from_avif(parts["fill"]),
            depth=_unpredicted(parts["depth"], key.shape[:2]),
            roles=_decoded(parts["roles"]),
            normal=(_decoded(parts["normal"]) ^ np.uint8(0x80)).view(np.int8),
            albedo=_decoded(parts["albedo"]),
            card_key=_from_avif(parts["card_key"]),
            card_fill=_from_avif(parts["card_fill"]),
        )
    except (KeyError, ValueError, TypeError, lzma.LZMAError, struct.error, pyvips.Error, cv2.error) as error:
        raise DamagedPlate(name) from error


def plate_file(scene: str, pitch: Pitch = Pitch.USUAL) -> str:
    """The name of the file of a scene seen from ``pitch``: that of the usual camera is named after the scene alone."""
    return f"{scene}{SUFFIX}" if pitch is Pitch.USUAL else f"{scene}-{pitch:d}{SUFFIX}"


class PlateStore:
    """Plates of a folder by the name of their scene. With a ``cache`` folder they are unpacked once per machine and
    mapped; without one they are unpacked into memory once per store."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self._folder, self._cache = folder, cache
        self._open: dict[str, Plate] = {}

    def plate(self, scene: str, pitch: Pitch = Pitch.USUAL) -> Plate:
        """The plate of ``scene`` seen from ``pitch``, or from the nearest pitch that there is a plate of. Raises
        `FileNotFoundError` and `DamagedPlate`."""
        path = self.path(scene, pitch)
        if path.name not in self._open:
            self._open[path.name] = self._mapped(path) if self._cache else unpacked(path.read_bytes(), scene)
        return self._open[path.name]

    def path(self, scene: str, pitch: Pitch = Pitch.USUAL) -> Path:
        """The file of that plate; that of the usual pitch, if there is none at all."""
        nearest = sorted(Pitch, key=lambda other: (abs(other - pitch), other is not Pitch.USUAL))
        paths = [self._folder / plate_file(scene, other) for other in nearest]
        return next((path for path in paths if path.exists()), self._folder / plate_file(scene))

    def _mapped(self, path: Path) -> Plate:
        assert self._cache is not None
        with path.open("rb") as file:
            header, _ = _header(file.read(1 << 16), _MAGIC)
        flat = self._cache / f"{path.stem}-{header['meta']['digest']}-{path.stat().st_size:x}.flat"
        if not flat.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            _write_flat(unpacked(path.read_bytes(), path.stem), flat)
        return _map_flat(flat)


def _write_flat(plate: Plate, path: Path) -> None:
    """Writes beside and renames, so that no process ever sees half a file."""
    arrays = {name: np.ascontiguousarray(getattr(plate, name)) for name in Plate._fields[1:]}
    places, start = {}, 0
    for name, array in arrays.items():
        places[name] = [start, array.dtype.str, list(array.shape)]
        start += -(-array.nbytes // _ALIGN) * _ALIGN
    meta = plate.meta._asdict() | {"camera": _camera_values(plate.meta.camera)}
    head = json.dumps({"meta": meta, "arrays": places}).encode()
    head += b" " * (-(len(head) + 16) % _ALIGN)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as file:
        file.write(_FLAT + struct.pack("<II", _FORMAT, len(head)) + head)
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % _ALIGN))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _map_flat(path: Path) -> Plate:
    mapped = np.memmap(path, np.uint8, "r")
    size = struct.unpack("<II", mapped[8:16].tobytes())[1]
    header = json.loads(mapped[16 : 16 + size].tobytes())
    arrays: dict[str, Any] = {}
    for name, (start, kind, shape) in header["arrays"].items():
        count = int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = mapped[16 + size + start :][:count].view(kind).reshape(shape)
    return Plate(_meta(header["meta"]), **arrays)


def _header(data: bytes, magic: bytes) -> tuple[dict[str, Any], int]:
    """The header and where the body begins."""
    version, size = struct.unpack("<II", data[8:16])
    if data[:8] != magic or version != _FORMAT:
        raise ValueError("not a plate")
    return json.loads(data[16 : 16 + size]), 16 + size


def _camera_values(camera: Camera) -> list[Any]:
    return [camera.at, camera.towards, camera.angle, camera.aperture]


def _meta(values: dict[str, Any]) -> Meta:
    tuples: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    at, towards, angle, aperture = values["camera"]
    tuples["camera"] = Camera(tuple(at), tuple(towards), angle, aperture)
    return Meta(**tuples)


def _avif(codes: Codes) -> bytes:
    height, width = codes.shape[:2]
    wide = np.ascontiguousarray(codes << np.uint16(4))
    image = pyvips.Image.new_from_memory(wide.data, width, height, 3, "ushort").copy(interpretation="rgb16")
    return bytes(image.heifsave_buffer(Q=_AVIF_QUALITY, bitdepth=12, compression="av1", effort=4, subsample_mode="off"))


def _from_avif(data: bytes) -> Codes:
    image = pyvips.Image.heifload_buffer(data)
    values = np.ndarray((image.height, image.width, image.bands), np.uint16, image.write_to_memory())
    return np.asarray(np.minimum(values[..., :3] >> np.uint16(4), CODES - 1), np.uint16)


def _predicted(depth: Codes) -> bytes:
    """Each code less what its three neighbours foretell on a plane."""
    left = np.diff(depth, axis=1, prepend=np.uint16(0))
    error = np.diff(left, axis=0, prepend=np.zeros((1, depth.shape[1]), np.uint16))
    folded = ((error << np.uint16(1)) ^ (error.view(np.int16) >> np.int16(15)).view(np.uint16)).astype("<u2")
    planes = np.stack([folded & np.uint16(255), folded >> np.uint16(8)]).astype(np.uint8)
    return lzma.compress(planes.tobytes(), lzma.FORMAT_XZ, preset=6)


def _unpredicted(data: bytes, shape: tuple[int, ...]) -> Codes:
    planes = np.frombuffer(lzma.decompress(data), np.uint8).reshape(2, *shape).astype(np.uint16)
    folded = planes[0] | (planes[1] << np.uint16(8))
    error = (folded >> np.uint16(1)) ^ (np.uint16(0) - (folded & np.uint16(1)))
    return np.cumsum(np.cumsum(error, 0, np.uint16), 1, np.uint16)


def _encoded(suffix: str, pixels: Bytes, options: list[int] | None = None) -> bytes:
    done, data = cv2.imencode(suffix, np.ascontiguousarray(pixels), options or [])
    assert done
    return bytes(data)


def _decoded(data: bytes) -> Bytes:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("a layer is damaged")
    return np.asarray(pixels, np.uint8)
