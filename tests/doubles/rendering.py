# SPDX-License-Identifier: Apache-2.0
"""Renderers for tests. The creative's headline tells what happens to it; pictures are fetched as the real one does."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from affiche.creative.formats import format_of
from affiche.errors import AfficheError, InvalidInput
from affiche.images.encode import ImageFormat
from affiche.images.errors import UnreadableImage
from affiche.jobs.rendering.equipment import EMPTY_HANDED, Equipment
from affiche.jobs.rendering.messages import (
    DocumentRequest,
    Enhanced,
    EnhanceRequest,
    FetchPicture,
    FitRequest,
    Made,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    Rendered,
    RenderRequest,
    ShootRequest,
    Shot,
)
from affiche.studio.presets import PRESETS
from affiche.vision.cutout import UnknownForeground

SKETCHER: Final = "tests.doubles.rendering:Sketcher"
PAINTER: Final = "tests.doubles.rendering:Painter"

CRASH: Final = "crash"
CRASH_AS_PDF: Final = "falls as pdf"
CRASH_ONCE: Final = "crash once: "
HANG: Final = "hang"
FAULT: Final = "fault"
TOO_LONG: Final = "too long"
GROW: Final = "grow"
SLOW: Final = "slow"
SLOW_SECONDS: Final = 0.15
UNREADABLE: Final = "unreadable"
BLANK: Final = "blank"
CUT_OUT: Final = "cut out of "
AT_SHOOTING: Final = "at shooting: "
"""What follows happens to the pictures of a cut-out, not to the cutting."""
PRESET_IDS: Final = tuple(PRESETS)[:6]
SMALLEST: Final = 100
"""Bytes of the smallest file that the sketcher can make."""


class DoesNotFit(AfficheError):
    """As the engine's error for a text without room."""


class Sketcher:
    """ "Draws" a JSON text that says what was asked for and by which process."""

    def __init__(self, equipment: Equipment = EMPTY_HANDED) -> None:
        self._equipment = equipment
        self._known: dict[str, bytes] = {}
        self._hoard: list[bytes] = []

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        self._fetch(request, fetch)
        self._act(request.brief.headline)
        format = format_of(request.kind)
        content = {"headline": request.brief.headline, "format": format.name, "variant": request.variant}
        original = json.dumps(content | {"seed": request.seed, "photo": len(self._known[request.photo_digest])})
        thumbnail = json.dumps(content | {"pid": os.getpid()})
        return Rendered(
            original.encode(),
            thumbnail.encode(),
            format.width,
            format.height,
            ("description",),
            ImageFormat.PNG if request.max_bytes is None else ImageFormat.JPEG,
            _encoding(original, request.max_bytes),
            {"score": 90.0 + request.variant, "parts": []},
            request.variant / 10,
            {"Inter 700": "f" * 64},
            {"affiche": "1.2.3"},
        )

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made:
        self._fetch(request.creative, fetch)
        self._act(request.creative.brief.headline + f" as {request.kind.value}")
        creative = request.creative
        text = {"document": request.kind.value, "headline": creative.brief.headline, "variant": creative.variant}
        drawn = request.kind if isinstance(request.kind, ImageFormat) else None
        return Made(json.dumps(text | {"pid": os.getpid()}).encode(), drawn)

    def fit(self, request: FitRequest) -> Made:
        _require_room(request.max_bytes)
        return Made(b"x" * request.max_bytes, request.image_format or ImageFormat.JPEG)

    def enhance(self, request: EnhanceRequest) -> Enhanced:
        """The instructions tell what happens; the result tells what was asked for."""
        self._act(request.instructions)
        if request.instructions == UNREADABLE:
            raise UnreadableImage("The picture is damaged.")
        told = {"treatment": request.treatment, "preservation": request.preservation, "bytes": len(request.content)}
        notes = (f"'{request.instructions}' was not honoured.",) if request.instructions else ()
        return Enhanced(
            b"\x89PNG" + json.dumps(told).encode(), b"\x89PNG small", 1600, 1200, notes, {"pid": os.getpid()}
        )

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        """The cut-out's bytes, as text, tell what happens; the result tells what was asked for."""
        self._act(fetch(request.cutout_digest).decode("latin-1").removeprefix(CUT_OUT + AT_SHOOTING))
        told = {"preset": request.preset.id, "variant": request.variant, "seed": request.seed}
        told |= {"size": [request.width, request.height], "personal": request.personal}
        content = b"\x89PNG" + json.dumps(told).encode()
        return Shot(content, b"\xff\xd8\xff small", request.width, request.height, {"affiche": "1.2.3"})

    def preview(self, request: PreviewRequest) -> Made:
        return Made(f"{request.preset.id} by {os.getpid()}".encode(), ImageFormat.WEBP)

    def recognise(self, request: RecogniseRequest) -> Recognised:
        """The photo's bytes, as text, tell what happens."""
        told = request.content.decode("latin-1")
        self._act(told)
        if told == UNREADABLE:
            raise UnreadableImage("The picture is damaged.")
        if told == BLANK:
            raise UnknownForeground("The picture is blank.")
        prompts = ("on slate", "on linen", "on cedar", "on marble")
        return Recognised(CUT_OUT.encode() + request.content, 40, 60, 0.9, "kettle", "A kettle.", prompts, PRESET_IDS)

    def _fetch(self, request: RenderRequest, fetch: FetchPicture) -> None:
        for digest in (request.photo_digest, request.logo_digest):
            if digest not in self._known:
                self._known[digest] = fetch(digest)

    def _act(self, headline: str) -> None:
        if headline in (CRASH, CRASH_AS_PDF):
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


class Painter(Sketcher):
    """Tells of which scene model it was told."""

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        return replace(super().shoot(request, fetch), engine={"scene": self._equipment.scene_model})


def _encoding(original: str, max_bytes: int | None) -> dict[str, object] | None:
    if max_bytes is None:
        return None
    _require_room(max_bytes)
    tried = [{"format": "jpeg", "bytes": len(original), "quality": 80}]
    return {"bytes": len(original), "budget": max_bytes, "quality": 0.97, "belowFloor": False, "tried": tried}


def _require_room(max_bytes: int) -> None:
    if max_bytes < SMALLEST:
        raise InvalidInput("max_bytes", f"maxBytes {max_bytes} is too small; set it to {SMALLEST} or more.")
