# SPDX-License-Identifier: Apache-2.0
"""The render process that holds a scene model: it paints what the studio cannot draw around products."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from affiche.engines.neural_scene import NeuralScene
from affiche.engines.painter import DiffusersPainter
from affiche.engines.scene_weights import SceneWeights, UnusableSceneModel
from affiche.jobs.rendering.equipment import EMPTY_HANDED, Equipment
from affiche.jobs.rendering.messages import (
    FetchPicture,
    Made,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    ShootRequest,
    Shot,
)
from affiche.jobs.rendering.photography import Photography
from affiche.studio.studio import Studio


class ScenePainter:
    """Opens the weights of the folder that the operator has named with the first picture, and keeps them."""

    def __init__(self, equipment: Equipment = EMPTY_HANDED) -> None:
        self._equipment = equipment

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        shot = self._photography.shoot(request, fetch)
        return replace(shot, engine=shot.engine | {"scene": self._scene.identity})

    def preview(self, request: PreviewRequest) -> Made:
        return self._photography.preview(request)

    def recognise(self, request: RecogniseRequest) -> Recognised:
        return self._photography.recognise(request)

    @cached_property
    def _scene(self) -> NeuralScene:
        try:
            weights = SceneWeights.at(Path(self._equipment.scene_model).expanduser())
            return NeuralScene(Studio(self._equipment.plates), DiffusersPainter(weights))
        except UnusableSceneModel as error:
            raise RuntimeError(
                f"AFFICHE_SCENE_MODEL: {error}"
            ) from error  # the operator's fault: for the log, not for clients

    @cached_property
    def _photography(self) -> Photography:
        return Photography(self._scene)
