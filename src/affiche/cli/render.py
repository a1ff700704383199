# SPDX-License-Identifier: Apache-2.0
"""``affiche render``: creatives from files, without a server."""

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affiche.cli.terminal import ERROR_CODE, complain, notes, progress, results
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    from affiche.cli.drawing import Drawn, Order
    from affiche.creative.brief import Brief
    from affiche.creative.formats import Format
    from affiche.images.encode import ImageFormat


_UNITS: Final = {"b": 1, "kb": 1_000, "mb": 1_000_000}


def render(
    photo: Annotated[Path, typer.Option(help="Background photo: JPEG, PNG or WebP.", show_default=False)],
    logo: Annotated[Path, typer.Option(help="Logo: PNG with alpha at best.", show_default=False)],
    headline: Annotated[str, typer.Option(help="At most 255 characters.", show_default=False)],
    punchline: Annotated[str, typer.Option(help="At most 255 characters.", show_default=False)],
    action: Annotated[str, typer.Option(help="The button's text, at most 100 characters.", show_default=False)],
    color1: Annotated[str, typer.Option(help="Brand colour, #RRGGBB.", show_default=False)],
    color2: Annotated[str, typer.Option(help="Brand colour, #RRGGBB.", show_default=False)],
    color3: Annotated[str | None, typer.Option(help="Brand colour, #RRGGBB.", show_default=False)] = None,
    description: Annotated[str | None, typer.Option(help="At most 1000 characters.", show_default=False)] = None,
    font: Annotated[str | None, typer.Option(help="A family of 'affiche fonts list'.", show_default=False)] = None,
    icon: Annotated[
        str | None, typer.Option(help="FontAwesome class of the button's icon.", show_default=False)
    ] = None,
    kind: Annotated[
        list[str], typer.Option(help="social, display, all, a size's name or a RenderKind number; several times too.")
    ] = ["post"],  # noqa: B006
    variants: Annotated[int, typer.Option(min=1, max=20, help="Creatives per size.")] = 5,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Decides between equal ideas; made of the brief otherwise.")
    ] = None,
    image_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="png, jpeg, webp or avif; otherwise png, and what comes closest where bytes are limited.",
            show_default=False,
        ),
    ] = None,
    quality: Annotated[int, typer.Option(min=1, max=100, help="Of JPEG, WebP and AVIF.")] = 90,
    max_bytes: Annotated[
        str | None,
        typer.Option(
            help="Size of a file at most, as 150000, 150kB or 1.5MB; display sizes have 150kB otherwise.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the creatives.")] = Path("out"),
    as_json: Annotated[bool, typer.Option("--json", help="Write each design as JSON beside its picture.")] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes that draw; one per core otherwise.", show_default=False)
    ] = None,
) -> None:
    """Draw creatives from a photo, a logo and texts into a folder, as post-1080x1080-v3.png and so on."""
    from affiche.cli.drawing import Order

    order = Order(
        brief=_brief(headline, punchline, action, (color1, color2, color3), description, font, icon),
        photo=_picture("photo", photo),
        logo=_picture("logo", logo),
        places=(photo, logo),
        formats=formats_named(kind),
        variants=variants,
        seed=seed,
        image_format=_image_format(image_format),
        quality=quality,
        max_bytes=_byte_count(max_bytes),
        out=out,
        with_design=as_json,
    )
    started = time.perf_counter()
    drawn = _draw(order, processes)
    _report(drawn, out, time.perf_counter() - started)
    if any(one.problem for one in drawn):
        raise typer.Exit(ERROR_CODE)


def _brief(
    headline: str,
    punchline: str,
    action: str,
    colours: Iterable[str | None],
    description: str | None,
    font: str | None,
    icon: str | None,
) -> "Brief":
    from affiche.creative.brief import DEFAULT_ICON, Brief
    from affiche.creative.campaign import validate_brief
    from affiche.images.colour import Colour

    read = tuple(Colour.from_hex(text, f"color{n}") for n, text in enumerate(colours, 1) if text is not None)
    brief = Brief(headline, punchline, action, read, description, font, icon or DEFAULT_ICON)
    validate_brief(brief)
    return brief


def _picture(field: str, path: Path) -> bytes:
    """The file's bytes, after a proof that they are a picture that we read."""
    from affiche.images.errors import ImageTooLarge, UnreadableImage
    from affiche.images.probe import verify

    data = path.read_bytes()
    try:
        verify(data)
    except (ImageTooLarge, UnreadableImage) as error:
        raise InvalidInput(field, f"--{field} {path}: {error}") from error
    return data


def formats_named(kinds: Iterable[str]) -> "tuple[Format, ...]":
    """The sizes of all ``kinds`` (several may stand in one text, with commas), each once, in table order."""
    from affiche.creative.formats import FORMATS, formats_of, kind_named

    names = [name for text in kinds for name in text.split(",") if name.strip()]
    wanted = {format.name for name in names for format in formats_of(kind_named(name))}
    return tuple(format for format in FORMATS if format.name in wanted)


def _image_format(name: str | None) -> "ImageFormat | None":
    if name is None:
        return None
    from affiche.images.encode import ImageFormat

    names = {"jpg": ImageFormat.JPEG} | {one.value: one for one in ImageFormat}
    if name.lower() not in names:
        raise InvalidInput("format", f"'{name}' is not a format; use png, jpeg, webp or avif.")
    return names[name.lower()]


def _byte_count(text: str | None) -> int | None:
    """A number of bytes, in thousands with kB and in millions with MB, as ad platforms count."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(kB|MB|B)?", text.strip(), re.IGNORECASE)
    count = int(float(found[1]) * _UNITS[(found[2] or "B").lower()]) if found else 0
    if count < 1:
        raise InvalidInput("max_bytes", f"--max-bytes '{text}' is not a size; write it as 150000, 150kB or 1.5MB.")
    return count


def _draw(order: "Order", processes: int | None) -> "list[Drawn]":
    from affiche.cli.drawing import draw

    order.out.mkdir(parents=True, exist_ok=True)
    found = []
    with progress() as bar:
        task = bar.add_task("Drawing", total=len(order.formats) * order.variants)
        for drawn in draw(order, processes):
            found.append(drawn)
            bar.advance(task)
    return sorted(found, key=lambda one: one.place)


def _report(drawn: "list[Drawn]", out: Path, seconds: float) -> None:
    """Say where the creatives are, what was left out and what could not be drawn."""
    written = [one for one in drawn if not one.problem]
    if written:
        results().print(f"{len(written)} creatives in {out} ({seconds:.1f} s)", soft_wrap=True)
    told = [(one.diversity, one.name) for one in written if one.diversity is not None]
    if told:
        nearest, name = min(told)
        results().print(f"Designs of a size differ by {nearest:.2f} of 1 or more; {name} the least.", soft_wrap=True)
    for text, names in _grouped((f"left out {role}", one.name) for one in written for role in one.dropped).items():
        notes().print(f"Not every size holds every text: {text} on {', '.join(names)}.", markup=False)
    for text, names in _grouped((cluster, one.name) for one in written for cluster in one.missing).items():
        notes().print(f"No font here has '{text}'; it is missing on {len(names)} creatives.", markup=False)
    for name in (one.name for one in written if one.below_floor):
        notes().print(f"{name} needs more bytes: at this size its compression shows.", markup=False)
    for text, names in _grouped((one.problem, one.name) for one in drawn if one.problem).items():
        complain(f"{', '.join(names)}: {text}")


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, name in pairs:
        groups.setdefault(key, []).append(name)
    return groups
