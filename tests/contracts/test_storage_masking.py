"""Nothing secret is stored: whatever is written passes the mask, column by column, down to the bytes of the files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Text, inspect, text
from sqlmodel import SQLModel

from core.domain.actions import Install
from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.base import Domain, canonical_json
from core.domain.drift import DriftEvent
from core.domain.events import ErrorOccurred, ToolCompleted, ToolInvoked, ToolResult, first_broken
from core.domain.executions import ChatActionRecord, Execution
from core.domain.masking import MASK, Masker
from core.errors import ErrorType
from core.ports import Storage
from storage.repositories import (
    api_tokens,
    approvals,
    artifacts,
    catalogue,
    delegations,
    drifts,
    executions,
    freezes,
    inbox,
    links,
    outbox,
    policies,
    runs,
    users,
    versions,
)
from storage.row_map import RowMap
from tests.clock import START
from tests.contracts.storage_cases import CASES
from tests.storage_factory import World, make_execution, make_inbox_item, make_message, make_token

TOKEN = "xoxb-1234567890-abcdefghijklmnop"
KNOWN = 'pass "phrase"\\ with\nquotes'
HARMLESS = "harmless-marker-4711"

MAPS: dict[str, RowMap[Any]] = {
    "user": users.USERS,
    "identity": users.IDENTITIES,
    "api token": api_tokens.API_TOKENS,
    "delegation": delegations.DELEGATIONS,
    "drift": drifts.DRIFTS,
    "freeze": freezes.FREEZES,
    "policy version": policies.POLICIES,
    "skill": catalogue.SKILLS,
    "provider": catalogue.PROVIDERS,
    "target": catalogue.TARGETS,
    "skill version": versions.VERSIONS,
    "execution": executions.EXECUTIONS,
    "transition": executions.TRANSITIONS,
    "chat action": executions.CHAT_ACTIONS,
    "run": runs.RUNS,
    "request": approvals.REQUESTS,
    "vote": approvals.VOTES,
    "notice": outbox.NOTICES,
    "prompt": outbox.PROMPTS,
    "token": outbox.TOKENS,
    "inbox item": inbox.INBOX,
    "artifact": artifacts.ARTIFACTS,
    "link code": links.CODES,
}

#: Columns no person's words get into: ids, codes, hashes, names of enumerations, places. A new column is put here, or
#: into ``text`` or ``data`` of its map.
PLAIN_COLUMNS = {
    *("id", "code", "name", "role", "language", "timezone", "channel", "workspace_id", "external_id", "status", "mode"),
    *("desired_ref", "installed_ref", "previous_ref", "installed_digest", "previous_digest", "channel_id", "thread_id"),
    *("channel_user_id", "dedupe_key", "model", "waiting_for", "job_name", "pod_name", "error_code", "replay_mode"),
    *("entity_type", "entity_id", "from_status", "to_status", "actor", "file_path", "mime_type", "checksum", "type"),
    *("trigger_source", "action", "lease_owner", "active_key", "intent", "risk_level", "result", "agent_type"),
    *("request_type", "subject_hash", "policy", "created_by", "responded_by", "kind", "conversation_id", "message_id"),
    *(
        "token",
        "press_key",
        "conversation_key",
        "token_hash",
        "scopes",
        "hash",
        "requesters",
        "expected_digest",
        "found_digest",
        "resolution",
    ),
}


def plant(value: Any, word: str) -> Any:
    """Put ``word`` into every text of ``value`` that people write."""
    if isinstance(value, str):
        return f"{word} {value}"
    if isinstance(value, dict):
        return {f"{word} {key}": plant(item, word) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(plant(item, word) for item in value)
    return value


def planted(name: str, value: Domain, word: str) -> Domain:
    """Put ``word`` into every column of ``value`` that is masked."""
    rows = MAPS[name]
    changes = {column: plant(getattr(value, column), word) for column in (*rows.text_columns, *rows.data_columns)}
    if name == "provider":  # its name is too short for all of it
        changes["display_name"] = TOKEN
    if isinstance(value, Execution) and value.subject is not None:
        changes["subject"] = value.subject.evolve(rule=word, action=Install(skills=(word,)))
    if isinstance(value, DriftEvent):
        changes["details"] = value.details.evolve(location=word, patch=word)
    if isinstance(value, ApprovalRequest):
        changes["rule"] = value.rule.evolve(name=word)
    if isinstance(value, ChatActionRecord):
        changes["resolved_action"] = Install(skills=(word,))
    return value.evolve(**changes)


def stored_bytes(folder: Path, behind: Engine) -> bytes:
    """Return all that is stored: a file, its log and whatever lies beside it; of a server every row."""
    if behind.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    with behind.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - ours
    return json.dumps([[str(value) for value in row] for row in rows], ensure_ascii=False).encode()


def traces(folder: Path, behind: Engine, *words: str) -> Iterable[str]:
    """Return which of ``words`` are stored, in any of the forms in which text is stored."""
    content = stored_bytes(folder, behind)
    return [word for word in words if word.encode() in content or canonical_json(word)[1:-1] in content]


@pytest.mark.parametrize("name", CASES)
def test_every_column_for_words_is_masked(name: str) -> None:
    """Each text or JSON column of each table is masked, or listed above as one that holds nobody's words."""
    rows = MAPS[name]
    masked = {*rows.text_columns, *rows.data_columns}
    columns = {
        column.name
        for column in rows.table.columns
        if isinstance(column.type, Text) or (column.type.python_type is str and not column.foreign_keys)
    }
    assert columns - masked <= PLAIN_COLUMNS
    assert not masked & (PLAIN_COLUMNS - {"name"})


