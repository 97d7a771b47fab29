"""Drift: a place that holds something else than what was approved for it, and what people said about that."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from core.domain.base import Domain
from core.domain.skills import SkillDiff


class DriftStatus(StrEnum):
    """What became of a drift; an ignored one is still there, and nobody is told of it again."""

    OPEN = "open"
    IGNORED = "ignored"
    RESOLVED = "resolved"


class Resolution(StrEnum):
    """How a drift ended: at people's word, by itself, or because what is there changed once more."""

    RESTORED = "restored"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    BY_ITSELF = "by_itself"
    CHANGED_AGAIN = "changed_again"


class DriftDetails(Domain):
    """What people are told of a drift: where it is, and how what is there differs from what was approved.

    ``diff`` is None when it is not known what was approved, byte for byte; ``patch`` is its beginning as text.
    """

    skill: str
    provider: str
    location: str
    diff: SkillDiff | None = None
    patch: str = ""


class DriftEvent(Domain):
    """A time at which a target held something else than what was approved; ``found_digest`` None: nothing at all.

    A target has one unresolved drift at most. ``revision`` counts what people can see of it.
    """

    id: str
    target_id: str
    expected_digest: str
    found_digest: str | None
    details: DriftDetails
    status: DriftStatus = DriftStatus.OPEN
    resolution: Resolution | None = None
    #: The request that was made about it last and has not ended, or that ended it.
    execution_id: str | None = None
    revision: int = 1
    detected_at: AwareDatetime
    #: Who said that this very content is not to be reported again, in which words and when.
    ignored_by: str | None = None
    comment: str | None = None
    ignored_at: AwareDatetime | None = None
    resolved_at: AwareDatetime | None = None

    def is_of(self, expected: str, found: str | None) -> bool:
        """Whether it is just this: ``found`` where ``expected`` should be."""
        return (self.expected_digest, self.found_digest) == (expected, found)
