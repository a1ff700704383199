# SPDX-License-Identifier: Apache-2.0
"""Table tops before soft backdrops: marble, wood, walnut, black glass, and what lies on them."""

import numpy as np

from affiche.studio.scene import Camera, Finish, Role, SceneSpec, Softbox, Thing
from affiche.studio.stages.parts import painted, soft_key, soft_lamps, tabletop

_OAK = ("#b98a58", "#8a5d35", "#d3a873", "#4a2e17")
_RUSTIC = ("#7c4e29", "#55331a", "#9c6a3a", "#27150a")
_WALNUT = ("#7a4f30", "#523320", "#96683f", "#2b190d")
_GOLD = Finish("metal", ("#e0b060",))


def marble() -> SceneSpec:
    """Polished white marble, a vase, an arch, balls of gold."""
    ivory = Finish("matt", ("#efe8de",))
    return SceneSpec(
        "marble",
        (
            tabletop(Finish("marble", ("#f1efec", "#8b8d94", "#b89256"), seed=7, scale=9), far=3.4),
            Thing("wall", (34, 16), Finish("plaster", ("#e9e4dc",), seed=3, scale=7), (0, 3.4, -1)),
            Thing("arch", (2.3, 3.1, 0.35, 0.05), ivory, (-3.0, 2.3, 0), role=Role.ACCENT),
            Thing("vase", (0.55, 1.85), ivory, (3.4, 1.1, 0), role=Role.ACCENT),
            Thing("podium", (0.55, 0.46, 0.03), ivory, (2.35, 0.6, 0), role=Role.ACCENT),
            Thing("ball", (0.32,), _GOLD, (-2.0, 0.5, 0), role=Role.DETAIL),
            Thing("ball", (0.20,), _GOLD, (2.35, 0.6, 0.46), role=Role.DETAIL),
        ),
        soft_key(at=(-5.8, -4.4, 5.8), size=1.5, colour="#fff3e4"),
        soft_lamps(1.5),
        stand=(0, -0.3, 0),
        room=3.2,
        sky_level=0.2,
    )


def thanksgiving() -> SceneSpec:
    """Rustic planks with autumn leaves and pumpkins, lamps far out of focus."""
    return SceneSpec(
        "thanksgiving",
        (
            tabletop(Finish("wood", _RUSTIC, seed=3, scale=7)),
            painted("bokeh", ("#2a140a", "#8a4a1a", "#3a1c0c", "#ffb45e", "#ff8a3c", "#ffd9a0", "#ff6a3a"), 3),
            *_pumpkins(),
            *_fallen_leaves(11),
        ),
        soft_key(at=(-5.2, -3.8, 5.2), size=1.4, colour="#ffd9a6"),
        (
            Softbox((6, -6, 5), (0, 0, 0.5), 5, 5, 150, "#ffe8cc"),
            Softbox((3, 4.5, 7.5), (0, 0, 0.6), 3, 2, 260, "#ffb066"),
        ),
        stand=(0, -0.4, 0),
        room=2.9,
        sky="#ffd9b0",
        sky_level=0.08,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )


def _pumpkins() -> tuple[Thing, ...]:
    places = (
        (-3.15, 0.9, 0.80, "#d9691e"),
        (3.35, 1.2, 0.72, "#cf5b18"),
        (2.45, 0.35, 0.44, "#e08a34"),
        (-4.3, 1.8, 0.6, "#e3c9a0"),
    )
    things = []
    for k, (x, y, size, colour) in enumerate(places):
        things.append(
            Thing(
                "pumpkin", (size,), Finish("satin", (colour,), 0.42), (x, y, 0), 37.0 * k, seed=k + 4, role=Role.ACCENT
            )
        )
        things.append(
            Thing("stalk", (0.10 * size, 0.42 * size), Finish("matt", ("#6f5f33",)), (x, y, 1.18 * size), 80.0 * k + 20)
        )
    return tuple(things)


def _fallen_leaves(seed: int) -> tuple[Thing, ...]:
    random = np.random.default_rng(seed)
    tones = (
        ("#9c2f10", "#d8691a", "#6a2a0c"),
        ("#c98a1a", "#e8b83a", "#8a5a12"),
        ("#7d1f14", "#b03a1e", "#4a120a"),
        ("#8a5a20", "#c08a3c", "#55381a"),
    )
    things: list[Thing] = []
    while len(things) < 58:
        x, y = float(random.choice((-1, 1)) * random.uniform(1.25, 4.6)), float(random.uniform(-2.3, 1.6))
        tone, lobes = tones[random.integers(4)], float(random.choice((0, 3, 4)))
        size = float(random.uniform(0.42, 0.72))
        things.append(
            Thing(
                "leaf",
                (size, size * float(random.uniform(0.5, 0.8)), lobes),
                Finish("leaf", tone, seed=int(random.integers(6))),
                (x, y, 0.002 + 0.004 * (len(things) % 5)),
                float(random.uniform(0, 360)),
                float(random.uniform(-9, 9)),
                Role.DETAIL,
                len(things),
            )
        )
    return tuple(things)


