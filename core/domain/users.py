"""People: users, their roles, and the platform accounts that belong to them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from core.domain.base import Domain
from core.domain.messages import ChannelName


class Role(StrEnum):
    """What a person may do besides asking: admins decide requests and administer."""

    USER = "user"
    ADMIN = "admin"


class User(Domain):
    """One person, whatever the number of platform accounts."""

    id: str
    email: str
    email_verified: bool = False
    name: str
    role: Role = Role.USER
    is_active: bool = True
    language: str = "en"
    timezone: str = "UTC"
    created_at: AwareDatetime

    @property
    def is_admin(self) -> bool:
        """Whether this person is an active admin."""
        return self.is_active and self.role is Role.ADMIN


class ChannelIdentity(Domain):
    """A platform account that belongs to a user; unique by channel, workspace and external id."""

    id: str
    channel: ChannelName
    workspace_id: str = ""
    external_id: str
    user_id: str
    display_name: str = ""
    created_at: AwareDatetime
