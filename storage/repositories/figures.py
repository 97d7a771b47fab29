"""Figures: sums over what waits, and what has ended since; each is read along an index."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.figures import Ending, Standing
from core.domain.notices import Backlog, InboxStatus, NoticeStatus
from storage.session import Session
from storage.tables.approvals import HitlRequestRow
from storage.tables.executions import ExecutionRow, StatusTransitionRow
from storage.tables.fields import table_of
from storage.tables.inbox import InboxRow
from storage.tables.notices import NoticeRow
from storage.tables.prompts import ApprovalPromptRow
from storage.tables.providers import ProviderRow
from storage.tables.runs import InstallRunRow

_notice, _item, _prompt = table_of(NoticeRow).c, table_of(InboxRow).c, table_of(ApprovalPromptRow).c
_change, _execution, _request = table_of(StatusTransitionRow), table_of(ExecutionRow), table_of(HitlRequestRow)
_run, _provider = table_of(InstallRunRow), table_of(ProviderRow)

OUTBOX = select(func.count(), func.min(_notice.created_at)).where(_notice.status == NoticeStatus.PENDING.value)
INBOX = select(func.count(), func.min(_item.received_at)).where(_item.status == InboxStatus.PENDING.value)
BEHIND = select(func.count()).where(_prompt.is_behind.is_(True), _prompt.is_gone.is_(False))
APPROVALS = (
    select(_request.c.agent_type, func.count(), func.min(_request.c.created_at))
    .where(_request.c.status == ApprovalStatus.PENDING.value)
    .group_by(_request.c.agent_type)
)
# What waits for people to merge it may wait for days: nothing is stuck.
RUNS = (
    select(_run.c.status, func.count(), func.min(_run.c.created_at))
    .where(_run.c.status.in_([RunStatus.QUEUED.value, RunStatus.RUNNING.value]), _run.c.waits_for.is_(None))
    .group_by(_run.c.status)
)

_OVER: dict[str, Sequence[StrEnum]] = {
    "execution": [ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.CANCELLED],
    "hitl": [status for status in ApprovalStatus if status is not ApprovalStatus.PENDING],
    "run": [RunStatus.SUCCESS, RunStatus.FAILED, RunStatus.PARTIAL_FAILED],
}


def _is(entity: str, row: Any) -> Any:
    return and_(_change.c.entity_type == entity, row.id == _change.c.entity_id)


#: The ids of changes grow with time, so that what is new is at the end of the primary key.
ENDINGS: Select[Any] = (
    select(
        _change.c.id,
        _change.c.entity_type,
        _change.c.to_status,
        _change.c.transitioned_at,
        case((_change.c.entity_type == "run", _run.c.error_code), else_=_execution.c.error_code),
        func.coalesce(_provider.c.name, _request.c.agent_type, _execution.c.channel),
        _run.c.action,
        _execution.c.created_at,
        _request.c.created_at,
        _run.c.created_at,
    )
    .select_from(
        _change.outerjoin(_execution, _is("execution", _execution.c))
        .outerjoin(_request, _is("hitl", _request.c))
        .outerjoin(_run, _is("run", _run.c))
        .outerjoin(_provider, _provider.c.id == _run.c.provider_id)
    )
    .where(
        _change.c.id > bindparam("after", type_=_change.c.id.type),
        _change.c.id <= bindparam("until", type_=_change.c.id.type),
        or_(
            *(
                and_(_change.c.entity_type == entity, _change.c.to_status.in_([str(status) for status in statuses]))
                for entity, statuses in _OVER.items()
            )
        ),
    )
    .order_by(_change.c.id)
    .limit(bindparam("limit"))
)


class SqlFigures:
    """The port Figures."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def standing(self) -> Standing:
        outbox: Sequence[Any] = (await self._session.rows(OUTBOX))[0]
        inbox: Sequence[Any] = (await self._session.rows(INBOX))[0]
        behind: Sequence[Any] = (await self._session.rows(BEHIND))[0]
        approvals: Sequence[Any] = await self._session.rows(APPROVALS)
        runs: Sequence[Any] = await self._session.rows(RUNS)
        return Standing(
            outbox=Backlog(count=outbox[0], oldest=outbox[1]),
            inbox=Backlog(count=inbox[0], oldest=inbox[1]),
            copies_behind=behind[0],
            approvals={kind: Backlog(count=count, oldest=oldest) for kind, count, oldest in approvals},
            runs={status: Backlog(count=count, oldest=oldest) for status, count, oldest in runs},
        )

    async def endings(self, after: str, until: str, *, limit: int) -> tuple[Ending, ...]:
        rows = await self._session.rows(ENDINGS, {"after": after, "until": until, "limit": limit})
        return tuple(map(_ending, rows))


def _ending(row: Sequence[Any]) -> Ending:
    id_, entity, status, at, error_code, of, action, *begun = row
    # What retention has removed meanwhile began at no known time, somewhere unknown.
    began = next(filter(None, begun), at)
    return Ending(
        id=id_,
        entity=entity,
        status=status,
        error_code=error_code,
        of=of or "unknown",
        action=action,
        seconds=max(0.0, (at - began).total_seconds()),
    )
