"""What was said before."""

from __future__ import annotations

from pydantic import AwareDatetime

from core.domain.actions import ChatAction
from core.domain.base import Domain


class ResolverContext(Domain):
    """The change request this conversation has seen last, for "the last one" and "on gemini too"; who speaks, and when.

    ``now`` is in the zone of who speaks: "until friday" means their Friday.
    """

    last_action: ChatAction | None = None
    last_code: str | None = None
    speaker: str | None = None
    now: AwareDatetime | None = None
