# SPDX-License-Identifier: Apache-2.0
"""Renderers for tests. The creative's headline tells what happens to it; pictures are fetched as the real one does."""

import json
import os
import time
from pathlib import Path
from typing import Final

from affiche.creative.formats import format_of
from affiche.errors import AfficheError
from affiche.jobs.rendering.messages import FetchPicture, Rendered, RenderRequest

SKETCHER: Final = "tests.doubles.rendering:Sketcher"

CRASH: Final = "crash"
CRASH_ONCE: Final = "crash once: "
HANG: Final = "hang"
FAULT: Final = "fault"
TOO_LONG: Final = "too long"
GROW: Final = "grow"
SLOW: Final = "slow"
SLOW_SECONDS: Final = 0.15


class DoesNotFit(AfficheError):
    """As the engine's error for a text without room."""


class Sketcher:
    """ "Draws" a JSON text that says what was asked for and by which process."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self._hoard: list[bytes] = []

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        for digest in (request.photo_digest, request.logo_digest):
            if digest not in self._known:
                self._known[digest] = fetch(digest)
        self._act(request.brief.headline)
        format = format_of(request.kind)
        content = {"headline": request.brief.headline, "format": format.name, "variant": request.variant}
        original = json.dumps(content | {"seed": request.seed, "photo": len(self._known[request.photo_digest])})
        thumbnail = json.dumps(content | {"pid": os.getpid()})
        return Rendered(original.encode(), thumbnail.encode(), format.width, format.height, ("description",))

    def _act(self, headline: str) -> None:
        if headline == CRASH:
            os._exit(3)
        if headline.startswith(CRASH_ONCE):
            mark = Path(headline.removeprefix(CRASH_ONCE))
            if not mark.exists():
                mark.touch()
                os._exit(3)
        if headline == HANG:
            time.sleep(60)
        if headline == FAULT:
            raise ZeroDivisionError("a mistake in the engine")
        if headline == TOO_LONG:
            raise DoesNotFit("The headline does not fit; cut 12 characters.")
        if headline == GROW:
            self._hoard.append(os.urandom(150 * 1024 * 1024))
        if headline == SLOW:
            time.sleep(SLOW_SECONDS)
