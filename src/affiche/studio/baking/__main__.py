# SPDX-License-Identifier: Apache-2.0
"""The child process of a bake: ``python -m affiche.studio.baking VARIANT SCENE WIDTH HEIGHT SAMPLES FOLDER PITCH...``.

It prints a line per finished step, which the parent counts. A fault of the renderer's code generator kills it and
nothing else."""

import os
import sys
from pathlib import Path

from affiche.studio.baking.quality import STEP, Quality
from affiche.studio.baking.variants import PROBE


def main(arguments: list[str]) -> int:
    """Bake, or with ``probe`` render a triangle to see whether the variant works here."""
    import mitsuba as mi

    variant = arguments[0]
    mi.set_variant(variant)
    if arguments[1] == PROBE:
        return _probe()
    from affiche.studio.baking.developing import plate_of
    from affiche.studio.baking.rendering import views
    from affiche.studio.plate import packed, plate_file
    from affiche.studio.scene import Pitch
    from affiche.studio.stages import STAGES

    scene, (width, height, samples), folder = arguments[1], map(int, arguments[2:5]), Path(arguments[5])
    pitches = [Pitch(int(pitch)) for pitch in arguments[6:]]
    seen = views(STAGES[scene](), pitches, Quality((width, height), samples), _step)
    for pitch, (spec, layers) in zip(pitches, seen, strict=True):
        out = folder / plate_file(scene, pitch)
        unfinished = out.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(packed(plate_of(spec, layers)))
        unfinished.replace(out)
    return 0


def _step() -> None:
    sys.stdout.write(f"{STEP}\n")
    sys.stdout.flush()


def _probe() -> int:
    import mitsuba as mi
    import numpy as np

    scene = mi.load_dict(mi.cornell_box() | {"integrator": {"type": "path", "max_depth": 3}})
    return 0 if float(np.array(mi.render(scene, spp=1)).mean()) > 0 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
