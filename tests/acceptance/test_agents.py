"""``docs/agents.md`` against ``skillwarden serve`` and the stand-in for Slack: what it shows works as it stands."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.client import Decision, HitlClient, read_callback
from tests.acceptance.program import environment
from tests.acceptance.serving import PATIENCE, ROOT, Served, link, served
from tests.acceptance.test_api import run
from tests.agent import Agent
from tests.platforms.slack import FakeSlack, Person

pytestmark = pytest.mark.timeout(180)

DOCUMENT = (ROOT / "docs/agents.md").read_text(encoding="utf-8")
SECRET = "a long and random secret"


@contextlib.asynccontextmanager
async def desk(home: Path, slack: FakeSlack, people: dict[str, Person]) -> AsyncIterator[Served]:
    """Serve a demo that calls back programs on this machine."""
    (home / "secret").write_text(SECRET)
    hosts = '["127.0.0.1"]'
    more = f'callback_secret = "file:{home}/secret"\nplain_callback_hosts = {hosts}\ninside_callback_hosts = {hosts}\n'
    async with served(home, slack, "http", configuration=more) as program:
        program.people = people
        yield program


async def prepared(home: Path, slack: FakeSlack) -> tuple[str, dict[str, Person]]:
    """Link the demo's people, and return a token of alice's for her programs, and them."""
    people = {name: slack.person(name) for name in ("alice", "bob", "carol")}
    await asyncio.to_thread(link, home, slack, *people.values())
    scopes = ("--scope", "hitl:read", "--scope", "hitl:write")
    made = await asyncio.to_thread(run, home, "users", "token", "alice", "--name", "cost", *scopes)
    return made.split()[0], people


def address(program: Served) -> str:
    """Return where the program is reached."""
    ready = re.search(r"ready at (http://\S+)", program.announced)
    assert ready is not None
    return ready[1]


async def execute(*command: str, **variables: str) -> str:
    """Run a command and return what it prints."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env=os.environ | variables
    )
    out, _ = await asyncio.wait_for(process.communicate(), 2 * PATIENCE)
    assert process.returncode == 0, out
    return out.decode()


def callbacks(agent: Agent) -> list[tuple[str, Decision]]:
    """Return the callbacks that the agent heard and believes."""
    return [read_callback(SECRET, headers, body, datetime.now(UTC)) for _, headers, body in agent.heard]


async def hears(agent: Agent, times: int) -> None:
    """Wait until the agent was called so often."""
    async with asyncio.timeout(2 * PATIENCE):
        while len(agent.heard) < times:  # noqa: ASYNC110 - another process calls
            await asyncio.sleep(0.05)


async def kill(program: Served) -> None:
    """End the bot as a power cut would. Whoever stops it then is told that it is gone."""
    program.process.kill()
    await program.process.wait()


async def test_the_example_waits_for_a_human_and_hears_what_they_chose(tmp_path: Path) -> None:
    """Asked over HTTP, shown and chosen in Slack, told to the program that waits, and called back, signed."""
    (example,) = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    async with FakeSlack() as slack, Agent().listening() as agent:
        secret, people = await prepared(tmp_path, slack)
        async with desk(tmp_path, slack, people) as program:
            variables = environment(tmp_path) | {
                "DESK": address(program),
                "TOKEN": secret,
                "CALLBACK": f"http://127.0.0.1:{agent.port}/answers",
                "PYTHONPATH": str(ROOT),
            }
            running = asyncio.create_task(execute(sys.executable, "-c", example, **variables))
            bob = program.people["bob"]
            shown = await program.sees(bob, "Stop 2 idle instances")
            assert "per_day: 41.5" in shown
            await bob.press(slack.messages(bob.dm)[-1], "Stop i-1 only")
            assert await running == "stopping: Stop i-1 only\n"
            await program.sees(bob, "Answered: cost agent: Stop 2 idle instances")
            await hears(agent, 1)
            ((_, decision),) = callbacks(agent)
            assert (decision.is_approved, decision.response) == (True, {"option": "Stop i-1 only"})


async def test_an_answer_outlives_the_bot_and_the_agent(tmp_path: Path) -> None:
    """Killed once it has asked, once it was answered, and while the agent listens, who hangs up then: told once.

    At every commit, post, edit and call it is killed in ``tests/integration/test_agents_crash.py``.
    """
    question: dict[str, Any] = {"agent_type": "cost", "title": "Go on?", "payload": {}, "key": "go"}
    killed = contextlib.suppress(ProcessLookupError)
    async with FakeSlack() as slack, Agent().listening() as agent:
        agent.answer = None
        question["callback_url"] = f"http://127.0.0.1:{agent.port}/answers"
        secret, people = await prepared(tmp_path, slack)
        bob = people["bob"]
        with killed:
            async with desk(tmp_path, slack, people) as program, HitlClient(address(program), secret) as client:
                first = await client.ask(**question, timeout=0.3)
                await kill(program)
        with killed:
            async with desk(tmp_path, slack, people) as program:
                await program.sees(bob, "Go on?")
                await bob.press(slack.messages(bob.dm)[-1], "Approve")
                await kill(program)
        with killed:
            async with desk(tmp_path, slack, people) as program:
                await hears(agent, 1)
                await kill(program)
        agent.answer = b""
        async with desk(tmp_path, slack, people) as program, HitlClient(address(program), secret) as client:
            await hears(agent, 2)
            agent.answer = b"HTTP/1.1 204 No Content\r\n\r\n"
            await hears(agent, 3)
            again = await client.ask(**question, timeout=PATIENCE)
            await program.sees(bob, "Answered: cost agent: Go on?")
        heard = callbacks(agent)
        assert len({delivery for delivery, _ in heard}) == 1
        assert {decision.id for _, decision in heard} == {first.id, again.id}
        assert again.is_approved
        assert all(decision.is_approved for _, decision in heard)


async def test_the_curl_examples_work(tmp_path: Path) -> None:
    """Each is run as it is written: asked, listed, waited for once it is answered, and too late to take back."""
    create, listing, wait, delete = re.findall(r"^```bash\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    async with FakeSlack() as slack:
        secret, people = await prepared(tmp_path, slack)
        async with desk(tmp_path, slack, people) as program:
            variables = {"DESK": address(program), "TOKEN": secret}
            made = json.loads(await execute("bash", "-c", create, **variables))
            assert made["status"] == "pending"
            listed = json.loads(await execute("bash", "-c", listing, **variables))
            assert [item["id"] for item in listed["items"]] == [made["id"]]
            bob = program.people["bob"]
            await program.sees(bob, "Which size?")
            await bob.press(slack.messages(bob.dm)[-1], "Answer...")
            assert bob.view is not None
            await bob.submits(bob.view, {"Your answer, as the program shall get it": "200 GB"})
            told = json.loads(await execute("bash", "-c", wait, ID=made["id"], **variables))
            assert (told["status"], told["response"]) == ("approved", {"text": "200 GB"})
            late = json.loads(await execute("bash", "-c", delete, ID=made["id"], **variables))
            assert (late["error"]["code"], late["error"]["details"]["who"]) == ("ALREADY_DECIDED", "Bob")
