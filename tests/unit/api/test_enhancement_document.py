# SPDX-License-Identifier: Apache-2.0
"""The enhancement dialect's OpenAPI document: valid, complete, with examples that fit."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from affiche.api.enhancement.errors import STATUS, MethodNotAllowed, NotServed


@pytest.fixture
def document(client: TestClient) -> Any:
    return client.get("/openapi/enhancement.json").json()


def answers(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                yield path, status, answer["content"]["application/json"]


def test_the_document_is_valid_openapi(document: Any) -> None:
    validate(document)
    assert len([operation for methods in document["paths"].values() for operation in methods.values()]) == 13


def test_every_example_fits_its_schema(document: Any) -> None:
    checked = 0
    for _, _, content in answers(document):
        for example in content["examples"].values():
            schema = content["schema"] | {"components": document["components"]}
            Draft202012Validator(schema).validate(example["value"])
            checked += 1
    assert checked > 100


def test_every_error_of_the_dialect_has_an_example_under_its_status(document: Any) -> None:
    shown = {
        (name, int(status))
        for _, status, content in answers(document)
        for name in content["examples"]
        if name != "success"
    }
    everywhere = {NotServed, MethodNotAllowed}
    assert shown == {(kind.code, status) for kind, status in STATUS.items() if kind not in everywhere}


def test_the_reference_page_draws_this_document(client: TestClient) -> None:
    page = client.get("/docs/enhancement")
    linked = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(linked) == ["/docs/page.css", "/docs/page.js", "/openapi/enhancement.json"]
    assert 'data-document="/openapi/enhancement.json"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
