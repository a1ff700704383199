# SPDX-License-Identifier: Apache-2.0
"""The parts of a score that are about the logo and the button."""

import math
from typing import Final

from affiche.creative.composition import LogoLayer, Role, TextLayer
from affiche.creative.formats import Shape
from affiche.creative.measures.elements import Element, Kind
from affiche.creative.score.scene import Scene
from affiche.creative.score.values import Part, Suggestion, graded
from affiche.images.colour import Colour, contrast_ratio

_LOGO_AREA: Final = 0.02
_LOGO_HEIGHT: Final = 0.09
_LOGO_WIDTH: Final = 0.34
_MARK_CONTRAST: Final = 3.0
_BUTTON_TEXT: Final = 4.5
_BUTTON_HEIGHT: Final = 2.2
_BANNER_HEIGHTS: Final = {Shape.LEADERBOARD: 20.0}
_BANNER_HEIGHT: Final = 26.0
_STEP: Final = 1.3
_FILLS: Final = (Colour(255, 255, 255), Colour(17, 17, 17))


def logo_presence(scene: Scene) -> Part:
    """Half for the logo's size, a third for its contrast, the rest for clear space of half its height around it."""
    layer = scene.composition.layer(Role.LOGO)
    if not isinstance(layer, LogoLayer):
        return Part("logo_presence", 0.0, None, "Show the logo: the creative has none.")
    size = min(1.0, math.sqrt(layer.box.area / _wanted_area(scene)))
    seen = min(1.0, _logo_contrast(scene, layer) / _MARK_CONTRAST)
    clear = _clear_space(scene, layer)
    value = graded(0.5 * size + 0.3 * seen + 0.2 * clear)
    if min(size, seen, clear) >= 0.995:
        return Part("logo_presence", value, layer.box, "The logo is large, clear and has room.")
    if seen < min(size, clear):
        sentence = "Give the logo another ink or a plate: little of it reaches 3:1 against what lies behind it."
        ink = max(_FILLS, key=lambda colour: scene.contrasts(Role.LOGO, colour)[0])
        change = Suggestion("recolour", Role.LOGO, colour=ink) if scene.logo.one_colour is not None else None
        return Part("logo_presence", value, layer.box, sentence, change)
    if size <= clear:
        share = 100 * layer.box.area / scene.composition.canvas.area
        sentence = f"Enlarge the logo: it takes {share:.1f} % of the canvas."
        change = Suggestion("enlarge", Role.LOGO, by=round(min(_STEP, 1 / size) + 0.005, 2))
        return Part("logo_presence", value, layer.box, sentence, change)
    return Part("logo_presence", value, layer.box, "Move other things away from the logo: half its height stays free.")


def _wanted_area(scene: Scene) -> float:
    """2 % of the canvas, less where the logo's shape would make it higher than 9 % of the short side or wider than a
    third of the canvas."""
    canvas, aspect = scene.composition.canvas, scene.logo.aspect
    height = _LOGO_HEIGHT * min(canvas.width, canvas.height)
    if scene.composition.format.is_banner:
        height = max(height, 0.3 * min(canvas.width, canvas.height, 120))
    height = min(height, _LOGO_WIDTH * canvas.width / aspect)
    return min(_LOGO_AREA * canvas.area, height * height * aspect)


def _logo_contrast(scene: Scene, layer: LogoLayer) -> float:
    """The mean WCAG ratio of the ink's colours with what lies behind, each at its 5th percentile."""
    if layer.tint is not None:
        return scene.contrasts(Role.LOGO, layer.tint)[0]
    if scene.logo.opaque:
        return _MARK_CONTRAST
    shares = [(scene.contrasts(Role.LOGO, colour)[0], share) for colour, share in scene.logo.colours]
    total = sum(share for _, share in shares)
    return sum(min(_MARK_CONTRAST, ratio) * share for ratio, share in shares) / total if total else 1.0


def _clear_space(scene: Scene, layer: LogoLayer) -> float:
    """1 where no other element comes nearer than half the logo's height, else the nearest one's share of that."""
    reach = 0.5 * layer.box.height
    others = scene.of_kind(Kind.TEXT)
    gaps = [_gap(layer, other) for other in others]
    return min(1.0, min(gaps, default=reach) / reach) if reach else 1.0


def _gap(layer: LogoLayer, other: Element) -> float:
    across = max(other.box.x - layer.box.right, layer.box.x - other.box.right, 0.0)
    down = max(other.box.y - layer.box.bottom, layer.box.y - other.box.bottom, 0.0)
    return math.hypot(across, down)


def button_visibility(scene: Scene) -> Part:
    """A third each: the fill against what is around it, the text on it, the height of what has to be pressed."""
    button, action = scene.button, scene.text(Role.ACTION)
    if button is None or action is None:
        return Part("button_visibility", 0.0, None, "Add a button: nothing asks for a click.")
    around = scene.contrasts(Role.BUTTON, button.colour, button.opacity)[0]
    stands = min(1.0, (around - 1) / (_MARK_CONTRAST - 1))
    reads = min(1.0, (contrast_ratio(action.colour, button.colour) - 1) / (_BUTTON_TEXT - 1))
    tall = min(1.0, button.box.height / _wanted_height(scene))
    value = graded((stands + reads + tall) / 3)
    if min(stands, reads, tall) >= 0.995:
        return Part("button_visibility", value, button.box, "The button is plain to see and large enough to press.")
    if tall <= min(stands, reads):
        sentence = (
            f"Enlarge the button: it is {button.box.height:.0f} px high, {_wanted_height(scene):.0f} px are good."
        )
        change = Suggestion("enlarge", Role.BUTTON, by=round(min(_STEP, 1 / tall) + 0.005, 2))
        return Part("button_visibility", value, button.box, sentence, change)
    if reads <= stands:
        return _other_ink(value, action, button.colour)
    sentence = f"Give the button another colour: it has {around:.1f}:1 against what is around it, 3:1 stand out."
    return Part("button_visibility", value, button.box, sentence, _other_fill(scene, action))


def _other_ink(value: float, action: TextLayer, fill: Colour) -> Part:
    ink = max(_FILLS, key=lambda colour: contrast_ratio(colour, fill))
    sentence = f"Set the button's text in another colour: it has {contrast_ratio(action.colour, fill):.1f}:1 on it."
    return Part("button_visibility", value, action.box, sentence, Suggestion("recolour", Role.ACTION, colour=ink))


def _other_fill(scene: Scene, action: TextLayer) -> Suggestion | None:
    """White or near black for the fill, if it stands out and carries the text as it is."""
    carrying = [fill for fill in _FILLS if contrast_ratio(action.colour, fill) >= _BUTTON_TEXT]
    best = max(carrying, key=lambda fill: scene.contrasts(Role.BUTTON, fill)[0], default=None)
    return Suggestion("recolour", Role.BUTTON, colour=best) if best is not None else None


def _wanted_height(scene: Scene) -> float:
    """44 px on a post of 1080 x 1080, 20 px on leaderboards, 26 px on other banners."""
    format = scene.composition.format
    return _BANNER_HEIGHTS.get(format.shape, _BANNER_HEIGHT) if format.is_banner else _BUTTON_HEIGHT * format.unit
