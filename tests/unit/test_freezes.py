"""Freezes: what they cover, and what lies in a scope."""

from __future__ import annotations

import pytest

from core.domain.actions import Freeze as FreezeAction
from core.domain.actions import Unfreeze, risk_of
from core.domain.freezes import Freeze, frozen
from core.domain.plans import RiskLevel
from tests.clock import START


def freeze(skill_id: str | None = None, provider_id: str | None = None) -> Freeze:
    """Return a freeze of one skill on one provider; None stands for all."""
    return Freeze(id="f", skill_id=skill_id, provider_id=provider_id, user_id="u", created_at=START)


@pytest.mark.parametrize(
    ("of", "pair", "covered", "inside"),
    [
        (("pdf", "claude"), ("pdf", "claude"), True, True),
        (("pdf", "claude"), ("pdf", "gemini"), False, False),
        (("pdf", "claude"), ("docx", "claude"), False, False),
        (("pdf", None), ("pdf", "claude"), True, False),
        ((None, "claude"), ("pdf", "claude"), True, False),
        ((None, None), ("pdf", "claude"), True, False),
        (("pdf", "claude"), ("pdf", None), False, True),
        (("pdf", "claude"), (None, None), False, True),
        ((None, "claude"), (None, "claude"), True, True),
        (("pdf", "claude"), (None, "claude"), False, True),
    ],
)
def test_a_freeze_covers_what_is_not_wider(
    of: tuple[str | None, str | None], pair: tuple[str | None, str | None], *, covered: bool, inside: bool
) -> None:
    """None is all of them, on both sides."""
    assert freeze(*of).covers(*pair) is covered
    assert freeze(*of).lies_in(*pair) is inside


def test_the_first_that_covers_is_named() -> None:
    """Others are passed over."""
    first, second = freeze("pdf"), freeze()
    assert frozen((freeze("docx"), first, second), "pdf", "claude") == first
    assert frozen((), "pdf", "claude") is None


def test_freezing_is_no_change_and_unfreezing_is_one() -> None:
    """An emergency does not wait for an approval; the way back does."""
    assert risk_of(FreezeAction()) is RiskLevel.READ
    assert risk_of(Unfreeze()) is RiskLevel.WRITE
