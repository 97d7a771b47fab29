"""The record: masked, chained, append-only - and what betrays whoever edits it all the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.domain.approvals import ApprovalStatus
from core.domain.audit.hashing import GENESIS, REDACTED
from core.domain.base import new_id
from core.domain.events import (
    ApprovalReceived,
    ChainedEvent,
    ExecutionEvent,
    first_broken,
)
from core.errors import StorageError
from core.ports import Storage
from storage.tables.events import ExecutionEventRow
from storage.tables.fields import table_of
from tests.audit_world import every_event
from tests.clock import START, FakeClock
from tests.databases import around_triggers
from tests.storage_factory import (
    World,
    make_event,
    make_execution,
    make_inbox_item,
    make_message,
    make_notice,
    make_vote,
)


async def appended(database: Storage, world: World, *events: ExecutionEvent) -> tuple[ChainedEvent, ...]:
    """Append ``events`` in one transaction and read the chain in another."""
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, *events)
        await uow.commit()
    return await chain_of(database, world)


async def chain_of(database: Storage, world: World) -> tuple[ChainedEvent, ...]:
    """Read the chain of the world's execution."""
    async with database.read() as uow:
        return await uow.events.of_execution(world.execution.id)


async def test_every_kind_of_event_comes_back(database: Storage, world: World) -> None:
    """The eight kinds are read as they were written, in order, linked from the first to the last."""
    events = every_event(world)
    found = await appended(database, world, *events)
    assert [link.event for link in found] == events
    assert [link.seq for link in found] == list(range(1, 9))
    assert found[0].prev_hash == GENESIS
    assert first_broken(found) is None


async def test_events_keep_the_casing_of_the_seed(database: Storage, world: World, behind: Engine) -> None:
    """The column says ``ToolInvoked``, and so does the JSON, together with the format's version."""
    await appended(database, world, *every_event(world))
    with behind.connect() as connection:
        rows = connection.execute(select(EVENTS.c.event_type, EVENTS.c.event_data).order_by(EVENTS.c.id)).all()
    types = [event.type for event in every_event(world)]
    assert [row.event_type for row in rows] == types
    assert [row.event_data["type"] for row in rows] == types
    assert {row.event_data["v"] for row in rows} == {1}
    assert rows[2].event_data["risk_level"] == "Write"


async def test_a_chain_goes_on_across_calls_and_transactions(database: Storage, world: World) -> None:
    """Appending one by one, twice in a transaction or later, makes one chain."""
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event("one"))
        await uow.events.append(world.execution.id, "system:expiry", make_event("two"))
        await uow.events.append(world.execution.id, world.alice.id)
        await uow.commit()
    found = await appended(database, world, make_event("three"), make_event("four"))
    assert [link.seq for link in found] == [1, 2, 3, 4]
    assert [link.user_id for link in found] == [world.alice.id, "system:expiry", world.alice.id, world.alice.id]
    assert first_broken(found) is None


async def test_what_is_rolled_back_leaves_no_gap(database: Storage, world: World) -> None:
    """A transaction that is rolled back takes its events with it, and the next one links where it would have."""
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event("lost"))
        await uow.events.of_execution(world.execution.id)
    found = await appended(database, world, make_event("kept"))
    assert [link.seq for link in found] == [1]


async def test_executions_have_chains_of_their_own(database: Storage, world: World) -> None:
    """Events of another execution neither show nor count."""
    other = make_execution(world.alice)
    async with database.begin() as uow:
        await uow.executions.add(other)
        await uow.events.append(other.id, world.alice.id, make_event("theirs"))
        await uow.events.append(world.execution.id, world.alice.id, make_event("ours"))
        await uow.commit()
    assert [link.seq for link in await chain_of(database, world)] == [1]


async def test_the_event_keeps_its_own_moment(
    database: Storage, world: World, behind: Engine, clock: FakeClock
) -> None:
    """``timestamp`` is the event's, ``created_at`` the moment of storing; ``seq`` decides the order."""
    clock.advance(minutes=3)
    yesterday = START - timedelta(days=1)
    found = await appended(database, world, make_event("late"), make_event("early", timestamp=yesterday))
    assert [link.timestamp for link in found] == [START, yesterday]
    with behind.connect() as connection:
        created = connection.execute(select(EVENTS.c.created_at).distinct()).scalars().all()
    assert created == [START + timedelta(minutes=3)]


async def test_every_event_has_a_salt_of_its_own(database: Storage, world: World) -> None:
    """Two equal events cannot be told to be equal from their hashes."""
    one, two = await appended(database, world, make_event("same"), make_event("same"))
    assert one.salts["message.text"] != two.salts["message.text"]
    assert min(len(one.salts["message.text"]), len(two.salts["message.text"])) == 32


