"""The HTTP API in this process: the real application on a demo, without a socket; the clock is in the test's hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from bot.http_app import http_app
from core.domain.callbacks import Callback
from core.domain.policy import Policy
from core.domain.users import Scope
from core.errors import SkillwardenError
from core.ports import CallbackSender
from core.services.rates import Rates
from tests.clock import FakeClock
from tests.harness import PATIENCE, Talk, talking

#: The largest file that the application of these tests takes, in bytes.
LARGEST_ARTIFACT = 1_000_000


HITL = "/api/v1/hitl/requests"
#: What an agent asks unless a test says otherwise.
QUESTION: dict[str, Any] = {
    "agent_type": "cost",
    "request_type": "action_approval",
    "title": "Stop 12 idle instances",
    "description": "They have done nothing for a week.",
    "payload": {"instances": ["i-1", "i-2"], "saves": {"per_day": 41.5, "currency": "USD"}},
}

#: Settings under which callbacks are signed.
SIGNING = '[http]\ncallback_secret = "env:SKILLWARDEN_CALLBACK_SECRET"\n'


class Receiver:
    """Programs that are called back: what they took, and how they answer next."""

    def __init__(self, *trouble: SkillwardenError) -> None:
        """Raise ``trouble`` first, one for each call."""
        self.trouble = list(trouble)
        self.taken: list[Callback] = []

    async def send(self, callback: Callback) -> None:
        """Take ``callback``, or do not."""
        if self.trouble:
            raise self.trouble.pop(0)
        self.taken.append(callback)


class Api:
    """A client that speaks for one of the demo's people, and the conversation beside it."""

    def __init__(self, talk: Talk, app: FastAPI, failures: list[tuple[str, Exception]]) -> None:
        """Speak to ``app``, which puts what nobody foresaw into ``failures``."""
        self.failures = failures
        self.talk = talk
        self.app = app
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://skillwarden.test")
        #: By name.
        self.tokens: dict[str, str] = {}

    async def token(self, name: str, *scopes: Scope, lifetime: timedelta | None = None, label: str = "test") -> str:
        """Make a token for somebody; for everything unless ``scopes`` are named."""
        async with self.talk.database.begin() as uow:
            people = self.talk.program.people
            user = await people.find(uow, name)
            _, secret = await people.add_token(uow, user, name=label, scopes=scopes or tuple(Scope), lifetime=lifetime)
            await uow.commit()
        return secret

    async def __call__(self, method: str, path: str, *, by: str | None = "alice", **more: Any) -> httpx.Response:
        """Send a request as ``by`` (None: without a token); every answer has a request id."""
        headers = dict(more.pop("headers", {}))
        if by is not None:
            headers.setdefault("Authorization", f"Bearer {self.tokens[by]}")
        answer = await self.client.request(method, path, headers=headers, **more)
        assert answer.headers["x-request-id"]
        return answer

    async def ask(self, prompt: str, *, by: str = "alice", **more: Any) -> dict[str, Any]:
        """Ask for something, wait until it has come to rest, and return the execution as it was stored."""
        answer = await self("POST", "/api/v1/executions", by=by, json={"prompt": prompt} | more)
        assert answer.status_code == 201, answer.text
        await asyncio.wait_for(self.talk.program.workers.settle(), PATIENCE)
        made: dict[str, Any] = answer.json()
        return made

    async def execution(self, ident: str, *, by: str = "alice") -> dict[str, Any]:
        """Return an execution as it is now."""
        answer = await self("GET", f"/api/v1/executions/{ident}", by=by)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def question(self, *, by: str = "alice", key: str | None = None, **more: Any) -> dict[str, Any]:
        """Ask people something as an agent, wait until their cards are posted, and return the request."""
        headers = {} if key is None else {"Idempotency-Key": key}
        answer = await self("POST", HITL, by=by, headers=headers, json=QUESTION | more)
        assert answer.status_code == 201, answer.text
        await self.settle()
        made: dict[str, Any] = answer.json()
        return made

    async def request(self, ident: str, *, by: str = "alice") -> dict[str, Any]:
        """Return a request for a decision as it is now."""
        answer = await self("GET", f"{HITL}/{ident}", by=by)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def user_id(self, name: str) -> str:
        """Return the id of somebody."""
        async with self.talk.database.read() as uow:
            return (await self.talk.program.people.find(uow, name)).id

    async def settle(self) -> None:
        """Wait for everything that is due."""
        await asyncio.wait_for(self.talk.program.workers.settle(), PATIENCE)

    async def send(self, execution: str, content: bytes, *, by: str = "alice", **fields: Any) -> httpx.Response:
        """Send a file that belongs to an execution."""
        name, kind = fields.pop("name", "report.txt"), fields.pop("kind", "text/plain")
        return await self(
            "POST",
            "/api/v1/artifacts",
            by=by,
            data={"executionId": execution} | fields,
            files={"file": (name, content, kind)},
        )


@contextlib.asynccontextmanager
async def serving(
    home: Path,
    clock: FakeClock | None = None,
    *,
    policy: Policy | None = None,
    sender: CallbackSender | None = None,
    settings: str = SIGNING,
    rates: Rates | None = None,
) -> AsyncIterator[Api]:
    """Serve a demo's API at ``home``, which calls programs back through ``sender``; ``rates`` is as for ``talking``."""
    await asyncio.to_thread(_configure, home, settings)
    async with talking(home, clock, policy=policy, sender=sender or Receiver(), rates=rates) as talk:
        program, failures = talk.program, list[tuple[str, Exception]]()
        app = await asyncio.to_thread(
            http_app,
            talk.database,
            access=program.access,
            executions=program.executions,
            artifacts=program.artifacts,
            hitl=program.hitl,
            answers=program.answers,
            largest_artifact=LARGEST_ARTIFACT,
            report=lambda request_id, error: failures.append((request_id, error)),
        )
        api = Api(talk, app, failures)
        for name in ("alice", "bob", "carol"):
            api.tokens[name] = await api.token(name, label="the client's")
        async with api.client:
            yield api
    assert not failures, failures


def _configure(home: Path, settings: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(settings, encoding="utf-8")


def error_of(answer: httpx.Response) -> dict[str, Any]:
    """Return the error in ``answer``, which has the one form that errors have."""
    body = answer.json()
    assert set(body) == {"error", "requestId"}, body
    assert set(body["error"]) == {"code", "message", "details"}, body
    assert body["requestId"] == answer.headers["x-request-id"]
    assert body["error"]["message"].endswith("."), body
    error: dict[str, Any] = body["error"]
    return error
