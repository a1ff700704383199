# SPDX-License-Identifier: Apache-2.0
"""The score of a creative: all parts, and of their suggestions those that were tried and do raise it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from affiche.creative.composition import Composition
from affiche.creative.proof import SmallPhoto
from affiche.creative.score.diversity import diversity
from affiche.creative.score.marks import button_visibility, logo_presence
from affiche.creative.score.scene import Scene, Sources
from affiche.creative.score.space import balance, clutter, saliency_match
from affiche.creative.score.suggestions import Inapplicable, apply_suggestion
from affiche.creative.score.texts import contrast, hierarchy, legibility
from affiche.creative.score.values import Part, Score
from affiche.images.resample import PhotoPyramid
from affiche.vision.logo import Logo
from affiche.vision.reading import PhotoReading
from affiche.vision.saliency import saliency

_PARTS: Final = (
    legibility,
    contrast,
    hierarchy,
    clutter,
    saliency_match,
    logo_presence,
    button_visibility,
    balance,
)


class Scorer:
    """Scores the creatives of one photo and one logo; the pictures are read once.

    ``reading`` is what `affiche.vision.reading.read_photo` told about the photo; its saliency is used if it is given.
    ``small`` is the photo reduced, if a campaign has it already.
    """

    def __init__(
        self, photo: PhotoPyramid, logo: Logo, reading: PhotoReading | None = None, small: SmallPhoto | None = None
    ) -> None:
        salient = saliency(photo.pixels) if reading is None else reading.saliency
        small = SmallPhoto(photo) if small is None else small
        self._sources = Sources(small, (photo.width, photo.height), salient, logo)

    def score(self, composition: Composition, others: Sequence[Composition] = ()) -> Score:
        """Score one creative; ``others`` are the further variants of its size, or nothing. Every suggestion in it has
        been applied to a copy and raised the score."""
        scene = Scene.of(composition, self._sources)
        plain = _rated(scene, others)
        return Score(tuple(self._proven(part, plain, scene, others) for part in plain.parts))

    def _proven(self, part: Part, plain: Score, scene: Scene, others: Sequence[Composition]) -> Part:
        """The part, without its suggestion if that cannot be applied or does not help."""
        if part.suggestion is None or plain.value is None:
            return part
        try:
            changed = apply_suggestion(scene.composition, part.suggestion)
        except Inapplicable:
            return replace(part, suggestion=None)
        raised = _rated(Scene.of(changed, self._sources, scene), others).value
        return part if raised is not None and raised > plain.value else replace(part, suggestion=None)


def _rated(scene: Scene, others: Sequence[Composition]) -> Score:
    return Score((*(part(scene) for part in _PARTS), diversity(scene.composition, others)))


def score(composition: Composition, photo: PhotoPyramid, logo: Logo, others: Sequence[Composition] = ()) -> Score:
    """Score one creative of ``photo`` and ``logo``. For several of the same pictures a `Scorer` is quicker."""
    return Scorer(photo, logo).score(composition, others)
