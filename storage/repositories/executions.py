"""Executions and ChatActions: requests, and what they were understood as."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, false, func, or_, select, true, update

from core.domain.actions import risk_of
from core.domain.executions import ChatActionRecord, Execution, ExecutionStatus, StatusTransition, WaitingFor
from core.domain.listing import ExecutionFilter, Order, Place
from core.domain.messages import ConversationRef
from core.domain.plans import RiskLevel
from core.domain.usage import DailyUsage
from storage.repositories import costs, removal
from storage.repositories.base import Repository
from storage.repositories.execution_pages import narrowed, ordered, parts
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.chat_actions import ChatActionRow
from storage.tables.executions import ExecutionRow, StatusTransitionRow
from storage.tables.fields import table_of
from storage.tables.prompts import ApprovalPromptRow
from storage.types import has_any


def _add_risk(row: dict[str, Any]) -> None:
    row["risk_level"] = risk_of(row["resolved_action"]).lower()


EXECUTIONS = RowMap(
    ExecutionRow,
    Execution,
    text=("input_text", "prompt", "output", "error_message", "callback_url"),
    data=("metadata", "subject", "error_details", "resources"),
)
TRANSITIONS = RowMap(StatusTransitionRow, StatusTransition, text=("reason",))
CHAT_ACTIONS = RowMap(ChatActionRow, ChatActionRecord, text=("input_text",), data=("resolved_action",), pack=_add_risk)

_execution, _action, _transition = EXECUTIONS.table.c, CHAT_ACTIONS.table.c, TRANSITIONS.table.c
_prompts = table_of(ApprovalPromptRow)

_BY_CODE = EXECUTIONS.select.where(_execution.code == bindparam("code"))
_BY_DEDUPE_KEY = EXECUTIONS.select.where(_execution.dedupe_key == bindparam("dedupe_key"))
_CODE_TAKEN = select(_execution.id).where(_execution.code == bindparam("code"))
# A revision never goes back, even when an older copy of the execution is written after a bump.
_SWAP = EXECUTIONS.update.where(_execution.status == bindparam("expected")).values(
    revision=case((_execution.revision > bindparam("seen"), _execution.revision), else_=bindparam("seen"))
)
_BUMP = EXECUTIONS.update.values(revision=_execution.revision + 1, updated_at=bindparam("now"))
_PROMPTS_BEHIND = (
    update(_prompts)
    .where(_prompts.c.execution_id == bindparam("key"), _prompts.c.shown_revision < bindparam("seen"))
    .values(is_behind=true())
)
_ALL_PROMPTS_BEHIND = update(_prompts).where(_prompts.c.execution_id == bindparam("key")).values(is_behind=true())
_WAITING = (
    select(_execution.id)
    .where(_execution.status == ExecutionStatus.PENDING.value, _execution.waiting_for == bindparam("what"))
    .order_by(_execution.created_at, _execution.id)
    .limit(bindparam("limit"))
)
_OPEN_OF = (
    select(_execution.id)
    .where(_execution.user_id == bindparam("user"), _execution.status.in_(("pending", "running")))
    .order_by(_execution.created_at, _execution.id)
)
_TOKENS = select(func.sum(_execution.tokens_used)).where(
    _execution.user_id == bindparam("user"), _execution.created_at >= bindparam("moment")
)
_REPEATS = EXECUTIONS.select.where(_execution.replay_of == bindparam("origin")).order_by(
    _execution.created_at, _execution.id
)
_NEWEST_FIRST = EXECUTIONS.select.order_by(_execution.created_at.desc(), _execution.id.desc())
_PREPARED = EXECUTIONS.select.where(
    _execution.created_at >= bindparam("moment"), _execution.subject.is_not(None)
).order_by(_execution.created_at, _execution.id)
# A freeze changes nothing, but others have to find out why they cannot.
_IS_CHANGE = or_(
    _action.risk_level.in_((RiskLevel.WRITE.lower(), RiskLevel.DESTRUCTIVE.lower())), _action.intent == "freeze"
)
_SHOWN = (
    select(_prompts.c.execution_id, _prompts.c.created_at)
    .where(
        _prompts.c.channel == bindparam("channel"),
        _prompts.c.workspace_id == bindparam("workspace"),
        _prompts.c.conversation_id == bindparam("conversation"),
        _prompts.c.is_gone.is_(false()),
        select(_action.id).where(_action.execution_id == _prompts.c.execution_id, _IS_CHANGE).exists(),
    )
    .order_by(_prompts.c.created_at.desc(), _prompts.c.id.desc())
    .limit(1)
)
_TRANSITIONS = TRANSITIONS.select.where(_transition.execution_id == bindparam("execution")).order_by(
    _transition.transitioned_at, _transition.id
)
_NEWEST_ACTION = (
    CHAT_ACTIONS.select.where(_action.execution_id == bindparam("execution"))
    .order_by(_action.created_at.desc(), _action.id.desc())
    .limit(1)
)
_SWAP_ACTION = CHAT_ACTIONS.update.where(_action.result == bindparam("expected"))


class SqlExecutions(Repository[Execution]):
    """Requests, and the log of all status changes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, EXECUTIONS)

    async def add(self, execution: Execution) -> None:
        await self._add(execution)
        self._session.new_executions.add(execution.id)

    async def get(self, execution_id: str) -> Execution | None:
        return await self._one(EXECUTIONS.by_id, key=execution_id)

    async def by_code(self, code: str) -> Execution | None:
        return await self._one(_BY_CODE, code=code)

    async def by_dedupe_key(self, dedupe_key: str) -> Execution | None:
        return await self._one(_BY_DEDUPE_KEY, dedupe_key=dedupe_key)

    async def code_taken(self, code: str) -> bool:
        return bool(await self._column(_CODE_TAKEN, code=code))

    async def update(self, execution: Execution, *, expected: str) -> bool:
        if not await self._swap(execution, _SWAP, expected=expected, seen=execution.revision):
            return False
        self._session.write(_PROMPTS_BEHIND, {"key": execution.id, "seen": execution.revision})
        return True

    def _changes(self, value: Execution) -> dict[str, Any]:
        changes = super()._changes(value)
        changes.pop("revision", None)  # the statement sees to it
        return changes

    async def bump(self, execution_id: str, now: datetime) -> None:
        self._session.write(_BUMP, {"key": execution_id, "now": now})
        self._session.write(_ALL_PROMPTS_BEHIND, {"key": execution_id})

    async def open_of(self, user_id: str) -> tuple[str, ...]:
        return await self._column(_OPEN_OF, user=user_id)

    async def repeats(self, execution_id: str) -> tuple[Execution, ...]:
        return await self._many(_REPEATS, origin=execution_id)

    async def waiting(self, what: WaitingFor, *, limit: int) -> tuple[str, ...]:
        return await self._column(_WAITING, what=what.value, limit=limit)

    async def recent(
        self,
        *,
        limit: int,
        skills: Sequence[str] = (),
        user_id: str | None = None,
        conversation: ConversationRef | None = None,
    ) -> tuple[Execution, ...]:
        action = select(_action.id).where(_action.execution_id == _execution.id, _IS_CHANGE)
        if skills:
            action = action.where(has_any(_action.resolved_action, "skills", skills))
        statement = _NEWEST_FIRST.where(action.exists()).limit(limit)
        if user_id is not None:
            statement = statement.where(_execution.user_id == user_id)
        if conversation is not None:
            statement = statement.where(
                _execution.channel == conversation.channel,
                _execution.workspace_id == conversation.workspace_id,
                _execution.channel_id == conversation.conversation_id,
            )
        return await self._many(statement)

    async def last_in(self, conversation: ConversationRef) -> Execution | None:
        place = {
            "channel": conversation.channel,
            "workspace": conversation.workspace_id,
            "conversation": conversation.conversation_id,
        }
        made, shown = await asyncio.gather(
            self.recent(limit=1, conversation=conversation), self._session.rows(_SHOWN, place)
        )
        if shown and (not made or made[0].created_at < shown[0].created_at):
            return await self.get(shown[0].execution_id)
        return made[0] if made else None

    async def prepared_since(self, moment: datetime) -> tuple[Execution, ...]:
        return await self._many(_PREPARED, moment=moment)

    async def listed(
        self, wanted: ExecutionFilter, order: Order, *, limit: int, offset: int = 0, after: Place | None = None
    ) -> tuple[Execution, ...]:
        statement = narrowed(EXECUTIONS.select, wanted)
        if offset:
            return await self._many(ordered(statement, order).limit(limit).offset(offset))
        found: tuple[Execution, ...] = ()
        for part in parts(statement, order, after):
            if len(found) < limit:
                found += await self._many(part.limit(limit - len(found)))
        return found

    async def old(
        self, *, approved: datetime, others: datetime, now: datetime, after: str, limit: int
    ) -> tuple[Execution, ...]:
        return await self._many(
            removal.old(EXECUTIONS.select, approved=approved, others=others, now=now, after=after, limit=limit)
        )

    async def was_decided(self, execution_ids: Sequence[str]) -> frozenset[str]:
        return await removal.decided(self._session, execution_ids)

    async def remove(self, execution_ids: Sequence[str]) -> None:
        await removal.remove(self._session, execution_ids)

    async def add_usage(self, usage: DailyUsage, now: datetime) -> None:
        costs.add_usage(self._session, usage, now)

    async def usage(self, since: date, *, user_id: str | None = None) -> tuple[DailyUsage, ...]:
        return await costs.usage_since(self._session, since, user_id)

    async def tokens_since(self, moment: datetime, *, user_id: str) -> int:
        (used,) = await self._column(_TOKENS, moment=moment, user=user_id)
        return int(used or 0)

    async def add_transition(self, transition: StatusTransition) -> None:
        self._session.write(TRANSITIONS.insert, TRANSITIONS.to_row(transition, self._session.scrub))

    async def transitions(self, execution_id: str) -> tuple[StatusTransition, ...]:
        return TRANSITIONS.every(await self._session.rows(_TRANSITIONS, {"execution": execution_id}))


class SqlChatActions(Repository[ChatActionRecord]):
    """The audit rows of understood actions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CHAT_ACTIONS)

    async def add(self, record: ChatActionRecord) -> None:
        await self._add(record)

    async def of_execution(self, execution_id: str) -> ChatActionRecord | None:
        return await self._one(_NEWEST_ACTION, execution=execution_id)

    async def update(self, record: ChatActionRecord, *, expected: str) -> bool:
        return await self._swap(record, _SWAP_ACTION, expected=expected)
