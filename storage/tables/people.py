"""The tables ``users``, ``channel_identities`` and ``api_tokens``."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.messages import ChannelName
from core.domain.users import Role
from storage.tables.fields import Row, document, flag, key, moment, ref, word
from storage.types import json_check, one_of


class UserRow(Row, table=True):
    """A person."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("email", name="uq_users_email"),
        one_of("users", "role", Role),
    )

    id: str = key()
    email: str = word(255)
    email_verified: bool = flag()
    name: str = word(255)
    role: str = word(20, default=Role.USER)
    is_active: bool = flag(default=True)
    language: str = word(10, default="en")
    timezone: str = word(64, default="UTC")
    created_at: datetime = moment(default_now=True)
    admitted_at: datetime | None = moment()


class ChannelIdentityRow(Row, table=True):
    """A platform account that belongs to a person."""

    __tablename__ = "channel_identities"
    __table_args__ = (
        UniqueConstraint("channel", "workspace_id", "external_id", name="uq_channel_identities_account"),
        one_of("channel_identities", "channel", get_args(ChannelName)),
        Index("idx_channel_identities_user_id", "user_id"),
    )

    id: str = key()
    channel: str = word(20)
    workspace_id: str = word(100)
    external_id: str = word(255)
    user_id: str = ref("users")
    display_name: str = word(255)
    is_reachable: bool = flag(default=True)
    created_at: datetime = moment(default_now=True)


class ApiTokenRow(Row, table=True):
    """What a person's program proves itself with, by its hash."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
        *json_check("api_tokens", "scopes"),
        Index("idx_api_tokens_user_id", "user_id"),
    )

    id: str = key()
    user_id: str = ref("users")
    name: str = word(100)
    token_hash: str = word(64)
    scopes: list[str] = document()
    created_at: datetime = moment(default_now=True)
    expires_at: datetime | None = moment()
    revoked_at: datetime | None = moment()
