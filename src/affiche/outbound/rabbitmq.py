# SPDX-License-Identifier: Apache-2.0
"""Publishing to clients' RabbitMQ brokers, each message confirmed by the broker."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import aio_pika
from aio_pika.abc import AbstractRobustConnection

from affiche.outbound.addresses import RefusedTarget, Resolver, UnknownHost, resolve, vetted
from affiche.outbound.client import Unreachable

EXCHANGE: Final = "image-render.notifications"
ROUTING_KEYS: Final = ("task.completed", "progress.update")
_CONNECT_SECONDS: Final = 10.0
_TOTAL_SECONDS: Final = 30.0

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker and the queue that is bound to the exchange there."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    virtual_host: str
    queue: str
    use_tls: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One notification: ``kind`` is its MessageType, ``message_id`` the event's id."""

    routing_key: str
    kind: str
    message_id: str
    body: bytes


class RabbitPublisher:
    """Keeps one connection per broker on a loop of its own; safe to call from any thread. A broken connection is made
    anew by the next publish."""

    def __init__(self, *, allow_private: bool, resolver: Resolver = resolve) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._loop = asyncio.new_event_loop()
        self._connections: dict[Broker, AbstractRobustConnection] = {}
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def publish(self, broker: Broker, message: Message) -> None:
        """Returns when the broker has confirmed the message and routed it to a queue. Raises `RefusedTarget`,
        `UnknownHost` or `Unreachable`."""
        self._run(self._publish(broker, message))

    def close(self) -> None:
        if self._thread is None:
            return
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop.run_forever, name="rabbitmq", daemon=True)
                self._thread.start()
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, _TOTAL_SECONDS), self._loop)
        try:
            return future.result(_TOTAL_SECONDS + 5)
        except (RefusedTarget, UnknownHost):
            raise
        except (TimeoutError, FutureTimeoutError) as error:
            raise Unreachable("The broker did not answer in time.") from error
        except (aio_pika.exceptions.AMQPError, OSError, RuntimeError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:500]) from error

    async def _publish(self, broker: Broker, message: Message) -> None:
        connection = await self._connection(broker)
        try:
            # Without on_return_raises a message that no queue takes would be lost in silence.
            async with connection.channel(publisher_confirms=True, on_return_raises=True) as channel:
                exchange = await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.TOPIC, durable=True)
                queue = await channel.declare_queue(broker.queue, durable=True)
                for key in ROUTING_KEYS:
                    await queue.bind(exchange, key)
                await exchange.publish(_wire(message), message.routing_key, mandatory=True)
        except BaseException:
            # Whatever went wrong, the next attempt begins with a fresh connection.
            self._connections.pop(broker, None)
            await connection.close()
            raise

    async def _connection(self, broker: Broker) -> AbstractRobustConnection:
        known = self._connections.get(broker)
        if known is not None and not known.is_closed:
            return known
        address = await asyncio.to_thread(
            vetted, broker.host, broker.port, self._resolver, allow_private=self._allow_private
        )
        connection = await aio_pika.connect_robust(
            # Under TLS the certificate proves the host, so the name may be resolved again; else we pin the address.
            host=broker.host if broker.use_tls else address,
            port=broker.port,
            login=broker.user,
            password=broker.password,
            virtualhost=broker.virtual_host,
            ssl=broker.use_tls,
            timeout=_CONNECT_SECONDS,
        )
        self._connections[broker] = connection
        return connection

    async def _close(self) -> None:
        for connection in self._connections.values():
            await connection.close()
        self._connections.clear()


def _wire(message: Message) -> aio_pika.Message:
    return aio_pika.Message(
        message.body,
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        message_id=message.message_id,
        type=message.kind,
    )
