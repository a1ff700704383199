# SPDX-License-Identifier: Apache-2.0
"""What the application serves beside the dialect: health, metrics, the reference, headers."""

import re
from typing import Any
from uuid import UUID

import pytest
import structlog
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from prometheus_client import REGISTRY
from starlette.testclient import TestClient

ANSWERS = ["/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/nowhere", "/api/v1/Image/Generation/Download"]


def test_health_and_readiness(client: TestClient, services: Any) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    services.faults = {"database": "The database does not answer."}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "The database does not answer."}
    assert client.get("/healthz").status_code == 200


def test_requests_are_counted_by_route_and_not_by_path(client: TestClient) -> None:
    def counted(method: str, route: str, status: str) -> float:
        labels = {"method": method, "route": route, "status": status}
        return REGISTRY.get_sample_value("affiche_api_requests_total", labels) or 0.0

    asked = [("GET", "/healthz", "200"), ("any", "none", "404"), ("PUT", "/api/v1/NotificationChannel/{id}", "400")]
    before = [counted(*labels) for labels in asked]
    client.get("/healthz")
    client.get("/random-quince")
    client.put("/api/v1/NotificationChannel/medlar", json={})
    assert [counted(*labels) for labels in asked] == [count + 1 for count in before]
    text = client.get("/metrics").text
    assert 'affiche_api_requests_total{method="GET",route="/healthz",status="200"}' in text
    assert "quince" not in text and "medlar" not in text


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_security_headers_and_a_trace(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", headers["traceresponse"])


def test_unknown_paths_and_methods_are_told_with_the_trace_id(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.json()["title"] == "Nothing is served at /nowhere."
    assert answer.json()["traceId"] == answer.headers["traceresponse"]
    answer = client.get("/api/v1/Authorization/GenerateJwtToken")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_a_fault_outside_the_dialect_is_answered_with_headers_and_trace(client: TestClient, services: Any) -> None:
    services.faults = None
    answer = client.get("/readyz")
    assert answer.status_code == 500
    assert answer.json()["traceId"] == answer.headers["traceresponse"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_request_leaves_one_line_with_its_trace_and_application(client: TestClient) -> None:
    line_application = "71392f1c-e98c-4355-819a-96b793b70ea1"
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = client.get("/api/v1/NotificationChannel/All?applicationId=x")
        client.get("/healthz")
        ids = {"taskId": "29bc5c5c-bea1-4ea2-8470-2cca008d0b93", "applicationId": line_application}
        client.get("/api/v1/Image/Generation/Download", params=ids | {"imageRenderProcessId": str(UUID(int=7))})
    line, download = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/NotificationChannel/All", 400)
    assert line["trace_id"] == answer.headers["traceresponse"].split("-")[1]
    assert line["application_id"] == line_application
    assert (download["task_id"], download["process_id"]) == (ids["taskId"], str(UUID(int=7)))


def test_the_reference_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    linked = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(linked) == ["/docs/page.css", "/docs/page.js", "/openapi.json"]
    for path in linked:
        assert client.get(path).status_code == 200
    for path in ("/docs", "/docs/page.css", "/docs/page.js"):
        assert not re.search(r"https?://", client.get(path).text)
        assert "script-src 'self'" in client.get(path).headers["content-security-policy"]


def test_the_document_is_valid_openapi(client: TestClient) -> None:
    validate(client.get("/openapi.json").json())


def test_every_operation_documents_its_errors_with_examples(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    operations = [
        (path, operation)
        for path, methods in document["paths"].items()
        if path.startswith("/api/v1/")
        for operation in methods.values()
    ]
    assert len(operations) == 21
    for path, operation in operations:
        public = "/Authorization/" in path
        expected = {"200", "400", "500"} | (set() if public else {"401"})
        assert expected <= set(operation["responses"]), path
        for status, answer in operation["responses"].items():
            if status == "200" and path.endswith(("/Download", "/DifferenceMap")):
                continue
            content = answer["content"]["application/json"]
            assert content["examples"], (path, status)
            assert "$ref" in str(content["schema"]), (path, status)


def test_examples_keep_their_nulls_and_their_order(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    responses = document["paths"]["/api/v1/Image/Generation/AdCreativesByKind"]["post"]["responses"]
    example = responses["404"]["content"]["application/json"]["examples"]["no_active_channel"]["value"]
    assert list(example) == ["errors", "type", "title", "status", "detail", "instance", "extensions"]
    assert example["detail"] is None


def test_every_example_fits_its_schema(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    checked = 0
    for methods in document["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                content = answer.get("content", {}).get("application/json", {})
                schema = content.get("schema", {}) | {"components": document["components"]}
                for example in content.get("examples", {}).values():
                    Draft202012Validator(schema).validate(example["value"])
                    checked += 1
    assert checked > 40
