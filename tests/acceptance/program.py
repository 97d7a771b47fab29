"""The program as people start it: a process of its own, with an empty HOME and nothing else of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Self


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a newcomer whose HOME is ``home``."""
    home.mkdir(exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}


def skillwarden(*arguments: str, home: Path, lines: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; ``home`` stands for the person's HOME, and ``lines`` is what they type."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        env=environment(home) | variables,
        timeout=40,
    )


def demo(home: Path, script: str) -> str:
    """Play ``script`` in the demo console at ``home``/demo and return what it printed."""
    done = skillwarden("console", "--demo", "--home", str(home / "demo"), home=home, lines=script)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Conversation:
    """A demo console that is still running: lines can be sent while the world around it changes."""

    def __init__(self, home: Path) -> None:
        """Start the console at ``home``/demo."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "console", "--demo", "--home", str(home / "demo")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
            env=environment(home),
        )
        self.heard = ""

    def __enter__(self) -> Self:
        """Hand the conversation over."""
        return self

    def __exit__(self, *_details: object) -> None:
        """End the process, however the test went."""
        self._process.kill()
        self._process.communicate()

    def say(self, line: str, *, until: str) -> str:
        """Send ``line`` and return what is printed up to and with the line that holds ``until``."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._read(until)

    def _read(self, until: str) -> str:
        assert self._process.stdout is not None
        printed = ""
        for line in self._process.stdout:
            printed += line
            if until in line:
                break
        else:
            raise AssertionError(f"the console ended without saying {until!r}:\n{printed}")
        self.heard += printed
        return printed

    def end(self) -> str:
        """Close standard input and return the rest of what is printed."""
        rest, _ = self._process.communicate(timeout=40)
        assert self._process.returncode == 0, rest
        self.heard += rest
        return rest
