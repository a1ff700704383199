# SPDX-License-Identifier: Apache-2.0
"""A composition in the making: layers are added from back to front, in coordinates of left-to-right reading.

For right-to-left copy every box is mirrored when it is added, so an arrangement is written once.
"""

import zlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from affiche.creative.brief import Brief
from affiche.creative.chance import mixed
from affiche.creative.composition import (
    Box,
    Composition,
    FillLayer,
    Layer,
    Legibility,
    LogoLayer,
    Outline,
    PhotoLayer,
    Role,
    ScrimLayer,
    Shadow,
    TextLayer,
    Treatment,
)
from affiche.creative.crop import Crop, CropFinder, Pane, Wish, enlargement, shown
from affiche.creative.formats import Format, Shape
from affiche.creative.layout.scale import TypeScale, smallest_capitals, type_scale
from affiche.creative.measures.elements import element
from affiche.creative.palette import (
    BUTTON_LIGHTNESS,
    LARGE_TEXT_CONTRAST,
    LARGE_TEXT_LIGHTNESS,
    TEXT_CONTRAST,
    Palette,
    Scheme,
)
from affiche.creative.proof import Proof, SmallPhoto, veil_opacity_for
from affiche.errors import AfficheError
from affiche.images.blending import Blend
from affiche.images.colour import Colour
from affiche.typography.fonts import face
from affiche.typography.text import TextBlock
from affiche.vision.logo import Logo
from affiche.vision.reading import PhotoReading


class Unsuitable(AfficheError):
    """This arrangement cannot carry this brief on this format; another one must."""

    code = "unsuitable_arrangement"


@dataclass(frozen=True, slots=True)
class Typefaces:
    """``display`` sets headlines, ``text`` everything else; ``weight`` is the headline's."""

    display: str
    text: str
    weight: int = 700
    serif: bool = False


@dataclass(frozen=True, slots=True)
class Materials:
    """Everything of a campaign that an arrangement may look at. ``corner`` is the campaign's button radius as a
    share of its height (0, 0.3 or 0.5); ``fitted`` keeps copies by the column that they were fitted to."""

    brief: Brief
    small: SmallPhoto
    reading: PhotoReading
    crops: CropFinder
    logo: Logo
    palette: Palette
    typefaces: Typefaces
    rtl: bool
    corner: float
    seed: int
    fitted: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


def first_suitable(attempts: Iterable[Callable[[], Composition]]) -> Composition:
    """The first attempt that works out. Raises the last one's `Unsuitable` if none does."""
    refusal = Unsuitable("There is no place to try.")
    for attempt in attempts:
        try:
            return attempt()
        except Unsuitable as error:
            refusal = error
    raise refusal


