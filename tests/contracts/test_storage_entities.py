"""What goes into the storage comes out the same: every entity, every field."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import StatementError

from core.domain.approvals import ApprovalRequest
from core.domain.base import Domain
from core.domain.plans import RiskLevel
from core.domain.users import User
from core.ports import Storage
from tests.clock import START
from tests.contracts.storage_cases import CASES, Case
from tests.storage_factory import (
    World,
    make_api_token,
    make_approval,
    make_artifact,
    make_chat_action,
    make_delegation,
    make_drift,
    make_execution,
    make_freeze,
    make_identity,
    make_inbox_item,
    make_message,
    make_notice,
    make_policy_version,
    make_prompt,
    make_provider,
    make_skill,
    make_target,
    make_user,
    make_version,
    make_vote,
    make_world,
)

#: Fields that a plain value leaves empty, so that both sides of every option are stored once.
PLAIN: dict[str, Any] = {
    "user": lambda world: make_user(),
    "api token": lambda world: make_api_token(world.bob),
    "delegation": lambda world: make_delegation(world.bob),
    "drift": lambda world: make_drift(world.target),
    "freeze": lambda world: make_freeze(world.bob),
    "policy version": lambda world: make_policy_version(),
    "skill": lambda world: make_skill(world.alice, "docx"),
    "provider": lambda world: make_provider(world.alice),
    "skill version": lambda world: make_version(world.skill),
    "execution": lambda world: make_execution(world.alice),
    "request": lambda world: make_approval(make_execution(world.alice), execution_id=None),
    "chat action": lambda world: make_chat_action(world.execution),
    "notice": lambda world: make_notice(world.execution, execution_id=None, conversation=None),
    "prompt": lambda world: make_prompt(world.execution, user_id=None),
    "inbox item": lambda world: make_inbox_item(),
    "vote": lambda world: make_vote(world.request, world.bob, comment=None),
    "artifact": lambda world: make_artifact(world.execution, tags=None, mime_type=None, checksum=None),
}


async def stored(database: Storage, case: Case, value: Domain) -> object:
    """Store ``value``, and read it in another transaction."""
    async with database.begin() as uow:
        await case.add(uow, value)
        await uow.commit()
    async with database.read() as uow:
        return await case.find(uow, value)


@pytest.mark.parametrize("name", CASES)
async def test_every_field_comes_back_as_it_was_written(database: Storage, world: World, name: str) -> None:
    """A stored value equals the one that is read in a later transaction."""
    value = CASES[name].build(world)
    assert await stored(database, CASES[name], value) == value


@pytest.mark.parametrize("name", CASES)
def test_the_cases_set_every_field(name: str) -> None:
    """A field that no case sets could get lost unnoticed."""
    unset = {field for field, value in CASES[name].build(make_world()) if value is None}
    # Two exist only where another run or another entity is the parent; what has ended is found no more.
    assert unset <= {"parent_run_id", "run_id", "ended_at"}


@pytest.mark.parametrize("name", PLAIN)
async def test_empty_fields_come_back_empty(database: Storage, world: World, name: str) -> None:
    """None is stored as NULL and read as None, never as the text "null"."""
    value = PLAIN[name](world)
    assert await stored(database, CASES[name], value) == value


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.update])
async def test_an_update_writes_every_field(database: Storage, world: World, name: str) -> None:
    """A stored value that is replaced by one with other fields equals the replacement."""
    case = CASES[name]
    full = case.build(world)
    plain = PLAIN.get(name, CASES[name].build)(world)
    keep = {"status", "result", "revision", "fence"} & set(type(full).model_fields)
    if name == "inbox item":
        keep = set()  # only one that is pending is written
    plain = plain.evolve(**{field: getattr(full, field) for field in keep})
    async with database.begin() as uow:
        await case.add(uow, plain)
        assert case.update is not None
        await case.update(uow, full.evolve(id=plain.id))
        await uow.commit()
    async with database.read() as uow:
        assert await case.find(uow, full.evolve(id=plain.id)) == full.evolve(id=plain.id)


@pytest.mark.parametrize(
    "name",
    [name for name in CASES if name not in {"identity", "delegation", "freeze", "transition", "vote", "artifact"}],
)
async def test_what_is_not_there_is_none(database: Storage, world: World, name: str) -> None:
    """Looking for a value that was never stored finds None."""
    value = CASES[name].build(world)
    if name == "target":
        value = value.evolve(id=str(uuid.uuid4()))
    if name == "chat action":
        value = value.evolve(execution_id=str(uuid.uuid4()))
    async with database.read() as uow:
        assert await CASES[name].find(uow, value) is None


async def test_a_moment_of_another_zone_is_the_same_moment(database: Storage) -> None:
    """Moments are stored in UTC, whatever zone they were written in, to the microsecond."""
    seoul = timezone(timedelta(hours=9))
    moment = datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=seoul)
    user = make_user(created_at=moment)
    found = await stored(database, CASES["user"], user)
    assert found == user
    assert isinstance(found, User)
    assert found.created_at.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(database: Storage) -> None:
    """A moment without a zone could mean any moment of a day, and is never written."""
    async with database.begin() as uow:
        with pytest.raises(StatementError, match="no time zone"):
            await uow.approvals.pending(datetime(2026, 11, 21, 6, 30))  # noqa: DTZ001 - the mistake under test


async def test_text_that_no_database_can_hold_is_replaced(database: Storage, world: World) -> None:
    """Half a surrogate pair and NUL, which platforms deliver, neither fail nor come back."""
    execution = make_execution(world.alice, input_text="a\ud83db\x00c", metadata={"\x00": ["\udc00"]})
    found = await stored(database, CASES["execution"], execution)
    assert found == execution.evolve(input_text="a\ufffdb\ufffdc", metadata={"\ufffd": ["\ufffd"]})


async def test_text_of_every_script_comes_back(database: Storage, world: World) -> None:
    """Characters of four bytes too, in text, in JSON, as its keys, and beside others they must not be taken for."""
    said = "\U0001f680 \U0001f469\u200d\U0001f4bb \U00020bb7 \u00e9 e\u0301 \ud55c\uad6d\uc5b4 \u0639"
    one = make_execution(world.alice, input_text=said, prompt=said, metadata={said: [said]})
    assert await stored(database, CASES["execution"], one) == one
    for name in ("\U0001f680", "\U0001f681", "a", "\u00e4"):
        async with database.begin() as uow:
            await uow.users.add(make_user(name, email=f"{name}@example.test"))
            await uow.commit()
        async with database.read() as uow:
            found = await uow.users.by_name(name)
        assert found is not None
        assert found.name == name


async def test_a_message_of_a_megabyte_is_stored_whole(database: Storage, world: World) -> None:
    """In four-byte characters, as the delivery that waits and as what was asked."""
    long = "\U0001f680" * (1 << 18)
    item = make_inbox_item(make_message(long))
    async with database.begin() as uow:
        await uow.inbox.add(item)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.inbox.get(item.id) == item
    execution = make_execution(world.alice, input_text=long, prompt=long)
    assert await stored(database, CASES["execution"], execution) == execution


async def test_a_title_that_grows_by_masking_still_fits(database: Storage, world: World) -> None:
    """Masking can make text longer than its column; what is stored can be read again."""
    title = "ghp_" + "a" * 20 + " password=abcd" * 16
    request = make_approval(make_execution(world.alice), execution_id=None, title=title[:255])
    found = await stored(database, CASES["request"], request)
    assert isinstance(found, ApprovalRequest)
    assert len(found.title) <= 255
    assert "aaaa" not in found.title


async def test_ids_are_uuids(database: Storage, world: World, behind: Engine) -> None:
    """Every id column of every row that a request leaves holds a UUID."""
    async with database.begin() as uow:
        for name, case in CASES.items():
            if name not in {"user", "skill", "provider", "target"}:
                await case.add(uow, case.build(world))
        await uow.commit()
    seen = 0
    with behind.connect() as connection:
        for table in inspect(connection).get_table_names():
            keys = [column["name"] for column in inspect(connection).get_columns(table) if column["name"] == "id"]
            for (value,) in connection.execute(text(f"SELECT id FROM {table}")) if keys else ():  # noqa: S608 - ours
                assert str(uuid.UUID(str(value))) == str(value)  # PostgreSQL has a type for it
                seen += 1
    assert seen > 15


async def test_columns_are_lower_case_and_events_keep_their_casing(
    database: Storage, world: World, behind: Engine
) -> None:
    """A risk level is ``write`` in its column and ``Write`` in the domain; statuses are lower-case in both."""
    with behind.connect() as connection:
        row = connection.execute(text("SELECT risk_level, status, agent_type FROM hitl_requests")).one()
        action = connection.execute(text("SELECT risk_level FROM chat_actions")).scalar_one()
    assert (*row, action) == ("write", "pending", "chatops", "write")
    async with database.read() as uow:
        found = await uow.approvals.get(world.request.id)
    assert found is not None
    assert found.risk_level is RiskLevel.WRITE


async def test_the_view_shows_every_approval(world: World, behind: Engine) -> None:
    """``approval_requests`` shows what ``hitl_requests`` holds, column by column."""
    with behind.connect() as connection:
        table = {column["name"] for column in inspect(connection).get_columns("hitl_requests")}
        row = connection.execute(text("SELECT * FROM approval_requests")).one()
    assert set(row._fields) == table
    assert str(row.id) == world.request.id


async def test_people_are_found_whatever_the_case(database: Storage) -> None:
    """Names and addresses ignore case and the way a letter is composed; an address comes before a name."""
    mina, bob = make_user("Möna"), make_user("Bob")
    impostor = make_user(bob.email.upper())
    async with database.begin() as uow:
        for person in (impostor, mina, bob):
            await uow.users.add(person)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.users.by_name("MO\u0308NA") == mina
        assert await uow.users.by_name(bob.email.title()) == bob
        assert await uow.users.by_name("carol") is None
        assert await uow.users.all() == (mina, bob, impostor)


async def test_a_person_is_found_by_each_account(database: Storage, world: World) -> None:
    """Two accounts of one person lead to the same user; the same id in another workspace is somebody else."""
    slack = make_identity(world.bob, channel="slack", workspace_id="T1", external_id="U1")
    telegram = make_identity(world.bob, channel="telegram", external_id="U1")
    async with database.begin() as uow:
        await uow.users.add_identity(slack)
        await uow.users.add_identity(telegram)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.users.by_identity("slack", "T1", "U1") == world.bob
        assert await uow.users.by_identity("telegram", "", "U1") == world.bob
        assert await uow.users.by_identity("slack", "T2", "U1") is None
        assert await uow.users.identities(world.bob.id) == (slack, telegram)


async def test_an_account_that_is_removed_is_nobodys(database: Storage, world: World) -> None:
    """Removing an account leaves the person and their other accounts; it can be somebody else's then."""
    slack = make_identity(world.bob, channel="slack", workspace_id="T1", external_id="U1")
    other = make_identity(world.bob, channel="slack", workspace_id="T2", external_id="U1")
    async with database.begin() as uow:
        await uow.users.add_identity(slack)
        await uow.users.add_identity(other)
        await uow.users.remove_identity(slack.id)
        await uow.commit()
    async with database.begin() as uow:
        assert await uow.users.by_identity("slack", "T1", "U1") is None
        assert await uow.users.by_identity("slack", "T2", "U1") == world.bob
        assert await uow.users.identities(world.bob.id) == (other,)
        await uow.users.remove_identity(slack.id)
        again = make_identity(world.alice, channel="slack", workspace_id="T1", external_id="U1")
        await uow.users.add_identity(again)
        assert await uow.users.by_identity("slack", "T1", "U1") == world.alice


