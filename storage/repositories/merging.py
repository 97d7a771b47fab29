"""Merging: what belonged to one row of ``users`` comes to belong to another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, Column, Table, UniqueConstraint, and_, bindparam, delete, exists, select, update
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel

from storage.session import Session
from storage.tables.approvals import ApprovalVoteRow, HitlRequestRow
from storage.tables.delegations import DelegationRow
from storage.tables.fields import table_of
from storage.tables.notices import NoticeRow

_votes, _requests, _delegations = table_of(ApprovalVoteRow), table_of(HitlRequestRow), table_of(DelegationRow)
_notices = table_of(NoticeRow)
_old: BindParameter[str] = bindparam("old")
_new: BindParameter[str] = bindparam("new")

_both = _votes.alias()
_DROP_DOUBLE_VOTES = delete(_votes).where(
    _votes.c.user_id == _old, exists().where(_both.c.request_id == _votes.c.request_id, _both.c.user_id == _new)
)
# What waits for a conversation with them is said in its order.
_THEIR_NOTICES = (
    update(_notices)
    .where(_notices.c.conversation_key == bindparam("old_key"))
    .values(conversation_key=bindparam("new_key"))
)
_OWN_VOTES = update(_votes).where(_votes.c.on_behalf_of == _votes.c.user_id).values(on_behalf_of=None)
_OWN_DELEGATIONS = (
    update(_delegations)
    .where(_delegations.c.from_user_id == _delegations.c.to_user_id, _delegations.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_REQUESTERS = select(_requests.c.id, _requests.c.requesters)
_ASK = update(_requests).where(_requests.c.id == bindparam("key")).values(requesters=bindparam("requesters"))
# These name people without a reference, because others than people can stand there too.
_NAMES = tuple(
    update(_requests).where(column == _old).values({column.name: _new})
    for column in (_requests.c.created_by, _requests.c.responded_by)
)


def _repoint(table: Table, column: Column[str]) -> Executable:
    """Return the statement that lets ``column`` name the new row, except where that would be there already."""
    moved = update(table).where(column == _old).values({column.name: _new})
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            twin = table.alias()
            others = [twin.c[one.name] == table.c[one.name] for one in constraint.columns if one.name != column.name]
            moved = moved.where(~exists().where(and_(twin.c[column.name] == _new, *others)))
    return moved


def _references() -> list[Executable]:
    return [
        _repoint(table, column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "users.id" for key in column.foreign_keys)
    ]


async def merge(session: Session, old: str, new: str, now: datetime) -> None:
    """Let everything that names the user ``old`` name ``new``; the record of what was done stays as it was written.

    Of two votes on one request one is left, and nobody stands in for themselves.
    """
    params = {"old": old, "new": new}
    await session.change(_DROP_DOUBLE_VOTES, params)
    for statement in (*_references(), *_NAMES):
        await session.change(statement, params)
    await session.change(_THEIR_NOTICES, {"old_key": f"user:{old}", "new_key": f"user:{new}"})
    await session.change(_OWN_VOTES, {})
    await session.change(_OWN_DELEGATIONS, {"now": now})
    for row in await session.rows(_REQUESTERS, {}):
        request_id, asked = tuple(row)
        if old in asked:
            requesters = list(dict.fromkeys(new if one == old else one for one in asked))
            await session.change(_ASK, {"key": request_id, "requesters": requesters})
