"""The process is killed at every moment of conversations about approvals, which go on as if nothing had happened."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.killing_desk import CONVERSATIONS, chosen
from tests.databases import BACKENDS, database_with_tables

#: The conversations that servers are killed in: all kinds of moments, and what the clock does.
ON_SERVERS = ("another ref", "expired")
#: How each conversation ends, and the fewest moments it has: fewer would mean that kills were missed.
ENDS = {
    "another ref": ("approved", 30),
    "narrowed": ("approved", 25),
    "escalated and reminded": ("approved", 30),
    "broken glass": ("approved", 25),
    "expired": ("expired", 15),
    "role": ("approved", 15),
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("backend", "name"),
    [(backend, name) for backend in BACKENDS for name in CONVERSATIONS if backend == "sqlite" or name in ON_SERVERS],
)
def test_a_kill_at_any_moment_changes_nothing(backend: str, name: str, tmp_path: Path) -> None:
    """After a commit, or between posted and remembered: it ends the same, is executed once, and every copy is true.

    On the servers it is the first, the middle and the last commit, post, edit and installation of two conversations.
    """
    server = [] if backend == "sqlite" else [asyncio.run(database_with_tables(backend, tmp_path))]
    command = [sys.executable, "-m", "tests.acceptance.killing_desk", str(tmp_path), name, *server]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    whole, *plays = [json.loads(line) for line in done.stdout.splitlines()]
    ends, fewest = ENDS[name]
    assert len(whole["kinds"]) >= fewest
    assert any(row.startswith(f"('hitl_requests', '{ends}'") for row in whole["state"]["rows"])
    assert not [row for row in whole["state"]["rows"] if "'notices'" in row and "delivered" not in row]
    assert not [row for row in whole["state"]["rows"] if "'behind'" in row]
    assert [play["kill_at"] for play in plays if play["killed"]] == chosen(whole["kinds"], every=not server)
    for play in plays:
        assert play["state"] == whole["state"], play["kill_at"]
