# SPDX-License-Identifier: Apache-2.0
"""The one-pixel line that keeps a light banner from dissolving into a white page."""

from affiche.creative.composition import Box, Role
from affiche.creative.layout.draft import Draft

_LIGHT = 0.75


def hairline(draft: Draft) -> None:
    """Draw a hairline around a banner with a light ground; nothing on others."""
    ground = draft.scheme.ground
    if not draft.format.is_banner or ground.luminance < _LIGHT:
        return
    colour = ground.mixed(draft.scheme.ink, 0.2)
    width, height = draft.format.width, draft.format.height
    for box in (
        Box(0, 0, width, 1),
        Box(0, height - 1, width, 1),
        Box(0, 1, 1, height - 2),
        Box(width - 1, 1, 1, height - 2),
    ):
        draft.fill(Role.ACCENT, box, colour)
