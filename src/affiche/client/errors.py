# SPDX-License-Identifier: Apache-2.0
"""What a client has to expect."""

from typing import ClassVar

from affiche.errors import AfficheError


class ApiError(AfficheError):
    """The server has refused a request: branch on ``api_code``, give ``request_id`` to whoever runs the server."""

    code: ClassVar[str] = "api_error"

    def __init__(self, status: int, api_code: str, message: str, request_id: str) -> None:
        super().__init__(f"{message} ({api_code}, {request_id})")
        self.status = status
        self.api_code = api_code
        self.request_id = request_id


class NoAnswer(AfficheError):
    """The server gave no answer, or none that this API gives, however often it was asked."""

    code: ClassVar[str] = "no_answer"


class TooLate(AfficheError):
    """The batch has not ended in the time that was given."""

    code: ClassVar[str] = "too_late"
