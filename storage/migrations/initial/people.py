"""People and their platform accounts."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import flag, key, moment, ref, unique, word
from storage.types import one_of


def create() -> None:
    """Create the tables."""
    _users()
    _channel_identities()


def _users() -> None:
    op.create_table(
        "users",
        key(),
        word("email", 255),
        flag("email_verified"),
        word("name", 255),
        word("role", 20, default="user"),
        flag("is_active", default=True),
        word("language", 10, default="en"),
        word("timezone", 64, default="UTC"),
        moment("created_at", now=True),
        unique("uq_users_email", "email"),
        one_of("users", "role", ("user", "admin")),
    )


def _channel_identities() -> None:
    op.create_table(
        "channel_identities",
        key(),
        word("channel", 20),
        word("workspace_id", 100),
        word("external_id", 255),
        ref("user_id", "users"),
        word("display_name", 255),
        moment("created_at", now=True),
        unique("uq_channel_identities_account", "channel", "workspace_id", "external_id"),
        one_of("channel_identities", "channel", ("console", "slack", "telegram", "api")),
    )
    op.create_index("idx_channel_identities_user_id", "channel_identities", ["user_id"])
