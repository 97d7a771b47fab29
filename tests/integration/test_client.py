"""The client for programs: it asks once, waits, goes on after trouble, and never takes silence for a yes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.api.callback_body import callback_body
from bot.client import BadCallbackError, Decision, DeskError, HitlClient, read_callback
from core.domain.callbacks import DELIVERY, SIGNATURE, TIMESTAMP, signature
from tests.api import HITL, Api, Receiver, serving
from tests.clock import START

ASKED: dict[str, Any] = {"agent_type": "cost", "title": "Stop 12 idle instances", "payload": {"saves": 41.5}}
SECRET = "a long and random secret"


class Trouble(httpx.AsyncBaseTransport):
    """The way to the desk, on which the first answers get lost although the desk has heard the question."""

    def __init__(self, app: Any, lost: int = 0) -> None:
        """Lose the first ``lost`` answers."""
        self._way = httpx.ASGITransport(app)
        self._lost = lost

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        answer = await self._way.handle_async_request(request)
        if self._lost:
            self._lost -= 1
            await answer.aclose()
            raise httpx.ReadError("the connection broke", request=request)
        return answer


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    """Serve a demo."""
    async with serving(tmp_path / "home", sender=Receiver()) as opened:
        yield opened


def client(api: Api, *, lost: int = 0, by: str = "alice") -> HitlClient:
    """Return a client that speaks for somebody."""
    return HitlClient("http://skillwarden.test", api.tokens[by], transport=Trouble(api.app, lost))


async def decide(api: Api, status: str, **more: Any) -> None:
    """Answer, as bob, what is asked next."""
    while not (found := (await api("GET", HITL, by="bob", params={"status": "pending"})).json()["items"]):  # noqa: ASYNC110 - nothing rings in this process
        await asyncio.sleep(0)
    answer = await api("PUT", f"{HITL}/{found[0]['id']}", by="bob", json={"status": status} | more)
    assert answer.status_code == 200, answer.text


async def test_an_agent_asks_and_a_person_decides(api: Api) -> None:
    """What a person says is what the program gets, with their words."""
    async with client(api) as desk, asyncio.timeout(20):
        decision, _ = await asyncio.gather(desk.ask(**ASKED), decide(api, "approved", comment="go on"))
        assert (decision.is_approved, decision.comment) == (True, "go on")
        decision, _ = await asyncio.gather(desk.ask(**ASKED), decide(api, "rejected"))
        assert (decision.is_approved, decision.is_pending) == (False, False)
        chosen, _ = await asyncio.gather(
            desk.ask(**ASKED, options=("a", "b")), decide(api, "approved", response={"option": "b"})
        )
        assert chosen.response == {"option": "b"}


async def test_a_time_that_is_over_is_no_decision_and_can_be_resumed(api: Api) -> None:
    """Who cannot wait longer gets the open request, and goes on waiting for it by its id, in another process too."""
    async with client(api) as desk:
        waiting = await desk.ask(**ASKED, timeout=5)
        assert (waiting.is_pending, waiting.is_approved) == (True, False)
    async with client(api) as desk, asyncio.timeout(20):
        decision, _ = await asyncio.gather(desk.resume(waiting.id), decide(api, "approved"))
        assert (decision.id, decision.is_approved) == (waiting.id, True)


async def test_an_answer_that_gets_lost_asks_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question is repeated under its key, so people see one; a key of the program's own outlives its crash."""
    monkeypatch.setattr("bot.client._FIRST_PAUSE", 0.001)
    async with client(api, lost=2) as desk, asyncio.timeout(20):
        asked = await desk.ask(**ASKED, key="alert-7", timeout=5)
    async with client(api) as desk:
        again = await desk.ask(**ASKED, key="alert-7", timeout=5)
        assert again.id == asked.id
        assert (await api("GET", f"{HITL}/pending-count")).json() == {"count": 1}
        gone = await desk.cancel(asked.id, "not needed")
        assert (gone.status, gone.is_approved) == ("cancelled", False)
        assert (await desk.get(asked.id)).comment == "not needed"


async def test_a_refusal_says_why(api: Api) -> None:
    """What will not get better is not tried again: the program hears the desk's words."""
    async with client(api) as desk:
        with pytest.raises(DeskError, match="expires_in_minutes") as refused:
            await desk.ask(**ASKED, expires_in_minutes=1)
        assert (refused.value.status, refused.value.code) == (422, "INVALID_FIELD")


async def test_only_a_signed_and_fresh_callback_is_believed(tmp_path: Path) -> None:
    """Its receiver gets the decision and the id to know it again by; everything else is refused."""
    receiver = Receiver()
    async with serving(tmp_path / "home", sender=receiver) as api:
        made = await api.question(callback_url="https://agent.example/answers")
        await decide(api, "approved", comment="yes")
        await api.settle()
        (taken,) = receiver.taken
    body = json.dumps(callback_body(taken)).encode()
    timestamp = str(int(START.timestamp()))
    headers = {
        DELIVERY.lower(): taken.delivery_id,
        TIMESTAMP: timestamp,
        SIGNATURE.upper(): signature(SECRET, timestamp, body),
    }
    delivery, decision = read_callback(SECRET, headers, body, START)
    assert (delivery, decision.id, decision.comment) == (taken.delivery_id, made["id"], "yes")
    assert isinstance(decision, Decision)
    forged: tuple[tuple[str, dict[str, str], bytes, datetime], ...] = (
        (SECRET, headers, body.replace(b"yes", b"no!"), START),
        ("another secret", headers, body, START),
        (SECRET, {}, body, START),
        (SECRET, headers, body, START + timedelta(minutes=6)),
        (SECRET, headers | {DELIVERY.lower(): "another"}, body, START),
    )
    for bad in forged:
        with pytest.raises(BadCallbackError):
            read_callback(*bad)
