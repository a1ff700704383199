# SPDX-License-Identifier: Apache-2.0
"""What a finished design is worth, and what it was made with."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from affiche.creative.campaign import Campaign
from affiche.creative.composition import Composition, TextLayer
from affiche.creative.diversity import diversity
from affiche.creative.formats import Format
from affiche.creative.score import Scorer
from affiche.errors import AfficheError

_DRAWING_LIBRARIES: Final = ("skia-python", "uharfbuzz", "opencv-python-headless", "numpy", "isal", "simplejpeg")


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The design's ``score`` as plain values, and its ``diversity``: the distance to the most similar design of its
    set, 0..1, None for an only one."""

    score: dict[str, Any]
    diversity: float | None


def appraise(campaign: Campaign, composition: Composition, of: int) -> Appraisal:
    """Judge one design of a set of ``of`` on its format."""
    siblings = designs(campaign, composition.format, of)
    others = [design for design in siblings if design.variant != composition.variant]
    materials = campaign.materials
    scorer = Scorer(campaign.photo, campaign.logo, materials.reading, materials.small)
    return Appraisal(scorer.score(composition, others).to_json(), diversities(siblings).get(composition.variant))


def designs(campaign: Campaign, format: Format, of: int) -> list[Composition]:
    """The set of ``of`` designs on ``format``, without those whose copy does not fit."""
    found = []
    for variant in range(1, of + 1):
        try:
            found.append(campaign.compose(format, variant, of))
        except AfficheError:
            break  # a design depends on those before it
    return found


def diversities(siblings: Sequence[Composition]) -> dict[int, float]:
    """How far each design of a set is from the most similar other one, 0..1, by variant; empty for fewer than two."""
    if len(siblings) < 2:
        return {}
    return {design.variant: round(far, 4) for design, far in zip(siblings, diversity(siblings), strict=True)}


def font_digests(composition: Composition) -> dict[str, str]:
    """The SHA-256 (hex) of the file behind every face in the texts of a design, by the face's key."""
    faces = {
        run.face.key: run.face.path
        for layer in composition.layers
        if isinstance(layer, TextLayer)
        for line in layer.block.lines
        for run in line.runs
    }
    return {key: _file_digest(path) for key, path in sorted(faces.items())}


def engine_versions() -> dict[str, str]:
    """The version of Affiche and of every library whose change can move a pixel."""
    return {name: _version(name) for name in ("affiche", *_DRAWING_LIBRARIES)}


@cache
def _file_digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # running from a source tree
        return "0"
