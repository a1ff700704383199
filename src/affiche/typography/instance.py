# SPDX-License-Identifier: Apache-2.0
"""A variable font at one place on its axes, as a font of its own.

The FreeType inside Skia 144 lets the variations of one glyph spoil those of others: after the E of a bold Noto Sans,
its H, I and K come out far too heavy. A font without variations cannot be spoilt.
"""

import uharfbuzz as hb

Variations = tuple[tuple[str, float], ...]


def instance(path: str, index: int, variations: Variations) -> bytes | None:
    """The font file of face ``index`` in ``path`` with its axes pinned to ``variations`` (others to their defaults).
    Glyph numbers and outlines stay as they are. None if the outlines are not TrueType outlines that vary."""
    face = hb.Face(hb.Blob.from_file_path(path), index)
    if "gvar" not in face.table_tags:
        return None
    wish = hb.SubsetInput()
    wish.keep_everything()
    wish.flags |= hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE
    wish.pin_all_axes_to_default(face)
    for axis, value in variations:
        wish.pin_axis_location(face, axis, value)
    return bytes(hb.subset(face, wish).blob.data)
