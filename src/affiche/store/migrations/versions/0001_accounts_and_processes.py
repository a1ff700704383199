# SPDX-License-Identifier: Apache-2.0
"""Accounts, channels, uploads, processes, tasks and executors."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _channel()
    _processes()
    _jobs()


def _accounts() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger()),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False, index=True),
        sa.Column("api_key_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("api_secret_hash", sa.String(64), nullable=False),
        sa.Column("jwt_key_hash", sa.String(64), nullable=False),
        sa.Column("jwt_key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
    )
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("credential_id", sa.Uuid(), sa.ForeignKey("credential.id"), nullable=False, index=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False, index=True),
        sa.Column("used_at", sa.BigInteger()),
    )


def _channel() -> None:
    op.create_table(
        "channel",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False, index=True),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("include_image_data", sa.Boolean(), nullable=False),
        sa.Column("configuration", sa.JSON(), nullable=False),
        sa.Column("password_sealed", sa.LargeBinary()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )


def _processes() -> None:
    op.create_table(
        "upload",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False, index=True),
    )
    op.create_table(
        "process",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("message_family", sa.String(50), nullable=False),
        sa.Column("render_kind", sa.Integer(), nullable=False),
        sa.Column("render_type", sa.Integer(), nullable=False),
        sa.Column("variants", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("download_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_process_application_id_created_at", "process", ["application_id", "created_at"])
    op.create_index("ix_process_application_id_user_id", "process", ["application_id", "user_id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("process_id", sa.Uuid(), sa.ForeignKey("process.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("format_kind", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=False),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("photo_digest", sa.String(64), sa.ForeignKey("upload.digest"), nullable=False, index=True),
        sa.Column("logo_digest", sa.String(64), sa.ForeignKey("upload.digest"), nullable=False, index=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), index=True),
        sa.Column("error_message", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("size", sa.Integer()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("dropped", sa.JSON()),
        sa.Column("download_count", sa.Integer(), nullable=False),
        sa.UniqueConstraint("process_id", "position"),
    )


def _jobs() -> None:
    op.create_table(
        "discarded_blob",
        sa.Column("key", sa.String(300), primary_key=True),
        sa.Column("since", sa.BigInteger(), nullable=False, index=True),
    )
    op.create_table(
        "executor",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("host", sa.String(200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("pid_started", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    names = ("executor", "discarded_blob", "task", "process", "upload", "channel", "refresh_token", "credential")
    for name in (*names, "application"):
        op.drop_table(name)
