"""Approvals: a decision that only one can make, until a moment that compares as a moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from core.domain.actions import Install
from core.domain.approvals import ApprovalRequest, ApprovalStatus, PendingChange
from core.domain.listing import Place, RequestFilter
from core.domain.plans import RiskLevel
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import (
    RULE,
    World,
    make_approval,
    make_execution,
    make_vote,
)

SOON = START + timedelta(minutes=1)
LATER = START + timedelta(minutes=5)
TICK = timedelta(microseconds=1)
SEOUL = timezone(timedelta(hours=9))


async def decide(
    storage: Storage, request: ApprovalRequest, status: ApprovalStatus, now: datetime, by: str = "bob"
) -> bool:
    """Decide in a transaction of its own."""
    async with storage.begin() as uow:
        won = await uow.approvals.decide(request, status=status, now=now, by=by, comment="fine")
        await uow.commit()
        return won


async def test_a_decision_is_made_once(database: Storage, world: World) -> None:
    """Of ten concurrent decisions exactly one wins, and its author is recorded."""
    decisions = [
        decide(
            database,
            world.request,
            ApprovalStatus.REJECTED if number % 2 else ApprovalStatus.APPROVED,
            SOON,
            str(number),
        )
        for number in range(10)
    ]
    won = await asyncio.gather(*decisions)
    assert sorted(won) == [False] * 9 + [True]
    async with database.read() as uow:
        found = await uow.approvals.get(world.request.id)
    assert found is not None
    winner = won.index(True)
    assert found.responded_by == str(winner)
    assert found.status == ("rejected" if winner % 2 else "approved")
    assert (found.responded_at, found.updated_at, found.comment) == (SOON, SOON, "fine")


async def test_a_decision_writes_what_it_was_given(database: Storage, world: World) -> None:
    """The response and the end of the approval's validity are stored with the decision; the rest stays."""
    response = {"status": "approved", "comment": "fine"}
    async with database.begin() as uow:
        assert await uow.approvals.decide(
            world.request.evolve(response={"text": "ignored"}, title="ignored"),
            status=ApprovalStatus.APPROVED,
            now=SOON,
            by=world.bob.id,
            comment=None,
            execution_expires_at=LATER,
            response=response,
        )
        await uow.commit()
    async with database.read() as uow:
        found = await uow.approvals.by_code(world.request.code)
    assert found == world.request.evolve(
        status="approved",
        response=response,
        responded_by=world.bob.id,
        responded_at=SOON,
        updated_at=SOON,
        execution_expires_at=LATER,
    )


@pytest.mark.parametrize("status", [ApprovalStatus.APPROVED, ApprovalStatus.REJECTED])
async def test_nobody_decides_after_the_deadline(database: Storage, world: World, status: ApprovalStatus) -> None:
    """At ``expires_at`` it is too late, a microsecond before it is not."""
    deadline = world.request.expires_at
    assert not await decide(database, world.request, status, deadline)
    assert await decide(database, world.request, status, deadline - timedelta(microseconds=1))


@pytest.mark.parametrize("status", [ApprovalStatus.EXPIRED, ApprovalStatus.CANCELLED])
async def test_expiry_and_cancelling_do_not_ask_about_the_deadline(
    database: Storage, world: World, status: ApprovalStatus
) -> None:
    """They close what is pending, before the deadline or after it, once."""
    assert await decide(database, world.request, status, world.request.expires_at + timedelta(days=1))
    assert not await decide(database, world.request, status, SOON)


