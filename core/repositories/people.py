"""People, their accounts and tokens, the codes that join accounts, and who stands in for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.domain.delegations import Delegation
from core.domain.links import LinkCode, LinkTry
from core.domain.users import ApiToken, ChannelIdentity, User


class Users(Protocol):
    """People and their platform accounts."""

    async def add(self, user: User) -> None: ...
    async def get(self, user_id: str) -> User | None: ...
    async def by_name(self, name: str) -> User | None:
        """Find by name or e-mail, ignoring case."""

    async def all(self) -> tuple[User, ...]: ...
    async def update(self, user: User) -> None: ...
    async def add_identity(self, identity: ChannelIdentity) -> None: ...
    async def by_identity(self, channel: str, workspace_id: str, external_id: str) -> User | None: ...
    async def identity(self, channel: str, workspace_id: str, external_id: str) -> ChannelIdentity | None:
        """Find an account, whoever's it is."""

    async def merge(self, user_id: str, into: str, now: datetime) -> None:
        """Let everything of the person ``user_id`` be of the person ``into``; the row itself stays, with nothing.

        Of two votes on one request one is left.
        """

    async def update_identity(self, identity: ChannelIdentity) -> None: ...
    async def all_identities(self) -> tuple[ChannelIdentity, ...]:
        """Return the platform accounts of everybody."""

    async def identities(self, user_id: str) -> tuple[ChannelIdentity, ...]: ...
    async def remove_identity(self, identity_id: str) -> None: ...


class ApiTokens(Protocol):
    """What people's programs prove themselves with."""

    async def add(self, token: ApiToken) -> None: ...
    async def by_hash(self, token_hash: str) -> ApiToken | None:
        """Find by the SHA-256 of the token; whether it is still valid is the caller's question."""

    async def of_user(self, user_id: str) -> tuple[ApiToken, ...]:
        """Return every token of a person, revoked and expired ones too."""

    async def update(self, token: ApiToken) -> None: ...
    async def revoke_all(self, user_id: str, now: datetime) -> int:
        """Revoke every token of a person that is valid at ``now``. Returns how many."""


class Links(Protocol):
    """One-time codes that join accounts, and the wrong ones that were sent."""

    async def add(self, code: LinkCode) -> None: ...
    async def get(self, code_id: str) -> LinkCode | None: ...
    async def by_hash(self, code_hash: str) -> LinkCode | None:
        """Find by the SHA-256 of the code; whether it is still good is the caller's question."""

    async def update(self, code: LinkCode) -> None: ...
    async def use(self, code_id: str, now: datetime) -> bool:
        """Use a code up; False when somebody else was faster."""

    async def end_of(self, user_id: str, now: datetime) -> int:
        """End every open code of a person. Returns how many."""

    async def add_try(self, wrong: LinkTry) -> None: ...
    async def tries(self, channel: str, workspace_id: str, external_id: str, since: datetime) -> int:
        """Return how many wrong codes an account has sent since then."""


class Delegations(Protocol):
    """Who is away, and who votes in their place."""

    async def add(self, delegation: Delegation) -> None: ...
    async def active(self, now: datetime) -> tuple[Delegation, ...]:
        """Return those that have started at ``now``, are not over and were not ended."""

    async def end_given(self, user_id: str, now: datetime) -> int:
        """End every one given by this person that is not over at ``now``. Returns how many."""

    async def end_of(self, user_id: str, now: datetime) -> int:
        """End every one given by or to this person that is not over at ``now``, begun or not. Returns how many."""
