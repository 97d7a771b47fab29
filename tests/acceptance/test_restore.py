"""A backup is restored: into nothing, whole, and only when its record verifies."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli_restore import restored
from core.errors import InvalidSetting, RecordBroken, StorageError
from tests.acceptance.program import demo, skillwarden
from tests.databases import MYSQL, POSTGRESQL, way_behind
from tests.migration.releasing import RELEASED

pytestmark = pytest.mark.timeout(90)

INSTALLED = "install skill pdf on claude\n/as bob\n/press 1\n"


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the backup of a demo in which something was installed."""
    folder = tmp_path_factory.mktemp("backed-up")
    demo(folder, INSTALLED)
    done = skillwarden("backup", str(folder / "copy"), "--demo", "--home", str(folder / "demo"), home=folder)
    assert done.returncode == 0, done.stderr
    return folder / "copy"


@pytest.fixture
def copy(backed_up: Path, tmp_path: Path) -> Path:
    """Give a backup of one's own."""
    return shutil.copytree(backed_up, tmp_path / "copy")


def test_a_restored_home_goes_on_where_it_was(copy: Path, tmp_path: Path) -> None:
    """The record verifies, what was installed is known, and nothing that is there is written over."""
    new = tmp_path / "new"
    done = skillwarden("restore", str(copy), "--demo", "--home", str(new), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything fits" in done.stdout
    assert {path.name for path in (new / "artifacts").rglob("*")} == {
        path.name for path in (copy / "artifacts").rglob("*")
    }
    shown = skillwarden("console", "--demo", "--home", str(new), home=tmp_path, lines="history\n")
    assert "Install pdf on Claude" in shown.stdout
    with pytest.raises(InvalidSetting, match="is there already"):
        restored(copy, new, None, demo=True)


def test_a_record_that_was_touched_is_not_restored(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is named, and the home has as little as before."""
    with closing(sqlite3.connect(copy / "skillwarden.db")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE execution_events SET user_id = 'somebody else' WHERE seq = 1")
        database.commit()
    with pytest.raises(RecordBroken):
        restored(copy, tmp_path / "new", None, demo=True)
    assert capsys.readouterr().out
    assert not (tmp_path / "new/skillwarden.db").exists()
    assert list((tmp_path / "new/artifacts").iterdir()) == []


@pytest.mark.parametrize("wrong", ["nothing", "damaged", "no database"])
def test_what_is_no_backup_is_refused(copy: Path, tmp_path: Path, wrong: str) -> None:
    """An empty folder, a file that is cut off, a file that is something else."""
    match wrong:
        case "nothing":
            (copy / "skillwarden.db").unlink()
        case "damaged":
            os.truncate(copy / "skillwarden.db", 20_000)
        case _:
            (copy / "skillwarden.db").write_text("hello")
    with pytest.raises((InvalidSetting, StorageError)):
        restored(copy, tmp_path / "new", None, demo=True)
    assert not (tmp_path / "new/skillwarden.db").exists()


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_what_a_lost_database_left_behind_is_not_played_into_the_restored_one(
    copy: Path, tmp_path: Path, left: str
) -> None:
    """SQLite would take it for the end of the new file: the restore is refused, and names it."""
    (tmp_path / "new").mkdir()
    (tmp_path / f"new/skillwarden.db{left}").write_bytes(b"of another database")
    with pytest.raises(InvalidSetting, match=f"skillwarden.db{left}"):
        restored(copy, tmp_path / "new", None, demo=True)
    assert not (tmp_path / "new/skillwarden.db").exists()


def test_settings_that_are_there_stay(copy: Path, tmp_path: Path) -> None:
    """Who has run init before keeps what it wrote; else those of the backup come along."""
    (copy / "config.toml").write_text('language = "ko"\n')
    restored(copy, tmp_path / "new", None, demo=True)
    assert (tmp_path / "new/config.toml").read_text() == 'language = "ko"\n'
    (tmp_path / "own").mkdir()
    (tmp_path / "own/config.toml").write_text('language = "en"\n')
    restored(copy, tmp_path / "own", None, demo=True)
    assert (tmp_path / "own/config.toml").read_text() == 'language = "en"\n'


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every release that there was."""
    for file in sorted(RELEASED.glob("*.sql")):
        old = tmp_path / file.stem
        old.mkdir()
        with closing(sqlite3.connect(old / "skillwarden.db")) as database:
            database.executescript(file.read_text())
        restored(old, tmp_path / f"{file.stem}-new", None, demo=True)
        assert "everything fits" in capsys.readouterr().out


@pytest.mark.parametrize("backend", ["postgresql", "mysql"])
def test_a_dump_of_a_server_is_restored_by_its_own_tools(tmp_path: Path, backend: str) -> None:
    """As docs/operations.md says; the triggers come along, and the record verifies."""
    server = POSTGRESQL if backend == "postgresql" else MYSQL
    tool = "pg_dump" if backend == "postgresql" else "mariadb-dump"
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    old, new = server.create(), server.create()
    home = tmp_path / "home"
    added = skillwarden("users", "add", "Mina", "--role", "admin", "--home", str(home), home=tmp_path, DATABASE_URL=old)
    assert added.returncode == 0, added.stderr
    here, there = make_url(old), make_url(new)
    dump = tmp_path / "dump"
    if backend == "postgresql":
        subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", old], check=True)
        subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={new}", dump], check=True)
    else:
        login = [f"--host={here.host}", f"--port={here.port or 3306}", f"--user={here.username}"]
        with dump.open("wb") as file:
            subprocess.run(
                ["mariadb-dump", *login, "--single-transaction", "--triggers", str(here.database)],
                check=True,
                stdout=file,
            )
        with dump.open("rb") as file:
            subprocess.run(["mariadb", *login, str(there.database)], check=True, stdin=file)
    checked = skillwarden("audit", "verify", "--home", str(home), home=tmp_path, DATABASE_URL=new)
    assert (checked.returncode, "everything fits" in checked.stdout) == (0, True), checked.stderr
    with way_behind(new).connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM users").scalars().all() == ["Mina"]
