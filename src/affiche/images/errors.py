# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a stranger's picture."""

from typing import ClassVar

from affiche.errors import AfficheError


class UnreadableImage(AfficheError):
    """The bytes are not a whole picture of a kind that we read; the message says what was found instead."""

    code: ClassVar[str] = "unreadable_image"


class ImageTooLarge(AfficheError):
    """The picture has more bytes or more pixels than we accept; nothing of it was decoded."""

    code: ClassVar[str] = "image_too_large"
