# SPDX-License-Identifier: Apache-2.0
"""Sending one notification to a webhook."""

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
