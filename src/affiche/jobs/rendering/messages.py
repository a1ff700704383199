# SPDX-License-Identifier: Apache-2.0
"""What a worker and its render processes say to each other, and what the worker may ask of a renderer."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from affiche.creative.brief import Brief
from affiche.creative.formats import RenderKind
from affiche.documents import DocumentKind
from affiche.errors import AfficheError
from affiche.images.encode import ImageFormat
from affiche.retouch.wishes import NO_WISHES, Wishes
from affiche.studio.preset import Preset


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One creative to draw: number ``variant`` (from 1) of ``of`` on the size ``kind``. The pictures are named by the
    SHA-256 (hex) of their bytes. ``max_bytes`` is what the file may have; None leaves it to the size."""

    brief: Brief
    photo_digest: str
    logo_digest: str
    seed: int
    kind: RenderKind
    variant: int
    of: int
    max_bytes: int | None = None

    @property
    def campaign_key(self) -> tuple[Brief, str, str, int]:
        """Requests with the same key share everything but size and variant."""
        return self.brief, self.photo_digest, self.logo_digest, self.seed


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """The design of a creative as a document, or drawn anew as a picture of another format."""

    creative: RenderRequest
    kind: DocumentKind | ImageFormat

    @property
    def campaign_key(self) -> Hashable:
        return self.creative.campaign_key


@dataclass(frozen=True, slots=True)
class FitRequest:
    """A finished picture file again, in at most ``max_bytes`` and as ``image_format``, or as what serves best."""

    content: bytes
    image_format: ImageFormat | None
    max_bytes: int

    @property
    def campaign_key(self) -> Hashable:
        """Nothing is kept of it that another request could use."""
        return None


@dataclass(frozen=True, slots=True)
class EnhanceRequest:
    """A stranger's product picture (JPEG, PNG or WebP, at most 10 MB) to be made better.

    ``treatment`` is the id of a preset or of an operation of the wire; ``preservation`` is ``strict``, ``balanced`` or
    ``creative``; ``instructions`` are the client's own words, "" if there are none, ``wishes`` what was asked for in
    fields. ``variant`` (from 1) counts several pictures of one photo. ``content`` is empty for a scene without product.
    """

    content: bytes
    treatment: str
    preservation: str
    instructions: str = ""
    wishes: Wishes = NO_WISHES
    variant: int = 1

    @property
    def campaign_key(self) -> Hashable:
        """Nothing is kept of it that another request could use."""
        return None


@dataclass(frozen=True, slots=True)
class ShootRequest:
    """A product photo: the picture number ``variant`` (from 1) of ``preset`` with the cut-out whose bytes have this
    SHA-256 (hex). ``personal`` blends the preset's colours with the product's; ``neural``: the scene model paints the
    preset's prompt around the product."""

    preset: Preset
    cutout_digest: str
    width: int
    height: int
    variant: int = 1
    seed: int = 0
    personal: bool = True
    neural: bool = False

    @property
    def campaign_key(self) -> Hashable:
        """A photoshoot's pictures share the cut-out, which is decoded once."""
        return self.cutout_digest


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """A small picture of a preset by itself."""

    preset: Preset

    @property
    def campaign_key(self) -> Hashable:
        return None


@dataclass(frozen=True, slots=True)
class RecogniseRequest:
    """A stranger's product photo (JPEG, PNG or WebP) whose product is to be cut out and looked at."""

    content: bytes

    @property
    def campaign_key(self) -> Hashable:
        return None


Request = (
    RenderRequest | DocumentRequest | FitRequest | EnhanceRequest | ShootRequest | PreviewRequest | RecogniseRequest
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished creative: its file, a small JPEG, size in px, texts that the size could not hold, seconds it took.

    ``encoding`` says how the file met a budget, None if nothing had to be done; ``score`` and ``diversity`` judge the
    design; ``fonts`` are digests of font files by face, ``engine`` versions by library.
    """

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    dropped: tuple[str, ...]
    image_format: ImageFormat = ImageFormat.PNG
    encoding: dict[str, Any] | None = None
    score: dict[str, Any] | None = None
    diversity: float | None = None
    fonts: dict[str, str] = field(default_factory=dict)
    engine: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Made:
    """A file; ``image_format`` is None for a document."""

    content: bytes
    image_format: ImageFormat | None = None


@dataclass(frozen=True, slots=True)
class Enhanced:
    """A finished product picture: a PNG, a PNG that fits 512 px, the size of the first in px, sentences on what of the
    instructions was not honoured and on what a person should look at, and everything that the picture follows from
    and was measured on it."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    notes: tuple[str, ...] = ()
    receipt: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Shot:
    """A finished product photo: a PNG, a small JPEG, the size of the first in px, versions by library, what was
    measured on the product in it, and a PNG of where it differs from the cut-out."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    engine: dict[str, str] = field(default_factory=dict)
    fidelity: dict[str, Any] | None = None
    difference_map: bytes = b""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """A product without its background, as a PNG of this size in px with alpha; the cutter's ``confidence`` 0..1; and
    the words and scenes that suit it, as `affiche.recognition.Recommendation` has them."""

    content: bytes
    width: int
    height: int
    confidence: float
    name: str
    description: str
    prompts: tuple[str, ...]
    preset_ids: tuple[str, ...]
    seconds: float = 0.0


Outcome = Rendered | Made | Enhanced | Shot | Recognised


class RenderFailed(AfficheError):
    """The picture cannot be made, now or later; the message is for the client. ``reason`` is the code of the engine's
    error, "" if the fault is ours."""

    code = "render_failed"

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


FetchPicture = Callable[[str], bytes]
"""The bytes of a picture by its digest."""


class Renderer(Protocol):
    """Draws creatives inside a render process. One instance serves one process, call after call. Every method raises
    an `AfficheError` whose message is for the client."""

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered: ...

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made: ...

    def fit(self, request: FitRequest) -> Made: ...


@runtime_checkable
class Enhancer(Protocol):
    """Makes product pictures better inside a render process; a renderer may be one too."""

    def enhance(self, request: EnhanceRequest) -> Enhanced:
        """Raises an `AfficheError` whose code says why this picture cannot be enhanced: ``unreadable_image`` and
        ``image_too_large`` of the decoder, ``content_policy_violation``, or one of the engine's own."""
        ...


@runtime_checkable
class Photographer(Protocol):
    """Makes product photos inside a render process; a renderer may be one too. Every method raises an `AfficheError`
    whose message is for the client."""

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot: ...

    def preview(self, request: PreviewRequest) -> Made: ...

    def recognise(self, request: RecogniseRequest) -> Recognised: ...


@dataclass(frozen=True, slots=True)
class PictureWanted:
    """From a render process: send me the bytes of this picture."""

    digest: str


@dataclass(frozen=True, slots=True)
class Refused:
    """From a render process: this cannot be drawn. ``expected`` False means a fault of ours, told in ``message``.
    ``field`` names the input that is at fault, if one is; ``code`` is that of the error."""

    message: str
    expected: bool
    field: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """From a render process: what came of a request, and the process's resident memory in bytes."""

    outcome: Outcome | Refused
    resident_bytes: int


@dataclass(frozen=True, slots=True)
class Ready:
    """From a render process: everything is loaded."""
