# SPDX-License-Identifier: Apache-2.0
"""The content-aware layout measures of the PosterLayout benchmark, on our compositions.

Source: H. Y. Hsu, X. He, Y. Peng, H. Kong and Q. Zhang, "PosterLayout: A New Benchmark and Approach for Content-aware
Visual-Textual Presentation Layout", CVPR 2023, and the benchmark's public evaluation program (eval.py of
PKU-ICST-MIPL/PosterLayout-CVPR2023), whose conventions decide where the paper leaves a choice: elements are texts,
logos and underlays; those that show less than 0.1 % of the canvas do not count; an average over many layouts is the
plain mean, of underlay measures over the layouts that have an underlay.
"""

from affiche.creative.measures.elements import Element, Kind, elements, plain_layers
from affiche.creative.measures.ground import Ground, occlusion, readability, readability_in_bytes, utility
from affiche.creative.measures.layout import (
    alignment,
    alignment_of_each,
    overlap,
    underlay_loose,
    underlay_strict,
)
from affiche.creative.measures.summary import Measures, means

__all__ = [
    "Element",
    "Ground",
    "Kind",
    "Measures",
    "alignment",
    "alignment_of_each",
    "elements",
    "means",
    "occlusion",
    "overlap",
    "plain_layers",
    "readability",
    "readability_in_bytes",
    "underlay_loose",
    "underlay_strict",
    "utility",
]