@pytest.mark.parametrize(
    "expires_at",
    [
        datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 11, 22, tzinfo=UTC),
        datetime(2026, 11, 22, 0, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 11, 21, 12, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
async def test_a_request_expires_at_its_moment_and_not_at_midnight(
    database: Storage, world: World, expires_at: datetime
) -> None:
    """Moments compare as moments, around midnight too: seed 003 kept expired requests alive until midnight UTC."""
    request = make_approval(make_execution(world.alice), execution_id=None, expires_at=expires_at)
    async with database.begin() as uow:
        await uow.approvals.decide(world.request, status=ApprovalStatus.CANCELLED, now=START, by="x", comment=None)
        await uow.approvals.add(request)
        await uow.commit()
    before = expires_at - timedelta(microseconds=1)
    async with database.read() as uow:
        for moment, pending, due in (
            (before, (request,), ()),
            (expires_at, (), (request,)),
            (expires_at + timedelta(microseconds=1), (), (request,)),
            (expires_at + timedelta(hours=26), (), (request,)),
            (expires_at - timedelta(hours=26), (request,), ()),
        ):
            for zone in (UTC, SEOUL):
                assert await uow.approvals.pending(moment.astimezone(zone)) == pending
                assert await uow.approvals.due(moment.astimezone(zone), limit=9) == due


async def test_pending_comes_newest_first_and_due_oldest_first(database: Storage, world: World) -> None:
    """Decided requests are in neither list, and ``due`` stops at its limit."""
    late = make_approval(make_execution(world.alice), execution_id=None, created_at=SOON, expires_at=LATER)
    done = make_approval(make_execution(world.alice), execution_id=None, status=ApprovalStatus.APPROVED)
    async with database.begin() as uow:
        await uow.approvals.add(late)
        await uow.approvals.add(done)
        await uow.commit()
    end = START + timedelta(days=1)
    async with database.read() as uow:
        assert await uow.approvals.pending(START) == (late, world.request)
        assert await uow.approvals.due(end, limit=9) == (late, world.request)
        assert await uow.approvals.due(end, limit=1) == (late,)
        assert await uow.approvals.of_execution(world.execution.id) == world.request
        assert await uow.approvals.by_code("NONE") is None


async def test_a_person_votes_once_on_a_revision(database: Storage, world: World) -> None:
    """A second vote on the same revision counts for nothing; on a later revision the person may vote again."""
    first = make_vote(world.request, world.bob)
    again = first.evolve(approve=False, comment="changed my mind")
    later = again.evolve(revision=2, voted_at=SOON)
    other = make_vote(world.request, world.alice, voted_at=LATER)
    async with database.begin() as uow:
        assert await uow.approvals.add_vote(first)
        assert not await uow.approvals.add_vote(again)
        assert await uow.approvals.votes(world.request.id) == (first,)
        assert await uow.approvals.add_vote(later)
        assert not await uow.approvals.add_vote(first)
        assert await uow.approvals.add_vote(other)
        assert await uow.approvals.votes(world.request.id) == (later, other)


async def test_a_vote_can_be_taken_back(database: Storage, world: World) -> None:
    """A vote that is removed is forgotten, once; that person may vote again, and nobody else's vote is touched."""
    mine, other = make_vote(world.request, world.bob), make_vote(world.request, world.alice, voted_at=SOON)
    again = mine.evolve(approve=False, voted_at=LATER)
    async with database.begin() as uow:
        await uow.approvals.add_vote(mine)
        await uow.approvals.add_vote(other)
        assert await uow.approvals.remove_vote(world.request.id, world.bob.id)
        assert not await uow.approvals.remove_vote(world.request.id, world.bob.id)
        assert await uow.approvals.votes(world.request.id) == (other,)
        assert await uow.approvals.add_vote(again)
        assert await uow.approvals.votes(world.request.id) == (other, again)


def revised(request: ApprovalRequest, revision: int) -> ApprovalRequest:
    """Return ``request`` with every field changed, as that revision of it."""
    return request.evolve(
        title="Install pdf on Gemini",
        description="another one",
        payload={"providers": ["gemini"]},
        risk_level=RiskLevel.DESTRUCTIVE,
        subject_hash="f" * 64,
        question_hash="e" * 64,
        policy="destructive",
        rule=RULE.evolve(name="destructive", threshold=2),
        requesters=(*request.requesters, "bob"),
        change=PendingChange(by="bob", action=Install(skills=("pdf",), providers=("gemini",), ref="v2")),
        threshold=2,
        revision=revision,
        comment="not a decision",
        remind_at=SOON,
        expires_at=LATER,
        updated_at=SOON,
    )


async def test_an_open_request_is_found_by_what_it_asks(database: Storage, world: World) -> None:
    """Newest first; not one that asks for something else, is decided, or is over."""
    rows: list[dict[str, Any]] = [
        {"question_hash": "a" * 64},
        {"question_hash": "a" * 64, "created_at": START + TICK},
        {"question_hash": "a" * 64, "status": ApprovalStatus.REJECTED},
        {"question_hash": "a" * 64, "expires_at": SOON},
        {"question_hash": "b" * 64},
        {},
    ]
    made = [make_approval(world.execution, **row, code=f"Q{number}") for number, row in enumerate(rows)]
    async with database.begin() as uow:
        for request in made:
            await uow.approvals.add(request)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.approvals.asking("a" * 64, SOON) == (made[1], made[0])


async def test_the_newest_open_request_of_a_conversation_is_found(database: Storage, world: World) -> None:
    """Whatever the thread; not one of another chat, and none that is over."""
    here = {"channel": "slack", "workspace_id": "T1", "channel_id": "C1"}
    places = [here, here | {"thread_id": "2.2"}, here | {"workspace_id": "T2"}, here]
    executions = [make_execution(world.alice, **place) for place in places]
    made = [
        make_approval(one, created_at=START + number * TICK, expires_at=SOON if number == len(places) - 1 else LATER)
        for number, one in enumerate(executions)
    ]
    async with database.begin() as uow:
        for execution, request in zip(executions, made, strict=True):
            await uow.executions.add(execution)
            await uow.approvals.add(request)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.approvals.pending_in(executions[0].conversation, SOON) == made[1]
        assert await uow.approvals.pending_in(executions[2].conversation, SOON) == made[2]
        assert await uow.approvals.pending_in(world.execution.conversation.evolve(conversation_id="C2"), SOON) is None


async def test_a_revision_changes_what_is_asked(database: Storage, world: World) -> None:
    """Everything that may change does; what is not the question's stays, and so do the votes on what was asked."""
    vote = make_vote(world.request, world.bob)
    async with database.begin() as uow:
        await uow.approvals.add_vote(vote)
        assert await uow.approvals.revise(revised(world.request, 2), expected_revision=1)
        await uow.commit()
    expected = revised(world.request, 2).evolve(description=world.request.description, comment=None)
    async with database.read() as uow:
        assert await uow.approvals.get(world.request.id) == expected
        assert await uow.approvals.votes(world.request.id) == (vote,)


async def test_one_of_two_revisions_wins(database: Storage, world: World) -> None:
    """Of two that began with the same revision the second changes nothing."""
    async with database.begin() as uow:
        assert await uow.approvals.revise(world.request.evolve(title="mine", revision=2), expected_revision=1)
        assert not await uow.approvals.revise(world.request.evolve(title="theirs", revision=2), expected_revision=1)
        found = await uow.approvals.get(world.request.id)
        assert found is not None
        assert (found.title, found.revision) == ("mine", 2)


async def test_a_change_that_was_prepared_is_forgotten(database: Storage, world: World) -> None:
    """The next revision has none: a request is not prepared anew for ever."""
    async with database.begin() as uow:
        assert await uow.approvals.revise(revised(world.request, 2), expected_revision=1)
        assert await uow.approvals.revise(revised(world.request, 3).evolve(change=None), expected_revision=2)
        found = await uow.approvals.get(world.request.id)
        assert found is not None
        assert (found.change, found.revision) == (None, 3)


async def test_a_vote_that_has_to_be_given_twice_says_so(database: Storage, world: World) -> None:
    """Until it is, it is stored as not confirmed; given again it takes the place of the first one."""
    first = make_vote(world.request, world.bob, is_confirmed=False)
    async with database.begin() as uow:
        await uow.approvals.add_vote(first)
        assert await uow.approvals.votes(world.request.id) == (first,)
        await uow.approvals.remove_vote(world.request.id, world.bob.id)
        assert await uow.approvals.add_vote(first.evolve(is_confirmed=True))
        assert await uow.approvals.votes(world.request.id) == (first.evolve(is_confirmed=True),)


@pytest.mark.parametrize("status", [status for status in ApprovalStatus if status is not ApprovalStatus.PENDING])
async def test_what_is_decided_is_not_revised(database: Storage, world: World, status: ApprovalStatus) -> None:
    """What was approved is what runs: no revision comes after the decision."""
    assert await decide(database, world.request, status, SOON)
    async with database.begin() as uow:
        before = await uow.approvals.get(world.request.id)
        assert not await uow.approvals.revise(revised(world.request, 2), expected_revision=1)
        assert await uow.approvals.get(world.request.id) == before


async def test_reminders_are_due_until_the_request_ends(database: Storage, world: World) -> None:
    """A reminder is due from its moment on, the earliest first; not after the deadline, not after the decision."""
    early = make_approval(make_execution(world.alice), execution_id=None, remind_at=SOON)
    never = make_approval(make_execution(world.alice), execution_id=None, remind_at=None)
    done = make_approval(make_execution(world.alice), execution_id=None, status=ApprovalStatus.APPROVED, remind_at=SOON)
    async with database.begin() as uow:
        for request in (early, never, done):
            await uow.approvals.add(request)
        await uow.commit()
    first, second = SOON, START + timedelta(minutes=45)
    async with database.read() as uow:
        for moment, due in (
            (first - timedelta(microseconds=1), ()),
            (first, (early,)),
            (second, (early, world.request)),
            (world.request.expires_at, ()),
        ):
            assert await uow.approvals.remind_due(moment, limit=9) == due
        assert await uow.approvals.remind_due(second, limit=1) == (early,)


async def test_a_reminder_is_moved_and_ended(database: Storage, world: World) -> None:
    """The next moment is written, None ends it; the request itself is as old as it was."""
    for moment in (LATER, None):
        async with database.begin() as uow:
            await uow.approvals.set_reminder(world.request.id, moment)
            await uow.commit()
        async with database.read() as uow:
            assert await uow.approvals.get(world.request.id) == world.request.evolve(remind_at=moment)


async def test_what_is_over_is_never_listed_as_pending(database: Storage, world: World) -> None:
    """At its last moment a request stops being pending, in lists, counts and for who waits; newest come first."""
    soon = make_approval(world.execution, code="S00N", expires_at=START + timedelta(minutes=5), agent_type="cost")
    late = make_approval(
        world.execution, code="4ATE", created_at=START + timedelta(seconds=1), request_type="confirmation"
    )
    async with database.begin() as uow:
        for request in (soon, late):
            await uow.approvals.add(request)
        await uow.commit()
    pending = RequestFilter(statuses=(ApprovalStatus.PENDING,))
    expired = RequestFilter(statuses=(ApprovalStatus.EXPIRED, ApprovalStatus.REJECTED))
    everything = (world.request.id, soon.id, late.id)
    for now, is_over in ((START + timedelta(minutes=5, microseconds=-1), False), (soon.expires_at, True)):
        async with database.read() as uow:
            open_ones = {request.id for request in await uow.approvals.listed(pending, now=now, limit=9)}
            assert open_ones == {*everything} - ({soon.id} if is_over else set())
            assert await uow.approvals.count(pending, now=now) == len(open_ones)
            assert await uow.approvals.still_open(everything, now) == open_ones
            over = await uow.approvals.listed(expired, now=now, limit=9)
            assert [request.id for request in over] == ([soon.id] if is_over else [])
    async with database.read() as uow:
        (first,) = await uow.approvals.listed(RequestFilter(), now=START, limit=1)
        assert first.id == late.id
        rest = await uow.approvals.listed(
            RequestFilter(), now=START, limit=9, after=Place(value=first.created_at, id=first.id)
        )
        assert {request.id for request in rest} == {world.request.id, soon.id}
        for narrowed, expected in (
            (RequestFilter(agent_types=("cost",)), [soon.id]),
            (RequestFilter(request_types=("confirmation",)), [late.id]),
            (RequestFilter(created_by=world.bob.id), []),
            (RequestFilter(created_after=late.created_at), [late.id]),
        ):
            found = await uow.approvals.listed(narrowed, now=START, limit=9)
            assert [request.id for request in found] == expected
        asked = await uow.approvals.moments_asked(soon.created_by, START)
        assert asked == (late.created_at,)
