# SPDX-License-Identifier: Apache-2.0
"""Baking: a scene to a plate, by Mitsuba 3 and Open Image Denoise. Needs the optional extra ``bake``."""
