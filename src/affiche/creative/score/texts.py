# SPDX-License-Identifier: Apache-2.0
"""The parts of a score that are about texts: legibility, contrast, hierarchy."""

from typing import Final

from affiche.creative.composition import Role, TextLayer
from affiche.creative.formats import Format
from affiche.creative.score.scene import Scene
from affiche.creative.score.values import Part, Suggestion, graded
from affiche.images.colour import Colour

# Height of capitals that reads well: on social sizes in units of sqrt(width x height) / 54, which a phone shows at a
# third of the size; on banners, which are shown as they are, in px.
_SOCIAL_CAPITALS: Final = {Role.HEADLINE: 1.9, Role.PUNCHLINE: 0.8, Role.DESCRIPTION: 0.7, Role.ACTION: 0.8}
_BANNER_CAPITALS: Final = {Role.HEADLINE: 12.0, Role.PUNCHLINE: 8.0, Role.DESCRIPTION: 8.0, Role.ACTION: 8.0}
# A button's text is short and bold: its lightness contrast is asked like a headline's.
_GOOD_RATIO: Final = 7.0
_GOOD_RATIO_LARGE: Final = 4.5
_GOOD_LIGHTNESS: Final = 75.0
_GOOD_LIGHTNESS_LARGE: Final = 60.0
_LARGE: Final = 24.0
_LEADS_BY: Final = 1.9
_LEADS_BY_ON_BANNERS: Final = 1.35
_LARGEST_STEP: Final = 1.35
_INKS: Final = (Colour(255, 255, 255), Colour(17, 17, 17))
_SCRIM_STEP: Final = 0.3


def legibility(scene: Scene) -> Part:
    """Capital heights against what reads well at delivered size; the smallest text counts most."""
    if not scene.texts:
        return Part("legibility", None, None, "There is no text to read.")
    shares = {layer.role: min(1.0, cap_height(layer) / good_cap_height(layer.role, scene)) for layer in scene.texts}
    role, least = min(shares.items(), key=lambda item: item[1])
    layer = scene.text(role)
    assert layer is not None
    value = graded(0.7 * least + 0.3 * sum(shares.values()) / len(shares))
    if least >= 1:
        return Part("legibility", value, layer.box, "Every text is large enough at delivered size.")
    wanted = good_cap_height(role, scene)
    sentence = (
        f"Enlarge the {role}: its capitals are {cap_height(layer):.0f} px high, {wanted:.0f} px read well on this size."
    )
    by = round(min(_LARGEST_STEP, 1 / least) + 0.005, 2)
    return Part("legibility", value, layer.box, sentence, Suggestion("enlarge", role, by=by))


def cap_height(layer: TextLayer) -> float:
    """Height in px of the text's capitals."""
    runs = [run for line in layer.block.lines for run in line.runs]
    return layer.block.size * (runs[0].face.cap_height if runs else 0.7)


def good_cap_height(role: Role, scene: Scene) -> float:
    """Height of capitals in px from which on a text of ``role`` reads well on the scene's format."""
    format = scene.composition.format
    return _BANNER_CAPITALS[role] if format.is_banner else _SOCIAL_CAPITALS[role] * format.unit


def contrast(scene: Scene) -> Part:
    """WCAG ratio and APCA lightness contrast at the 5th percentile behind each text; the weaker counts, and the
    weakest text counts most."""
    if not scene.texts:
        return Part("contrast", None, None, "There is no text to tell from its ground.")
    shares = {layer.role: _stands_out(scene, layer, layer.colour) for layer in scene.texts}
    role, least = min(shares.items(), key=lambda item: item[1])
    layer = scene.text(role)
    assert layer is not None
    value = graded(0.7 * least + 0.3 * sum(shares.values()) / len(shares))
    ratio, lightness = scene.contrasts(role, layer.colour, layer.opacity)
    if least >= 1:
        return Part("contrast", value, layer.box, "Every text stands out well from what lies behind it.")
    said = f"the {role} has {ratio:.1f}:1 (Lc {lightness:.0f}) against what lies behind it"
    better = max(_INKS, key=lambda ink: _stands_out(scene, layer, ink))
    if _stands_out(scene, layer, better) > least + 0.01:
        tone = "white" if better == _INKS[0] else "near black"
        change = Suggestion("recolour", role, colour=better)
        return Part("contrast", value, layer.box, f"Set the {role} in {tone}: {said}.", change)
    if role is not Role.ACTION and scene.has_spare_scrim:
        change = Suggestion("raise_scrim", Role.SCRIM, by=_SCRIM_STEP)
        return Part("contrast", value, layer.box, f"Make the scrim behind the {role} stronger: {said}.", change)
    place = "the button's colour" if role is Role.ACTION else "the ground's colour"
    return Part("contrast", value, layer.box, f"Change {place}: {said}, and no ink does better.")


def _stands_out(scene: Scene, layer: TextLayer, colour: Colour) -> float:
    """How much of the contrast that reads well ``colour`` has, 0..1."""
    large = layer.role is Role.HEADLINE and layer.block.size >= _LARGE
    ratio, lightness = scene.contrasts(layer.role, colour, layer.opacity)
    wanted = _GOOD_RATIO_LARGE if large else _GOOD_RATIO
    wanted_lightness = _GOOD_LIGHTNESS_LARGE if large or layer.role is Role.ACTION else _GOOD_LIGHTNESS
    return min(1.0, (ratio - 1) / (wanted - 1), lightness / wanted_lightness)


def hierarchy(scene: Scene) -> Part:
    """How far the headline leads: its size against the largest other text."""
    headline = scene.text(Role.HEADLINE)
    others = [layer for layer in scene.texts if layer.role is not Role.HEADLINE]
    if headline is None or not others:
        return Part("hierarchy", None, headline.box if headline else None, "There are no two texts to set apart.")
    rival = max(others, key=lambda layer: layer.block.size)
    leads = headline.block.size / rival.block.size
    wanted = leading(scene.composition.format)
    value = graded((leads - 1) / (wanted - 1))
    if leads >= wanted:
        return Part("hierarchy", value, headline.box, "The headline leads clearly.")
    sentence = f"Enlarge the headline: it is {leads:.1f} times the {rival.role}, {wanted:.1f} times would lead clearly."
    by = round(min(_LARGEST_STEP, wanted / leads) + 0.005, 2)
    return Part("hierarchy", value, headline.box, sentence, Suggestion("enlarge", Role.HEADLINE, by=by))


def leading(format: Format) -> float:
    """How many times as large as every other text a headline is that leads clearly."""
    return _LEADS_BY_ON_BANNERS if format.is_banner else _LEADS_BY
