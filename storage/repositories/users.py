"""Users: people and their platform accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete

from core.domain.users import ChannelIdentity, User, folded
from storage.repositories.base import Repository
from storage.repositories.merging import merge
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.people import ChannelIdentityRow, UserRow

USERS = RowMap(UserRow, User, text=("name", "email"))
IDENTITIES = RowMap(ChannelIdentityRow, ChannelIdentity, text=("display_name",))

_user, _identity = USERS.table.c, IDENTITIES.table.c
_ALL = USERS.select.order_by(_user.created_at, _user.id)
_account = (
    _identity.channel == bindparam("channel"),
    _identity.workspace_id == bindparam("workspace"),
    _identity.external_id == bindparam("external"),
)
_BY_IDENTITY = USERS.select.join(IDENTITIES.table, _identity.user_id == _user.id).where(*_account)
_IDENTITY = IDENTITIES.select.where(*_account)
_REMOVE_IDENTITY = delete(IDENTITIES.table).where(_identity.id == bindparam("key"))
_ALL_IDENTITIES = IDENTITIES.select.order_by(_identity.created_at, _identity.id)
_IDENTITIES = IDENTITIES.select.where(_identity.user_id == bindparam("user")).order_by(
    _identity.created_at, _identity.id
)


class SqlUsers(Repository[User]):
    """The people of the team: few enough to be compared here, where case is the same on every database."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, USERS)

    async def add(self, user: User) -> None:
        await self._add(user)

    async def get(self, user_id: str) -> User | None:
        return await self._one(USERS.by_id, key=user_id)

    async def by_name(self, name: str) -> User | None:
        wanted, people = folded(name), await self.all()
        by_email = (user for user in people if folded(user.email) == wanted)
        return next(by_email, None) or next((user for user in people if folded(user.name) == wanted), None)

    async def all(self) -> tuple[User, ...]:
        return await self._session.whole(USERS.table, _ALL, USERS.every)

    async def update(self, user: User) -> None:
        await self._update(user)

    async def add_identity(self, identity: ChannelIdentity) -> None:
        self._session.write(IDENTITIES.insert, IDENTITIES.to_row(identity, self._session.scrub))

    async def identity(self, channel: str, workspace_id: str, external_id: str) -> ChannelIdentity | None:
        where = {"channel": channel, "workspace": workspace_id, "external": external_id}
        return IDENTITIES.first(await self._session.rows(_IDENTITY, where))

    async def update_identity(self, identity: ChannelIdentity) -> None:
        self._session.write(IDENTITIES.update, IDENTITIES.to_update(identity, self._session.scrub))

    async def merge(self, user_id: str, into: str, now: datetime) -> None:
        await merge(self._session, user_id, into, now)

    async def all_identities(self) -> tuple[ChannelIdentity, ...]:
        return await self._session.whole(IDENTITIES.table, _ALL_IDENTITIES, IDENTITIES.every)

    async def remove_identity(self, identity_id: str) -> None:
        self._session.write(_REMOVE_IDENTITY, {"key": identity_id})

    async def by_identity(self, channel: str, workspace_id: str, external_id: str) -> User | None:
        return await self._one(_BY_IDENTITY, channel=channel, workspace=workspace_id, external=external_id)

    async def identities(self, user_id: str) -> tuple[ChannelIdentity, ...]:
        return IDENTITIES.every(await self._session.rows(_IDENTITIES, {"user": user_id}))
