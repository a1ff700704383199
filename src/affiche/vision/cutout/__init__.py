# SPDX-License-Identifier: Apache-2.0
"""Cutting a product out of a photo: `cut_out` with a `Cutter`, the built-in one or a network from a file."""

from affiche.vision.cutout.choosing import chosen_cutter
from affiche.vision.cutout.classical import ClassicalCutter
from affiche.vision.cutout.cutting import Cutter, cut_out
from affiche.vision.cutout.result import Cutout, State, UnknownForeground

__all__ = ["ClassicalCutter", "Cutout", "Cutter", "State", "UnknownForeground", "chosen_cutter", "cut_out"]
