"""How long a newcomer waits for the prompt of the demo console, and for the end of a scripted installation."""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9
SCRIPT = b"install skill meeting-notes on claude\n/as bob\n/press 1\n"


def main() -> None:
    """Print median, fastest and slowest of several starts."""
    with tempfile.TemporaryDirectory() as folder:
        first = [_to_prompt(Path(folder) / f"new-{number}") for number in range(RUNS)]
        again = [_to_prompt(Path(folder) / "new-0") for _ in range(RUNS)]
        whole = [_script(Path(folder) / f"script-{number}") for number in range(RUNS)]
    _print("prompt, new home", first)
    _print("prompt, home exists", again)
    _print("scripted installation", whole)


def _command(home: Path) -> list[str]:
    return [sys.executable, "-m", "bot", "console", "--demo", "--home", str(home)]


def _to_prompt(home: Path) -> float:
    """Return the seconds until ``alice> `` stands on a terminal."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, _command(home))  # noqa: S606 - our own program
    seen = b""
    while b"alice>" not in seen:
        seen += os.read(terminal, 4096)
    took = time.perf_counter() - began
    os.write(terminal, b"\x04")
    os.waitpid(child, 0)
    os.close(terminal)
    return took


def _script(home: Path) -> float:
    began = time.perf_counter()
    subprocess.run(_command(home), input=SCRIPT, capture_output=True, check=True)
    return time.perf_counter() - began


def _print(what: str, seconds: list[float]) -> None:
    middle = statistics.median(seconds)
    print(f"{what:<24} median {middle:5.2f} s   fastest {min(seconds):5.2f} s   slowest {max(seconds):5.2f} s")


if __name__ == "__main__":
    main()
