# SPDX-License-Identifier: Apache-2.0
"""``affiche studio``: the presets of the virtual studio, a picture of one, and the plates behind them."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affiche.cli.terminal import notes, print_json, progress, results, table
from affiche.errors import InvalidInput

if TYPE_CHECKING:
    from affiche.images.decode import Pixels
    from affiche.images.encode import ImageFormat
    from affiche.studio.scene import Pitch

commands = typer.Typer(help="The virtual studio: product photos without a camera.", no_args_is_help=True)

SMALLEST, LARGEST = 64, 4096


@commands.command("presets")
def presets(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the presets: id, group, stage, what the picture is of."""
    from affiche.studio.presets import PRESETS

    if as_json:
        fields = ("id", "name", "prompt", "category", "tags", "stage")
        print_json([{field: getattr(one, field) for field in fields} for one in PRESETS.values()])
        return
    rows = table("PRESET", "GROUP", "PICTURE")
    for one in PRESETS.values():
        rows.add_row(one.id, one.category or ", ".join(one.tags), one.prompt.lstrip(", "))
    results().print(rows)


@commands.command("compose")
def compose(
    cutout: Annotated[Path, typer.Option(help="The product: a PNG or WebP with a clear ground.", show_default=False)],
    preset: Annotated[str, typer.Option(help="Id of a preset ('affiche studio presets').", show_default=False)],
    out: Annotated[Path, typer.Option(help="File to write: .png, .jpg, .webp or .avif.", show_default=False)],
    width: Annotated[int, typer.Option(min=SMALLEST, max=LARGEST, help="Width in px.")] = 1674,
    height: Annotated[int, typer.Option(min=SMALLEST, max=LARGEST, help="Height in px.")] = 628,
    variant: Annotated[int, typer.Option(min=1, max=6, help="Which of the preset's six pictures.")] = 1,
    seed: Annotated[int, typer.Option(help="Seed of the grain.")] = 0,
    personal: Annotated[
        bool, typer.Option("--personal/--as-is", help="Blend the preset's colours with the product's.")
    ] = True,
) -> None:
    """Set a cut-out product into a preset's scene."""
    import numpy as np

    from affiche.images.encode import encode
    from affiche.images.native import cv2
    from affiche.studio.presets import preset_named
    from affiche.studio.studio import Studio

    kind = _kind(out)
    chosen = preset_named(preset)
    picture = Studio().picture(chosen, _cutout(cutout), width, height, variant, seed, personal=personal)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(encode(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA), np.uint8), kind, quality=95))
    results().print(str(out), soft_wrap=True)


@commands.command("bake")
def bake(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PRESET]...", help="Presets or stages; none: all stages.", show_default=False),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; else the package's own folder.", show_default=False)
    ] = None,
    scale: Annotated[float, typer.Option(min=0.05, max=2.0, help="Size by the shipped plates'.")] = 1.0,
    samples: Annotated[int, typer.Option(min=1, max=1024, help="Samples per pixel.")] = 12,
    pitch: Annotated[
        list[int] | None, typer.Option(help="Degrees that the camera looks down: 2, 8 or 20; none: each.")
    ] = None,
) -> None:
    """Render the plates of presets anew. Needs the extra: pip install 'affiche[bake]'."""
    from affiche.studio.baking.process import FINAL, BakingUnavailable, available
    from affiche.studio.baking.process import bake as baked
    from affiche.studio.baking.quality import Quality
    from affiche.studio.baking.variants import working_variant
    from affiche.studio.plate import plate_file
    from affiche.studio.studio import PLATES

    stages, pitches = _stages(names or []), _pitches(pitch or [])
    if not available():
        raise BakingUnavailable
    variant = working_variant(os.environ)
    notes().print(f"Rendering with {variant.name}{f' ({variant.library})' if variant.library else ''}.")
    quality = Quality((round(FINAL.size[0] * scale / 2) * 2, round(FINAL.size[1] * scale / 2) * 2), samples)
    for stage in stages:
        with progress() as bar:
            task = bar.add_task(stage, total=quality.steps * len(pitches))
            baked(stage, folder or PLATES, variant, os.environ, quality, partial(bar.advance, task), pitches)
        for one in pitches:
            results().print(str((folder or PLATES) / plate_file(stage, one)), soft_wrap=True)


def _pitches(degrees: list[int]) -> "list[Pitch]":
    from affiche.studio.scene import Pitch

    if unknown := set(degrees) - set(Pitch):
        raise InvalidInput("pitch", f"There is no camera that looks down by {unknown.pop()} degrees; use 2, 8 or 20.")
    return [pitch for pitch in Pitch if not degrees or pitch in degrees]


def _stages(names: list[str]) -> list[str]:
    """The stages behind ``names``, each once, in the catalogue's order."""
    from affiche.studio.presets import PRESETS
    from affiche.studio.stages import STAGES

    wanted = set()
    for name in names:
        if name not in PRESETS and name not in STAGES:
            raise InvalidInput(
                "preset", f"There is no preset and no stage '{name}'; 'affiche studio presets' lists them."
            )
        wanted.add(PRESETS[name].stage if name in PRESETS else name)
    return [stage for stage in STAGES if not names or stage in wanted]


def _kind(out: Path) -> "ImageFormat":
    from affiche.images.encode import ImageFormat

    kinds = {kind.suffix: kind for kind in ImageFormat} | {".jpeg": ImageFormat.JPEG}
    if out.suffix.lower() not in kinds:
        raise InvalidInput("out", f"'{out.name}' has no known ending; use {', '.join(kinds)}.")
    return kinds[out.suffix.lower()]


def _cutout(path: Path) -> "Pixels":
    from affiche.images.decode import decode_picture

    pixels = decode_picture(path.read_bytes())
    if pixels.shape[-1] != 4 or pixels[..., 3].min() == 255:
        raise InvalidInput("cutout", f"'{path.name}' has no clear ground; cut the product out first.")
    return pixels
