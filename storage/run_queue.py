"""RunQueue: runs become jobs of procrastinate in the transaction that makes them, by SQL; that needs no library.

The schema is procrastinate's own. ``prepare`` brings it to the newest of its migrations that the installed library has.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from core.domain.executions import InstallRun
from core.domain.run_queue import QUEUE, TASK
from core.errors import ProgramMissing
from storage.backends import backend_of
from storage.backends.base import Backend
from storage.session import Session

_PUT = text("""
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
        CAST(:queue AS text), CAST(:task AS text), 0, CAST(:target AS text), CAST(:id AS text),
        jsonb_build_object('run_id', CAST(:id AS text)), CAST(:at AS timestamptz)
    )::procrastinate_job_to_defer_v1])
""")
# What is to be done, and no job stands for: it was queued before there was a queue, or by a program that works alone,
# or it has waited for a merge and is to be looked at again.
_MEND = text("""
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
        CAST(:queue AS text), CAST(:task AS text), 0, r.target_id::text, r.id::text,
        jsonb_build_object('run_id', r.id::text), r.not_before
    )::procrastinate_job_to_defer_v1)) FROM (
        SELECT * FROM install_runs r WHERE (
            r.status = 'queued'
            OR r.status = 'running' AND r.lease_until IS NOT NULL
            OR r.status = 'running' AND COALESCE(r.not_before <= CAST(:now AS timestamptz), true)
        ) AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs j WHERE j.queueing_lock = r.id::text AND j.status IN ('todo', 'doing')
        ) ORDER BY r.created_at, r.id
    ) r HAVING count(*) > 0
""")
_NAMES = {"queue": QUEUE, "task": TASK}
_VERSION = "SELECT obj_description(to_regclass('procrastinate_jobs')), to_regclass('procrastinate_jobs') IS NOT NULL"


class SqlRunQueue:
    """Implements the port ``RunQueue`` on procrastinate's tables."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, run: InstallRun) -> None:
        self._session.write(_PUT, _NAMES | {"id": run.id, "target": run.target_id, "at": run.not_before})

    async def mend(self, now: datetime) -> None:
        self._session.write(_MEND, _NAMES | {"now": now})


class NoRunQueue:
    """Implements the port ``RunQueue`` where runs are found by looking for them."""

    async def put(self, run: InstallRun) -> None:
        """Do nothing."""

    async def mend(self, now: datetime) -> None:
        """Do nothing."""


async def prepare(url: str) -> bool:
    """Bring the queue in the database at ``url`` up to date; return whether there is one: not without its library.

    Raises:
        ProgramMissing: the database has a queue, and the library is not installed.
        StorageError: the database cannot be used.
    """
    return await asyncio.to_thread(_prepare, backend_of(url))


def _prepare(backend: Backend) -> bool:
    if not backend.takes_several:
        return False
    version, is_there = backend.once(_look, changing=False)
    if importlib.util.find_spec("procrastinate") is None:
        if is_there:
            raise ProgramMissing(program='procrastinate (.venv/bin/pip install -e ".[distributed]")')
        return False
    known = _migrations()
    if not is_there or version is None or version < known[-1].name:
        schema, *steps = [file.read_text(encoding="utf-8") for file in (known[0].parents[1] / "schema.sql", *known)]
        named = list(zip((file.name for file in known), steps, strict=True))
        backend.once(lambda connection: _bring_up(connection, backend, schema, named), changing=True)
    return True


def _look(connection: Connection) -> tuple[str | None, bool]:
    version, is_there = connection.exec_driver_sql(_VERSION).one()
    return version, bool(is_there)


def _bring_up(connection: Connection, backend: Backend, schema: str, steps: Sequence[tuple[str, str]]) -> None:
    backend.before_migrating(connection)
    version, is_there = _look(connection)  # again: another process may have been faster
    if not is_there:
        _run(connection, schema)
    else:
        for name, step in steps:
            if version is None or name > version:
                _run(connection, step)
    connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{steps[-1][0]}'")


def _migrations() -> list[Path]:
    """Return procrastinate's migrations, oldest first: their names begin with the version."""
    found = importlib.util.find_spec("procrastinate")
    folder = Path(found.origin or "").parent if found else Path()
    return sorted((folder / "sql" / "migrations").glob("*.sql"))


def _run(connection: Connection, script: str) -> None:
    """Run a script of many statements, which the driver prepares no single one of, in the transaction that is open."""
    await_only(connection.connection.driver_connection.execute(script))  # type: ignore[union-attr]  # it is connected
