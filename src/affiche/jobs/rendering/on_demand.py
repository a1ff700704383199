# SPDX-License-Identifier: Apache-2.0
"""Render processes for an API process: none until the first request needs one, so that a server that only takes orders
stays small, and a crash of the picture code never ends a server."""

import threading

from affiche.jobs.rendering.messages import (
    DocumentRequest,
    FetchPicture,
    FitRequest,
    Made,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    Rendered,
    RenderRequest,
)
from affiche.jobs.rendering.pool import RenderPool, RenderTerms


class RendersOnDemand:
    """A `RenderPool` that is opened by its first use. Thread-safe; more callers than slots wait their turn."""

    def __init__(self, terms: RenderTerms) -> None:
        self._terms = terms
        self._opening = threading.Lock()
        self._pool: RenderPool | None = None

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        return self._opened().render(request, fetch)

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made:
        return self._opened().document(request, fetch)

    def fit(self, request: FitRequest) -> Made:
        return self._opened().fit(request)

    def preview(self, request: PreviewRequest) -> Made:
        return self._opened().preview(request)

    def recognise(self, request: RecogniseRequest) -> Recognised:
        return self._opened().recognise(request)

    def _opened(self) -> RenderPool:
        with self._opening:
            if self._pool is None:
                self._pool = RenderPool(self._terms)
            return self._pool

    def close(self) -> None:
        """End the processes, if there are any."""
        with self._opening:
            if self._pool is not None:
                self._pool.close()
                self._pool = None
