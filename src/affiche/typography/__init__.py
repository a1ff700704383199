# SPDX-License-Identifier: Apache-2.0
"""Fonts, shaping, line breaking and fitting: from words to placed glyphs."""
