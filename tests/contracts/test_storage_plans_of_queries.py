"""How the database goes about what is asked often: along an index, whatever there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Executable, Select, insert, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from core.domain.executions import ExecutionStatus
from core.domain.listing import ExecutionFilter, Order, Place, SortKey
from core.domain.masking import Masker
from storage.repositories.approvals import DUE, REQUESTS
from storage.repositories.execution_pages import narrowed, parts
from storage.repositories.executions import EXECUTIONS
from storage.scrub import Scrubber
from tests.clock import START
from tests.storage_factory import World, make_approval, make_execution

#: Enough for a database to find an index worth its while.
ROWS = 3000
MIDDLE = START - timedelta(minutes=ROWS // 2)

#: What serves as well: InnoDB puts the id behind every index, and PostgreSQL finds what is open by the id.
OTHERS = {"mysql": "{seed}", "postgresql": "executions_pkey"}


class _Explain(Executable, ClauseElement):
    """Asks how ``statement`` would be done."""

    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Explain)
def _explain(element: _Explain, compiler: SQLCompiler, **options: Any) -> str:
    return f"EXPLAIN {compiler.process(element.statement, **options)}"


@compiles(_Explain, "sqlite")
def _explain_sqlite(element: _Explain, compiler: SQLCompiler, **options: Any) -> str:
    return f"EXPLAIN QUERY PLAN {compiler.process(element.statement, **options)}"


@pytest.fixture
def crowded(behind: Engine, world: World) -> Engine:
    """Give a way into a database with many executions, half of them completed, that knows how many there are."""
    scrub = Scrubber(Masker())
    rows = []
    for number in range(ROWS):
        moment = START - timedelta(minutes=number)
        done = {"status": ExecutionStatus.COMPLETED, "completed_at": moment, "waiting_for": None} if number % 2 else {}
        rows.append(EXECUTIONS.to_row(make_execution(world.alice, created_at=moment, **done), scrub))
    with behind.begin() as connection:
        connection.execute(insert(EXECUTIONS.table), rows)
        connection.execute(text("ANALYZE TABLE executions" if behind.dialect.name == "mysql" else "ANALYZE"))
    return behind


def plan(engine: Engine, statement: Select[Any], **params: Any) -> str:
    """Return how the database would do ``statement``, in its own words."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # With so few rows sorting all of them costs next to nothing.
            for other in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                connection.exec_driver_sql(f"SET LOCAL enable_{other} = off")
        return "\n".join(map(str, connection.execute(_Explain(statement), params).all()))


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(
    ("by", "value", "index"),
    [
        (SortKey.CREATED_AT, MIDDLE, "idx_executions_by_created_at"),
        (SortKey.COMPLETED_AT, MIDDLE, "idx_executions_by_completed_at"),
        (SortKey.STATUS, ExecutionStatus.COMPLETED, "idx_executions_by_status"),
    ],
)
def test_a_page_of_a_list_is_read_along_an_index(
    crowded: Engine, world: World, by: SortKey, value: Any, index: str, descending: bool
) -> None:
    """In whichever order, the first page and every later one are found by an index and sorted by it."""
    order = Order(by=by, descending=descending)
    for after in (None, Place(value=value, id=world.execution.id)):
        for part in parts(narrowed(EXECUTIONS.select, ExecutionFilter()), order, after):
            found = plan(crowded, part.limit(20))
            other = OTHERS.get(crowded.dialect.name, index).format(seed=index.replace("_by", ""))
            assert index in found or other in found, found
            assert "sort" not in found.lower(), found
            assert "temp b-tree" not in found.lower(), found


@pytest.mark.parametrize("descending", [True, False])
def test_ones_own_list_is_read_along_an_index(crowded: Engine, world: World, descending: bool) -> None:
    """A person's requests are found without looking at those of others."""
    wanted, order = ExecutionFilter(user_id=world.bob.id), Order(descending=descending)
    place = Place(value=MIDDLE, id=world.execution.id)
    for after in (None, place):
        (part,) = parts(narrowed(EXECUTIONS.select, wanted), order, after)
        assert "idx_executions_by_user" in plan(crowded, part.limit(20))


def test_what_is_due_is_found_among_what_waits(crowded: Engine, world: World) -> None:
    """However many requests were decided, only those that wait are looked at, in the order in which they end."""
    scrub = Scrubber(Masker())
    decided = [
        REQUESTS.to_row(make_approval(make_execution(world.alice), execution_id=None, status="approved"), scrub)
        for _ in range(ROWS)
    ]
    with crowded.begin() as connection:
        connection.execute(insert(REQUESTS.table), decided)
        connection.execute(text("ANALYZE TABLE hitl_requests" if crowded.dialect.name == "mysql" else "ANALYZE"))
    found = plan(crowded, DUE, now=START, limit=50)
    assert "idx_hitl_status_expires" in found, found
    assert "sort" not in found.lower(), found
