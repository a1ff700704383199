# SPDX-License-Identifier: Apache-2.0
"""The use cases wired to the database, the storage and the job queue that the settings name."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

from affiche.creative.campaign import validate_brief
from affiche.images.encode import transcode
from affiche.images.probe import verify
from affiche.jobs.dbos_jobs import DbosJobs, migrate_jobs
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.on_demand import RendersOnDemand
from affiche.jobs.rendering.pool import CREATIVE_RENDERER, RenderTerms
from affiche.service.accounts.applications import Applications
from affiche.service.accounts.key_values import VENDOR_CAPS, Environment, KeyCaps
from affiche.service.accounts.keys import ApiKeys, KeyCheck
from affiche.service.accounts.tokens import Tokens, TokenTerms
from affiche.service.channels.channels import Channels
from affiche.service.clock import Clock, system_clock
from affiche.service.creatives.creatives import Creatives, CreativeTerms
from affiche.service.creatives.downloads import Downloads
from affiche.service.creatives.requirements import EngineChecks
from affiche.service.credits.ledger import Ledger
from affiche.service.enhancements.enhancements import Enhancements
from affiche.service.enhancements.reconciliation import reconcile as reconcile_enhancements
from affiche.service.enhancements.workshop import enhancements
from affiche.service.limits.requests import RequestLimits
from affiche.service.limits.values import VENDOR_RATES, RequestRates
from affiche.service.photoshoots.photoshoots import Photoshoots
from affiche.service.photoshoots.reconciliation import reconcile as reconcile_photoshoots
from affiche.service.photoshoots.workshop import photoshoots
from affiche.settings import MEBIBYTE, Settings
from affiche.store.blobs import FileBlobs, S3Blobs, open_blobs
from affiche.store.engine import open_engine
from affiche.store.migrate import migrate
from affiche.store.secrets import SecretBox, server_key
from affiche.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Foundation:
    """What API processes and workers share: the migrated database, the storage, the queue, the key."""

    store: Store
    blobs: FileBlobs | S3Blobs
    jobs: DbosJobs
    box: SecretBox
    clock: Clock

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Migrate the database if needed. Raises the driver's error if it cannot be reached, `BrokenSecret` for a bad
        server key."""
        settings.home.mkdir(parents=True, exist_ok=True)
        box = SecretBox(server_key(settings.server_key.get_secret_value(), settings.server_key_file))
        engine = open_engine(settings.database)
        migrate(engine)
        migrate_jobs(engine)
        blobs = open_blobs(settings.storage, dict(os.environ))
        return cls(Store(engine), blobs, DbosJobs(engine), box, system_clock)

    def check(self) -> dict[str, str]:
        """What is not ready, by name (``database``, ``storage``), with the reason; empty when all is well."""
        checks: dict[str, Callable[[], None]] = {"database": self.store.check, "storage": self.blobs.check}
        faults = {}
        for name, check in checks.items():
            try:
                check()
            except Exception as error:
                faults[name] = f"{type(error).__name__}: {error}"
        return faults

    def close(self) -> None:
        self.jobs.close()
        self.store.close()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a face (HTTP, command line) may call. All calls are synchronous and thread-safe."""

    applications: Applications
    tokens: Tokens
    keys: ApiKeys
    key_check: KeyCheck
    channels: Channels
    creatives: Creatives
    photoshoots: Photoshoots
    ledger: Ledger
    enhancements: Enhancements
    limits: RequestLimits
    foundation: Foundation
    renders: RendersOnDemand

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Migrate the database if needed and open everything. Close it, or use it as a context manager."""
        return cls.on(Foundation.open(settings), settings)

    @classmethod
    def on(cls, base: Foundation, settings: Settings, renderer: str = CREATIVE_RENDERER) -> Self:
        """The use cases on a foundation that is open already. ``renderer`` names the class that makes documents, as
        ``module:Class``."""
        terms = TokenTerms(
            timedelta(hours=settings.access_token_hours),
            timedelta(days=settings.refresh_token_days),
            timedelta(seconds=settings.refresh_grace_seconds),
            settings.allow_api_key_only,
        )
        rates = VENDOR_RATES if settings.limits == "vendor" else RequestRates()
        visible = timedelta(hours=settings.finished_visible_hours)
        memory = settings.render_memory_megabytes * MEBIBYTE
        renders = RendersOnDemand(
            RenderTerms(1, settings.task_timeout_seconds, memory, renderer, Equipment.of(settings))
        )
        creatives = Creatives(
            base.store,
            base.blobs,
            base.jobs,
            base.clock,
            EngineChecks(brief=validate_brief, picture=verify),
            Downloads(base.store, base.blobs, transcode, renders),
            CreativeTerms(settings.variants_per_size, settings.failed_state, visible),
        )
        return cls(
            Applications(base.store, base.box, base.clock),
            Tokens(base.store, base.box, base.clock, terms),
            ApiKeys(base.store, base.clock, VENDOR_CAPS if settings.limits == "vendor" else KeyCaps()),
            KeyCheck(base.store, base.clock, _served(settings)),
            Channels(base.store, base.box, base.clock, allow_private=settings.allow_private_targets),
            creatives,
            photoshoots(settings, base, renders),
            Ledger(base.store, base.clock, (reconcile_enhancements, reconcile_photoshoots)),
            enhancements(settings, base),
            RequestLimits(settings.limits_url.get_secret_value(), rates),
            base,
            renders,
        )

    def check(self) -> dict[str, str]:
        """What is not ready, by name (``database``, ``storage``), with the reason; empty when all is well."""
        return self.foundation.check()

    def close(self) -> None:
        self.renders.close()
        self.foundation.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _served(settings: Settings) -> tuple[Environment, ...]:
    return tuple(Environment) if settings.environments == "both" else (Environment(settings.environments),)
