# SPDX-License-Identifier: Apache-2.0
"""The product photos of the demonstration: a snapshot is cut out, set into six scenes, saved and hung on a sheet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from affiche.cli.demonstration.orders import follow
from affiche.cli.demonstration.photo_sheet import Photo
from affiche.cli.terminal import progress
from affiche.client import Photoshoot, PhotoshootClient, Recommended, Scene
from affiche.samples import sample_snapshot_jpeg

PHOTOS: Final = 6
_IN_WORDS: Final = 2
"""So many of the scenes are recommended ones in words; the others are presets."""


@dataclass(frozen=True, slots=True)
class Shooting:
    """A photoshoot that was ordered: what the product is, and what its scenes are called, in the order of its tasks."""

    recommended: Recommended
    names: tuple[str, ...]
    order: Photoshoot


def shoot(client: PhotoshootClient) -> tuple[Shooting, list[str]]:
    """Have the sample snapshot's product cut out and photographed: what was ordered, and what went wrong."""
    recommended = client.recommend(sample_snapshot_jpeg())
    scenes = [Scene(preset_id=preset) for preset in recommended.preset_ids[: PHOTOS - _IN_WORDS]]
    # The first prompt says in words what the first preset shows.
    scenes += [Scene(words=prompt) for prompt in recommended.prompts[1 : 1 + _IN_WORDS]]
    order = client.start(recommended.asset_id, scenes, name=recommended.name, description=recommended.description)
    names = tuple(scene.preset_id or f"“{scene.words}”" for scene in scenes)
    return Shooting(recommended, names, order), follow(lambda: client.find(order), "Photographing")


def collect_photos(client: PhotoshootClient, shooting: Shooting, out: Path) -> tuple[Photo, ...]:
    """Download what is finished, number it and save it in ``out``."""
    found = []
    finished = client.find(shooting.order).finished
    with progress() as bar:
        tasks = bar.track(tuple(shooting.order.tasks), description="Saving ")
        for number, (task, name) in enumerate(zip(tasks, shooting.names, strict=True), 1):
            if task in finished:
                content = client.download(shooting.order, task)
                (out / f"photo-{number}.png").write_bytes(content)
                found.append(Photo(name, content))
    return tuple(found)
