# SPDX-License-Identifier: Apache-2.0
"""Photoshoots wired for a face and for a worker."""

from datetime import timedelta
from typing import Protocol

from affiche.images.encode import transcode
from affiche.jobs.dbos_jobs import DbosJobs
from affiche.service.clock import Clock
from affiche.service.credits.credits import Credits
from affiche.service.credits.values import CreditTerms
from affiche.service.photoshoots.downloads import PhotoDownloads
from affiche.service.photoshoots.gallery import Addresses, Gallery, Previews
from affiche.service.photoshoots.photoshoots import Photoshoots, PhotoshootTerms
from affiche.service.photoshoots.receipts import PhotoReceipts
from affiche.service.photoshoots.recommend import Recognises, Recommending
from affiche.service.photoshoots.shooting import Shooting, Shoots
from affiche.service.photoshoots.start import Starting
from affiche.service.photoshoots.upkeep import PhotoshootUpkeep
from affiche.service.processes.finishing import Finishing
from affiche.service.recommendations.second_opinion import adviser_of
from affiche.settings import Settings
from affiche.store.blobs import Blobs
from affiche.store.unit_of_work import Store


class Opened(Protocol):
    """What of the server's foundation photoshoots stand on."""

    @property
    def store(self) -> Store: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def jobs(self) -> DbosJobs: ...
    @property
    def clock(self) -> Clock: ...


class Darkroom(Previews, Recognises, Protocol):
    """What an API process has done in render processes."""


def photoshoots(settings: Settings, base: Opened, darkroom: Darkroom) -> Photoshoots:
    """The use cases, for API processes and the command line."""
    credits = Credits(base.clock, CreditTerms(settings.credits == "metered", settings.credit_threshold))
    return Photoshoots(
        base.store,
        base.clock,
        Addresses(settings.url),
        Gallery(base.store, base.blobs, darkroom),
        Recommending(base.store, base.blobs, base.clock, darkroom, adviser_of(settings)),
        Starting(base.store, base.jobs, base.clock),
        PhotoDownloads(base.store, base.blobs, credits, settings.credits_per_photo, transcode),
        PhotoReceipts(base.store, base.blobs),
        PhotoshootTerms(settings.failed_state, timedelta(hours=settings.finished_visible_hours)),
    )


def shooting(base: Opened, finishing: Finishing, studio: Shoots, *, painter: bool = False) -> Shooting:
    """The handler of photoshoot jobs, for workers; ``painter``: ``studio`` has a scene model too."""
    return Shooting(base.store, base.blobs, finishing, studio, painter)


def photoshoot_upkeep(base: Opened) -> PhotoshootUpkeep:
    """The chore of the upkeep job."""
    return PhotoshootUpkeep(base.store, base.jobs)
