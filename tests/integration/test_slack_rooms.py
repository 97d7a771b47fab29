"""Slack and the services in one process: rooms where the bot may not write, people nobody knows, files nobody reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assembly import Program
from bot.bootstrap import running
from bot.channels.pace import PacedChannel, Paces
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.client import SlackClient
from bot.channels.slack.listener import SlackListener
from bot.channels.slack.parse import SlackParser
from bot.channels.slack.sockets import SlackSockets
from bot.installation import Installation
from bot.slack_sink import SlackSink
from bot.wake import Wake
from core.domain.users import User
from core.services.people import HOST
from storage.database import Database
from tests.clock import START, FakeClock
from tests.harness import PATIENCE
from tests.platforms.slack import Channel, FakeSlack, Fault, Person
from tests.platforms.slack.trouble import FaultKind
from tests.platforms.slack.world import ChannelKind

RLO, ZWSP = "\u202e", "\u200b"


@dataclass
class Office:
    """A workspace with the bot, whose services are at hand; alice is a user, bob and carol are admins."""

    slack: FakeSlack
    program: Program
    database: Database
    people: dict[str, Person]
    clock: FakeClock

    async def rest(self) -> None:
        """Wait until everything that was said has had its consequences."""
        await self.slack.settle()
        await asyncio.wait_for(self.program.workers.settle(), PATIENCE)

    async def says(self, person: Person, line: str, place: Channel | None = None) -> None:
        """Say ``line`` to the bot, or (in a ``place``) give it as a command, and wait for what follows."""
        if place is None:
            await person.says(person.dm, line)
        else:
            await person.command(f"/skill {line}", place)
        await self.rest()

    async def lets_in(self, admin: Person, *, late: bool = False) -> None:
        """Press the admission card that ``admin`` read last; ``late``, as they still see it before it was settled."""
        cards = [one for one in self.slack.messages(admin.dm) if "asks to be let in" in self.slack.shown(one)]
        await admin.press(cards[-1], "Let in", stale=late)
        await self.rest()

    async def user(self, person: Person) -> User | None:
        """Return who ``person`` is to the bot."""
        async with self.database.read() as uow:
            return await uow.users.by_identity("slack", person.user.team, person.user.id)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Open an office."""
    clock, wake = FakeClock(), Wake()
    installation = await asyncio.to_thread(Installation.open, tmp_path / "home", None, demo=True)
    async with (
        FakeSlack() as slack,
        SlackClient(slack.bot_token, api_url=slack.api_url) as client,
        installation.storage(clock, wake) as database,
    ):
        identity = await client.identify()
        channel = SlackChannel(client, installation.translator, team_id=identity.team_id)
        failures: list[Exception] = []
        async with running(
            installation,
            database,
            {"slack": PacedChannel(channel, Paces(channel="Slack", seconds=0))},
            clock=clock,
            on_wake=wake,
            report=lambda _what, error: failures.append(error),
        ) as program:
            people = {name: slack.person(name) for name in ("alice", "bob", "carol")}
            async with database.begin() as uow:
                for name, person in people.items():
                    user = await program.people.find(uow, name)
                    await program.people.link(
                        uow, user, channel="slack", workspace_id=identity.team_id, external_id=person.user.id
                    )
                await uow.commit()
            listener = SlackListener(
                client=client,
                identity=identity,
                parser=SlackParser(team_id=identity.team_id, bot_user_id=identity.bot_user_id),
                sink=SlackSink(program, database, channel, installation.translator, clock),
                ask=channel.ask,
                clock=clock,
            )
            sockets = SlackSockets(client, slack.app_token, listener)
            await sockets.start()
            await slack.connected()
            try:
                yield Office(slack, program, database, people, clock)
            finally:
                await sockets.stop()
    assert not failures


@pytest.mark.parametrize("kind", ["public", "private"])
async def test_a_request_where_the_bot_cannot_write_goes_on_in_private(office: Office, kind: ChannelKind) -> None:
    """The card, its edits and the outcome reach who asked, and each says where that was; nobody else reads them."""
    alice, bob, carol = office.people.values()
    room = office.slack.channel("room", alice, bob, kind=kind, with_bot=False)
    await office.says(alice, "install skill pdf on claude", room)
    assert "Install pdf on Claude" in alice.sees(alice.dm)
    assert "You asked this in #room" in alice.sees(alice.dm)
    await office.says(bob, "approve")
    card = office.slack.messages(alice.dm)[0]
    assert "Installed pdf on Claude" in office.slack.shown(card)
    assert "You asked this in #room" in office.slack.shown(card)
    outcome = office.slack.messages(alice.dm)[-1]
    assert "Installed pdf on Claude" in office.slack.shown(outcome)
    assert office.slack.messages(room) == []
    assert "You asked this" not in bob.sees(bob.dm) + carol.sees(carol.dm)


