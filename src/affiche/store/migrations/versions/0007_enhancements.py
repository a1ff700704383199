# SPDX-License-Identifier: Apache-2.0
"""Enhancements and their items."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enhancement",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False),
        sa.Column("environment", sa.String(20), nullable=False),
        sa.Column("key_id", sa.Uuid(), sa.ForeignKey("api_key.id"), nullable=False),
        sa.Column("resource", sa.String(40), nullable=False),
        sa.Column("idempotency_key", sa.String(160), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("treatment", sa.String(60), nullable=False),
        sa.Column("preservation", sa.String(20), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("total_items", sa.Integer(), nullable=False),
        sa.Column("credits_per_item", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Uuid(), sa.ForeignKey("callback.id")),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("completed_at", sa.BigInteger()),
        sa.UniqueConstraint("application_id", "environment", "resource", "idempotency_key"),
    )
    op.create_index("ix_enhancement_key_id_created_at", "enhancement", ["key_id", "created_at"])
    op.create_index("ix_enhancement_application_id_status", "enhancement", ["application_id", "status"])
    op.create_table(
        "enhancement_item",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("enhancement_id", sa.Uuid(), sa.ForeignKey("enhancement.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("external_id", sa.String(255)),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("token", sa.String(64)),
        sa.Column("error_code", sa.String(60)),
        sa.Column("notes", sa.JSON()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("receipt", sa.JSON()),
        sa.Column("finished_at", sa.BigInteger(), index=True),
        sa.UniqueConstraint("enhancement_id", "position"),
    )


def downgrade() -> None:
    op.drop_table("enhancement_item")
    op.drop_table("enhancement")
