"""Freeze: nobody changes a skill on a provider until somebody else has agreed that they may again."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import AwareDatetime

from core.domain.base import Domain


class Freeze(Domain):
    """No changes of a skill (None: of any skill) on a provider (None: on any) from ``created_at`` to ``ended_at``.

    ``reason`` is how it was asked for.
    """

    id: str
    skill_id: str | None = None
    provider_id: str | None = None
    user_id: str
    reason: str | None = None
    created_at: AwareDatetime
    ended_at: AwareDatetime | None = None

    def covers(self, skill_id: str | None, provider_id: str | None) -> bool:
        """Whether it forbids all changes of a skill (None: of all, those not known yet too) on a provider."""
        return self.skill_id in {None, skill_id} and self.provider_id in {None, provider_id}

    def lies_in(self, skill_id: str | None, provider_id: str | None) -> bool:
        """Whether all it forbids is about a skill (None: about any) and a provider."""
        return skill_id in {None, self.skill_id} and provider_id in {None, self.provider_id}


def frozen(freezes: Iterable[Freeze], skill_id: str | None, provider_id: str | None) -> Freeze | None:
    """Return the first of ``freezes`` that forbids changes of a skill on a provider; None when nothing does."""
    return next((freeze for freeze in freezes if freeze.covers(skill_id, provider_id)), None)
