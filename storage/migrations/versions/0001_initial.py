"""The schema of the first release: the five seeds as one model, and what the bot needs beside them."""

from __future__ import annotations

from alembic import op

from storage.migrations.initial import approvals, catalogue, guards, messages, people, record, requests

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    people.create()
    catalogue.create()
    requests.create()
    approvals.create()
    messages.create()
    record.create()
    for statement in guards.statements(op.get_context().dialect):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first release; use another database instead")
