# SPDX-License-Identifier: Apache-2.0
"""Parts that several stages share."""

from affiche.studio.scene import Finish, Point, Softbox, Thing


def cyclorama(colour: str, wall: float = 4.6, radius: float = 2.4) -> Thing:
    """A painted floor that rises into a wall."""
    return Thing("cyclorama", (28, wall, radius, 15), Finish("plaster", (colour,), seed=5, scale=7))


def soft_key(at: Point = (-6.6, -4.6, 5.4), size: float = 1.1, colour: str = "#ffebd4", power: float = 1500) -> Softbox:
    """The key of still lifes: a softbox at the upper left, ``size`` units wide."""
    return Softbox(at, (0, 0, 0.6), size, size, power, colour)


def soft_lamps(level: float = 1.0) -> tuple[Softbox, ...]:
    """A large cool fill from the right and a weak one from above."""
    return (
        Softbox((7, -5, 4), (0, 0, 0.8), 5, 5, 105 * level, "#eef1ff"),
        Softbox((0, -1, 9), (0, 0, 0), 6, 6, 75 * level, "#fff8ee"),
    )


def tabletop(finish: Finish, far: float = 2.6, near: float = -14.0) -> Thing:
    """A level top that reaches under the camera and ends at ``far``."""
    return Thing("floor", (32, near, far), finish)


def painted(
    kind: str, colours: tuple[str, ...], seed: int, far: float = 9.0, width: float = 24.0, base: float = -3.4
) -> Thing:
    """A luminous backdrop (`affiche.studio.baking.backdrops`) ``far`` behind the product."""
    return Thing("screen", (width, width / 2), Finish(f"glow-{kind}", colours, seed=seed), (0, far, base))
