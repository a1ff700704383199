# SPDX-License-Identifier: Apache-2.0
"""Podiums on a cyclorama, the workhorse of product pictures."""

import numpy as np

from affiche.studio.scene import Finish, Role, SceneSpec, Thing
from affiche.studio.stages.parts import cyclorama, soft_key, soft_lamps


def podium() -> SceneSpec:
    """Two round steps before an arch and a panel, a ball and a drum beside them; a soft key from the upper left."""
    cream = Finish("plaster", ("#efdfc8",), seed=3, scale=5)
    warm = Finish("plaster", ("#d9bd98",), seed=8, scale=5)
    return SceneSpec(
        "podium",
        (
            cyclorama("#e3cdb0"),
            Thing("podium", (2.15, 0.24, 0.025), cream, role=Role.STAGE),
            Thing("podium", (1.38, 0.27, 0.025), cream, (0, 0, 0.24), role=Role.STAGE),
            Thing("arch", (2.5, 3.7, 0.42, 0.05), warm, (-3.0, 2.5, 0), role=Role.ACCENT),
            Thing("box", (1.5, 0.5, 2.5, 0.03), warm, (3.55, 2.4, 0), -9, role=Role.ACCENT),
            Thing("podium", (0.46, 0.72, 0.02), cream, (-2.95, 0.55, 0), role=Role.DETAIL),
            Thing("ball", (0.40,), cream, (2.86, 0.3, 0), role=Role.DETAIL),
        ),
        soft_key(),
        soft_lamps(),
        stand=(0, -0.1, 0.51),
        room=2.4,
        sky_level=0.08,
    )


def seamless() -> SceneSpec:
    """Nothing but a roll of paper: a floor that becomes a wall."""
    return SceneSpec(
        "seamless",
        (cyclorama("#d8d8d8", wall=5.2, radius=3.4),),
        soft_key(at=(-5.0, -5.5, 6.4), size=2.2),
        soft_lamps(1.6),
        stand=(0, -0.2, 0),
        room=3.4,
        sky_level=0.2,
    )


def gradient() -> SceneSpec:
    """A paper roll of three colours with two steps, balls, an arch and blocks in the same sweet tones."""
    paper = Finish("gradient", ("#fdf6f3", "#fdf1ef", "#ffb0cb", "#ffdc6e", "#ffdc6e"), seed=5, scale=26)
    white, pink = Finish("satin", ("#fff3ee",)), Finish("satin", ("#ff9dbd",))
    yellow, rose = Finish("ceramic", ("#ffd257",)), Finish("satin", ("#ffc2d4",))
    return SceneSpec(
        "gradient",
        (
            Thing("cyclorama", (26, 4.6, 2.4, 14), paper),
            Thing("podium", (1.95, 0.26, 0.04), white, role=Role.STAGE),
            Thing("podium", (1.30, 0.26, 0.04), rose, (0, 0, 0.26), role=Role.STAGE),
            Thing("ball", (0.56,), yellow, (-2.95, 0.6, 0), role=Role.DETAIL),
            Thing("ball", (0.25,), pink, (-2.15, -0.55, 0), role=Role.ACCENT),
            Thing("arch", (2.1, 3.0, 0.5, 0.09), pink, (3.3, 1.9, 0), -14, role=Role.ACCENT),
            Thing("podium", (0.42, 1.05, 0.05), white, (2.5, 0.45, 0), role=Role.STAGE),
            Thing("ball", (0.30,), yellow, (2.5, 0.45, 1.05), role=Role.DETAIL),
            Thing("box", (0.85, 0.85, 0.85, 0.07), rose, (-3.95, 1.7, 0), 25, role=Role.ACCENT),
        ),
        soft_key(colour="#fff6ee", size=1.6),
        soft_lamps(1.3),
        stand=(0, -0.1, 0.52),
        room=2.3,
        sky_level=0.22,
    )


