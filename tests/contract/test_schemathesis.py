# SPDX-License-Identifier: Apache-2.0
"""Requests that nobody thought of, made up from the enhancement dialect's document: no 5xx, and every answer fits."""

from collections.abc import Iterator
from typing import Any

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

from affiche.api.app import create_app
from affiche.api.enhancement.openapi import OPERATIONS, Operation
from affiche.service.accounts.key_values import Environment
from affiche.service.assembly import Services
from affiche.settings import Settings

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services.open(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def document(services: Services) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi/enhancement.json", create_app(Settings(), services))


@pytest.fixture(scope="module")
def headers(services: Services) -> dict[str, str]:
    return {"Authorization": f"Bearer {services.keys.create(Environment.SANDBOX, 'Schemathesis').key}"}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_answers_are_as_described(
    document: BaseSchema, headers: dict[str, str], operation: Operation, mode: GenerationMode
) -> None:
    described = document[operation.path][operation.method]
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.parameters):
        return  # nothing can be said wrongly

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=described.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
