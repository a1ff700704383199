# SPDX-License-Identifier: Apache-2.0
"""Signed webhooks: the contract's test vector, and what a receiver gets."""

import base64
import hashlib
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from affiche.outbound.client import GuardedClient
from affiche.outbound.webhook import SignedWebhookSender, signature
from tests.unit.outbound.test_client import OK, answering, server

KEY = "aigen_test_4f1b9c2d7e8a4c5db0a1f2e3d4c5b6a7"
SECRET = "7514913014ab2eedfc7e990239c942b12076bda30da331b4381322f4f40a682e"
SIGNATURE = "v1=5edf397bb9a56d994470fd14eb6eee5aa7492089ef0ed6d822dac86f3e90ab00"


def test_the_contract_s_vector() -> None:
    assert hashlib.sha256(KEY.encode()).hexdigest() == SECRET
    assert signature(SECRET, "1930000000", "evt_01k0f3m8n5q7", b'{"type":"ping"}') == SIGNATURE


def told(sender: SignedWebhookSender) -> tuple[dict[str, str], bytes]:
    """The headers, in small letters, and the body that a receiver of one message gets."""
    with server(answering(OK)) as (url, requests):
        assert sender.send(url, SECRET, "evt_01k0f3m8n5q7", b'{"type":"ping"}').status == 200
    head, _, body = requests[0].partition(b"\r\n\r\n")
    lines = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return {name.lower(): value for name, value in lines}, body


def test_a_receiver_gets_what_it_needs_to_verify() -> None:
    headers, body = told(SignedWebhookSender(GuardedClient(allow_private=True), lambda: 1930000000.9))
    assert body == b'{"type":"ping"}'
    assert headers["content-type"] == "application/json"
    assert headers["x-aigen-timestamp"] == "1930000000"
    assert headers["x-aigen-event-id"] == "evt_01k0f3m8n5q7"
    assert headers["x-aigen-signature"] == SIGNATURE
    assert not [name for name in headers if name.startswith("webhook-")]


def test_libraries_of_standard_webhooks_verify_it_too() -> None:
    """Their clock is the system's, so the message is of now."""
    headers, body = told(SignedWebhookSender(GuardedClient(allow_private=True), time.time, standard=True))
    library = Webhook("whsec_" + base64.b64encode(SECRET.encode()).decode())
    assert library.verify(body, headers) == {"type": "ping"}
    assert headers["webhook-id"] == headers["x-aigen-event-id"] == "evt_01k0f3m8n5q7"
    assert headers["webhook-timestamp"] == headers["x-aigen-timestamp"]
    with pytest.raises(WebhookVerificationError):
        library.verify(body + b" ", headers)
