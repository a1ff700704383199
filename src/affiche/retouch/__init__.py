# SPDX-License-Identifier: Apache-2.0
"""Makes product pictures better: packshots on white, cut-outs, tone, and scenes of the studio.

`Retoucher.retouch` takes a stranger's file and the id of a treatment; everything below it is a pure function of pixels.
"""

from affiche.retouch.retoucher import Retouched, Retoucher

__all__ = ["Retouched", "Retoucher"]
