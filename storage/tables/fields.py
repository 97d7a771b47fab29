"""The kinds of columns the tables are made of. A column is nullable when its annotation says so."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger, Table, TextClause, false, text, true
from sqlmodel import Field, SQLModel

from storage.types import BigId, Json, Money, Prose, UtcDateTime, Uuid, utc_now


class Row(SQLModel):
    """What every table class is. They describe the schema; rows are read and written as plain data."""

    # No row is ever built as a model, so its validator need not be built either: start-up is 100 ms faster.
    model_config = {"defer_build": True}


def table_of(row: type[Row]) -> Table:
    """Return the table that ``row`` describes."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def key() -> Any:
    """Return the primary key: an id made by the program."""
    return Field(sa_type=Uuid(), primary_key=True)


def counter() -> Any:
    """Return a primary key that the database counts up."""
    return Field(sa_type=BigId, primary_key=True, default=None)


def ref(target: str, ondelete: Literal["CASCADE", "SET NULL", "RESTRICT"] | None = None) -> Any:
    """Return a reference to the ``id`` of the table ``target``."""
    if ondelete is None:
        return Field(sa_type=Uuid(), foreign_key=f"{target}.id")
    return Field(sa_type=Uuid(), foreign_key=f"{target}.id", ondelete=ondelete)


def identifier() -> Any:
    """Return an id that refers to no single table."""
    return Field(sa_type=Uuid())


def newest_first(column: str) -> TextClause:
    """Return ``column`` as the descending part of an index."""
    return text(f"{column} DESC")


def moment(*, default_now: bool = False) -> Any:
    """Return a moment; ``default_now`` fills it in for rows that others insert."""
    if default_now:
        return Field(sa_type=UtcDateTime(), sa_column_kwargs={"server_default": utc_now()})
    return Field(sa_type=UtcDateTime())


def word(length: int, default: str | None = None, *, primary_key: bool = False) -> Any:
    """Return short text; ``default`` is for rows that others insert."""
    if default is None:
        return Field(max_length=length, primary_key=primary_key)
    return Field(max_length=length, sa_column_kwargs={"server_default": default})


def prose() -> Any:
    """Return text of any length."""
    return Field(sa_type=Prose)


def document(default: str | None = None) -> Any:
    """Return JSON; ``default`` is for rows that others insert."""
    if default is None:
        return Field(sa_type=Json())
    return Field(sa_type=Json(), sa_column_kwargs={"server_default": default})


def number(default: int | None = None) -> Any:
    """Return a whole number; ``default`` is for rows that others insert."""
    return Field() if default is None else Field(sa_column_kwargs={"server_default": text(str(default))})


def big_number(default: int | None = None) -> Any:
    """Return a whole number of 64 bits; ``default`` is for rows that others insert."""
    if default is None:
        return Field(sa_type=BigInteger())
    return Field(sa_type=BigInteger(), sa_column_kwargs={"server_default": text(str(default))})


def flag(*, default: bool = False) -> Any:
    """Return a yes or no; ``default`` is for rows that others insert."""
    return Field(sa_column_kwargs={"server_default": true() if default else false()})


def money() -> Any:
    """Return an amount in the currency of the provider's bill."""
    return Field(sa_type=Money())
