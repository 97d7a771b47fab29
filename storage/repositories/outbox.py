"""Notices, Prompts and Tokens: what has to be said, where it was said, and what its buttons mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, false, func, select, true, update

from core.domain.base import canonical_json, sha256_hex
from core.domain.executions import ExecutionStatus
from core.domain.messages import ConversationRef, MessageRef
from core.domain.notices import Backlog, ButtonToken, Notice, NoticeKind, NoticeStatus, Prompt
from storage.repositories.base import Repository, backlog_of
from storage.repositories.lanes import heads
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of
from storage.tables.notices import NoticeRow
from storage.tables.prompts import ApprovalPromptRow, ButtonTokenRow
from storage.tables.targets import DriftEventRow
from storage.types import insert_or_skip

_PLACE = ("channel", "workspace_id", "conversation_id", "thread_id", "is_private")


def _flatten(row: dict[str, Any]) -> None:
    where: ConversationRef | None = row.pop("conversation")
    row["channel"] = where.channel if where else None
    row["workspace_id"] = where.workspace_id if where else None
    row["conversation_id"] = where.conversation_id if where else None
    row["thread_id"] = where.thread_id if where else None
    row["is_private"] = where.private if where else False


def _flatten_notice(row: dict[str, Any]) -> None:
    _flatten(row)
    if row["kind"] is NoticeKind.CALLBACK:
        row["conversation_key"] = None
    elif row["conversation_id"] is not None:
        row["conversation_key"] = f"{row['channel']}:{row['workspace_id']}:{row['conversation_id']}"
    else:
        row["conversation_key"] = f"user:{row['user_id'] or row['id']}"


def _unflatten(values: dict[str, Any]) -> None:
    place = {name: values.pop(name) for name in _PLACE}
    place["private"] = place.pop("is_private")
    values["conversation"] = None if place["channel"] is None else place


def _press_key(row: dict[str, Any]) -> str:
    same = ("execution_id", "request_id", "revision", "press", "form")
    return sha256_hex(canonical_json([row[name] for name in same]))


NOTICES = RowMap(
    NoticeRow, Notice, text=("last_error",), data=("payload",), pack=_flatten_notice, unpack=_unflatten, unpacked=_PLACE
)
PROMPTS = RowMap(ApprovalPromptRow, Prompt, pack=_flatten, unpack=_unflatten, unpacked=_PLACE)
TOKENS = RowMap(ButtonTokenRow, ButtonToken, data=("press", "form"))

_notice, _prompt, _token = NOTICES.table.c, PROMPTS.table.c, TOKENS.table.c
_executions = table_of(ExecutionRow)
_execution = _executions.c
_drift = table_of(DriftEventRow).c

_ADD_NOTICE = insert_or_skip(NOTICES.table, "dedupe_key")
# The oldest of each conversation (or person) first, and the next one only after it: others are not held up by it.
_DUE = (
    heads(NOTICES.table, NoticeStatus.PENDING.value, _notice.conversation_key, _notice.created_at)
    .where(_notice.next_attempt_at <= bindparam("now"))
    .limit(bindparam("limit"))
)
_REVIVE = (
    update(NOTICES.table)
    .where(
        _notice.user_id == bindparam("user"),
        _notice.status == NoticeStatus.FAILED.value,
        _notice.conversation_id.is_(None),
    )
    .values(status=NoticeStatus.PENDING.value, attempts=0, next_attempt_at=bindparam("now"))
)
_BY_DEDUPE_KEY = NOTICES.select.where(_notice.dedupe_key == bindparam("dedupe_key"))
_CALLBACKS_DUE = (
    select(_notice.id)
    .where(
        _notice.status == NoticeStatus.PENDING.value,
        _notice.kind == NoticeKind.CALLBACK.value,
        _notice.next_attempt_at <= bindparam("now"),
    )
    .order_by(_notice.next_attempt_at, _notice.id)
    .limit(bindparam("limit"))
)
_UNDELIVERED = select(func.count()).where(_notice.status == NoticeStatus.PENDING.value)
_WAITING = backlog_of(
    _notice.status == NoticeStatus.PENDING.value,
    began=_notice.created_at,
    touched=_notice.next_attempt_at,
    error=_notice.last_error,
)
_FAILURES = backlog_of(
    and_(_notice.status == NoticeStatus.FAILED.value, _notice.next_attempt_at >= bindparam("since")),
    began=_notice.created_at,
    touched=_notice.next_attempt_at,
    error=_notice.last_error,
)

_IS_BEHIND = func.coalesce(
    select(_execution.revision > bindparam("shown")).where(_execution.id == bindparam("execution")).scalar_subquery(),
    select(_drift.revision > bindparam("shown")).where(_drift.id == bindparam("drift")).scalar_subquery(),
)
_ADD_PROMPT = PROMPTS.insert.values(is_behind=_IS_BEHIND)
_UPDATE_PROMPT = PROMPTS.update.values(is_behind=_IS_BEHIND)
_BY_MESSAGE = (
    PROMPTS.select.where(
        _prompt.channel == bindparam("channel"),
        _prompt.workspace_id == bindparam("workspace"),
        _prompt.conversation_id == bindparam("conversation"),
        _prompt.message_id == bindparam("message"),
    )
    .order_by(_prompt.created_at.desc(), _prompt.id.desc())
    .limit(1)
)
_OF_EXECUTION = PROMPTS.select.where(_prompt.execution_id == bindparam("execution")).order_by(
    _prompt.created_at, _prompt.id
)
_OPEN_ON = (
    select(_prompt.id)
    .join(_executions, _execution.id == _prompt.execution_id)
    .where(
        _prompt.channel == bindparam("channel"),
        _prompt.is_gone == false(),
        _execution.status.in_((ExecutionStatus.PENDING.value, ExecutionStatus.RUNNING.value)),
    )
    .order_by(_prompt.created_at, _prompt.id)
)
_STALE = (
    select(_prompt.id)
    .where(_prompt.is_behind == true(), _prompt.is_gone == false(), _prompt.next_attempt_at <= bindparam("now"))
    .order_by(_prompt.created_at, _prompt.id)
    .limit(bindparam("limit"))
)

# Whoever writes is alone: what was missing is still missing.
_ADD_TOKEN = TOKENS.insert
_BY_TOKEN = TOKENS.select.where(_token.token == bindparam("token"))
_BY_PRESS_KEYS = TOKENS.select.add_columns(_token.press_key).where(
    _token.press_key.in_(bindparam("keys", expanding=True))
)


class SqlNotices(Repository[Notice]):
    """The outbox."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, NOTICES)

    async def add(self, notice: Notice) -> bool:
        return await self._add_once(NOTICES.to_row(notice, self._session.scrub), _ADD_NOTICE)

    async def get(self, notice_id: str) -> Notice | None:
        return await self._one(NOTICES.by_id, key=notice_id)

    async def due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        return await self._column(_DUE, now=now, limit=limit)

    async def by_dedupe_key(self, dedupe_key: str) -> Notice | None:
        return await self._one(_BY_DEDUPE_KEY, dedupe_key=dedupe_key)

    async def callbacks_due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        return await self._column(_CALLBACKS_DUE, now=now, limit=limit)

    async def update(self, notice: Notice) -> None:
        await self._update(notice)

    async def revive(self, user_id: str, now: datetime) -> int:
        return await self._session.change(_REVIVE, {"user": user_id, "now": now})

    async def undelivered(self) -> int:
        (count,) = await self._column(_UNDELIVERED)
        return int(count)

    async def waiting(self) -> Backlog:
        return await self._backlog(_WAITING)

    async def failures(self, since: datetime) -> Backlog:
        return await self._backlog(_FAILURES, since=since)


