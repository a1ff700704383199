# SPDX-License-Identifier: Apache-2.0
"""The picture engine as a renderer: campaigns stay open, so that one decoded photo serves many jobs."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

import cv2

from affiche.appraisal import appraise, engine_versions, font_digests
from affiche.creative.campaign import Campaign
from affiche.creative.formats import format_of
from affiche.documents import draw_document
from affiche.images.encode import ImageFormat, encode
from affiche.images.refit import refit
from affiche.jobs.rendering.equipment import EMPTY_HANDED, Equipment
from affiche.jobs.rendering.messages import (
    DocumentRequest,
    Enhanced,
    EnhanceRequest,
    FetchPicture,
    FitRequest,
    Made,
    PreviewRequest,
    Recognised,
    RecogniseRequest,
    Rendered,
    RenderRequest,
    ShootRequest,
    Shot,
)
from affiche.jobs.rendering.photography import Photography
from affiche.paint.cache import PaintCache
from affiche.paint.raster import paint
from affiche.rendering import render_creative
from affiche.retouch import Retouched, Retoucher
from affiche.retouch.retoucher import EMPTY_SCENE
from affiche.studio.studio import Studio
from affiche.vision.cutout import chosen_cutter

KEPT_CAMPAIGNS: Final = 2
CACHE_BYTES: Final = 24 * 1024 * 1024
"""With a 3000x2000 photo the default, half as large again, takes a process over 300 MB."""


class CreativeRenderer:
    """Keeps the last `KEPT_CAMPAIGNS` campaigns. A decoded 50-megapixel photo takes 150 MB, hence so few. Plates of the
    studio are unpacked into the shared folder, for all render processes to map."""

    def __init__(self, equipment: Equipment = EMPTY_HANDED) -> None:
        cv2.setNumThreads(1)  # a render process has one core to itself
        self._campaigns: OrderedDict[Hashable, Campaign] = OrderedDict()
        self._cache = PaintCache(CACHE_BYTES)
        studio = Studio(equipment.plates)
        cutter = chosen_cutter(equipment.cutout_model, equipment.cutout_family)
        self._retoucher = Retoucher(cutter, studio)
        self._photography = Photography(studio, cutter)

    def render(self, request: RenderRequest, fetch: FetchPicture) -> Rendered:
        format = format_of(request.kind)
        campaign = self._campaign(request, fetch)
        creative = render_creative(
            campaign, format, request.variant, of=request.of, max_bytes=request.max_bytes, cache=self._cache
        )
        design = creative.composition
        appraisal = appraise(campaign, design, request.of)
        return Rendered(
            creative.content,
            creative.thumbnail,
            format.width,
            format.height,
            design.dropped,
            creative.image_format,
            creative.budget.to_json() if creative.budget else None,
            appraisal.score,
            appraisal.diversity,
            font_digests(design),
            engine_versions(),
        )

    def document(self, request: DocumentRequest, fetch: FetchPicture) -> Made:
        wanted = request.creative
        campaign = self._campaign(wanted, fetch)
        if isinstance(request.kind, ImageFormat):
            design = campaign.compose(format_of(wanted.kind), wanted.variant, wanted.of)
            canvas = paint(design, campaign.photo, campaign.logo, self._cache)
            return Made(encode(canvas, request.kind), request.kind)
        return Made(draw_document(campaign, format_of(wanted.kind), wanted.variant, wanted.of, request.kind))

    def fit(self, request: FitRequest) -> Made:
        return Made(*refit(request.content, request.image_format, request.max_bytes))

    def enhance(self, request: EnhanceRequest) -> Enhanced:
        done = self._enhanced(request)
        height, width = done.pixels.shape[:2]
        receipt = done.receipt | {"engine": engine_versions()}
        return Enhanced(done.content, done.thumbnail, width, height, done.notes, receipt)

    def _enhanced(self, request: EnhanceRequest) -> Retouched:
        if request.treatment == EMPTY_SCENE:
            return self._retoucher.scene(request.instructions, request.wishes, request.variant)
        return self._retoucher.retouch(
            request.content,
            request.treatment,
            request.preservation,
            request.instructions,
            request.wishes,
            request.variant,
        )

    def shoot(self, request: ShootRequest, fetch: FetchPicture) -> Shot:
        return self._photography.shoot(request, fetch)

    def preview(self, request: PreviewRequest) -> Made:
        return self._photography.preview(request)

    def recognise(self, request: RecogniseRequest) -> Recognised:
        return self._photography.recognise(request)

    def _campaign(self, request: RenderRequest, fetch: FetchPicture) -> Campaign:
        key = request.campaign_key
        if key not in self._campaigns:
            opened = self._open(request, fetch)
            while len(self._campaigns) >= KEPT_CAMPAIGNS:
                self._campaigns.popitem(last=False)
            self._campaigns[key] = opened
        self._campaigns.move_to_end(key)
        return self._campaigns[key]

    def _open(self, request: RenderRequest, fetch: FetchPicture) -> Campaign:
        pictures = (request.photo_digest, request.logo_digest)
        for key, kept in self._campaigns.items():
            if isinstance(key, tuple) and key[1:3] == pictures:
                reading = kept.materials.reading
                return Campaign.of(request.brief, kept.photo, reading, kept.logo, request.seed)
        photo, logo = (fetch(digest) for digest in pictures)
        return Campaign.open(request.brief, photo, logo, request.seed)
