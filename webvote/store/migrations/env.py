"""Alembic runs this file; it migrates over the connection it is handed."""

from __future__ import annotations

from alembic import context

from webvote.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="",
)
with context.begin_transaction():
    context.run_migrations()
