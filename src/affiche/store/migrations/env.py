# SPDX-License-Identifier: Apache-2.0
"""Alembic's entry. The caller (`affiche.store.migrate`) owns the connection, its transaction and its lock."""

from alembic import context

from affiche.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
