"""A database server that goes away and comes back: it is told, nothing is lost, and nobody has to be restarted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import make_url

from bot import http_app as health
from bot import workers
from bot.channels.slack.client import SlackClient
from bot.channels.telegram.client import TelegramClient
from bot.http_app import Trouble, http_app
from bot.workers import Task, Workers
from core.domain.masking import Masker
from core.errors import ChannelError, SkillwardenError, StorageError
from core.ports import UnitOfWork
from storage.backends import mysql, postgresql
from storage.database import Database
from storage.migrate import migrate
from tests.clock import START, FakeClock
from tests.databases import database_with_tables
from tests.harness import PATIENCE
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram
from tests.relay import Relay, relayed
from tests.storage_factory import make_inbox_item

PORTS = {"postgresql": 5432, "mysql": 3306}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the limits pass at once that a silent server is given."""
    monkeypatch.setattr(health, "PATIENCE", 1)
    for backend in (mysql, postgresql):
        monkeypatch.setattr(backend, "CONNECT_TIMEOUT", 1)
        monkeypatch.setattr(backend, "STATEMENT_TIMEOUT", 1)


@pytest.fixture(params=sorted(PORTS))
async def behind(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Relay, Database]]:
    """Give an empty database, and the relay through which it is reached."""
    url = make_url(await database_with_tables(request.param, tmp_path))
    async with relayed(url.port or PORTS[request.param]) as relay:
        through = url.set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
        database = await asyncio.to_thread(Database, through, masker=Masker(), clock=FakeClock())
        yield relay, database
        await database.aclose()


async def application(database: Database, *troubles: Trouble) -> FastAPI:
    """Return the application on ``database``, without any service behind it."""
    nothing = cast("Any", None)
    return await asyncio.to_thread(
        http_app,
        database,
        access=nothing,
        executions=nothing,
        artifacts=nothing,
        hitl=nothing,
        answers=nothing,
        troubles=troubles,
        largest_artifact=1,
    )


