# SPDX-License-Identifier: Apache-2.0
"""A card with all texts on a full-bleed photo: solid, or frosted glass over the blurred photo."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from affiche.creative.composition import Box, Composition, Outline, PhotoLayer, Role, Shadow, Treatment
from affiche.creative.crop import Crop, Pane, Wish, behind
from affiche.creative.formats import Shape
from affiche.creative.layout.brandmark import logo_size, place_logo
from affiche.creative.layout.choice import size_worth
from affiche.creative.layout.copy import Copy, fit_copy, place_copy
from affiche.creative.layout.draft import Draft, Unsuitable, first_suitable
from affiche.creative.layout.sight import keep_off_subject

_FROST_OPACITY = 0.78
_HIDDEN = 0.12


def card(draft: Draft, variant: int) -> Composition:
    """One opaque card in the ground colour, off-centre."""
    return _with_card(draft, variant, frosted=False)


def frosted(draft: Draft, variant: int) -> Composition:
    """As `card`, but the card is tinted glass."""
    return _with_card(draft, variant, frosted=True)


def _with_card(draft: Draft, variant: int, *, frosted: bool) -> Composition:
    """The best of all places and widths, each with its best crop, at which the card does not hide the subject."""
    canvas = draft.canvas
    places = [place for region in _regions(draft) if (place := _fitted(draft, region))]
    if not places:
        raise Unsuitable("The texts fit no card.")
    crops = draft.rank_crops(canvas, [place.wish(canvas) for place in places])
    ranked = sorted(zip(crops, places, strict=True), key=lambda pair: -pair[0].score)
    return first_suitable(partial(_at_place, draft.fresh(), variant, place, crop, frosted) for crop, place in ranked)


def _at_place(draft: Draft, variant: int, place: "_Place", crop: Crop, frosted: bool) -> Composition:
    draft.dropped = list(place.dropped)
    box, padding, copy = place.box, _padding(draft), place.copy
    keep_off_subject(draft, Pane(crop.source, draft.canvas), box, _HIDDEN)
    photo = draft.show_crop(draft.canvas, crop)
    _lay_card(draft, photo, box, frosted)
    inner = box.inset(padding, padding, padding, padding)
    head = inner.height - copy.height
    _, logo_height = logo_size(draft, inner.width)
    place_logo(draft, Box(inner.x, inner.y, inner.width, logo_height))
    place_copy(draft, copy, Box(inner.x, inner.y + head, inner.width, copy.height))
    return draft.finished("frosted" if frosted else "card", variant)


@dataclass(frozen=True, slots=True)
class _Region:
    """The largest card that may be, where the photo's subject should then be, and how much we like it, crop scores
    being equal."""

    box: Box
    valign: str
    focus: tuple[float, float]
    liking: float = 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A card of its final size with its copy; ``dropped`` is what it leaves out."""

    region: _Region
    box: Box
    copy: Copy
    dropped: tuple[str, ...]
    worth: float

    def wish(self, canvas: Box) -> Wish:
        box = self.box
        hidden = Box(box.x / canvas.width, box.y / canvas.height, box.width / canvas.width, box.height / canvas.height)
        return Wish((hidden,), self.region.focus, liking=self.region.liking + self.worth)


def _padding(draft: Draft) -> float:
    return 2.0 * draft.unit if not draft.format.is_banner else 12.0


def _fitted(draft: Draft, region: _Region) -> _Place | None:
    """The card that ``region`` holds, as high as its copy, or None."""
    box, padding, fitted = region.box, _padding(draft), draft.fresh()
    _, logo_height = logo_size(draft, box.width - 2 * padding)
    head = logo_height + (2.1 * draft.unit if not draft.format.is_banner else 16.0)
    try:
        copy = fit_copy(fitted, box.width - 2 * padding, box.height - 2 * padding - head)
    except Unsuitable:
        return None
    height = copy.height + head + 2 * padding
    slack = box.height - height
    lift = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[region.valign]
    card = Box(box.x, box.y + lift * slack, box.width, height)
    return _Place(region, card, copy, tuple(fitted.dropped), size_worth(draft, copy))


def _regions(draft: Draft) -> Iterator[_Region]:
    """Beside the subject on wide formats, below it on tall ones, either on squares."""
    safe, shape = draft.safe, draft.format.shape
    outset = 0.45 * draft.margin if shape is not Shape.STORY else 0.0
    if shape is not Shape.LANDSCAPE:
        yield _foot(draft, outset)
        yield _head(draft, outset)
    if shape not in (Shape.LANDSCAPE, Shape.SQUARE):
        return
    shares = (0.62,) if draft.dense else (0.5, 0.44) if shape is Shape.LANDSCAPE else (0.58, 0.5)
    for share in shares:
        width, tall = safe.width * share + outset, safe.height + 2 * outset
        yield _Region(Box(safe.x - outset, safe.y - outset, width, tall), "middle", (0.75, 0.5), 0.5)
        yield _Region(Box(safe.right + outset - width, safe.y - outset, width, tall), "middle", (0.25, 0.5))


def _head(draft: Draft, outset: float) -> _Region:
    foot = _foot(draft, outset)
    box = Box(foot.box.x, draft.safe.y - outset, foot.box.width, foot.box.height)
    return _Region(box, "top", (0.5, 0.75), -0.1)


def _foot(draft: Draft, outset: float) -> _Region:
    safe, shape = draft.safe, draft.format.shape
    share = 0.92 if draft.dense else 0.7 if shape is Shape.STORY else 0.62
    whole = draft.format.width < 900 or draft.dense
    width = safe.width + 2 * outset if whole else safe.width * 0.9 + outset
    height = safe.height * share
    return _Region(Box(safe.x - outset, safe.bottom - height + outset, width, height), "bottom", (0.5, 0.25), 0.1)


def _lay_card(draft: Draft, photo: PhotoLayer, box: Box, frosted: bool) -> None:
    unit = draft.unit
    outline = Outline(radius=1.2 * unit)
    deep = draft.materials.palette.dark_ground
    shadow = Shadow(0, 0.7 * unit, 1.3 * unit, deep, 0.30)
    if not frosted:
        draft.fill(Role.PANEL, box, draft.scheme.ground, outline, shadow=shadow)
        return
    draft.fill(Role.ACCENT, box, draft.scheme.ground, outline, opacity=0.5, shadow=shadow)
    placed = draft.mirrored(box)
    draft.add(
        PhotoLayer(
            Role.PANEL,
            placed,
            behind(photo.source, photo.box, placed),
            outline,
            Treatment.BLURRED,
            None,
            1.5 * unit,
            draft.scheme.ground,
            _FROST_OPACITY,
        )
    )