def garden() -> SceneSpec:
    """Light oak planks before sunlit leaves far out of focus."""
    return SceneSpec(
        "garden",
        (
            tabletop(Finish("wood", _OAK, seed=5, scale=7)),
            painted("foliage", ("#16261a", "#4f7a34", "#a9c25c", "#fff4c4", "#e4f0a0", "#ffffff"), 6),
            *(
                Thing(
                    "leaf",
                    (0.7, 0.34, 0),
                    Finish("leaf", ("#3f6b2c", "#6f9a45", "#2c4d1f"), seed=k),
                    (x, y, 0.02),
                    turn,
                    tilt,
                    Role.DETAIL,
                    k,
                )
                for k, (x, y, turn, tilt) in enumerate(
                    (
                        (-2.4, -0.7, 40, 6),
                        (-3.1, -0.2, 160, -6),
                        (2.6, -0.5, 210, 5),
                        (3.3, 0.2, 320, -5),
                        (-3.7, 0.7, 80, 4),
                        (3.9, -0.9, 20, 3),
                    )
                )
            ),
        ),
        soft_key(at=(-6.0, -3.4, 5.6), size=0.7, colour="#ffefcc"),
        soft_lamps(1.3),
        stand=(0, -0.4, 0),
        room=3.2,
        sky="#dcebc8",
        sky_level=0.16,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )


def office() -> SceneSpec:
    """A walnut desk with books and a brass ball in a mid-century room, the room out of focus."""
    covers = ("#2f5d62", "#c9772f", "#e6d6b8")
    return SceneSpec(
        "office",
        (
            tabletop(Finish("board", _WALNUT, seed=2, scale=9), far=2.2),
            painted(
                "room",
                ("#cfc3ae", "#8a5a36", "#fff0cf", "#ffcf8f", "#4f6b3f", "#2b2019"),
                4,
                far=8.0,
                width=21,
                base=-3.9,
            ),
            *(
                Thing(
                    "box",
                    (1.5 - 0.12 * k, 1.05 - 0.06 * k, 0.17, 0.015),
                    Finish("matt", (covers[k],)),
                    (3.05 + 0.05 * k, 0.5, 0.17 * k),
                    -12.0 + 9 * k,
                    role=Role.ACCENT,
                )
                for k in range(3)
            ),
            Thing("ball", (0.19,), _GOLD, (3.0, 0.45, 0.51), role=Role.DETAIL),
            Thing("vase", (0.42, 1.15), Finish("ceramic", ("#d9862f",)), (-3.0, 0.6, 0), role=Role.ACCENT),
            Thing("bowl", (0.42, 0.22), Finish("ceramic", ("#e9dfcb",)), (-2.2, -0.1, 0), role=Role.DETAIL),
        ),
        soft_key(at=(-6.2, -2.6, 4.8), size=1.3, colour="#ffe4bd"),
        soft_lamps(1.1),
        stand=(0, -0.4, 0),
        room=3.0,
        sky="#ffe9cc",
        sky_level=0.10,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )


def kitchen() -> SceneSpec:
    """A light stone worktop before tiles and shelves out of focus."""
    return SceneSpec(
        "kitchen",
        (
            tabletop(Finish("marble", ("#e6e2dc", "#a8a49d"), 0.22, scale=7, seed=11), far=2.4),
            painted(
                "shelves",
                ("#e7e2d6", "#a9794c", "#c96f4a", "#6f8f7a", "#e6c27a", "#f4efe4", "#3f5c6a", "#b98a5a"),
                5,
                far=7.5,
                width=20,
                base=-2.8,
            ),
            Thing(
                "box",
                (1.9, 1.2, 0.11, 0.05),
                Finish("board", _OAK, seed=4, scale=4),
                (-2.9, 0.3, 0),
                12,
                role=Role.ACCENT,
            ),
            Thing("bowl", (0.62, 0.40), Finish("ceramic", ("#f1ede4",)), (-2.9, 0.3, 0.11), role=Role.DETAIL),
            Thing("vase", (0.40, 1.05), Finish("ceramic", ("#f1ede4",)), (3.1, 0.7, 0), role=Role.DETAIL),
            Thing("podium", (0.36, 0.44, 0.03), Finish("ceramic", ("#7f9a88",)), (2.4, 0.2, 0), role=Role.ACCENT),
        ),
        soft_key(at=(-6.4, -3.0, 5.0), size=1.5, colour="#fff0d8"),
        soft_lamps(1.5),
        stand=(0, -0.4, 0),
        room=3.0,
        sky_level=0.18,
        camera=Camera((0, -10.6, 2.0), (0, 0, 1.05), aperture=0.05),
    )


