# SPDX-License-Identifier: Apache-2.0
"""Enhancements wired for a face and for a worker."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from affiche.jobs.dbos_jobs import DbosJobs
from affiche.outbound.hooks import is_welcome
from affiche.outbound.sources import SourceFetcher
from affiche.service.clock import Clock
from affiche.service.credits.credits import Credits
from affiche.service.credits.values import CreditTerms
from affiche.service.enhancements.completion import EnhancementCompletion
from affiche.service.enhancements.create import CreateTerms, Creating
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.errors import InvalidWebhookUrl
from affiche.service.enhancements.outbox import EnhancementOutbox
from affiche.service.enhancements.policy import ContentPolicy
from affiche.service.enhancements.results import Links, Results
from affiche.service.enhancements.upkeep import EnhancementUpkeep
from affiche.service.enhancements.values import MAX_URL
from affiche.service.enhancements.work import Enhances, Enhancing
from affiche.service.limits.values import VENDOR_BATCHES, BatchCaps
from affiche.settings import Settings
from affiche.store.blobs import Blobs
from affiche.store.unit_of_work import Store


class Opened(Protocol):
    """What of the server's foundation enhancements stand on."""

    @property
    def store(self) -> Store: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def jobs(self) -> DbosJobs: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class WebhookVetting:
    """Raises `InvalidWebhookUrl` for what is not a public HTTPS URL, or any at all if private ones are admitted."""

    allow_private: bool

    def __call__(self, url: str) -> None:
        if len(url) > MAX_URL or not is_welcome(url, allow_private=self.allow_private):
            raise InvalidWebhookUrl


def enhancements(settings: Settings, base: Opened) -> Enhancements:
    """The use cases, for API processes and the command line."""
    links = Links(settings.url)
    caps = VENDOR_BATCHES if settings.limits == "vendor" else BatchCaps()
    creating = Creating(
        base.store,
        base.jobs,
        base.clock,
        _credits(settings, base),
        links,
        ContentPolicy(settings.content_policy_words.split(",")),
        WebhookVetting(settings.allow_private_targets),
        CreateTerms(settings.credits_per_image, caps),
    )
    return Enhancements(base.store, creating, _completion(settings, base), links, Results(base.blobs))


def enhancing(settings: Settings, base: Opened, engine: Enhances) -> Enhancing:
    """The handler of enhancement jobs, for workers."""
    fetch = SourceFetcher.of(allow_private=settings.allow_private_targets)
    completion = _completion(settings, base)
    return Enhancing(base.store, base.blobs, base.jobs, completion, fetch, engine, settings.sandbox_seconds)


def enhancement_upkeep(settings: Settings, base: Opened) -> EnhancementUpkeep:
    """The chore of the upkeep job."""
    days = settings.result_retention_days
    return EnhancementUpkeep(base.store, base.jobs, timedelta(days=days) if days else None)


def _completion(settings: Settings, base: Opened) -> EnhancementCompletion:
    outbox = EnhancementOutbox(base.jobs, base.clock, Links(settings.url))
    return EnhancementCompletion(base.store, base.clock, _credits(settings, base), outbox)


def _credits(settings: Settings, base: Opened) -> Credits:
    return Credits(base.clock, CreditTerms(settings.credits == "metered", settings.credit_threshold))
