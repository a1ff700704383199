# SPDX-License-Identifier: Apache-2.0
"""Old events go, deliveries that lost their job get another: on both databases, with the real queue."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from affiche.jobs.port import JobKind
from affiche.service.notifications.deliver import Deliver, Outcome
from affiche.service.notifications.events import Events
from affiche.service.notifications.outbox import NotificationOutbox
from affiche.service.notifications.upkeep import NotificationUpkeep
from affiche.store.notification_tables import AttemptRow, DeliveryRow, EventRow
from tests.doubles.house import House
from tests.unit.service.conftest import Hands

RETENTION = timedelta(days=30)


@dataclass
class Sorting:
    """A house whose one process of five tasks has ended: six events on their way to one channel."""

    house: House
    upkeep: NotificationUpkeep

    def deliver(self, delivery_id: UUID, attempt: int, status: int = 200) -> None:
        base = self.house.base
        handler = Deliver(
            base.store, base.blobs, base.jobs, base.box, base.clock, lambda *_: Outcome.of_status(status, "")
        )
        handler({"delivery": str(delivery_id), "attempt": attempt})

    @property
    def deliveries(self) -> list[UUID]:
        with self.house.base.store.transaction() as session:
            return list(session.scalars(sa.select(DeliveryRow.id).order_by(DeliveryRow.id)))

    def count(self, row: type) -> int:
        with self.house.base.store.transaction() as session:
            return session.scalars(sa.select(sa.func.count()).select_from(row)).one()

    def lose_job(self, delivery_id: UUID, attempt: int) -> None:
        """As when a job has failed for good and its record is gone."""
        jobs = self.house.base.jobs
        jobs._client.delete_workflows([f"deliver:{delivery_id}:{attempt}"])
        assert jobs.live([f"deliver:{delivery_id}:{attempt}"]) == set()


@pytest.fixture
def sorting(house: House) -> Sorting:
    base = house.base
    house.outbox = NotificationOutbox(base.jobs, base.clock, 4, progress_after_every_task=False)  # type: ignore[assignment]
    house.draw(house.start())
    return Sorting(house, NotificationUpkeep(base.store, base.jobs, RETENTION))


def test_what_still_has_its_job_is_left_alone(sorting: Sorting, clock: Hands) -> None:
    clock.pass_by(minutes=20)
    assert sorting.upkeep(clock()) == {"deliveries_requeued": 0, "events_forgotten": 0}
    sorting.deliver(sorting.deliveries[0], 1, 503)
    assert sorting.upkeep(clock())["deliveries_requeued"] == 0, "its next attempt is queued, though delayed"


def test_a_delivery_without_a_job_gets_another_once(sorting: Sorting, clock: Hands) -> None:
    lost = sorting.deliveries[:2]
    sorting.deliver(lost[1], 1, 503)
    sorting.lose_job(lost[0], 1)
    sorting.lose_job(lost[1], 2)
    assert sorting.upkeep(clock())["deliveries_requeued"] == 0, "it is too early to call it lost"
    clock.pass_by(minutes=11)
    assert sorting.upkeep(clock())["deliveries_requeued"] == 2
    assert sorting.upkeep(clock())["deliveries_requeued"] == 0
    jobs = sorting.house.base.jobs
    hour = f"{clock():%Y%m%d%H}"
    assert len(jobs.live([f"deliver:{lost[0]}:1:{hour}", f"deliver:{lost[1]}:2:{hour}"])) == 2


def test_an_attempt_that_another_job_has_made_is_not_made_again(sorting: Sorting, clock: Hands) -> None:
    (first, *_) = sorting.deliveries
    sorting.deliver(first, 1)
    sorting.lose_job(first, 1)
    clock.pass_by(minutes=11)
    assert sorting.upkeep(clock())["deliveries_requeued"] == 0


def test_old_events_are_forgotten_when_their_deliveries_have_ended(sorting: Sorting, clock: Hands) -> None:
    *ended, waiting = sorting.deliveries
    for delivery_id in ended[:4]:
        sorting.deliver(delivery_id, 1)
    sorting.deliver(ended[4], 1, 400)
    sorting.deliver(waiting, 1, 503)
    clock.pass_by(days=29)
    assert sorting.upkeep(clock())["events_forgotten"] == 0
    clock.pass_by(days=2)
    assert sorting.upkeep(clock())["events_forgotten"] == 5
    assert [sorting.count(row) for row in (EventRow, DeliveryRow, AttemptRow)] == [1, 1, 1]
    assert sorting.deliveries == [waiting]


def test_events_that_nobody_was_told_are_forgotten_too(house: House, clock: Hands) -> None:
    base = house.base
    started = house.start()
    for channel in house.services.channels.all(house.caller):
        house.services.channels.delete(house.caller, channel.channel_id)
    house.outbox = NotificationOutbox(base.jobs, base.clock, 4, progress_after_every_task=False)  # type: ignore[assignment]
    house.draw(started)
    assert Events(base.store, base.jobs).list() == []
    clock.pass_by(days=31)
    assert NotificationUpkeep(base.store, base.jobs, RETENTION)(clock())["events_forgotten"] == 6


def test_the_worker_s_upkeep_does_it(house: House, clock: Hands) -> None:
    from affiche.service.workshop import job_handlers

    base = house.base
    house.outbox = NotificationOutbox(base.jobs, base.clock, 4, progress_after_every_task=False)  # type: ignore[assignment]
    house.draw(house.start())
    for channel in house.services.channels.all(house.caller):
        house.services.channels.delete(house.caller, channel.channel_id)
    handlers = job_handlers(house.settings, base, renders=None)  # type: ignore[arg-type]
    with base.store.transaction() as session:
        waiting = list(session.scalars(sa.select(DeliveryRow.id)))
    for delivery_id in waiting:
        handlers[JobKind.DELIVER]({"delivery": str(delivery_id), "attempt": 1})
    clock.pass_by(days=31)
    handlers[JobKind.UPKEEP]({})
    with base.store.transaction() as session:
        assert list(session.scalars(sa.select(EventRow.id))) == []
