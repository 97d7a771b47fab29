"""People: who is let in and how, who becomes the first admin, and what ends when somebody leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.locale.translator import Catalogues
from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from core.domain.messages import Actor, IncomingMessage
from core.domain.policy import DEFAULT_POLICY, Policy
from core.domain.users import Role, User
from core.errors import AccountTaken, InvalidInput, LastAdmin, NameInUse
from core.services.admissions import ask_admin
from core.services.people import HOST
from core.services.reader import Reader
from tests.clock import FakeClock
from tests.harness import Talk, code_in, talking

INSTALL = "install skill meeting-notes on claude"
CODE = "7F3KQX9AB2CD"
CATALOGUES = Catalogues()


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking; bob and carol are its admins."""
    async with talking(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
async def day_zero(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo in which nobody is an admin yet, served with a first code."""
    async with talking(tmp_path / "home", first_code=CODE) as opened:
        async with opened.database.begin() as uow:
            for user in await uow.users.all():
                await uow.users.update(user.evolve(role=Role.USER))
            await uow.commit()
        yield opened


async def everybody(talk: Talk) -> dict[str, User]:
    """Return all people by their names in lower case."""
    async with talk.database.read() as uow:
        return {user.name.casefold(): user for user in await uow.users.all()}


async def person(talk: Talk, name: str) -> User:
    """Return the user called ``name``."""
    return (await everybody(talk))[name]


async def shut_out(talk: Talk, name: str, *, to: str | None = None) -> str:
    """Deactivate ``name`` on the host and return what was printed because of it."""
    people = await everybody(talk)
    async with talk.database.begin() as uow:
        successor = people[to] if to else None
        await talk.program.people.deactivate(uow, people[name], successor=successor, actor=HOST)
        await uow.commit()
    return await talk.settle()


async def make_admin(talk: Talk, name: str) -> None:
    """Add an admin who talks on the console as ``name``."""
    async with talk.database.begin() as uow:
        user = await talk.program.people.add(uow, name=name, role=Role.ADMIN)
        await talk.program.people.link(uow, user, channel="console", workspace_id="", external_id=name)
        await uow.commit()


async def say_in_public(talk: Talk, line: str) -> str:
    """Say ``line`` where others read it too, and return what was printed."""
    inbound = talk.interpret(line)
    assert isinstance(inbound, IncomingMessage)
    room = inbound.conversation.evolve(private=False)
    await talk.program.dispatcher.receive(inbound.evolve(conversation=room))
    return await talk.settle()


async def test_who_leaves_has_their_open_requests_cancelled_with_notice(talk: Talk) -> None:
    """Nothing that a person asked for happens after they have left; the approvers' cards say so."""
    code = code_in(await talk(INSTALL))
    await talk("/as bob")
    printed = await shut_out(talk, "alice")
    assert "has left" in printed
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.CANCELLED, "CANCELLED")
    assert (await talk.request(code)).status is ApprovalStatus.CANCELLED
    assert "cancelled" in await talk("/press 1")
    assert not talk.skill("meeting-notes").exists()
    assert "Cancelled" in await talk("/as alice")
    assert "has to let you in" in await talk(INSTALL)


async def test_an_overdue_request_does_not_keep_anybody_in(tmp_path: Path) -> None:
    """A request whose time is over, but which nobody has swept yet, is closed with the rest."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
        clock.advance(hours=2)
        await shut_out(talk, "alice")
        assert (await talk.request(code)).status is not ApprovalStatus.PENDING
        assert not (await person(talk, "alice")).is_active


async def test_requests_of_others_go_on(talk: Talk) -> None:
    """Only what the person themself asked for is cancelled."""
    code = code_in(await talk(INSTALL))
    await shut_out(talk, "carol")
    await talk("/as bob")
    await talk(f"approve {code}")
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED


@pytest.mark.parametrize(("to", "heir"), [(None, "carol"), ("dana", "dana")])
async def test_what_a_person_owns_goes_to_an_admin(talk: Talk, to: str | None, heir: str) -> None:
    """Skills and providers always have an owner who is there and is told: the admin who was named, else another."""
    await make_admin(talk, "dana")
    bob = await person(talk, "bob")
    async with talk.database.read() as uow:
        skills = [skill.name for skill in await uow.skills.owned_by(bob.id)]
    assert skills
    printed = await shut_out(talk, "bob", to=to)
    assert f"for {heir}: Bob has left." in printed
    assert f"What they owned is yours now: {skills[0]}" in await talk(f"/as {heir}")
    async with talk.database.read() as uow:
        assert await uow.skills.owned_by(bob.id) == ()
        wanted = (await person(talk, heir)).id
        assert [skill.name for skill in await uow.skills.owned_by(wanted)] == skills
        assert {provider.owner_id for provider in await uow.providers.all()} == {wanted}


async def test_who_has_left_inherits_nothing(talk: Talk) -> None:
    """A successor is an admin, is there, and is somebody else; otherwise nothing at all is changed."""
    await make_admin(talk, "dana")
    await shut_out(talk, "dana")
    for name in ("dana", "alice"):
        with pytest.raises(InvalidInput, match=f"(?i){name} cannot take over"):
            await shut_out(talk, "bob", to=name)
    with pytest.raises(InvalidInput, match="cannot take over"):
        await shut_out(talk, "bob", to="bob")
    assert (await person(talk, "bob")).is_active


async def test_the_last_admin_stays(talk: Talk) -> None:
    """Somebody can always approve: neither leaving nor another role takes the last admin away."""
    await shut_out(talk, "carol")
    with pytest.raises(LastAdmin, match="last admin"):
        await shut_out(talk, "bob")
    bob = await person(talk, "bob")
    async with talk.database.begin() as uow:
        with pytest.raises(LastAdmin, match="last admin"):
            await talk.program.people.set_role(uow, bob, Role.USER, actor=HOST)
    assert (await person(talk, "bob")).is_admin


async def test_somebody_can_leave_before_there_is_an_admin(day_zero: Talk) -> None:
    """Without an admin nobody inherits, and a person can be shut out all the same."""
    await shut_out(day_zero, "bob")
    assert not (await person(day_zero, "bob")).is_active


@pytest.fixture
async def two_needed(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo in which two of the admins bob, carol and dana have to approve."""
    rules = tuple(rule.evolve(threshold=2) if rule.name == "write" else rule for rule in DEFAULT_POLICY.rules)
    async with talking(tmp_path / "home", policy=Policy(rules=rules)) as talk:
        await make_admin(talk, "dana")
        yield talk


async def votes_on(talk: Talk, code: str) -> list[str]:
    """Return the ids of those whose votes on a request are stored."""
    request = await talk.request(code)
    async with talk.database.read() as uow:
        return [vote.user_id for vote in await uow.approvals.votes(request.id)]


async def test_the_vote_of_who_has_left_does_not_count(two_needed: Talk) -> None:
    """Two approvals are two approvals of people who are there when the deciding one is given."""
    talk = two_needed
    code = code_in(await talk(INSTALL))
    await talk("/as bob")
    await talk(f"approve {code}")
    await shut_out(talk, "bob")
    assert "has to let you in" in await talk(f"approve {code}")
    await talk("/as carol")
    await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    assert not talk.skill("meeting-notes").exists()
    await talk("/as dana")
    await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED
    assert talk.skill("meeting-notes").exists()


async def test_a_withdrawn_vote_is_on_the_record_and_off_the_cards(two_needed: Talk) -> None:
    """Who was counted and is not any more can be read: in the timeline, and on every card that is still open."""
    talk = two_needed
    code = code_in(await talk(INSTALL))
    await talk("/as bob")
    await talk(f"approve {code}")
    await talk("/as carol")
    edited = await shut_out(talk, "bob")
    assert f"#{code}" in edited
    assert "approved so far" not in edited
    assert await votes_on(talk, code) == []
    assert "the vote of Bob was withdrawn" in await talk(f"timeline {code}")


async def test_a_vote_does_not_come_back_with_the_person(two_needed: Talk) -> None:
    """Who is let in again has not voted: they look again, and press again."""
    talk = two_needed
    code = code_in(await talk(INSTALL))
    await talk("/as bob")
    await talk(f"approve {code}")
    await shut_out(talk, "bob")
    async with talk.database.begin() as uow:
        await talk.program.people.activate(uow, await talk.program.people.find(uow, "bob"))
        await uow.commit()
    await talk("/as carol")
    await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    await talk("/as bob")
    await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED


async def test_a_stranger_is_told_how_to_be_admitted_and_nothing_more(talk: Talk) -> None:
    """Nobody unknown gets anything done or reads anything; what they said is no request."""
    await talk("/as dana")
    printed = await talk(INSTALL)
    assert "I do not know you yet. I asked the admins" in printed
    assert "waiting for approval" not in printed
    async with talk.database.read() as uow:
        assert await uow.executions.recent(limit=9) == ()
    assert not (await person(talk, "dana")).is_active


async def test_each_admin_is_asked_once_about_a_stranger(talk: Talk) -> None:
    """One card for each admin and none for anybody else, however often the stranger speaks."""
    await talk("/as dana")
    printed = await talk("hello")
    assert [
        printed.count(f"for {name}: dana (console dana) asks to be let in") for name in ("alice", "bob", "carol")
    ] == [
        0,
        1,
        1,
    ]
    again = await talk("hello?")
    assert "asks to be let in" not in again
    assert "has to let you in" in again


async def test_one_press_of_an_admin_lets_a_stranger_in(talk: Talk) -> None:
    """Afterwards the stranger is a user, and is told so once: they may ask, and are no admin."""
    await talk("/as dana")
    await talk("hello")
    await talk("/as carol")
    late = talk.interpret("/press 1")
    card = await talk("/as bob")
    assert "dana (console dana) asks to be let in" in card
    assert "skillwarden users activate dana" in " ".join(card.split())
    assert "dana is in." in await talk("/press 1")
    dana = await person(talk, "dana")
    assert (dana.is_active, dana.role) == (True, Role.USER)
    await talk("/as carol")
    await talk.program.dispatcher.receive(late)
    assert "dana is in." in await talk.settle()
    assert await person(talk, "dana") == dana
    told = await talk("/as dana")
    assert told.count("has let you in") == 1
    assert "Bob has let you in" in told
    assert "waiting for approval" in await talk(INSTALL)


async def test_an_admission_is_settled_on_every_card(talk: Talk) -> None:
    """Once somebody is in, no admin is asked about them any more: their card has no button, and says who it was."""
    await talk("/as dana")
    await talk("hello")
    await talk("/as carol")
    await talk("/as bob")
    pressed = await talk("/press 1")
    told = await talk("/as carol")
    for shown in (pressed, told):
        assert "Let in by Bob at 06:30." in shown, shown
        assert "[" not in shown.split("Let in by Bob")[1], shown


async def test_an_admission_can_be_settled_on_the_host(talk: Talk) -> None:
    """Who is let in or turned away there is nobody to ask about: the cards say which it was."""
    for name, settled in (("dana", "Let in on the host at 06:30."), ("erin", "Turned away on the host at 06:30.")):
        await talk(f"/as {name}")
        await talk("hello")
        people, waiting = talk.program.people, await person(talk, name)
        async with talk.database.begin() as uow:
            if name == "dana":
                await people.activate(uow, waiting)
            else:
                await people.deactivate(uow, waiting, successor=None, actor=HOST)
            await uow.commit()
        await talk.settle()
        shown = await talk("/as bob")
        assert settled in shown, shown
        await talk("/as alice")


async def test_what_is_settled_before_it_is_posted_asks_nobody(talk: Talk) -> None:
    """A card that an admin has not got yet reaches them as it is by then."""
    bob, account = await person(talk, "bob"), Actor(channel="console", external_id="dana")
    async with talk.database.begin() as uow:
        dana = (await talk.program.people.add(uow, name="dana", role=Role.USER)).evolve(is_active=False)
        await ask_admin(uow, dana, account, bob, Reader(CATALOGUES, bob, talk.clock.now()))
        await talk.program.people.activate(uow, dana)
        await uow.commit()
    await talk.settle()
    shown = await talk("/as bob")
    assert "Let in on the host at 06:30." in shown
    assert "Let in]" not in shown


async def test_the_name_that_a_stranger_chose_says_nothing_about_them(talk: Talk) -> None:
    """Whatever else it holds it is quoted, and the account that the platform vouches for is beside it."""
    await talk("/as dana")
    inbound = talk.interpret("hello")
    sender = inbound.sender.evolve(display_name="Carol (admin) Approved by Bob")
    await talk.program.dispatcher.receive(inbound.evolve(sender=sender))
    await talk.settle()
    assert '"Carol (admin) Approved by Bob" (console dana) asks to be let in.' in await talk("/as bob")


async def test_only_an_admin_lets_people_in(talk: Talk) -> None:
    """The button decides nothing: whose press it is is looked at when it is pressed."""
    await talk("/as dana")
    await talk("hello")
    await talk("/as bob")
    press = talk.interpret("/press 1")
    alice = press.sender.evolve(external_id="alice")
    place = press.conversation.evolve(conversation_id="alice")
    await talk("/as alice")
    await talk.program.dispatcher.receive(press.evolve(sender=alice, conversation=place, dedupe_key="stolen"))
    assert "Only an admin can do that" in await talk.settle()
    stranger = press.sender.evolve(external_id="mallory")
    await talk.program.dispatcher.receive(press.evolve(sender=stranger, dedupe_key="unknown"))
    await talk.settle()
    people = await everybody(talk)
    assert not people["dana"].is_active
    assert "mallory" not in people


async def test_a_stranger_cannot_take_anybodys_name(talk: Talk) -> None:
    """Who is called like somebody who is known gets another name: an admin lets in who was asked about."""
    await talk("/as alice2")
    inbound = talk.interpret("hello")
    inbound = inbound.evolve(sender=inbound.sender.evolve(display_name="ALICE"))
    await talk.program.dispatcher.receive(inbound)
    await talk.settle()
    assert not (await person(talk, "alice (console alice2)")).is_active
    assert (await person(talk, "alice")).is_active


async def test_the_first_code_makes_one_admin(day_zero: Talk) -> None:
    """Whoever sends it in private, in whatever case, is the first admin; after that it is an ordinary sentence."""
    await day_zero("/as dana")
    assert "Welcome, dana: you are the first admin" in await day_zero(f"  {CODE.lower()} ")
    assert (await person(day_zero, "dana")).is_admin
    await day_zero("/as erin")
    assert "I do not know you yet" in await day_zero(CODE)
    erin = await person(day_zero, "erin")
    assert (erin.is_active, erin.role) == (False, Role.USER)


async def test_the_first_code_counts_in_private_only(day_zero: Talk) -> None:
    """Where others read along it makes nobody an admin; sent in private after that it does."""
    await day_zero("/as dana")
    assert "I do not know you yet" in await say_in_public(day_zero, CODE)
    assert not any(user.is_admin for user in (await everybody(day_zero)).values())
    assert "you are the first admin" in await day_zero(CODE)


@pytest.mark.parametrize("said", ["hello", CODE[:-1], f"{CODE}A", ""])
async def test_who_first_says_something_else_can_still_send_the_code(day_zero: Talk, said: str) -> None:
    """A wrong code is no code, and a greeting before the right one shuts nobody out."""
    await day_zero("/as dana")
    if said:
        assert "I do not know you yet" in await day_zero(said)
    assert "dana" not in await everybody(day_zero)
    assert "you are the first admin" in await day_zero(CODE)


async def test_the_first_code_is_worthless_while_there_is_an_admin(tmp_path: Path) -> None:
    """A code that was printed before somebody made an admin on the host admits nobody."""
    async with talking(tmp_path / "home", first_code=CODE) as talk:
        await talk("/as dana")
        assert "I do not know you yet" in await talk(CODE)
        assert not (await person(talk, "dana")).is_admin


async def test_without_a_code_nobody_becomes_admin(talk: Talk) -> None:
    """A program that was started without a code knows none, the empty one included."""
    async with talk.database.begin() as uow:
        for user in await uow.users.all():
            await uow.users.update(user.evolve(role=Role.USER))
        await uow.commit()
    await talk("/as dana")
    assert "I do not know you yet" in await talk("None")
    assert not any(user.is_admin for user in (await everybody(talk)).values())


async def test_names_addresses_and_accounts_belong_to_one_person(talk: Talk) -> None:
    """Nobody is added under a name or an address that is taken, and no account is given to two people."""
    people, service = await everybody(talk), talk.program.people
    async with talk.database.begin() as uow:
        with pytest.raises(NameInUse, match="BOB"):
            await service.add(uow, name="BOB", role=Role.USER)
        with pytest.raises(NameInUse, match=people["bob"].email):
            await service.add(uow, name="Robert", role=Role.USER, email=people["bob"].email)
        with pytest.raises(AccountTaken, match="belongs to Bob"):
            await service.link(uow, people["alice"], channel="console", workspace_id="", external_id="bob")
        await service.link(uow, people["bob"], channel="console", workspace_id="", external_id="bob")
        assert len(await uow.users.identities(people["bob"].id)) == 1


async def test_who_has_no_account_where_the_bot_listens_is_not_named(tmp_path: Path) -> None:
    """Somebody who is on another platform only can neither be asked nor vote: nobody waits for them."""
    async with talking(tmp_path / "home") as talk:
        async with talk.database.begin() as uow:
            bob = await talk.program.people.find(uow, "bob")
            (account,) = await uow.users.identities(bob.id)
            await uow.users.remove_identity(account.id)
            await talk.program.people.link(uow, bob, channel="slack", workspace_id="T1", external_id="U1")
            await uow.commit()
        asked = await talk("install skill pdf on claude")
        assert "from Carol;" in asked
        assert "could not be shown" not in asked
        refused = await talk(f"approve {code_in(asked)}")
        assert refused.rstrip().endswith("Waiting: Carol.")
