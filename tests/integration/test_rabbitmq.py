# SPDX-License-Identifier: Apache-2.0
"""Publishing to a real broker on 127.0.0.1:5672."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from uuid import uuid4

import aio_pika
import pytest

from affiche.outbound.addresses import RefusedTarget, UnknownHost
from affiche.outbound.broker import EXCHANGE, ROUTING_KEYS, Broker, Message
from affiche.outbound.client import Unreachable
from affiche.outbound.rabbitmq import RabbitPublisher
from tests.doubles.house import wait_for
from tests.requirements import missing


@contextmanager
def new_queue() -> Iterator[str]:
    """The name of a queue that is not there yet, and goes away."""
    try:
        socket.create_connection(("127.0.0.1", 5672), 2).close()
    except OSError:
        missing("RabbitMQ on 127.0.0.1:5672")
    name = f"affiche-test-{uuid4().hex}"
    yield name
    asyncio.run(drop(name))


@pytest.fixture
def queue() -> Iterator[str]:
    with new_queue() as name:
        yield name


@pytest.fixture
def other() -> Iterator[str]:
    with new_queue() as name:
        yield name


@pytest.fixture
def publisher() -> Iterator[RabbitPublisher]:
    made = RabbitPublisher(allow_private=True)
    yield made
    made.close()


class Line:
    """A way to the broker that counts connections and can be cut."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        self.calls = 0

    def __enter__(self) -> "Line":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    @property
    def is_open(self) -> bool:
        return bool(self._ends)

    def cut(self) -> None:
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                self.calls += 1
                called = socket.create_connection(("127.0.0.1", 5672))
                self._ends += [caller, called]
                for source, sink in ((caller, called), (called, caller)):
                    threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                sink.sendall(content)
        self.cut()


def broker(queue: str, **changes: object) -> Broker:
    values = {"host": "127.0.0.1", "port": 5672, "user": "guest", "password": "guest", "virtual_host": "/"}
    return Broker(**values | {"queue": queue, "use_tls": False} | changes)  # type: ignore[arg-type]


def message(routing_key: str = "task.completed") -> Message:
    return Message(routing_key, "ImageGenerationTaskCompleted", str(uuid4()), b'{"MessageType":"x"}')


async def drop(name: str) -> None:
    connection = await aio_pika.connect("amqp://guest:guest@127.0.0.1/")
    async with connection:
        channel = await connection.channel()
        await channel.queue_delete(name)


async def unbound(name: str) -> None:
    async with await aio_pika.connect("amqp://guest:guest@127.0.0.1/") as connection:
        queue = await (await connection.channel()).get_queue(name)
        for key in ROUTING_KEYS:
            await queue.unbind(EXCHANGE, key)


async def declared(name: str, arguments: dict[str, int]) -> None:
    connection = await aio_pika.connect("amqp://guest:guest@127.0.0.1/")
    async with connection:
        channel = await connection.channel()
        await channel.declare_queue(name, durable=True, arguments=dict(arguments))


def received(name: str, sent: list[Message]) -> list[aio_pika.abc.AbstractIncomingMessage]:
    """Those of the queue's messages that were ``sent``, waited for, each once. Other tests use the exchange too."""
    ids = {one.message_id for one in sent}

    async def receive() -> list[aio_pika.abc.AbstractIncomingMessage]:
        found: dict[str, aio_pika.abc.AbstractIncomingMessage] = {}
        connection = await aio_pika.connect("amqp://guest:guest@127.0.0.1/")
        async with connection:
            queue = await (await connection.channel()).get_queue(name)
            while set(found) != ids:
                one = await queue.get(timeout=5, no_ack=True)
                if one.message_id in ids:
                    # The first of several copies: a connection that is given up under a message may double it.
                    found.setdefault(str(one.message_id), one)
        return list(found.values())

    return asyncio.run(receive())


def test_messages_arrive_persistent_and_named(publisher: RabbitPublisher, queue: str) -> None:
    sent = [message("task.completed"), message("progress.update")]
    for one in sent:
        publisher.publish(broker(queue), one)
    arrived = received(queue, sent)
    assert [one.message_id for one in arrived] == [one.message_id for one in sent]
    assert [one.routing_key for one in arrived] == ["task.completed", "progress.update"]
    for got in arrived:
        assert got.exchange == EXCHANGE
        assert got.body == sent[0].body
        assert (got.content_type, got.type) == ("application/json", "ImageGenerationTaskCompleted")
        assert got.delivery_mode == aio_pika.DeliveryMode.PERSISTENT


