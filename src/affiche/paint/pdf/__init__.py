# SPDX-License-Identifier: Apache-2.0
"""A `Composition` as a PDF."""

from affiche.paint.pdf.document import pdf_document

__all__ = ["pdf_document"]
