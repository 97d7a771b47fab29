"""Every error of the driver becomes one of ours, with a reason that its reader can act on."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from core.domain.masking import Masker
from core.errors import DiskFull, Internal, RuleBroken, StorageError
from storage.backends import backend_of, sqlite
from storage.database import Database
from storage.migrate import current_and_head, migrate
from storage.migrations.initial import guards
from storage.schema import HEAD
from tests.clock import FakeClock
from tests.databases import MYSQL, POSTGRESQL, Server
from tests.storage_factory import make_user


def opened(url: str) -> Database:
    """Open a database without bringing it up to date."""
    return Database(url, masker=Masker(), clock=FakeClock())


async def add_alice(database: Database) -> None:
    """Store one person, and close the database whatever happens."""
    try:
        async with database.begin() as uow:
            await uow.users.add(make_user())
            await uow.commit()
    finally:
        await database.aclose()


def damage(file: Path) -> None:
    """Overwrite every page but the first."""
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Give the file of an empty database."""
    path = tmp_path / "skillwarden.db"
    await migrate(f"sqlite:///{path}")
    return path


async def test_a_full_disk_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file cannot grow, nothing is changed and the error says where space is needed."""
    pages = sqlite3.connect(file).execute("PRAGMA page_count").fetchone()[0]
    monkeypatch.setattr(sqlite, "WRITER_PRAGMAS", (*sqlite.WRITER_PRAGMAS, f"PRAGMA max_page_count={pages}"))
    database = opened(f"sqlite:///{file}")
    async with database.begin() as uow:
        for _ in range(200):
            await uow.users.add(make_user("a" * 200))
        with pytest.raises(DiskFull, match=r"skillwarden\.db"):
            await uow.commit()
    async with database.read() as uow:
        assert await uow.users.all() == ()
    await database.aclose()


async def test_a_database_that_cannot_be_written_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without permission to write, the error says whose permission is missing."""
    # Tests may run as root, who may write everything: SQLite is asked to refuse.
    monkeypatch.setattr(sqlite, "WRITER_PRAGMAS", ("PRAGMA query_only=ON",))
    with pytest.raises(StorageError, match="cannot be written; give the bot's user write permission"):
        await add_alice(opened(f"sqlite:///{file}"))


async def test_a_database_that_is_locked_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another program keeps writing, waiting ends and the error says why."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StorageError, match="another program is writing to"):
            await add_alice(opened(f"sqlite:///{file}"))
    finally:
        other.close()


async def test_after_a_lock_the_next_writer_succeeds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that has gone leaves no trace in the connection that met it."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.01)
    database = opened(f"sqlite:///{file}")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError):
        async with database.begin() as uow:
            await uow.users.all()
    other.close()
    await add_alice(database)


