# SPDX-License-Identifier: Apache-2.0
"""The best file of a picture that a number of bytes allows."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from affiche.errors import InvalidInput
from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode
from affiche.images.lossy import QUALITIES, Chroma, avif, decoded_avif, jpeg, webp, webp_lossless
from affiche.images.native import cv2
from affiche.images.palette_png import Colours, count_colours, palette_png
from affiche.images.png import png_small
from affiche.images.similarity import EXACT, Box, Original, Similarity

Pixels = NDArray[np.uint8]
Content = bytes

QUALITY_FLOOR: Final = 0.85
"""The merit above which we would publish a file. Chosen by eye at full size: banners at 0.88 look like the lossless
ones, from 0.85 on their letters are clear and skies smooth; at 0.80 letters have halos and tinted edges, at 0.75 blocks
stand in the sky."""
INDISTINGUISHABLE: Final = 0.975
"""The merit from which no other kind of file is tried: SSIM over 0.99 and colours within one step that an eye can tell,
everywhere. What a further search could win nobody would see, and it takes ten times as long as the drawing."""
PALETTE_SIZES: Final = (16, 24, 32, 48, 64, 96, 128, 192, 256)
_FIRST_QUALITY: Final = 60
_FIRST_OF_MANY_BITS: Final = 95
_MANY_BITS: Final = 4.0
"""Bits per pixel from which a JPEG of a photo is nearly lossless."""
_THOROUGH_GAIN: Final = 9
"""Steps of quality that trellis quantisation pays for."""
_STRIDE: Final = 8
_PALETTE_STRIDE: Final = 3
_WORTH_SQUEEZING: Final = 1.35
"""A lossless file up to this many times its budget can still come below it: more effort saves 13 to 18 %."""


class BudgetTooSmall(InvalidInput):
    """Not even the worst setting gives a file of the wanted size; ``smallest`` is the size reached, in bytes."""

    code: ClassVar[str] = "budget_too_small"

    def __init__(self, budget: int, smallest: int, formats: Sequence[ImageFormat]) -> None:
        names = ", ".join(one.value for one in formats)
        super().__init__(
            "max_bytes",
            f"maxBytes {budget} is too small: the smallest file as {names} has {smallest} bytes; "
            f"set maxBytes to {smallest} or more, or choose another format or a smaller size.",
        )
        self.budget = budget
        self.smallest = smallest


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting that was tried: its size in ``bytes`` and, if it fits, how close it comes to the lossless render.

    ``quality`` is 1..100 for lossy files; ``chroma`` is "4:4:4" or "4:2:0"; ``colours`` and ``dither`` are a
    palette's; ``thorough`` tells a JPEG with trellis quantisation from a quick one; None stands for what the format
    does not have.
    """

    image_format: ImageFormat
    bytes: int
    quality: int | None = None
    chroma: Chroma | None = None
    colours: int | None = None
    dither: bool | None = None
    thorough: bool | None = None
    ssim: float | None = None
    protected_ssim: float | None = None
    colour_error: float | None = None

    def judged(self, similarity: Similarity) -> "Choice":
        """The choice with what a comparison found."""
        picture, protected = _rounded(similarity.picture), _rounded(similarity.protected)
        return replace(self, ssim=picture, protected_ssim=protected, colour_error=round(similarity.colour_error, 2))

    def to_json(self) -> dict[str, Any]:
        """The choice as plain values; what does not apply is left out."""
        values = {
            "format": self.image_format.value,
            "bytes": self.bytes,
            "quality": self.quality,
            "chroma": self.chroma.value if self.chroma else None,
            "colours": self.colours,
            "dither": self.dither,
            "thorough": self.thorough,
            "ssim": self.ssim,
            "protectedSsim": self.protected_ssim,
            "colourError": self.colour_error,
        }
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class BudgetedFile:
    """A file of at most ``budget`` bytes. ``quality`` is its SSIM against the lossless render (luminance, whole
    picture), ``protected_quality`` that of its worst protected region, rounded down to 4 places; ``colour_error`` is
    what `Similarity` says. ``below_floor`` says that the merit made of them is under the floor asked for.
    ``tried`` lists the settings in the order of trial."""

    content: Content
    image_format: ImageFormat
    budget: int
    quality: float
    protected_quality: float
    colour_error: float
    below_floor: bool
    tried: tuple[Choice, ...]

    @property
    def bytes(self) -> int:
        """The file's size."""
        return len(self.content)

    def to_json(self) -> dict[str, Any]:
        """All but the content as plain values."""
        return {
            "format": self.image_format.value,
            "bytes": self.bytes,
            "budget": self.budget,
            "quality": self.quality,
            "protectedQuality": self.protected_quality,
            "colourError": self.colour_error,
            "belowFloor": self.below_floor,
            "tried": [choice.to_json() for choice in self.tried],
        }


