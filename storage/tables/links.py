"""The tables ``link_codes`` and ``link_tries``."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.messages import ChannelName
from storage.tables.fields import Row, key, moment, ref, word
from storage.types import one_of


class LinkCodeRow(Row, table=True):
    """A one-time code that joins two accounts, by its hash."""

    __tablename__ = "link_codes"
    __table_args__ = (
        UniqueConstraint("code_hash", name="uq_link_codes_code_hash"),
        one_of("link_codes", "channel", get_args(ChannelName)),
        Index("idx_link_codes_user_id", "user_id"),
    )

    id: str = key()
    user_id: str = ref("users")
    code_hash: str = word(64)
    channel: str = word(20)
    workspace_id: str = word(100)
    conversation_id: str = word(255)
    claimed_by: str | None = ref("users")
    created_at: datetime = moment(default_now=True)
    expires_at: datetime = moment()
    used_at: datetime | None = moment()


class LinkTryRow(Row, table=True):
    """A wrong code that an account has sent."""

    __tablename__ = "link_tries"
    __table_args__ = (
        one_of("link_tries", "channel", get_args(ChannelName)),
        Index("idx_link_tries_external_id_created_at", "external_id", "created_at"),
    )

    id: str = key()
    channel: str = word(20)
    workspace_id: str = word(100)
    external_id: str = word(255)
    created_at: datetime = moment(default_now=True)
