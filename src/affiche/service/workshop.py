# SPDX-License-Identifier: Apache-2.0
"""What a worker can do: one handler for each kind of job."""

from collections.abc import Mapping
from datetime import timedelta

from affiche.jobs.port import Handler, JobKind
from affiche.service.assembly import Foundation
from affiche.service.creatives.drawing import Drawing, Renders
from affiche.service.notifications.workshop import notifications
from affiche.service.processes.completion import Completion
from affiche.service.upkeep.upkeep import Upkeep, UpkeepTerms
from affiche.settings import Settings


def job_handlers(settings: Settings, base: Foundation, renders: Renders) -> Mapping[JobKind, Handler]:
    """The handlers on an open foundation; ``renders`` draws."""
    told = notifications(settings, base)
    terms = UpkeepTerms(
        timedelta(hours=settings.job_retention_hours), timedelta(hours=settings.blob_grace_hours), settings.incoming
    )
    return {
        JobKind.RENDER: Drawing(base.store, base.blobs, Completion(base.store, told.outbox, base.clock), renders),
        JobKind.DELIVER: told.deliver,
        JobKind.UPKEEP: Upkeep(base.store, base.blobs, base.jobs, base.clock, terms, (told.upkeep,)),
    }
