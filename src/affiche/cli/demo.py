# SPDX-License-Identifier: Apache-2.0
"""``affiche demo``: a real server, a real client, the sample brief, and what comes of it in a folder."""

import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affiche.cli.terminal import complain, notes, progress, results

if TYPE_CHECKING:
    from affiche.cli.demonstration.ear import Ear
    from affiche.cli.demonstration.sheet import Exhibit
    from affiche.client import AdCreativeClient, Process, Texts
    from affiche.creative.brief import Brief
    from affiche.creative.formats import Format
    from affiche.images.header import ImageHeader

APPLICATION: Final = "Demonstration"
BROKEN: Final = 1
_STALLED_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.25
_NOTIFICATION_SECONDS: Final = 60.0
_SUFFIXES: Final = {"png": ".png", "jpeg": ".jpg"}  # display sizes may be JPEG, to keep within their budget of bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the demonstration: the creatives that arrived and what did not go as it should."""

    exhibits: "tuple[Exhibit, ...]"
    complaints: tuple[str, ...]


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the creatives; what an earlier demo left is removed.")] = Path(
        "out"
    ),
    kind: Annotated[str, typer.Option(help="social, display, all, or a size's name.")] = "all",
) -> None:
    """Start a server, order a sample campaign as a client would, and save every creative and a contact sheet.

    Exits with 0 only if every creative arrived and every notification came.
    """
    from affiche.cli.demonstration.sheet import contact_sheet

    started = time.perf_counter()
    _clear(out)
    outcome = _perform(out, kind)
    sheet = out / "contact-sheet.png"
    if outcome.exhibits:
        sheet.write_bytes(contact_sheet(sample_brief().headline, outcome.exhibits))
        seconds = time.perf_counter() - started
        results().print(f"{len(outcome.exhibits)} creatives in {out} ({seconds:.0f} s)", soft_wrap=True)
        results().print(f"Look at {sheet}", soft_wrap=True)
    for complaint in outcome.complaints:
        complain(complaint)
    if outcome.complaints or not outcome.exhibits:
        raise typer.Exit(BROKEN)


def sample_brief() -> "Brief":
    """The campaign of the demonstration: lodges at quiet lakes."""
    from affiche.creative.brief import Brief
    from affiche.images.colour import Colour

    return Brief(
        headline="Find your quiet place",
        punchline="Small lodges, wide skies. Seven nights from 690 €.",
        action="Book now",
        colours=(Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154")),
    )


def texts_of(brief: "Brief") -> "Texts":
    """A brief as a client sends it."""
    from affiche.client import Texts

    colours = [colour.hex for colour in brief.colours]
    return Texts(brief.headline, brief.punchline, brief.action, colours, icon=brief.icon)


def _clear(out: Path) -> None:
    """Make ``out``, without what an earlier demonstration left there; nothing else is touched."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "home", ignore_errors=True)
    earlier = (picture for suffix in _SUFFIXES.values() for picture in out.glob(f"*-v[0-9]*{suffix}"))
    for picture in (*earlier, out / "contact-sheet.png"):
        picture.unlink(missing_ok=True)


def _perform(out: Path, kind: str) -> Outcome:
    from affiche.cli.demonstration.ear import Ear, listening
    from affiche.cli.demonstration.house import House
    from affiche.client import AdCreativeClient
    from affiche.creative.formats import kind_named
    from affiche.samples import sample_logo_png, sample_photo_jpeg

    wanted = kind_named(kind)
    ear = Ear()
    house = House((out / "home").absolute(), out / "server.log")
    notes().print("Painting the sample photo and logo ...")
    photo, logo = sample_photo_jpeg(), sample_logo_png()
    notes().print(f"Starting a server on {house.url} ...")
    credentials = house.create_application(APPLICATION)
    with house.serving(), listening(ear) as hook, AdCreativeClient(house.url, credentials) as client:
        client.register_webhook(hook)
        order = client.start(texts_of(sample_brief()), photo, logo, render_kind=int(wanted))
        complaints = _follow(client, order)
        exhibits = _collect(client, order, out)
        complaints += _heard(ear, order)
    if len(exhibits) < len(order.tasks):
        complaints.append(f"{len(order.tasks) - len(exhibits)} of {len(order.tasks)} creatives did not arrive.")
    return Outcome(exhibits, tuple(complaints))


def _follow(client: "AdCreativeClient", order: "Process") -> list[str]:
    """Show progress until all tasks have ended, or none has ended for a long time."""
    from affiche.client import QUEUED

    total = len(order.tasks)
    with progress() as bar:
        task = bar.add_task("Drawing", total=total)
        ended, moved = 0, time.monotonic()
        while ended < total:
            now_ended = sum(state != QUEUED for state in client.find(order).tasks.values())
            if now_ended > ended:
                ended, moved = now_ended, time.monotonic()
            elif time.monotonic() - moved > _STALLED_SECONDS:
                return [f"Nothing has ended for {_STALLED_SECONDS:.0f} s; {total - ended} tasks are still queued."]
            bar.update(task, completed=ended)
            if ended < total:
                time.sleep(_LOOK_SECONDS)
    return []


def _collect(client: "AdCreativeClient", order: "Process", out: Path) -> "tuple[Exhibit, ...]":
    """Download what is finished, name it by its size and save it."""
    from affiche.cli.demonstration.sheet import Exhibit
    from affiche.images.probe import probe

    found = []
    variants: Counter[str] = Counter()
    finished = client.find(order).finished
    with progress() as bar:
        for task in bar.track(order.tasks, description="Saving "):
            if task not in finished:
                continue
            content = client.download(order, task)
            header = probe(content)
            format = _format_of(header)
            variants[format.name] += 1
            variant = variants[format.name]
            name = f"{format.name}-{format.width}x{format.height}-v{variant}{_SUFFIXES[header.kind]}"
            (out / name).write_bytes(content)
            found.append(Exhibit(format, variant, content))
    return tuple(found)


def _format_of(header: "ImageHeader") -> "Format":
    """The size that a picture has; every size of the table has its own pixels."""
    from affiche.creative.formats import FORMATS

    return next(one for one in FORMATS if (one.width, one.height) == (header.width, header.height))


def _heard(ear: "Ear", order: "Process") -> list[str]:
    """What the webhook was not told, or was told to have failed."""
    ear.wait_for(len(order.tasks), _NOTIFICATION_SECONDS)
    complaints = [f"Task {task} failed: {reason}" for task, reason in ear.failures.items()]
    silent = set(order.tasks) - ear.tasks - set(ear.failures)
    if silent:
        complaints.append(f"No notification came for {len(silent)} of {len(order.tasks)} tasks.")
    if ear.final is None:
        complaints.append("No notification came for the whole process.")
    return complaints
