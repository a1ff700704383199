# SPDX-License-Identifier: Apache-2.0
"""Rooms with sunlight that falls through a window, blinds or leaves onto a wall."""

from affiche.studio.scene import Finish, Role, SceneSpec, Softbox, Sun, Thing
from affiche.studio.stages.parts import cyclorama

_COOL = Softbox((6, -7, 6), (0, 1, 1), 6, 6, 110, "#d5e0ff")


def _room(floor: Finish, wall: Finish, skirting: str) -> tuple[Thing, ...]:
    return (
        Thing("floor", (34, -18, 3.2), floor),
        Thing("wall", (34, 16), wall, (0, 3.0, 0)),
        Thing("box", (34, 0.1, 0.2, 0.02), Finish("satin", (skirting,)), (0, 2.95, 0)),
    )


def window() -> SceneSpec:
    """A concrete plinth before a plastered wall; the sun throws a sash window and a branch across both."""
    return SceneSpec(
        "window",
        (
            *_room(
                Finish("concrete", ("#aaa7a2",), 0.4, seed=2, scale=6),
                Finish("plaster", ("#c4c1bc",), seed=9, scale=7),
                "#cfccc8",
            ),
            Thing(
                "box", (3.4, 2.0, 0.40, 0.03), Finish("concrete", ("#c9c6c1",), 0.6, seed=4, scale=5), role=Role.STAGE
            ),
        ),
        Sun((-8.5, -9.5, 8.6), (0.4, 2.0, 1.5), 90, "#ffdcb0", "window-leaves", 42, 0.03, seed=4),
        (_COOL,),
        stand=(0, -0.1, 0.40),
        room=2.9,
        sky="#d6deee",
        sky_level=0.10,
    )


def blinds() -> SceneSpec:
    """A plain plastered room, sun through a half open blind."""
    plaster = Finish("plaster", ("#d9d2c6",), seed=4, scale=7)
    return SceneSpec(
        "blinds",
        (
            cyclorama("#d9d2c6", wall=3.4, radius=0.5),
            Thing("podium", (1.7, 0.34, 0.02), plaster, role=Role.STAGE),
            Thing("arch", (2.0, 2.9, 0.5, 0.03), plaster, (3.3, 2.2, 0), -8, role=Role.ACCENT),
        ),
        Sun((-8.0, -9.0, 6.6), (0.4, 1.5, 1.3), 90, "#ffd39c", "blinds", 40, 0.022, seed=1),
        (_COOL,),
        stand=(0, -0.1, 0.34),
        room=2.7,
        sky="#dfe3ee",
        sky_level=0.10,
    )


def palm() -> SceneSpec:
    """A sand coloured podium in the shade of palm leaves."""
    sand = Finish("plaster", ("#ecd7b6",), seed=7, scale=6)
    return SceneSpec(
        "palm",
        (
            cyclorama("#e8cfa9", wall=3.6, radius=1.2),
            Thing("podium", (1.95, 0.22, 0.02), sand, role=Role.STAGE),
            Thing("podium", (1.30, 0.26, 0.02), sand, (0, 0, 0.22), role=Role.STAGE),
            Thing("podium", (0.5, 0.95, 0.02), sand, (-2.9, 0.9, 0), role=Role.ACCENT),
            Thing("ball", (0.34,), Finish("matt", ("#f4e6cf",)), (2.7, 0.2, 0), role=Role.DETAIL),
        ),
        Sun((-7.5, -9.5, 7.4), (0.3, 1.6, 1.3), 90, "#ffe0b4", "palm", 54, 0.03, seed=6),
        (_COOL,),
        stand=(0, -0.1, 0.48),
        room=2.3,
        sky="#e2e8f6",
        sky_level=0.14,
    )


def linen() -> SceneSpec:
    """A linen cloth on a table before a lime-washed wall, sun through leaves."""
    return SceneSpec(
        "linen",
        (
            Thing("floor", (34, -18, 3.2), Finish("matt", ("#d8cdbb",)), (0, 0, -0.35)),
            Thing(
                "cloth",
                (14, 13, 0.15),
                Finish("linen", ("#e9e0d0",), seed=3, scale=1.9),
                (0, -0.2, 0),
                seed=2,
                role=Role.STAGE,
            ),
            Thing("wall", (34, 16), Finish("plaster", ("#e0d5c3",), seed=2, scale=6), (0, 2.7, -1)),
            Thing("vase", (0.5, 1.3), Finish("matt", ("#c9a888",)), (2.9, 0.9, 0.05), role=Role.ACCENT),
            Thing("bowl", (0.62, 0.34), Finish("ceramic", ("#f2e9dc",)), (-2.8, 0.5, 0.05), role=Role.DETAIL),
        ),
        Sun((-8.0, -9.0, 7.0), (0.3, 1.6, 1.3), 90, "#ffdcae", "branch", 56, 0.02, seed=9),
        (_COOL,),
        stand=(0, -0.2, 0.01),
        room=3.0,
        sky="#e4e8f2",
        sky_level=0.12,
    )


def stones() -> SceneSpec:
    """Flat stones and pebbles before a grey wall, light through a crown of leaves."""
    grey, dark = (
        Finish("concrete", ("#8f8d87",), 0.85, seed=6, scale=3),
        Finish("concrete", ("#66645f",), 0.8, seed=8, scale=3),
    )
    pebbles = (
        (-2.3, -0.4, 0.7, 0.4),
        (-3.1, 0.2, 1.1, 0.62),
        (-3.9, -0.6, 0.6, 0.34),
        (2.4, -0.3, 0.8, 0.46),
        (3.3, 0.5, 1.3, 0.8),
        (3.5, -0.9, 0.5, 0.3),
        (1.9, -1.0, 0.34, 0.2),
        (-1.8, -1.1, 0.3, 0.18),
    )
    return SceneSpec(
        "stones",
        (
            Thing("dunes", (30, -14, 4, 0.10, 0), Finish("sand", ("#cfc6b6",), seed=3, scale=3), seed=5),
            Thing("wall", (34, 16), Finish("concrete", ("#b9b4a8",), 0.9, seed=12, scale=8), (0, 3.2, -0.5)),
            Thing("pebble", (3.7, 2.2, 0.52), grey, (0, 0.0, -0.06), seed=1, role=Role.STAGE),
            *(
                Thing(
                    "pebble",
                    (size, size * 0.8, tall),
                    dark if k % 2 else grey,
                    (x, y, -0.04),
                    40.0 * k,
                    seed=k + 2,
                    role=Role.ACCENT,
                )
                for k, (x, y, size, tall) in enumerate(pebbles)
            ),
        ),
        Sun((-7.5, -9.0, 7.6), (0.3, 1.4, 1.2), 90, "#ffe7c0", "branch", 56, 0.035, seed=21),
        (_COOL,),
        stand=(0, -0.1, 0.455),
        room=2.3,
        sky="#dfe8ea",
        sky_level=0.16,
    )
