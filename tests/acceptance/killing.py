"""Plays a script in the demo console and kills the process right after its n-th commit.

``python -m tests.acceptance.killing SCRIPT FOLDER [URL]`` prints one JSON object a line. Each play happens in a fork of
this process, so that importing the program is paid for once; SIGKILL ends it, as a power cut would. On SQLite it is
killed after every commit; on the server's database at URL, which is emptied for each play, after every ``STRIDE``-th.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import Select, literal, select

from bot.cli_console import talk
from bot.wake import Wake
from tests.acceptance.swaps import count_swaps, swaps
from tests.databases import empty, queries, table

# More commits than any conversation here makes.
NEVER = 10_000

# Every how many commits it is killed on a server: a play costs more there, and the rules are the same.
STRIDE = 4


class Killer(Wake):
    """Counts commits and ends the process after one of them."""

    def __init__(self, kill_at: int) -> None:
        super().__init__()
        self._kill_at = kill_at
        self.count = 0

    def __call__(self) -> None:
        """Count; kill."""
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        super().__call__()


def play(script: Path, home: Path, kill_at: int, url: str) -> int | None:
    """Play ``script`` in a process of its own; return its number of commits, or None when it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _play_here(script, home, Killer(kill_at), writer, url)
    os.close(writer)
    with os.fdopen(reader) as answer:
        count = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if status or not count:
        raise RuntimeError(f"the console ended with {status}: see {home}.out")
    return int(count)


def _play_here(script: Path, home: Path, killer: Killer, writer: int, url: str) -> None:
    code = 1
    try:
        os.dup2(os.open(script, os.O_RDONLY), 0)
        out = os.open(f"{home}.out", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        count_swaps(home)
        # A demo asks nobody where its database is; this process is a test's.
        with mock.patch("bot.installation.url_of", return_value=url):
            talk(home, None, demo=True, session="play", wake=killer, at_once=1)
        sys.stdout.flush()
        os.write(writer, str(killer.count).encode())
        code = 0
    finally:
        os._exit(code)


def state(home: Path, url: str) -> dict[str, Any]:
    """Return what the tables and the disk say, without anything that differs from play to play."""
    installed = home / "providers/claude/skills/meeting-notes"
    return {
        "rows": rows_of(url),
        "swaps": swaps(home),
        "files": sorted(str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()),
    }


def rows_of(url: str) -> list[str]:
    """Return what the tables say, in a form that can be compared."""
    return sorted(str(tuple(row.values())) for rows in queries(url, *_states()) for row in rows)


def _states() -> list[Select[Any]]:
    columns = {
        "executions": ("status", "error_code"),
        "install_runs": ("status", "attempt"),
        "install_targets": ("status", "installed_digest"),
        "chat_actions": ("result", "intent"),
        "approval_votes": ("approve", "revision"),
        "notices": ("kind", "status"),
        "inbox": ("kind", "status"),
    }
    requests, copies = table("hitl_requests").c, table("approval_prompts").c
    return [
        *(select(literal(name), *(table(name).c[column] for column in said)) for name, said in columns.items()),
        select(literal("hitl_requests"), requests.status, requests.responded_by.is_not(None)),
        select(literal("behind"), copies.is_gone).where(copies.is_behind),
    ]


def say(line: str) -> None:
    """Print ``line`` at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Play unkilled, then killed after each commit and played again to the end."""
    script, folder, server = Path(sys.argv[1]), Path(sys.argv[2]), "".join(sys.argv[3:])

    def fresh(home: Path) -> str:
        if not server:
            return f"sqlite:///{home / 'skillwarden.db'}"
        empty(server)
        return server

    whole = folder / "whole"
    url = fresh(whole)
    commits = play(script, whole, NEVER, url)
    if commits is None:
        raise RuntimeError("killed without reason")
    say(json.dumps({"commits": commits, "state": state(whole, url)}))
    for kill_at in range(1, commits + 1, STRIDE if server else 1):
        home = folder / str(kill_at)
        url = fresh(home)
        killed = play(script, home, kill_at, url) is None
        play(script, home, NEVER, url)
        say(json.dumps({"kill_at": kill_at, "killed": killed, "state": state(home, url)}))


if __name__ == "__main__":
    main()
