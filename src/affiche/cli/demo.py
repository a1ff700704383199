# SPDX-License-Identifier: Apache-2.0
"""``affiche demo``: a real server, real clients, a sample brief, a sample product, and a folder of what comes of it."""

import shutil
import time
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affiche.cli.terminal import complain, notes, results

if TYPE_CHECKING:
    from affiche.cli.demonstration.photo_sheet import Photo
    from affiche.cli.demonstration.sheet import Exhibit
    from affiche.creative.formats import RenderKind

APPLICATION: Final = "Demonstration"
CREATIVES, PHOTOS = "contact-sheet.png", "photo-sheet.png"
BROKEN: Final = 1
_LEFTOVERS: Final = ("*-v[0-9]*.png", "*-v[0-9]*.jpg", "photo-[0-9].png", CREATIVES, PHOTOS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the demonstration: the creatives and photos that arrived, the product on the photos, and what did
    not go as it should."""

    exhibits: "tuple[Exhibit, ...]"
    product: str
    photos: "tuple[Photo, ...]"
    complaints: tuple[str, ...]


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the pictures; what an earlier demo left is removed.")] = Path(
        "out"
    ),
    kind: Annotated[str, typer.Option(help="Creatives: social, display, all, or a size's name.")] = "all",
) -> None:
    """Start a server, order a sample campaign and a product's photoshoot as clients would, and save every picture.

    Exits with 0 only if every picture arrived and every notification came.
    """
    from affiche.creative.formats import kind_named

    started = time.perf_counter()
    _clear(out)
    outcome = _perform(out, kind_named(kind))
    _hang(outcome, out)
    seconds = time.perf_counter() - started
    counts = f"{len(outcome.exhibits)} creatives and {len(outcome.photos)} product photos"
    results().print(f"{counts} in {out} ({seconds:.0f} s)", soft_wrap=True)
    for sheet in (out / CREATIVES, out / PHOTOS):
        if sheet.exists():
            results().print(f"Look at {sheet}", soft_wrap=True)
    for complaint in outcome.complaints:
        complain(complaint)
    if outcome.complaints:
        raise typer.Exit(BROKEN)


def _clear(out: Path) -> None:
    """Make ``out``, without what an earlier demonstration left there; nothing else is touched."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "home", ignore_errors=True)
    for picture in chain.from_iterable(out.glob(pattern) for pattern in _LEFTOVERS):
        picture.unlink()


def _perform(out: Path, wanted: "RenderKind") -> Outcome:
    from affiche.cli.demonstration.campaign import collect_creatives, draw_campaign
    from affiche.cli.demonstration.ear import Ear, listening
    from affiche.cli.demonstration.house import House
    from affiche.cli.demonstration.orders import unheard
    from affiche.cli.demonstration.photos import collect_photos, shoot
    from affiche.client import AdCreativeClient, PhotoshootClient

    ear = Ear()
    house = House((out / "home").absolute(), out / "server.log")
    notes().print(f"Starting a server on {house.url} ...")
    credentials = house.create_application(APPLICATION)
    with (
        house.serving(),
        listening(ear) as hook,
        AdCreativeClient(house.url, credentials) as creatives,
        PhotoshootClient(house.url, credentials) as photos,
    ):
        creatives.register_webhook(hook)
        notes().print("Painting the sample photo and logo, and ordering creatives ...")
        campaign, complaints = draw_campaign(creatives, wanted)
        exhibits = collect_creatives(creatives, campaign, out)
        notes().print("Cutting the sample product out, and ordering photos ...")
        shooting, more = shoot(photos)
        taken = collect_photos(photos, shooting, out)
        complaints += more + unheard(ear, (campaign, shooting.order))
    complaints += _missing("creatives", len(exhibits), len(campaign.tasks))
    complaints += _missing("product photos", len(taken), len(shooting.order.tasks))
    return Outcome(exhibits, shooting.recommended.name, taken, tuple(complaints))


def _missing(what: str, arrived: int, ordered: int) -> list[str]:
    return [f"{ordered - arrived} of {ordered} {what} did not arrive."] if arrived < ordered else []


def _hang(outcome: Outcome, out: Path) -> None:
    """Write a sheet of whatever arrived."""
    from affiche.cli.demonstration.campaign import sample_brief
    from affiche.cli.demonstration.photo_sheet import photo_sheet
    from affiche.cli.demonstration.sheet import contact_sheet
    from affiche.samples import sample_snapshot_jpeg

    if outcome.exhibits:
        (out / CREATIVES).write_bytes(contact_sheet(sample_brief().headline, outcome.exhibits))
    if outcome.photos:
        sheet = photo_sheet(outcome.product, sample_snapshot_jpeg(), outcome.photos)
        (out / PHOTOS).write_bytes(sheet)