def city() -> SceneSpec:
    """Black glass before a city at night."""
    return SceneSpec(
        "city",
        (
            tabletop(Finish("gloss", ("#0a0b10",), 0.06), far=5.0),
            painted(
                "skyline",
                ("#070c1e", "#182650", "#6a4a6a", "#ffcf8a", "#ffb060", "#bcd4ff", "#ffe6c0"),
                3,
                far=8.5,
                width=21,
                base=-3.0,
            ),
        ),
        Softbox((-5, -4, 4.6), (0, 0, 1), 1.6, 2.6, 500, "#ffd2a0"),
        (Softbox((6, -3, 4), (0, 0, 1), 1.5, 4, 420, "#9fc0ff"),),
        stand=(0, -0.3, 0),
        room=3.2,
        sky="#8fa4d8",
        sky_level=0.03,
        camera=Camera((0, -11, 1.9), (0, 0, 1.05)),
    )


def noir() -> SceneSpec:
    """Black gloss in the dark, two rim lights and a glow on the wall."""
    return SceneSpec(
        "noir",
        (
            tabletop(Finish("gloss", ("#101013",), 0.09), far=3.6),
            Thing("wall", (34, 16), Finish("plaster", ("#3a3a40",), seed=3, scale=7), (0, 3.6, -1)),
            Thing("podium", (1.55, 0.22, 0.02), Finish("gloss", ("#141417",), 0.12), (0, 0, 0), role=Role.STAGE),
            Thing("ring", (1.75, 0.022), Finish("metal", ("#e0b060",)), (0, 1.9, -0.3), role=Role.DETAIL),
        ),
        Softbox((-5.2, -2.0, 5.0), (0, 0, 0.8), 0.8, 3.0, 700, "#fff0dc"),
        (
            Softbox((5.6, 1.4, 4.2), (0, 0, 0.9), 0.7, 3.0, 420, "#cfdcff"),
            Softbox((0, 0.6, 6.5), (0, 3.4, 1.2), 1.5, 1.5, 220, "#ffe2bf"),
        ),
        stand=(0, -0.1, 0.22),
        room=2.5,
        sky_level=0.03,
    )


def celebration() -> SceneSpec:
    """Black gloss, golden balls and confetti, golden lamps out of focus."""
    random = np.random.default_rng(3)
    bits = tuple(
        Thing(
            "box",
            (0.09, 0.05, 0.006, 0.002),
            _GOLD,
            (float(random.choice((-1, 1)) * random.uniform(0.9, 4.6)), float(random.uniform(-2.6, 1.4)), 0.004),
            float(random.uniform(0, 360)),
            float(random.uniform(-14, 14)),
            Role.DETAIL,
        )
        for _ in range(90)
    )
    return SceneSpec(
        "celebration",
        (
            tabletop(Finish("gloss", ("#0d0b0a",), 0.10), far=3.4),
            painted("bokeh", ("#120b05", "#3a2408", "#140c06", "#ffd68a", "#ffbf5e", "#fff0cc"), 8),
            *(
                Thing("ball", (size,), _GOLD, (x, y, 0), role=Role.ACCENT)
                for x, y, size in (
                    (-2.6, 0.4, 0.42),
                    (-3.4, -0.2, 0.24),
                    (2.7, 0.3, 0.34),
                    (3.5, 0.9, 0.5),
                    (-2.0, -0.6, 0.15),
                    (2.15, -0.6, 0.17),
                )
            ),
            *bits,
        ),
        soft_key(at=(-5.2, -3.8, 5.2), size=1.3, colour="#ffe2b4"),
        (Softbox((6, -5, 4), (0, 0, 0.6), 3, 4, 190, "#fff0dc"),),
        stand=(0, -0.3, 0),
        room=3.0,
        sky="#ffdca8",
        sky_level=0.05,
        camera=Camera((0, -10.8, 1.9), (0, 0, 1.05), aperture=0.05),
    )
