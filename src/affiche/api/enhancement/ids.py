# SPDX-License-Identifier: Apache-2.0
"""Ids in paths."""

from uuid import UUID


def canonical_uuid(text: str) -> UUID | None:
    """The UUID that is written as UUIDs are, with hyphens; None for everything else."""
    try:
        value = UUID(text)
    except ValueError:
        return None
    return value if str(value) == text.lower() else None
