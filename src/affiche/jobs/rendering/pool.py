# SPDX-License-Identifier: Apache-2.0
"""The render processes of a worker: one per slot, replaced when they crash, hang or grow."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from affiche import logs, metrics
from affiche.errors import InvalidInput
from affiche.jobs.rendering.equipment import EMPTY_HANDED, Equipment
from affiche.jobs.rendering.messages import (
    Answer,
    DocumentRequest,
    Enhanced,
    EnhanceRequest,
    FetchPicture,
    FitRequest,
    Made,
    Outcome,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    Refused,
    Rendered,
    RenderFailed,
    RenderRequest,
    Request,
    ShootRequest,
    Shot,
)
from affiche.jobs.rendering.process import RendererCrashed, RendererTimedOut, RenderProcess

CREATIVE_RENDERER: Final = "affiche.jobs.rendering.creative_renderer:CreativeRenderer"
SCENE_PAINTER: Final = "affiche.jobs.rendering.scene_painter:ScenePainter"
_ATTEMPTS: Final = 2
_log = logs.logger(__name__)


class PoolClosed(Exception):
    """The worker is leaving; the task is for another one."""


@dataclass(frozen=True, slots=True)
class RenderTerms:
    """``slots`` processes draw at once. One above ``memory_bytes`` after a creative is replaced; one that takes longer
    than ``timeout_seconds`` for a creative is ended. All of them have the same
    ``equipment``. With a scene model one more process paints, which may take ``scene_seconds`` and as much memory as
    the weights need."""

    slots: int
    timeout_seconds: float = 60.0
    memory_bytes: int = 600 * 1024 * 1024
    renderer: str = CREATIVE_RENDERER
    equipment: Equipment = EMPTY_HANDED
    scene_seconds: float = 600.0

    @property
    def painting(self) -> "RenderTerms":
        """The terms of the one process that holds the scene model."""
        return replace(
            self, slots=1, timeout_seconds=self.scene_seconds, memory_bytes=sys.maxsize, renderer=SCENE_PAINTER
        )


class RenderPool:
    """Draws for many threads. A request goes to an idle process that knows its campaign, if there is one."""

    def __init__(self, terms: RenderTerms) -> None:
        self._terms = terms
        self._changed = threading.Condition()
        self._closed = False
        self._processes = [self._started() for _ in range(terms.slots)]
        self._idle = list(self._processes)
        self._painters: RenderPool | None = None

    def _started(self) -> RenderProcess:
        return RenderProcess(self._terms.renderer, self._terms.equipment)

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        """Raises `RenderFailed` when the creative cannot be drawn, `InvalidInput` when a field is to blame,
        `PoolClosed`, and what ``fetch`` raises."""
        rendered = self._outcome(request, fetch)
        assert isinstance(rendered, Rendered)
        return rendered

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made:
        """Raises as `render` does."""
        made = self._outcome(request, fetch)
        assert isinstance(made, Made)
        return made

    def fit(self, request: FitRequest) -> Made:
        """Raises as `render` does; `InvalidInput` names ``max_bytes`` when no file is small enough."""
        made = self._outcome(request, _nothing)
        assert isinstance(made, Made)
        return made

    def enhance(self, request: EnhanceRequest) -> Enhanced:
        """Raises as `render` does."""
        enhanced = self._outcome(request, _nothing)
        assert isinstance(enhanced, Enhanced)
        return enhanced

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        """Raises as `render` does. What is to be painted goes to the process that holds the scene model."""
        pool = self._painting() if request.neural else self
        shot = pool._outcome(request, fetch)
        assert isinstance(shot, Shot)
        return shot

    def preview(self, request: PreviewRequest) -> Made:
        """Raises as `render` does."""
        made = self._outcome(request, _nothing)
        assert isinstance(made, Made)
        return made

    def recognise(self, request: RecogniseRequest) -> Recognised:
        """Raises as `render` does; the `RenderFailed` of a photo without a product has the reason
        ``unknown_foreground``."""
        recognised = self._outcome(request, _nothing)
        assert isinstance(recognised, Recognised)
        return recognised

    def _painting(self) -> "RenderPool":
        """The pool of one process with the scene model, opened by its first picture."""
        with self._changed:
            if self._closed:
                raise PoolClosed
            if self._painters is None:
                self._painters = RenderPool(self._terms.painting)
            return self._painters

    def _outcome(self, request: Request, fetch: FetchPicture) -> Outcome:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return _unwrap(self._render_once(request, fetch))
            except RendererCrashed as error:
                if self._closed:
                    raise PoolClosed from error
                _log.warning("renderer_crashed", attempt=attempt, reason=str(error))
            except RendererTimedOut as error:
                _log.warning("renderer_timed_out", seconds=self._terms.timeout_seconds)
                seconds = f"{self._terms.timeout_seconds:g}"
                raise RenderFailed(f"Drawing took longer than {seconds} s; send a smaller picture.") from error
        raise RenderFailed("The picture could not be drawn; save the pictures you sent anew as JPEG or PNG and retry.")

    def _render_once(self, request: Request, fetch: FetchPicture) -> Answer:
        with self._borrowed(request) as process:
            answer = process.render(request, fetch, self._terms.timeout_seconds)
        return answer

    @contextmanager
    def _borrowed(self, request: Request) -> Iterator[RenderProcess]:
        process = self._take(request)
        reason = None
        try:
            yield process
            reason = "memory" if process.resident_bytes > self._terms.memory_bytes else None
        except RendererCrashed:
            reason = "crash"
            raise
        except RendererTimedOut:
            reason = "timeout"
            raise
        except BaseException:
            reason = "fetch"  # the process still waits for a picture that will not come
            raise
        finally:
            self._give_back(process, reason)

    def _take(self, request: Request) -> RenderProcess:
        with self._changed:
            self._changed.wait_for(lambda: self._idle or self._closed)
            if self._closed:
                raise PoolClosed
            chosen = next((p for p in self._idle if request.campaign_key in p.recent), self._idle[0])
            self._idle.remove(chosen)
            return chosen

    def _give_back(self, process: RenderProcess, reason: str | None) -> None:
        """``reason`` says why the process must be replaced, if it must."""
        if reason is not None:
            process.kill()
            process.close()
            metrics.RENDERERS_REPLACED.labels(reason).inc()
        with self._changed:
            if reason is not None:
                self._processes.remove(process)
                if self._closed:
                    return
                process = self._started()
                self._processes.append(process)
            self._idle.append(process)
            self._changed.notify()

    def close(self) -> None:
        """End all processes at once; who waits for a creative gets `PoolClosed`."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            painters = self._painters
            idle, busy = list(self._idle), [process for process in self._processes if process not in self._idle]
        for process in busy:
            process.kill()
        for process in idle:
            process.close()
        if painters is not None:
            painters.close()


def _nothing(digest: str) -> bytes:
    raise KeyError(f"A request that brings its own picture needs none, but {digest} was asked for.")


def _unwrap(answer: Answer) -> Outcome:
    outcome = answer.outcome
    if not isinstance(outcome, Refused):
        return outcome
    if not outcome.expected:
        _log.error("renderer_fault", trace=outcome.message)
        raise RenderFailed("The picture could not be drawn because of a fault of ours; the server's log has it.")
    if outcome.field:
        raise InvalidInput(outcome.field, outcome.message)
    raise RenderFailed(outcome.message, outcome.code)
