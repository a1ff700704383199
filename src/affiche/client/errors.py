# SPDX-License-Identifier: Apache-2.0
"""What a client has to expect."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final

from affiche.errors import AfficheError

_NONE: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


class ApiError(AfficheError):
    """The server has refused a request. Give ``request_id`` to whoever runs the server; "" if it told none.

    The enhancement API says why by ``api_code``; the ad creative API has none and tells of ``problems``: sentences by
    the field that is wrong or by the operation that failed.
    """

    code: ClassVar[str] = "api_error"

    def __init__(
        self,
        status: int,
        api_code: str,
        message: str,
        request_id: str,
        problems: Mapping[str, Sequence[str]] = _NONE,
    ) -> None:
        super().__init__(f"{message} ({', '.join(filter(None, (api_code, request_id))) or status})")
        self.status = status
        self.api_code = api_code
        self.request_id = request_id
        self.problems = problems


class NoAnswer(AfficheError):
    """The server gave no answer, or none that this API gives, however often it was asked."""

    code: ClassVar[str] = "no_answer"


class TooLate(AfficheError):
    """The work has not ended in the time that was given."""

    code: ClassVar[str] = "too_late"