def fit_to_budget(
    canvas: Pixels,
    budget: int,
    formats: Sequence[ImageFormat],
    protected: Sequence[Box] = (),
    floor: float = QUALITY_FLOOR,
) -> BudgetedFile:
    """The closest file to an opaque BGRA ``canvas`` (height, width, 4) that has at most ``budget`` bytes.

    A lossless file of one of ``formats`` wins where it fits. Otherwise every format's settings are searched for the
    most that the budget allows, and the one wins that has the best `Similarity.merit`: the worse SSIM of the whole
    picture and of the worst of the ``protected`` boxes (texts and logo, px), less what colours are off. Of equal ones
    it is the smaller file. PNG stands for PNG-8 too. The search ends early with a file that is `INDISTINGUISHABLE`;
    JPEG, which seldom is not where the budget is ample, comes first.

    ``floor`` (0..1) only marks the result. The same arguments give the same bytes. Raises `BudgetTooSmall` if not even
    the worst setting fits, and `InvalidInput` if ``budget`` is not positive or ``formats`` is empty.
    """
    if budget < 1:
        raise InvalidInput("max_bytes", f"maxBytes must be a number of bytes from 1, not {budget}.")
    if not formats:
        raise InvalidInput("format", "Name at least one format that the file may have.")
    search = _Search(canvas, budget, protected)
    if not any(search.keep_lossless(one) for one in formats):
        for one in sorted(formats, key=lambda each: each is not ImageFormat.JPEG):
            search.compress(one)
    if search.best is None:
        raise BudgetTooSmall(budget, min(choice.bytes for choice in search.tried), formats)
    return search.best.file(budget, floor, tuple(search.tried))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that fits."""

    content: Content
    choice: Choice
    similarity: Similarity

    @property
    def rank(self) -> tuple[float, int]:
        return self.similarity.merit, -len(self.content)

    def file(self, budget: int, floor: float, tried: tuple[Choice, ...]) -> BudgetedFile:
        quality, protected = _rounded(self.similarity.picture), _rounded(self.similarity.protected)
        error, below = round(self.similarity.colour_error, 2), self.similarity.merit < floor
        return BudgetedFile(self.content, self.choice.image_format, budget, quality, protected, error, below, tried)


class _Search:
    """One search: the picture, its budget, what was tried, and the best that fits."""

    def __init__(self, canvas: Pixels, budget: int, protected: Sequence[Box]) -> None:
        self._canvas = canvas
        self._rgb = np.asarray(cv2.cvtColor(canvas, cv2.COLOR_BGRA2RGB), np.uint8)
        self._budget = budget
        self._protected = protected
        self.tried: list[Choice] = []
        self.best: _Candidate | None = None

    @cached_property
    def _original(self) -> Original:
        return Original(self._rgb, self._protected)

    @cached_property
    def _colours(self) -> Colours:
        return count_colours(self._rgb, self._protected)

    def keep_lossless(self, image_format: ImageFormat) -> bool:
        """Try to keep every pixel; say whether that fits."""
        for content in self._lossless(image_format):
            fits = len(content) <= self._budget
            choice = Choice(image_format, len(content))
            self.tried.append(choice.judged(EXACT) if fits else choice)
            if fits:
                self.best = _Candidate(content, self.tried[-1], EXACT)
                return True
        return False

    @property
    def _satisfied(self) -> bool:
        return self.best is not None and self.best.similarity.merit >= INDISTINGUISHABLE

    def compress(self, image_format: ImageFormat) -> None:
        """Try a format's lossy settings, if there is anything left to gain."""
        if self._satisfied:
            return
        if image_format is ImageFormat.PNG:
            plain = self._search_palette(False, PALETTE_SIZES)
            if plain is not None and not self._satisfied:  # a dithered file is larger than one that is not
                self._search_palette(True, [size for size in PALETTE_SIZES if size <= plain])
        elif image_format is ImageFormat.JPEG:
            self._search_jpeg()
        elif image_format is ImageFormat.AVIF:
            self._search_quality(Choice(image_format, 0, chroma=Chroma.FULL), partial(avif, self._canvas))
        else:
            self._search_quality(Choice(image_format, 0, chroma=Chroma.HALF), partial(webp, self._rgb))

    def _lossless(self, image_format: ImageFormat) -> Iterator[Content]:
        if image_format is ImageFormat.PNG:
            quick = encode(self._canvas, ImageFormat.PNG)
            yield quick
            if len(quick) <= self._budget * _WORTH_SQUEEZING:
                yield png_small(self._canvas)
        elif image_format is ImageFormat.WEBP:
            yield webp_lossless(self._rgb)

    def _search_jpeg(self) -> None:
        """Find the better chroma with quick files, then squeeze that one thoroughly."""
        drafts: list[_Candidate] = []
        first = _FIRST_OF_MANY_BITS if 8 * self._budget >= _MANY_BITS * self._rgb[..., 0].size else _FIRST_QUALITY
        for chroma in Chroma:
            kind = Choice(ImageFormat.JPEG, 0, chroma=chroma, thorough=False)
            draft = self._search_quality(kind, partial(jpeg, self._rgb, chroma=chroma, thorough=False), first)
            if self._satisfied:
                return
            drafts += [draft] if draft else []
        best = max(drafts, key=lambda draft: draft.rank, default=None)
        chroma = best.choice.chroma if best and best.choice.chroma else Chroma.HALF
        first = (best.choice.quality or 0) + _THOROUGH_GAIN if best else QUALITIES.start
        kind = Choice(ImageFormat.JPEG, 0, chroma=chroma, thorough=True)
        encoder = partial(jpeg, self._rgb, chroma=chroma, thorough=True)
        self._search_quality(kind, encoder, min(first, QUALITIES[-1]), stride=2)

    def _search_quality(
        self, kind: Choice, encoder: Callable[[int], Content], first: int = _FIRST_QUALITY, stride: int = _STRIDE
    ) -> _Candidate | None:
        """The highest quality of a ``kind`` of files that fits."""
        files: dict[int, Content] = {}

        def fits(quality: int) -> bool:
            files[quality] = encoder(quality)
            return len(files[quality]) <= self._budget

        best = _highest(fits, QUALITIES, first, stride)
        kept = None
        for quality, content in files.items():
            choice = replace(kind, bytes=len(content), quality=quality)
            kept = self._add(content, choice, _shown(content, kind.image_format) if quality == best else None) or kept
        return kept

    def _search_palette(self, dither: bool, sizes: Sequence[int]) -> int | None:
        """The largest palette of ``sizes``, from small to large, that fits."""
        files: dict[int, tuple[Content, Pixels]] = {}

        def fits(place: int) -> bool:
            files[place] = palette_png(self._colours, sizes[place], dither)
            return len(files[place][0]) <= self._budget

        best = _highest(fits, range(len(sizes)), len(sizes) - 1, _PALETTE_STRIDE)
        for place, (content, shown) in files.items():
            choice = Choice(ImageFormat.PNG, len(content), colours=sizes[place], dither=dither)
            self._add(content, choice, shown if place == best else None)
        return None if best is None else sizes[best]

    def _add(self, content: Content, choice: Choice, shown: Pixels | None) -> _Candidate | None:
        """Note a trial; what it shows is judged if it is the best of its kind."""
        if shown is None:
            self.tried.append(choice)
            return None
        candidate = _Candidate(content, choice.judged(similarity := self._original.compare(shown)), similarity)
        self.tried.append(candidate.choice)
        if self.best is None or candidate.rank > self.best.rank:
            self.best = candidate
        return candidate


def _shown(content: Content, image_format: ImageFormat) -> Pixels:
    """What a file of ours shows, (height, width, 3) RGB."""
    return decoded_avif(content) if image_format is ImageFormat.AVIF else decode_photo(content)


def _highest(fits: Callable[[int], bool], settings: range, first: int, stride: int) -> int | None:
    """The highest of ``settings`` that fits, None if none does: strides from ``first`` until it is between two, then
    bisection. Every setting is asked about once at most."""
    low, high, probe = settings.start - 1, settings.stop, first
    while high - low > 1:
        if fits(probe):
            low = probe
        else:
            high = probe
        if high == settings.stop:
            probe = min(low + stride, high - 1)
        elif low < settings.start:
            probe = max(high - stride, settings.start)
        else:
            probe = (low + high) // 2
        stride *= 2
    return low if low in settings else None


def _rounded(similarity: float) -> float:
    """Rounded down, so that only equal pictures reach 1."""
    return math.floor(similarity * 10_000) / 10_000
