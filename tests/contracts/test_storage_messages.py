"""Inbox, outbox, posted cards and button tokens: nothing is taken twice, said twice, or lost."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from core.domain.base import Domain
from core.domain.messages import MessageRef
from core.domain.notices import Backlog, ButtonToken, Notice, NoticeKind
from core.ports import Storage
from tests.clock import START
from tests.contracts.storage_cases import SLACK
from tests.storage_factory import (
    World,
    make_execution,
    make_inbox_item,
    make_notice,
    make_prompt,
    make_token,
)

SOON = START + timedelta(minutes=1)
LATER = START + timedelta(minutes=5)
#: Before all ids.
FIRST = "00000000-0000-0000-0000-000000000000"


async def test_a_delivery_is_taken_once(database: Storage) -> None:
    """Of ten concurrent deliveries with one key exactly one is stored."""

    async def receive() -> bool:
        async with database.begin() as uow:
            new = await uow.inbox.add(make_inbox_item(dedupe_key="slack:Ev1"))
            await uow.commit()
            return new

    assert sorted(await asyncio.gather(*(receive() for _ in range(10)))) == [False] * 9 + [True]
    async with database.read() as uow:
        assert len(await uow.inbox.pending(limit=99)) == 1


async def test_each_conversation_offers_its_oldest_delivery(database: Storage) -> None:
    """A conversation keeps its order, and one that is busy does not hold up another."""
    one, two, other = (
        make_inbox_item(conversation_key="a"),
        make_inbox_item(conversation_key="a"),
        make_inbox_item(conversation_key="b", received_at=SOON),
    )
    async with database.begin() as uow:
        for item in (one, two, other):
            assert await uow.inbox.add(item)
        await uow.commit()
    async with database.begin() as uow:
        assert await uow.inbox.pending(limit=9) == (one.id, other.id)
        assert await uow.inbox.pending(limit=1) == (one.id,)
        await uow.inbox.update(one.evolve(status="done", processed_at=SOON))
        assert await uow.inbox.pending(limit=9) == (two.id, other.id)
        await uow.inbox.update(two.evolve(status="failed", last_error="unreadable"))
        assert await uow.inbox.pending(limit=9) == (other.id,)


async def test_a_delivery_ends_once(database: Storage) -> None:
    """Of two processes that have worked on it, the second hears that it is over, and what it wrote is left out."""
    item = make_inbox_item()
    async with database.begin() as uow:
        await uow.inbox.add(item)
        await uow.commit()
    for is_first in (True, False):
        async with database.begin() as uow:
            assert await uow.inbox.update(item.evolve(status="done", processed_at=SOON)) is is_first
            await uow.commit()


async def test_only_settled_deliveries_are_old(database: Storage) -> None:
    """Nobody forgets what is still to be worked on; a page begins behind the one before it."""
    done, failed = make_inbox_item(status="done"), make_inbox_item(status="failed")
    kept = [make_inbox_item(), make_inbox_item(status="done", received_at=SOON)]
    async with database.begin() as uow:
        for item in (done, failed, *kept):
            await uow.inbox.add(item)
        assert await uow.inbox.settled(SOON, after=FIRST, limit=9) == (done.id, failed.id)
        assert await uow.inbox.settled(SOON, after=done.id, limit=9) == (failed.id,)
        assert await uow.inbox.settled(SOON, after=FIRST, limit=1) == (done.id,)
        await uow.inbox.remove([done.id, failed.id])
        assert await uow.inbox.settled(SOON, after=FIRST, limit=9) == ()
        assert [await uow.inbox.get(item.id) for item in (done, *kept)] == [None, *kept]


async def test_the_same_cause_speaks_once(database: Storage, world: World) -> None:
    """A notice whose key was used is not stored again, even when the first one was delivered long ago."""
    notice = make_notice(world.execution, dedupe_key="outcome:1")
    async with database.begin() as uow:
        assert await uow.notices.add(notice)
        await uow.notices.update(notice.evolve(status="delivered", delivered_at=SOON, message_id="7"))
        assert not await uow.notices.add(make_notice(world.execution, dedupe_key="outcome:1"))
        assert await uow.notices.undelivered() == 0
        assert await uow.notices.due(LATER, limit=9) == ()


async def test_what_waits_and_what_failed_is_summed_up(database: Storage, world: World) -> None:
    """How many, since when, and the last error; failures count from the moment that is asked for on."""
    async with database.begin() as uow:
        assert await uow.notices.waiting() == await uow.inbox.failures(START) == Backlog(count=0)
        for status in ("pending", "failed"):
            for begun, error in ((START, "first"), (SOON, "last"), (LATER, None)):
                await uow.notices.add(
                    make_notice(
                        world.execution, status=status, created_at=begun, next_attempt_at=begun, last_error=error
                    )
                )
                await uow.inbox.add(
                    make_inbox_item(status=status, received_at=begun, processed_at=begun, last_error=error)
                )
        await uow.notices.add(make_notice(world.execution, status="delivered"))
        for queue in (uow.notices, uow.inbox):
            assert await queue.waiting() == Backlog(count=3, oldest=START, last_error="last")
            assert await queue.failures(SOON) == Backlog(count=2, oldest=SOON, last_error="last")
            assert await queue.failures(LATER) == Backlog(count=1, oldest=LATER)


async def test_due_notices_come_oldest_first_and_one_by_one_in_each_conversation(
    database: Storage, world: World
) -> None:
    """A notice is due at its next attempt, and after the older ones of its conversation; others are not held up."""
    elsewhere = world.execution.conversation.evolve(conversation_id="elsewhere")
    first, second, other = (
        make_notice(world.execution, created_at=START - timedelta(seconds=1), next_attempt_at=SOON),
        make_notice(world.execution),
        make_notice(world.execution, conversation=elsewhere),
    )
    async with database.begin() as uow:
        for notice in (other, second, first):
            await uow.notices.add(notice)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.notices.due(START, limit=9) == (other.id,)
        assert await uow.notices.due(SOON, limit=9) == (first.id, other.id)
        assert await uow.notices.due(SOON, limit=1) == (first.id,)
        assert await uow.notices.undelivered() == 3


async def test_callbacks_are_a_queue_of_their_own(database: Storage, world: World) -> None:
    """They are due by their next attempt, whatever waits before them; where messages are due they are not."""

    def callback(at: datetime, **more: Any) -> Notice:
        return make_notice(world.execution, kind=NoticeKind.CALLBACK, conversation=None, next_attempt_at=at, **more)

    late, early, waits = callback(SOON), callback(START), callback(LATER)
    settled = [callback(START, status=status) for status in ("delivered", "failed")]
    message = make_notice(world.execution)
    async with database.begin() as uow:
        for notice in (late, message, early, waits, *settled):
            await uow.notices.add(notice)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.notices.callbacks_due(SOON, limit=9) == (early.id, late.id)
        assert await uow.notices.callbacks_due(SOON, limit=1) == (early.id,)
        assert await uow.notices.due(LATER, limit=9) == (message.id,)
        assert await uow.notices.by_dedupe_key(late.dedupe_key) == late
        assert await uow.notices.by_dedupe_key("another") is None


async def test_a_person_without_a_conversation_is_a_lane_of_their_own(database: Storage, world: World) -> None:
    """Notices to people wait for the older ones to the same person only, and no longer than those are pending."""
    to = [world.alice, world.alice, world.bob]
    first, second, other = (
        make_notice(world.execution, user_id=user.id, conversation=None, created_at=START + timedelta(seconds=age))
        for age, user in enumerate(to)
    )
    async with database.begin() as uow:
        for notice in (other, second, first):
            await uow.notices.add(notice)
        assert await uow.notices.due(SOON, limit=9) == (first.id, other.id)
        await uow.notices.update(first.evolve(next_attempt_at=LATER, attempts=1))
        assert await uow.notices.due(SOON, limit=9) == (other.id,)
        await uow.notices.update(first.evolve(status="failed", last_error="gone"))
        assert await uow.notices.due(SOON, limit=9) == (second.id, other.id)


async def test_the_same_conversation_id_elsewhere_is_another_lane(database: Storage, world: World) -> None:
    """Ids are unique within one channel and workspace only; a thread shares the lane of its conversation."""
    thread = SLACK.evolve(thread_id="another")
    places = [SLACK, SLACK.evolve(workspace_id="T9"), SLACK.evolve(channel="telegram", workspace_id=""), thread]
    notices = [
        make_notice(world.execution, conversation=place, created_at=START + timedelta(seconds=age))
        for age, place in enumerate(places)
    ]
    async with database.begin() as uow:
        for notice in notices:
            await uow.notices.add(notice)
        assert await uow.notices.due(SOON, limit=9) == tuple(notice.id for notice in notices[:3])


@pytest.mark.parametrize(
    "conversation",
    [SLACK, SLACK.evolve(thread_id=None, private=False), SLACK.evolve(channel="telegram", workspace_id="")],
)
async def test_a_notice_remembers_its_conversation(database: Storage, world: World, conversation: Domain) -> None:
    """Every part of a conversation is kept."""
    notice = make_notice(world.execution, conversation=conversation)
    async with database.begin() as uow:
        await uow.notices.add(notice)
        await uow.commit()
    async with database.read() as uow:
        found: Notice | None = await uow.notices.get(notice.id)
    assert found == notice


async def test_a_posted_card_is_found_by_its_message(database: Storage, world: World) -> None:
    """A message is found whatever its thread; the same message id in another chat is another message."""
    prompt = make_prompt(world.execution, conversation=SLACK, message_id="7")
    elsewhere = make_prompt(world.execution, conversation=SLACK.evolve(conversation_id="C2"), message_id="7")
    async with database.begin() as uow:
        await uow.prompts.add(prompt)
        await uow.prompts.add(elsewhere)
        await uow.commit()
    flat = SLACK.evolve(thread_id=None, private=False)
    async with database.read() as uow:
        assert await uow.prompts.by_message(prompt.message) == prompt
        assert await uow.prompts.by_message(MessageRef(conversation=flat, message_id="7")) == prompt
        assert await uow.prompts.by_message(elsewhere.message) == elsewhere
        assert await uow.prompts.by_message(MessageRef(conversation=SLACK, message_id="8")) is None


async def stale_by_definition(behind: Engine) -> set[str]:
    """Return which prompts show an older revision than their execution has, by joining both."""
    query = (
        "SELECT p.id FROM approval_prompts p JOIN executions e ON e.id = p.execution_id"
        " WHERE p.shown_revision < e.revision AND NOT p.is_gone"
    )
    with behind.connect() as connection:
        return {str(row.id) for row in connection.execute(text(query))}


async def test_stale_prompts_are_those_behind_their_execution(database: Storage, world: World, behind: Engine) -> None:
    """After every kind of change the list of stale copies is what a join of both tables says."""
    other = make_execution(world.alice)
    shown = make_prompt(world.execution)
    gone = make_prompt(world.execution, is_gone=True)
    elsewhere = make_prompt(other)

    async def stale() -> set[str]:
        async with database.read() as uow:
            found = set(await uow.prompts.stale(START, limit=99))
        assert found == await stale_by_definition(behind)
        return found

    async with database.begin() as uow:
        await uow.executions.add(other)
        for prompt in (shown, gone, elsewhere):
            await uow.prompts.add(prompt)
        await uow.commit()
    assert await stale() == set()

    async with database.begin() as uow:
        await uow.executions.bump(world.execution.id, SOON)
        await uow.commit()
    assert await stale() == {shown.id}

    async with database.begin() as uow:
        await uow.prompts.update(shown.evolve(shown_revision=2))
        await uow.commit()
    assert await stale() == set()

    late = make_prompt(world.execution, shown_revision=1)
    async with database.begin() as uow:
        await uow.executions.update(world.execution.evolve(revision=3, status="running"), expected="pending")
        await uow.executions.update(world.execution.evolve(revision=9), expected="pending")
        await uow.prompts.add(late)
        await uow.commit()
    assert await stale() == {shown.id, late.id}

    async with database.begin() as uow:
        await uow.prompts.update(shown.evolve(shown_revision=2, attempts=1))
        await uow.prompts.update(late.evolve(shown_revision=3))
        await uow.commit()
    assert await stale() == {shown.id}


async def test_a_stale_prompt_waits_for_its_next_attempt(database: Storage, world: World) -> None:
    """A copy that could not be edited is left alone until its next attempt, and the list stops at its limit."""
    later = make_prompt(world.execution, next_attempt_at=LATER)
    first, second = make_prompt(world.execution), make_prompt(world.execution)
    async with database.begin() as uow:
        for prompt in (later, first, second):
            await uow.prompts.add(prompt)
        await uow.executions.bump(world.execution.id, SOON)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.prompts.stale(START, limit=9) == (first.id, second.id)
        assert await uow.prompts.stale(LATER, limit=9) == (later.id, first.id, second.id)
        assert await uow.prompts.stale(LATER, limit=1) == (later.id,)


async def test_open_cards_are_those_of_requests_that_go_on(database: Storage, world: World) -> None:
    """Copies that are gone, on another channel, or of a request that has ended are not open."""
    running, done = make_execution(world.alice, status="running"), make_execution(world.alice, status="completed")
    mine, theirs = make_prompt(world.execution), make_prompt(running)
    async with database.begin() as uow:
        await uow.executions.add(running)
        await uow.executions.add(done)
        for prompt in (
            mine,
            theirs,
            make_prompt(done),
            make_prompt(running, is_gone=True),
            make_prompt(running, conversation=SLACK),
        ):
            await uow.prompts.add(prompt)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.prompts.open_on("console") == (mine.id, theirs.id)


async def test_the_same_press_has_one_token(database: Storage, world: World) -> None:
    """Asking again for the token of a press gives the one on the card that was posted first, in the wanted order."""
    first, second = make_token(world.execution), make_token(world.execution, form={"fields": ["Why?"]})
    async with database.begin() as uow:
        assert await uow.tokens.ensure([first, second]) == (first, second)
        await uow.commit()
    new = make_token(world.execution, revision=1)
    again = [make_token(world.execution, form={"fields": ["Why?"]}), new, make_token(world.execution)]
    async with database.begin() as uow:
        assert await uow.tokens.ensure(again) == (second, new, first)
        assert await uow.tokens.ensure([]) == ()
        assert await uow.tokens.get(new.token) == new
        assert await uow.tokens.get(again[0].token) is None


async def test_a_press_that_is_wanted_twice_at_once_has_one_token(database: Storage, world: World) -> None:
    """Two buttons of one card that mean the same carry the same token."""
    wanted = [make_token(world.execution), make_token(world.execution)]
    async with database.begin() as uow:
        assert await uow.tokens.ensure(wanted) == (wanted[0], wanted[0])


@pytest.mark.parametrize(
    "difference",
    [
        {"execution_id": None},
        {"request_id": "the request"},
        {"revision": 2},
        {"press": {"kind": "choice", "action": None}},
        {"form": {}},
    ],
)
async def test_presses_that_differ_have_different_tokens(
    database: Storage, world: World, difference: dict[str, object]
) -> None:
    """Execution, request, revision, press and form each tell presses apart."""
    if "request_id" in difference:
        difference = {"request_id": world.request.id}
    wanted = [make_token(world.execution), make_token(world.execution, **difference)]
    async with database.begin() as uow:
        assert await uow.tokens.ensure(wanted) == tuple(wanted)


async def test_tokens_can_be_looked_up_by_a_reader(database: Storage, world: World) -> None:
    """A card that was rendered before can be rendered again without writing."""
    token: ButtonToken = make_token(world.execution)
    async with database.begin() as uow:
        await uow.tokens.ensure([token])
        await uow.commit()
    async with database.read() as uow:
        assert await uow.tokens.ensure([make_token(world.execution)]) == (token,)
