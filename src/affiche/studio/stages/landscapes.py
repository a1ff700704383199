# SPDX-License-Identifier: Apache-2.0
"""Soft grounds and feasts: velvet, snow, gifts."""

import numpy as np

from affiche.studio.scene import Camera, Finish, Role, SceneSpec, Softbox, Thing
from affiche.studio.stages.parts import painted, soft_key, tabletop

_GOLD = Finish("metal", ("#e0b060",))


def velvet() -> SceneSpec:
    """A velvet cushion before a curtain, balls of gold."""
    return SceneSpec(
        "velvet",
        (
            tabletop(Finish("gloss", ("#1d0a12",), 0.22), far=5.0),
            Thing(
                "curtain", (26, 12, 0.34, 12), Finish("velvet", ("#5a1230",), seed=3, scale=9), (0, 4.4, -0.2), seed=4
            ),
            Thing(
                "cushion",
                (2.15, 1.45, 0.62, 0.10),
                Finish("velvet", ("#7a1640",), seed=9, scale=3.2),
                (0, 0, 0),
                5,
                seed=2,
                role=Role.STAGE,
            ),
            *(
                Thing("ball", (size,), _GOLD, (x, y, 0), role=Role.DETAIL)
                for x, y, size in ((-2.95, -0.2, 0.20), (-3.35, 0.5, 0.12), (2.8, -0.5, 0.13), (3.3, 0.4, 0.24))
            ),
        ),
        soft_key(at=(-5.0, -3.8, 5.2), size=1.2, colour="#ffe2c4"),
        (
            Softbox((6.4, 2.4, 4.8), (0, 0, 0.7), 1.0, 3.0, 330, "#ffb8a8"),
            Softbox((5, -7, 3), (0, 0, 0.6), 4, 4, 130, "#f0dcff"),
        ),
        stand=(0, -0.15, 0.495),
        room=2.2,
        sky="#ffe0e8",
        sky_level=0.05,
    )


def winter() -> SceneSpec:
    """Snow, pine twigs and baubles, lamps far out of focus."""
    red, gold = Finish("metal", ("#b3202c",), 0.24), Finish("metal", ("#e0b060",), 0.2)
    baubles = (
        (-2.5, 0.1, 0.36, red),
        (-3.2, 0.7, 0.48, gold),
        (2.6, 0.2, 0.40, gold),
        (3.4, 0.7, 0.52, red),
        (-3.4, -0.5, 0.24, red),
        (2.2, -0.6, 0.20, red),
    )
    pine = Finish("matt", ("#24452e",))
    twigs = (
        (-2.7, 0.5, 1.9, 12),
        (-3.9, 0.2, 1.8, -30),
        (-2.4, -0.3, 1.4, 40),
        (2.9, 0.5, 1.9, 168),
        (4.0, 0.3, 1.8, 205),
        (2.6, -0.2, 1.4, 140),
    )
    return SceneSpec(
        "winter",
        (
            Thing("dunes", (30, -13, 5, 0.20, 0), Finish("snow", ("#eef2f7",), seed=2, scale=3), seed=9),
            painted("bokeh", ("#0d1a22", "#1d3a34", "#122420", "#ffd48a", "#ffb45e", "#fff2d4", "#ff8a6a"), 12),
            *(
                Thing("pine", (size,), pine, (x, y, 0.08), turn, seed=k, role=Role.ACCENT)
                for k, (x, y, size, turn) in enumerate(twigs)
            ),
            *(Thing("ball", (size,), finish, (x, y, 0.02), role=Role.DETAIL) for x, y, size, finish in baubles),
        ),
        soft_key(at=(-5.4, -4.0, 5.4), size=1.2, colour="#fff0dc"),
        (
            Softbox((6, -5, 5), (0, 0, 0.5), 5, 5, 130, "#cfe0ff"),
            Softbox((3, 4.5, 7.5), (0, 0, 0.6), 3, 2, 260, "#ffc27a"),
        ),
        stand=(0, -0.3, 0.004),
        room=2.9,
        sky="#cfdcf4",
        sky_level=0.12,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )


def gifts() -> SceneSpec:
    """Wrapped boxes on a table before warm lamps out of focus."""
    random = np.random.default_rng(5)
    boxes = (
        (-2.75, 0.6, 1.3, 1.0, 1.0, "#7d1220", 14),
        (-3.9, 1.1, 1.2, 1.0, 1.5, "#1f4a38", -8),
        (2.75, 0.5, 1.1, 1.0, 0.8, "#1f4a38", -16),
        (3.75, 1.2, 1.3, 1.1, 1.3, "#7d1220", 8),
    )
    ribbon = Finish("silk", ("#e2bd72",))
    wrapped: list[Thing] = []
    for x, y, wide, deep, tall, colour, turn in boxes:
        wrapped.append(
            Thing("box", (wide, deep, tall, 0.015), Finish("satin", (colour,), 0.4), (x, y, 0), turn, role=Role.ACCENT)
        )
        wrapped.append(
            Thing("gift", (wide, deep, tall), ribbon, (x, y, 0), turn, role=Role.DETAIL, seed=int(random.integers(9)))
        )
    pine = Finish("matt", ("#24452e",))
    return SceneSpec(
        "gifts",
        (
            tabletop(Finish("wood", ("#6b4426", "#472b16", "#875a33", "#221208"), seed=9, scale=7)),
            painted("bokeh", ("#1c0a08", "#4a1a12", "#200c08", "#ffd48a", "#ffb45e", "#fff2d4"), 21),
            *wrapped,
            Thing("pine", (1.7,), pine, (-2.1, -0.5, 0.02), 25, seed=3),
            Thing("pine", (1.6,), pine, (2.2, -0.5, 0.02), 160, seed=4),
            Thing("ball", (0.18,), Finish("metal", ("#e0b060",), 0.2), (-1.75, -0.75, 0), role=Role.DETAIL),
            Thing("ball", (0.15,), Finish("metal", ("#e0b060",), 0.2), (1.85, -0.8, 0), role=Role.DETAIL),
        ),
        soft_key(at=(-5.2, -4.0, 5.4), size=1.3, colour="#ffe4bf"),
        (
            Softbox((6, -6, 5), (0, 0, 0.5), 5, 5, 140, "#ffe8cc"),
            Softbox((3, 4.5, 7.5), (0, 0, 0.6), 3, 2, 240, "#ffb066"),
        ),
        stand=(0, -0.5, 0),
        room=2.7,
        sky="#ffdcb8",
        sky_level=0.08,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )
