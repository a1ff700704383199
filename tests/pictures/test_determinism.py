# SPDX-License-Identifier: Apache-2.0
"""Same brief and seed, same bytes: in this process, in another one, and whatever was rendered before."""

import hashlib
import subprocess
import sys

from affiche.creative.formats import RenderKind, format_of
from affiche.images.encode import ImageFormat
from affiche.paint.cache import PaintCache
from affiche.rendering import render_creative
from tests.pictures.briefs import OWN, campaign

SCRIPT = """
import hashlib
from affiche.creative.formats import RenderKind, format_of
from affiche.rendering import render_creative
from tests.pictures.briefs import OWN, campaign
print(hashlib.sha256(render_creative(campaign(OWN[0]), format_of(RenderKind.POST), 2).content).hexdigest())
"""


def digest(variant: int, cache: PaintCache | None = None) -> str:
    creative = render_creative(campaign(OWN[0]), format_of(RenderKind.POST), variant, cache=cache)
    return hashlib.sha256(creative.content).hexdigest()


def test_another_process_makes_the_same_bytes() -> None:
    other = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120)
    assert other.stdout.strip() == digest(2)


def test_a_warm_cache_changes_nothing() -> None:
    cache = PaintCache()
    for variant in (1, 3, 4):
        digest(variant, cache)
    assert digest(2, cache) == digest(2)


def test_each_encoding_is_what_it_says() -> None:
    heads = {ImageFormat.PNG: b"\x89PNG", ImageFormat.JPEG: b"\xff\xd8\xff", ImageFormat.WEBP: b"RIFF"}
    heads[ImageFormat.AVIF] = b"\0\0\0\x1cftypavif"
    for image_format, head in heads.items():
        creative = render_creative(campaign(OWN[0]), format_of(RenderKind.MEDIUM_BANNER), 1, image_format=image_format)
        assert creative.content.startswith(head)
        assert creative.thumbnail.startswith(heads[ImageFormat.JPEG])
