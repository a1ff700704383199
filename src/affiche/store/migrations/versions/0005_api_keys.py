# SPDX-License-Identifier: Apache-2.0
"""API keys, what was done to them, and the standing of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("standing", sa.String(40), nullable=False, server_default="good"))
    op.create_table(
        "api_key",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False, index=True),
        sa.Column("environment", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("hint", sa.String(40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        *(sa.Column(f"{what}_at", sa.BigInteger()) for what in ("expires", "deactivated", "revoked", "deleted")),
    )
    op.create_table(
        "api_key_change",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("key_id", sa.Uuid(), sa.ForeignKey("api_key.id"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_api_key_change_application_id_at", "api_key_change", ["application_id", "at"])


def downgrade() -> None:
    op.drop_table("api_key_change")
    op.drop_table("api_key")
    op.drop_column("application", "standing")