async def test_readyz_is_red_while_the_database_is_away(behind: tuple[Relay, Database]) -> None:
    """It says why, is green again as soon as the database is back, and the process answers all the time."""
    relay, database = behind
    app = await application(database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://skillwarden.test") as client:
        for _ in range(2):
            assert (await client.get("/readyz")).json() == {"status": "ok"}
            await relay.down()
            for _ in range(2):
                red = await client.get("/readyz")
                assert red.status_code == 503
                assert "check that" in red.json()["status"]
                assert (await client.get("/healthz")).status_code == 200
            await relay.up()


@pytest.mark.usefixtures("impatient")
async def test_readyz_is_red_while_the_database_is_silent(behind: tuple[Relay, Database]) -> None:
    """A network that fails without a word leaves every connection open: who looks hears of it all the same."""
    relay, database = behind
    app = await application(database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://skillwarden.test") as client:
        assert (await client.get("/readyz")).status_code == 200
        relay.passes.clear()
        for _ in range(2):
            red = await asyncio.wait_for(client.get("/readyz"), PATIENCE)
            assert red.status_code == 503
            assert "does not answer" in red.json()["status"]
        relay.passes.set()
        assert (await client.get("/readyz")).json() == {"status": "ok"}


@pytest.mark.usefixtures("impatient")
async def test_whoever_asks_a_silent_database_is_told(behind: tuple[Relay, Database]) -> None:
    """Nobody waits for ever, and once it speaks again all is as before."""
    relay, database = behind
    for opened in (database.begin, database.read):
        async with opened() as uow:
            await uow.users.all()
        relay.passes.clear()
        for _ in range(2):
            with pytest.raises(StorageError, match="check that"):
                async with asyncio.timeout(PATIENCE), opened() as uow:
                    await uow.users.all()
        relay.passes.set()
        async with opened() as uow:
            assert await uow.users.all() == ()


@pytest.mark.usefixtures("impatient")
async def test_those_who_wait_while_the_database_is_silent_are_told_together(behind: tuple[Relay, Database]) -> None:
    """Nobody tries to connect who has seen it fail: one after the other, the last of many would wait for minutes."""
    relay, database = behind
    many = 60

    async def ask(opened: Callable[[], AbstractAsyncContextManager[UnitOfWork]]) -> None:
        with pytest.raises(StorageError, match="check that"):
            async with opened() as uow:
                await uow.users.all()

    for opened in (database.begin, database.read):
        async with opened() as uow:
            await uow.users.all()
        before = relay.visitors
        relay.passes.clear()
        await asyncio.gather(*(ask(opened) for _ in range(many)))
        assert relay.visitors - before < many / 2  # a few, and those by which a statement is taken back
        relay.passes.set()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("scheme", sorted(PORTS))
async def test_a_server_that_never_says_a_word_is_told_at_once(scheme: str) -> None:
    """The port of another program may wait for us to speak: that is no database, and it is said as soon as that."""
    async with relayed(PORTS[scheme]) as relay:
        relay.passes.clear()
        with pytest.raises(StorageError, match="does not answer"):
            await asyncio.wait_for(migrate(f"{scheme}://root@127.0.0.1:{relay.port}/x"), PATIENCE)


async def test_readyz_is_red_while_a_platform_does_not_take_the_token(tmp_path: Path) -> None:
    """A token that was withdrawn while the bot runs is said at the next call, and green is what is taken again."""
    url = await database_with_tables("sqlite", tmp_path)
    database = await asyncio.to_thread(Database, url, masker=Masker(), clock=FakeClock())
    async with FakeTelegram(speed=0) as telegram, FakeSlack() as slack, contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(SlackClient(slack.bot_token, api_url=slack.api_url))
        made = await asyncio.to_thread(TelegramClient, telegram.token, api_url=telegram.api_url)
        other = await stack.enter_async_context(made)

        async def trouble() -> str | None:
            return client.refused or ("refused" if other.is_refused else None)

        app = await application(database, trouble)
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://skillwarden.test")
        ready = partial((await stack.enter_async_context(http)).get, "/readyz")
        await client.identify()
        await other.identify()
        assert (await ready()).json() == {"status": "ok"}
        client.web.token = "xoxb-withdrawn"
        with pytest.raises(ChannelError):
            await client.call("chat.postMessage", channel="C1", text="hello")
        red = await ready()
        assert (red.status_code, red.json()) == (503, {"status": "invalid_auth"})
        client.web.token = slack.bot_token
        await client.identify()
        assert (await ready()).status_code == 200
        telegram.revoke_token()
        with pytest.raises(ChannelError):
            await other.call("getMe")
        assert (await ready()).json() == {"status": "refused"}
    await database.aclose()


async def test_work_is_tried_until_the_database_is_back(
    behind: tuple[Relay, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was accepted is neither lost nor given up, however long it takes; who waits is told why."""
    monkeypatch.setattr(workers, "PAUSE", 0.01)
    relay, database = behind
    item = make_inbox_item()
    async with database.begin() as uow:
        await uow.inbox.add(item)
        await uow.commit()

    async def find(uow: Any) -> tuple[str, ...]:
        found: tuple[str, ...] = await uow.inbox.pending(limit=9)
        return found

    async def work(key: str) -> None:
        if not away.is_set():
            away.set()
            await relay.down()
        async with database.begin() as uow:
            stored = await uow.inbox.get(key)
            assert stored is not None
            await uow.inbox.update(stored.evolve(status="done", processed_at=START))
            await uow.commit()

    async def abandon(_key: str, error: SkillwardenError) -> None:
        raise AssertionError(error)

    away = asyncio.Event()
    team = Workers(database, [Task(name="inbox", find=find, work=work, abandon=abandon, limit=1)], at_once=1)
    async with team.running():
        with pytest.raises(StorageError, match="check that"):
            await team.settle()
        assert away.is_set()
        await relay.up()
        await team.settle()
    async with database.read() as uow:
        assert await uow.inbox.pending(limit=9) == ()


async def test_nothing_is_acknowledged_while_the_database_is_away(behind: tuple[Relay, Database]) -> None:
    """A delivery in the moment of the loss is refused, so that its platform sends it again; then it is taken once."""
    relay, database = behind
    item = make_inbox_item()
    async with database.begin() as uow:
        await uow.inbox.add(item)
        await relay.down()
        with pytest.raises(StorageError) as caught:
            await uow.commit()
    assert caught.value.recoverable
    await relay.up()
    for again, is_fresh in ((item, True), (make_inbox_item(dedupe_key=item.dedupe_key), False)):
        async with database.begin() as uow:
            assert await uow.inbox.add(again) is is_fresh
            await uow.commit()
    async with database.read() as uow:
        assert await uow.inbox.pending(limit=9) == (item.id,)
