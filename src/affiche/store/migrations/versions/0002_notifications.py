# SPDX-License-Identifier: Apache-2.0
"""Events, deliveries and attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False, index=True),
        sa.Column("process_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("message_type", sa.String(80), nullable=False),
        sa.Column("routing_key", sa.String(80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("image_key", sa.String(300)),
        sa.Column("created_at", sa.BigInteger(), nullable=False, index=True),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("event_id", sa.Uuid(), sa.ForeignKey("event.id"), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.UniqueConstraint("event_id", "channel_id"),
    )
    op.create_table(
        "attempt",
        sa.Column("delivery_id", sa.Uuid(), sa.ForeignKey("delivery.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    for name in ("attempt", "delivery", "event"):
        op.drop_table(name)
