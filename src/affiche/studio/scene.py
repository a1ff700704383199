# SPDX-License-Identifier: Apache-2.0
"""What a scene of the studio is made of: things with a finish, lamps, a camera and the place where the product stands.

Scenes are plain values. Lengths are in scene units: a product is about 1.8 units tall, the camera stands 11 units away
and sees 8.3 units across. x points right, y away from the camera, z up; the floor is z = 0. Angles are in degrees,
colours are sRGB hex.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum
from typing import Final

Point = tuple[float, float, float]

BAKE_VERSION: Final = 1
"""Raised whenever baking the same scene gives another plate."""


class Role(IntEnum):
    """The part that a thing plays in the scene's colours; a preset may recolour each part on its own."""

    GROUND = 0
    STAGE = 1
    ACCENT = 2
    DETAIL = 3


@dataclass(frozen=True, slots=True)
class Finish:
    """A surface: ``kind`` is a name in `affiche.studio.baking.finishes`; ``colours`` are what it is made of, the first
    being the one that recolouring starts from. ``roughness`` 0 is a mirror; None leaves it to the kind. ``scale`` is
    the size of its pattern, in units, and ``seed`` chooses another piece of the same material."""

    kind: str
    colours: tuple[str, ...]
    roughness: float | None = None
    scale: float = 4.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Thing:
    """``shape`` is a name in `affiche.studio.baking.shapes` and ``size`` its measures; it is tilted by ``tilt`` degrees
    about the x axis, turned by ``turn`` degrees about the vertical, and stands on ``at``."""

    shape: str
    size: tuple[float, ...]
    finish: Finish
    at: Point = (0.0, 0.0, 0.0)
    turn: float = 0.0
    tilt: float = 0.0
    role: Role = Role.GROUND
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Softbox:
    """A luminous rectangle of ``width`` x ``height`` units at ``at``, facing ``towards``. ``power`` is its flux in the
    scene's arbitrary unit: only the ratio of lamps counts, because every plate is exposed by itself."""

    at: Point
    towards: Point
    width: float
    height: float
    power: float
    colour: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Sun:
    """A hard lamp far away that shines through a ``pattern`` (a name in `affiche.studio.baking.gobos`, or "open").
    The pattern fills a square of ``spread`` degrees seen from the lamp; its shadows are blurred by ``softness`` units
    at the place it is aimed at."""

    at: Point
    towards: Point
    power: float
    colour: str = "#fff0dc"
    pattern: str = "open"
    spread: float = 30.0
    softness: float = 0.03
    seed: int = 0


class Pitch(IntEnum):
    """How far a camera looks down, in degrees. Every scene is baked from each, because a product that was photographed
    from above looks tipped over in a scene that is seen from its own height, and the reverse."""

    LEVEL = 2
    USUAL = 8
    ABOVE = 20


@dataclass(frozen=True, slots=True)
class Camera:
    """``angle`` is the field of view across; ``aperture`` the lens's radius in units (0: everything is sharp), focused
    on the distance of ``towards``."""

    at: Point = (0.0, -11.0, 2.1)
    towards: Point = (0.0, 0.0, 1.05)
    angle: float = 41.4
    aperture: float = 0.03

    def pitched(self, degrees: float) -> "Camera":
        """The same camera raised or lowered around what it looks at, until it looks down by ``degrees``."""
        back, up = self.at[1] - self.towards[1], self.at[2] - self.towards[2]
        far, down = math.hypot(back, up), math.radians(degrees)
        y, z = self.towards[1] - far * math.cos(down), self.towards[2] + far * math.sin(down)
        return replace(self, at=(self.at[0], round(y, 4), round(z, 4)))


@dataclass(frozen=True, slots=True)
class SceneSpec:
    """A whole scene. ``key`` casts the product's shadow; ``lamps`` fill; ``sky`` is the colour of light from everywhere
    and ``sky_level`` its radiance. The product's foot stands on ``stand``, where there is ``room`` units of width."""

    name: str
    things: tuple[Thing, ...]
    key: Softbox | Sun
    lamps: tuple[Softbox, ...]
    stand: Point
    room: float = 2.6
    sky: str = "#ffffff"
    sky_level: float = 0.12
    camera: Camera = field(default_factory=Camera)

    @property
    def digest(self) -> str:
        """What the plate of this scene is filed under: 16 hex digits of a hash of everything that it depends on."""
        text = json.dumps({"version": BAKE_VERSION, "scene": asdict(self)}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def seen_from(self, pitch: Pitch) -> "SceneSpec":
        """The same scene under a camera that looks down by ``pitch``, as far away as ``camera``."""
        return replace(self, camera=self.camera.pitched(pitch))

    def colour_of(self, role: Role) -> str:
        """The base colour of the first thing that plays ``role``, the one that recolouring starts from."""
        return next((one.finish.colours[0] for one in self.things if one.role is role), "#808080")
