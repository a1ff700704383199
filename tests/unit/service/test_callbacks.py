# SPDX-License-Identifier: Apache-2.0
"""Webhooks of requests: by their own schedule, with the same bytes, never refused for good by an answer."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from affiche.errors import AfficheError
from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.client import Answer
from affiche.outbound.rabbitmq import RabbitPublisher
from affiche.service.notifications.callbacks import Callback, event_of, public_id
from affiche.service.notifications.events import Events
from affiche.service.notifications.outbox import event_id, record
from affiche.service.notifications.schedule import CALLBACK_RETRY_SECONDS
from affiche.service.notifications.senders import ChannelSender
from affiche.store import notifications
from affiche.store.notification_tables import EventRow
from tests.doubles.house import House
from tests.unit.service.test_notifications import Office

CALLBACK = Callback("https://hooks.example.com/x", "5ec12e7")


class Receiver:
    """Answers every signed message as it is told and keeps what came: (url, secret, event id, body)."""

    def __init__(self, answer: Answer | AfficheError) -> None:
        self.answer = answer
        self.heard: list[tuple[str, str, str, bytes]] = []

    def send(self, url: str, secret: str, event: str, body: bytes) -> Answer:
        self.heard.append((url, secret, event, body))
        if isinstance(self.answer, AfficheError):
            raise self.answer
        return self.answer


@pytest.fixture
def told(house: House) -> Callable[[Answer | AfficheError], tuple[Office, Receiver]]:
    """An event on its way to a receiver that answers so."""

    def tell(answer: Answer | AfficheError) -> tuple[Office, Receiver]:
        receiver = Receiver(answer)
        sender = ChannelSender(None, RabbitPublisher(allow_private=True), receiver)  # type: ignore[arg-type]
        office = Office(house, post=sender)  # type: ignore[arg-type]
        owner, key = house.caller.application_id, f"test:{uuid4()}"
        row = CALLBACK.row(owner)
        event = EventRow(
            id=event_id(key),
            key=key,
            application_id=owner,
            process_id=uuid4(),
            message_type="enhancement.completed",
            routing_key="enhancement.completed",
            body='{"type":"enhancement.completed"}',
            image_key=None,
            created_at=house.base.clock(),
        )
        with house.base.store.transaction() as session:
            for _ in range(2):
                notifications.remember_callback(session, row)
                record(session, office.jobs, event, [row.id])
        return office, receiver

    return tell


@pytest.mark.parametrize("status", [301, 400, 404, 410, 500, 503])
def test_every_answer_but_success_is_tried_again_until_the_schedule_ends(
    told: Callable[..., tuple[Office, Receiver]], status: int
) -> None:
    office, receiver = told(Answer(status, "no"))
    delays = []
    while office.jobs.queued:
        office.work_off()
        delays += [delay for _, _, delay, _ in office.jobs.queued]
    assert tuple(delays) == CALLBACK_RETRY_SECONDS
    assert len(set(receiver.heard)) == 1, "the same event id and the same bytes every time"
    assert receiver.heard[0][:2] == (CALLBACK.url, CALLBACK.secret)
    (view,) = Events(office.house.base.store, office.jobs).list()
    assert (view.state, view.attempts, view.status) == ("given_up", 6, status)


def test_success_ends_the_delivery(told: Callable[..., tuple[Office, Receiver]]) -> None:
    office, receiver = told(Answer(204, ""))
    office.work_off()
    assert office.jobs.queued == []
    assert len(receiver.heard) == 1
    (view,) = Events(office.house.base.store, office.jobs).list()
    assert (view.state, event_of(receiver.heard[0][2])) == ("delivered", view.event_id)


def test_a_target_that_has_become_private_is_given_up(told: Callable[..., tuple[Office, Receiver]]) -> None:
    office, _ = told(RefusedTarget("The host is on a private network."))
    office.work_off()
    assert office.jobs.queued == []
    (view,) = Events(office.house.base.store, office.jobs).list()
    assert (view.state, view.fault) == ("given_up", "The host is on a private network.")


def test_event_ids_are_read_in_both_spellings() -> None:
    one = UUID("0d5c0f3e-31b1-4f0f-9a51-0a4a4a4a4a4a")
    assert public_id(one) == "evt_0d5c0f3e31b14f0f9a510a4a4a4a4a4a"
    assert event_of(public_id(one)) == event_of(str(one)) == one
    with pytest.raises(ValueError, match="badly formed"):
        event_of("evt_nonsense")


def test_the_secret_is_not_shown_by_accident() -> None:
    assert CALLBACK.secret not in repr(CALLBACK)
