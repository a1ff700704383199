# SPDX-License-Identifier: Apache-2.0
"""What enhancements are asked for in fields, and how many pictures of each source."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enhancement", sa.Column("wishes", sa.JSON()))
    op.add_column("enhancement", sa.Column("per_source", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("enhancement", "per_source")
    op.drop_column("enhancement", "wishes")
