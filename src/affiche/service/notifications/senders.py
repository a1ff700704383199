# SPDX-License-Identifier: Apache-2.0
"""The two ways to an application: its webhook, its broker."""

from affiche.errors import AfficheError
from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.client import GuardedClient
from affiche.outbound.rabbitmq import Broker, Message, RabbitPublisher
from affiche.service.channels.values import RabbitTarget, Target, WebhookTarget
from affiche.service.notifications.deliver import Outcome
from affiche.store.notification_tables import EventRow


class ChannelSender:
    """Sends by the kind of the target; every fault becomes an outcome."""

    def __init__(self, client: GuardedClient, publisher: RabbitPublisher) -> None:
        self._client = client
        self._publisher = publisher

    def __call__(self, target: Target, event: EventRow, body: bytes) -> Outcome:
        try:
            if isinstance(target, WebhookTarget):
                return self._post(target, event, body)
            return self._publish(target, event, body)
        except RefusedTarget as error:
            return Outcome(False, final=True, fault=str(error))
        except AfficheError as error:
            return Outcome(False, fault=str(error))

    def _post(self, target: WebhookTarget, event: EventRow, body: bytes) -> Outcome:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Affiche",
            # Receivers that care can tell a repeated delivery by it; others ignore it.
            "X-Affiche-Event-Id": str(event.id),
        }
        answer = self._client.post(target.url, body, headers)
        return Outcome.of_status(answer.status, answer.text)

    def _publish(self, target: RabbitTarget, event: EventRow, body: bytes) -> Outcome:
        broker = Broker(
            target.host,
            target.port,
            target.user,
            target.password or "",
            target.virtual_host,
            target.queue,
            target.use_tls,
        )
        self._publisher.publish(broker, Message(event.routing_key, event.message_type, str(event.id), body))
        return Outcome(True)
