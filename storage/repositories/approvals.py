"""Approvals: ``hitl_requests`` and their votes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update

from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.base import new_id
from core.domain.plans import RiskLevel
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.approvals import ApprovalVoteRow, HitlRequestRow
from storage.types import insert_or_skip


def _lower_risk(row: dict[str, Any]) -> None:
    row["risk_level"] = row["risk_level"].lower()


def _raise_risk(values: dict[str, Any]) -> None:
    values["risk_level"] = RiskLevel(values["risk_level"].capitalize())


def _add_id(row: dict[str, Any]) -> None:
    row["id"] = new_id(row["voted_at"])


REQUESTS = RowMap(
    HitlRequestRow,
    ApprovalRequest,
    text=("title", "description", "comment", "callback_url"),
    data=("payload", "options", "response", "rule", "change"),
    pack=_lower_risk,
    unpack=_raise_risk,
)
VOTES = RowMap(ApprovalVoteRow, Vote, text=("comment",), data=("answer",), pack=_add_id)

_request, _vote = REQUESTS.table.c, VOTES.table.c
_IS_PENDING = _request.status == ApprovalStatus.PENDING.value
_BY_CODE = REQUESTS.select.where(_request.code == bindparam("code"))
_OF_EXECUTION = (
    REQUESTS.select.where(_request.execution_id == bindparam("execution"))
    .order_by(_request.created_at.desc(), _request.id.desc())
    .limit(1)
)
_PENDING = REQUESTS.select.where(_IS_PENDING, _request.expires_at > bindparam("now")).order_by(
    _request.created_at.desc(), _request.id.desc()
)
_DUE = (
    REQUESTS.select.where(_IS_PENDING, _request.expires_at <= bindparam("now"))
    .order_by(_request.expires_at, _request.id)
    .limit(bindparam("limit"))
)
_REMIND_DUE = (
    REQUESTS.select.where(_IS_PENDING, _request.expires_at > bindparam("now"), _request.remind_at <= bindparam("now"))
    .order_by(_request.remind_at, _request.id)
    .limit(bindparam("limit"))
)
# Nobody sees a reminder's moment: the request is as old as it was.
_SET_REMINDER = REQUESTS.update.values(remind_at=bindparam("at"), updated_at=_request.updated_at)
_REVISE = REQUESTS.update.where(_IS_PENDING, _request.revision == bindparam("seen"))
# What another revision of the same question may change.
_REVISED = (
    *(
        "title",
        "payload",
        "risk_level",
        "subject_hash",
        "policy",
        "rule",
        "requesters",
        "change",
        "threshold",
        "revision",
    ),
    *("remind_at", "expires_at", "updated_at"),
)
_CLOSE = REQUESTS.update.where(_IS_PENDING)
_CLOSE_IN_TIME = _CLOSE.where(_request.expires_at > bindparam("now"))
_VOTES = VOTES.select.where(_vote.request_id == bindparam("request")).order_by(_vote.voted_at, _vote.id)
_REMOVE_VOTE = delete(VOTES.table).where(_vote.request_id == bindparam("request"), _vote.user_id == bindparam("person"))
_FIRST_VOTE = insert_or_skip(VOTES.table, "request_id", "user_id")
_VOTE_AGAIN = update(VOTES.table).where(
    _vote.request_id == bindparam("request"),
    _vote.user_id == bindparam("person"),
    _vote.revision < bindparam("later"),
)


class SqlApprovals(Repository[ApprovalRequest]):
    """Questions to people. A decision is one conditional UPDATE: whoever is second changes no row."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, REQUESTS)

    async def add(self, request: ApprovalRequest) -> None:
        await self._add(request)

    async def get(self, request_id: str) -> ApprovalRequest | None:
        return await self._one(REQUESTS.by_id, key=request_id)

    async def by_code(self, code: str) -> ApprovalRequest | None:
        return await self._one(_BY_CODE, code=code)

    async def of_execution(self, execution_id: str) -> ApprovalRequest | None:
        return await self._one(_OF_EXECUTION, execution=execution_id)

    async def pending(self, now: datetime) -> tuple[ApprovalRequest, ...]:
        return await self._many(_PENDING, now=now)

    async def due(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        return await self._many(_DUE, now=now, limit=limit)

    async def remind_due(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        return await self._many(_REMIND_DUE, now=now, limit=limit)

    async def set_reminder(self, request_id: str, at: datetime | None) -> None:
        self._session.write(_SET_REMINDER, {"key": request_id, "at": at})

    async def revise(self, request: ApprovalRequest, *, expected_revision: int) -> bool:
        row = REQUESTS.to_row(request, self._session.scrub)
        changes = {name: row[name] for name in _REVISED}
        return await self._session.change(_REVISE, changes | {"key": request.id, "seen": expected_revision}) == 1

    async def decide(
        self,
        request: ApprovalRequest,
        *,
        status: ApprovalStatus,
        now: datetime,
        by: str,
        comment: str | None,
        execution_expires_at: datetime | None = None,
        response: dict[str, Any] | None = None,
    ) -> bool:
        scrub = self._session.scrub
        decision = {
            "key": request.id,
            "status": status.value,
            "response": None if response is None else scrub.data(response),
            "responded_by": by,
            "responded_at": now,
            "updated_at": now,
            "comment": None if comment is None else scrub.text(comment),
            "execution_expires_at": execution_expires_at,
        }
        if status in {ApprovalStatus.EXPIRED, ApprovalStatus.CANCELLED}:
            return await self._session.change(_CLOSE, decision) == 1
        return await self._session.change(_CLOSE_IN_TIME, decision | {"now": now}) == 1

    async def add_vote(self, vote: Vote) -> bool:
        row = VOTES.to_row(vote, self._session.scrub)
        self._session.write(_FIRST_VOTE, row)
        if await self._column(VOTES.has_id, key=row["id"]):
            return True
        del row["id"]
        where = {"request": row.pop("request_id"), "person": row.pop("user_id"), "later": vote.revision}
        return await self._session.change(_VOTE_AGAIN, row | where) == 1

    async def remove_vote(self, request_id: str, user_id: str) -> bool:
        return await self._session.change(_REMOVE_VOTE, {"request": request_id, "person": user_id}) == 1

    async def votes(self, request_id: str) -> tuple[Vote, ...]:
        return VOTES.every(await self._session.rows(_VOTES, {"request": request_id}))
