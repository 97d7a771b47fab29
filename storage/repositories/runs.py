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


RUNS = RowMap(InstallRunRow, InstallRun, text=("requested_ref", "error_message"), pack=_add_active_key)

_run = RUNS.table.c
_other = RUNS.table.alias("other")
_peer = RUNS.table.alias("peer")
_RUNNING, _QUEUED = RunStatus.RUNNING.value, RunStatus.QUEUED.value

# How far the clocks of two machines may differ. What was made later than that from now was made before the clock was
# set back, and would otherwise wait until the clock has caught up.
_SKEW = timedelta(seconds=10)

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
                or_(
                    _run.not_before.is_(None),
                    _run.not_before <= bindparam("now"),
                    _run.created_at > bindparam("soon"),
                ),
            ),
            and_(_run.status == _RUNNING, or_(_run.lease_until.is_(None), _run.lease_until <= bindparam("now"))),
        ),
        ~select(_other.c.id)
        .where(
            _other.c.target_id == _run.target_id,
            _other.c.id != _run.id,
            _other.c.status == _RUNNING,
            _other.c.lease_until > bindparam("now"),
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
_IN_THE_WAY = union_all(
    select(_run.id).where(*_OTHER_RUNNING, _run.lease_until > bindparam("now")),
    select(_run.id).where(_run.id == bindparam("key"), _CROWD >= RUNS_PER_PROVIDER),
)
# A worker whose lease has ended may still be at work: without its fence it can no longer record anything.
_FENCE_OFF = update(RUNS.table).where(*_OTHER_RUNNING).values(active_key=null(), fence=_run.fence + 1)
_SWAP = RUNS.update.where(_run.status == bindparam("expected"), _run.fence == bindparam("expected_fence"))
_RENEW = (
    update(RUNS.table)
    .where(_run.status == _RUNNING, _run.lease_owner == bindparam("owner"))
    .values(lease_until=bindparam("until"))
)
_RECEIPTS_DUE = (
    select(_run.id)
    .where(_run.receipt_due <= bindparam("now"))
    .order_by(_run.receipt_due, _run.id)
    .limit(bindparam("limit"))
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

    async def release_leases(self, now: datetime) -> int:
        return await self._session.change(_RELEASE, {"now": now})

    async def update(self, run: InstallRun, *, expected: str) -> bool:
        return await self._swap(run, _SWAP, expected=expected, expected_fence=run.fence)


def _is_claimable(run: InstallRun, now: datetime) -> bool:
    if run.status is RunStatus.RUNNING:
        return run.lease_until is None or run.lease_until <= now
    is_due = run.not_before is None or run.not_before <= now or run.created_at > now + _SKEW
    return run.status is RunStatus.QUEUED and is_due
