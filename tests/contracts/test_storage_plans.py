"""No question reads a whole table: what is fast with ten rows is fast with ten million."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from core.domain.executions import WaitingFor
from core.domain.messages import MessageRef
from core.ports import Storage, UnitOfWork
from tests.clock import START
from tests.databases import database_with_tables
from tests.storage_factory import World, make_conversation, make_event, make_token

HERE = make_conversation()

QUESTIONS: dict[str, Callable[[UnitOfWork], Awaitable[object]]] = {
    "who presses": lambda uow: uow.users.by_identity("slack", "T1", "U1"),
    "accounts": lambda uow: uow.users.identities("x"),
    "who calls": lambda uow: uow.api_tokens.by_hash("x"),
    "tokens of a person": lambda uow: uow.api_tokens.of_user("x"),
    "who is away": lambda uow: uow.delegations.active(START),
    "what is frozen": lambda uow: uow.freezes.active(),
    "what is not as approved": lambda uow: uow.drifts.unresolved(),
    "drift of a target": lambda uow: uow.drifts.at("x"),
    "what was ignored": lambda uow: uow.drifts.ignored_at("x"),
    "policy": lambda uow: uow.policies.active(),
    "policies": lambda uow: uow.policies.all(),
    "skill by name": lambda uow: uow.skills.by_name("x"),
    "target": lambda uow: uow.targets.by_pair("x", "y"),
    "execution by code": lambda uow: uow.executions.by_code("x"),
    "execution by key": lambda uow: uow.executions.by_dedupe_key("x"),
    "what waits": lambda uow: uow.executions.waiting(WaitingFor.PLAN, limit=5),
    "history": lambda uow: uow.executions.recent(limit=5, skills=("pdf",)),
    "my history": lambda uow: uow.executions.recent(limit=5, user_id="x"),
    "what was asked here": lambda uow: uow.executions.recent(limit=1, conversation=HERE),
    "the last one here": lambda uow: uow.executions.last_in(HERE),
    "what was prepared": lambda uow: uow.executions.prepared_since(START),
    "transitions": lambda uow: uow.executions.transitions("x"),
    "action": lambda uow: uow.chat_actions.of_execution("x"),
    "runs": lambda uow: uow.runs.of_execution("x"),
    "claimable runs": lambda uow: uow.runs.claimable(START, limit=5),
    "approval by code": lambda uow: uow.approvals.by_code("x"),
    "approval": lambda uow: uow.approvals.of_execution("x"),
    "pending approvals": lambda uow: uow.approvals.pending(START),
    "approvals of a question": lambda uow: uow.approvals.asking("x", START),
    "due approvals": lambda uow: uow.approvals.due(START, limit=5),
    "due reminders": lambda uow: uow.approvals.remind_due(START, limit=5),
    "votes": lambda uow: uow.approvals.votes("x"),
    "timeline": lambda uow: uow.events.of_execution("x"),
    "due notices": lambda uow: uow.notices.due(START, limit=5),
    "undelivered": lambda uow: uow.notices.undelivered(),
    "card by message": lambda uow: uow.prompts.by_message(MessageRef(conversation=HERE, message_id="x")),
    "cards": lambda uow: uow.prompts.of_execution("x"),
    "open cards": lambda uow: uow.prompts.open_on("console"),
    "stale cards": lambda uow: uow.prompts.stale(START, limit=5),
    "button": lambda uow: uow.tokens.get("x"),
    "inbox": lambda uow: uow.inbox.pending(limit=5),
    "artifacts": lambda uow: uow.artifacts.of_execution("x"),
}

#: What is answered by two statements, both along an index in the order that is asked for.
TWO_LOOKS = {"the last one here"}


@pytest.fixture
async def database_url(tmp_path: Path) -> str:
    """Give a SQLite database: it says how it would answer; the others have the same indexes."""
    return await database_with_tables("sqlite", tmp_path)


@pytest.fixture
def said() -> Iterator[list[tuple[str, Any]]]:
    """Give the list of the statements that are run, with their parameters."""
    heard: list[tuple[str, Any]] = []

    def listen(*details: Any) -> None:
        heard.append((details[2], details[3]))

    event.listen(Engine, "before_cursor_execute", listen)
    yield heard
    event.remove(Engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_uses_an_index(
    database: Storage, world: World, behind: Engine, said: list[tuple[str, Any]], question: str
) -> None:
    """Every table a question touches is searched by an index, or walked along one until the limit is reached."""
    async with database.read() as uow:
        await QUESTIONS[question](uow)
    asked = [(sql, values) for sql, values in said if sql.startswith(("SELECT", "WITH"))]
    assert len(asked) == (2 if question in TWO_LOOKS else 1)
    with behind.connect() as connection:
        tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        plans = [
            [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            for sql, values in asked
        ]
    for plan in plans:
        scans = [step for step in plan if step.startswith("SCAN") and "USING INDEX" not in step]
        assert [step for step in scans if step.split()[1] in tables] == []
        assert any("INDEX" in step for step in plan)
        assert question not in TWO_LOOKS or "USE TEMP B-TREE FOR ORDER BY" not in plan


async def test_a_request_costs_few_statements(database: Storage, world: World, said: list[tuple[str, Any]]) -> None:
    """Many tokens, events or notices do not mean many questions."""
    async with database.begin() as uow:
        await uow.tokens.ensure([make_token(world.execution, revision=number) for number in range(20)])
        await uow.tokens.ensure([])
        await uow.events.append(world.execution.id, world.alice.id, *(make_event() for _ in range(20)))
        await uow.commit()
    assert [sql.split()[0] for sql, _ in said] == ["SELECT", "INSERT", "SELECT", "INSERT"]
