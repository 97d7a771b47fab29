"""The tables ``users`` and ``channel_identities``."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.messages import ChannelName
from core.domain.users import Role
from storage.tables.fields import Row, flag, key, moment, ref, word
from storage.types import one_of


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
    created_at: datetime = moment(default_now=True)
