# SPDX-License-Identifier: Apache-2.0
"""Requests that nobody thought of, made up from the documents of both dialects: no 5xx, and every answer fits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from affiche.api.app import OPERATIONS, create_app
from affiche.api.enhancement import openapi as enhancement
from affiche.images.png import png_rgba
from affiche.samples import sample_logo
from affiche.service.accounts.key_values import Environment
from affiche.service.accounts.values import Caller
from affiche.service.assembly import Services
from affiche.service.channels.values import ChannelDraft, WebhookTarget
from affiche.settings import Settings

ADCREATIVE = "/openapi.json"
ENHANCEMENT = "/openapi/enhancement.json"
EXAMPLES = {ADCREATIVE: 40, ENHANCEMENT: 25}


class Asked(NamedTuple):
    """One operation of one document."""

    document: str
    operation: str
    path: str
    method: str
    takes_something: bool


ASKED = [
    *(
        Asked(ENHANCEMENT, each.name, each.path, each.method, bool(each.body or each.parameters))
        for each in enhancement.OPERATIONS
    ),
    *(
        Asked(ADCREATIVE, each.name, each.path, each.method.lower(), bool(each.form or each.json or each.query))
        for each in OPERATIONS
    ),
]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services.open(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def documents(services: Services) -> dict[str, BaseSchema]:
    """The documents by where they are served."""
    app = create_app(Settings(), services)
    return {path: schemathesis.openapi.from_asgi(path, app) for path in (ADCREATIVE, ENHANCEMENT)}


@dataclass(frozen=True)
class Client:
    """``headers`` let requests through; ``known`` are values by field that no one could make up."""

    headers: dict[str, str]
    known: dict[str, Any] = field(default_factory=dict)

    def informed(self, values: Any) -> Any:
        """Parameters or a body with what the client knows in the place of what was made up."""
        if not isinstance(values, dict):
            return values
        return values | {name: value for name, value in self.known.items() if name in values}


@pytest.fixture(scope="module")
def clients(services: Services) -> dict[str, Client]:
    """By document. The application has a channel, so that it may order creatives."""
    made = services.applications.create("Schemathesis")
    token = services.tokens.issue(made.application_id, made.jwt_private_key).access_token
    services.channels.create(Caller(made.application_id), ChannelDraft(WebhookTarget("https://8.8.8.8/hook")))
    logo = png_rgba(sample_logo(64))
    known = {
        "applicationId": str(made.application_id),
        "jwtPrivateKey": made.jwt_private_key,
        "backgroundImage": logo,
        "brandImage": logo,
        "productImage": logo,
    }
    headers = {"Authorization": f"Bearer {token}", "x-api-key": made.api_key, "x-api-secret": made.api_secret}
    key = services.keys.create(Environment.SANDBOX, "Schemathesis").key
    return {ADCREATIVE: Client(headers, known), ENHANCEMENT: Client({"Authorization": f"Bearer {key}"})}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.operation)
def test_answers_are_as_described(
    documents: dict[str, BaseSchema], clients: dict[str, Client], asked: Asked, mode: GenerationMode
) -> None:
    client = clients[asked.document]
    described = documents[asked.document][asked.path][asked.method]
    if mode is GenerationMode.NEGATIVE and not asked.takes_something:
        return  # nothing can be said wrongly

    @settings(
        max_examples=EXAMPLES[asked.document],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.query, case.body = client.informed(case.query), client.informed(case.body)
        case.call_and_validate(headers=client.headers, checks=CHECKS)

    ask()