def terraces() -> SceneSpec:
    """Square steps and round-topped walls, as of a sunlit desert house."""
    clay, light = Finish("plaster", ("#c97f58",), seed=2, scale=5), Finish("plaster", ("#dca078",), seed=6, scale=5)
    return SceneSpec(
        "terraces",
        (
            cyclorama("#e2b18c", wall=5.0),
            Thing("box", (5.2, 2.6, 0.22, 0.025), clay, (0, 0.35, 0), role=Role.STAGE),
            Thing("box", (3.0, 1.9, 0.26, 0.025), light, (0, 0.1, 0.22), role=Role.STAGE),
            Thing("arch", (2.0, 3.3, 0.7, 0.05), clay, (-3.1, 2.4, 0), 6, role=Role.ACCENT),
            Thing("arch", (1.5, 2.1, 0.7, 0.05), light, (-1.75, 3.1, 0), 0, role=Role.ACCENT),
            Thing("box", (1.1, 0.9, 0.62, 0.03), clay, (3.0, 0.9, 0.0), -8, role=Role.ACCENT),
            Thing("vase", (0.46, 1.25), Finish("matt", ("#f0dcc6",)), (3.0, 0.9, 0.62), role=Role.DETAIL),
            Thing(
                "pebble", (0.55, 0.5, 0.4), Finish("concrete", ("#e8d3bd",), 0.8), (-2.5, -0.5, 0), 20, role=Role.DETAIL
            ),
        ),
        soft_key(at=(-7.2, -4.2, 5.0), size=0.55, colour="#ffd9a8"),
        soft_lamps(0.8),
        stand=(0, -0.05, 0.48),
        room=2.7,
        sky="#dfe6ff",
        sky_level=0.10,
    )


def fans() -> SceneSpec:
    """Pleated paper discs behind a low podium."""
    papers = [Finish("matt", (colour,)) for colour in ("#f6c9cf", "#f9e0c7", "#cfe3dc", "#f3b6bf")]
    discs = (
        (-2.55, 2.2, 1.35, 0),
        (2.75, 2.3, 1.5, 2),
        (-4.1, 2.9, 1.2, 1),
        (4.35, 2.8, 1.1, 3),
        (-1.2, 3.0, 1.0, 3),
        (1.25, 2.9, 0.85, 1),
    )
    return SceneSpec(
        "fans",
        (
            cyclorama("#f7e3df"),
            Thing("podium", (1.75, 0.30, 0.03), Finish("satin", ("#fff6f2",)), role=Role.STAGE),
            *(
                Thing("fan", (radius, 26), papers[paper], (x, y, 0), role=Role.ACCENT if k % 2 == 0 else Role.DETAIL)
                for k, (x, y, radius, paper) in enumerate(discs)
            ),
        ),
        soft_key(at=(-6.0, -4.6, 5.6), size=1.0, colour="#fff2e4"),
        soft_lamps(1.2),
        stand=(0, -0.1, 0.30),
        room=2.7,
        sky_level=0.16,
    )


def hearts() -> SceneSpec:
    """Hearts, a low podium and rose petals."""
    random = np.random.default_rng(12)
    red, rose = Finish("ceramic", ("#c81f3f",)), Finish("satin", ("#f2a0b0",))
    petals = []
    for k in range(46):
        x = float(random.choice((-1, 1)) * random.uniform(1.75, 4.4))
        y = float(random.uniform(-2.0, 1.2))
        petals.append(
            Thing(
                "petal",
                (float(random.uniform(0.22, 0.34)),),
                Finish("satin", ("#b5122f" if k % 3 else "#d63a52",)),
                (x, y, 0.01),
                float(random.uniform(0, 360)),
                float(random.uniform(-12, 12)),
                Role.DETAIL,
                k,
            )
        )
    return SceneSpec(
        "hearts",
        (
            cyclorama("#f4bcc6"),
            Thing("podium", (1.95, 0.24, 0.03), rose, role=Role.STAGE),
            Thing("podium", (1.30, 0.24, 0.03), Finish("satin", ("#fbe3e6",)), (0, 0, 0.24), role=Role.STAGE),
            Thing("heart", (1.9, 0.55, 0.16), red, (-2.9, 1.3, 0), 14, role=Role.ACCENT),
            Thing("heart", (1.1, 0.4, 0.12), rose, (2.65, 0.9, 0), -16, role=Role.ACCENT),
            Thing("heart", (1.5, 0.5, 0.14), Finish("ceramic", ("#e04a63",)), (3.75, 1.9, 0), -6, role=Role.ACCENT),
            *petals,
        ),
        soft_key(colour="#ffeadf", size=1.1),
        soft_lamps(1.0),
        stand=(0, -0.1, 0.48),
        room=2.3,
        sky_level=0.12,
    )


