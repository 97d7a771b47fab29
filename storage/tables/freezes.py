"""The table ``freezes``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from storage.tables.fields import Row, key, moment, prose, ref


class FreezeRow(Row, table=True):
    """A time in which a skill is not changed on a provider; NULL stands for every skill or every provider."""

    __tablename__ = "freezes"
    __table_args__ = (Index("idx_freezes_ended_at", "ended_at"),)

    id: str = key()
    skill_id: str | None = ref("skills")
    provider_id: str | None = ref("providers")
    user_id: str = ref("users")
    reason: str | None = prose()
    created_at: datetime = moment(default_now=True)
    ended_at: datetime | None = moment()
