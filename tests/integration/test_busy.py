"""Asking too much: it is said once, nothing of it is done, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

from core.services.rates import Rates
from tests.clock import FakeClock
from tests.harness import talking


async def test_what_is_too_much_is_turned_away_with_a_word(tmp_path: Path) -> None:
    """Two are answered, the third is told to wait, the rest is on record; a minute later all is as before."""
    clock = FakeClock()
    async with talking(tmp_path, clock, rates=Rates(per_person=2, per_chat=100)) as talk:
        await talk("whoami")
        await talk("list skills")
        told = await talk("install skill pdf on claude")
        assert "2 times within a minute is the limit" in told
        assert "I did nothing about this" in told
        for _ in range(3):
            assert "limit" not in await talk("install skill pdf on claude")
        async with talk.database.read() as uow:
            assert await uow.approvals.pending(clock.now()) == ()
            assert (await uow.inbox.waiting()).count == 0
            turned_away = await uow.inbox.failures(clock.now())
        assert turned_away.count == 4
        clock.advance(minutes=1)
        await talk("install skill pdf on claude")
        async with talk.database.read() as uow:
            assert len(await uow.approvals.pending(clock.now())) == 1
