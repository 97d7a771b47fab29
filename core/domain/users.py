"""People: users, their roles, the platform accounts and the API tokens that belong to them."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from core.domain.base import Domain
from core.domain.messages import ChannelName


class Role(StrEnum):
    """What a person may do besides asking: admins decide requests and administer."""

    USER = "user"
    ADMIN = "admin"


#: The languages that somebody can be spoken to in.
LANGUAGES = ("en", "ko")


class User(Domain):
    """One person, whatever the number of platform accounts.

    ``language`` is what they chose, or else their platform said first; empty while that is not known.
    ``admitted_at`` is when they were first let in at somebody's word (None: never; they asked, or were added).
    """

    id: str
    email: str
    email_verified: bool = False
    name: str
    role: Role = Role.USER
    is_active: bool = True
    language: str = ""
    timezone: str = "UTC"
    created_at: AwareDatetime
    admitted_at: AwareDatetime | None = None

    @property
    def is_admin(self) -> bool:
        """Whether this person is an active admin."""
        return self.is_active and self.role is Role.ADMIN


def folded(name: str) -> str:
    """Return ``name`` as names are compared: case and the composition of accents make no difference."""
    return unicodedata.normalize("NFC", name).casefold()


class ChannelIdentity(Domain):
    """A platform account that belongs to a user; unique by channel, workspace and external id.

    ``is_reachable``: it can be written to in private. On Telegram that is who has written to the bot there.
    """

    id: str
    channel: ChannelName
    workspace_id: str = ""
    external_id: str
    user_id: str
    display_name: str = ""
    is_reachable: bool = True
    created_at: AwareDatetime


class Scope(StrEnum):
    """What an API token may be used for; it never allows more than its owner's role does."""

    HITL_READ = "hitl:read"
    HITL_WRITE = "hitl:write"
    EXECUTIONS_READ = "executions:read"
    EXECUTIONS_WRITE = "executions:write"
    ARTIFACTS_READ = "artifacts:read"
    ARTIFACTS_WRITE = "artifacts:write"


class ApiToken(Domain):
    """What somebody's program proves itself with over HTTP; ``name`` is the owner's label for it.

    ``token_hash`` is the SHA-256 (hex) of the token, which is random and known to its owner alone.
    """

    id: str
    user_id: str
    name: str
    token_hash: str
    scopes: tuple[Scope, ...]
    created_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired at ``now``."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)
