"""Databases whose creation is under way or was interrupted, which shows where every CREATE is committed by itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from bot.cli_doctor import examine
from bot.doctor.findings import Verdict
from bot.home import Home
from core.errors import StorageError
from storage.backends.mysql import Mysql
from storage.migrate import UNFINISHED, current_and_head, migrate, statements
from storage.schema import HEAD, VERSION, create_schema
from tests.clock import FakeClock
from tests.databases import BACKENDS, MYSQL, empty_database, table, way_behind
from tests.storage_factory import fresh_id

LOCK = "concat('skillwarden:', database())"
SOME = SQLModel.metadata.sorted_tables[:10]


def prepare(url: str, made: Callable[[Connection], None]) -> None:
    """Leave what ``made`` makes in the database at ``url``."""
    with way_behind(url).begin() as connection:
        made(connection)


def some_tables(connection: Connection) -> None:
    """Create what a creation has made that came to its tenth table."""
    SQLModel.metadata.create_all(connection, tables=SOME)


def finish(connection: Connection) -> None:
    """Create all of it."""
    SQLModel.metadata.drop_all(connection)
    create_schema(connection)
    connection.commit()


def all_but_the_revision(connection: Connection) -> None:
    """Create what a creation has made that came to its last statement."""
    create_schema(connection)
    connection.execute(VERSION.delete())


def add_a_person(connection: Connection) -> None:
    """Store what nobody wants to lose."""
    values = {"id": fresh_id(), "email": "alice@example.test", "name": "alice"}
    connection.execute(table("users").insert().values(values))


@pytest.mark.parametrize("made", [some_tables, all_but_the_revision])
async def test_a_creation_that_was_killed_is_begun_anew(made: Callable[[Connection], None]) -> None:
    """Its tables are recognised, and as nothing is in them yet they make room for new ones."""
    url = MYSQL.create()
    await asyncio.to_thread(prepare, url, made)
    assert await current_and_head(url) == (UNFINISHED, HEAD)
    with pytest.raises(StorageError, match=r'but no revision.*run "skillwarden migrate"'):
        await statements(url)
    await migrate(url)
    assert await current_and_head(url) == (HEAD, HEAD)


async def test_the_doctor_says_that_a_creation_was_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not blame another program, and names the command that helps."""
    url = MYSQL.create()
    await asyncio.to_thread(prepare, url, some_tables)
    monkeypatch.setenv("DATABASE_URL", url)
    found = await examine(Home(tmp_path), None, demo=False, clock=FakeClock())
    (finding,) = (finding for finding in found if finding.check == "database")
    assert finding.verdict is Verdict.PROBLEM
    assert "has tables of Skillwarden but no revision" in finding.found
    assert "skillwarden migrate" in finding.advice


@pytest.mark.parametrize("backend", BACKENDS)
async def test_rows_without_a_revision_are_left_alone(backend: str, tmp_path: Path) -> None:
    """Nobody drops what people have stored: the sentence says what is missing and what to do."""
    url = empty_database(backend, tmp_path)
    await migrate(url)
    with way_behind(url).begin() as connection:
        add_a_person(connection)
        connection.execute(VERSION.delete())
    with pytest.raises(StorageError, match=r"was interrupted.*put back a copy of it, or choose an empty one"):
        await migrate(url)
    with way_behind(url).connect() as connection:
        assert connection.execute(table("users").select()).all()


async def test_tables_of_the_same_names_are_left_alone() -> None:
    """An empty table of another program that is called like one of ours has other columns, and stays."""
    url = MYSQL.create()
    with MYSQL.engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER)")
    with pytest.raises(StorageError, match="holds the tables of another program"):
        await migrate(url)
    assert inspect(MYSQL.engine(url)).get_table_names() == ["users"]


async def test_the_revision_of_another_program_is_left_alone() -> None:
    """Whoever uses Alembic too, and has made no tables yet, keeps what it says about them."""
    url = MYSQL.create()
    with MYSQL.engine(url).begin() as connection:
        VERSION.create(connection)
        connection.execute(VERSION.insert().values(version_num="ae1027a6acf"))
    with pytest.raises(StorageError, match=r"was interrupted"):
        await migrate(url)
    assert inspect(MYSQL.engine(url)).get_table_names() == [VERSION.name]


async def test_who_comes_while_the_tables_are_made_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two first starts sees half a schema, waits for the first one, and finds everything done."""
    url = MYSQL.create()
    waits = threading.Event()
    wait_for_the_lock = Mysql.before_migrating

    def seen(self: Mysql, connection: Connection) -> None:
        waits.set()
        wait_for_the_lock(self, connection)

    monkeypatch.setattr(Mysql, "before_migrating", seen)
    with MYSQL.engine(url).connect() as first:
        first.exec_driver_sql(f"SELECT GET_LOCK({LOCK}, 0)")
        some_tables(first)
        second = asyncio.create_task(migrate(url))
        looked = asyncio.create_task(asyncio.to_thread(waits.wait))
        await asyncio.wait({second, looked}, return_when=asyncio.FIRST_COMPLETED)
        waits.set()
        await asyncio.to_thread(finish, first)
        first.exec_driver_sql(f"SELECT RELEASE_LOCK({LOCK})")
        await second
    assert await current_and_head(url) == (HEAD, HEAD)


async def test_nothing_is_logged_of_a_creation(caplog: pytest.LogCaptureFixture) -> None:
    """What the driver would log, a remark about the name of a key, says nothing to who waits for the tables."""
    url = MYSQL.create()
    await asyncio.to_thread(prepare, url, some_tables)
    await migrate(url)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("asyncmy")] == []
