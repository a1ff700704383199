# SPDX-License-Identifier: Apache-2.0
"""The features whose work is a process with tasks, by what the names of their messages begin with."""

from enum import StrEnum


class Family(StrEnum):
    """A process belongs to one family; no use case sees another's."""

    CREATIVES = "ImageGeneration"
    PHOTOSHOOTS = "ImageProductGeneration"

    @property
    def pictures(self) -> str:
        """What its tasks make."""
        return "creatives" if self is Family.CREATIVES else "pictures"
