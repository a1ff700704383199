# SPDX-License-Identifier: Apache-2.0
"""Notifications wired for a worker."""

from affiche.outbound.client import GuardedClient
from affiche.outbound.rabbitmq import RabbitPublisher
from affiche.service.assembly import Foundation
from affiche.service.notifications.deliver import Deliver
from affiche.service.notifications.outbox import NotificationOutbox
from affiche.service.notifications.senders import ChannelSender
from affiche.settings import Settings


def notifications(settings: Settings, base: Foundation) -> tuple[NotificationOutbox, Deliver]:
    """The outbox that completions write to, and the handler of delivery jobs."""
    outbox = NotificationOutbox(
        base.jobs, base.clock, settings.failed_state, progress_after_every_task=settings.progress_after_every_task
    )
    private = settings.allow_private_targets
    sender = ChannelSender(GuardedClient(allow_private=private), RabbitPublisher(allow_private=private))
    return outbox, Deliver(base.store, base.blobs, base.jobs, base.box, base.clock, sender)
