"""A crew: several ``serve`` and ``worker`` processes on one PostgreSQL database and one home, which can be killed."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.acceptance.program import environment
from tests.acceptance.serving import ROOT

Kind = Literal["serve", "worker"]

# Seconds of patience with a process that starts or stops.
PATIENCE = 120
# Seconds between two kills, how many of them there are, and how many processes are always left. A machine on which they
# start slower than they are killed has to come to an end, too.
BETWEEN = (2.0, 5.0)
KILLS = 4
LEFT = 2


@dataclass(eq=False)
class Hand:
    """One process of the crew; ``log`` is what it wrote."""

    kind: Kind
    log: Path
    process: asyncio.subprocess.Process = field(repr=False)

    @property
    def logged(self) -> str:
        """What it wrote so far."""
        return self.log.read_text()


class Crew:
    """Processes at ``home``/demo on the database at ``url``."""

    def __init__(self, home: Path, url: str, secrets: Mapping[str, str]) -> None:
        """Begin with nobody; the configuration is there."""
        self._home = home
        self._url = url
        self._secrets = secrets
        self._numbers = itertools.count(1)
        self.hands: list[Hand] = []
        self.kills = 0

    async def hire(self, kind: Kind) -> Hand:
        """Start a process, and wait until it is ready."""
        log = self._home / f"{next(self._numbers)}-{kind}.log"
        with log.open("w") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.acceptance.crew_program", kind, str(self._home / "demo"), self._url),
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
                stderr=file,
                env=environment(self._home) | dict(self._secrets),
            )
        hand = Hand(kind, log, process)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                while b"ready" not in (line := await process.stdout.readline()):
                    assert line, hand.logged
        except BaseException:
            if process.returncode is None:
                process.kill()
                await process.wait()
            raise
        self.hands.append(hand)
        return hand

    async def kill(self, hand: Hand) -> None:
        """End a process as a power cut would."""
        self.hands.remove(hand)
        self.kills += 1
        hand.process.kill()
        await hand.process.wait()

    async def dismiss(self) -> None:
        """Stop all that are left; each has to end by itself."""
        for hand in self.hands:
            hand.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            for hand in self.hands:
                assert await hand.process.wait() == 0, hand.logged

    async def suffer(self, seed: int) -> None:
        """Kill some at random, and replace whoever was killed, until cancelled; then all are there again."""
        dice = random.Random(seed)
        hiring: list[asyncio.Task[Hand]] = []
        try:
            while self.kills < KILLS:
                await asyncio.sleep(dice.uniform(*BETWEEN))
                if len(self.hands) > LEFT:
                    victim = dice.choice(self.hands)
                    hiring.append(asyncio.create_task(self.hire(victim.kind)))
                    await self.kill(victim)
        finally:
            await asyncio.gather(*hiring)


@contextlib.asynccontextmanager
async def crew(home: Path, url: str, secrets: Mapping[str, str], *kinds: Kind) -> AsyncIterator[Crew]:
    """Give a crew of ``kinds``; in the end it has to stop by itself."""
    hired = Crew(home, url, secrets)
    try:
        async with asyncio.TaskGroup() as starting:
            for kind in kinds:
                starting.create_task(hired.hire(kind))
        yield hired
        await hired.dismiss()
    finally:
        for hand in hired.hands:
            if hand.process.returncode is None:
                hand.process.kill()
                await hand.process.wait()