def eggs() -> SceneSpec:
    """Painted eggs around a low podium."""
    tones = ("#f7d9b4", "#bfe0d2", "#f6c3cd", "#cfd6f2", "#fbeec0")
    places = (
        (-2.3, -0.3, 0.34),
        (-2.95, 0.35, 0.42),
        (-3.55, -0.25, 0.30),
        (2.35, 0.0, 0.36),
        (3.0, 0.75, 0.46),
        (3.45, -0.35, 0.30),
        (-4.1, 1.0, 0.5),
        (4.2, 1.0, 0.44),
    )
    return SceneSpec(
        "eggs",
        (
            cyclorama("#d3e8dc"),
            Thing("podium", (1.7, 0.30, 0.04), Finish("satin", ("#fbf7ef",)), role=Role.STAGE),
            Thing(
                "arch", (2.3, 3.3, 0.4, 0.06), Finish("plaster", ("#f3d9cf",), seed=4), (-3.0, 2.6, 0), role=Role.ACCENT
            ),
            Thing(
                "arch", (1.7, 2.4, 0.4, 0.06), Finish("plaster", ("#f6e6bf",), seed=5), (3.3, 2.5, 0), role=Role.ACCENT
            ),
            *(
                Thing("egg", (size * 0.78, size * 2.05), Finish("satin", (tones[k % 5],)), (x, y, 0), role=Role.DETAIL)
                for k, (x, y, size) in enumerate(places)
            ),
        ),
        soft_key(colour="#fff4e2", size=1.2),
        soft_lamps(1.1),
        stand=(0, -0.1, 0.30),
        room=2.6,
        sky_level=0.16,
    )


def terrazzo() -> SceneSpec:
    """Terrazzo slabs before a plain arch."""
    chips = ("#f0e9df", "#c98f76", "#5d6b73", "#d9b382", "#8e9a8b", "#3b3a3c")
    slab = Finish("terrazzo", chips, seed=3, scale=5.2)
    return SceneSpec(
        "terrazzo",
        (
            cyclorama("#cfd8d2"),
            Thing("box", (4.4, 2.3, 0.24, 0.02), slab, (0.25, 0.2, 0), role=Role.STAGE),
            Thing("box", (2.7, 1.7, 0.24, 0.02), slab, (0, 0, 0.24), role=Role.STAGE),
            Thing(
                "arch",
                (2.4, 3.4, 0.45, 0.05),
                Finish("plaster", ("#aebfb4",), seed=6),
                (-3.1, 2.4, 0),
                role=Role.ACCENT,
            ),
            Thing("ring", (0.85, 0.06), Finish("metal", ("#d8a866",)), (3.0, 1.2, 0), -20, role=Role.DETAIL),
            Thing("ball", (0.36,), slab, (-2.75, 0.15, 0), role=Role.STAGE),
        ),
        soft_key(size=1.0),
        soft_lamps(),
        stand=(0, -0.1, 0.48),
        room=2.4,
        sky_level=0.12,
    )


def blocks() -> SceneSpec:
    """Glossy blocks of colour, hard light: a poster of the eighties."""
    return SceneSpec(
        "blocks",
        (
            cyclorama("#3f6fd9"),
            Thing("box", (3.0, 1.9, 0.42, 0.03), Finish("satin", ("#ffd23f",)), role=Role.STAGE),
            Thing("podium", (0.62, 1.5, 0.03), Finish("satin", ("#ff6b5e",)), (-2.75, 0.9, 0), role=Role.ACCENT),
            Thing("ball", (0.48,), Finish("satin", ("#f7f2e8",)), (-2.75, 0.9, 1.5), role=Role.DETAIL),
            Thing("arch", (1.9, 2.3, 0.7, 0.04), Finish("satin", ("#ff6b5e",)), (3.0, 1.5, 0), -14, role=Role.ACCENT),
            Thing("box", (0.8, 0.8, 0.8, 0.03), Finish("satin", ("#f7f2e8",)), (2.75, -0.35, 0), 32, role=Role.DETAIL),
            Thing("ring", (0.62, 0.16), Finish("satin", ("#ffd23f",)), (-3.9, 0.3, 0), 24, role=Role.STAGE),
        ),
        soft_key(at=(-6.4, -5.0, 6.0), size=0.4),
        soft_lamps(1.0),
        stand=(0, -0.1, 0.42),
        room=2.7,
        sky_level=0.14,
    )
