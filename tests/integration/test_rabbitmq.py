# SPDX-License-Identifier: Apache-2.0
"""Publishing to a real broker on 127.0.0.1:5672."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import aio_pika
import pytest

from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.broker import EXCHANGE, Broker, Message
from affiche.outbound.client import Unreachable
from affiche.outbound.rabbitmq import RabbitPublisher
from tests.conftest import missing_service


@pytest.fixture
def queue() -> Iterator[str]:
    try:
        socket.create_connection(("127.0.0.1", 5672), 2).close()
    except OSError:
        missing_service("RabbitMQ on 127.0.0.1:5672")
    name = f"affiche-test-{uuid4().hex}"
    yield name
    asyncio.run(drop(name))


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


async def received(name: str, count: int) -> list[aio_pika.abc.AbstractIncomingMessage]:
    connection = await aio_pika.connect("amqp://guest:guest@127.0.0.1/")
    async with connection:
        channel = await connection.channel()
        queue = await channel.get_queue(name)
        return [await queue.get(timeout=5, no_ack=True) for _ in range(count)]


def test_messages_arrive_persistent_and_named(publisher: RabbitPublisher, queue: str) -> None:
    sent = [message("task.completed"), message("progress.update")]
    for one in sent:
        publisher.publish(broker(queue), one)
    arrived = asyncio.run(received(queue, 2))
    assert [one.message_id for one in arrived] == [one.message_id for one in sent]
    assert [one.routing_key for one in arrived] == ["task.completed", "progress.update"]
    for got in arrived:
        assert got.exchange == EXCHANGE
        assert got.body == sent[0].body
        assert (got.content_type, got.type) == ("application/json", "ImageGenerationTaskCompleted")
        assert got.delivery_mode == aio_pika.DeliveryMode.PERSISTENT


def test_a_connection_is_kept_and_one_that_broke_is_made_anew(publisher: RabbitPublisher, queue: str) -> None:
    with Line() as line:
        through = broker(queue, port=line.port)
        for _ in range(3):
            publisher.publish(through, message())
        assert line.calls == 1
        line.cut()
        publisher.publish(through, message())
        assert line.calls == 2
    assert len(asyncio.run(received(queue, 4))) == 4


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
