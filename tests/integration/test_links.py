"""Two accounts of one person: a one-time code joins them, and four eyes hold across them from then on."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from core.domain.approvals import ApprovalStatus, Vote
from core.domain.messages import Actor, ButtonPress, ConversationRef, IncomingMessage
from core.domain.notices import ButtonToken
from core.domain.users import Role, User
from tests.harness import Talk, code_in, talking

_NUMBERS = count()
CODE = re.compile(r"Your code: ([0-9A-Z]{8})")


class Elsewhere:
    """An account on Telegram; what it is told is read in the outbox."""

    def __init__(self, talk: Talk, account: str, *, private: bool = True) -> None:
        self.talk = talk
        self.actor = Actor(channel="telegram", external_id=account, display_name=f"Person {account}")
        self.place = ConversationRef(channel="telegram", conversation_id=account, private=private)

    async def says(self, line: str) -> str:
        """Say something and return what was answered."""
        key = f"telegram:{next(_NUMBERS)}"
        await self.talk.program.dispatcher.receive(
            IncomingMessage(
                dedupe_key=key, received_at=self.talk.clock.now(), sender=self.actor, conversation=self.place, text=line
            )
        )
        await self.talk.settle()
        return self._answer(key)

    async def presses(self, label: str) -> str:
        """Press the newest button that is called so."""
        key = f"telegram:{next(_NUMBERS)}"
        async with self.talk.database.begin() as uow:
            token = (await uow.tokens.ensure([_token(self, label)]))[0].token
            await uow.commit()
        await self.talk.program.dispatcher.receive(
            ButtonPress(
                dedupe_key=key,
                received_at=self.talk.clock.now(),
                sender=self.actor,
                conversation=self.place,
                token=token,
            )
        )
        await self.talk.settle()
        return self._answer(key)

    async def user(self) -> User | None:
        """Return whose account it is."""
        async with self.talk.database.read() as uow:
            return await uow.users.by_identity("telegram", "", self.actor.external_id)

    def cards(self) -> list[dict[str, Any]]:
        """Return the cards of all that was to be said in this conversation, oldest first."""
        return [card for _, card in self._notices()]

    def _answer(self, key: str) -> str:
        return "\n".join(str(card) for dedupe, card in self._notices() if dedupe == f"reply:{key}")

    def _notices(self) -> list[tuple[str, dict[str, Any]]]:
        engine = create_engine(f"sqlite:///{self.talk.home / 'skillwarden.db'}")
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT dedupe_key, payload FROM notices ORDER BY id")).all()
        engine.dispose()
        return [(key, json.loads(payload).get("card", {})) for key, payload in rows]


def _token(elsewhere: Elsewhere, label: str) -> ButtonToken:
    buttons = [button for card in elsewhere.cards() for button in card.get("buttons", ())]
    found = next(button for button in reversed(buttons) if button["label"] == label)
    now = elsewhere.talk.clock.now()
    return ButtonToken(token=secrets.token_urlsafe(16), press=found["press"], created_at=now)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """Give a demo with alice, bob and carol on the console, alice speaking."""
    async with talking(tmp_path) as opened:
        yield opened


async def _code(talk: Talk, name: str = "alice") -> str:
    await talk(f"/as {name}")
    found = CODE.search(await talk("link"))
    assert found is not None
    return found[1]


async def _admitted(talk: Talk, account: str, role: Role = Role.USER) -> Elsewhere:
    """Return an account that was let in as a person of its own."""
    async with talk.database.begin() as uow:
        person = await talk.program.people.add(uow, name=f"Person {account}", role=role)
        await talk.program.people.link(uow, person, channel="telegram", workspace_id="", external_id=account)
        await uow.commit()
    return Elsewhere(talk, account)


async def _named(talk: Talk, name: str) -> User:
    async with talk.database.read() as uow:
        return await talk.program.people.find(uow, name)


async def test_a_strangers_account_becomes_mine(talk: Talk) -> None:
    """Who sends my code from elsewhere is me, at once and without an admin; it is told in both places and recorded."""
    code, phone = await _code(talk), Elsewhere(talk, "700")
    assert "one person" in await phone.says(f"link code {code}")
    person = await phone.user()
    assert person is not None
    assert person.name == "Alice"
    assert await _named(talk, "alice") == person


async def test_a_code_works_once(talk: Talk) -> None:
    """Sent again by somebody else it is worth nothing."""
    code = await _code(talk)
    await Elsewhere(talk, "700").says(f"link code {code}")
    late = Elsewhere(talk, "701")
    await late.says(f"link code {code}")
    person = await late.user()
    assert person is not None
    assert person.name != "Alice"
    assert not person.is_active


async def test_a_code_dies_after_ten_minutes(talk: Talk) -> None:
    """What is found later opens nothing."""
    code, phone = await _code(talk), await _admitted(talk, "700")
    talk.clock.advance(minutes=10)
    assert "not any more" in await phone.says(f"link code {code}")


async def test_a_fresh_code_ends_the_one_before(talk: Talk) -> None:
    """Only the newest code of a person is good."""
    old, _new = await _code(talk), await _code(talk)
    phone = await _admitted(talk, "700")
    assert "not any more" in await phone.says(f"link code {old}")


async def test_the_code_is_not_kept(talk: Talk) -> None:
    """After it was shown, no table holds the code: only its hash."""
    code = await _code(talk)
    engine = create_engine(f"sqlite:///{talk.home / 'skillwarden.db'}")
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        rows = [str(connection.execute(text(f'SELECT * FROM "{table}"')).all()) for table in tables]  # noqa: S608 - ours
    engine.dispose()
    assert not any(code in row for row in rows)


async def test_few_wrong_codes_are_taken(talk: Talk) -> None:
    """After five wrong ones even the right one is refused, for a while."""
    code, phone = await _code(talk), await _admitted(talk, "700")
    for _ in range(5):
        assert "not any more" in await phone.says("link code AAAAAAAA")
    assert "too many wrong codes" in await phone.says(f"link code {code}")


async def test_a_code_is_neither_given_nor_taken_in_a_group(talk: Talk) -> None:
    """Whoever reads a code could become its owner."""
    code = await _code(talk)
    phone = await _admitted(talk, "700")
    room = Elsewhere(talk, "700", private=False)
    assert "in private" in await room.says("link")
    assert "in private" in await room.says(f"link code {code}")
    assert (await phone.user()) != await _named(talk, "alice")


async def test_a_code_is_for_the_other_platform(talk: Talk) -> None:
    """On the platform that gave it out it joins nothing."""
    code = await _code(talk)
    await talk("/as bob")
    assert "on this platform" in await talk(f"link code {code}")


async def test_two_known_accounts_are_asked_before_they_become_one(talk: Talk) -> None:
    """A good code of a known person is a question first; Yes makes one person of two, who keeps what both had."""
    code, phone = await _code(talk), await _admitted(talk, "700")
    asked = await phone.says(f"link code {code}")
    assert "Are you Alice on console too?" in asked
    assert (await phone.user()) != await _named(talk, "alice")
    assert "one person" in await phone.presses("Yes, that is me")
    assert await phone.user() == await _named(talk, "alice")


async def test_somebody_elses_yes_counts_for_nothing(talk: Talk) -> None:
    """The button is good for who sent the code."""
    code, phone = await _code(talk), await _admitted(talk, "700")
    await phone.says(f"link code {code}")
    other = await _admitted(talk, "701", Role.ADMIN)
    assert "not any more" in await other.presses("Yes, that is me")
    assert (await other.user()) != await _named(talk, "alice")


async def test_what_one_account_asked_the_other_cannot_approve(talk: Talk) -> None:
    """Four eyes: a request made on Telegram is refused to its maker's own account on the other platform."""
    phone = await _admitted(talk, "700")
    code = code_in(await _asked(phone, talk))
    link = await _code(talk, "bob")
    await phone.says(f"link code {link}")
    await phone.presses("Yes, that is me")
    await talk("/as bob")
    assert "somebody else has to approve" in await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING


