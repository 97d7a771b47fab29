"""Delegations: who is away, and who votes in their place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, update

from core.domain.delegations import Delegation
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.delegations import DelegationRow

DELEGATIONS = RowMap(DelegationRow, Delegation)

_delegation = DELEGATIONS.table.c
_ACTIVE = DELEGATIONS.select.where(
    _delegation.until > bindparam("now"),
    _delegation.starts_at <= bindparam("now"),
    or_(_delegation.ended_at.is_(None), _delegation.ended_at > bindparam("now")),
).order_by(_delegation.created_at, _delegation.id)
_END = (
    update(DELEGATIONS.table)
    .where(_delegation.until > bindparam("now"), _delegation.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_GIVEN, _TAKEN = _delegation.from_user_id == bindparam("user"), _delegation.to_user_id == bindparam("user")
_END_GIVEN, _END_OF = _END.where(_GIVEN), _END.where(or_(_GIVEN, _TAKEN))


class SqlDelegations(Repository[Delegation]):
    """Who is away."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, DELEGATIONS)

    async def add(self, delegation: Delegation) -> None:
        await self._add(delegation)

    async def active(self, now: datetime) -> tuple[Delegation, ...]:
        return await self._many(_ACTIVE, now=now)

    async def end_given(self, user_id: str, now: datetime) -> int:
        return await self._session.change(_END_GIVEN, {"user": user_id, "now": now})

    async def end_of(self, user_id: str, now: datetime) -> int:
        return await self._session.change(_END_OF, {"user": user_id, "now": now})
