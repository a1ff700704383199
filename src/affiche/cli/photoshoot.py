# SPDX-License-Identifier: Apache-2.0
"""``affiche photoshoot``: a product's photo in, studio pictures out, without a server."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from affiche.cli.cutout import UNKNOWN_CODE, configured_cutter, picture_at, refuse
from affiche.cli.render import formats_named
from affiche.cli.terminal import ERROR_CODE, complain, print_json, progress, results
from affiche.errors import AfficheError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from affiche.creative.formats import Format
    from affiche.images.decode import Pixels
    from affiche.service.photoshoots.values import Prompt
    from affiche.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class _Wish:
    """One picture to take: of a preset's id, or of ``prompt`` in words."""

    preset: str = ""
    prompt: str = ""

    @property
    def name(self) -> str:
        return self.preset or self.prompt

    def as_prompt(self) -> "Prompt":
        from affiche.service.photoshoots.values import CustomPrompt, PresetPrompt

        return PresetPrompt(self.preset) if self.preset else CustomPrompt(self.prompt)


@dataclass(frozen=True, slots=True, eq=False)
class _Camera:
    """The studio with a product in it."""

    studio: "Studio"
    cutout: "Pixels"
    seed: int
    personal: bool

    @classmethod
    def of(cls, cutout: "Pixels", seed: int, personal: bool) -> Self:
        from affiche.settings import Settings
        from affiche.studio.studio import Studio

        return cls(Studio(Settings().plates), cutout, seed, personal)

    def take(self, wish: _Wish, width: int, height: int, variant: int, file: Path) -> dict[str, Any]:
        """Write a picture; returns what there is to tell of it, or the problem."""
        import numpy as np

        from affiche.images.encode import ImageFormat, encode
        from affiche.images.native import cv2
        from affiche.service.photoshoots.planning import plan_json, scene_of

        try:
            scene = scene_of(wish.as_prompt())
            made = self.studio.photograph(
                scene.preset, self.cutout, width, height, variant, self.seed, personal=self.personal
            )
        except AfficheError as error:
            return {"name": wish.name, "problem": str(error), "code": error.code}
        file.write_bytes(encode(np.asarray(cv2.cvtColor(made.pixels, cv2.COLOR_RGB2BGRA), np.uint8), ImageFormat.PNG))
        told: dict[str, Any] = {"name": wish.name, "file": str(file), "width": width, "height": height}
        told |= {"preset": scene.preset.id, "variant": variant, "receipt": made.receipt.to_json()}
        return told if scene.plan is None else told | {"plan": plan_json(scene.plan)}


def photoshoot(
    product: Annotated[Path, typer.Option(help="Photo of a product: JPEG, PNG or WebP.", show_default=False)],
    preset: Annotated[
        list[str] | None,
        typer.Option(help="Id of a preset ('affiche studio presets'); several times too.", show_default=False),
    ] = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option(help="A scene in words, in many languages; several times too.", show_default=False),
    ] = None,
    kind: Annotated[list[str], typer.Option(help="Sizes, as for 'affiche render'; several times too.")] = ["landscape"],  # noqa: B006
    safe_margin: Annotated[
        bool, typer.Option("--safe-margin/--no-safe-margin", help="Landscapes 1674 px wide, to be cropped; else 1200.")
    ] = True,
    same_style: Annotated[
        bool, typer.Option("--same-style/--as-is", help="Blend the presets' colours with the product's.")
    ] = True,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the grain.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out"),
    as_json: Annotated[bool, typer.Option("--json", help="For programs, with plans and receipts.")] = False,
) -> None:
    """Cut a product out and set it into scenes of the studio; with neither preset nor prompt into the six that suit it.

    Exits with 3 if no product can be told from the rest, with 2 if a scene cannot be drawn.
    """
    from affiche.vision.cutout import UnknownForeground, cut_out

    formats = formats_named(kind)
    wishes = [*(_Wish(preset=one) for one in preset or ()), *(_Wish(prompt=one) for one in prompt or ())]
    _require_drawable(wishes)
    picture = picture_at(product)
    try:
        cutout = cut_out(picture, configured_cutter()).trimmed
    except UnknownForeground as error:
        refuse(error, as_json)
        raise typer.Exit(UNKNOWN_CODE) from error
    camera = _Camera.of(cutout, seed, same_style)
    taken = list(_taken(camera, wishes or _recommended(cutout), formats, out, safe_margin))
    if as_json:
        print_json(taken)
    for one in taken:
        if "problem" in one:
            complain(f"{one['name']}: {one['problem']}")
        elif not as_json:
            results().print(str(one["file"]), soft_wrap=True, markup=False)
    if any("problem" in one for one in taken):
        raise typer.Exit(ERROR_CODE)


def _require_drawable(wishes: "Sequence[_Wish]") -> None:
    """Raises `InvalidInput` for a preset that is not there, before anything is cut out."""
    from affiche.studio.presets import PRESETS

    for wish in wishes:
        if wish.preset and wish.preset not in PRESETS:
            raise InvalidInput("preset", f"There is no preset '{wish.preset}'; 'affiche studio presets' lists them.")
        if not wish.name.strip():
            raise InvalidInput("prompt", "A prompt is empty; say for example 'on a marble table, soft light'.")


def _recommended(cutout: "Pixels") -> list[_Wish]:
    from affiche.recognition import recommend

    return [_Wish(preset=one) for one in recommend(cutout).preset_ids]


def _taken(
    camera: "_Camera", wishes: "Sequence[_Wish]", formats: "Sequence[Format]", out: Path, safe_margin: bool
) -> "Iterator[dict[str, Any]]":
    """What became of every picture. Of a repeated wish each picture is another one of its scene."""
    from affiche.service.photoshoots.start import picture_size

    out.mkdir(parents=True, exist_ok=True)
    with progress() as bar:
        task = bar.add_task("pictures", total=len(wishes) * len(formats))
        for format in formats:
            width, height = picture_size(format, safe_margin=safe_margin)
            for place, wish in enumerate(wishes):
                variant = 1 + wishes[:place].count(wish)
                yield camera.take(wish, width, height, variant, out / f"{format.name}-{width}x{height}-{place + 1}.png")
                bar.advance(task)
