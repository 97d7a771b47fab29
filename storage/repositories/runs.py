"""Runs: installations, and the leases under which workers make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, null, or_, select, union_all, update

from core.domain.executions import RUNS_PER_PROVIDER, InstallRun, RunStatus
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.runs import InstallRunRow


def _add_active_key(row: dict[str, Any]) -> None:
    row["active_key"] = row["target_id"] if row["status"] is RunStatus.RUNNING else None


RUNS = RowMap(InstallRunRow, InstallRun, text=("requested_ref", "error_message", "waits_for"), pack=_add_active_key)

_run = RUNS.table.c
_other = RUNS.table.alias("other")
_peer = RUNS.table.alias("peer")
_RUNNING, _QUEUED = RunStatus.RUNNING.value, RunStatus.QUEUED.value

# How far the clocks of two machines may differ. What was made later than that from now was made before the clock was
# set back, and would otherwise wait until the clock has caught up.
_SKEW = timedelta(seconds=10)

_IS_TIME = or_(
    _run.not_before.is_(None),
    _run.not_before <= bindparam("now"),
    _run.created_at > bindparam("soon"),
)
_OF_EXECUTION = RUNS.select.where(_run.execution_id == bindparam("execution")).order_by(_run.created_at, _run.id)
# Runs on the same provider, in whatever process.
_CROWD = (
    select(func.count())
    .select_from(_peer)
    .where(
        _peer.c.provider_id == _run.provider_id,
        _peer.c.id != _run.id,
        _peer.c.status == _RUNNING,
        _peer.c.lease_until > bindparam("now"),
    )
    .scalar_subquery()
)
_CLAIMABLE = (
    select(_run.id)
    .where(
        or_(
            and_(
                _run.status == _QUEUED,
                _IS_TIME,
            ),
            and_(_run.status == _RUNNING, _run.lease_until <= bindparam("now")),
            and_(_run.status == _RUNNING, _run.lease_until.is_(None), _IS_TIME),
        ),
        ~select(_other.c.id)
        .where(
            _other.c.target_id == _run.target_id,
            _other.c.id != _run.id,
            _other.c.status == _RUNNING,
            or_(_other.c.lease_until > bindparam("now"), _other.c.lease_until.is_(None)),
        )
        .exists(),
        _CROWD < RUNS_PER_PROVIDER,
    )
    .order_by(_run.created_at, _run.id)
    .limit(bindparam("limit"))
)
_OTHER_RUNNING = (
    _run.target_id == bindparam("target"),
    _run.id != bindparam("key"),
    _run.status == _RUNNING,
)
# What waits for a merge has no lease, and goes on having its target.
_HAS_TARGET = or_(_run.lease_until > bindparam("now"), _run.lease_until.is_(None))
_IN_THE_WAY = union_all(
    select(_run.id).where(*_OTHER_RUNNING, _HAS_TARGET),
    select(_run.id).where(_run.id == bindparam("key"), _CROWD >= RUNS_PER_PROVIDER),
)
# A worker whose lease has ended may still be at work: without its fence it can no longer record anything.
_FENCE_OFF = update(RUNS.table).where(*_OTHER_RUNNING).values(active_key=null(), fence=_run.fence + 1)
_SWAP = RUNS.update.where(_run.status == bindparam("expected"), _run.fence == bindparam("expected_fence"))
_RENEW = (
    update(RUNS.table)
    .where(_run.status == _RUNNING, _run.lease_owner == bindparam("owner"), _run.lease_until.is_not(None))
    .values(lease_until=bindparam("until"))
)
_WAITING = RUNS.select.where(_run.status == _RUNNING, _run.waits_for.is_not(None)).order_by(_run.created_at, _run.id)
_LAST_DONE = (
    RUNS.select.where(_run.target_id == bindparam("target"), _run.status == RunStatus.SUCCESS.value)
    .order_by(_run.finished_at.desc(), _run.id.desc())
    .limit(1)
)
_RECEIPTS_DUE = (
    select(_run.id)
    .where(_run.receipt_due <= bindparam("now"))
    .order_by(_run.receipt_due, _run.id)
    .limit(bindparam("limit"))
)
_LOOK_NOW = (
    update(RUNS.table)
    .where(_run.status == _RUNNING, _run.lease_until.is_(None), _run.not_before > bindparam("now"))
    .values(not_before=bindparam("now"))
)
_RELEASE = (
    update(RUNS.table)
    .where(_run.status == _RUNNING, _run.lease_until > bindparam("now"))
    .values(lease_until=bindparam("now"))
)


class SqlRuns(Repository[InstallRun]):
    """Installations. The fence decides whose record counts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, RUNS)

    async def add(self, run: InstallRun) -> None:
        await self._add(run)

    async def get(self, run_id: str) -> InstallRun | None:
        return await self._one(RUNS.by_id, key=run_id)

    async def of_execution(self, execution_id: str) -> tuple[InstallRun, ...]:
        return await self._many(_OF_EXECUTION, execution=execution_id)

    async def claimable(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        return await self._column(_CLAIMABLE, now=now, soon=now + _SKEW, limit=limit)

    async def claim(self, run_id: str, *, owner: str, now: datetime, until: datetime) -> InstallRun | None:
        run = await self.get(run_id)
        if run is None or not _is_claimable(run, now):
            return None
        if run.target_id is not None:
            other = {"target": run.target_id, "key": run.id}
            if await self._session.rows(_IN_THE_WAY, other | {"now": now}):
                return None
            self._session.write(_FENCE_OFF, other)
        claimed = run.evolve(
            status=RunStatus.RUNNING,
            lease_owner=owner,
            lease_until=until,
            fence=run.fence + 1,
            started_at=run.started_at or now,
        )
        taken = await self._swap(claimed, _SWAP, expected=run.status.value, expected_fence=run.fence)
        return claimed if taken else None

    async def receipts_due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        return await self._column(_RECEIPTS_DUE, now=now, limit=limit)

    async def renew(self, owner: str, until: datetime) -> int:
        return await self._session.change(_RENEW, {"owner": owner, "until": until})

    async def waiting(self) -> tuple[InstallRun, ...]:
        return await self._many(_WAITING)

    async def last_done(self, target_id: str) -> InstallRun | None:
        return await self._one(_LAST_DONE, target=target_id)

    async def release_leases(self, now: datetime) -> int:
        looked_at = await self._session.change(_LOOK_NOW, {"now": now})
        return looked_at + await self._session.change(_RELEASE, {"now": now})

    async def update(self, run: InstallRun, *, expected: str) -> bool:
        return await self._swap(run, _SWAP, expected=expected, expected_fence=run.fence)


def _is_claimable(run: InstallRun, now: datetime) -> bool:
    if run.status is RunStatus.RUNNING and run.lease_until is not None:
        return run.lease_until <= now
    is_due = run.not_before is None or run.not_before <= now or run.created_at > now + _SKEW
    return run.status in {RunStatus.QUEUED, RunStatus.RUNNING} and is_due
