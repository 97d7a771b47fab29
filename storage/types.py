"""What behaves the same on every database: moments, JSON, ids, money, and clauses that databases spell apart.

Here and in ``database.py`` is everything that depends on the dialect.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Dialect,
    Insert,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    func,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.domain.base import iso


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC. SQLite: ISO text of fixed width, so that text compares as time does.

    Raises:
        ValueError: a moment without a zone is written.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """JSON data; None is NULL. SQLite: text, with a CHECK of ``json_check``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - its signature
        return None if value is None else json.loads(value)


class Uuid(TypeDecorator[str]):
    """An id made by the program: a UUID as 36-character text."""

    impl = String(36)
    cache_ok = True


class Money(TypeDecorator[Decimal]):
    """An amount with six decimals. SQLite keeps it as a double, which holds ten digits exactly."""

    impl = Numeric(10, 6, asdecimal=False)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> float | None:  # noqa: ARG002 - its signature
        return None if value is None else float(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - its signature
        return None if value is None else Decimal(f"{value:.6f}")


#: An ascending number made by the database. SQLite counts only in a column declared INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class utc_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it stands for
    """The present moment by the database's clock, in the form of ``UtcDateTime``; for column defaults."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(utc_now, "sqlite")
def _utc_now_sqlite(element: utc_now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ARG001 - its signature
    return f"({UTC_NOW_SQLITE})"


#: SQLite knows milliseconds only.
UTC_NOW_SQLITE = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"


def one_of(table: str, column: str, values: Iterable[str]) -> CheckConstraint:
    """Return the CHECK that ``column`` holds one of ``values``."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def json_check(table: str, *columns: str) -> tuple[CheckConstraint, ...]:
    """Return the CHECKs that text columns hold JSON, where the database has no type for it."""
    # Before SQLite 3.41 json_valid(NULL) is 0.
    return tuple(
        CheckConstraint(f"{column} IS NULL OR json_valid({column})", name=f"ck_{table}_{column}_json").ddl_if(
            dialect="sqlite"
        )
        for column in columns
    )


def insert_or_skip(table: Table, *unique: str) -> Insert:
    """Return an INSERT that does nothing when a row with the same values in the columns ``unique`` is there."""
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)


def has_any(document: Column[Any], key: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that the list under ``key`` of a JSON object contains one of ``values``."""
    items = func.json_each(document, f"$.{key}").table_valued("value")
    return select(items.c.value).where(items.c.value.in_(values)).exists()
