"""``skillwarden serve`` over HTTP: asked by a program, approved in Slack, polled, fetched; and the host's view."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.program import demo, skillwarden
from tests.acceptance.serving import PATIENCE, link, served, started
from tests.platforms.slack import FakeSlack

pytestmark = pytest.mark.timeout(180)
#: What the command line says for a token of these scopes.
SCOPES = [word for scope in ("executions:read", "executions:write", "artifacts:read") for word in ("--scope", scope)]


def run(home: Path, *arguments: str) -> str:
    """Run a command on the demo's home and return what it prints."""
    done = skillwarden(*arguments, "--demo", "--home", str(home / "demo"), home=home)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def polled(client: httpx.AsyncClient, path: str, status: str) -> dict[str, Any]:
    """Ask again and again, as a program does, until an execution has this status."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found: dict[str, Any] = (await client.get(path)).json()
            if found["status"] == status:
                return found
            await asyncio.sleep(0.05)


async def test_a_program_asks_a_person_approves_and_the_program_fetches_what_was_installed(tmp_path: Path) -> None:
    """One port serves Slack and the API; the operator sees the same on the command line."""
    async with FakeSlack() as slack:
        people = {name: slack.person(name) for name in ("alice", "bob", "carol")}
        await asyncio.to_thread(link, tmp_path, slack, *people.values())
        made = await asyncio.to_thread(run, tmp_path, "users", "token", "alice", "--name", "ci", *SCOPES)
        token = made.split()[0]
        async with served(tmp_path, slack, "http") as program:
            program.people = people
            ready = re.search(r"ready at (http://\S+)", program.announced)
            assert ready is not None
            async with httpx.AsyncClient(base_url=ready[1], headers={"Authorization": f"Bearer {token}"}) as client:
                asked = await client.post("/api/v1/executions", json={"prompt": "install skill pdf on claude"})
                assert asked.status_code == 201, asked.text
                await program.sees(people["bob"], "Approve")
                await people["bob"].press(slack.messages(people["bob"].dm)[-1], "Approve")
                done = await polled(client, asked.headers["location"], "COMPLETED")
                assert (program.installed("pdf") / "SKILL.md").exists()
                (bundle,) = done["artifacts"]
                content = await client.get(f"/api/v1/artifacts/{bundle['id']}/content")
                assert len(content.content) == bundle["fileSize"]
                again = await client.get(
                    f"/api/v1/artifacts/{bundle['id']}/content", headers={"If-None-Match": content.headers["etag"]}
                )
                assert again.status_code == 304
                assert (await client.get("/healthz")).json() == {"status": "ok"}
                figures = (await client.get("/metrics")).text
                assert 'skillwarden_acknowledgement_seconds_count{channel="slack"}' in figures
                assert "skillwarden_database_up 1.0" in figures
            shown = await asyncio.to_thread(run, tmp_path, "executions", "show", done["code"], "--json")
            assert json.loads(shown)["id"] == done["id"]
            assert json.loads(shown)["status"] == "COMPLETED"


async def test_the_api_is_served_without_a_channel(tmp_path: Path) -> None:
    """Programs need no chat platform; whoever forgot to switch one on reads so in the first line."""
    made = await asyncio.to_thread(run, tmp_path, "users", "token", "alice", "--name", "ci", *SCOPES)
    async with started(tmp_path, "[http]\nport = 0\n", {}) as (_, address, announced):
        assert announced.startswith("[slack] mode and [telegram] mode are off")
        headers = {"Authorization": f"Bearer {made.split()[0]}"}
        async with httpx.AsyncClient(base_url=address, headers=headers) as client:
            asked = await client.post("/api/v1/executions", json={"prompt": "list skills"})
            await polled(client, asked.headers["location"], "COMPLETED")
            assert (await client.get("/readyz")).json() == {"status": "ok"}


def test_the_operator_lists_shows_and_cancels(tmp_path: Path) -> None:
    """Without a token: the machine's owner sees everything, and a second cancellation is refused."""
    demo(tmp_path, "install skill pdf on claude\n")
    (line,) = run(tmp_path, "executions", "list", "--json", "--status", "PENDING").splitlines()
    found = json.loads(line)
    assert found["prompt"] == "install skill pdf on claude"
    assert f"#{found['code']}" in run(tmp_path, "executions", "list", "--search", "PDF")
    nothing = skillwarden("executions", "list", "--search", "qqq", "--demo", home=tmp_path)
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "No request matches.\n")
    stopped = run(tmp_path, "executions", "cancel", found["code"].lower(), "--comment", "not today")
    assert "CANCELLED  not today" in stopped
    again = skillwarden(
        *("executions", "cancel", found["id"], "--demo", "--home", str(tmp_path / "demo")), home=tmp_path
    )
    assert again.returncode == 65
    assert "already ended" in again.stderr
    rehearsed = json.loads(run(tmp_path, "retention", "--dry-run", "--json"))
    assert set(rehearsed.values()) == {0}
    assert run(tmp_path, "retention").startswith("Gone: 0 executions")