EVENTS = table_of(ExecutionEventRow)
OPEN_GATE = "INSERT INTO retention_gate (purpose, opened_at) VALUES (:purpose, CURRENT_TIMESTAMP)"
SHUT_GATE = "DELETE FROM retention_gate"
EDITS = {
    "payload": "event_data = {data}",
    "author": "user_id = 'somebody'",
    "moment": "timestamp = '2026-11-21{T}06:30:00.000001{Z}'",
    "kind": "event_type = 'ResponseSent'",
    "salt": "salts = '{{}}'",
    "moment of storing": "created_at = '2026-11-21{T}06:30:00.000001{Z}'",
    "hash": f"hash = '{GENESIS}'",
    "link": f"prev_hash = '1{GENESIS[1:]}'",
}


@pytest.mark.parametrize("edit", EDITS)
async def test_an_edited_event_breaks_the_chain(database: Storage, world: World, behind: Engine, edit: str) -> None:
    """Whoever gets around the triggers and edits an event is found at that event, whichever part it was."""
    await appended(database, world, *(make_event("install pdf on claude") for _ in range(4)))
    replaced = {"postgresql": "replace(event_data::text, 'claude', 'gemini')::jsonb"}
    change = EDITS[edit].format(
        data=replaced.get(behind.dialect.name, "replace(event_data, 'claude', 'gemini')"),
        T=" " if behind.dialect.name == "mysql" else "T",
        Z="" if behind.dialect.name == "mysql" else "Z",
    )
    with around_triggers(behind) as connection:
        # A colon begins a parameter for SQLAlchemy.
        connection.exec_driver_sql(f"UPDATE execution_events SET {change} WHERE seq = 3")  # noqa: S608 - above
    assert first_broken(await chain_of(database, world)) == 3


@pytest.mark.parametrize(("gone", "found_at"), [(1, 1), (3, 3)])
async def test_a_deleted_event_breaks_the_chain(
    database: Storage, world: World, behind: Engine, gone: int, found_at: int
) -> None:
    """A gap is found where it is; the end of a chain is what checkpoints are for."""
    await appended(database, world, *(make_event() for _ in range(4)))
    with around_triggers(behind) as connection:
        connection.execute(text("DELETE FROM execution_events WHERE seq = :gone"), {"gone": gone})
    assert first_broken(await chain_of(database, world)) == found_at


_COPY = """\
INTO execution_events (execution_id, user_id, event_type, event_data, timestamp, seq, salts, prev_hash, hash)
SELECT execution_id, 'x', event_type, event_data, timestamp, seq, salts, prev_hash, hash FROM execution_events"""
#: What else than "update" and "delete" could change the record, where the database knows it.
REFUSED = {
    "update": ("UPDATE execution_events SET user_id = 'x'", ("sqlite", "postgresql", "mysql")),
    "delete": ("DELETE FROM execution_events", ("sqlite", "postgresql", "mysql")),
    "truncate": ("TRUNCATE execution_events", ("postgresql",)),
    "replace": ("INSERT OR REPLACE INTO execution_events SELECT * FROM execution_events", ("sqlite",)),
    "replace by place": (f"REPLACE {_COPY}", ("sqlite", "mysql")),
    "upsert": (f"INSERT {_COPY} ON CONFLICT (execution_id, seq) DO UPDATE SET user_id = 'x'", ("postgresql",)),
}


@pytest.mark.parametrize("statement", REFUSED)
async def test_the_database_refuses_to_change_the_record(
    world: World, database: Storage, behind: Engine, statement: str
) -> None:
    """Updating, deleting and replacing events fails for every program that opens the database."""
    sql, databases = REFUSED[statement]
    before = await appended(database, world, make_event())
    if behind.dialect.name in databases:
        with behind.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(sql))
    assert await chain_of(database, world) == before


#: Purpose of the gate -> what it lets through.
LET_THROUGH = {
    "retention": "DELETE FROM execution_events",
    "redaction": "UPDATE execution_events SET event_data = '{{}}', salts = '{{}}'",
}
FIXED = ("id", "execution_id", "user_id", "event_type", "timestamp", "created_at", "seq", "prev_hash", "hash")
STATEMENTS = {
    **LET_THROUGH,
    **{f"another {name}": f"UPDATE execution_events SET {name} = {{{name}}}" for name in FIXED},  # noqa: S608 - ours
    "another user_id among others": "UPDATE execution_events SET salts = '{{}}', user_id = 'x'",
}
OTHER_VALUES = {"id": "id + 7", "seq": "seq + 7", "event_type": "'ResponseSent'"}


