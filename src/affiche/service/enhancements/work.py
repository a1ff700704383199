# SPDX-License-Identifier: Apache-2.0
"""The job that makes one picture better: fetches it, has it enhanced, stores the result, commits. Safe to run twice."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from structlog.contextvars import bound_contextvars

from affiche import logs, metrics
from affiche.errors import InvalidInput
from affiche.jobs.port import Jobs, Payload
from affiche.jobs.rendering.messages import Enhanced, EnhanceRequest, RenderFailed
from affiche.outbound.source_errors import SourceFault
from affiche.outbound.sources import Fetch
from affiche.retouch.wishes import Wishes
from affiche.service.accounts.key_values import Environment
from affiche.service.enhancements.completion import EnhancementCompletion, Success
from affiche.service.enhancements.faults import SENTENCES, ItemFault, fault_of_engine
from affiche.service.enhancements.queueing import EnhanceJob, queue_item
from affiche.service.enhancements.results import result_key, thumbnail_key
from affiche.store.blobs import Blobs
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from affiche.store.unit_of_work import Store

FAIL_PREFIX: Final = "fail:"
"""In the sandbox, an external id that begins so makes its item fail with the code that follows."""

_STORING_PAUSES: Final = (0.2, 1.0)
_log = logs.logger(__name__)


class Enhances(Protocol):
    """Enhances one picture. Raises `RenderFailed`, whose ``reason`` is the code of the engine's error."""

    def enhance(self, request: EnhanceRequest) -> Enhanced: ...


class _NotStored(Exception):
    """The storage did not take a result, several times."""


@dataclass(frozen=True, slots=True)
class Enhancing:
    """The handler of enhancement jobs. Nothing is fetched or enhanced inside a transaction."""

    store: Store
    blobs: Blobs
    jobs: Jobs
    completion: EnhancementCompletion
    fetch: Fetch
    engine: Enhances
    sandbox_seconds: float
    pause: Callable[[float], None] = time.sleep

    def __call__(self, payload: Payload) -> None:
        job = EnhanceJob.from_payload(payload)
        begun = self.completion.begin(job.item_id)
        if begun is None:
            return
        item, batch = begun
        with bound_contextvars(item_id=str(item.id), enhancement_id=str(batch.id), request_id=batch.request_id):
            if batch.environment != Environment.SANDBOX:
                self._enhance(batch, item)
            elif job.ending:
                self._play(item)
            else:
                with self.store.transaction() as session:
                    queue_item(session, self.jobs, batch, item, ending=True, delay=self.sandbox_seconds)

    def _play(self, item: EnhancementItemRow) -> None:
        """What the sandbox does instead of work."""
        code = (item.external_id or "").removeprefix(FAIL_PREFIX)
        if (item.external_id or "").startswith(FAIL_PREFIX) and code in SENTENCES:
            self._fail(item, code)
        else:
            self._succeed(item, None)

    def _enhance(self, batch: EnhancementRow, item: EnhancementItemRow) -> None:
        try:
            enhanced = self.engine.enhance(self._request(batch, item))
            self._store_files(item, enhanced)
        except SourceFault as fault:
            self._fail(item, fault.problem)
        except RenderFailed as error:
            _log.warning("enhancement_failed", reason=error.reason, message=str(error))
            self._fail(item, fault_of_engine(error.reason))
        except InvalidInput as error:
            _log.warning("enhancement_failed", reason=error.field, message=str(error))
            self._fail(item, ItemFault.PROVIDER)
        except _NotStored:
            self._fail(item, ItemFault.STORAGE)
        else:
            self._succeed(item, Success(enhanced.width, enhanced.height, enhanced.notes, enhanced.receipt))
            metrics.ENHANCEMENT_SECONDS.labels(batch.treatment).observe(enhanced.seconds)

    def _request(self, batch: EnhancementRow, item: EnhancementItemRow) -> EnhanceRequest:
        return EnhanceRequest(
            self.fetch(item.source_url).content if item.source_url else b"",
            batch.treatment,
            batch.preservation,
            batch.instructions,
            Wishes.from_json(batch.wishes or {}),
            item.position % batch.per_source + 1,
        )

    def _store_files(self, item: EnhancementItemRow, enhanced: Enhanced) -> None:
        """Before the commit: a completed item has its files. Running twice writes them to the same places again."""
        assert item.token is not None, "only an item that failed has no token"
        for pause in (*_STORING_PAUSES, None):
            try:
                self.blobs.put(result_key(item.token), enhanced.content)
                self.blobs.put(thumbnail_key(item.token), enhanced.thumbnail)
                return
            except Exception as error:
                _log.exception("result_not_stored")
                if pause is None:
                    raise _NotStored from error
                self.pause(pause)

    def _succeed(self, item: EnhancementItemRow, result: Success | None) -> None:
        if self.completion.succeed(item, result):
            metrics.ITEMS_FINISHED.labels("completed").inc()
            _log.info("item_completed")

    def _fail(self, item: EnhancementItemRow, code: str) -> None:
        if self.completion.fail(item, code):
            metrics.ITEMS_FINISHED.labels("failed").inc()
            _log.info("item_failed", code=code)
