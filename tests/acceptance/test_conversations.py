"""The same conversations on every platform and across two, with ``skillwarden serve`` in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from tests.acceptance.conversations import DESK, POLICY, TEAM
from tests.acceptance.stage import Mode, staged

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("mode", get_args(Mode))
async def test_a_team_has_the_same_conversations_everywhere(tmp_path: Path, mode: Mode) -> None:
    """Asked, approved, rejected, changed, synced, rolled back and removed, wherever the people are."""
    async with staged(tmp_path, mode) as stage:
        for conversation in TEAM:
            await conversation(stage)
        await stage.nobody_waits()


@pytest.mark.parametrize("mode", get_args(Mode))
async def test_who_has_to_agree_is_the_same_everywhere(tmp_path: Path, mode: Mode) -> None:
    """Votes are counted, lent, asked for by more and more people, and done without, wherever the people are."""
    async with staged(tmp_path, mode, configuration=POLICY) as stage:
        for conversation in DESK:
            await conversation(stage)
        await stage.nobody_waits()
