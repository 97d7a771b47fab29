"""When the bot looks again at what waits for a merge."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.services.merges import next_look
from tests.clock import START


@pytest.mark.parametrize(
    ("waited", "pause"),
    [(0, 5), (19, 5), (20, 5), (60, 15), (600, 150), (1200, 300), (86_400 * 30, 300), (-3600, 5)],
)
def test_looks_become_rarer_the_longer_it_waits(waited: int, pause: int) -> None:
    """A quarter of the time that it has waited, 5 seconds at least and 5 minutes at most; clocks may be set back."""
    now = START + timedelta(seconds=waited)
    assert next_look(START, now) - now == timedelta(seconds=pause)
