"""What behaves the same on every database: moments, JSON, ids, money, and clauses that databases spell apart.

Here and in ``storage/backends`` is everything that depends on the dialect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CHAR,
    TIMESTAMP,
    BigInteger,
    Boolean,
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
    bindparam,
    or_,
)
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.type_api import TypeEngine
from sqlalchemy.sql.visitors import InternalTraversal

from core.domain.base import canonical_json, iso

_IS_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What SQLAlchemy calls the databases that speak MySQL's dialect.
MYSQL = frozenset({"mysql", "mariadb"})
#: Every database but PostgreSQL.
ELSEWHERE = ("sqlite", "mysql", "mariadb")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC, to the microsecond. SQLite: ISO text of fixed width, which compares as time does.

    Raises:
        ValueError: a moment without a zone is written.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        if dialect.name in MYSQL:
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        if dialect.name == "postgresql":
            return value
        # MySQL's DATETIME knows no zones.
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name in MYSQL else iso(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return value.astimezone(UTC)  # type: ignore[no-any-return]  # what the driver gives
        if dialect.name in MYSQL:
            return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]  # what the driver gives
        return datetime.fromisoformat(value)


class MomentText(UtcDateTime):
    """A moment that is read as the text of ``iso``, just as it lies in SQLite."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - its signature
        return iso(value.replace(tzinfo=value.tzinfo or UTC)) if isinstance(value, datetime) else value


class Json(TypeDecorator[Any]):
    """JSON data; None is NULL. SQLite: text, with a CHECK of ``json_check``."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.JSONB(none_as_null=True))
        return dialect.type_descriptor(mysql.JSON(none_as_null=True) if dialect.name in MYSQL else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name != "sqlite" else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name != "sqlite" else json.loads(value)


def json_text(value: Any) -> str:
    """Return the text of JSON data: what engines of databases that know JSON serialise with, too."""
    return canonical_json(value).decode()


class Uuid(TypeDecorator[str]):
    """An id made by the program: a UUID as 36-character text."""

    impl = String(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=False))
        return dialect.type_descriptor(CHAR(36) if dialect.name in MYSQL else String(36))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        # PostgreSQL refuses to compare an id with what is none; NULL equals nothing there either.
        if value is not None and dialect.name == "postgresql" and not _IS_UUID.fullmatch(value):
            return None
        return value


class Money(TypeDecorator[Decimal]):
    """An amount with six decimals. SQLite keeps it as a double, which holds ten digits exactly."""

    impl = Numeric(10, 6, asdecimal=False)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(10, 6, asdecimal=False))
        return dialect.type_descriptor(Numeric(10, 6))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> float | Decimal | None:
        if value is None:
            return None
        return float(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - its signature
        return None if value is None else Decimal(f"{value:.6f}")


#: An ascending number made by the database. SQLite counts only in a column declared INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")
#: Text of any length. MySQL's TEXT ends at 64 kB.
Prose = Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


class utc_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it stands for
    """The present moment by the database's clock, in the form of ``UtcDateTime``; for column defaults."""

    type = UtcDateTime()
    inherit_cache = True


#: SQLite knows milliseconds only.
UTC_NOW_SQLITE = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"


@compiles(utc_now, "sqlite")
def _utc_now_sqlite(element: utc_now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ARG001 - its signature
    return f"({UTC_NOW_SQLITE})"


@compiles(utc_now, "postgresql")
def _utc_now_postgresql(element: utc_now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ARG001 - its signature
    return "now()"


@compiles(utc_now, "mysql", "mariadb")
def _utc_now_mysql(element: utc_now, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ARG001 - its signature
    return "(UTC_TIMESTAMP(6))"


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


class _InsertOrSkip(Insert):
    """An INSERT that leaves a row alone that has the same values in the columns ``unique``."""

    inherit_cache = True
    _traverse_internals = [*Insert._traverse_internals, ("unique", InternalTraversal.dp_string_list)]  # noqa: RUF012, SLF001 - how statements say what they depend on

    def __init__(self, table: Table, unique: Sequence[str]) -> None:
        super().__init__(table)
        self.unique = list(unique)


@compiles(_InsertOrSkip)
def _on_conflict(element: _InsertOrSkip, compiler: SQLCompiler, **options: Any) -> str:
    return f"{_insert(element, compiler, options)} ON CONFLICT ({', '.join(element.unique)}) DO NOTHING"


@compiles(_InsertOrSkip, "mysql", "mariadb")
def _on_duplicate_key(element: _InsertOrSkip, compiler: SQLCompiler, **options: Any) -> str:
    # INSERT IGNORE would also ignore broken references and text that is too long.
    column = element.unique[0]
    return f"{_insert(element, compiler, options)} ON DUPLICATE KEY UPDATE {column} = {column}"


def _insert(element: _InsertOrSkip, compiler: SQLCompiler, options: dict[str, Any]) -> str:
    return str(compiler.visit_insert(element, **options))  # type: ignore[no-untyped-call]  # SQLAlchemy's


def insert_or_skip(table: Table, *unique: str) -> Insert:
    """Return an INSERT that does nothing when a row with the same values in the columns ``unique`` is there.

    Whether it did cannot be told by the count of rows, which MySQL does not give.
    """
    return _InsertOrSkip(table, unique).inline()


class _list_has(FunctionElement[bool]):  # noqa: N801 - reads as an SQL function
    """Whether the list under a key of a JSON object contains a text: ``_list_has(document, key, text)``."""

    name = "list_has"
    type = Boolean()
    inherit_cache = True


@compiles(_list_has, "sqlite")
def _list_has_sqlite(element: _list_has, compiler: SQLCompiler, **options: Any) -> str:
    document, key, text = (compiler.process(clause, **options) for clause in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({document}, '$.' || {key}) WHERE value = {text})"  # noqa: S608 - compiled by SQLAlchemy


@compiles(_list_has, "postgresql")
def _list_has_postgresql(element: _list_has, compiler: SQLCompiler, **options: Any) -> str:
    document, key, text = (compiler.process(clause, **options) for clause in element.clauses)
    return f"coalesce(jsonb_exists({document} -> {key}, {text}), false)"


@compiles(_list_has, "mysql", "mariadb")
def _list_has_mysql(element: _list_has, compiler: SQLCompiler, **options: Any) -> str:
    document, key, text = (compiler.process(clause, **options) for clause in element.clauses)
    return f"coalesce(JSON_CONTAINS({document}, JSON_QUOTE({text}), concat('$.', {key})), 0)"


def has_any(document: Column[Any], key: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that the list under ``key`` of a JSON object contains one of ``values``."""
    return or_(
        *(_list_has(document, bindparam(None, key, String()), bindparam(None, value, String())) for value in values)
    )
