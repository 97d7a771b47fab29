"""The console is killed after every commit of an installation, and plays on as if nothing had happened."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.killing import STRIDE
from tests.databases import BACKENDS, database_with_tables

SCRIPT = Path(__file__).parent / "scripts" / "kill.txt"
# Commits of the script at the least: fewer would mean that steps were lumped together, and kills missed.
FEWEST = 20


@pytest.mark.timeout(600)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_kill_after_any_commit_changes_nothing(backend: str, tmp_path: Path) -> None:
    """Whichever commit is the last one before the power cut: the request ends the same, is executed once, is told.

    On the servers it is every fourth commit, beginning with the first.
    """
    server = [] if backend == "sqlite" else [asyncio.run(database_with_tables(backend, tmp_path))]
    command = [sys.executable, "-m", "tests.acceptance.killing", str(SCRIPT), str(tmp_path), *server]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    whole, *plays = [json.loads(line) for line in done.stdout.splitlines()]
    assert whole["commits"] >= FEWEST
    assert "('executions', 'completed', None)" in whole["state"]["rows"]
    assert not [row for row in whole["state"]["rows"] if "'notices'" in row and "delivered" not in row]
    assert [play["kill_at"] for play in plays] == list(range(1, whole["commits"] + 1, STRIDE if server else 1))
    assert [play["kill_at"] for play in plays if not play["killed"]] == []
    for play in plays:
        assert play["state"]["rows"] == whole["state"]["rows"], play["kill_at"]
        assert play["state"]["files"] == whole["state"]["files"], play["kill_at"]
        assert play["state"]["swaps"] <= 1, play["kill_at"]
