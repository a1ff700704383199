# SPDX-License-Identifier: Apache-2.0
"""Events and their deliveries on both databases: recorded with the change, tried by schedule, never twice."""

import base64
import json
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

import pytest
import sqlalchemy as sa

from affiche.service.assets.results import original_key
from affiche.service.channels.values import ChannelDraft, RabbitTarget, Target, WebhookTarget
from affiche.service.creatives.values import EditCreatives
from affiche.service.notifications.callbacks import Callback
from affiche.service.notifications.deliver import Deliver, Outcome
from affiche.service.notifications.events import EventNotFound, Events
from affiche.service.notifications.messages import serialised, with_image
from affiche.service.notifications.outbox import NotificationOutbox
from affiche.service.notifications.schedule import RETRY_SECONDS, delay_after, is_final_refusal
from affiche.service.processes.completion import Completion
from affiche.service.processes.progress import Progress
from affiche.store.notification_tables import AttemptRow, DeliveryRow, EventRow
from affiche.store.secrets import SecretBox
from tests.doubles.house import House, picture

Queued = tuple[UUID, int, float, str]


@dataclass
class RememberingJobs:
    """Keeps what was queued: (delivery, attempt, delay, partition)."""

    queued: list[Queued] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)

    def enqueue(self, session, kind, payload, *, partition, delay_seconds=0.0, job_id=None):  # type: ignore[no-untyped-def]
        self.queued.append((UUID(payload["delivery"]), payload["attempt"], delay_seconds, partition))
        self.ids.append(job_id)


@dataclass
class Post:
    """A sender that answers from a list and keeps what it was given."""

    outcomes: list[Outcome] = field(default_factory=list)
    sent: list[tuple[Target | Callback, str, bytes]] = field(default_factory=list)

    def __call__(self, target: Target | Callback, event: EventRow, body: bytes) -> Outcome:
        self.sent.append((target, str(event.id), body))
        return self.outcomes.pop(0) if self.outcomes else Outcome.of_status(200, "thanks")


@dataclass
class Office:
    """The notifications of a house, with a queue and a post that only remember."""

    house: House
    every_task: bool = False
    jobs: RememberingJobs = field(default_factory=RememberingJobs)
    post: Post = field(default_factory=Post)

    def finish(self, started: Progress, failing: int = 0) -> None:
        outbox = NotificationOutbox(self.jobs, self.house.base.clock, 4, progress_after_every_task=self.every_task)
        self.house.outbox = outbox  # type: ignore[assignment]
        if failing:
            from affiche.store import processes

            with self.house.base.store.transaction() as session:
                tasks = processes.tasks_of(session, [started.process_id])[started.process_id]
            for task in tasks[:failing]:
                self.house.fail_task(task, "The headline does not fit this format; cut about 12 characters.")
        self.house.draw(started)

    @property
    def deliver(self) -> Deliver:
        base = self.house.base
        return Deliver(base.store, base.blobs, self.jobs, base.box, base.clock, self.post)

    def work_off(self) -> list[Queued]:
        """Run every queued attempt; those that these queue stay queued."""
        batch, self.jobs.queued = self.jobs.queued, []
        for delivery, attempt, _, _ in batch:
            self.deliver({"delivery": str(delivery), "attempt": attempt})
        return batch


@pytest.fixture
def office(house: House) -> Office:
    return Office(house)


def messages(office: Office) -> list[dict[str, object]]:
    return [json.loads(body) for _, _, body in office.post.sent]


def test_each_task_and_the_process_are_told_once(office: Office) -> None:
    started = office.house.start()
    office.finish(started)
    office.work_off()
    told = messages(office)
    kinds = [message["MessageType"] for message in told]
    assert kinds == ["ImageGenerationTaskCompleted"] * 5 + ["ImageGenerationProgress"]
    assert {message.get("TaskId") for message in told[:5]} == {str(task) for task in started.tasks}
    assert len({event for _, event, _ in office.post.sent}) == 6


