"""The record can be checked: whatever is changed in it is found and named, on every database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.integrations.checkpoint_file import DiskCheckpointFile
from bot.locale.translator import Catalogues
from core.domain.audit.checking import Checker, Finding, ids_text
from core.domain.audit.hashing import GENESIS, MerkleTree, checkpoint_hash, digest, iso, leaf, link
from core.domain.audit.reading import anchors_in
from core.domain.masking import Masker
from core.errors import AdminsOnly, InvalidInput, RecordReplaced, UnknownEvent
from core.services.checkpoints import Checkpoints
from core.services.redaction import Redactions
from core.services.verification import verify
from storage.database import Database
from storage.repositories import audit
from storage.tables.events import AuditCheckpointRow, AuditHeadRow, ExecutionEventRow
from storage.tables.fields import table_of
from tests.audit_world import KEY, Trail, make_trail
from tests.clock import START, FakeClock
from tests.databases import around_triggers
from tests.storage_factory import World, make_event, make_execution, make_user

EVENTS, HEADS, CHECKPOINTS = table_of(ExecutionEventRow), table_of(AuditHeadRow), table_of(AuditCheckpointRow)
OTHER_HASH = "ab" * 32


@pytest.fixture
async def trail(database: Database, world: World, clock: FakeClock, tmp_path: Path) -> Trail:
    """Give a record that was sealed twice."""
    return await make_trail(database, world, clock, tmp_path)


def row_of(connection: Connection, execution_id: str, seq: int) -> dict[str, Any]:
    """Return a row of the events."""
    where = (EVENTS.c.execution_id == execution_id, EVENTS.c.seq == seq)
    return dict(connection.execute(select(EVENTS).where(*where)).one()._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def set_event(connection: Connection, execution_id: str, seq: int, /, **values: Any) -> None:
    """Change a row of the events."""
    where = (EVENTS.c.execution_id == execution_id, EVENTS.c.seq == seq)
    assert connection.execute(update(EVENTS).where(*where).values(**values)).rowcount == 1


async def test_a_record_that_nobody_touched_fits(trail: Trail) -> None:
    """Redactions and what retention let go verify too, and a redaction says who and why."""
    checked, findings, notes = await trail.read(keys=[trail.key])
    assert findings == []
    said = (
        f'Event 4 of execution {trail.long.id} had its comment redacted by system:host, why: "a name that has no place '
        'here".'
    )
    assert notes == [said]
    assert (checked.events, checked.executions, checked.checkpoints) == (12, 3, 2)
    assert (checked.redacted, checked.retired, checked.unsealed) == (1, 1, 0)


async def test_what_is_newer_than_the_last_checkpoint_is_counted(trail: Trail, world: World) -> None:
    """Events that no checkpoint has yet are held by their own chain alone, and verification says how many."""
    async with trail.database.begin() as uow:
        await uow.events.append(trail.short.id, world.bob.id, make_event(), make_event())
        await uow.commit()
    checked, findings, _ = await trail.read()
    assert (findings, checked.unsealed) == ([], 2)


#: Column -> another value than a row has.
CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "id": lambda row: row["id"] + 1000,
    "execution_id": lambda row: None,  # the other execution's, below
    "user_id": lambda row: "somebody",
    "event_type": lambda row: "ErrorOccurred" if row["event_type"] != "ErrorOccurred" else "ResponseSent",
    "event_data": lambda row: row["event_data"] | {"v": 2},
    "timestamp": lambda row: row["timestamp"] + timedelta(microseconds=1),
    "created_at": lambda row: row["created_at"] - timedelta(microseconds=1),
    "seq": lambda row: row["seq"] + 50,
    "salts": lambda row: row["salts"] | {"tool": "00"},
    "prev_hash": lambda row: OTHER_HASH,
    "hash": lambda row: OTHER_HASH,
}


def test_every_column_is_changed() -> None:
    """No column is left out of the rule below."""
    assert set(CHANGES) == set(EVENTS.c.keys())


@pytest.mark.parametrize("column", CHANGES)
async def test_a_change_of_any_column_is_found_and_named(trail: Trail, behind: Engine, column: str) -> None:
    """Whatever is changed in the first, a middle or the last event, verification names that event."""
    for seq in (1, 2, 4, 6, 9):
        with around_triggers(behind) as connection:
            before = row_of(connection, trail.long.id, seq)
            value = CHANGES[column](before)
            changed = {"execution_id": trail.short.id, "seq": 70} if column == "execution_id" else {column: value}
            set_event(connection, trail.long.id, seq, **changed)
        findings = await trail.found()
        where = f" {trail.short.id if column == 'execution_id' else trail.long.id}"
        assert any(f"vent {changed.get('seq', seq)} of execution{where}" in one for one in findings), (seq, findings)
        if column in {"seq", "execution_id"}:
            assert any(f"{trail.long.id} lacks event {seq}" in one for one in findings), (seq, findings)
        with around_triggers(behind) as connection:
            place = (EVENTS.c.id == changed.get("id", before["id"]),)
            connection.execute(update(EVENTS).where(*place).values(**before))
        assert await trail.found() == []


@pytest.mark.parametrize(
    ("seqs", "sentence"),
    [
        ((1,), "lacks event 1: removed"),
        ((3,), "lacks event 3: removed"),
        ((5, 6), "lacks events 5 to 6: removed"),
        ((9,), "lacks event 9, which checkpoint 2 has: truncated"),
        ((7, 8, 9), "lacks events 7 to 9, which checkpoint 2 has: truncated"),
        (tuple(range(1, 10)), "lacks events 1 to 9, which checkpoint 2 has: all of it was removed"),
    ],
)
async def test_removed_events_are_found_and_named(
    trail: Trail, behind: Engine, seqs: tuple[int, ...], sentence: str
) -> None:
    """Taken out of the middle, cut off at the end, or all of an execution."""
    with around_triggers(behind) as connection:
        connection.execute(delete(EVENTS).where(EVENTS.c.execution_id == trail.long.id, EVENTS.c.seq.in_(seqs)))
    assert f"Execution {trail.long.id} {sentence}." in await trail.found()


def forged(connection: Connection, execution_id: str, seq: int, /, **values: Any) -> dict[str, Any]:
    """Return the row of an event with other values and the hash that belongs to them."""
    where = (EVENTS.c.execution_id == execution_id, EVENTS.c.seq == seq)
    record = dict(audit.event_record(connection.execute(audit.EVENTS.where(*where)).one()))  # type: ignore[arg-type]  # any row
    made = row_of(connection, execution_id, seq) | values
    record |= {name: made[name] for name in ("seq", "user_id", "prev_hash")} | {"payload": made["event_data"]}
    return made | {"hash": link(record)}


async def test_an_event_that_was_inserted_is_found_and_named(trail: Trail, behind: Engine) -> None:
    """One more at the end that fits the chain but was not there when the checkpoint was made."""
    with around_triggers(behind) as connection:
        last = row_of(connection, trail.short.id, 3)
        first_id = row_of(connection, trail.long.id, 1)["id"]
        taken = connection.execute(select(EVENTS.c.id)).scalars().all()
        # An id of an event that retention has let go is free, and below the checkpoint's last.
        free = next(one for one in range(first_id, max(taken)) if one not in taken)
        more = forged(connection, trail.short.id, 3, seq=4, prev_hash=last["hash"]) | {"id": free}
        connection.execute(insert(EVENTS).values(**more))
    findings = await trail.found()
    assert any(f"Event 4 of execution {trail.short.id} (id {free})" in one for one in findings)
    assert any("was inserted: it is under no checkpoint" in one for one in findings)


async def test_events_that_changed_places_are_found_and_named(trail: Trail, behind: Engine) -> None:
    """Each of the two is named, with the place it belongs to."""
    with around_triggers(behind) as connection:
        for seq, other in ((2, 99), (5, 2), (99, 5)):
            set_event(connection, trail.long.id, seq, seq=other)
    findings = await trail.found()
    for seq, home in ((2, 5), (5, 2)):
        sentence = f"was moved: it is event {home} of its execution."
        assert any(f"Event {seq} of execution {trail.long.id}" in one and one.endswith(sentence) for one in findings)


async def rewritten(trail: Trail, behind: Engine) -> list[dict[str, Any]]:
    """Have somebody change an event and compute the whole chain anew."""
    rows = []
    with around_triggers(behind) as connection:
        prev_hash = GENESIS
        for seq in range(1, 4):
            row = forged(connection, trail.short.id, seq, user_id="mallory", prev_hash=prev_hash)
            set_event(connection, trail.short.id, seq, **row)
            prev_hash = row["hash"]
            rows.append(row)
    return rows


async def test_a_chain_that_was_computed_anew_is_found(trail: Trail, behind: Engine) -> None:
    """The chain itself fits; the checkpoints have another head."""
    await rewritten(trail, behind)
    findings = await trail.found()
    assert any(
        f"Event 2 of execution {trail.short.id}" in one and "is another one than checkpoint 1 has" in one
        for one in findings
    )


async def test_heads_that_were_computed_anew_are_found(trail: Trail, behind: Engine) -> None:
    """Who makes the heads fit has other leaves than the checkpoint's root was made over."""
    rows = await rewritten(trail, behind)
    with behind.begin() as connection:
        for checkpoint, row in ((1, rows[1]), (2, rows[2])):
            where = (HEADS.c.execution_id == trail.short.id, HEADS.c.checkpoint == checkpoint)
            connection.execute(update(HEADS).where(*where).values(hash=row["hash"]))
    assert await trail.found() == [
        f"Checkpoint {seq} was made over other heads than those that are kept with it." for seq in (1, 2)
    ]


