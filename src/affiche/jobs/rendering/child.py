# SPDX-License-Identifier: Apache-2.0
"""A render process: draws what the worker asks for, one creative at a time, until the worker hangs up.

Run as ``python -m affiche.jobs.rendering.child FILE_DESCRIPTOR MODULE:CLASS EQUIPMENT``. It imports the picture engine
and no database, so that it stays small, and it can crash without taking the worker along.
"""

import contextlib
import importlib
import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from affiche.errors import AfficheError, InvalidInput
from affiche.jobs.rendering.equipment import Equipment
from affiche.jobs.rendering.messages import (
    Answer,
    DocumentRequest,
    Enhancer,
    EnhanceRequest,
    FetchPicture,
    FitRequest,
    Outcome,
    Photographer,
    PictureWanted,
    PreviewRequest,
    Ready,
    RecogniseRequest,
    Refused,
    Renderer,
    RenderRequest,
    Request,
    ShootRequest,
)


def load_renderer(name: str, equipment: Equipment) -> Renderer:
    """An instance of the class that ``module:Class`` names."""
    module, _, attribute = name.partition(":")
    renderer: Renderer = getattr(importlib.import_module(module), attribute)(equipment)
    return renderer


def serve(connection: "Connection[object, object]", renderer: Renderer) -> None:
    """Answer requests until the other end is closed."""

    def fetch(digest: str) -> bytes:
        connection.send(PictureWanted(digest))
        content = connection.recv()
        if not isinstance(content, bytes):
            raise TypeError(f"The worker sent {type(content).__name__} instead of a picture.")
        return content

    connection.send(Ready())
    while True:
        request = connection.recv()
        if not isinstance(request, Request):
            raise TypeError(f"The worker sent {type(request).__name__} instead of a request.")
        outcome: Outcome | Refused
        try:
            outcome = _outcome(renderer, request, fetch)
        except AfficheError as error:
            field = error.field if isinstance(error, InvalidInput) else ""
            outcome = Refused(str(error), expected=True, field=field, code=error.code)
        except (EOFError, ConnectionError):
            raise
        except Exception:
            outcome = Refused(traceback.format_exc(), expected=False)
        connection.send(Answer(outcome, resident_bytes()))


def _outcome(renderer: Renderer, request: Request, fetch: FetchPicture) -> Outcome:
    started = time.perf_counter()
    match request:
        case RenderRequest():
            return replace(renderer.render(request, fetch), seconds=time.perf_counter() - started)
        case DocumentRequest():
            return renderer.document(request, fetch)
        case FitRequest():
            return renderer.fit(request)
        case EnhanceRequest():
            if not isinstance(renderer, Enhancer):
                raise TypeError(f"The renderer {type(renderer).__name__} enhances nothing.")
            return replace(renderer.enhance(request), seconds=time.perf_counter() - started)
        case ShootRequest():
            return replace(_photographer(renderer).shoot(request, fetch), seconds=time.perf_counter() - started)
        case PreviewRequest():
            return _photographer(renderer).preview(request)
        case RecogniseRequest():
            return replace(_photographer(renderer).recognise(request), seconds=time.perf_counter() - started)


def _photographer(renderer: Renderer) -> Photographer:
    if not isinstance(renderer, Photographer):
        raise TypeError(f"The renderer {type(renderer).__name__} makes no product photos.")
    return renderer


def resident_bytes() -> int:
    """The memory that this process holds for itself now, without the files that it maps; 0 where the system does not
    tell."""
    try:
        resident, mapped = (int(pages) for pages in Path("/proc/self/statm").read_text().split()[1:3])
    except (OSError, ValueError):
        return 0
    return (resident - mapped) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """The worker decides when a render process ends, so signals to the whole group are not for us."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    connection: Connection[object, object] = Connection(int(sys.argv[1]))
    with contextlib.suppress(EOFError, ConnectionError):  # the worker has closed the connection or is gone
        serve(connection, load_renderer(sys.argv[2], Equipment.from_text(sys.argv[3])))


if __name__ == "__main__":
    main()
