# SPDX-License-Identifier: Apache-2.0
"""Renders the layers of a plate with Mitsuba 3, removes the noise with Open Image Denoise."""

import gc
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiche.images.native import cv2
from affiche.studio.baking.quality import ROLE_SAMPLES, SAMPLES_AT_ONCE, Quality, portions
from affiche.studio.baking.stage import Node, Stage, card_sensor, sensor
from affiche.studio.geometry import CARD_HEIGHT, CARD_WIDTH
from affiche.studio.scene import Pitch, SceneSpec

Floats = NDArray[np.float32]
Step = Callable[[], None]

_DEPTH: Final = 6
_CARD_SAMPLES: Final = 24
_CARD_PX: Final = (192, 160)


class Layers(NamedTuple):
    """Layers of a plate. Radiance (height, width, 3): ``key`` directly from the key lamp, ``fill`` all other light;
    ``depth`` along the ray in units, 0 for nothing; ``normal`` of the surface; ``albedo``; ``roles``, how much of a
    pixel belongs to the roles 1, 2 and 3; ``card_key`` and ``card_fill``, light on a card where the product stands."""

    key: Floats
    fill: Floats
    depth: Floats
    normal: Floats
    albedo: Floats
    roles: Floats
    card_key: Floats
    card_fill: Floats


def views(
    spec: SceneSpec, pitches: Iterable[Pitch], quality: Quality, step: Step
) -> Iterator[tuple[SceneSpec, Layers]]:
    """The scene as it is seen from each of ``pitches``, with all layers. ``step`` is called `Quality.steps` times for
    each. Things and their materials are made once. A variant of Mitsuba must be set."""
    stage = Stage(spec)
    card: tuple[Floats, Floats] | None = None
    for pitch in pitches:
        seen = spec.seen_from(pitch)
        lit, key_only = stage.all_light(), stage.key_light()
        card = card or _card(stage, spec, lit, key_only)
        step()
        yield seen, _layers(stage, seen, (lit, key_only), card, quality, step)


def _layers(
    stage: Stage, spec: SceneSpec, light: tuple[Node, Node], card: tuple[Floats, Floats], quality: Quality, step: Step
) -> Layers:
    size, view = quality.size, {"sensor": sensor(spec.camera, quality.size, SAMPLES_AT_ONCE)}
    depth, normal = _geometry(light[0], spec, size)
    roles = _averaged({"type": "aov", "aovs": "role:albedo"}, stage.roles() | view, ROLE_SAMPLES, step)
    everything = _averaged(
        {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal", "light": _path(_DEPTH)},
        light[0] | view,
        quality.samples,
        step,
    )
    albedo, smooth = np.clip(everything[..., 3:6], 0, 1), everything[..., 6:9]
    total = _denoised(np.clip(everything[..., :3], 0, 60), albedo, smooth)
    step()
    direct = _averaged(_path(2), light[1] | view, quality.samples, step)
    key = np.minimum(_denoised(np.clip(direct[..., :3], 0, 60), albedo, smooth), total * np.float32(0.985))
    step()
    return Layers(key, total - key, depth, normal, albedo, np.clip(roles[..., -3:], 0, 1), *card)


def _path(depth: int) -> Node:
    return {"type": "path", "max_depth": depth, "rr_depth": 4}


def _averaged(integrator: Node, scene: Node, samples: int, step: Step) -> Floats:
    """The mean of all portions."""
    import mitsuba as mi

    loaded, how = mi.load_dict(scene), mi.load_dict(integrator)
    total: Any = 0
    for seed in range(portions(samples)):
        total = total + np.array(mi.render(loaded, integrator=how, spp=SAMPLES_AT_ONCE, seed=seed), np.float32)
        step()
    del loaded
    gc.collect()
    return np.asarray(total / np.float32(portions(samples)), np.float32)


def _geometry(scene: Node, spec: SceneSpec, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Depth and normal at the middle of every pixel through a pinhole: averages of several would lie on no surface."""
    import mitsuba as mi

    loaded = mi.load_dict(scene | {"sensor": sensor(spec.camera, size, 1, pinhole=True)})
    width, height = size
    if str(mi.variant()).startswith("scalar"):
        layers = {"type": "aov", "aovs": "place:position,normal:sh_normal"}
        seen = np.array(mi.render(loaded, integrator=mi.load_dict(layers), spp=1), np.float32)[..., -6:]
        away = seen[..., :3] - np.array(spec.camera.at, np.float32)
        depth = np.where(seen[..., 3:].any(-1), np.linalg.norm(away, axis=-1), 0)
        return depth.astype(np.float32), _towards_camera(seen[..., 3:], away)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32).reshape(2, -1) + np.float32(0.5)
    middle = mi.Point2f(columns / width, rows / height)
    ray, _ = loaded.sensors()[0].sample_ray(0.0, 0.5, middle, mi.Point2f(0.5, 0.5))
    hit = loaded.ray_intersect(ray)
    depth = np.where(np.array(hit.is_valid()), np.array(hit.t), 0).reshape(height, width)
    normal, direction = (np.array(one).reshape(3, height, width).transpose(1, 2, 0) for one in (hit.sh_frame.n, ray.d))
    return depth.astype(np.float32), np.where(depth[..., None] > 0, _towards_camera(normal, direction), 0)


def _towards_camera(normal: Floats, away: Floats) -> Floats:
    return np.asarray(np.where((normal * away).sum(-1, keepdims=True) < 0, normal, -normal), np.float32)


def _card(stage: Stage, spec: SceneSpec, lit: Node, key_only: Node) -> tuple[Floats, Floats]:
    x, y, z = spec.stand
    middle = (x, y, z + CARD_HEIGHT / 2 + 0.002)
    view = {"sensor": card_sensor(middle, CARD_WIDTH, CARD_HEIGHT, _CARD_PX, SAMPLES_AT_ONCE)}
    card = stage.card(middle, CARD_WIDTH, CARD_HEIGHT)
    total, key = (
        _plain(_averaged(_path(depth), scene | card | view, _CARD_SAMPLES, _nothing)[..., :3])
        for scene, depth in ((lit, 4), (key_only, 2))
    )
    key = np.minimum(key, total)
    return key, total - key


def _plain(light: Floats) -> Floats:
    import pyoidn

    smooth = pyoidn.denoise(np.ascontiguousarray(light), hdr=True)
    return np.asarray(cv2.resize(np.asarray(smooth, np.float32), _CARD_PX, interpolation=cv2.INTER_AREA), np.float32)


def _denoised(light: Floats, albedo: Floats, normal: Floats) -> Floats:
    import pyoidn

    light, albedo, normal = (np.ascontiguousarray(one, np.float32) for one in (light, albedo, normal))
    return np.maximum(np.asarray(pyoidn.denoise(light, albedo, normal, hdr=True, quality="high"), np.float32), 0)


def _nothing() -> None:
    """Progress that nobody watches."""
