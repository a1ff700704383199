# SPDX-License-Identifier: Apache-2.0
"""Sending one notification to a webhook."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from affiche.outbound.client import Answer, GuardedClient

EVENT_ID_HEADER: Final = "X-Affiche-Event-Id"
"""Ours on top of the contract: receivers that care can tell a repeated delivery by it, others ignore it."""


class WebhookSender:
    """Posts JSON, without authentication or signature, as the contract has it."""

    def __init__(self, client: GuardedClient) -> None:
        self._client = client

    def send(self, url: str, event_id: str, body: bytes) -> Answer:
        """Raises `RefusedTarget`, `UnknownHost` or `Unreachable`; any status is an answer."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Affiche",
            EVENT_ID_HEADER: event_id,
        }
        return self._client.post(url, body, headers)


class SignedWebhookSender:
    """Posts JSON with an HMAC-SHA256 signature over time stamp, event id and body, as the contract has it, and, with
    ``standard``, with the headers of Standard Webhooks beside it. ``clock`` gives Unix seconds; every attempt is signed
    anew."""

    def __init__(self, client: GuardedClient, clock: Callable[[], float], *, standard: bool = False) -> None:
        self._client = client
        self._clock = clock
        self._standard = standard

    def send(self, url: str, secret: str, event_id: str, body: bytes) -> Answer:
        """Raises as `WebhookSender.send` does. ``secret`` is the text that both sides know."""
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Affiche",
            "X-Aigen-Timestamp": timestamp,
            "X-Aigen-Event-Id": event_id,
            "X-Aigen-Signature": signature(secret, timestamp, event_id, body),
        }
        if self._standard:
            headers |= standard_headers(secret, timestamp, event_id, body)
        return self._client.post(url, body, headers)


def signature(secret: str, timestamp: str, event_id: str, body: bytes) -> str:
    """``v1=`` and the hex HMAC-SHA256 of ``timestamp.event_id.body`` under the bytes of the text ``secret``."""
    return "v1=" + _mac(secret, f"{timestamp}.{event_id}.".encode() + body).hex()


def standard_headers(secret: str, timestamp: str, event_id: str, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks 1.0.0 for a message. Its libraries take the secret as ``whsec_`` and the
    base64 of the bytes of the text ``secret``."""
    mac = _mac(secret, f"{event_id}.{timestamp}.".encode() + body)
    return {
        "Webhook-Id": event_id,
        "Webhook-Timestamp": timestamp,
        "Webhook-Signature": "v1," + base64.b64encode(mac).decode(),
    }


def _mac(secret: str, signed: bytes) -> bytes:
    return hmac.new(secret.encode(), signed, hashlib.sha256).digest()
