# SPDX-License-Identifier: Apache-2.0
"""How operations of the dialect answer: JSON as the vendor writes it, and every exception in its envelope."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from affiche import logs
from affiche.api.adcreative import errors
from affiche.api.adcreative.binding import Refused
from affiche.api.adcreative.references import Json
from affiche.api.tracing import trace_of
from affiche.errors import AfficheError

log = logs.logger(__name__)

Handler = Callable[[Request], Awaitable[Response]]
CLIENT_GONE: Final = 499


class JsonAnswer(Response):
    """JSON in UTF-8 with the properties in the order given."""

    media_type = "application/json; charset=utf-8"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class AdCreativeRoute(APIRoute):
    """A route whose exceptions are answered in the dialect. The route's name is the operation's name in the bodies."""

    preserve_references = True

    def get_route_handler(self) -> Callable[[Request], Any]:
        handler: Handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except ClientDisconnect:
                return Response(status_code=CLIENT_GONE)
            except Exception as error:
                return self._refusal(error, str(trace_of(request)))

        return answer

    def _refusal(self, error: Exception, trace: str) -> JsonAnswer:
        headers = {"connection": "close"} if isinstance(error, Refused) and error.hang_up else None
        if isinstance(error, Refused) and error.instead is not None:
            error = error.instead
        if isinstance(error, Refused):
            return JsonAnswer(self._invalid(error, trace), 400, headers)
        expected = errors.of_exception(error, self.name, trace) if isinstance(error, AfficheError) else None
        if expected is None:
            log.error("request_failed", operation=self.name, exc_info=error)
            expected = errors.fault(self.name, trace, timed_out=isinstance(error, TimeoutError))
        status, body = expected
        return JsonAnswer(body, status, headers)

    def _invalid(self, error: Refused, trace: str) -> Json:
        """The body for fields that are wrong."""
        if error.of_query:
            return errors.query_invalid(error.problems, trace, preserved=self.preserve_references)
        return errors.form_invalid(error.problems)


class PhotoshootRoute(AdCreativeRoute):
    """A route of the photoshoot family, which has one envelope for wrong fields, wherever they stand."""

    def _invalid(self, error: Refused, trace: str) -> Json:
        return errors.photoshoot_invalid(error.problems, trace)


class PlainAdCreativeRoute(AdCreativeRoute):
    """The same without reference ids, for servers that turn them off."""

    preserve_references = False


def route_class(*, preserve_references: bool) -> type[AdCreativeRoute]:
    return AdCreativeRoute if preserve_references else PlainAdCreativeRoute
