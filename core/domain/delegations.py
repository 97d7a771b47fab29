"""Delegation: somebody is away, and perhaps somebody else answers in their place."""

from __future__ import annotations

from pydantic import AwareDatetime

from core.domain.base import Domain


class Delegation(Domain):
    """From ``starts_at`` until ``until`` (no longer at that moment) one person does not answer.

    ``to_user_id`` says who votes in their place; None says that they are simply away. ``ended_at`` is when it was ended
    before its time.
    """

    id: str
    from_user_id: str
    to_user_id: str | None = None
    starts_at: AwareDatetime
    until: AwareDatetime
    ended_at: AwareDatetime | None = None
    created_at: AwareDatetime
