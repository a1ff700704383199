# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/Authorization``: tokens for an application and its key."""

from typing import Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request

from affiche.api.adcreative import schemas
from affiche.api.adcreative.answers import JsonAnswer, route_class
from affiche.api.adcreative.binding import Binder, Naming
from affiche.api.adcreative.openapi import Operation
from affiche.api.adcreative.reception import read_json
from affiche.api.adcreative.references import preserve
from affiche.service.accounts.errors import WrongJwtKey, WrongRefreshToken
from affiche.service.accounts.tokens import Tokens
from affiche.service.accounts.values import IssuedTokens

PATH: Final = "/api/v1/Authorization"
WRONG: Final = {"JwtPrivateKey": ["The JwtPrivateKey field is required."]}

GENERATE: Final = Operation(
    "POST",
    f"{PATH}/GenerateJwtToken",
    "GenerateJwtToken",
    "Get an access token",
    json=(schemas.APPLICATION_ID, schemas.JWT_KEY),
    component="Tokens",
    preserved=True,
    authenticated=False,
    wrong=WRONG,
    raises=(WrongJwtKey(UUID(schemas.APPLICATION)),),
)
REFRESH: Final = Operation(
    "POST",
    f"{PATH}/RefreshJwtToken",
    "RefreshJwtToken",
    "Trade a refresh token for new tokens",
    json=(schemas.APPLICATION_ID, schemas.JWT_KEY, schemas.REFRESH_TOKEN),
    component="Tokens",
    preserved=True,
    authenticated=False,
    wrong=WRONG,
    raises=(WrongRefreshToken(),),
)
OPERATIONS: Final = (GENERATE, REFRESH)


class AuthorizationController:
    """Needs no credentials in the headers: the body holds them."""

    def __init__(self, tokens: Tokens, *, preserve_references: bool) -> None:
        self._tokens = tokens
        self._preserve = preserve_references

    def router(self) -> APIRouter:
        router = APIRouter(route_class=route_class(preserve_references=self._preserve), tags=["Authorization"])
        GENERATE.add_to(router, self.generate)
        REFRESH.add_to(router, self.refresh)
        return router

    async def generate(self, request: Request) -> JsonAnswer:
        binder = Binder(await read_json(request), Naming.PASCAL)
        application, key = binder.take(schemas.APPLICATION_ID), binder.take(schemas.JWT_KEY)
        binder.refuse_if_wrong()
        return self._answer(await to_thread.run_sync(self._tokens.issue, application, key))

    async def refresh(self, request: Request) -> JsonAnswer:
        binder = Binder(await read_json(request), Naming.PASCAL)
        application, key = binder.take(schemas.APPLICATION_ID), binder.take(schemas.JWT_KEY)
        refresh_token = binder.take(schemas.REFRESH_TOKEN)
        binder.refuse_if_wrong()
        return self._answer(await to_thread.run_sync(self._tokens.refresh, application, key, refresh_token))

    def _answer(self, tokens: IssuedTokens) -> JsonAnswer:
        body = schemas.tokens_body(tokens)
        return JsonAnswer(preserve(body) if self._preserve else body)
