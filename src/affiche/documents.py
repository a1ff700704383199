# SPDX-License-Identifier: Apache-2.0
"""Creatives as documents that a designer goes on editing: SVG, PDF, PSD."""

from enum import StrEnum
from importlib import import_module
from typing import Any, Final

from affiche.creative.campaign import Campaign
from affiche.creative.formats import Format


class DocumentKind(StrEnum):
    """The documents that a creative can be fetched as."""

    SVG = "svg"
    PDF = "pdf"
    PSD = "psd"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]

    @property
    def suffix(self) -> str:
        """The ending of a file name, with its dot."""
        return f".{self.value}"


_CONTENT_TYPES: Final = {
    DocumentKind.SVG: "image/svg+xml",
    DocumentKind.PDF: "application/pdf",
    DocumentKind.PSD: "image/vnd.adobe.photoshop",
}
# Loaded when first asked for: the libraries that write PDF and PSD are large, and few processes need them.
_PAINTERS: Final = {
    DocumentKind.SVG: ("affiche.paint.svg", "svg_document"),
    DocumentKind.PDF: ("affiche.paint.pdf", "pdf_document"),
    DocumentKind.PSD: ("affiche.paint.psd", "psd_document"),
}


def draw_document(campaign: Campaign, format: Format, variant: int, of: int, kind: DocumentKind) -> bytes:
    """Creative number ``variant`` (from 1) of ``of`` on ``format`` as a document. Raises `TextDoesNotFit`."""
    module, function = _PAINTERS[kind]
    painter: Any = getattr(import_module(module), function)
    composition = campaign.compose(format, variant, of)
    return bytes(painter(composition, campaign.photo, campaign.logo))