@pytest.mark.parametrize("kind", ["im", "mpim"])
async def test_an_answer_in_a_conversation_of_others_goes_to_who_asked(office: Office, kind: ChannelKind) -> None:
    """A command given where a few people talk is answered in the bot's own conversation with one of them."""
    alice, bob, _ = office.people.values()
    theirs = office.slack.channel("theirs", alice, bob, kind=kind, with_bot=False)
    await office.says(alice, "whoami", theirs)
    assert "You are Alice" in alice.sees(alice.dm)
    assert "You are Alice" not in bob.sees(bob.dm)


async def test_what_only_the_presser_should_see_reaches_them_without_the_room(office: Office) -> None:
    """When the bot has been removed from the room of a card, the answer to a press on it is said in private."""
    alice, bob, _ = office.people.values()
    room = office.slack.channel("room", alice, bob)
    await office.says(alice, "install skill pdf on claude", room)
    card = next(one for one in office.slack.messages(room) if "Install pdf" in office.slack.shown(one))
    room.members.remove(office.slack.world.bot)
    await bob.press(card, "Cancel")
    await office.rest()
    await alice.press(card, "Cancel")
    await office.rest()
    assert "Cancelled" in alice.sees(alice.dm)
    assert office.slack.messages(room) == [card]


@pytest.mark.parametrize("has_admins", [True, False])
async def test_a_stranger_in_such_a_room_is_told_too(office: Office, *, has_admins: bool) -> None:
    """Somebody unknown hears how to be admitted, in private, whether there is an admin yet or not."""
    dana = office.slack.person("dana")
    room = office.slack.channel("room", dana, with_bot=False)
    if not has_admins:
        async with office.database.begin() as uow:
            for user in await uow.users.all():
                await uow.users.update(user.evolve(is_active=False))
            await uow.commit()
    await office.says(dana, "install skill pdf on claude", room)
    assert "I do not know you yet" in dana.sees(dana.dm)


async def test_what_reaches_nobody_is_on_the_record(office: Office) -> None:
    """When the person cannot be written to either, the notice is given up and counted; nobody else gets it."""
    alice = office.people["alice"]
    room = office.slack.channel("room", alice, with_bot=False)
    office.slack.trouble.next_calls(Fault(kind="error", error="user_disabled", method="conversations.open"))
    await office.says(alice, "whoami", room)
    async with office.database.read() as uow:
        assert await uow.notices.undelivered() == 0
        failed = await uow.notices.failures(START - timedelta(days=1))
    assert failed.count == 1
    assert "user_disabled" in str(failed)
    assert "You are Alice" not in office.slack.transcript()


async def test_who_asked_is_told_which_approver_cannot_be_reached(office: Office) -> None:
    """A card that is given up is news for the requester, who else would wait for somebody who knows of nothing.

    Slack's own word for it is for who can do something about it: it is on the record.
    """
    alice, bob, carol = office.people.values()
    office.slack.trouble.next_calls(Fault(kind="error", error="user_disabled", method="conversations.open"))
    await office.says(alice, "install skill pdf on claude")
    told = [office.slack.shown(one) for one in office.slack.messages(alice.dm)]
    (news,) = (one for one in told if "could not be shown" in one)
    assert "Slack refused the message. An admin finds out why: skillwarden timeline" in news
    assert "user_disabled" not in "".join(told)
    async with office.database.read() as uow:
        execution = (await uow.executions.prepared_since(START - timedelta(days=1)))[0]
        assert "user_disabled" in str(await uow.events.of_execution(execution.id))
    reached = [
        who for who in (bob, carol) if "Approve" in "".join(map(office.slack.shown, office.slack.messages(who.dm)))
    ]
    assert len(reached) == 1


async def test_a_stranger_is_called_by_their_name(office: Office) -> None:
    """The admin reads the name of the profile, of a length that can be read, with nothing hidden in it."""
    dana = office.slack.person("dana", real_name=f"Dana{ZWSP} {RLO}Scully\n  " + "x" * 300)
    await office.says(dana, "hello")
    user = await office.user(dana)
    assert user is not None
    assert user.name == ("Dana Scully " + "x" * 300)[:80]
    assert f"{user.name} (slack {dana.user.id}) asks to be let in" in office.people["bob"].sees(office.people["bob"].dm)


async def test_a_name_is_nothing_that_a_shell_would_run(office: Office) -> None:
    """The command that the admin may paste quotes what the stranger chose."""
    dana = office.slack.person("dana", real_name='"; rm -rf ~; "')
    await office.says(dana, "hello")
    bob = office.people["bob"]
    assert """activate '"; rm -rf ~; "'""" in bob.sees(bob.dm)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"is_restricted": True}, "A guest in your workspace."),
        ({"is_ultra_restricted": True}, "A guest in your workspace."),
        ({"team": "T0ELSEWHERE"}, "From another workspace."),
    ],
)
async def test_the_admins_read_who_is_no_member(office: Office, attributes: dict[str, object], said: str) -> None:
    """Guests and people of other workspaces are strangers like any other, and the card says what they are."""
    dana = office.slack.person("dana", **attributes)
    room = office.slack.channel("room", dana)
    room.shared = True
    await office.says(dana, "hello", room)
    bob = office.people["bob"]
    assert said in bob.sees(bob.dm)
    erin = office.slack.person("erin")
    await office.says(erin, "hello")
    assert said not in office.slack.shown(office.slack.messages(bob.dm)[-1])


