# SPDX-License-Identifier: Apache-2.0
"""Notification channels on the wire."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from affiche.service.channels.values import RabbitTarget, WebhookTarget
from tests.unit.api.adcreative_wire import APPLICATION, CHANNEL, refused

HOOK = {"applicationId": APPLICATION, "notificationChannel": 1, "configuration": {"webHookUrl": "https://a.example/x"}}
RABBIT = {"hostName": "mq.example", "queueName": "creatives", "password": "secret word"}


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Create"])
@pytest.mark.parametrize("kind", [1, "1", "webhook", "WebHook"])
def test_a_webhook_is_registered(client: TestClient, services: Any, path: str, kind: int | str) -> None:
    answer = client.post(path, json=HOOK | {"notificationChannel": kind, "IncludeImageData": True})
    assert answer.status_code == 200, answer.text
    (stored,) = services.channels.stored.values()
    assert stored.target == WebhookTarget("https://a.example/x")
    assert (stored.is_active, stored.include_image_data) == (True, True)
    assert answer.json() == {
        "id": str(stored.channel_id),
        "applicationId": APPLICATION,
        "notificationChannel": 1,
        "isActive": True,
        "includeImageData": True,
        "configuration": {"webHookUrl": "https://a.example/x"},
    }


@pytest.mark.parametrize("kind", [2, "RabbitMQ"])
def test_a_broker_is_registered_and_its_password_never_shown(
    client: TestClient, services: Any, kind: int | str
) -> None:
    answer = client.post(CHANNEL, json=HOOK | {"notificationChannel": kind, "configuration": RABBIT | {"useSsl": True}})
    assert answer.status_code == 200, answer.text
    (stored,) = services.channels.stored.values()
    assert stored.target == RabbitTarget("mq.example", "creatives", 5672, "guest", "secret word", "/", True)
    assert "secret word" not in answer.text
    assert list(answer.json()["configuration"]) == [
        "hostName",
        "port",
        "userName",
        "virtualHost",
        "queueName",
        "useSsl",
    ]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"notificationChannel": None}, {"NotificationChannel": ["The NotificationChannel field is required."]}),
        ({"notificationChannel": "pigeon"}, {"NotificationChannel": ["The value 'pigeon' is not valid."]}),
        ({"notificationChannel": 0}, {"NotificationChannel": ["The value '0' is invalid."]}),
        ({"isActive": 7}, {"IsActive": ["The value '7' is not valid."]}),
        ({"configuration": None}, {"Configuration.WebHookUrl": ["The WebHookUrl field is required."]}),
        (
            {"configuration": {"webHookUrl": "ftp://a.example"}},
            {"Configuration.WebHookUrl": ["The webHookUrl must be an absolute http or https URL."]},
        ),
        (
            {"notificationChannel": 2, "configuration": {"port": 70000}},
            {
                "Configuration.HostName": ["The HostName field is required."],
                "Configuration.QueueName": ["The QueueName field is required."],
                "Configuration.Port": ["The value '70000' is invalid."],
            },
        ),
    ],
)
def test_wrong_channels(
    client: TestClient, services: Any, change: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    assert refused(client.post(CHANNEL, json=HOOK | change)) == errors
    assert services.channels.stored == {}


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Update", f"{CHANNEL}/{{id}}", f"{CHANNEL}/Update/{{id}}"])
def test_a_channel_is_replaced_by_body_or_path_id(client: TestClient, services: Any, path: str) -> None:
    made = client.post(CHANNEL, json=HOOK).json()["id"]
    body = HOOK | {"isActive": False} | ({} if "{id}" in path else {"id": made})
    answer = client.put(path.format(id=made), json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["isActive"] is False
    assert not services.channels.stored[UUID(made)].is_active


@pytest.mark.parametrize("path", [CHANNEL, f"{CHANNEL}/Delete", f"{CHANNEL}/{{id}}", f"{CHANNEL}/Delete/{{id}}"])
def test_a_channel_is_removed_by_query_or_path_id(client: TestClient, path: str) -> None:
    made = client.post(CHANNEL, json=HOOK).json()["id"]
    query = {"applicationId": APPLICATION} | ({} if "{id}" in path else {"id": made})
    answer = client.delete(path.format(id=made), params=query)
    assert (answer.status_code, answer.text) == (200, '{"isSuccessful":true,"errorMessage":""}')
    assert client.get(f"{CHANNEL}/All", params=query).json() == []
    assert client.delete(path.format(id=made), params=query).status_code == 404


def test_only_active_channels_are_listed_as_active(client: TestClient) -> None:
    query = {"applicationId": APPLICATION}
    client.post(CHANNEL, json=HOOK | {"isActive": False})
    answer = client.get(f"{CHANNEL}/Active", params=query)
    assert answer.status_code == 404
    assert list(answer.json()["errors"]) == ["engine: Active", "business: Active"]
    active = client.post(CHANNEL, json=HOOK).json()
    assert client.get(f"{CHANNEL}/Active", params=query).json() == [active]
    assert len(client.get(f"{CHANNEL}/All", params=query).json()) == 2


@pytest.mark.parametrize("path", [CHANNEL.lower(), CHANNEL.upper(), f"{CHANNEL}/", f"{CHANNEL}/CREATE/"])
def test_paths_are_matched_in_any_case(client: TestClient, path: str) -> None:
    made = client.post(path, json=HOOK)
    assert made.status_code == 200, made.text
    changed = client.put(f"{CHANNEL.lower()}/{made.json()['id'].upper()}", json=HOOK)
    assert changed.json()["id"] == made.json()["id"]
