# SPDX-License-Identifier: Apache-2.0
"""OpenCV and libvips, told once to behave as a library inside a worker.

Both start a thread per core and libvips keeps a cache of operations; a worker already runs one render per core, and
kept operations would keep strangers' pixels. libvips' loaders that are not safe for strangers' bytes are switched
off. Import `cv2` and `pyvips` from here wherever pictures are worked on.
"""

import cv2
import pyvips

__all__ = ["cv2", "pyvips"]

cv2.setNumThreads(1)
pyvips.concurrency_set(1)
pyvips.cache_set_max(0)
pyvips.block_untrusted_set(True)
