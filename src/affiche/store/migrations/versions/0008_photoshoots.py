# SPDX-License-Identifier: Apache-2.0
"""Product photos: the cut-outs that they are made of, tasks without a logo, and ids under which anybody may fetch."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False, index=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), sa.ForeignKey("upload.digest"), nullable=False, index=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    with op.batch_alter_table("task") as task:
        task.alter_column("logo_digest", existing_type=sa.String(64), nullable=True)
        task.add_column(sa.Column("public_id", sa.Uuid()))
        task.create_unique_constraint("uq_task_public_id", ["public_id"])


def downgrade() -> None:
    op.execute(sa.text("delete from task where logo_digest is null"))
    op.execute(sa.text("delete from process where message_family = 'ImageProductGeneration'"))
    with op.batch_alter_table("task") as task:
        task.drop_constraint("uq_task_public_id", type_="unique")
        task.drop_column("public_id")
        task.alter_column("logo_digest", existing_type=sa.String(64), nullable=False)
    op.drop_table("asset")
