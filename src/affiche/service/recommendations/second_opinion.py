# SPDX-License-Identifier: Apache-2.0
"""Asking a vision model, where the operator has one, and going without it where it does not answer in time."""

import logging
from typing import Final

from affiche.outbound.vision_model import VisionModel
from affiche.recognition.opinion import Adviser, NoOpinion, completed
from affiche.recognition.recommendation import Recommendation
from affiche.settings import Settings
from affiche.studio.presets import PRESETS

_log: Final = logging.getLogger(__name__)


def adviser_of(settings: Settings) -> Adviser | None:
    """The vision model of the settings, if they name one."""
    if not settings.vision_url:
        return None
    return VisionModel(
        settings.vision_url,
        settings.vision_model,
        settings.vision_key.get_secret_value(),
        PRESETS.values(),
        seconds=settings.vision_seconds,
    )


def with_second_opinion(own: Recommendation, picture: bytes, adviser: Adviser | None) -> Recommendation:
    """``own`` as far as ``adviser`` does not know better; exactly ``own`` without one, or if it has nothing to say.

    ``picture`` is what `affiche.recognition.opinion.shown` makes. Blocks for as long as the adviser may take; call it
    outside of transactions and of render processes.
    """
    if adviser is None:
        return own
    try:
        return completed(adviser(picture), own)
    except NoOpinion as error:
        _log.warning("no second opinion", extra={"reason": str(error)})
        return own
