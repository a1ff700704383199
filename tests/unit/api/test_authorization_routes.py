# SPDX-License-Identifier: Apache-2.0
"""Tokens, and the three credentials that every other call needs."""

import json
import re

import pytest
from starlette.testclient import TestClient

from tests.unit.api.adcreative_wire import (
    APPLICATION,
    APPLICATION_CHECK,
    CHANNEL,
    DOWNLOAD,
    EDIT,
    START,
    TOKEN,
    USER_CHECK,
    Brief,
    refused,
)


def test_a_token_is_an_object_with_a_reference_id(client: TestClient) -> None:
    answer = client.post(
        TOKEN,
        content=json.dumps({"applicationId": f"urn:uuid:{APPLICATION}", "jwtPrivateKey": "right"}),
        headers={"Content-Type": "application/json; x-api-version=1.0", "Accept": "application/json"},
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.text == (
        f'{{"$id":"1","applicationId":"{APPLICATION}","accessToken":"a.b.c",'
        '"accessTokenExpiration":"2031-03-04T09:15:20.104512Z","refreshToken":"refresh=",'
        '"refreshTokenExpiration":"2031-03-11T09:15:20.104512Z"}'
    )


def test_a_wrong_jwt_key_is_a_bad_request_in_layers(client: TestClient) -> None:
    answer = client.post(TOKEN, json={"applicationId": APPLICATION, "jwtPrivateKey": "wrong"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["engine: GenerateJwtToken", "business: GenerateJwtToken"]


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (
            "",
            {
                "ApplicationId": ["The ApplicationId field is required."],
                "JwtPrivateKey": ["The JwtPrivateKey field is required."],
            },
        ),
        ('{"APPLICATIONID": "7", "JWTprivateKEY": "x"}', {"ApplicationId": ["The value '7' is not valid."]}),
        ("{", {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("[" * 100_000, {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("\x80", {"$": ["The request body is not valid JSON; send a JSON object."]}),
        ("[]", {"$": ["The request body is not a JSON object."]}),
        (" " * 300_000, {"$": ["The request body is larger than 262144 bytes; send less."]}),
    ],
)
def test_bad_token_requests(client: TestClient, content: str, errors: dict[str, list[str]]) -> None:
    assert refused(client.post(TOKEN, content=content.encode("latin-1"))) == errors


def test_lone_surrogates_in_json_are_refused(client: TestClient) -> None:
    answer = client.post(TOKEN, content=f'{{"applicationId": "{APPLICATION}", "jwtPrivateKey": "\\ud800"}}')
    assert refused(answer) == {"JwtPrivateKey": ["The field JwtPrivateKey is invalid."]}


@pytest.mark.parametrize("header", ["Authorization", "x-api-key", "x-api-secret"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", START),
        ("POST", EDIT),
        ("GET", USER_CHECK),
        ("GET", APPLICATION_CHECK),
        ("GET", DOWNLOAD),
        ("GET", f"{CHANNEL}/All"),
        ("GET", f"{CHANNEL}/Active"),
        ("POST", CHANNEL),
        ("PUT", CHANNEL),
        ("DELETE", CHANNEL),
    ],
)
def test_every_call_needs_all_three_credentials_before_anything_else(
    client: TestClient, method: str, path: str, header: str
) -> None:
    del client.headers[header]
    answer = client.request(method, path, content=b"not even a form")
    trace = answer.headers["traceresponse"]
    assert answer.status_code == 401
    assert answer.text == (
        '{"errors":{"business:":["Token is missing, invalid or ApplicationId is not found in the token."]},'
        '"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"One or more errors occurred.",'
        f'"status":401,"detail":null,"instance":null,"extensions":{{"traceId":"{trace}"}}}}'
    )


@pytest.mark.parametrize("value", ["token", "Basic token", "Bearer", "Bearer ", ""])
def test_another_authorization_scheme_is_no_token(client: TestClient, value: str) -> None:
    assert client.get(APPLICATION_CHECK, headers={"Authorization": value}).status_code == 401


def test_the_scheme_is_read_in_any_case(client: TestClient) -> None:
    answer = client.get(
        f"{CHANNEL}/All", params={"applicationId": APPLICATION}, headers={"Authorization": "bearer  token"}
    )
    assert answer.status_code == 200


def test_naming_another_application_is_an_authentication_error_even_if_more_is_wrong(
    client: TestClient, brief: Brief
) -> None:
    other = "00000000-0000-0000-0000-00000000000b"
    assert client.post(START, data=brief(applicationId=other), files={}).status_code == 401
    assert client.get(DOWNLOAD, params={"applicationId": other, "taskId": "x"}).status_code == 401
    assert client.post(CHANNEL, json={"applicationId": other}).status_code == 401


def test_the_trace_id_has_the_documented_form(client: TestClient) -> None:
    trace = client.get(DOWNLOAD).json()["traceId"]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", trace)
