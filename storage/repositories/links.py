"""Links: one-time codes, and the wrong ones that were sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from core.domain.links import LinkCode, LinkTry
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.links import LinkCodeRow, LinkTryRow

CODES = RowMap(LinkCodeRow, LinkCode)
TRIES = RowMap(LinkTryRow, LinkTry)

_code, _try = CODES.table.c, TRIES.table.c
_BY_HASH = CODES.select.where(_code.code_hash == bindparam("hash"))
_IS_OPEN = _code.used_at.is_(None)
_END_OF = update(CODES.table).where(_IS_OPEN, _code.user_id == bindparam("user")).values(used_at=bindparam("now"))
_USE = update(CODES.table).where(_IS_OPEN, _code.id == bindparam("key")).values(used_at=bindparam("now"))
_COUNT = select(func.count()).where(
    _try.channel == bindparam("channel"),
    _try.workspace_id == bindparam("workspace"),
    _try.external_id == bindparam("external"),
    _try.created_at >= bindparam("since"),
)


class SqlLinks(Repository[LinkCode]):
    """Codes and tries."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CODES)

    async def add(self, code: LinkCode) -> None:
        await self._add(code)

    async def get(self, code_id: str) -> LinkCode | None:
        return await self._one(CODES.by_id, key=code_id)

    async def by_hash(self, code_hash: str) -> LinkCode | None:
        return await self._one(_BY_HASH, hash=code_hash)

    async def update(self, code: LinkCode) -> None:
        await self._update(code)

    async def use(self, code_id: str, now: datetime) -> bool:
        return await self._session.change(_USE, {"key": code_id, "now": now}) == 1

    async def end_of(self, user_id: str, now: datetime) -> int:
        return await self._session.change(_END_OF, {"user": user_id, "now": now})

    async def add_try(self, wrong: LinkTry) -> None:
        self._session.write(TRIES.insert, TRIES.to_row(wrong, self._session.scrub))

    async def tries(self, channel: str, workspace_id: str, external_id: str, since: datetime) -> int:
        where = {"channel": channel, "workspace": workspace_id, "external": external_id, "since": since}
        (count,) = await self._column(_COUNT, **where)
        return int(count)
