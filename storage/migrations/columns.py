"""The kinds of columns that migrations create; portable because their types are."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    TextClause,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.types import BigId, Json, Money, Prose, UtcDateTime, Uuid, utc_now


def key() -> Column[str]:
    """Return the primary key: an id made by the program."""
    return Column("id", Uuid(), primary_key=True, nullable=False)


def counter() -> Column[int]:
    """Return a primary key that the database counts up."""
    return Column("id", BigId, primary_key=True, nullable=False)


def ref(name: str, target: str, *, ondelete: str | None = None, nullable: bool = False) -> Column[str]:
    """Return a reference to the ``id`` of the table ``target``."""
    return Column(name, Uuid(), ForeignKey(f"{target}.id", ondelete=ondelete), nullable=nullable)


def identifier(name: str, *, nullable: bool = False) -> Column[str]:
    """Return an id that refers to no single table."""
    return Column(name, Uuid(), nullable=nullable)


def moment(name: str, *, now: bool = False, nullable: bool = False) -> Column[object]:
    """Return a moment; ``now`` fills it in for rows that others insert."""
    return Column(name, UtcDateTime(), server_default=utc_now() if now else None, nullable=nullable)


def day(name: str, *, nullable: bool = False) -> Column[object]:
    """Return a date."""
    return Column(name, Date(), nullable=nullable)


def word(
    name: str, length: int, *, default: str | None = None, primary_key: bool = False, nullable: bool = False
) -> Column[str]:
    """Return text of at most ``length`` characters."""
    return Column(name, String(length), server_default=default, primary_key=primary_key, nullable=nullable)


def prose(name: str, *, nullable: bool = False) -> Column[str]:
    """Return text of any length."""
    return Column(name, Prose, nullable=nullable)


def document(name: str, *, default: str | None = None, nullable: bool = False) -> Column[object]:
    """Return JSON."""
    return Column(name, Json(), server_default=default, nullable=nullable)


def number(name: str, *, default: int | None = None, nullable: bool = False) -> Column[int]:
    """Return a whole number."""
    return Column(name, Integer(), server_default=_number(default), nullable=nullable)


def big_number(name: str, *, default: int | None = None, nullable: bool = False) -> Column[int]:
    """Return a whole number of 64 bits."""
    return Column(name, BigInteger(), server_default=_number(default), nullable=nullable)


#: What a notice, and the copy of a card, can say.
NOTICE_KINDS = (
    *("request_card", "approval_card", "fyi_card", "reminder", "vote_void", "change_failed", "break_glass"),
    *("outcome", "expired", "reply", "callback", "drift_card"),
)


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """Return a yes or no."""
    return Column(name, Boolean(), server_default=true() if default else false(), nullable=False)


def money(name: str, *, nullable: bool = False) -> Column[object]:
    """Return an amount."""
    return Column(name, Money(), nullable=nullable)


def unique(name: str, *columns: str) -> UniqueConstraint:
    """Return the constraint that no two rows have the same values in ``columns``."""
    return UniqueConstraint(*columns, name=name)


def newest_first(column: str) -> TextClause:
    """Return ``column`` as the descending part of an index."""
    return text(f"{column} DESC")


def _number(default: int | None) -> TextClause | None:
    return None if default is None else text(str(default))
