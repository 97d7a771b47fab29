"""Executions and chat actions: found by what people say, changed by one at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from core.domain.actions import ChatAction, Freeze, Install, ListSkills, Uninstall
from core.domain.executions import Execution, ExecutionStatus, WaitingFor
from core.domain.messages import ConversationRef
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import (
    World,
    make_chat_action,
    make_execution,
    make_prompt,
    make_subject,
)

SOON = START + timedelta(minutes=1)


async def test_an_execution_is_found_by_code_and_key(database: Storage, world: World) -> None:
    """Codes and dedupe keys lead to the execution, and unknown ones nowhere."""
    async with database.read() as uow:
        assert await uow.executions.by_code(world.execution.code) == world.execution
        assert await uow.executions.by_dedupe_key(world.execution.dedupe_key) == world.execution
        assert await uow.executions.by_code("NONE") is None
        assert await uow.executions.by_dedupe_key("none") is None
        assert await uow.executions.code_taken(world.execution.code)
        assert not await uow.executions.code_taken("NONE")


async def test_an_execution_changes_only_from_the_expected_status(database: Storage, world: World) -> None:
    """Of ten concurrent swaps from ``pending`` exactly one wins."""

    async def swap(output: str) -> bool:
        async with database.begin() as uow:
            changed = world.execution.evolve(status=ExecutionStatus.RUNNING, output=output)
            won = await uow.executions.update(changed, expected="pending")
            await uow.commit()
            return won

    won = await asyncio.gather(*(swap(str(number)) for number in range(10)))
    assert sorted(won) == [False] * 9 + [True]
    async with database.read() as uow:
        found = await uow.executions.get(world.execution.id)
    assert found is not None
    assert found.output == str(won.index(True))


async def test_a_revision_never_goes_back(database: Storage, world: World) -> None:
    """A bump is not undone by writing a copy that was read before it; a copy with a higher revision counts."""
    async with database.begin() as uow:
        await uow.executions.bump(world.execution.id, SOON)
        await uow.executions.update(world.execution.evolve(output="x"), expected="pending")
        bumped = await uow.executions.get(world.execution.id)
        await uow.executions.update(world.execution.evolve(revision=7), expected="pending")
        raised = await uow.executions.get(world.execution.id)
    assert bumped == world.execution.evolve(output="x", revision=2)
    assert raised is not None
    assert raised.revision == 7


async def test_what_was_prepared_since_a_moment_comes_oldest_first(database: Storage, world: World) -> None:
    """Whatever became of them: only those with a subject, made at that moment or later."""
    subject = make_subject(world.skill, (world.provider, world.target))
    late = make_execution(world.bob, subject=subject, created_at=SOON, status=ExecutionStatus.CANCELLED)
    there = make_execution(world.alice, subject=subject)
    before = make_execution(world.alice, subject=subject, created_at=START - timedelta(microseconds=1))
    unprepared = make_execution(world.alice)
    async with database.begin() as uow:
        for execution in (late, there, before, unprepared):
            await uow.executions.add(execution)
        await uow.commit()
    async with database.read() as uow:
        found = await uow.executions.prepared_since(START)
    assert [execution for execution in found if execution.id != world.execution.id] == [there, late]


async def test_waiting_executions_come_oldest_first(database: Storage, world: World) -> None:
    """Only pending executions that wait for the thing asked about are listed, as many as wanted."""
    older = make_execution(world.alice, created_at=START - timedelta(days=1))
    others = [
        make_execution(world.alice, waiting_for=WaitingFor.RUN),
        make_execution(world.alice, waiting_for=None),
        make_execution(world.alice, status=ExecutionStatus.RUNNING),
    ]
    async with database.begin() as uow:
        for execution in (*others, older):
            await uow.executions.add(execution)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.waiting(WaitingFor.PLAN, limit=9) == (older.id, world.execution.id)
        assert await uow.executions.waiting(WaitingFor.PLAN, limit=1) == (older.id,)


SLACK = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1", thread_id="1")


@pytest.fixture
async def history(database: Storage, world: World) -> dict[str, Execution]:
    """Give one execution of each kind, each an hour younger than the one before."""
    made: dict[str, tuple[Execution, ChatAction | None]] = {
        "install pdf": (make_execution(world.alice), Install(skills=("pdf",))),
        "list": (make_execution(world.alice), ListSkills()),
        "not understood": (make_execution(world.alice), None),
        "uninstall docx in slack": (
            make_execution(world.bob, channel="slack", workspace_id="T1", channel_id="C1", thread_id="1"),
            Uninstall(skills=("docx",)),
        ),
        "install both": (make_execution(world.alice), Install(skills=("docx", "pdf"))),
        "install pdf-forms": (make_execution(world.alice), Install(skills=("pdf-forms",))),
        "freeze xlsx": (make_execution(world.alice), Freeze(skills=("xlsx",))),
    }
    stored: dict[str, Execution] = {}
    async with database.begin() as uow:
        for hours, (name, (execution, action)) in enumerate(made.items(), start=1):
            stored[name] = execution.evolve(created_at=START + timedelta(hours=hours))
            await uow.executions.add(stored[name])
            if action is not None:
                await uow.chat_actions.add(make_chat_action(stored[name], action))
        await uow.commit()
    return stored


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["freeze xlsx", "install pdf-forms", "install both", "uninstall docx in slack", "install pdf"]),
        ({"skills": ("pdf",)}, ["install both", "install pdf"]),
        ({"skills": ("docx", "pdf-forms")}, ["install pdf-forms", "install both", "uninstall docx in slack"]),
        ({"skills": ("p%f", "p_f")}, []),
        ({"user_id": "bob"}, ["uninstall docx in slack"]),
        ({"conversation": SLACK}, ["uninstall docx in slack"]),
        ({"conversation": SLACK.evolve(thread_id="2")}, ["uninstall docx in slack"]),
        ({"conversation": SLACK.evolve(workspace_id="T2")}, []),
    ],
)
async def test_recent_lists_change_requests_newest_first(
    database: Storage, world: World, history: dict[str, Execution], wanted: dict[str, Any], expected: list[str]
) -> None:
    """Reads and what was not understood are no change requests, freezes are; every filter narrows."""
    people = {"user_id": world.bob.id} if "user_id" in wanted else {}
    async with database.read() as uow:
        found = await uow.executions.recent(limit=50, **wanted | people)
    names = {execution.id: name for name, execution in history.items()}
    assert [names[execution.id] for execution in found if execution.id in names] == expected


async def test_recent_stops_at_the_limit(database: Storage, history: dict[str, Execution]) -> None:
    """The limit counts what passed the filters."""
    async with database.read() as uow:
        found = await uow.executions.recent(limit=1, skills=("pdf",))
    assert found == (history["install both"],)


async def test_the_last_one_in_a_chat_was_made_or_shown_there(
    database: Storage, world: World, history: dict[str, Execution]
) -> None:
    """Whichever was seen later; copies that are gone, and cards of what changes nothing, are seen by nobody."""
    shown, quiet = history["install both"], history["list"]
    seen = shown.created_at + timedelta(hours=9)
    later = seen + timedelta(seconds=1)
    copies = {
        "later": make_prompt(shown, conversation=SLACK, created_at=seen),
        "gone": make_prompt(history["install pdf"], conversation=SLACK, created_at=later, is_gone=True),
        "no change": make_prompt(quiet, conversation=SLACK, created_at=later),
        "elsewhere": make_prompt(history["freeze xlsx"], conversation=SLACK.evolve(conversation_id="C2")),
    }
    async with database.read() as uow:
        assert await uow.executions.last_in(SLACK) == history["uninstall docx in slack"]
        assert await uow.executions.last_in(SLACK.evolve(conversation_id="C2")) is None
    async with database.begin() as uow:
        for copy in copies.values():
            await uow.prompts.add(copy)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.last_in(SLACK.evolve(thread_id="2")) == shown
        assert await uow.executions.last_in(SLACK.evolve(conversation_id="C2")) == history["freeze xlsx"]
    async with database.begin() as uow:
        await uow.prompts.update(copies["later"].evolve(is_gone=True))
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.last_in(SLACK) == history["uninstall docx in slack"]


async def test_an_execution_is_listed_once(database: Storage, world: World) -> None:
    """Two actions of one execution (asked back, then changed) do not list it twice; the newest action counts."""
    newer = make_chat_action(world.execution, Install(skills=("pdf",), ref="v2"), created_at=SOON)
    async with database.begin() as uow:
        await uow.chat_actions.add(newer)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.recent(limit=9) == (world.execution,)
        assert await uow.chat_actions.of_execution(world.execution.id) == newer


async def test_a_chat_action_changes_only_from_the_expected_result(database: Storage, world: World) -> None:
    """The second of two swaps changes nothing."""
    async with database.begin() as uow:
        assert await uow.chat_actions.update(world.action.evolve(result="executed"), expected="accepted")
        assert not await uow.chat_actions.update(world.action.evolve(result="failed"), expected="accepted")


async def test_what_is_open_of_a_person_is_theirs_and_has_not_ended(database: Storage, world: World) -> None:
    """Pending and running executions of the person come oldest first; ended ones and other people's do not come."""
    older = make_execution(world.alice, status=ExecutionStatus.RUNNING, created_at=START - timedelta(days=1))
    waiting = make_execution(world.alice, waiting_for=None, created_at=SOON)
    ended = [
        make_execution(world.alice, status=status) for status in ExecutionStatus if status not in {"pending", "running"}
    ]
    async with database.begin() as uow:
        for execution in (waiting, *ended, make_execution(world.bob), older):
            await uow.executions.add(execution)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.open_of(world.alice.id) == (older.id, world.execution.id, waiting.id)
        assert await uow.executions.open_of("nobody") == ()


async def test_repeats_name_their_origin(database: Storage, world: World) -> None:
    """Whatever names an execution as its origin is found, oldest first; repeats of repeats are not."""
    older = make_execution(world.bob, replay_of=world.execution.id, created_at=START - timedelta(days=1))
    newer = make_execution(world.alice, replay_of=world.execution.id, status=ExecutionStatus.CANCELLED)
    again = make_execution(world.alice, replay_of=newer.id)
    async with database.begin() as uow:
        for execution in (newer, older, again):
            await uow.executions.add(execution)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.repeats(world.execution.id) == (older, newer)
        assert await uow.executions.repeats(older.id) == ()
