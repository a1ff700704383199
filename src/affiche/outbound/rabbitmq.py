# SPDX-License-Identifier: Apache-2.0
"""Publishing to clients' RabbitMQ brokers from any thread."""

import asyncio
import ssl
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Final

from affiche.errors import AfficheError
from affiche.outbound.addresses import Resolver, resolve, vetted
from affiche.outbound.broker import Broker, BrokerLink, Message, Trust
from affiche.outbound.client import CONNECT_SECONDS, TOTAL_SECONDS, Unreachable

IDLE_SECONDS: Final = 60.0
_CLOSE_SECONDS: Final = 5.0


class RabbitPublisher:
    """Publishes on an event loop of its own. One connection per broker and queue is kept while it is used; when a kept
    one turns out broken, the message goes out again on a new one at once."""

    def __init__(
        self,
        *,
        allow_private: bool,
        resolver: Resolver = resolve,
        trust: Trust = ssl.SSLContext.load_default_certs,
        connect_seconds: float = CONNECT_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._trust = trust
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds
        self._idle_seconds = idle_seconds
        self._links: dict[Broker, asyncio.Task[BrokerLink]] = {}
        self._chores: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def publish(self, broker: Broker, message: Message) -> None:
        """Returns when the broker has confirmed the message and routed it to a queue. Raises `RefusedTarget`,
        `UnknownHost` or `Unreachable`."""
        try:
            self._run(asyncio.wait_for(self._publish(broker, message), self._total_seconds))
        except AfficheError:
            raise
        except TimeoutError as error:
            raise Unreachable("The broker did not answer in time.") from error
        except (Exception, CancelledError) as error:
            # aio-pika, the library below it and asyncio fail in a dozen ways; each means that nothing was confirmed.
            raise Unreachable.because_of(error) from error

    def close(self) -> None:
        """Close all connections; nothing can be published afterwards."""
        if self._thread is None:
            self._loop.close()
            return
        with suppress(TimeoutError):
            self._run(asyncio.wait_for(self._close(), _CLOSE_SECONDS))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSE_SECONDS)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop.run_forever, name="rabbitmq", daemon=True)
                self._thread.start()
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _publish(self, broker: Broker, message: Message) -> None:
        opening = self._links.get(broker)
        kept = opening is not None and opening.done()
        if opening is None:
            opening = self._links[broker] = asyncio.create_task(self._open(broker))
        try:
            # Others may be waiting for the same link, so that our running out of time must not end it.
            link = await asyncio.shield(opening)
            await link.publish(message)
        except BaseException as error:
            self._forget(broker, opening)
            if not kept or not isinstance(error, Exception):
                raise
            await self._publish(broker, message)
        else:
            self._loop.call_later(self._idle_seconds, self._forget_if_idle, broker, opening, link.uses)

    async def _open(self, broker: Broker) -> BrokerLink:
        addresses = await asyncio.to_thread(
            vetted,
            broker.host,
            broker.port,
            self._resolver,
            allow_private=self._allow_private,
            seconds=self._connect_seconds,
        )
        async with asyncio.timeout(self._total_seconds):
            return await BrokerLink.open(broker, addresses, self._trust, self._connect_seconds)

    def _forget_if_idle(self, broker: Broker, opening: asyncio.Task[BrokerLink], uses: int) -> None:
        if opening.result().uses == uses:
            self._forget(broker, opening)

    def _forget(self, broker: Broker, opening: asyncio.Task[BrokerLink]) -> None:
        """Let the next message to the broker find a new link, and end this one when it is no longer used."""
        if self._links.get(broker) is not opening:
            return
        del self._links[broker]
        chore = asyncio.create_task(_retired(opening))
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    async def _close(self) -> None:
        for broker, opening in list(self._links.items()):
            self._forget(broker, opening)
        await asyncio.gather(*self._chores)


async def _retired(opening: asyncio.Task[BrokerLink]) -> None:
    with suppress(Exception):
        await (await opening).retire()
