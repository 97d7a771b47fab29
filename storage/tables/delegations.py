"""The table ``delegations``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from storage.tables.fields import Row, key, moment, ref


class DelegationRow(Row, table=True):
    """A time in which somebody does not answer, and who does so in their place."""

    __tablename__ = "delegations"
    __table_args__ = (Index("idx_delegations_until", "until"),)

    id: str = key()
    from_user_id: str = ref("users")
    to_user_id: str | None = ref("users")
    starts_at: datetime = moment()
    until: datetime = moment()
    ended_at: datetime | None = moment()
    created_at: datetime = moment(default_now=True)