async def test_checkpoints_that_were_computed_anew_are_found(trail: Trail, behind: Engine) -> None:
    """Who makes everything in the database fit has neither the key nor what left the database."""
    rows = await rewritten(trail, behind)
    with behind.begin() as connection:
        prev_hash = GENESIS
        for seq, row in ((1, rows[1]), (2, rows[2])):
            where = (HEADS.c.execution_id == trail.short.id, HEADS.c.checkpoint == seq)
            connection.execute(update(HEADS).where(*where).values(hash=row["hash"]))
            prev_hash = _recompute(connection, seq, prev_hash)
    assert await trail.found() == []
    key = trail.key
    assert "Checkpoint 1 is not signed with the key that was named." in await trail.found(keys=[key])
    anchors = anchors_in(trail.kept, "the file")
    assert await trail.found(anchors=anchors) == [
        f"Checkpoint {seq} of the file is not in the record: it, or what it was made over, was replaced or removed."
        for seq in (1, 2)
    ]
    newest = list(anchors)[-1]
    assert len(await trail.found(anchors=anchors_in(f"{newest}\n", ""))) == 1
    with pytest.raises(RecordReplaced, match="Checkpoint 2 in the database is not the one in"):
        await trail.checkpoints.make()


def _recompute(connection: Connection, seq: int, prev_hash: str) -> str:
    """Make a checkpoint fit the heads that are there, unsigned."""
    found = connection.execute(
        select(HEADS).where(HEADS.c.checkpoint == seq).order_by(HEADS.c.execution_id, HEADS.c.id)
    ).all()
    heads = [
        {**one._mapping, "removed_at": one.removed_at and iso(one.removed_at)}  # noqa: SLF001 - SQLAlchemy's public name
        for one in found
    ]
    row = dict(connection.execute(select(CHECKPOINTS).where(CHECKPOINTS.c.seq == seq)).one()._mapping)  # noqa: SLF001
    row |= {"merkle_root": MerkleTree([leaf(head) for head in heads]).root, "prev_hash": prev_hash}
    row |= {"key_id": None, "signature": None}
    made = {name: value for name, value in row.items() if name != "id"} | {"created_at": iso(row["created_at"])}
    row["hash"] = checkpoint_hash(made)
    connection.execute(update(CHECKPOINTS).where(CHECKPOINTS.c.seq == seq).values(**row))
    return str(row["hash"])