@pytest.mark.parametrize("trouble", ["server_error", "ratelimited", "hang"])
async def test_a_stranger_is_met_when_slack_does_not_tell_who_it_is(office: Office, trouble: FaultKind) -> None:
    """Without an answer the message is stored all the same, under what the event carried."""
    dana = office.slack.person("dana")
    office.slack.trouble.next_calls(Fault(kind=trouble, method="users.info"))
    await office.says(dana, "hello")
    assert "I do not know you yet" in dana.sees(dana.dm)
    user = await office.user(dana)
    assert user is not None
    assert user.name == dana.user.id


async def test_nobody_is_looked_up_twice(office: Office) -> None:
    """Dana is a stranger, and nobody knows what Alice speaks: each costs one call to Slack, and then no more."""
    dana = office.slack.person("dana")
    for _ in range(2):
        await office.says(dana, "hello")
        await office.says(office.people["alice"], "whoami")
    assert [call.method for call in office.slack.calls].count("users.info") == 2


async def test_an_old_button_does_not_let_in_again(office: Office) -> None:
    """It admits who was never admitted; who was shut out since comes back at an admin's typed word."""
    dana, bob, carol = office.slack.person("dana"), office.people["bob"], office.people["carol"]
    await office.says(dana, "hello")
    await office.lets_in(bob)
    assert "Let in by Bob" in carol.sees(carol.dm)
    await office.lets_in(carol, late=True)  # at the same time as bob: nothing to complain of
    assert "is in." in carol.sees(carol.dm)
    async with office.database.begin() as uow:
        user = await uow.users.by_identity("slack", dana.user.team, dana.user.id)
        assert user is not None
        await office.program.people.deactivate(uow, user, successor=None, actor=HOST)
        await uow.commit()
    await office.lets_in(bob, late=True)
    user = await office.user(dana)
    assert user is not None
    assert not user.is_active
    assert "this button no longer counts" in bob.sees(bob.dm)
    await office.says(bob, f"activate {user.name}")
    again = await office.user(dana)
    assert again is not None
    assert again.is_active


async def test_an_attached_file_is_not_what_gets_installed(office: Office) -> None:
    """A file alone gets that one sentence; a sentence that is understood gets its answer as well."""
    alice, slack = office.people["alice"], office.slack
    await alice.says(alice.dm, "", files={"skill.zip": 42})
    await office.rest()
    answers = slack.messages(alice.dm)[1:]
    assert [slack.shown(one).count("not from attached files") for one in answers] == [1]
    await alice.says(alice.dm, "whoami", files={"skill.zip": 42})
    await office.rest()
    shown = "\n".join(slack.shown(one) for one in slack.messages(alice.dm)[3:])
    assert "You are Alice" in shown
    assert shown.count("not from attached files") == 1


async def test_a_file_in_a_channel_is_heard_only_with_a_mention(office: Office) -> None:
    """What is attached for others is none of the bot's business."""
    alice, slack = office.people["alice"], office.slack
    room = slack.channel("room", alice)
    await alice.says(room, "look at this", files={"skill.zip": 42})
    await office.rest()
    assert len(slack.messages(room)) == 1
    said = await alice.says(room, f"@{slack.world.bot.name} whoami", files={"skill.zip": 42})
    await office.rest()
    shown = "\n".join(slack.shown(one) for one in slack.thread(room, said.ts))
    assert "You are Alice" in shown
    assert "not from attached files" in shown


async def test_a_form_adopts_the_copy_it_was_opened_from(office: Office) -> None:
    """A card that was posted without an answer follows the others once somebody fills in the form of its button."""
    alice, bob = office.people["alice"], office.people["bob"]
    lost = Fault(kind="drop", acts=True, method="chat.postMessage", channel=bob.dm.id)
    office.slack.trouble.next_calls(lost)
    await office.says(alice, "install pdf on claude")
    office.clock.advance(minutes=1)
    await office.rest()
    copies = [one for one in office.slack.messages(bob.dm) if "[Reject...]" in office.slack.shown(one)]
    assert len(copies) == 2
    for copy in reversed(copies):  # the bot knows only of the one that it posted again
        await bob.press(copy, "Reject...")
        await office.rest()
        assert bob.view is not None
        await bob.submits(bob.view, {"Why? The requester will read this.": "no"})
        await office.rest()
    assert not any("[Reject...]" in office.slack.shown(one) for one in office.slack.messages(bob.dm))
