# SPDX-License-Identifier: Apache-2.0
"""Signed webhooks: the contract's test vector, and what a receiver gets."""

import hashlib

from affiche.outbound.client import GuardedClient
from affiche.outbound.webhook import SignedWebhookSender, signature
from tests.unit.outbound.test_client import OK, answering, server

KEY = "aigen_test_4f1b9c2d7e8a4c5db0a1f2e3d4c5b6a7"
SECRET = "7514913014ab2eedfc7e990239c942b12076bda30da331b4381322f4f40a682e"
SIGNATURE = "v1=5edf397bb9a56d994470fd14eb6eee5aa7492089ef0ed6d822dac86f3e90ab00"


def test_the_contract_s_vector() -> None:
    assert hashlib.sha256(KEY.encode()).hexdigest() == SECRET
    assert signature(SECRET, "1930000000", "evt_01k0f3m8n5q7", b'{"type":"ping"}') == SIGNATURE


def test_a_receiver_gets_what_it_needs_to_verify() -> None:
    sender = SignedWebhookSender(GuardedClient(allow_private=True), lambda: 1930000000.9)
    with server(answering(OK)) as (url, requests):
        assert sender.send(url, SECRET, "evt_01k0f3m8n5q7", b'{"type":"ping"}').status == 200
    head, _, body = requests[0].partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    assert body == b'{"type":"ping"}'
    assert headers["content-type"] == "application/json"
    assert headers["x-aigen-timestamp"] == "1930000000"
    assert headers["x-aigen-event-id"] == "evt_01k0f3m8n5q7"
    assert headers["x-aigen-signature"] == SIGNATURE
