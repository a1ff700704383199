# SPDX-License-Identifier: Apache-2.0
"""``affiche events``."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from affiche.cli import events
from affiche.service.notifications.events import DeliveryView

GIVEN_UP = DeliveryView(
    event_id=uuid4(),
    application_id=uuid4(),
    process_id=uuid4(),
    channel_id=uuid4(),
    message_type="ImageGenerationTaskCompleted",
    created=datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC),
    state="given_up",
    attempts=6,
    status=503,
    answer="busy",
    fault="",
)


class Known:
    """Events of a server that knows one delivery; it writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def list(self, application_id: UUID | None, state: str | None, most: int) -> "list[DeliveryView]":
        self.asked.append((application_id, state, most))
        return [GIVEN_UP]

    def redeliver(self, event_id: UUID) -> int:
        self.asked.append(event_id)
        return 2


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    made = Known()

    @contextmanager
    def opened() -> Iterator[Known]:
        yield made

    monkeypatch.setattr(events, "_events", opened)
    return made


def test_filters_reach_the_use_case(affiche: Callable[..., Any], known: Known) -> None:
    application = uuid4()
    assert affiche("events", "list", "--application", application, "--state", "given-up", "--limit", 7).code == 0
    assert known.asked == [(application, "given_up", 7)]


def test_a_delivery_is_shown_with_its_last_attempt(affiche: Callable[..., Any], known: Known) -> None:
    out = affiche("events", "list").out
    for part in (str(GIVEN_UP.event_id), "2026-05-04 03:02:01", "ImageGenerationTaskCompleted", "given-up", "503"):
        assert part in out


def test_a_delivery_as_json(affiche: Callable[..., Any], known: Known) -> None:
    (told,) = json.loads(affiche("events", "list", "--json").out)
    assert told["eventId"] == str(GIVEN_UP.event_id)
    assert (told["state"], told["attempts"], told["status"], told["answer"]) == ("given-up", 6, 503, "busy")


def test_an_event_is_sent_again(affiche: Callable[..., Any], known: Known) -> None:
    said = affiche("events", "redeliver", GIVEN_UP.event_id, "--json")
    assert json.loads(said.out) == {"eventId": str(GIVEN_UP.event_id), "queued": 2}
    assert known.asked == [GIVEN_UP.event_id]


def test_an_event_is_known_by_the_id_that_webhooks_see(affiche: Callable[..., Any], known: Known) -> None:
    assert affiche("events", "redeliver", f"evt_{GIVEN_UP.event_id.hex}").code == 0
    assert known.asked == [GIVEN_UP.event_id]
    assert "is no event id" in affiche("events", "redeliver", "nonsense").err


def test_an_unknown_event_gets_a_sentence(affiche: Callable[..., Any]) -> None:
    missing = uuid4()
    said = affiche("events", "redeliver", missing)
    assert said.code == 2
    assert f"There is no delivery of the event {missing}" in said.err


def test_no_deliveries_yet(affiche: Callable[..., Any]) -> None:
    assert "no such delivery" in affiche("events", "list").err
    assert affiche("events", "list", "--json").json == []
