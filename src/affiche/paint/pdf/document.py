# SPDX-License-Identifier: Apache-2.0
"""The file: one page drawn by Skia's PDF backend, its text made readable and its facts set by pikepdf (qpdf)."""

import io
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import pikepdf
import skia

from affiche.creative.composition import Composition, Role, TextLayer
from affiche.images.resample import PhotoPyramid
from affiche.paint.captions import one_line
from affiche.paint.pdf.page import draw_page
from affiche.paint.pdf.reading import make_readable
from affiche.vision.logo import Logo

POINTS_PER_PX: Final = 0.75
VERSION: Final = "1.6"


def pdf_document(composition: Composition, photo: PhotoPyramid, logo: Logo) -> bytes:
    """``composition`` as a PDF 1.6 of one page.

    One canvas px is 0.75 pt (96 px to the inch), so a Post of 1080 px is 810 pt (28.6 cm) wide. Texts are text in
    subsets of their fonts, to be selected, searched and copied; panels, outlines, scrims and icons are vectors; photo
    and logo are pictures of up to 2 and 4 px per canvas px where the originals have them. Only shadows are pictures of
    one px per canvas px. The raster's 1 % grain on scrims is left out: viewers draw the gradients smoothly themselves.

    The file holds no dates and no names of machines: the same input gives the same bytes. Raises `UnreadableFont`.
    """
    stream = skia.DynamicMemoryWStream()
    drawing = skia.PDF.MakeDocument(stream)
    try:
        canvas = drawing.beginPage(composition.format.width * POINTS_PER_PX, composition.format.height * POINTS_PER_PX)
        canvas.scale(POINTS_PER_PX, POINTS_PER_PX)
        pieces = draw_page(canvas, composition, photo, logo)
        drawing.endPage()
    finally:
        # An open document would write its end when it is collected, perhaps after its stream.
        drawing.close()
    with pikepdf.open(io.BytesIO(bytes(stream.detachAsData()))) as pdf:
        _trim(pdf.pages[0], composition)
        make_readable(pdf, pieces)
        describe(pdf, title_of(composition))
        out = io.BytesIO()
        pdf.save(
            out,
            force_version=VERSION,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def title_of(composition: Composition) -> str:
    """The headline on one line; the format's name if there is none."""
    headline = composition.layer(Role.HEADLINE)
    if not isinstance(headline, TextLayer):
        return composition.format.name
    return one_line(headline.block)


def _trim(page: pikepdf.Page, composition: Composition) -> None:
    """Skia rounds pages up to whole points, below what was drawn: cut that strip off."""
    left, _, _, top = page.mediabox
    width, height = composition.format.width * POINTS_PER_PX, composition.format.height * POINTS_PER_PX
    page.mediabox = pikepdf.Array([left, float(top) - height, float(left) + width, top])


def describe(pdf: pikepdf.Pdf, title: str) -> None:
    """Set what a file says of itself: its title, and us."""
    del pdf.docinfo
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = _producer()
    # Show the title, not the file's name, in the window's bar.
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _producer() -> str:
    try:
        return f"Affiche {version('affiche')}"
    except PackageNotFoundError:
        return "Affiche"
