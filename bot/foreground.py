"""A process in the foreground: what it says to whoever started it, and how it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys


def announce(line: str) -> None:
    """Print ``line`` for whoever started the program; the log is on standard error."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def told_to_stop() -> asyncio.Event:
    """Return what SIGTERM and SIGINT set. The HTTP server, started later, hears them too and passes them on."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told
