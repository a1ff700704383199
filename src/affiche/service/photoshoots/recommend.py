# SPDX-License-Identifier: Apache-2.0
"""A first look at a product photo: its product is cut out and kept, named, and scenes are recommended for it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid4

from affiche.errors import InvalidInput
from affiche.images.decode import decode_picture
from affiche.jobs.rendering.messages import Recognised, RecogniseRequest, RenderFailed
from affiche.recognition.opinion import Adviser, shown
from affiche.recognition.recommendation import Recommendation
from affiche.service.accounts.values import Caller
from affiche.service.assets import pictures
from affiche.service.assets.pictures import Picture
from affiche.service.assets.uploads import Upload
from affiche.service.clock import Clock
from affiche.service.photoshoots.errors import BackgroundNotRemoved
from affiche.service.photoshoots.values import Recommended
from affiche.service.recommendations.second_opinion import with_second_opinion
from affiche.store.blobs import Blobs
from affiche.store.tables import AssetRow
from affiche.store.unit_of_work import Store
from affiche.vision.cutout import UnknownForeground


class Recognises(Protocol):
    """Cuts a product out and looks at it, outside of this process. Raises `RenderFailed` whose ``reason`` is the code
    of the engine's error."""

    def recognise(self, request: RecogniseRequest) -> Recognised: ...


@dataclass(frozen=True, slots=True)
class Recommending:
    """Only the cut-out is kept, not the photo. The same photo gives another asset each time. ``adviser`` is a vision
    model to ask as well."""

    store: Store
    blobs: Blobs
    clock: Clock
    engine: Recognises
    adviser: Adviser | None = None

    def __call__(self, caller: Caller, user_id: UUID, photo: Upload) -> Recommended:
        """Raises `BackgroundNotRemoved`, and `InvalidInput` (field ``product_image``) for what is no picture."""
        found = self._recognised(photo)
        cutout = Picture.of(found.content)
        now = self.clock()
        pictures.keep(self.store, self.blobs, [(cutout, found.content)], now)
        asset = AssetRow(
            id=uuid4(),
            application_id=caller.application_id,
            user_id=user_id,
            digest=cutout.digest,
            width=found.width,
            height=found.height,
            confidence=found.confidence,
            created_at=now,
        )
        with self.store.transaction() as session:
            pictures.refer(session, [cutout], now)
            session.add(asset)
        said = self._said(found)
        return Recommended(said.product_name, said.product_description, asset.id, said.prompts, said.preset_ids)

    def _said(self, found: Recognised) -> Recommendation:
        """What we see ourselves and, where there is one, a vision model."""
        own = Recommendation(found.name, found.description, found.prompts, found.preset_ids)
        if self.adviser is None:
            return own
        return with_second_opinion(own, shown(decode_picture(found.content)), self.adviser)

    def _recognised(self, photo: Upload) -> Recognised:
        try:
            return self.engine.recognise(RecogniseRequest(photo.read()))
        except RenderFailed as error:
            if error.reason == UnknownForeground.code:
                raise BackgroundNotRemoved.unknown_foreground() from error
            raise InvalidInput("product_image", str(error)) from error
