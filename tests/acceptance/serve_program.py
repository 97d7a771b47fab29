"""``skillwarden serve`` on the demo, with a clock that a test moves and a ``ttl`` of its own; all else is production.

``python -m tests.acceptance.serve_program HOME CLOCK [TTL]``: CLOCK is a file that says how many seconds the program is
ahead of the machine, TTL the seconds that people have to decide (left out: what the policy says).
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.serve import serve
from core.domain.policy import DEFAULT_POLICY


class MovedClock:
    """The machine's clock, as many seconds ahead as ``file`` says; a test moves it with one of its own."""

    def __init__(self, file: Path) -> None:
        """Read ``file``; without one, stand with the machine."""
        self._file = file

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return SystemClock().now() + self._ahead()

    def advance(self, ahead: timedelta) -> None:
        """Move on; the program notices when it looks next."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str((self._ahead() + ahead).total_seconds()))
        fresh.replace(self._file)

    def _ahead(self) -> timedelta:
        return timedelta(seconds=float(self._file.read_text()) if self._file.exists() else 0)


def main() -> None:
    """Serve until told to stop."""
    home, clock, *ttl = sys.argv[1:]
    rules = tuple(rule.evolve(ttl=timedelta(seconds=int(ttl[0]))) for rule in DEFAULT_POLICY.rules if ttl)
    policy = DEFAULT_POLICY.evolve(rules=rules) if rules else None
    serve(Path(home), None, demo=True, clock=MovedClock(Path(clock)), policy=policy)


if __name__ == "__main__":
    main()
