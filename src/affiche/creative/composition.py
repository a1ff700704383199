# SPDX-License-Identifier: Apache-2.0
"""The finished design of one creative as an immutable tree. Painters draw it, scorers and tests read it."""

from dataclasses import dataclass, field
from enum import StrEnum

from affiche.creative.formats import Format
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.typography.text import TextBlock


class Role(StrEnum):
    """What a layer is for."""

    GROUND = "ground"
    PHOTO = "photo"
    SCRIM = "scrim"
    PANEL = "panel"
    ACCENT = "accent"
    LOGO_PLATE = "logo_plate"
    LOGO = "logo"
    HEADLINE = "headline"
    PUNCHLINE = "punchline"
    DESCRIPTION = "description"
    BUTTON = "button"
    ACTION = "action"
    ICON = "icon"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px; x and y are its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def inset(self, left: float, top: float, right: float, bottom: float) -> "Box":
        return Box(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)

    def grown(self, margin: float) -> "Box":
        return self.inset(-margin, -margin, -margin, -margin)

    def contains(self, other: "Box", tolerance: float = 0.5) -> bool:
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def intersection(self, other: "Box") -> "Box":
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y))


class OutlineKind(StrEnum):
    """The silhouettes that photos and panels can have."""

    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    ARCH = "arch"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Outline:
    """The silhouette of a layer inside its box. ``radius`` (px) rounds a rectangle's corners; an arch is a rectangle
    whose top is a half ellipse as wide as the box, its foot rounded by ``radius``; ``points`` are the corners of a
    polygon in canvas px."""

    kind: OutlineKind = OutlineKind.RECTANGLE
    radius: float = 0.0
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Shadow:
    """A soft shadow below a layer; ``blur`` is the Gaussian's sigma; lengths in px, opacity 0..1."""

    dx: float
    dy: float
    blur: float
    colour: Colour
    opacity: float


class Treatment(StrEnum):
    """What is done to a photo's pixels before they are shown."""

    PLAIN = "plain"
    DUOTONE = "duotone"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class PhotoLayer:
    """The photo. ``source`` is the part of the upright photo that is shown, in its own px (may be fractional); it is
    resampled to ``box`` and clipped by ``outline``. ``duotone`` maps dark..light luminance to two colours;
    ``blur`` is a Gaussian sigma in canvas px; ``veil`` is a colour laid over it at ``veil_opacity``. ``mirrored``
    is never set: we do not flip strangers' photos."""

    role: Role
    box: Box
    source: Box
    outline: Outline = Outline()
    treatment: Treatment = Treatment.PLAIN
    duotone: tuple[Colour, Colour] | None = None
    blur: float = 0.0
    veil: Colour | None = None
    veil_opacity: float = 0.0


@dataclass(frozen=True, slots=True)
class FillLayer:
    """A flat area of colour: ground, panel, card, button, hairline. ``opacity`` 0..1."""

    role: Role
    box: Box
    colour: Colour
    outline: Outline = Outline()
    opacity: float = 1.0
    shadow: Shadow | None = None


@dataclass(frozen=True, slots=True)
class ScrimLayer:
    """Eased shade or light inside ``box``: opacity goes from ``opacities[0]`` at point ``start`` to ``opacities[1]`` at
    point ``end`` (canvas px) by smootherstep, constant beyond both; a 1 % deterministic grain hides banding. ``blend``
    says how ``colour`` is mixed with what lies below."""

    role: Role
    box: Box
    colour: Colour
    start: tuple[float, float]
    end: tuple[float, float]
    opacities: tuple[float, float]
    blend: Blend = Blend.NORMAL


@dataclass(frozen=True, slots=True)
class LogoLayer:
    """The logo, its ink filling ``box`` exactly; ``tint`` repaints a one-colour logo, keeping its alpha."""

    role: Role
    box: Box
    tint: Colour | None = None


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A set text whose block's top left is ``box``'s. Icons are texts too, set in an icon face."""

    role: Role
    box: Box
    block: TextBlock
    colour: Colour
    opacity: float = 1.0
    rotation: float = 0.0


Layer = PhotoLayer | FillLayer | ScrimLayer | LogoLayer | TextLayer


@dataclass(frozen=True, slots=True)
class Legibility:
    """What was measured for one text on its real background, at the 5th percentile of the pixels: the WCAG ratio, the
    one that is ``required``, and the APCA ``lightness`` contrast |Lc|; ``cap_height`` in px."""

    role: Role
    contrast: float
    required: float
    cap_height: float
    lightness: float = 0.0


@dataclass(frozen=True, slots=True)
class Composition:
    """One creative: ``layers`` from back to front on a canvas of ``format``'s pixels.

    ``arrangement`` names the idea, ``variant`` counts from 1, ``dropped`` lists text roles that the format could not
    hold, ``missing`` the clusters that no font could draw, ``subject`` the part of the canvas where the photo's
    subject is shown (None without a photo), ``considered`` how many crops and places were weighed for it. ``dense``
    says that the copy is so long that some of it is set smaller than the format's smallest capitals.
    """

    format: Format
    variant: int
    arrangement: str
    seed: int
    layers: tuple[Layer, ...]
    dropped: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    subject: Box | None = None
    faces: tuple[Box, ...] = ()
    legibility: tuple[Legibility, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    considered: int = 0
    dense: bool = False

    @property
    def canvas(self) -> Box:
        return Box(0, 0, self.format.width, self.format.height)

    def layer(self, role: Role) -> Layer | None:
        """The first layer of ``role`` from the back, or None."""
        return next((layer for layer in self.layers if layer.role is role), None)
