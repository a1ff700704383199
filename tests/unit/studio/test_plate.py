# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import numpy as np
import pytest

from affiche.studio.plate import DamagedPlate, Plate, PlateStore, coded, packed, plate_file, unpacked
from affiche.studio.scene import Pitch
from tests.doubles.plates import CEILING, room


@pytest.fixture(scope="module")
def plate() -> Plate:
    return room()


@pytest.fixture
def folder(tmp_path: Path, plate: Plate) -> Path:
    (tmp_path / "room.plate").write_bytes(packed(plate))
    return tmp_path


def test_a_packed_plate_comes_back(plate: Plate) -> None:
    back = unpacked(packed(plate), "room")
    assert back.meta == plate.meta
    for name in ("depth", "roles", "normal"):
        assert np.array_equal(getattr(back, name), getattr(plate, name)), name
    for name in ("key", "fill", "card_key", "card_fill"):
        assert np.abs(getattr(back, name).astype(int) - getattr(plate, name)).max() <= 8, name


def test_depth_is_exact_where_it_jumps(plate: Plate) -> None:
    rough = plate._replace(depth=np.random.default_rng(1).integers(0, 65536, plate.depth.shape, np.uint16))
    assert np.array_equal(unpacked(packed(rough), "room").depth, rough.depth)


def test_codes_keep_light_within_a_hundredth_of_a_stop(plate: Plate) -> None:
    light = np.geomspace(0.01, CEILING, 500).astype(np.float32)
    back = plate.radiance()[coded(light, CEILING)]
    assert np.abs(np.log2(back / light)).max() < 0.01
    assert plate.radiance()[0] == 0


def test_every_process_maps_the_same_unpacked_file(folder: Path, plate: Plate) -> None:
    cache = folder / "cache"
    first, second = (PlateStore(folder, cache).plate("room") for _ in range(2))
    assert len(list(cache.glob("*.flat"))) == len(list(cache.iterdir())) == 1
    assert np.array_equal(first.depth, plate.depth)
    assert np.array_equal(first.key, second.key)
    assert first.meta == plate.meta
    assert not first.key.flags.writeable
    assert isinstance(first.key.base, np.memmap)


def test_without_a_cache_nothing_is_written(folder: Path, plate: Plate) -> None:
    assert np.array_equal(PlateStore(folder).plate("room").roles, plate.roles)
    assert [path.name for path in folder.iterdir()] == ["room.plate"]


def test_a_new_bake_replaces_what_was_unpacked(folder: Path, plate: Plate) -> None:
    cache = folder / "cache"
    PlateStore(folder, cache).plate("room")
    other = plate._replace(meta=plate.meta._replace(digest="1" * 16, room=1.25))
    (folder / "room.plate").write_bytes(packed(other))
    assert PlateStore(folder, cache).plate("room").meta.room == 1.25


@pytest.mark.parametrize("cut", [0, 4, 15, 40, 2000, -1])
def test_a_damaged_file_is_named(folder: Path, cut: int) -> None:
    path = folder / "room.plate"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(DamagedPlate, match="'room'"):
        PlateStore(folder).plate("room")


def test_the_nearest_pitch_stands_in_for_one_that_is_not_baked(plate: Plate, tmp_path: Path) -> None:
    for pitch in (Pitch.USUAL, Pitch.ABOVE):
        (tmp_path / plate_file("room", pitch)).write_bytes(packed(plate._replace(meta=plate.meta._replace(room=pitch))))
    store = PlateStore(tmp_path)
    assert {pitch: store.plate("room", pitch).meta.room for pitch in Pitch} == {2: 8, 8: 8, 20: 20}
    assert store.plate("room") is store.plate("room", Pitch.LEVEL)
    with pytest.raises(FileNotFoundError):
        store.plate("moon", Pitch.ABOVE)
