# SPDX-License-Identifier: Apache-2.0
"""The reference-preserving form of JSON that .NET writes: ``$id`` in every object, ``$values`` around arrays.

Which routes use it is part of the contract (section 1.1); the setting ``preserve_references`` turns it off everywhere.
"""

from collections.abc import Iterator
from itertools import count
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def preserve(value: Json) -> Json:
    """``value`` with reference ids: strings counted from "1", depth first, a container before what it holds.

    An array of objects becomes ``{"$id", "$values"}``; an array of texts (the messages of an error) stays an array.
    """
    return _numbered(value, map(str, count(1)))


def _numbered(value: Json, ids: Iterator[str]) -> Json:
    if isinstance(value, dict):
        first: dict[str, Json] = {"$id": next(ids)}
        return first | {name: _numbered(inner, ids) for name, inner in value.items()}
    if isinstance(value, list) and all(isinstance(inner, dict | list) for inner in value):
        identifier = next(ids)
        return {"$id": identifier, "$values": [_numbered(inner, ids) for inner in value]}
    return value
