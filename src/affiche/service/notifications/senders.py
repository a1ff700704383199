# SPDX-License-Identifier: Apache-2.0
"""The ways to an application: its webhook, its broker, the signed webhook of a request."""

from affiche.errors import AfficheError
from affiche.outbound.addresses import RefusedTarget
from affiche.outbound.broker import Broker, Message
from affiche.outbound.rabbitmq import RabbitPublisher
from affiche.outbound.webhook import SignedWebhookSender, WebhookSender
from affiche.service.channels.values import RabbitTarget, Target, WebhookTarget
from affiche.service.notifications.callbacks import Callback, public_id
from affiche.service.notifications.deliver import Outcome
from affiche.store.notification_tables import EventRow


class ChannelSender:
    """Sends by the kind of the target; every fault of the other side becomes an outcome."""

    def __init__(self, webhooks: WebhookSender, brokers: RabbitPublisher, callbacks: SignedWebhookSender) -> None:
        self._webhooks = webhooks
        self._brokers = brokers
        self._callbacks = callbacks

    def __call__(self, target: Target | Callback, event: EventRow, body: bytes) -> Outcome:
        try:
            if isinstance(target, WebhookTarget):
                answer = self._webhooks.send(target.url, str(event.id), body)
                return Outcome.of_status(answer.status, answer.text, answer.retry_after)
            if isinstance(target, Callback):
                answer = self._callbacks.send(target.url, target.secret, public_id(event.id), body)
                return Outcome.of_status(answer.status, answer.text, answer.retry_after, refusable=False)
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
