"""A process in the foreground: told to stop, it stops, whatever holds it up."""

from __future__ import annotations

import subprocess
import sys

from tests.harness import PATIENCE

_HANGS = """
import asyncio, threading
from bot.foreground import Deadline, told_to_stop

async def serve(deadline):
    told = told_to_stop(deadline)
    print("ready", flush=True)
    await told.wait()
    await asyncio.to_thread(threading.Event().wait)

with Deadline(0.01) as deadline:
    asyncio.run(serve(deadline))
"""


def test_what_never_ends_is_left_to_the_next_start() -> None:
    """It ends as if it had ended by itself, and the log says that it was cut short; so does a second signal."""
    with subprocess.Popen([sys.executable, "-c", _HANGS], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.terminate()
        process.terminate()
        _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert b"left to the next start" in log
