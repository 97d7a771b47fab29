"""Pages of executions: filters, orders, and the keyset that makes the last page cost what the first one costs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from core.domain.artifacts import ArtifactStatus
from core.domain.listing import ExecutionFilter, Order, Place, SortKey
from storage.tables.artifacts import ArtifactRow
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of

_executions = table_of(ExecutionRow)
_execution, _artifact = _executions.c, table_of(ArtifactRow).c
_KEPT = (ArtifactStatus.ACTIVE.value, ArtifactStatus.ARCHIVED.value)
_HAS_ARTIFACTS = (
    select(_artifact.id).where(_artifact.execution_id == _execution.id, _artifact.status.in_(_KEPT)).exists()
)


def narrowed(statement: Select[Any], wanted: ExecutionFilter) -> Select[Any]:
    """Return ``statement`` over executions with the conditions of ``wanted``."""
    if wanted.user_id is not None:
        statement = statement.where(_execution.user_id == wanted.user_id)
    if wanted.statuses:
        statement = statement.where(_execution.status.in_([status.value for status in wanted.statuses]))
    if wanted.created_after is not None:
        statement = statement.where(_execution.created_at >= wanted.created_after)
    if wanted.created_before is not None:
        statement = statement.where(_execution.created_at < wanted.created_before)
    if wanted.model is not None:
        statement = statement.where(_execution.model == wanted.model)
    if wanted.has_artifacts is not None:
        statement = statement.where(_HAS_ARTIFACTS if wanted.has_artifacts else ~_HAS_ARTIFACTS)
    if wanted.search:
        statement = statement.where(_execution.prompt.icontains(wanted.search, autoescape=True))
    return statement


def ordered(statement: Select[Any], order: Order) -> Select[Any]:
    """Return ``statement`` over executions in ``order``; databases disagree about where NULL belongs, so it is said."""
    column = _execution[order.by.value]
    if order.by is SortKey.COMPLETED_AT:
        statement = statement.order_by(case((column.is_(None), 1), else_=0))
    return _sorted(statement, order)


def parts(statement: Select[Any], order: Order, after: Place | None) -> tuple[Select[Any], ...]:
    """Return the statements whose rows, one's after the other's, are those of ``ordered`` behind ``after``.

    Each is read along an index: a CASE in the order would have the whole table sorted for every page.
    """
    column = _execution[order.by.value]
    if order.by is not SortKey.COMPLETED_AT:
        return (_sorted(statement if after is None else statement.where(_beyond(order, after)), order),)
    # MariaDB would rather sort all that is completed than look at its estimate of the limit.
    along = statement.with_hint(_executions, "FORCE INDEX (idx_executions_by_completed_at)", "mysql")
    along = along.with_hint(_executions, "FORCE INDEX (idx_executions_by_completed_at)", "mariadb")
    finished = _sorted(along.where(column.is_not(None)), order)
    unfinished = along.where(column.is_(None)).order_by(_execution.id.desc() if order.descending else _execution.id)
    if after is None:
        return finished, unfinished
    if after.value is None:
        return (unfinished.where(_beyond_id(order, after)),)
    return finished.where(_beyond(order, after)), unfinished


def _sorted(statement: Select[Any], order: Order) -> Select[Any]:
    column, ident = _execution[order.by.value], _execution.id
    if order.descending:
        return statement.order_by(column.desc(), ident.desc())
    return statement.order_by(column, ident)


def _beyond(order: Order, place: Place) -> ColumnElement[bool]:
    """Return the condition that a row comes after ``place``; its first part is what an index is searched by."""
    column, later_id = _execution[order.by.value], _beyond_id(order, place)
    if order.descending:
        return and_(column <= place.value, or_(column < place.value, later_id))
    return and_(column >= place.value, or_(column > place.value, later_id))


def _beyond_id(order: Order, place: Place) -> ColumnElement[bool]:
    return _execution.id < place.id if order.descending else _execution.id > place.id
