# SPDX-License-Identifier: Apache-2.0
"""The contract's test vector, and what is refused."""

import hashlib
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from affiche.client import ForgedEvent, standard_secret, verified
from affiche.outbound.webhook import standard_headers

KEY = "aigen_test_4f1b9c2d7e8a4c5db0a1f2e3d4c5b6a7"
NOW = 1930000000.0
BODY = b'{"type":"ping"}'
HEADERS = {
    "X-Aigen-Timestamp": "1930000000",
    "X-Aigen-Event-Id": "evt_01k0f3m8n5q7",
    "X-Aigen-Signature": "v1=5edf397bb9a56d994470fd14eb6eee5aa7492089ef0ed6d822dac86f3e90ab00",
}


def test_the_contract_s_vector_is_genuine() -> None:
    event = verified(KEY, HEADERS, BODY, NOW)
    assert (event.event_id, event.kind, event.data) == ("evt_01k0f3m8n5q7", "ping", {})
    assert verified(KEY, {name.lower(): value for name, value in HEADERS.items()}, BODY, NOW + 299).kind == "ping"


@pytest.mark.parametrize(
    ("key", "changes", "body", "now"),
    [
        (KEY[:-1] + "8", {}, BODY, NOW),
        (KEY, {}, BODY + b" ", NOW),
        (KEY, {"X-Aigen-Event-Id": "evt_other"}, BODY, NOW),
        (KEY, {"X-Aigen-Timestamp": "1930000001"}, BODY, NOW),
        (KEY, {"X-Aigen-Signature": ""}, BODY, NOW),
        (KEY, {"X-Aigen-Signature": HEADERS["X-Aigen-Signature"][3:]}, BODY, NOW),
        (KEY, {}, BODY, NOW + 301),
        (KEY, {}, BODY, NOW - 301),
    ],
)
def test_forgeries_and_old_messages_are_refused(key: str, changes: dict[str, str], body: bytes, now: float) -> None:
    with pytest.raises(ForgedEvent):
        verified(key, HEADERS | changes, body, now)


def test_a_message_without_headers_is_refused() -> None:
    with pytest.raises(ForgedEvent):
        verified(KEY, {}, BODY, NOW)


def test_libraries_of_standard_webhooks_take_the_secret() -> None:
    at = datetime.now(UTC)
    signed = standard_headers(hashlib.sha256(KEY.encode()).hexdigest(), str(int(at.timestamp())), "evt_1", BODY)
    assert Webhook(standard_secret(KEY)).verify(BODY, signed) == {"type": "ping"}
