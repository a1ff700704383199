# SPDX-License-Identifier: Apache-2.0
"""Publishing to a real broker on 127.0.0.1:5672."""

import asyncio
import socket
from collections.abc import Iterator
from uuid import uuid4

import aio_pika
import pytest

from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.client import Unreachable
from affiche.outbound.rabbitmq import EXCHANGE, Broker, Message, RabbitPublisher
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


def test_a_connection_that_broke_is_made_anew(publisher: RabbitPublisher, queue: str) -> None:
    publisher.publish(broker(queue), message())
    (connection,) = publisher._connections.values()
    publisher._run(connection.close())
    publisher.publish(broker(queue), message())
    assert len(asyncio.run(received(queue, 2))) == 2


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
