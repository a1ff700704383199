# SPDX-License-Identifier: Apache-2.0
"""The creatives of the demonstration: ordered, followed, saved and hung on a contact sheet."""

from collections import Counter
from pathlib import Path
from typing import Final

from affiche.cli.demonstration.orders import follow
from affiche.cli.demonstration.sheet import Exhibit
from affiche.cli.terminal import progress
from affiche.client import AdCreativeClient, Process, Texts
from affiche.creative.brief import Brief
from affiche.creative.formats import FORMATS, Format, RenderKind
from affiche.images.colour import Colour
from affiche.images.header import ImageHeader
from affiche.images.probe import probe
from affiche.samples import sample_logo_png, sample_photo_jpeg

SUFFIXES: Final = {"png": ".png", "jpeg": ".jpg"}  # display sizes may be JPEG, to keep within their budget of bytes


def sample_brief() -> Brief:
    """The campaign of the demonstration: lodges at quiet lakes."""
    return Brief(
        headline="Find your quiet place",
        punchline="Small lodges, wide skies. Seven nights from 690 €.",
        action="Book now",
        colours=(Colour.from_hex("#1f4e5f"), Colour.from_hex("#f2a154")),
    )


def texts_of(brief: Brief) -> Texts:
    """A brief as a client sends it."""
    colours = [colour.hex for colour in brief.colours]
    return Texts(brief.headline, brief.punchline, brief.action, colours, icon=brief.icon)


def draw_campaign(client: AdCreativeClient, wanted: RenderKind) -> tuple[Process, list[str]]:
    """Order the sample campaign in the sizes that are ``wanted``: what was ordered, and what went wrong."""
    order = client.start(texts_of(sample_brief()), sample_photo_jpeg(), sample_logo_png(), render_kind=int(wanted))
    return order, follow(lambda: client.find(order), "Drawing")


def collect_creatives(client: AdCreativeClient, order: Process, out: Path) -> tuple[Exhibit, ...]:
    """Download what is finished, name it by its size and save it in ``out``."""
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
            name = f"{format.name}-{format.width}x{format.height}-v{variant}{SUFFIXES[header.kind]}"
            (out / name).write_bytes(content)
            found.append(Exhibit(format, variant, content))
    return tuple(found)


def _format_of(header: ImageHeader) -> Format:
    """The size that a picture has; every size of the table has its own pixels."""
    return next(one for one in FORMATS if (one.width, one.height) == (header.width, header.height))