@pytest.mark.parametrize("purpose", LET_THROUGH)
@pytest.mark.parametrize("statement", STATEMENTS)
async def test_a_gate_lets_through_what_it_is_for_and_nothing_else(
    world: World, database: Storage, behind: Engine, purpose: str, statement: str
) -> None:
    """Retention may delete, a redaction may change payload and salts, and neither anything else; shut, nobody may."""
    await appended(database, world, make_event())
    moment = "'2020-01-01 00:00:00'" if behind.dialect.name == "mysql" else "'2020-01-01T00:00:00.000000Z'"
    values = dict.fromkeys(FIXED, "'x'") | dict.fromkeys(("timestamp", "created_at"), moment)
    values |= OTHER_VALUES | {"execution_id": f"'{new_id(START)}'"}
    sql = text(STATEMENTS[statement].format(**values).replace(":00", "\\:00"))
    with behind.begin() as connection:
        connection.execute(text(OPEN_GATE), {"purpose": purpose})
        if statement == purpose:
            assert connection.execute(sql).rowcount == 1
            connection.execute(text(SHUT_GATE))
        else:
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(sql)
    await appended(database, world, make_event())
    with behind.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(sql)


async def test_what_is_redacted_goes_from_the_rows_that_repeat_it(world: World, database: Storage) -> None:
    """Long words wherever they stand, short ones where they are all that is said; not what waits or others say."""
    secret = "Mrs Oswald signs first"
    decided = ApprovalReceived(
        timestamp=START, approved=True, by=world.bob.id, channel="console", revision=1, comment=secret
    )
    noted = make_event("ok")
    _, vote, short = await appended(database, world, make_event(), decided, noted)
    done, waits = (
        make_inbox_item(make_message(f"approve because {secret}"), status=one) for one in ("done", "pending")
    )
    notice = make_notice(world.execution, payload={"card": {"lines": [f"He said: {secret}", "ok", "it is ok"]}})
    other = make_execution(world.alice, input_text=secret)
    async with database.begin() as uow:
        await uow.executions.add(other)
        await uow.approvals.add_vote(make_vote(world.request, world.bob, comment=secret, answer={"text": secret}))
        await uow.approvals.decide(
            world.request,
            status=ApprovalStatus.APPROVED,
            now=START,
            by=world.bob.id,
            comment=secret,
            response={"text": secret},
        )
        for item in (done, waits):
            await uow.inbox.add(item)
        await uow.notices.add(notice)
        await uow.commit()
    async with database.begin() as uow:
        await uow.events.redact(vote, ["comment"])
        await uow.events.redact(short, ["message.text"])
        await uow.commit()
    async with database.read() as uow:
        (cast,) = await uow.approvals.votes(world.request.id)
        stored, untouched = await uow.approvals.get(world.request.id), await uow.executions.get(other.id)
        said, unread = await uow.inbox.get(done.id), await uow.inbox.get(waits.id)
        told = await uow.notices.get(notice.id)
    assert stored is not None
    assert (cast.comment, cast.answer) == (REDACTED, {"text": REDACTED})
    assert (stored.comment, stored.response) == (REDACTED, {"text": REDACTED})
    assert (stored.payload, stored.subject_hash) == (world.request.payload, world.request.subject_hash)
    assert said is not None
    assert said.payload["text"] == f"approve because {REDACTED}"
    assert unread == waits
    assert told is not None
    assert told.payload == {"card": {"lines": [f"He said: {REDACTED}", REDACTED, "it is ok"]}}
    assert untouched is not None
    assert untouched.input_text == secret


async def test_an_execution_with_events_cannot_be_deleted(world: World, database: Storage, behind: Engine) -> None:
    """Deleting an execution does not take its events along."""
    await appended(database, world, make_event())
    with behind.begin() as connection:
        if behind.dialect.name == "sqlite":
            connection.execute(text("PRAGMA foreign_keys=ON"))
        with pytest.raises(IntegrityError):
            connection.execute(text("DELETE FROM executions"))


async def test_an_event_needs_its_execution(database: Storage, world: World) -> None:
    """An event of an execution that does not exist is refused."""
    async with database.begin() as uow:
        await uow.events.append(new_id(START), world.alice.id, make_event())
        with pytest.raises(StorageError, match="FOREIGN KEY"):
            await uow.commit()


async def test_ids_of_events_ascend(database: Storage, world: World, behind: Engine) -> None:
    """``execution_events.id`` counts up in the order of storing and is never used again."""
    await appended(database, world, make_event(), make_event(), make_event())
    with around_triggers(behind) as connection:
        connection.execute(text("DELETE FROM execution_events WHERE seq = 3"))
    await appended(database, world, make_event())
    with behind.connect() as connection:
        ids: list[Any] = list(connection.execute(text("SELECT id FROM execution_events ORDER BY seq")).scalars())
    assert [number - ids[0] for number in ids] == [0, 1, 3]