OTHER_CHECKPOINT: dict[str, Any] = {
    "seq": 7,
    "first_event_id": 2,
    "last_event_id": 9999,
    "event_count": 1,
    "size": 1,
    "merkle_root": OTHER_HASH,
    "prev_hash": OTHER_HASH,
    "hash": OTHER_HASH,
    "key_id": None,
    "signature": "A" * 86 + "==",
    "created_at": START - timedelta(days=1),
}


@pytest.mark.parametrize("column", OTHER_CHECKPOINT)
async def test_a_changed_checkpoint_is_found_and_named(trail: Trail, behind: Engine, column: str) -> None:
    """Every column of a checkpoint is under its hash or its signature."""
    for seq in (1, 2):
        with behind.begin() as connection:
            where = CHECKPOINTS.c.seq == seq
            before = dict(connection.execute(select(CHECKPOINTS).where(where)).one()._mapping)  # noqa: SLF001
            connection.execute(update(CHECKPOINTS).where(where).values(**{column: OTHER_CHECKPOINT[column]}))
        findings = await trail.found()
        named = 7 if column == "seq" else seq
        assert any(one.startswith(f"Checkpoint {named} ") for one in findings), findings
        with behind.begin() as connection:
            connection.execute(update(CHECKPOINTS).where(CHECKPOINTS.c.id == before["id"]).values(**before))
    assert await trail.found() == []


