"""ApiTokens: what people's programs prove themselves with. The tokens themselves are stored nowhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, update

from core.domain.users import ApiToken
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.people import ApiTokenRow

API_TOKENS = RowMap(ApiTokenRow, ApiToken, text=("name",))

_token = API_TOKENS.table.c
_BY_HASH = API_TOKENS.select.where(_token.token_hash == bindparam("token_hash"))
_OF_USER = API_TOKENS.select.where(_token.user_id == bindparam("user")).order_by(_token.created_at, _token.id)
_REVOKE_ALL = (
    update(API_TOKENS.table)
    .where(
        _token.user_id == bindparam("user"),
        _token.revoked_at.is_(None),
        or_(_token.expires_at.is_(None), _token.expires_at > bindparam("now")),
    )
    .values(revoked_at=bindparam("now"))
)


class SqlApiTokens(Repository[ApiToken]):
    """The API tokens, by their hashes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, API_TOKENS)

    async def add(self, token: ApiToken) -> None:
        await self._add(token)

    async def by_hash(self, token_hash: str) -> ApiToken | None:
        return await self._one(_BY_HASH, token_hash=token_hash)

    async def of_user(self, user_id: str) -> tuple[ApiToken, ...]:
        return await self._many(_OF_USER, user=user_id)

    async def update(self, token: ApiToken) -> None:
        await self._update(token)

    async def revoke_all(self, user_id: str, now: datetime) -> int:
        return await self._session.change(_REVOKE_ALL, {"user": user_id, "now": now})
