"""People, their platform accounts and API tokens, who is away, codes that join accounts, and versions of tables."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import document, flag, key, moment, ref, unique, word
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _users()
    _channel_identities()
    _api_tokens()
    _delegations()
    _link_codes()
    _link_tries()
    _table_versions()


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
        moment("admitted_at", nullable=True),
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
        flag("is_reachable", default=True),
        moment("created_at", now=True),
        unique("uq_channel_identities_account", "channel", "workspace_id", "external_id"),
        one_of("channel_identities", "channel", ("console", "slack", "telegram", "api")),
    )
    op.create_index("idx_channel_identities_user_id", "channel_identities", ["user_id"])


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        key(),
        ref("user_id", "users"),
        word("name", 100),
        word("token_hash", 64),
        document("scopes"),
        moment("created_at", now=True),
        moment("expires_at", nullable=True),
        moment("revoked_at", nullable=True),
        unique("uq_api_tokens_token_hash", "token_hash"),
        *json_check("api_tokens", "scopes"),
    )
    op.create_index("idx_api_tokens_user_id", "api_tokens", ["user_id"])


def _delegations() -> None:
    op.create_table(
        "delegations",
        key(),
        ref("from_user_id", "users"),
        ref("to_user_id", "users", nullable=True),
        moment("starts_at"),
        moment("until"),
        moment("ended_at", nullable=True),
        moment("created_at", now=True),
    )
    op.create_index("idx_delegations_until", "delegations", ["until"])


def _link_codes() -> None:
    op.create_table(
        "link_codes",
        key(),
        ref("user_id", "users"),
        word("code_hash", 64),
        word("channel", 20),
        word("workspace_id", 100),
        word("conversation_id", 255),
        ref("claimed_by", "users", nullable=True),
        moment("created_at", now=True),
        moment("expires_at"),
        moment("used_at", nullable=True),
        unique("uq_link_codes_code_hash", "code_hash"),
        one_of("link_codes", "channel", ("console", "slack", "telegram", "api")),
    )
    op.create_index("idx_link_codes_user_id", "link_codes", ["user_id"])


def _link_tries() -> None:
    op.create_table(
        "link_tries",
        key(),
        word("channel", 20),
        word("workspace_id", 100),
        word("external_id", 255),
        moment("created_at", now=True),
        one_of("link_tries", "channel", ("console", "slack", "telegram", "api")),
    )
    op.create_index("idx_link_tries_external_id_created_at", "link_tries", ["external_id", "created_at"])


def _table_versions() -> None:
    op.create_table("table_versions", word("name", 64, primary_key=True), word("version", 36))