@pytest.mark.parametrize("name", CASES)
async def test_no_column_keeps_a_secret(
    database: Storage, world: World, tmp_path: Path, masker: Masker, behind: Engine, name: str
) -> None:
    """A token and a known secret planted into every column are nowhere on the disk; harmless words are."""
    masker.learn(KNOWN)
    case = CASES[name]
    value = planted(name, case.build(world), f"{HARMLESS} {TOKEN} {KNOWN}")
    has_words = bool(MAPS[name].text_columns or MAPS[name].data_columns)
    async with database.begin() as uow:
        await case.add(uow, value)
        if case.update is not None:
            await case.update(uow, value)
        await uow.commit()
    assert list(traces(tmp_path, behind, TOKEN, KNOWN, "xoxb-", 'pass "phrase')) == []
    assert list(traces(tmp_path, behind, HARMLESS)) == ([HARMLESS] if has_words else [])
    async with database.read() as uow:
        found = await case.find(uow, value)
    assert isinstance(found, type(value))


async def test_a_secret_in_a_decision_is_masked(
    database: Storage, world: World, tmp_path: Path, behind: Engine
) -> None:
    """The comment and the response that close a request are words of people too."""
    async with database.begin() as uow:
        await uow.approvals.decide(
            world.request,
            status=ApprovalStatus.APPROVED,
            now=START,
            by="bob",
            comment=f"{HARMLESS}-2 {TOKEN}",
            response={"text": f"{HARMLESS}-1 {TOKEN}"},
        )
        await uow.commit()
    assert list(traces(tmp_path, behind, TOKEN, f"{HARMLESS}-1", f"{HARMLESS}-2")) == [f"{HARMLESS}-1", f"{HARMLESS}-2"]


async def test_a_secret_in_an_event_is_masked_before_it_is_chained(
    database: Storage, world: World, tmp_path: Path, masker: Masker, behind: Engine
) -> None:
    """Input, output and errors are masked by shape and by known value; the chain holds over what is stored."""
    masker.learn(KNOWN)
    words = f"{HARMLESS} {TOKEN} {KNOWN}"
    answer = ToolResult(success=False, output=[words], error=words)
    async with database.begin() as uow:
        await uow.events.append(
            world.execution.id,
            world.alice.id,
            ToolInvoked(tool="t", step=0, input={words: words}, input_masked=None, timestamp=START),
            ToolCompleted(tool="t", step=0, output=answer, output_masked=answer, duration_ms=1, timestamp=START),
            ErrorOccurred(error=words, error_type=ErrorType.INTERNAL, recoverable=False, timestamp=START),
        )
        await uow.commit()
    assert list(traces(tmp_path, behind, TOKEN, KNOWN)) == []
    async with database.read() as uow:
        found = await uow.events.of_execution(world.execution.id)
    assert first_broken(found) is None
    assert found[2].payload["error"] == f"{HARMLESS} {MASK} {MASK}"


async def test_what_was_learnt_later_is_masked_from_then_on(
    database: Storage, world: World, tmp_path: Path, masker: Masker, behind: Engine
) -> None:
    """A secret that is read while the program runs is masked in everything stored afterwards."""
    late = "correct horse battery staple"
    masker.learn(late)
    async with database.begin() as uow:
        await uow.executions.add(make_execution(world.alice, input_text=f"{HARMLESS} {late}"))
        await uow.commit()
    assert list(traces(tmp_path, behind, late, HARMLESS)) == [HARMLESS]


async def test_the_envelope_is_not_masked(database: Storage, world: World) -> None:
    """Ids, codes, digests, addresses and the keys of buttons are what the program runs on and stay as they are."""
    token = make_token(world.execution, token="tok-" + "a" * 28)
    item = make_inbox_item(make_message("install https://github.com/acme/skills"))
    execution = make_execution(world.alice, tokens_used=17, callback_url="https://example.test/hook?run=1")
    async with database.begin() as uow:
        await uow.executions.add(execution)
        await uow.inbox.add(item)
        await uow.tokens.ensure([token])
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.get(execution.id) == execution
        assert await uow.inbox.get(item.id) == item
        assert await uow.tokens.get(token.token) == token


def test_every_table_with_words_has_a_map() -> None:
    """A table that is written is one of the above; the rest is written by nobody yet."""
    written = {rows.table.name for rows in MAPS.values()} | {"execution_events"}
    unwritten = {"cost_usage_daily"}
    without_words = {
        *("skill_versions", "link_codes", "link_tries", "audit_checkpoints", "audit_heads", "retention_gate"),
        "table_versions",
    }
    assert set(SQLModel.metadata.tables) == written | unwritten | without_words
