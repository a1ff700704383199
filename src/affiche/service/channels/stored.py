# SPDX-License-Identifier: Apache-2.0
"""How a channel lies in the database: public configuration as JSON, the broker's password sealed beside it."""

from dataclasses import asdict, replace
from uuid import UUID

from affiche.service.channels.values import Channel, ChannelDraft, ChannelKind, RabbitTarget, Target, WebhookTarget
from affiche.store.secrets import SecretBox
from affiche.store.tables import ChannelRow


def write(row: ChannelRow, draft: ChannelDraft, box: SecretBox) -> None:
    """Put a draft into a row that has its id. A RabbitMQ draft without a password keeps the row's password."""
    row.kind = int(draft.kind)
    row.is_active = draft.is_active
    row.include_image_data = draft.include_image_data
    if isinstance(draft.target, WebhookTarget):
        row.password_sealed = None
    elif draft.target.password is not None:
        row.password_sealed = box.seal(draft.target.password, _purpose(row.id))
    row.configuration = {name: value for name, value in asdict(draft.target).items() if name != "password"}


def read(row: ChannelRow) -> Channel:
    """The channel as its owner may see it: without the password."""
    kind = ChannelKind(row.kind)
    return Channel(
        row.id, row.application_id, kind, _target(row), row.is_active, row.include_image_data, row.created_at
    )


def target_with_secrets(row: ChannelRow, box: SecretBox) -> Target:
    """The target as the sender needs it. Raises `BrokenSecret` if the server key has changed."""
    target = _target(row)
    if isinstance(target, RabbitTarget) and row.password_sealed is not None:
        return replace(target, password=box.open(row.password_sealed, _purpose(row.id)))
    return target


def _target(row: ChannelRow) -> Target:
    if row.kind == ChannelKind.WEBHOOK:
        return WebhookTarget(**row.configuration)
    return RabbitTarget(**row.configuration)


def _purpose(channel_id: UUID) -> str:
    return f"channel:{channel_id}"
