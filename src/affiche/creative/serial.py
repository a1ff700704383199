# SPDX-License-Identifier: Apache-2.0
"""Compositions as JSON: what a client, a test or a designer reads instead of the picture, and back again.

Lengths are px and numbers are exact, so that a composition that was read back paints the same pixels. Fonts are named
by the key of their face, never by a file.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from affiche.creative.composition import (
    Box,
    Composition,
    FillLayer,
    Layer,
    LogoLayer,
    PhotoLayer,
    ScrimLayer,
    TextLayer,
)
from affiche.errors import AfficheError, InvalidInput
from affiche.images.colour import Colour
from affiche.typography.faces import FontFace
from affiche.typography.keys import face_of_key

_RENAMED: Final = {"roles": "colours"}
_LAYERS: Final[dict[str, type]] = {
    kind.__name__.removesuffix("Layer").lower(): kind
    for kind in (PhotoLayer, FillLayer, ScrimLayer, LogoLayer, TextLayer)
}


def composition_to_json(composition: Composition) -> dict[str, Any]:
    """Plain values with camelCase keys. Boxes are [x, y, width, height], colours #rrggbb; a layer's ``type`` is photo,
    fill, scrim, logo or text; texts carry their lines (``text``) and their glyphs (``block``)."""
    return {
        _RENAMED.get(field.name, _camel(field.name)): _value(getattr(composition, field.name))
        for field in fields(composition)
    }


def composition_from_json(values: Mapping[str, Any]) -> Composition:
    """The composition that `composition_to_json` wrote. Raises `InvalidInput` naming ``composition`` for anything else,
    also where a font of it is not installed."""
    try:
        return _composition(values)
    except AfficheError as error:
        raise InvalidInput("composition", f"The composition cannot be read: {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            "composition", f"This is no composition that 'affiche render --json' wrote ({error!r})."
        ) from error


def _composition(values: Mapping[str, Any]) -> Composition:
    given = {field: values[key] for field, key in _RENAMED.items()}
    made = _read(Composition, {**values, **given})
    assert isinstance(made, Composition)
    return made


def _layer(layer: Layer) -> dict[str, Any]:
    values: dict[str, Any] = {"type": type(layer).__name__.removesuffix("Layer").lower()}
    values |= {_camel(field.name): _value(getattr(layer, field.name)) for field in fields(layer)}
    if isinstance(layer, TextLayer):
        block = layer.block
        run = block.lines[0].runs[0] if block.lines and block.lines[0].runs else None
        values["text"] = [line.text for line in block.lines]
        values["size"] = round(block.size, 2)
        values["lineHeight"] = round(block.line_height, 3)
        values["rtl"] = block.rtl
        values["font"] = run.face.key if run else None
    return values


def _value(value: Any) -> Any:
    match value:
        case PhotoLayer() | FillLayer() | ScrimLayer() | LogoLayer() | TextLayer():
            return _layer(value)
        case Colour():
            return value.hex
        case Box():
            return [value.x, value.y, value.width, value.height]
        case FontFace():
            return value.key
        case Enum():
            return value.value
        case tuple() | list():
            return [_value(item) for item in value]
        case dict():
            return dict(value)
        case None | bool() | int() | float() | str():
            return value
        case _:
            return {_camel(field.name): _value(getattr(value, field.name)) for field in fields(value)}


def _read(kind: Any, value: Any) -> Any:
    """``value`` as a ``kind``: a class of compositions, or an annotation of one of their fields."""
    if kind is Colour:
        return Colour.from_hex(value)
    if kind is Box:
        x, y, width, height = value
        return Box(float(x), float(y), float(width), float(height))
    if kind is FontFace:
        return face_of_key(value)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), value)
    if origin in (Union, types.UnionType):
        return _choice(get_args(kind), value)
    if origin is dict:
        return dict(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, value)
    return kind(value)


def _object(kind: type, values: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    keys = {name: key for name in hints if (key := _camel(name)) in values}
    return kind(**{name: _read(hints[name], values[key]) for name, key in keys.items()})


def _tuple(kinds: tuple[Any, ...], values: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], value) for value in values)
    return tuple(_read(kind, value) for kind, value in zip(kinds, values, strict=True))


def _choice(kinds: tuple[Any, ...], value: Any) -> Any:
    """One of several layers by its ``type``, or an optional value."""
    if value is None and type(None) in kinds:
        return None
    wanted = [kind for kind in kinds if kind is not type(None)]
    return _read(_LAYERS[value["type"]] if len(wanted) > 1 else wanted[0], value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
