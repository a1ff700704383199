# SPDX-License-Identifier: Apache-2.0
"""Decisions between equally good designs: they hang on a campaign's seed alone, so that every size decides alike."""

from typing import Final

_WORD: Final = 2**64 - 1


def mixed(seed: int, salt: int) -> int:
    """A number below 2**64 that depends on every bit of ``seed`` (the finaliser of splitmix64, Steele et al. 2014), so
    that neighbouring seeds decide differently."""
    value = (seed + (salt + 1) * 0x9E3779B97F4A7C15) & _WORD
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _WORD
    return value ^ (value >> 31)
