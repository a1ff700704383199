# SPDX-License-Identifier: Apache-2.0
"""Notifications wired for a worker."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from affiche.outbound.client import GuardedClient
from affiche.outbound.rabbitmq import RabbitPublisher
from affiche.outbound.webhook import SignedWebhookSender, WebhookSender
from affiche.service.assembly import Foundation
from affiche.service.notifications.deliver import Deliver
from affiche.service.notifications.outbox import NotificationOutbox
from affiche.service.notifications.senders import ChannelSender
from affiche.service.notifications.upkeep import NotificationUpkeep
from affiche.settings import Settings

CALLBACK_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Notifications:
    """The outbox that completions write to, the handler of delivery jobs, the chore of the upkeep job."""

    outbox: NotificationOutbox
    deliver: Deliver
    upkeep: NotificationUpkeep


def notifications(settings: Settings, base: Foundation) -> Notifications:
    """On an open foundation; connections to brokers live as long as the process."""
    private = settings.allow_private_targets
    webhooks = WebhookSender(GuardedClient(allow_private=private))
    calling = GuardedClient(allow_private=private, connect_seconds=CALLBACK_SECONDS, total_seconds=CALLBACK_SECONDS)
    callbacks = SignedWebhookSender(calling, lambda: base.clock().timestamp(), standard=settings.standard_webhooks)
    sender = ChannelSender(webhooks, RabbitPublisher(allow_private=private), callbacks)
    outbox = NotificationOutbox(
        base.jobs, base.clock, settings.failed_state, progress_after_every_task=settings.progress_after_every_task
    )
    return Notifications(
        outbox,
        Deliver(base.store, base.blobs, base.jobs, base.box, base.clock, sender),
        NotificationUpkeep(base.store, base.jobs, timedelta(days=settings.event_retention_days)),
    )
