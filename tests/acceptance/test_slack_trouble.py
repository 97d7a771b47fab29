"""Slack misbehaves at random, from a seed: nothing is lost, nothing happens twice, every copy ends up true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.trouble_round import Mode, converse

pytestmark = pytest.mark.timeout(300)

# For each round: 30 in all. `make soak` has 500.
CONVERSATIONS = 10


@pytest.mark.parametrize(("mode", "seed"), [("socket", 1), ("http", 2), ("socket", 3)])
async def test_whatever_slack_does_each_request_ends_once_and_every_copy_says_so(
    tmp_path: Path, mode: Mode, seed: int
) -> None:
    """Rate limits, errors, lost answers and clicks, doubled and redelivered events, dying sockets: all ends well."""
    happened = await converse(tmp_path, mode, seed, CONVERSATIONS)
    assert happened.total()
