# SPDX-License-Identifier: Apache-2.0
"""A `Composition` as a layered Photoshop document."""

from affiche.paint.psd.document import psd_document

__all__ = ["psd_document"]
