"""Links: one-time codes that make one person of two platform accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import AwareDatetime

from core.domain.base import Domain
from core.domain.messages import ChannelName, ConversationRef

#: How long a code is good: long enough to change the app, too short to be found later.
LIFETIME = timedelta(minutes=10)
#: Wrong codes that one account may send within ``WATCHED``.
MOST_TRIES = 5
WATCHED = timedelta(minutes=15)


class LinkCode(Domain):
    """A code that was given to ``user_id`` in a private conversation; only its SHA-256 (hex) is kept.

    ``claimed_by`` is who has sent it from another platform, and is asked whether they mean it.
    """

    id: str
    user_id: str
    code_hash: str
    channel: ChannelName
    workspace_id: str = ""
    conversation_id: str
    claimed_by: str | None = None
    created_at: AwareDatetime
    expires_at: AwareDatetime
    used_at: AwareDatetime | None = None

    @property
    def conversation(self) -> ConversationRef:
        """Where it was given."""
        return ConversationRef(
            channel=self.channel, workspace_id=self.workspace_id, conversation_id=self.conversation_id, private=True
        )

    def is_good(self, now: datetime) -> bool:
        """Whether it still counts at ``now``."""
        return self.used_at is None and now < self.expires_at


class LinkTry(Domain):
    """A wrong code that an account has sent."""

    id: str
    channel: ChannelName
    workspace_id: str = ""
    external_id: str
    created_at: AwareDatetime
