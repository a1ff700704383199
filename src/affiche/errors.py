# SPDX-License-Identifier: Apache-2.0
"""The root of every error that Affiche raises on purpose.

Each subclass stands for one thing that can go wrong and carries a stable ``code``. The wire dialects turn the classes
into their own bodies; nothing below them knows about HTTP.
"""

from typing import ClassVar


class AfficheError(Exception):
    """Something that was asked for cannot be done; the message is a sentence for the person who asked."""

    code: ClassVar[str] = "error"


class InvalidInput(AfficheError):
    """One named input is wrong; ``field`` is the snake_case name of the input and the message names the remedy."""

    code: ClassVar[str] = "invalid_input"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