def test_messages_have_the_contract_s_properties_in_order(office: Office) -> None:
    started = office.house.start()
    office.finish(started, failing=1)
    office.work_off()
    first, last = messages(office)[0], messages(office)[-1]
    assert list(first) == [
        "MessageType",
        "ApplicationId",
        "UserId",
        "ImageRenderProcessId",
        "TaskId",
        "ImageContentBytes",
        "IsSuccessful",
        "ErrorMessage",
    ]
    assert first["IsSuccessful"] is False
    assert "headline" in str(first["ErrorMessage"])
    assert list(last) == [
        "MessageType",
        "RequestRenderState",
        "ApplicationId",
        "UserId",
        "ImageRenderProcessId",
        "TotalTaskCount",
        "CompletedTaskCount",
        "Progress",
        "Tasks",
        "RenderKind",
        "RenderType",
        "IsSuccessful",
        "ErrorMessage",
    ]
    assert (last["Progress"], last["TotalTaskCount"], last["CompletedTaskCount"]) == (100, 5, 5)
    assert sorted(last["Tasks"].values()) == [4, 5, 5, 5, 5]  # type: ignore[attr-defined]


def test_pictures_travel_only_where_they_are_wanted(office: Office) -> None:
    caller = office.house.new_caller(with_channel=False)
    plain = ChannelDraft(WebhookTarget("https://plain.example/"))
    full = ChannelDraft(WebhookTarget("https://full.example/"), include_image_data=True)
    for draft in (plain, full):
        office.house.services.channels.create(caller, draft)
    office.finish(office.house.start(caller=caller))
    office.work_off()
    for target, _, body in office.post.sent:
        message = json.loads(body)
        if "ImageContentBytes" not in message:
            continue
        wanted = target == WebhookTarget("https://full.example/")
        expected = base64.b64encode(picture(60)).decode() if wanted else None
        assert message["ImageContentBytes"] == expected


def test_progress_after_every_task_is_a_setting(house: House) -> None:
    office = Office(house, every_task=True)
    office.finish(house.start())
    office.work_off()
    progress = [message["Progress"] for message in messages(office) if "Progress" in message]
    assert progress == [20, 40, 60, 80, 100]


def test_failures_are_tried_again_by_schedule_with_the_same_bytes_and_then_given_up(office: Office) -> None:
    office.finish(office.house.start())
    delivery = office.jobs.queued[0][0]
    office.jobs.queued = office.jobs.queued[:1]
    office.post.outcomes = [Outcome.of_status(503, "later")] * 9
    delays = []
    while office.jobs.queued:
        office.work_off()
        delays += [delay for _, _, delay, _ in office.jobs.queued]
    assert tuple(delays) == RETRY_SECONDS
    assert len({body for _, _, body in office.post.sent}) == 1
    (view,) = [view for view in Events(office.house.base.store, office.jobs).list() if view.state == "given_up"]
    assert (view.attempts, view.status, view.answer) == (6, 503, "later")
    with office.house.base.store.transaction() as session:
        assert session.get(DeliveryRow, delivery).ended_at is not None  # type: ignore[union-attr]


@pytest.mark.parametrize("status", [400, 401, 404, 410, 422])
def test_a_refusal_is_not_tried_again(office: Office, status: int) -> None:
    office.finish(office.house.start())
    office.jobs.queued = office.jobs.queued[:1]
    office.post.outcomes = [Outcome.of_status(status, "no")]
    office.work_off()
    assert office.jobs.queued == []


@pytest.mark.parametrize(
    ("status", "final"), [(408, False), (425, False), (429, False), (500, False), (302, False), (400, True)]
)
def test_which_answers_are_final(status: int, final: bool) -> None:
    assert is_final_refusal(status) is final


def test_an_attempt_that_runs_twice_is_recorded_once(office: Office) -> None:
    office.finish(office.house.start())
    first = office.jobs.queued[0]
    office.post.outcomes = [Outcome.of_status(500, "")] * 3
    for _ in range(3):
        office.deliver({"delivery": str(first[0]), "attempt": first[1]})
    assert len(office.post.sent) == 1
    assert [entry for entry in office.jobs.queued if entry[0] == first[0] and entry[1] == 2] == [
        (first[0], 2, RETRY_SECONDS[0], first[3])
    ]
    assert len(set(office.jobs.ids)) == len(office.jobs.ids)


def test_each_channel_is_its_own_partition(office: Office) -> None:
    caller = office.house.new_caller(with_channel=False)
    channels = office.house.services.channels
    targets: tuple[Target, ...] = (
        WebhookTarget("https://a.example/"),
        RabbitTarget("b.example", "q", password="s3cret"),
    )
    ids = {str(channels.create(caller, ChannelDraft(target)).channel_id) for target in targets}
    off = channels.create(caller, ChannelDraft(WebhookTarget("https://off.example/"), is_active=False))
    office.finish(office.house.start(caller=caller))
    assert {partition for _, _, _, partition in office.jobs.queued} == ids
    assert str(off.channel_id) not in ids
    assert len(office.jobs.queued) == 12
    office.work_off()
    brokers = [target for target, _, _ in office.post.sent if isinstance(target, RabbitTarget)]
    assert {broker.password for broker in brokers} == {"s3cret"}


