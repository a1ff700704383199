# SPDX-License-Identifier: Apache-2.0
"""Compositions as JSON: what a client, a test or a designer reads instead of the picture."""

from dataclasses import fields
from enum import Enum
from typing import Any

from affiche.creative.composition import Box, Composition, Layer, Outline, TextLayer
from affiche.images.colour import Colour


def composition_to_json(composition: Composition) -> dict[str, Any]:
    """Plain values with camelCase keys; lengths in px, rounded to a hundredth."""
    format = composition.format
    return {
        "format": {"kind": int(format.kind), "name": format.name, "width": format.width, "height": format.height},
        "variant": composition.variant,
        "arrangement": composition.arrangement,
        "seed": composition.seed,
        "dropped": list(composition.dropped),
        "missing": list(composition.missing),
        "subject": _value(composition.subject),
        "faces": [_value(face) for face in composition.faces],
        "legibility": [
            {
                "role": measured.role.value,
                "contrast": round(measured.contrast, 2),
                "required": measured.required,
                "capHeight": round(measured.cap_height, 2),
            }
            for measured in composition.legibility
        ],
        "colours": dict(composition.roles),
        "layers": [_layer(layer) for layer in composition.layers],
    }


def _layer(layer: Layer) -> dict[str, Any]:
    values: dict[str, Any] = {"type": type(layer).__name__.removesuffix("Layer").lower()}
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.name == "block":
            continue
        values[_camel(field.name)] = _value(value)
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
        case Colour():
            return value.hex
        case Box():
            return [round(value.x, 2), round(value.y, 2), round(value.width, 2), round(value.height, 2)]
        case Outline():
            points = [[round(x, 2), round(y, 2)] for x, y in value.points]
            return {"kind": value.kind.value, "radius": round(value.radius, 2), "points": points}
        case Enum():
            return value.value
        case float():
            return round(value, 3)
        case tuple() | list():
            return [_value(item) for item in value]
        case None | bool() | int() | str():
            return value
        case _:
            return {_camel(field.name): _value(getattr(value, field.name)) for field in fields(value)}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