async def test_what_a_person_owns_is_listed_oldest_first(database: Storage, world: World) -> None:
    """Archived skills have an owner too; other people's skills do not come."""
    newer = make_skill(world.bob, "zip", created_at=START + timedelta(days=1))
    archived = make_skill(world.bob, "old", is_archived=True)
    async with database.begin() as uow:
        for skill in (newer, archived, make_skill(world.alice, "docx")):
            await uow.skills.add(skill)
        await uow.commit()
    async with database.read() as uow:
        mine = await uow.skills.owned_by(world.bob.id)
        assert [skill.name for skill in mine if skill.name in {"zip", "old"}] == ["old", "zip"]
        assert {skill.owner_id for skill in mine} == {world.bob.id}
        assert await uow.skills.owned_by("nobody") == ()


async def test_the_catalogue_is_sorted_and_hides_what_is_archived(database: Storage, world: World) -> None:
    """``all`` and ``names`` leave archived skills out, ``by_name`` finds them."""
    old, late = make_skill(world.alice, "a-old", is_archived=True), make_skill(world.alice, "a-b")
    async with database.begin() as uow:
        await uow.skills.add(late)
        await uow.skills.add(old)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.skills.all() == (late, world.skill)
        assert await uow.skills.names() == ("a-b", "pdf")
        assert await uow.skills.by_name("a-old") == old
        assert await uow.skills.by_name("A-old") is None