@dataclass(slots=True)
class Draft:
    """One creative being laid out on ``format`` with the colour roles of ``scheme``.

    Concessions, made in this order when nothing else works: ``enlargement`` is how much the photo may be enlarged,
    ``dense`` allows small type and little photo, ``break_words`` breaks words that are wider than their column. With
    ``turn`` an arrangement stands the other way round than it usually does in the campaign. ``enlargements`` notes by
    how much photos were not allowed to be enlarged, in this draft and in those made fresh from it.
    """

    materials: Materials
    format: Format
    scheme: Scheme
    typefaces: Typefaces
    layers: list[Layer] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    dense: bool = False
    enlargement: float = 1.6
    break_words: bool = False
    turn: bool = False
    considered: int = 0
    enlargements: list[float] = field(default_factory=list)
    proof: Proof = field(init=False)
    scale: TypeScale = field(init=False)

    def __post_init__(self) -> None:
        self.proof = Proof(self.format.width, self.format.height, self.materials.small)
        self.scale = type_scale(self.format)

    def fresh(self) -> "Draft":
        """An empty draft for the same creative, to try something else."""
        return Draft(
            self.materials,
            self.format,
            self.scheme,
            self.typefaces,
            dense=self.dense,
            enlargement=self.enlargement,
            break_words=self.break_words,
            turn=self.turn,
            considered=self.considered,
            enlargements=self.enlargements,
        )

    @property
    def unit(self) -> float:
        return self.format.unit

    @property
    def canvas(self) -> Box:
        return Box(0, 0, self.format.width, self.format.height)

    @property
    def margin(self) -> float:
        """Space that texts keep from the edges, px."""
        match self.format.shape:
            case Shape.LEADERBOARD:
                return 14.0
            case Shape.SKYSCRAPER:
                return 13.0
            case Shape.RECTANGLE:
                return 16.0
            case Shape.HALF_PAGE:
                return 22.0
            case Shape.STORY:
                return 2.5 * self.unit
            case _:
                return 3.0 * self.unit

    @property
    def safe(self) -> Box:
        """Where texts, logo and button may stand: inside the margins, on stories also inside the app's furniture."""
        margin = self.margin
        if self.format.shape is Shape.STORY:
            height = self.format.height
            return self.canvas.inset(margin, 0.14 * height, margin, 0.20 * height)
        return self.canvas.inset(margin, margin, margin, margin)

    def turned(self, arrangement: str) -> bool:
        """Whether ``arrangement`` stands the other way round in this campaign: photo first, or texts centred."""
        return (mixed(self.materials.seed, zlib.crc32(arrangement.encode())) % 2 == 1) != self.turn

    def least_size(self, role: Role) -> float:
        """The smallest type size in px at which a text of ``role`` has the capitals that its format asks for."""
        faces = self.typefaces
        family, weight = (faces.display, faces.weight) if role is Role.HEADLINE else (faces.text, 500)
        return smallest_capitals(self.format)[role] / face(family, weight).cap_height

    def mirrored(self, box: Box) -> Box:
        """``box`` where the reading direction puts it."""
        if not self.materials.rtl:
            return box
        return Box(self.format.width - box.right, box.y, box.width, box.height)

    def add(self, layer: Layer) -> None:
        """Lay one layer that is already in canvas coordinates."""
        self.layers.append(layer)
        self.proof.lay(layer)

    def fill(
        self,
        role: Role,
        box: Box,
        colour: Colour,
        outline: Outline = Outline(),
        *,
        opacity: float = 1.0,
        shadow: Shadow | None = None,
    ) -> None:
        self.add(FillLayer(role, self.mirrored(box), colour, self._mirrored_outline(outline), opacity, shadow))

    def show_photo(
        self,
        box: Box,
        wish: Wish = Wish(),
        outline: Outline = Outline(),
        *,
        treatment: Treatment = Treatment.PLAIN,
        duotone: tuple[Colour, Colour] | None = None,
        veil: Colour | None = None,
        veil_opacity: float = 0.0,
    ) -> PhotoLayer:
        """Show the photo in ``box``, cropped by ``wish``. Raises `Unsuitable` if that enlarges it beyond the
        draft's ``enlargement``."""
        return self.show_crop(
            box,
            self.find_crop(box, wish),
            outline,
            treatment=treatment,
            duotone=duotone,
            veil=veil,
            veil_opacity=veil_opacity,
        )

    def show_crop(
        self,
        box: Box,
        crop: Crop,
        outline: Outline = Outline(),
        *,
        treatment: Treatment = Treatment.PLAIN,
        duotone: tuple[Colour, Colour] | None = None,
        veil: Colour | None = None,
        veil_opacity: float = 0.0,
    ) -> PhotoLayer:
        """Show ``crop`` in ``box``. Raises `Unsuitable` if that enlarges it beyond the draft's ``enlargement``."""
        factor = enlargement(crop.source, box)
        if factor > self.enlargement:
            self.enlargements.append(factor)
            raise Unsuitable("The photo is too small for this arrangement.")
        layer = PhotoLayer(
            Role.PHOTO,
            self.mirrored(box),
            crop.source,
            self._mirrored_outline(outline),
            treatment,
            duotone,
            0.0,
            veil,
            veil_opacity,
        )
        self.add(layer)
        return layer

    def find_crop(self, box: Box, wish: Wish) -> Crop:
        """The best crop for ``box``, with ``wish`` understood in the reading direction."""
        return self.rank_crops(box, (wish,))[0]

    def rank_crops(self, box: Box, wishes: Sequence[Wish]) -> list[Crop]:
        """The best crop for ``box`` for each of ``wishes``, which are understood in the reading direction."""
        wishes = [self._mirrored_wish(wish) for wish in wishes] if self.materials.rtl else wishes
        crops = self.materials.crops.rank(box.width, box.height, wishes)
        if any(enlargement(crop.source, box) > 1.6 for crop in crops):
            whole = [replace(wish, zoom=False) for wish in wishes]
            crops = self.materials.crops.rank(box.width, box.height, whole)
        self.considered += sum(crop.considered for crop in crops)
        return crops

    @staticmethod
    def _mirrored_wish(wish: Wish) -> Wish:
        quiet = tuple(Box(1 - region.right, region.y, region.width, region.height) for region in wish.quiet)
        return replace(wish, quiet=quiet, focus=(1 - wish.focus[0], wish.focus[1]))

    def scrim(
        self,
        box: Box,
        colour: Colour,
        start: tuple[float, float],
        end: tuple[float, float],
        opacity: float,
        blend: Blend = Blend.NORMAL,
    ) -> None:
        """An eased veil of ``colour``, mixed by ``blend``, from nothing at ``start`` to ``opacity`` at ``end``."""
        if opacity < 0.02:
            return
        if self.materials.rtl:
            start, end = (self.format.width - start[0], start[1]), (self.format.width - end[0], end[1])
        self.add(ScrimLayer(Role.SCRIM, self.mirrored(box), colour, start, end, (0.0, min(0.97, opacity)), blend))

    def veil_needed(
        self, places: Sequence[tuple[Box, float]], veil: Colour, ink: Colour, blend: Blend = Blend.NORMAL
    ) -> float:
        """How opaque ``veil``, mixed by ``blend``, must be so that ``ink`` reaches, under each box, the contrast that
        stands beside it."""
        behind = ((self.proof.behind(self.mirrored(box)), need) for box, need in places)
        return max(veil_opacity_for(pixels, veil, ink, need, blend) for pixels, need in behind)

    def reaches(self, places: Sequence[tuple[Box, float]], ink: Colour) -> bool:
        """Whether ``ink`` has, under each box so far, the contrast that stands beside it."""
        return all(self.proof.contrast(self.mirrored(box), ink) >= need for box, need in places)

    def unrest(self, boxes: Sequence[Box]) -> float:
        """The unrest behind the most restless of ``boxes`` (see `Proof.unrest`)."""
        return max(self.proof.unrest(self.mirrored(box)) for box in boxes)

    def text(self, role: Role, block: TextBlock, x: float, y: float, colour: Colour, *, opacity: float = 1.0) -> Box:
        """Lay ``block`` with its top left at (x, y); returns its box in reading coordinates."""
        box = Box(x, y, block.width, block.height)
        self.add(TextLayer(role, self.mirrored(box), block, colour, opacity))
        return box

    def logo(self, box: Box, tint: Colour | None) -> None:
        self.add(LogoLayer(Role.LOGO, self.mirrored(box), tint))

    def drop(self, role: str) -> None:
        if role not in self.dropped:
            self.dropped.append(role)

    def finished(self, arrangement: str, variant: int) -> Composition:
        """The composition; raises `Unsuitable` when a text cannot be read on what lies behind it or leaves the
        canvas."""
        legibility = tuple(self._legibility(layer) for layer in self.layers if isinstance(layer, TextLayer))
        for measured in legibility:
            if measured.contrast < measured.required - 0.01:
                raise Unsuitable(f"The {measured.role} would have a contrast of only {measured.contrast:.1f}:1.")
            least = BUTTON_LIGHTNESS if measured.role in (Role.ACTION, Role.ICON) else LARGE_TEXT_LIGHTNESS
            if measured.lightness < least - 1.5:
                raise Unsuitable(f"The {measured.role} would have a lightness contrast of Lc {measured.lightness:.0f}.")
        blocks = [layer for layer in self.layers if isinstance(layer, TextLayer | LogoLayer)]
        if not all(self.canvas.contains(layer.box, 1.0) for layer in blocks):
            raise Unsuitable("A text would leave the canvas.")
        photo = next((layer for layer in self.layers if isinstance(layer, PhotoLayer)), None)
        if photo and (faces := self.shown_faces(photo)):
            above = self.layers[self.layers.index(photo) + 1 :]
            if any(mark.hides(face) for layer in above if (mark := element(layer)) for face in faces):
                raise Unsuitable("A face would be covered.")
        missing = {cluster for layer in blocks if isinstance(layer, TextLayer) for cluster in layer.block.missing}
        return Composition(
            self.format,
            variant,
            arrangement,
            self.materials.seed,
            tuple(self.layers),
            tuple(self.dropped),
            tuple(sorted(missing)),
            shown(photo.source, photo.box, Box(*self.materials.reading.subject)) if photo else None,
            self.shown_faces(photo) if photo else (),
            legibility,
            {
                "scheme": self.scheme.name,
                "ground": self.scheme.ground.hex,
                "ink": self.scheme.ink.hex,
                "button": self.scheme.button.hex,
                "accent": self.scheme.accent.hex,
            },
            self.considered,
            self.dense,
        )

    def shown_faces(self, photo: PhotoLayer | Pane) -> tuple[Box, ...]:
        """Where the photo's faces are on the canvas."""
        faces = (Box(face.x, face.y, face.width, face.height) for face in self.materials.reading.faces)
        visible = (shown(photo.source, photo.box, face) for face in faces)
        return tuple(face for face in visible if face.area > 0)

    def _legibility(self, layer: TextLayer) -> Legibility:
        run = layer.block.lines[0].runs[0] if layer.block.lines and layer.block.lines[0].runs else None
        cap_height = layer.block.size * (run.face.cap_height if run else 0.7)
        large = layer.role is Role.HEADLINE and layer.block.size >= 24
        required = LARGE_TEXT_CONTRAST if large or layer.role is Role.ICON else TEXT_CONTRAST
        contrast, lightness = self.proof.contrasts(layer.box, layer.colour)
        return Legibility(layer.role, contrast, required, cap_height, lightness)

    def _mirrored_outline(self, outline: Outline) -> Outline:
        if not self.materials.rtl or not outline.points:
            return outline
        return replace(outline, points=tuple((self.format.width - x, y) for x, y in outline.points))
