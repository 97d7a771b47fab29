"""What Slack tells besides messages and presses: somebody looks at the App Home, somebody has left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from bot.channels.slack.adapter import SlackChannel
from bot.locale.translator import Catalogues
from bot.slack_sink import SlackSink
from core.domain.cards import Card
from core.domain.executions import ExecutionStatus
from tests.harness import Talk, code_in, talking

TRANSLATOR = Catalogues()


class Home:
    """Remembers what App Homes show."""

    def __init__(self) -> None:
        self.shown: dict[str, Sequence[Card]] = {}

    async def show_home(self, person: str, cards: Sequence[Card]) -> None:
        """Show ``cards`` to ``person``."""
        self.shown[person] = cards


def sink(talk: Talk, home: Home) -> SlackSink:
    """Return a sink that shows homes on ``home``."""
    return SlackSink(talk.program, talk.database, cast("SlackChannel", home), TRANSLATOR, talk.clock)


async def link(talk: Talk, name: str, account: str) -> None:
    """Say that a Slack account is ``name``'s."""
    async with talk.database.begin() as uow:
        user = await talk.program.people.find(uow, name)
        await talk.program.people.link(uow, user, channel="slack", workspace_id="T1", external_id=account)
        await uow.commit()


async def test_the_home_shows_what_waits_what_was_asked_and_what_is_installed(tmp_path: Path) -> None:
    """A linked person finds the request that waits for them; somebody unknown finds nothing."""
    async with talking(tmp_path / "home") as talk:
        await link(talk, "bob", "U2")
        code = code_in(await talk("install skill pdf on claude"))
        home = Home()
        await sink(talk, home).home_opened("T1", "U2")
        await sink(talk, home).home_opened("T1", "U9")
    assert list(home.shown) == ["U2"]
    waiting, asked, installed = home.shown["U2"]
    assert waiting.table is not None
    assert code in str(waiting.table.rows)
    assert asked.title == "You have not asked for anything yet."
    assert installed.table is not None
    assert "pdf" in str(installed.table.rows)


async def test_who_leaves_slack_is_suspended_with_their_requests(tmp_path: Path) -> None:
    """A deactivated account ends what its person had open; the last admin stays, and an unknown account is nobody."""
    async with talking(tmp_path / "home") as talk:
        for name, account in (("alice", "U1"), ("bob", "U2"), ("carol", "U3")):
            await link(talk, name, account)
        code = code_in(await talk("install skill pdf on claude"))
        told = sink(talk, Home())
        for account in ("U1", "U2", "U3", "U9"):
            await told.person_left("T1", account)
        async with talk.database.read() as uow:
            active = [person.name for person in await uow.users.all() if person.is_active]
        assert active == ["Carol"]
        assert (await talk.execution(code)).status is ExecutionStatus.CANCELLED