async def test_providers_are_sorted_by_display_name(database: Storage, world: World) -> None:
    """Upper and lower case sort alike."""
    beta, alpha = make_provider(world.alice, display_name="beta"), make_provider(world.alice, display_name="Alpha")
    async with database.begin() as uow:
        await uow.providers.add(beta)
        await uow.providers.add(alpha)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.providers.all() == (alpha, beta, world.provider)


async def test_a_target_is_found_by_its_pair(database: Storage, world: World) -> None:
    """A skill and a provider have one target."""
    other = make_skill(world.alice, "docx")
    target = make_target(other, world.provider)
    async with database.begin() as uow:
        await uow.skills.add(other)
        await uow.targets.add(target)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.targets.by_pair(other.id, world.provider.id) == target
        assert await uow.targets.by_pair(world.provider.id, other.id) is None
        assert await uow.targets.all() == (world.target, target)


async def test_a_target_changes_only_from_the_expected_status(database: Storage, world: World) -> None:
    """The second of two swaps from the same status changes nothing."""
    async with database.begin() as uow:
        assert await uow.targets.update(world.target.evolve(status="syncing"), expected="idle")
        assert not await uow.targets.update(world.target.evolve(status="failed"), expected="idle")
        found = await uow.targets.get(world.target.id)
    assert found is not None
    assert found.status == "syncing"