async def test_a_removed_checkpoint_is_found(trail: Trail, behind: Engine) -> None:
    """The first is missed by the second; the last is missed by whoever kept it elsewhere."""
    anchors = anchors_in(trail.kept, "the file")
    with behind.begin() as connection:
        connection.execute(delete(CHECKPOINTS).where(CHECKPOINTS.c.seq == 2))
        connection.execute(delete(HEADS).where(HEADS.c.checkpoint == 2))
    lost = "of the file is not in the record: it, or what it was made over, was replaced or removed."
    assert f"Checkpoint 2 {lost}" in await trail.found(anchors=anchors)
    with behind.begin() as connection:
        connection.execute(delete(CHECKPOINTS))
    assert {f"Checkpoint {seq} {lost}" for seq in (1, 2)} <= set(await trail.found(anchors=anchors))


OTHER_HEAD: dict[str, Any] = {
    "checkpoint": 1,
    "seq": 1,
    "hash": OTHER_HASH,
    "ids": ids_text([1]),
    "removed_at": START,
}


@pytest.mark.parametrize("column", OTHER_HEAD)
async def test_a_changed_head_is_found(trail: Trail, behind: Engine, column: str) -> None:
    """Who changes what is kept of a chain's end, or says that retention let it go, changes what a root is over."""
    with behind.begin() as connection:
        where = (HEADS.c.execution_id == trail.short.id, HEADS.c.checkpoint == 2)
        assert connection.execute(update(HEADS).where(*where).values(**{column: OTHER_HEAD[column]})).rowcount == 1
    findings = await trail.found()
    assert "Checkpoint 2 was made over other heads than those that are kept with it." in findings


async def test_a_field_that_was_taken_out_without_a_word_is_found(trail: Trail, behind: Engine) -> None:
    """Who removes a field as a redaction would, but leaves no redaction, is found: the hash alone still fits."""
    with around_triggers(behind) as connection:
        row = row_of(connection, trail.short.id, 1)
        message, salts = row["event_data"]["message"], row["salts"]
        sealed = message | {"text": {"sealed": digest(salts["message.text"], message["text"])}}
        set_event(connection, trail.short.id, 1, event_data=row["event_data"] | {"message": sealed}, salts={})
    assert await trail.found() == [
        f"Event 1 of execution {trail.short.id} lacks its message.text, and no redaction says so: removed."
    ]


async def test_what_is_redacted_is_gone_and_the_rest_stays(trail: Trail, behind: Engine) -> None:
    """The words and their salt are in the database no more; who voted, and how, can still be read."""
    async with trail.database.read() as uow:
        events = await uow.events.of_execution(trail.long.id)
    vote = events[3]
    assert vote.payload["comment"].keys() == {"sealed"}
    assert vote.salts == {}
    assert vote.event.model_dump(include={"approved", "by", "comment"}) == {
        "approved": True,
        "by": "bob",
        "comment": "[redacted]",
    }
    with behind.connect() as connection:
        assert row_of(connection, trail.long.id, 4)["event_data"]["comment"] == vote.payload["comment"]


async def test_a_call_is_redacted_with_its_masked_form(trail: Trail) -> None:
    """What a tool was told stands twice in the record, and goes twice; what it answered likewise."""
    redactions = Redactions(storage=trail.database, clock=trail.clock)
    assert await redactions.redact(None, trail.long.id, 5, "input", reason="a key") == ("input", "input_masked")
    gone = await redactions.redact(None, trail.long.id, 6, "output", reason="a key")
    assert gone == ("output.output", "output_masked.output")
    checked, findings, _ = await trail.read()
    assert (findings, checked.redacted) == ([], 5)
    async with trail.database.read() as uow:
        assert all(row.event for row in await uow.events.of_execution(trail.long.id))


@pytest.mark.parametrize(
    ("seq", "field", "error"),
    [
        (4, "approved", InvalidInput),
        (4, "comment", InvalidInput),
        (9, "input", InvalidInput),
        (77, "text", UnknownEvent),
    ],
)
async def test_facts_and_redactions_cannot_be_redacted(
    trail: Trail, seq: int, field: str, error: type[Exception]
) -> None:
    """What was decided stays, what is gone is gone, a redaction stays, and an event has to be there."""
    redactions = Redactions(storage=trail.database, clock=trail.clock)
    with pytest.raises(error):
        await redactions.redact(None, trail.long.id, seq, field, reason="why not")
    with pytest.raises(InvalidInput, match="needs a reason"):
        await redactions.redact(None, trail.long.id, 1, "message", reason=" ")
    assert await trail.found() == []


