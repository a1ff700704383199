# SPDX-License-Identifier: Apache-2.0
"""Why a picture of a batch failed: every code with its one sentence."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from affiche.outbound.source_errors import SourceProblem


class ItemFault(StrEnum):
    """Faults that do not come from fetching."""

    CONTENT_POLICY = "content_policy_violation"
    PROVIDER = "provider_error"
    STORAGE = "storage_error"
    RATE_LIMIT = "rate_limit_exceeded"


SENTENCES: Final[Mapping[str, str]] = {each.value: each.sentence for each in SourceProblem} | {
    ItemFault.CONTENT_POLICY: "The image contains content that is not allowed.",
    ItemFault.PROVIDER: "The image could not be processed. Retry later.",
    ItemFault.STORAGE: "The result could not be stored. Retry later.",
    ItemFault.RATE_LIMIT: "Rate limit exceeded.",
}
_OF_ENGINE: Final[Mapping[str, str]] = {
    "unreadable_image": SourceProblem.UNSUPPORTED_TYPE,
    "image_too_large": SourceProblem.TOO_LARGE,
    ItemFault.CONTENT_POLICY: ItemFault.CONTENT_POLICY,
}


def fault_of_engine(reason: str) -> str:
    """The code that clients see for an error of the engine by its own code."""
    return _OF_ENGINE.get(reason, ItemFault.PROVIDER)
