# SPDX-License-Identifier: Apache-2.0
"""Compositions as SVG files that a designer goes on editing."""

from affiche.paint.svg.document import svg_document

__all__ = ["svg_document"]