def test_a_deleted_channel_ends_its_deliveries(office: Office) -> None:
    caller = office.house.new_caller(with_channel=False)
    channel = office.house.services.channels.create(caller, ChannelDraft(WebhookTarget("https://a.example/")))
    office.finish(office.house.start(caller=caller))
    office.house.services.channels.delete(caller, channel.channel_id)
    office.work_off()
    assert office.post.sent == []
    assert office.jobs.queued == []


def test_an_event_can_be_sent_again_and_starts_a_new_round(office: Office) -> None:
    office.finish(office.house.start())
    events = Events(office.house.base.store, office.jobs)
    office.work_off()
    event = UUID(office.post.sent[0][1])
    assert events.redeliver(event) == 1
    assert events.redeliver(event) == 0, "it is on its way already"
    office.post.outcomes = [Outcome.of_status(503, ""), Outcome.of_status(200, "")]
    office.work_off()
    assert [delay for _, _, delay, _ in office.jobs.queued] == [RETRY_SECONDS[0]]
    office.work_off()
    assert [body for _, sent, body in office.post.sent if sent == str(event)][0] == office.post.sent[-1][2]
    (view,) = [view for view in events.list() if view.event_id == event]
    assert view.state == "delivered"
    with pytest.raises(EventNotFound):
        events.redeliver(UUID(int=7))


def test_a_change_that_is_rolled_back_tells_nobody(office: Office) -> None:
    from affiche.store import processes

    started = office.house.start()
    base = office.house.base
    outbox = NotificationOutbox(office.jobs, base.clock, 4, progress_after_every_task=False)

    class Broken:
        def record_task_completed(self, session, process_row, task_row):  # type: ignore[no-untyped-def]
            outbox.record_task_completed(session, process_row, task_row)
            raise RuntimeError("the power goes out")

        def record_process_finished(self, session, process_row):  # type: ignore[no-untyped-def]
            raise AssertionError

    with base.store.transaction() as session:
        task = processes.tasks_of(session, [started.process_id])[started.process_id][0]
    with pytest.raises(RuntimeError):
        Completion(base.store, Broken(), base.clock).fail(task, "x")
    assert Events(base.store, office.jobs).list() == []


def test_the_schedule_ends() -> None:
    assert [delay_after(attempt) for attempt in range(1, 8)] == [*RETRY_SECONDS, None, None]


def test_a_receiver_that_asks_for_patience_is_given_it(office: Office) -> None:
    office.finish(office.house.start())
    office.jobs.queued = office.jobs.queued[:1]
    office.post.outcomes = [Outcome.of_status(429, "", "8"), Outcome.of_status(503, "", "3600")]
    office.work_off()
    assert [delay for _, _, delay, _ in office.jobs.queued] == [8]
    office.work_off()
    assert [delay for _, _, delay, _ in office.jobs.queued] == [2 * RETRY_SECONDS[1]]


def test_what_strangers_answer_can_be_kept_by_every_database(office: Office) -> None:
    office.finish(office.house.start())
    office.jobs.queued = office.jobs.queued[:2]
    office.post.outcomes = [
        Outcome.of_status(400, "a\x00b\ud800c" + "ü" * 5000),
        Outcome(False, final=True, fault="reset\x00"),
    ]
    office.work_off()
    views = [view for view in Events(office.house.base.store, office.jobs).list() if view.attempts]
    answers = {view.answer: view.status for view in views}
    assert answers == {"a\N{REPLACEMENT CHARACTER}b?c" + "ü" * 2043: 400, "": None}
    assert {view.fault for view in views} == {"", "reset\N{REPLACEMENT CHARACTER}"}


def test_every_attempt_is_numbered_and_kept_across_redeliveries(office: Office) -> None:
    office.finish(office.house.start())
    events = Events(office.house.base.store, office.jobs)
    office.jobs.queued = office.jobs.queued[:1]
    office.post.outcomes = [Outcome.of_status(503, ""), Outcome.of_status(404, "gone")]
    office.work_off()
    office.work_off()
    event = UUID(office.post.sent[0][1])
    events.redeliver(event)
    office.post.outcomes = [Outcome.of_status(500, "")] * 5
    delays = []
    for _ in range(5):
        office.work_off()
        delays += [delay for _, _, delay, _ in office.jobs.queued]
    assert tuple(delays) == RETRY_SECONDS, "the schedule begins anew"
    office.work_off()
    with office.house.base.store.transaction() as session:
        kept = [(row.number, row.status) for row in session.scalars(sa.select(AttemptRow).order_by(AttemptRow.number))]
    assert kept == [(1, 503), (2, 404), *[(number, 500) for number in range(3, 8)], (8, 200)]