async def test_only_admins_redact(trail: Trail, world: World) -> None:
    """A user, somebody shut out and somebody unknown are refused; an admin is named on the record."""
    redactions = Redactions(storage=trail.database, clock=trail.clock)
    shut_out = make_user("mallory", role="admin", is_active=False)
    async with trail.database.begin() as uow:
        await uow.users.add(shut_out)
        await uow.commit()
    for person in (world.alice, shut_out, make_user("nobody", role="admin")):
        with pytest.raises(AdminsOnly):
            await redactions.redact(person, trail.long.id, 1, "message", reason="please")
    await redactions.redact(world.bob, trail.long.id, 1, "message", reason="please")
    _, findings, notes = await trail.read()
    assert findings == []
    assert any(f'message.text redacted by {world.bob.id}, why: "please"' in note for note in notes)


async def test_since_looks_at_what_is_newer(trail: Trail, behind: Engine, world: World) -> None:
    """Executions with nothing newer than the checkpoint before are left out, those with something are read whole."""
    newer = make_execution(world.alice)
    async with trail.database.begin() as uow:
        await uow.executions.add(newer)
        await uow.events.append(newer.id, world.alice.id, make_event())
        await uow.commit()
    await trail.checkpoints.make()
    recently = trail.clock.now() - timedelta(minutes=1)
    checked, findings, _ = await trail.read(since=recently)
    assert (checked.events, checked.checkpoints, findings) == (1, 3, [])
    checked, findings, _ = await trail.read(since=START + timedelta(minutes=30))
    assert (checked.events, findings) == (13, [])
    async with trail.database.begin() as uow:
        await uow.events.append(trail.short.id, world.bob.id, make_event("under no checkpoint yet"))
        await uow.commit()
    later = trail.clock.now() + timedelta(minutes=1)
    checked, findings, _ = await trail.read(since=later)
    assert (checked.events, checked.unsealed, findings) == (4, 1, [])
    with around_triggers(behind) as connection:
        set_event(connection, trail.long.id, 1, user_id="mallory")
    assert await trail.found(since=recently) == []
    assert len(await trail.found(since=START + timedelta(minutes=30))) == 1


async def test_checkpoints_come_only_when_something_is_new(trail: Trail) -> None:
    """Asking again makes none, and shows the newest in every room once."""
    newest = await trail.checkpoints.make()
    assert newest is not None
    assert newest["seq"] == 2
    await trail.checkpoints.show()
    await trail.checkpoints.show()
    async with trail.database.read() as uow:
        due = await uow.notices.due(trail.clock.now(), limit=10)
        notice = await uow.notices.get(due[-1])
    assert notice is not None
    assert newest["hash"] in json.dumps(notice.payload)
    assert len(due) == 1


async def test_writers_that_race_never_fork_a_chain(
    database: Database, database_url: str, world: World, clock: FakeClock, tmp_path: Path
) -> None:
    """Events and checkpoints written at once through two connections of their own end in one chain each."""
    other = Database(database_url, masker=Masker(), clock=clock)
    translator = await asyncio.to_thread(Catalogues)
    desks = [
        Checkpoints(storage=one, clock=clock, translator=translator, file=DiskCheckpointFile(tmp_path / f"{number}"))
        for number, one in enumerate((database, other))
    ]

    async def write(number: int) -> None:
        async with (database, other)[number % 2].begin() as uow:
            await uow.events.append(world.execution.id, f"writer {number}", make_event(), make_event())
            await uow.commit()
        if number % 5 == 0:
            await desks[number % 2].make()

    await asyncio.gather(*(write(number) for number in range(20)))
    await desks[0].make()
    async with other.read() as uow:
        events = await uow.events.of_execution(world.execution.id)
        checkpoints = await uow.audit.checkpoints()
    await other.aclose()
    assert [event.seq for event in events] == list(range(1, 41))
    assert [one["seq"] for one in checkpoints] == list(range(1, len(checkpoints) + 1))
    findings: list[Finding] = []
    checked = await verify(database, Checker(findings.append, findings.append))
    assert (findings, checked.unsealed) == ([], 0)


async def test_checkpoints_are_handed_out_after_a_crash(trail: Trail) -> None:
    """What a crash kept from the file, or tore in it, is written the next time."""
    whole = anchors_in(trail.kept, "")
    tear(trail)
    assert len(anchors_in(trail.kept, "")) == 1
    await trail.checkpoints.make()
    assert anchors_in(trail.kept, "") == whole
    assert KEY not in trail.kept


def tear(trail: Trail) -> None:
    """Leave the last line of the file half written."""
    path = Path(trail.file.where)
    path.write_bytes(path.read_bytes()[:-300])
