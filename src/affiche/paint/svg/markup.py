# SPDX-License-Identifier: Apache-2.0
"""Elements and numbers as SVG writes them."""

import base64
from xml.sax.saxutils import escape, quoteattr

from affiche.images.colour import Colour
from affiche.paint.outlines import PixelBox


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element. An attribute's underscores become hyphens, one of None is left out; ``children`` are markup."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def words(text: str) -> str:
    """Characters as markup; those that XML 1.0 cannot hold are left out."""
    return escape("".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32))


def number(value: float) -> str:
    """To a thousandth of a pixel, without idle zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def colour(value: Colour) -> str:
    return value.hex


def data_url(content_type: str, content: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode('ascii')}"


def link(target: str) -> dict[str, str]:
    """A reference as an attribute of SVG 1.1, which every program reads; Inkscape 1.2 shows no picture without it."""
    return {"xlink:href": target}


def place(box: PixelBox) -> dict[str, float]:
    """x, y, width and height as attributes."""
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
