# SPDX-License-Identifier: Apache-2.0
"""How large a stranger's picture may be."""

from typing import Final

MAX_IMAGE_BYTES: Final = 22 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