async def test_a_damaged_database_is_named(file: Path) -> None:
    """Pages that make no sense are reported as damage, never as an empty answer."""
    await add_alice(opened(f"sqlite:///{file}"))
    damage(file)
    database = opened(f"sqlite:///{file}")
    with pytest.raises(StorageError, match=r"is damaged .* put back a copy"):
        async with database.read() as uow:
            await uow.users.all()
    await database.aclose()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A file of something else is neither read nor overwritten."""
    path = tmp_path / "notes.txt"
    path.write_text("shopping list\n" * 100)
    for attempt in (add_alice(opened(f"sqlite:///{path}")), migrate(f"sqlite:///{path}")):
        with pytest.raises(StorageError, match=r"notes\.txt is not a database"):
            await attempt
    assert path.read_text() == "shopping list\n" * 100


async def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """A path into nowhere says what to look at."""
    with pytest.raises(StorageError, match="cannot be opened; check that its folder exists"):
        await migrate(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")


async def test_a_database_without_tables_is_named(tmp_path: Path) -> None:
    """What the driver says about a missing table is passed on."""
    with pytest.raises(StorageError, match="no such table: users"):
        await add_alice(opened(f"sqlite:///{tmp_path / 'empty.db'}"))


async def test_what_the_driver_does_not_explain_is_passed_on() -> None:
    """A result code nobody has thought of still becomes a StorageError."""
    odd = sqlite3.OperationalError("odd")
    odd.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    error = backend_of("sqlite:///x.db").error_of(OperationalError("SELECT 1", None, odd))
    assert str(error) == "The database could not be used: odd."
    assert isinstance(error, Internal)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC, "reading or writing x.db failed"),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, "another program is writing to x.db"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "x.db cannot be written"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "x.db cannot be opened"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "x.db is damaged"),
    ],
)
def test_extended_result_codes_mean_what_their_family_means(code: int, reason: str) -> None:
    """The details SQLite adds to a code do not change the sentence."""
    orig = sqlite3.OperationalError("detail")
    orig.sqlite_errorcode = code
    assert reason in str(backend_of("sqlite:///x.db").error_of(OperationalError("SELECT 1", None, orig)))


@pytest.mark.parametrize(
    ("state", "kind", "reason"),
    [
        ("53100", DiskFull, "127.0.0.1:5432/x"),
        ("53300", StorageError, "no more room for the bot"),
        ("25006", StorageError, "cannot be written"),
        ("40001", StorageError, "at the same moment; try again"),
        ("55P03", StorageError, "another program is writing to"),
        ("57P01", StorageError, "was ended by the server"),
        ("08006", StorageError, "was lost"),
        ("XX001", StorageError, "is damaged"),
        ("23505", RuleBroken, "a rule of its tables was broken"),
        ("22021", RuleBroken, "refused a value"),
        ("0A000", StorageError, "answered 0A000"),
    ],
)
def test_what_postgresql_says_is_named(state: str, kind: type[StorageError | DiskFull], reason: str) -> None:
    """Each kind of trouble has its sentence; what nobody has thought of is passed on by its number."""
    orig = Exception("with values of a row")
    orig.sqlstate = state  # type: ignore[attr-defined]  # as asyncpg's errors
    error = backend_of("postgresql://me@127.0.0.1:5432/x").error_of(OperationalError("SELECT 1", None, orig))
    assert type(error) is kind
    assert reason in str(error)
    assert "values of a row" not in str(error)


@pytest.mark.parametrize(
    ("number", "kind", "reason"),
    [
        (1021, DiskFull, "127.0.0.1:3306/x"),
        (1114, DiskFull, "127.0.0.1:3306/x"),
        (1040, StorageError, "no more connections"),
        (1290, StorageError, "its server is read-only"),
        (1205, StorageError, "another program is writing to"),
        (1213, StorageError, "at the same moment; try again"),
        (2013, StorageError, "was lost"),
        (1062, RuleBroken, "a rule of its tables was broken"),
        (1366, RuleBroken, "a rule of its tables was broken"),
        (1999, StorageError, "answered 1999"),
    ],
)
def test_what_mysql_says_is_named(number: int, kind: type[StorageError | DiskFull], reason: str) -> None:
    """The same on the other server."""
    orig = Exception(number, "with values of a row")
    error = backend_of("mysql://me@127.0.0.1:3306/x").error_of(OperationalError("SELECT 1", None, orig))
    assert type(error) is kind
    assert reason in str(error)
    assert "values of a row" not in str(error)


async def test_a_server_that_may_only_be_read_is_named() -> None:
    """A copy, or a server in maintenance: nothing is stored, and the error says what it is."""
    url = await POSTGRESQL.shared()
    with POSTGRESQL.engine(url).begin() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        with pytest.raises(StorageError, match="cannot be written; it is a copy, or its disk is read-only"):
            await add_alice(opened(url))
    finally:
        engine = POSTGRESQL.engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ WRITE")
            connection.exec_driver_sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "its URL cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("oracle://me:hunter2@host/db", "oracle is not supported"),
        ("postgresql://me:hunter2@host", "names no database"),
        ("postgresql://me:hunter2@host/db?colour=red", "has the option colour, which is not known"),
        ("mysql://me:hunter2@host", "names no database"),
    ],
)
async def test_a_url_that_cannot_be_used_is_refused(url: str, reason: str) -> None:
    """A URL is refused before anything is opened, and a password in it is not repeated."""
    for attempt in (lambda: migrate(url), lambda: current_and_head(url)):
        with pytest.raises(StorageError, match=reason) as caught:
            await attempt()
        assert "hunter2" not in str(caught.value)
    with pytest.raises(StorageError, match=reason):
        opened(url)


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
async def test_a_server_that_does_not_answer_is_named(kind: str) -> None:
    """The error says where the bot tried, and what to look at; never the password."""
    url = f"{kind}://me:hunter2@127.0.0.1:9/skillwarden"
    database = await asyncio.to_thread(opened, url)
    for attempt in (migrate(url), add_alice(database)):
        with pytest.raises(StorageError, match=r"127\.0\.0\.1:9/skillwarden does not answer") as caught:
            await attempt
        assert "hunter2" not in str(caught.value)
        assert caught.value.recoverable


@pytest.mark.parametrize("server", [POSTGRESQL, MYSQL], ids=["postgresql", "mysql"])
async def test_a_database_that_does_not_exist_is_named(server: Server) -> None:
    """The error says what to create."""
    url = server.create() + "_nowhere"
    with pytest.raises(StorageError, match="_nowhere does not exist; create it"):
        await migrate(url)


@pytest.mark.parametrize("server", [POSTGRESQL, MYSQL], ids=["postgresql", "mysql"])
async def test_the_tables_of_another_program_are_left_alone(server: Server) -> None:
    """A database that somebody else uses is refused, and nothing is added to it."""
    url = server.create()
    with server.engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE photos (id INTEGER)")
    with pytest.raises(StorageError, match="holds the tables of another program"):
        await migrate(url)
    assert inspect(server.engine(url)).get_table_names() == ["photos"]


@pytest.mark.parametrize("server", [POSTGRESQL, MYSQL], ids=["postgresql", "mysql"])
async def test_a_creation_that_fails_leaves_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next start begins anew, also where each statement is committed by itself."""
    url = server.create()
    monkeypatch.setattr(guards, "statements", lambda _: ["CREATE NONSENSE"])
    with pytest.raises(StorageError):
        await migrate(url)
    assert inspect(server.engine(url)).get_table_names() == []
    monkeypatch.undo()
    await migrate(url)
    assert await current_and_head(url) == (HEAD, HEAD)
