# SPDX-License-Identifier: Apache-2.0
"""The credit ledger, which can only grow, and balances."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSAL = "Entries of the ledger are only ever added."
_CHANGES = ("update", "delete")


def upgrade() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), nullable=False),
        sa.Column("pool", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("hold_number", _NUMBER, sa.ForeignKey("ledger_entry.number"), index=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name="amount"),
    )
    op.create_index("ix_ledger_entry_application_id_pool_number", "ledger_entry", ["application_id", "pool", "number"])
    op.create_table(
        "credit_balance",
        sa.Column("application_id", sa.Uuid(), sa.ForeignKey("application.id"), primary_key=True),
        sa.Column("pool", sa.String(20), primary_key=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("granted", "available", "held", "spent")),
        sa.CheckConstraint("available >= 0 or pool = 'open'", name="available"),
        sa.CheckConstraint("held >= 0", name="held"),
    )
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in _CHANGES:
            op.execute(
                sa.text(
                    f"create trigger ledger_entry_no_{change} before {change} on ledger_entry "
                    f"begin select raise(abort, '{_REFUSAL}'); end"
                )
            )
        return
    op.execute(
        sa.text(
            "create function refuse_ledger_change() returns trigger language plpgsql as "
            f"$$ begin raise exception '{_REFUSAL}'; end $$"
        )
    )
    op.execute(
        sa.text(
            f"create trigger ledger_entry_no_change before {' or '.join(_CHANGES)} on ledger_entry "
            "for each row execute function refuse_ledger_change()"
        )
    )


def downgrade() -> None:
    op.drop_table("credit_balance")
    op.drop_table("ledger_entry")
    if op.get_bind().dialect.name != "sqlite":
        op.execute(sa.text("drop function refuse_ledger_change()"))
