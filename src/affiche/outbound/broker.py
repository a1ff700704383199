# SPDX-License-Identifier: Apache-2.0
"""One connection to a client's RabbitMQ broker."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange, AbstractQueue

EXCHANGE: Final = "image-render.notifications"
ROUTING_KEYS: Final = ("task.completed", "progress.update")
_CLOSE_SECONDS: Final = 5.0

Trust = Callable[[ssl.SSLContext], None]
"""Puts the authorities that are trusted into a context."""


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


class BrokerLink:
    """A connection with a channel that waits for confirmations. All calls belong to one event loop."""

    def __init__(self, connection: AbstractConnection, exchange: AbstractExchange, queue: AbstractQueue) -> None:
        self._connection = connection
        self._exchange = exchange
        self._queue = queue
        self._publishing = 0
        self._retired = False
        self.uses = 0

    @classmethod
    async def open(cls, broker: Broker, addresses: Sequence[str], trust: Trust, connect_seconds: float) -> "BrokerLink":
        """Connect to the first of the vetted addresses that answers, and see that the broker has the exchange, the
        queue and the bindings. Raises whatever aio-pika raises."""
        connection = await _connected(broker, addresses, trust, connect_seconds)
        try:
            await _exist(connection, broker.queue)
            # Without on_return_raises a message that no queue takes would be lost in silence.
            channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
            queue = await channel.get_queue(broker.queue, ensure=False)
            for key in ROUTING_KEYS:
                await queue.bind(EXCHANGE, key)
            return cls(connection, await channel.get_exchange(EXCHANGE, ensure=False), queue)
        except BaseException:
            await _closed(connection)
            raise

    async def publish(self, message: Message) -> None:
        """Returns when the broker has confirmed the message and routed it to the queue."""
        self.uses += 1
        self._publishing += 1
        try:
            # The broker confirms as soon as any queue takes the message. Binding anew says whether ours is still there.
            if message.routing_key in ROUTING_KEYS:
                await self._queue.bind(EXCHANGE, message.routing_key)
            await self._exchange.publish(_wire(message), message.routing_key, mandatory=True)
        finally:
            self._publishing -= 1
            await self._close_if_over()

    async def retire(self) -> None:
        """Close the connection once nothing is being published on it any more."""
        self._retired = True
        await self._close_if_over()

    async def _close_if_over(self) -> None:
        if self._retired and not self._publishing:
            await _closed(self._connection)


class _NamedContext(ssl.SSLContext):
    """Verifies the certificate for ``name`` although the connection is made to an address."""

    name: str

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        return super().wrap_bio(incoming, outgoing, server_side, self.name, session)


async def _connected(broker: Broker, addresses: Sequence[str], trust: Trust, seconds: float) -> AbstractConnection:
    tls: _NamedContext | None = None
    if broker.use_tls:
        tls = _NamedContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.name = broker.host
        await asyncio.to_thread(trust, tls)
    *others, last = addresses
    share = seconds / len(addresses)
    for address in others:
        with suppress(OSError):
            return await _dialled(broker, address, tls, share)
    return await _dialled(broker, last, tls, share)


async def _dialled(broker: Broker, address: str, tls: ssl.SSLContext | None, seconds: float) -> AbstractConnection:
    return await aio_pika.connect(
        host=address,
        port=broker.port,
        login=broker.user,
        password=broker.password,
        virtualhost=broker.virtual_host,
        ssl=broker.use_tls,
        ssl_context=tls,
        timeout=seconds,
    )


async def _exist(connection: AbstractConnection, queue: str) -> None:
    """Declare the exchange and the queue, both durable, unless they are there: what a client has declared with
    arguments of its own, or lets us use but not declare, stays as it is."""

    async def exchange(channel: AbstractChannel, passive: bool) -> Any:
        return await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.TOPIC, durable=True, passive=passive)

    async def named(channel: AbstractChannel, passive: bool) -> Any:
        return await channel.declare_queue(queue, durable=True, passive=passive)

    declarations: tuple[Callable[[AbstractChannel, bool], Awaitable[Any]], ...] = (exchange, named)
    for declare in declarations:
        try:
            # The broker closes a channel whose declaration it refuses, so each has its own.
            async with connection.channel() as channel:
                await declare(channel, True)
        except aio_pika.exceptions.ChannelNotFoundEntity:
            async with connection.channel() as channel:
                await declare(channel, False)


async def _closed(connection: AbstractConnection) -> None:
    with suppress(Exception):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await connection.close()


def _wire(message: Message) -> aio_pika.Message:
    return aio_pika.Message(
        message.body,
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        message_id=message.message_id,
        type=message.kind,
    )
