"""Runs, and the queue that they stand in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.domain.executions import InstallRun


class Runs(Protocol):
    """Installations."""

    async def add(self, run: InstallRun) -> None: ...
    async def get(self, run_id: str) -> InstallRun | None: ...
    async def of_execution(self, execution_id: str) -> tuple[InstallRun, ...]: ...
    async def claimable(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of runs that are queued for ``now``, or running under a lease that ended at or before it.

        So are runs that wait for a merge and are to be looked at. A run that was made well after ``now`` is due: the
        clock was set back. A run is left out while another run on the same target holds a live lease, or waits, and
        while ``RUNS_PER_PROVIDER`` runs of its provider hold one.
        """

    async def claim(self, run_id: str, *, owner: str, now: datetime, until: datetime) -> InstallRun | None:
        """Take the lease if the run is claimable as for ``claimable``: status running, fence + 1.

        Returns None when it could not be taken.
        """

    async def waiting(self) -> tuple[InstallRun, ...]:
        """Return the runs that wait for a merge."""

    async def last_done(self, target_id: str) -> InstallRun | None:
        """Return the run that succeeded last on a target."""

    async def receipts_due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of runs whose ``receipt_due`` is at or before ``now``."""

    async def renew(self, owner: str, until: datetime) -> int:
        """Prolong every lease of ``owner`` to ``until``. Returns how many."""

    async def release_leases(self, now: datetime) -> int:
        """End every lease at ``now``: the caller knows that their owners are dead. Returns how many.

        What waits for a merge is looked at now, too, and counted.
        """

    async def update(self, run: InstallRun, *, expected: str) -> bool:
        """Write the run if status and ``fence`` are still as expected."""


class RunQueue(Protocol):
    """Tells the workers what is to be installed."""

    async def put(self, run: InstallRun) -> None:
        """Queue ``run`` for its ``not_before`` in the transaction that makes it; both are there, or neither.

        Does nothing where workers find runs by looking for them.
        """

    async def mend(self, now: datetime) -> None:
        """Queue each run that is to be done, or looked at again, and that nothing in the queue stands for."""
