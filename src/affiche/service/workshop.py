# SPDX-License-Identifier: Apache-2.0
"""What a worker can do: one handler for each kind of job."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from affiche.jobs.port import Handler, JobKind
from affiche.service.assembly import Foundation
from affiche.service.creatives.drawing import Drawing, Renders
from affiche.service.enhancements.work import Enhances
from affiche.service.enhancements.workshop import enhancement_upkeep, enhancing
from affiche.service.notifications.workshop import notifications
from affiche.service.photoshoots.shooting import Shoots
from affiche.service.photoshoots.workshop import photoshoot_upkeep, shooting
from affiche.service.processes.completion import Completion
from affiche.service.processes.finishing import Finishing
from affiche.service.upkeep.upkeep import Upkeep, UpkeepTerms
from affiche.settings import Settings


class PictureWork(Renders, Shoots, Enhances, Protocol):
    """Draws creatives, takes product photos and enhances product pictures."""


def job_handlers(settings: Settings, base: Foundation, renders: PictureWork) -> Mapping[JobKind, Handler]:
    """The handlers on an open foundation; ``renders`` draws."""
    told = notifications(settings, base)
    terms = UpkeepTerms(
        timedelta(hours=settings.job_retention_hours), timedelta(hours=settings.blob_grace_hours), settings.incoming
    )
    chores = (told.upkeep, photoshoot_upkeep(base), enhancement_upkeep(settings, base))
    finishing = Finishing(base.blobs, Completion(base.store, told.outbox, base.clock))
    return {
        JobKind.RENDER: Drawing(base.store, base.blobs, finishing, renders),
        JobKind.SHOOT: shooting(base, finishing, renders, painter=bool(settings.scene_model)),
        JobKind.ENHANCE: enhancing(settings, base, renders),
        JobKind.DELIVER: told.deliver,
        JobKind.UPKEEP: Upkeep(base.store, base.blobs, base.jobs, base.clock, terms, chores),
    }