async def test_a_vote_for_what_was_ones_own_all_along_is_withdrawn(talk: Talk) -> None:
    """What was asked under one account and voted for under the other loses that vote when they become one."""
    phone = await _admitted(talk, "700")
    request = await talk.request(code_in(await _asked(phone, talk)))
    bob = await _named(talk, "bob")
    async with talk.database.begin() as uow:
        await uow.approvals.add_vote(
            Vote(request_id=request.id, user_id=bob.id, revision=request.revision, approve=True, channel="console",
                 voted_at=talk.clock.now(), is_confirmed=True)
        )  # fmt: skip
        await uow.commit()
    link = await _code(talk, "bob")
    await phone.says(f"link code {link}")
    await phone.presses("Yes, that is me")
    async with talk.database.read() as uow:
        assert await uow.approvals.votes(request.id) == ()


async def _asked(phone: Elsewhere, talk: Talk) -> str:
    await phone.says("install skill pdf on claude")
    async with talk.database.read() as uow:
        return f"#{(await uow.approvals.pending(talk.clock.now()))[0].code}"


async def test_who_asked_to_be_let_in_may_link_instead(talk: Talk) -> None:
    """They have said something before they knew of codes; nobody has to let them in then."""
    phone = Elsewhere(talk, "700")
    assert "I asked the admins" in await phone.says("install skill pdf on claude")
    await talk("/as bob")
    late = talk.interpret("/press 1")
    await talk("/as alice")
    waiting = await phone.user()
    assert waiting is not None
    assert "one person" in await phone.says(f"link code {await _code(talk)}")
    assert await phone.user() == await _named(talk, "alice")
    assert "It is an account of Alice, by a code sent at 06:30." in await talk("/as bob")
    await talk.program.dispatcher.receive(late)
    assert "no longer counts" in await talk.settle()
    assert not (await _named(talk, waiting.name)).is_active


async def test_who_was_shut_out_does_not_come_back_with_a_code(talk: Talk) -> None:
    """Their account is theirs, and stays out; the code is not used up."""
    phone = await _admitted(talk, "700")
    async with talk.database.begin() as uow:
        person = await talk.program.people.activate(uow, await talk.program.people.find(uow, "Person 700"))
        await talk.program.people.deactivate(uow, person, successor=None, actor="system:host")
        await uow.commit()
    code = await _code(talk)
    await phone.says(f"link code {code}")
    person_now = await phone.user()
    assert person_now is not None
    assert not person_now.is_active
    assert "one person" in await Elsewhere(talk, "701").says(f"link code {code}")
