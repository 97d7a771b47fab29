"""Everything marked ``soak``, then talks while platforms misbehave: ``python -m tests.acceptance.soak [SEED]``.

500 on Slack, 500 on Telegram, 500 across both. A round is ten of them with a home of its own, the ways to reach the
platforms in turn. After that ten minutes of such rounds with two ``serve`` and two ``worker`` on PostgreSQL, killed at
random. A seed that is not given is drawn, and printed: the trouble of the n-th round comes from SEED + n. The home of a
round that fails is kept.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.acceptance.crew_round import converse_and_kill
from tests.acceptance.killing import say
from tests.acceptance.stage import Mode
from tests.acceptance.trouble_round import converse
from tests.databases import POSTGRESQL

CONVERSATIONS = 500
A_ROUND = 10
# Rounds at a time: each is a server and a stand-in.
AT_ONCE = 2
# Seconds with several processes.
CREWED = 600
MODES: tuple[Mode, ...] = ("socket", "polling", "socket and webhook", "http", "webhook", "http and polling")


async def soak(seed: int, folder: Path) -> None:
    """Have all rounds, homes below ``folder``.

    Raises:
        ExceptionGroup: a round failed; the others were stopped.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with room:
            mode, home, began = MODES[number % len(MODES)], folder / str(number), time.monotonic()
            try:
                happened = await converse(home, mode, seed + number, A_ROUND)
            except Exception:
                say(f"round {number:3} {mode:18} seed {seed + number} FAILED, see {home}")
                raise
            await asyncio.to_thread(shutil.rmtree, home)
            took = time.monotonic() - began
            troubles = ", ".join(f"{name} {count}" for name, count in sorted(happened.items()))
            say(f"round {number:3} {mode:18} seed {seed + number} {took:5.1f} s   {troubles}")

    async with asyncio.TaskGroup() as group:
        for number in range(3 * CONVERSATIONS // A_ROUND):
            group.create_task(one(number))


async def soak_a_crew(seed: int, folder: Path) -> int:
    """Have rounds with several processes, one after the other; return how many.

    Raises:
        AssertionError: one failed.
    """
    ends, number = time.monotonic() + CREWED, 0
    while time.monotonic() < ends:
        home, began = folder / f"crew-{number}", time.monotonic()
        home.mkdir()
        url = await asyncio.to_thread(POSTGRESQL.create)
        try:
            happened = await converse_and_kill(home, url, seed + number, A_ROUND)
        except Exception:
            say(f"crew {number:4} seed {seed + number} FAILED, see {home}")
            raise
        await asyncio.to_thread(shutil.rmtree, home)
        troubles = ", ".join(f"{name} {count}" for name, count in sorted(happened.items()))
        say(f"crew {number:4} seed {seed + number} {time.monotonic() - began:5.1f} s   {troubles}")
        number += 1
    return number


def main() -> None:
    """Soak; print what happened in each round."""
    seed = int(sys.argv[1]) if sys.argv[1:] else secrets.randbelow(10**6)
    say(f"seed {seed} (again: make soak SEED={seed})")
    subprocess.run([sys.executable, "-m", "pytest", "-m", "soak", f"--soak-seed={seed}"], check=True)
    folder = Path(tempfile.mkdtemp(prefix="skillwarden-soak-"))
    asyncio.run(soak(seed, folder))
    say(f"{3 * CONVERSATIONS} conversations: nothing lost, nothing done twice, every copy true")
    rounds = asyncio.run(soak_a_crew(seed, folder))
    say(f"{rounds} rounds of {A_ROUND} with processes that were killed: each ended once, as it should")


if __name__ == "__main__":
    main()