def test_a_connection_is_kept_and_one_that_broke_is_made_anew(publisher: RabbitPublisher, queue: str) -> None:
    with Line() as line:
        through, sent = broker(queue, port=line.port), [message() for _ in range(4)]
        for one in sent[:3]:
            publisher.publish(through, one)
        assert line.calls == 1
        line.cut()
        publisher.publish(through, sent[3])
        assert line.calls == 2
    assert len(received(queue, sent)) == 4


def test_a_message_that_no_queue_takes_is_a_fault(publisher: RabbitPublisher, queue: str) -> None:
    with pytest.raises(Unreachable):
        publisher.publish(broker(queue), message("nobody.listens"))


def test_wrong_credentials_and_closed_ports_are_unreachable(publisher: RabbitPublisher, queue: str) -> None:
    with pytest.raises(Unreachable):
        publisher.publish(broker(queue, password="wrong"), message())
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unreachable):
        publisher.publish(broker(queue, port=port), message())


def test_private_brokers_need_the_operator_s_leave(queue: str) -> None:
    guarded = RabbitPublisher(allow_private=False)
    with pytest.raises(RefusedTarget):
        guarded.publish(broker(queue), message())
    guarded.close()


def test_a_queue_that_the_client_made_its_own_way_is_left_so(publisher: RabbitPublisher, queue: str) -> None:
    asyncio.run(declared(queue, {"x-max-length": 1000}))
    sent = message()
    publisher.publish(broker(queue), sent)
    assert received(queue, [sent])


def test_a_queue_that_was_deleted_meanwhile_is_made_again(publisher: RabbitPublisher, queue: str, other: str) -> None:
    """Although the broker would confirm the message: another queue takes it."""
    publisher.publish(broker(other), message())
    publisher.publish(broker(queue), message())
    asyncio.run(drop(queue))
    sent = message()
    publisher.publish(broker(queue), sent)
    assert received(queue, [sent])
    assert received(other, [sent])


def test_a_binding_that_was_taken_away_is_made_again(publisher: RabbitPublisher, queue: str, other: str) -> None:
    publisher.publish(broker(other), message())
    publisher.publish(broker(queue), message())
    asyncio.run(unbound(queue))
    sent = message()
    publisher.publish(broker(queue), sent)
    assert received(queue, [sent])


def test_many_threads_share_one_connection(publisher: RabbitPublisher, queue: str) -> None:
    sent = [message() for _ in range(40)]
    with Line() as line, ThreadPoolExecutor(8) as threads:
        through = broker(queue, port=line.port)
        list(threads.map(lambda one: publisher.publish(through, one), sent))
        assert line.calls == 1
    assert len(received(queue, sent)) == 40


def test_a_refused_message_does_not_disturb_the_others(publisher: RabbitPublisher, queue: str) -> None:
    sent = [message(key) for key in ["task.completed", "nobody.listens"] * 10]

    def attempt(one: Message) -> bool:
        try:
            publisher.publish(broker(queue), one)
        except Unreachable:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(attempt, sent)) == [True, False] * 10
    assert len(received(queue, sent[::2])) == 10


def test_an_idle_connection_is_closed(queue: str) -> None:
    publisher = RabbitPublisher(allow_private=True, idle_seconds=0.2)
    with Line() as line:
        through = broker(queue, port=line.port)
        publisher.publish(through, message())
        wait_for(lambda: not line.is_open)
        publisher.publish(through, message())
        assert line.calls == 2
    publisher.close()


def test_a_broker_that_says_nothing_is_left_in_time(queue: str) -> None:
    publisher = RabbitPublisher(allow_private=True, connect_seconds=0.3, total_seconds=0.6)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(Unreachable, match="in time"):
            publisher.publish(broker(queue, port=silent.getsockname()[1]), message())
        assert time.monotonic() - started < 5
    publisher.close()


def test_a_host_with_several_addresses_is_reached_by_the_one_that_answers(queue: str) -> None:
    publisher = RabbitPublisher(allow_private=True, resolver=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    sent = message()
    with Line() as line:
        publisher.publish(broker(queue, host="broker.example", port=line.port), sent)
        assert line.calls == 1
    publisher.close()
    assert received(queue, [sent])


def test_an_unknown_broker_and_a_publisher_that_never_published(queue: str) -> None:
    publisher = RabbitPublisher(allow_private=True, resolver=lambda host, port: [])
    with pytest.raises(UnknownHost):
        publisher.publish(broker(queue, host="nowhere.example"), message())
    publisher.close()
    RabbitPublisher(allow_private=True).close()


def test_passwords_stay_out_of_sight(publisher: RabbitPublisher, queue: str) -> None:
    target = broker(queue, password="s3cret-and-wrong")
    assert "s3cret" not in repr(target)
    with pytest.raises(Unreachable) as caught:
        publisher.publish(target, message())
    assert "s3cret" not in str(caught.value)
