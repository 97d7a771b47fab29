"""Access: who a program speaks for, by the token it shows, and what of the record that person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.base import Domain, sha256_hex
from core.domain.users import Scope, User
from core.errors import ScopeMissing, TokenRefused

if TYPE_CHECKING:
    from core.domain.executions import Execution
    from core.ports import Clock, Storage


class Principal(Domain):
    """An authenticated person, and what their program may do in their name."""

    user: User
    scopes: tuple[Scope, ...]

    @property
    def sees_only(self) -> str | None:
        """The id of the only person whose requests they see: their own; None for admins, who see everybody's."""
        return None if self.user.is_admin else self.user.id

    def may_see(self, execution: Execution) -> bool:
        """Whether they may know of ``execution``."""
        return self.sees_only in {None, execution.user_id}

    def require(self, scope: Scope) -> None:
        """Do nothing if the token is for this.

        Raises:
            ScopeMissing: it is not.
        """
        if scope not in self.scopes:
            raise ScopeMissing(scope=scope)


class Access:
    """Knows people by their API tokens."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        """Look tokens up in ``storage``; they end by ``clock``."""
        self._storage = storage
        self._clock = clock

    async def authenticate(self, secret: str | None) -> Principal:
        """Return whom ``secret`` speaks for.

        Raises:
            TokenRefused: there is none, it is unknown, expired or revoked, or its owner is shut out.
        """
        if not secret:
            raise TokenRefused
        async with self._storage.read() as uow:
            token = await uow.api_tokens.by_hash(sha256_hex(secret.encode()))
            owner = await uow.users.get(token.user_id) if token is not None else None
        if token is None or owner is None or not owner.is_active or not token.is_valid(self._clock.now()):
            raise TokenRefused
        return Principal(user=owner, scopes=token.scopes)
