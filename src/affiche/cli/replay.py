# SPDX-License-Identifier: Apache-2.0
"""``affiche replay``: draw a finished creative again and compare it with its receipt."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import UUID

import typer

from affiche.cli.terminal import print_json, results, table

if TYPE_CHECKING:
    from affiche.service.creatives.replay import Replayed, Replays

MOVED: Final = 1
"""Exit code when other bytes came out."""

_SHOWN_CHARACTERS: Final = 24


def replay(
    task_id: Annotated[UUID, typer.Argument(metavar="TASK", help="The id of a finished task.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Draw a finished creative again from the stored brief and uploads. Says 'byte-identical' (exit code 0) or which
    digests moved (exit code 1). Works wherever the database and the storage can be reached; nothing is written."""
    with _replays() as replays:
        replayed = replays(task_id)
    if as_json:
        print_json(_as_json(replayed))
    else:
        _show(replayed)
    if not replayed.is_identical:
        raise typer.Exit(MOVED)


@contextmanager
def _replays() -> "Iterator[Replays]":
    from affiche.jobs.rendering.on_demand import RendersOnDemand
    from affiche.jobs.rendering.pool import RenderTerms
    from affiche.service.assembly import Foundation
    from affiche.service.creatives.replay import Replays
    from affiche.settings import MEBIBYTE, Settings

    settings = Settings()
    base = Foundation.open(settings)
    memory = settings.render_memory_megabytes * MEBIBYTE
    renders = RendersOnDemand(RenderTerms(1, settings.task_timeout_seconds, memory))
    try:
        yield Replays(base.store, base.blobs, renders)
    finally:
        renders.close()
        base.close()


def _show(replayed: "Replayed") -> None:
    if replayed.is_identical:
        results().print(f"byte-identical: {replayed.now['result']}", soft_wrap=True)
    if not replayed.moved:
        return
    rows = table("MOVED", "THEN", "NOW")
    for one in replayed.moved:
        rows.add_row(one.name, _short(one.then), _short(one.now))
    results().print(rows)


def _short(value: Any) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def _as_json(replayed: "Replayed") -> dict[str, Any]:
    return {
        "taskId": str(replayed.task_id),
        "byteIdentical": replayed.is_identical,
        "moved": [{"name": one.name, "then": one.then, "now": one.now} for one in replayed.moved],
        "receipt": replayed.then,
        "replay": replayed.now,
    }
