"""Platforms misbehave at random, from a seed: nothing is lost, nothing happens twice, every copy ends up true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.stage import Mode
from tests.acceptance.trouble_round import converse

pytestmark = pytest.mark.timeout(300)

# For each round: 30 on each platform, and 30 across. `make soak` has 500 of each.
CONVERSATIONS = 10
ROUNDS: tuple[tuple[Mode, int], ...] = (
    ("socket", 1),
    ("http", 2),
    ("socket", 3),
    ("polling", 4),
    ("webhook", 5),
    ("polling", 6),
    ("socket and webhook", 7),
    ("http and polling", 8),
    ("socket and webhook", 9),
)


@pytest.mark.parametrize(("mode", "seed"), ROUNDS)
async def test_whatever_platforms_do_each_request_ends_once_and_every_copy_says_so(
    tmp_path: Path, mode: Mode, seed: int
) -> None:
    """Rate limits, errors, lost answers and clicks, doubled, late and redelivered events, dying sockets: all ends well.

    Where there are two platforms, what is asked on one is decided on the other, and cancelled from the other.
    """
    happened = await converse(tmp_path, mode, seed, CONVERSATIONS)
    assert happened.total()
