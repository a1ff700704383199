# SPDX-License-Identifier: Apache-2.0
"""The two ways to an application: its webhook, its broker."""

from affiche.errors import AfficheError
from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.broker import Broker, Message
from affiche.outbound.rabbitmq import RabbitPublisher
from affiche.outbound.webhook import WebhookSender
from affiche.service.channels.values import RabbitTarget, Target, WebhookTarget
from affiche.service.notifications.deliver import Outcome
from affiche.store.notification_tables import EventRow


class ChannelSender:
    """Sends by the kind of the target; every fault of the other side becomes an outcome."""

    def __init__(self, webhooks: WebhookSender, brokers: RabbitPublisher) -> None:
        self._webhooks = webhooks
        self._brokers = brokers

    def __call__(self, target: Target, event: EventRow, body: bytes) -> Outcome:
        try:
            if isinstance(target, WebhookTarget):
                answer = self._webhooks.send(target.url, str(event.id), body)
                return Outcome.of_status(answer.status, answer.text, answer.retry_after)
            message = Message(event.routing_key, event.message_type, str(event.id), body)
            self._brokers.publish(_broker(target), message)
            return Outcome(True)
        except RefusedTarget as error:
            return Outcome(False, final=True, fault=str(error))
        except AfficheError as error:
            return Outcome(False, fault=str(error))


def _broker(target: RabbitTarget) -> Broker:
    return Broker(
        host=target.host,
        port=target.port,
        user=target.user,
        password=target.password or "",
        virtual_host=target.virtual_host,
        queue=target.queue,
        use_tls=target.use_tls,
    )
