# SPDX-License-Identifier: Apache-2.0
"""What every operation does first: find out who is asking, then read what came along.

The order is the contract's (section 4.8): credentials before anything of the body is read, then the application that
the request names, then all other fields.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from anyio import to_thread
from starlette.requests import Request

from affiche.api.adcreative.binding import Binder, Naming, Refused, claimed_application
from affiche.api.adcreative.forms import BrokenForm, Form, FormLimits, FormTooLarge, query_form, read_form
from affiche.errors import AfficheError
from affiche.service.accounts.tokens import Tokens
from affiche.service.accounts.values import Caller

MAX_JSON_BYTES: Final = 256 * 1024
BODY: Final = "$"


@dataclass(frozen=True, slots=True)
class Reception:
    """Admits requests. ``limits`` bound the forms with pictures."""

    tokens: Tokens
    limits: FormLimits

    async def query(self, request: Request) -> tuple[Caller, Binder]:
        """The caller and the query parameters. Raises `NotAuthenticated`."""
        caller = await self._caller(request)
        form = query_form([*request.path_params.items(), *request.query_params.multi_items()])
        _require_own(caller, form)
        return caller, Binder(form, Naming.CAMEL)

    @asynccontextmanager
    async def form(
        self, request: Request, naming: Naming, too_large: AfficheError | None = None
    ) -> AsyncIterator[tuple[Caller, Binder]]:
        """The caller and the form, whose files live as long as the context. Raises `NotAuthenticated`, `Refused`;
        ``too_large`` is what the operation answers with where the whole form is, if it has an error of its own."""
        caller = await self._caller(request)
        try:
            form = await read_form(request, self.limits)
        except FormTooLarge as error:
            raise Refused({BODY: [str(error)]}, hang_up=error.unread, instead=too_large) from error
        except BrokenForm as error:
            raise Refused({BODY: [str(error)]}, hang_up=error.unread) from error
        with form:
            _require_own(caller, form)
            yield caller, Binder(form, naming, self.limits.file_bytes)

    async def json(self, request: Request) -> tuple[Caller, Binder]:
        """The caller and the JSON body. Raises `NotAuthenticated`, `Refused`."""
        caller = await self._caller(request)
        form = await read_json(request)
        form.texts |= {name.lower(): [text] for name, text in request.path_params.items()}
        _require_own(caller, form)
        return caller, Binder(form, Naming.PASCAL)

    async def _caller(self, request: Request) -> Caller:
        headers = request.headers
        scheme, _, token = headers.get("authorization", "").strip().partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" and token.strip() else None
        caller = await to_thread.run_sync(
            self.tokens.authenticate, bearer, headers.get("x-api-key"), headers.get("x-api-secret")
        )
        structlog.contextvars.bind_contextvars(application_id=str(caller.application_id))
        return caller


def _require_own(caller: Caller, form: Form) -> None:
    claimed = claimed_application(form)
    if claimed is not None:
        caller.require(claimed)


async def read_json(request: Request) -> Form:
    """A JSON object as a form: names in any case, ``{"a": {"b": 1}}`` as ``a.b``. The content type is not looked at.

    Raises `Refused` for what is not a JSON object or is larger than `MAX_JSON_BYTES`.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_JSON_BYTES:
            raise Refused({BODY: [f"The request body is larger than {MAX_JSON_BYTES} bytes; send less."]})
    try:
        content = json.loads(bytes(body).decode("utf-8-sig")) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise Refused({BODY: ["The request body is not valid JSON; send a JSON object."]}) from error
    if not isinstance(content, dict):
        raise Refused({BODY: ["The request body is not a JSON object."]})
    form = Form()
    _flatten(content, "", form, depth=2)
    return form


def _flatten(content: dict[str, Any], prefix: str, form: Form, depth: int) -> None:
    for name, value in content.items():
        if isinstance(value, dict) and depth > 1:
            _flatten(value, f"{prefix}{name}.", form, depth - 1)
        elif value is not None:
            form.add_text(prefix + name, value if isinstance(value, str) else json.dumps(value))
