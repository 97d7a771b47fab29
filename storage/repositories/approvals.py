"""Approvals: ``hitl_requests`` and their votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, or_, select, update

from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.base import new_id
from core.domain.listing import Place, RequestFilter
from core.domain.messages import ConversationRef
from core.domain.plans import RiskLevel
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.approvals import ApprovalVoteRow, HitlRequestRow
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of
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
_executions = table_of(ExecutionRow)
_execution = _executions.c
_IS_PENDING = _request.status == ApprovalStatus.PENDING.value
_BY_CODE = REQUESTS.select.where(_request.code == bindparam("code"))
_OF_EXECUTION = (
    REQUESTS.select.where(_request.execution_id == bindparam("execution"))
    .order_by(_request.created_at.desc(), _request.id.desc())
    .limit(1)
)
# Few that are pending are over, so that no index is to be searched for those: others lead straight to what is asked.
_IS_NOT_OVER = func.coalesce(_request.expires_at, _request.created_at) > bindparam("now")
_PENDING = REQUESTS.select.where(_IS_PENDING, _IS_NOT_OVER).order_by(_request.created_at.desc(), _request.id.desc())
_NEWEST_PENDING = _PENDING.limit(bindparam("limit"))
_PENDING_FROM_CHAT = _NEWEST_PENDING.where(_request.chat_action_id.is_not(None))
_PENDING_IN = (
    _PENDING.join(_executions, _execution.id == _request.execution_id)
    .where(
        _execution.channel == bindparam("channel"),
        _execution.workspace_id == bindparam("workspace"),
        _execution.channel_id == bindparam("conversation"),
    )
    .limit(1)
)
_ASKING = _PENDING.where(_request.question_hash == bindparam("question"))
_STILL_OPEN = select(_request.id).where(
    _request.id.in_(bindparam("keys", expanding=True)), _IS_PENDING, _request.expires_at > bindparam("now")
)
_MOMENTS_ASKED = (
    select(_request.created_at)
    .where(
        _request.created_by == bindparam("person"),
        _request.created_at > bindparam("since"),
        _request.chat_action_id.is_(None),
    )
    .order_by(_request.created_at)
)
DUE = (
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
        "question_hash",
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
_VOTES_ON = VOTES.select.where(_vote.request_id.in_(bindparam("requests", expanding=True))).order_by(
    _vote.voted_at, _vote.id
)
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

    async def pending(self, now: datetime, *, limit: int | None = None) -> tuple[ApprovalRequest, ...]:
        if limit is None:
            return await self._many(_PENDING, now=now)
        return await self._many(_NEWEST_PENDING, now=now, limit=limit)

    async def pending_from_chat(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        return await self._many(_PENDING_FROM_CHAT, now=now, limit=limit)

    async def pending_in(self, conversation: ConversationRef, now: datetime) -> ApprovalRequest | None:
        place = {"channel": conversation.channel, "workspace": conversation.workspace_id}
        return await self._one(_PENDING_IN, now=now, conversation=conversation.conversation_id, **place)

    async def asking(self, question_hash: str, now: datetime) -> tuple[ApprovalRequest, ...]:
        return await self._many(_ASKING, question=question_hash, now=now)

    async def listed(
        self, wanted: RequestFilter, *, now: datetime, limit: int, after: Place | None = None
    ) -> tuple[ApprovalRequest, ...]:
        statement = _narrowed(REQUESTS.select, wanted, now)
        if after is not None:
            earlier = or_(_request.created_at < after.value, _request.id < after.id)
            statement = statement.where(and_(_request.created_at <= after.value, earlier))
        statement = statement.order_by(_request.created_at.desc(), _request.id.desc()).limit(limit)
        return await self._many(statement)

    async def count(self, wanted: RequestFilter, *, now: datetime) -> int:
        (found,) = await self._column(_narrowed(select(func.count(_request.id)), wanted, now))
        return int(found)

    async def still_open(self, request_ids: Sequence[str], now: datetime) -> frozenset[str]:
        return frozenset(await self._column(_STILL_OPEN, keys=list(request_ids), now=now))

    async def moments_asked(self, user_id: str, since: datetime) -> tuple[datetime, ...]:
        return await self._column(_MOMENTS_ASKED, person=user_id, since=since)

    async def due(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        return await self._many(DUE, now=now, limit=limit)

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

    async def votes_on(self, request_ids: Sequence[str]) -> tuple[Vote, ...]:
        return VOTES.every(await self._session.rows(_VOTES_ON, {"requests": list(request_ids)}))

    async def votes(self, request_id: str) -> tuple[Vote, ...]:
        return VOTES.every(await self._session.rows(_VOTES, {"request": request_id}))


def _narrowed(statement: Select[Any], wanted: RequestFilter, now: datetime) -> Select[Any]:
    """Return ``statement`` over requests with the conditions of ``wanted``."""
    if wanted.created_by is not None:
        statement = statement.where(_request.created_by == wanted.created_by)
    if wanted.statuses:
        statement = statement.where(or_(*(_stands_as(status, now) for status in wanted.statuses)))
    if wanted.agent_types:
        statement = statement.where(_request.agent_type.in_(wanted.agent_types))
    if wanted.request_types:
        statement = statement.where(_request.request_type.in_(wanted.request_types))
    if wanted.created_after is not None:
        statement = statement.where(_request.created_at >= wanted.created_after)
    if wanted.created_before is not None:
        statement = statement.where(_request.created_at < wanted.created_before)
    return statement


def _stands_as(status: ApprovalStatus, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a request has ``status``; its time is over at its end, not when somebody sweeps."""
    is_status = _request.status == status.value
    if status is ApprovalStatus.PENDING:
        return and_(is_status, _request.expires_at > now)
    if status is ApprovalStatus.EXPIRED:
        return or_(is_status, and_(_IS_PENDING, _request.expires_at <= now))
    return is_status
