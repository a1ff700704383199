# SPDX-License-Identifier: Apache-2.0
"""What is kept of a finished creative: its kind of file, how it met its budget, its score, its receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_JSON = ("encoding", "score", "receipt")


def upgrade() -> None:
    op.add_column("task", sa.Column("max_bytes", sa.Integer()))
    op.add_column("task", sa.Column("content_type", sa.String(40)))
    op.add_column("task", sa.Column("diversity", sa.Double()))
    for name in _JSON:
        op.add_column("task", sa.Column(name, sa.JSON()))
    # Until now every finished creative was a PNG.
    op.execute(sa.text("update task set content_type = 'image/png' where digest is not null"))


def downgrade() -> None:
    for name in ("max_bytes", "content_type", "diversity", *_JSON):
        op.drop_column("task", name)