class SqlPrompts(Repository[Prompt]):
    """The posted copies of live cards."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PROMPTS)

    async def add(self, prompt: Prompt) -> None:
        row = PROMPTS.to_row(prompt, self._session.scrub)
        self._session.write(_ADD_PROMPT, row | _seen(prompt))

    async def get(self, prompt_id: str) -> Prompt | None:
        return await self._one(PROMPTS.by_id, key=prompt_id)

    async def by_message(self, message: MessageRef) -> Prompt | None:
        where = message.conversation
        return await self._one(
            _BY_MESSAGE,
            channel=where.channel,
            workspace=where.workspace_id,
            conversation=where.conversation_id,
            message=message.message_id,
        )

    async def of_execution(self, execution_id: str) -> tuple[Prompt, ...]:
        return await self._many(_OF_EXECUTION, execution=execution_id)

    async def open_on(self, channel: str) -> tuple[str, ...]:
        return await self._column(_OPEN_ON, channel=channel)

    async def stale(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        return await self._column(_STALE, now=now, limit=limit)

    async def update(self, prompt: Prompt) -> None:
        self._session.write(_UPDATE_PROMPT, PROMPTS.to_update(prompt, self._session.scrub) | _seen(prompt))


class SqlTokens(Repository[ButtonToken]):
    """Opaque button tokens."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TOKENS)

    async def find(self, wanted: Sequence[ButtonToken]) -> tuple[ButtonToken, ...] | None:
        keys = [row["press_key"] for row in self._rows(wanted)]
        stored = await self._stored(list(dict.fromkeys(keys)))
        return tuple(stored[key] for key in keys) if stored.keys() >= set(keys) else None

    async def ensure(self, wanted: Sequence[ButtonToken]) -> tuple[ButtonToken, ...]:
        rows = self._rows(wanted)
        keys = [row["press_key"] for row in rows]
        stored = await self._stored(keys)
        missing = {row["press_key"]: row for row in reversed(rows) if row["press_key"] not in stored}
        if missing:
            self._session.write(_ADD_TOKEN, list(missing.values()))
            stored |= {key: _token_of(row) for key, row in missing.items()}
        return tuple(stored[key] for key in keys)

    async def get(self, token: str) -> ButtonToken | None:
        return await self._one(_BY_TOKEN, token=token)

    def _rows(self, tokens: Sequence[ButtonToken]) -> list[dict[str, Any]]:
        rows = [TOKENS.to_row(token, self._session.scrub) for token in tokens]
        for row in rows:
            row["press_key"] = _press_key(row)
        return rows

    async def _stored(self, keys: list[str]) -> dict[str, ButtonToken]:
        if not keys:
            return {}
        rows = await self._session.rows(_BY_PRESS_KEYS, {"keys": keys})
        return {row.press_key: TOKENS.to_domain(row[:-1]) for row in rows}


def _token_of(row: dict[str, Any]) -> ButtonToken:
    return ButtonToken.model_validate({name: value for name, value in row.items() if name != "press_key"})


def _seen(prompt: Prompt) -> dict[str, object]:
    return {"shown": prompt.shown_revision, "execution": prompt.execution_id, "drift": prompt.drift_id}
