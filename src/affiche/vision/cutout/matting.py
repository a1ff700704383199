# SPDX-License-Identifier: Apache-2.0
"""PyMatting's closed form and multi-level foreground, on one thread and loaded when first needed.

PyMatting compiles itself by Numba when it is imported for the first time, which takes most of a minute; Numba keeps
the result beside the package, or in the user's cache folder where that is not writable. ``python -m
affiche.vision.cutout.matting`` does that ahead of time; the Makefile calls it once. Later loads take a second.
"""

from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]

# Numba's own pool of threads must not be entered twice at once.
_ALONE: Final = Lock()
_EPSILON: Final = 1e-6
_TOLERANCE: Final = 1e-4
_MOST_STEPS: Final = 400


def closed_form(rgb: Map, trimap: Map) -> Map | None:
    """Alpha (h, w) 0..1 of RGB 0..1 (h, w, 3), where ``trimap`` is 0 outside, 1 inside and 0.5 unknown.

    A. Levin et al., "A Closed-Form Solution to Natural Image Matting" (2008). None where the solver gives up.
    """
    pymatting = _loaded()
    with _ALONE:
        try:
            alpha = pymatting.estimate_alpha_cf(
                rgb.astype(np.float64),
                trimap.astype(np.float64),
                laplacian_kwargs={"epsilon": _EPSILON},
                cg_kwargs={"rtol": _TOLERANCE, "maxiter": _MOST_STEPS},
            )
        except ValueError:
            return None
    return np.asarray(alpha, np.float32)


def unmixed(rgb: Map, alpha: Map) -> tuple[Map, Map]:
    """Foreground and background colours (h, w, 3) that ``alpha`` mixes into ``rgb``.

    T. Germer et al., "Fast Multi-Level Foreground Estimation" (2020).
    """
    pymatting = _loaded()
    with _ALONE:
        front, back = pymatting.estimate_foreground_ml(rgb, alpha, return_background=True)
    return np.asarray(front, np.float32), np.asarray(back, np.float32)


def _loaded() -> Any:
    import numba

    numba.config.THREADING_LAYER = "workqueue"  # type: ignore[attr-defined]
    import pymatting

    numba.set_num_threads(1)
    return pymatting


if __name__ == "__main__":
    _loaded()