async def test_a_row_that_breaks_the_domain_is_not_handed_out(database: Storage, world: World, behind: Engine) -> None:
    """Rows are validated when they are read: a database edited by hand cannot smuggle in an impossible value."""
    with behind.begin() as connection:
        connection.execute(text("UPDATE chat_actions SET resolved_action = :action"), {"action": '{"intent": "dance"}'})
    async with database.read() as uow:
        with pytest.raises(ValueError, match="dance"):
            await uow.chat_actions.of_execution(world.execution.id)


async def test_a_moment_that_is_given_stands(database: Storage, world: World, behind: Engine) -> None:
    """``updated_at`` is what the program says, even the same moment again; who leaves it out gets the present one."""
    touched = "UPDATE providers SET display_name = :name WHERE id = :id"
    async with database.begin() as uow:
        read = await uow.providers.get(world.provider.id)
        assert read is not None
        await uow.providers.update(read.evolve(display_name="Claude 1"))
        await uow.providers.update(read.evolve(display_name="Claude 2"))
        await uow.commit()
    async with database.read() as uow:
        same = await uow.providers.get(world.provider.id)
    with behind.begin() as connection:
        connection.execute(text(touched), {"name": "Claude 3", "id": world.provider.id})
    async with database.read() as uow:
        later = await uow.providers.get(world.provider.id)
    assert same is not None
    assert later is not None
    assert same.updated_at == world.provider.updated_at != later.updated_at


async def test_the_same_content_of_a_skill_is_known_once(database: Storage, world: World) -> None:
    """Another commit with the same content is another version; content that no commit has is known once too."""
    one = make_version(world.skill, commit_sha="a" * 40)
    two = make_version(world.skill, commit_sha="b" * 40, created_at=START + timedelta(seconds=1))
    edited = make_version(world.skill, digest="e" * 64, created_at=START + timedelta(seconds=2))
    async with database.begin() as uow:
        added = [await uow.versions.add(version) for version in (one, two, edited)]
        await uow.commit()
    async with database.begin() as uow:
        again = [await uow.versions.add(version.evolve(id=world.skill.id)) for version in (one, two, edited)]
        await uow.commit()
    assert (added, again) == ([True] * 3, [False] * 3)
    async with database.read() as uow:
        assert await uow.versions.of_skill(world.skill.id) == (one, two, edited)
        assert await uow.versions.of(world.skill.id, one.digest) == one
        assert await uow.versions.of(world.skill.id, "f" * 64) is None
        assert await uow.versions.of(world.provider.id, one.digest) is None