def test_a_picture_that_an_edit_replaced_cannot_be_sent_any_more(office: Office) -> None:
    house = office.house
    caller = house.new_caller(with_channel=False)
    draft = ChannelDraft(WebhookTarget("https://full.example/"), include_image_data=True)
    house.services.channels.create(caller, draft)
    started = house.start(caller=caller)
    office.finish(started)
    task_id = next(iter(started.tasks))
    house.base.blobs.delete([original_key(started.process_id, task_id, 1)])
    office.work_off()
    assert len(office.post.sent) == 5
    (view,) = [view for view in Events(house.base.store, office.jobs).list() if view.state == "given_up"]
    assert "replaced by an edit" in view.fault


def test_words_in_a_text_are_not_taken_for_the_picture_s_place(office: Office) -> None:
    trap = '"ImageContentBytes":null'
    body = serialised({"ErrorMessage": trap, "ImageContentBytes": None, "After": trap})
    filled = with_image(body.encode(), b"\x89PNG")
    assert json.loads(filled) == {"ErrorMessage": trap, "ImageContentBytes": "iVBORw==", "After": trap}
    assert filled == serialised(json.loads(filled)).encode(), "the same as if it had been serialised in one go"


def test_failed_tasks_are_told_without_a_picture(office: Office) -> None:
    house = office.house
    caller = house.new_caller(with_channel=False)
    draft = ChannelDraft(WebhookTarget("https://full.example/"), include_image_data=True)
    house.services.channels.create(caller, draft)
    office.finish(house.start(caller=caller), failing=5)
    office.work_off()
    told = messages(office)
    assert [message.get("ImageContentBytes", "absent") for message in told] == [None] * 5 + ["absent"]
    assert {message["IsSuccessful"] for message in told} == {False}


def test_a_broker_s_password_that_cannot_be_read_is_a_fault_and_not_sent(office: Office) -> None:
    house = office.house
    caller = house.new_caller(with_channel=False)
    target = RabbitTarget("b.example", "q", password="s3cret")
    house.services.channels.create(caller, ChannelDraft(target))
    office.finish(house.start(caller=caller))
    base = house.base
    office.jobs.queued, first = [], office.jobs.queued[0]
    stranger = Deliver(base.store, base.blobs, office.jobs, SecretBox(bytes(32)), base.clock, office.post)
    stranger({"delivery": str(first[0]), "attempt": 1})
    assert office.post.sent == []
    assert [delay for _, _, delay, _ in office.jobs.queued] == [RETRY_SECONDS[0]]


def test_an_edited_task_is_told_again_as_another_event(office: Office) -> None:
    house = office.house
    started = house.start()
    office.finish(started)
    chosen = next(iter(started.tasks))
    house.services.creatives.edit(house.caller, EditCreatives(started.user_id, (chosen,), headline="Another"))
    office.house.draw(started)
    office.work_off()
    told = [message["TaskId"] for message in messages(office) if "TaskId" in message]
    assert Counter(told) == Counter({str(task): 2 if task == chosen else 1 for task in started.tasks})
    assert [message["Progress"] for message in messages(office) if "Progress" in message] == [100, 100]
    assert len({event for _, event, _ in office.post.sent}) == 8


def test_deliveries_are_listed_by_application_state_and_number(office: Office) -> None:
    house = office.house
    other = house.new_caller()
    office.finish(house.start())
    house.draw(house.start(caller=other))
    events = Events(house.base.store, office.jobs)
    assert len(events.list()) == 12
    assert len(events.list(most=5)) == 5
    mine = events.list(application_id=house.caller.application_id)
    assert {view.application_id for view in mine} == {house.caller.application_id}
    assert len(mine) == 6
    office.jobs.queued = office.jobs.queued[:1]
    office.work_off()
    assert [len(events.list(state=state)) for state in ("pending", "delivered", "given_up")] == [11, 1, 0]
    made = [view.created for view in events.list()]
    assert made == sorted(made, reverse=True)
