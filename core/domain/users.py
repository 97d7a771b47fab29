"""People: users, their roles, the platform accounts and the API tokens that belong to them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from core.domain.base import Domain
from core.domain.hidden_text import visible
from core.domain.messages import ChannelName
from core.errors import InvalidInput, Words

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_SLACK_ACCOUNT = re.compile("[UW][A-Z0-9]+")
_TELEGRAM_ACCOUNT = re.compile("[1-9][0-9]*")


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


def check_name(name: str) -> None:
    """See that somebody new can be called ``name``; what is stored already may be otherwise.

    Raises:
        InvalidInput: it is no one line that can be read and said.
    """
    if not _is_line(name):
        raise InvalidInput(detail=Words("a name is one line that can be read, and not empty"))


def check_label(label: str) -> None:
    """See that an API token can be called ``label``.

    Raises:
        InvalidInput: it is no one line that can be read and typed.
    """
    if not _is_line(label):
        raise InvalidInput(detail=Words("a token's name is one line that can be read, and not empty"))


def check_email(email: str) -> None:
    """See that ``email`` looks like an address.

    Raises:
        InvalidInput: it does not.
    """
    if not _is_line(email) or _EMAIL.fullmatch(email) is None:
        raise InvalidInput(detail=Words('"{email}" is no e-mail address', email=visible(email)))


def check_account(channel: ChannelName, account: str) -> None:
    """See that ``account`` is in the form of the ids that ``channel`` gives out.

    Raises:
        InvalidInput: nobody there can have that id.
    """
    shown = visible(account)
    if channel == "slack" and _SLACK_ACCOUNT.fullmatch(account) is None:
        raise InvalidInput(detail=Words('"{account}" is no Slack account; its id is like U0123456789', account=shown))
    if channel == "telegram" and _TELEGRAM_ACCOUNT.fullmatch(account) is None:
        detail = Words('"{account}" is no Telegram account; its id is a number such as 123456789', account=shown)
        raise InvalidInput(detail=detail)
    if not _is_line(account):
        raise InvalidInput(detail=Words('"{account}" is no account; its id is one line, and not empty', account=shown))


def _is_line(text: str) -> bool:
    return text != "" and text == text.strip() and text == visible(text)


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
