"""Runs the migrations on the connection that ``storage.migrate`` has opened, in its transaction; or prints them."""

from __future__ import annotations

from alembic import context

attributes = context.config.attributes
if context.is_offline_mode():
    context.configure(dialect_name=attributes["dialect"], literal_binds=True)
else:
    context.configure(connection=attributes["connection"], render_as_batch=True)
context.run_migrations()
