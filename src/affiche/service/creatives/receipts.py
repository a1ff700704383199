# SPDX-License-Identifier: Apache-2.0
"""The receipt of a finished creative: the digest of everything that its file follows from, and of the file itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from affiche.jobs.rendering.messages import Rendered
from affiche.store.tables import ProcessRow, TaskRow


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that is not what it was; None where there is none."""

    name: str
    then: Any
    now: Any


def receipt(process: ProcessRow, task: TaskRow, rendered: Rendered) -> dict[str, Any]:
    """Digests are SHA-256 (hex). ``fonts`` go by face, ``engine`` by library."""
    return {
        "brief": brief_digest(task.brief),
        "photo": task.photo_digest,
        "logo": task.logo_digest,
        "seed": process.seed,
        "size": task.format_kind,
        "variant": task.variant,
        "variants": process.variants,
        "maxBytes": task.max_bytes,
        "engine": dict(rendered.engine),
        "fonts": dict(rendered.fonts),
        "result": hashlib.sha256(rendered.content).hexdigest(),
    }


def brief_digest(stored: Mapping[str, Any]) -> str:
    """The SHA-256 (hex) of a stored brief, whatever the order in which a database keeps its keys."""
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compared(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Moved]:
    """What moved between two receipts, in the receipt's order; ``engine.numpy`` and so on for what lies inside."""
    before, after = _flat(then), _flat(now)
    names = [*before, *(name for name in after if name not in before)]
    return [Moved(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": each for inner, each in value.items()}
        else:
            flat[name] = value
    return flat
