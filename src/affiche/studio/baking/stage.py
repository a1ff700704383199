# SPDX-License-Identifier: Apache-2.0
"""A `SceneSpec` as scenes of Mitsuba 3: with its light, with single lamps, and with colours that tell roles apart."""

from typing import Any, Final

import numpy as np

from affiche.studio.baking.finishes import bitmap, bsdf, colour, radiance
from affiche.studio.baking.gobos import SIZE, pattern
from affiche.studio.baking.mesh import Mesh
from affiche.studio.baking.shapes import mesh_of
from affiche.studio.film import light_of
from affiche.studio.scene import Camera, Point, Role, SceneSpec, Softbox, Sun

Node = dict[str, Any]

_UP: Final = [0.0, 0.0, 1.0]


class Stage:
    """Meshes and materials of a scene, built once and rendered several times. A variant of Mitsuba must be set."""

    def __init__(self, spec: SceneSpec) -> None:
        self._spec = spec
        self._meshes = [mesh_of(thing) for thing in spec.things]
        self._finishes = {thing.finish for thing in spec.things}
        materials = {finish: _loaded(bsdf(finish)) for finish in self._finishes}
        glows = {finish: radiance(finish) for finish in self._finishes}
        self._lit = [
            _shape(mesh, materials[thing.finish], glows[thing.finish])
            for mesh, thing in zip(self._meshes, spec.things, strict=True)
        ]
        unlit = {finish: glow is not None for finish, glow in glows.items()}
        self._dark = [
            None if unlit[thing.finish] else _shape(mesh, materials[thing.finish], None)
            for mesh, thing in zip(self._meshes, spec.things, strict=True)
        ]

    def all_light(self) -> Node:
        """Everything that shines: key, lamps, sky, backdrops."""
        spec = self._spec
        lamps = {f"lamp{k}": _softbox(lamp) for k, lamp in enumerate(spec.lamps)}
        sky = {"type": "constant", "radiance": colour(light_of(spec.sky) * np.float32(spec.sky_level))}
        return self._things(self._lit) | {"key": _lamp(spec.key), "sky": sky} | lamps

    def key_light(self) -> Node:
        """The key alone."""
        return self._things([one for one in self._dark if one is not None]) | {"key": _lamp(self._spec.key)}

    def roles(self) -> Node:
        """Every thing in one of red, green, blue and black, which stand for the roles 1, 2, 3 and 0."""
        paints = [_loaded(_flat(role)) for role in Role]
        shapes = [
            _shape(mesh, paints[thing.role], None) for mesh, thing in zip(self._meshes, self._spec.things, strict=True)
        ]
        return self._things(shapes)

    def card(self, middle: Point, width: float, height: float) -> Node:
        """An upright white card facing the camera, which catches the light where a product will stand."""
        import mitsuba as mi

        place = mi.ScalarTransform4f().translate(list(middle)).rotate([1, 0, 0], 90).scale([width / 2, height / 2, 1])
        white = {"type": "twosided", "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.8}}}
        return {"card": {"type": "rectangle", "to_world": place, "bsdf": white}}

    @staticmethod
    def _things(shapes: list[Any]) -> Node:
        return {"type": "scene"} | {f"thing{k}": shape for k, shape in enumerate(shapes)}


def sensor(camera: Camera, size: tuple[int, int], samples: int, *, pinhole: bool = False) -> Node:
    """The camera with a film of ``size`` px. A box filter keeps the noise of neighbouring pixels apart, which the
    denoiser needs."""
    import mitsuba as mi

    made: Node = {
        "type": "perspective",
        "to_world": mi.ScalarTransform4f().look_at(origin=list(camera.at), target=list(camera.towards), up=_UP),
        "fov": camera.angle,
        "fov_axis": "x",
        "film": film(size),
        "sampler": {"type": "independent", "sample_count": samples},
    }
    if camera.aperture and not pinhole:
        focus = float(np.linalg.norm(np.subtract(camera.at, camera.towards)))
        made |= {"type": "thinlens", "aperture_radius": camera.aperture, "focus_distance": focus}
    return made


def card_sensor(middle: Point, width: float, height: float, size: tuple[int, int], samples: int) -> Node:
    """A camera that sees exactly the front of `Stage.card`."""
    import mitsuba as mi

    x, y, z = middle
    view = mi.ScalarTransform4f().look_at(origin=[x, y - 0.02, z], target=[x, y, z], up=_UP)
    return {
        "type": "orthographic",
        "to_world": view.scale([width / 2, width / 2, 1]),
        "near_clip": 1e-3,
        "film": film(size),
        "sampler": {"type": "independent", "sample_count": samples},
    }


def film(size: tuple[int, int]) -> Node:
    return {
        "type": "hdrfilm",
        "width": size[0],
        "height": size[1],
        "rfilter": {"type": "box"},
        "component_format": "float32",
        "pixel_format": "rgb",
    }


def _loaded(node: Node) -> Any:
    import mitsuba as mi

    return mi.load_dict(node)


def _shape(mesh: Mesh, material: Any, glow: Node | None) -> Any:
    import mitsuba as mi

    properties = mi.Properties()
    properties["mesh_bsdf"] = material
    if glow is not None:
        properties["mesh_emitter"] = mi.load_dict({"type": "area", "radiance": glow})
    made = mi.Mesh(
        "thing",
        len(mesh.vertices),
        len(mesh.faces),
        props=properties,
        has_vertex_normals=True,
        has_vertex_texcoords=True,
    )
    values = mi.traverse(made)
    values["vertex_positions"] = mesh.vertices.astype(np.float32).ravel()
    values["vertex_normals"] = mesh.normals().astype(np.float32).ravel()
    values["vertex_texcoords"] = mesh.uv.astype(np.float32).ravel()
    values["faces"] = mesh.faces.astype(np.uint32).ravel()
    values.update()
    return made


def _flat(role: Role) -> Node:
    value = [1.0 if role == k + 1 else 0.0 for k in range(3)]
    return {"type": "twosided", "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": value}}}


def _lamp(lamp: Softbox | Sun) -> Node:
    return _softbox(lamp) if isinstance(lamp, Softbox) else _sun(lamp)


def _softbox(lamp: Softbox) -> Node:
    import mitsuba as mi

    place = mi.ScalarTransform4f().look_at(origin=list(lamp.at), target=list(lamp.towards), up=_UP)
    level = lamp.power / (np.pi * lamp.width * lamp.height)
    return {
        "type": "rectangle",
        "to_world": place.scale([lamp.width / 2, lamp.height / 2, 1]),
        "emitter": {"type": "area", "radiance": colour(light_of(lamp.colour) * np.float32(level))},
    }


def _sun(lamp: Sun) -> Node:
    """A projector: a point that throws a picture. Its shadows are as sharp as its picture, so it makes no noise."""
    import mitsuba as mi

    distance = float(np.linalg.norm(np.subtract(lamp.towards, lamp.at)))
    across = 2 * distance * np.tan(np.radians(lamp.spread) / 2)
    shades = pattern(lamp.pattern, lamp.seed, lamp.softness / across * SIZE)
    light = light_of(lamp.colour) * np.float32(lamp.power)
    return {
        "type": "projector",
        "to_world": mi.ScalarTransform4f().look_at(origin=list(lamp.at), target=list(lamp.towards), up=_UP),
        "fov": lamp.spread,
        "irradiance": bitmap(shades[..., None] * light, 1, 1),
    }
