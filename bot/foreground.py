"""A process in the foreground: what it says to whoever started it, and how it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from types import TracebackType
from typing import Self

# Seconds from the signal until the process has ended, whatever holds it up: docs/operations.md says ten.
_LONGEST = 9.0

_log = logging.getLogger(__name__)


class Deadline:
    """Once it has begun, the process ends ``seconds`` later, unless the context has ended by then.

    It is as if it was killed then: what is under way, and what waits for a database that is silent, is taken up at the
    next start.
    """

    def __init__(self, seconds: float = _LONGEST) -> None:
        """Begin nothing yet."""
        self._timer = threading.Timer(seconds, self._end)  # a thread: the loop may be what does not end
        self._timer.daemon = True
        self._has_begun = False

    def __enter__(self) -> Self:
        """Hand it over."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the process live on."""
        self._timer.cancel()

    def begin(self) -> None:
        """Let the time run, if it does not yet."""
        if not self._has_begun:
            self._has_begun = True
            self._timer.start()

    def _end(self) -> None:
        _log.warning("what is still under way is left to the next start")
        sys.stdout.flush()
        os._exit(0)


def announce(line: str) -> None:
    """Print ``line`` for whoever started the program; the log is on standard error."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def told_to_stop(deadline: Deadline) -> asyncio.Event:
    """Return what SIGTERM and SIGINT set, and let ``deadline`` begin then.

    The HTTP server, started later, hears them too and passes them on.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        told.set()
        deadline.begin()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return told
