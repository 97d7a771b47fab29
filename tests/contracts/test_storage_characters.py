"""How MySQL keeps text: every script, compared byte by byte, however the tables were made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli_doctor import examine
from bot.cli_reports import migrated
from bot.doctor.findings import Finding, Verdict
from bot.home import Home
from core.errors import StorageError
from storage.migrate import migrate, statements
from tests.clock import FakeClock
from tests.databases import MYSQL, query

KEPT_AS = """\
SELECT DISTINCT collation_name AS name FROM information_schema.columns
WHERE table_schema = database() AND collation_name IS NOT NULL"""


def in_latin1() -> str:
    """Return the URL of a new database of a server that was set up long ago."""
    url = MYSQL.create()
    with MYSQL.engine(url).begin() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {make_url(url).database} CHARACTER SET latin1")
    return url


def run(url: str, text: str) -> None:
    """Run printed statements as MySQL's own client does, which is told where a trigger ends."""
    with MYSQL.engine(url).begin() as connection:
        for n, part in enumerate(re.split(r"DELIMITER //\n(.*?)//\nDELIMITER ;", text, flags=re.DOTALL)):
            for statement in [part] if n % 2 else part.split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)


async def test_printed_statements_keep_text_as_migrate_does() -> None:
    """What an administrator pastes does not depend on what the database was created with."""
    url, other = in_latin1(), in_latin1()
    run(url, await statements(url))
    await migrate(other)
    assert query(url, KEPT_AS) == query(other, KEPT_AS) == [{"name": "utf8mb4_bin"}]


async def test_tables_that_keep_text_otherwise_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Korean could not be stored, and Alice would be alice: the doctor and ``migrate`` say so."""
    url = MYSQL.create()
    await migrate(url)
    monkeypatch.setenv("DATABASE_URL", url)
    assert (await finding(tmp_path)).verdict is Verdict.OK
    with MYSQL.engine(url).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE freezes MODIFY reason VARCHAR(500) CHARACTER SET latin1 NOT NULL")
    found = await finding(tmp_path)
    assert found.verdict is Verdict.PROBLEM
    assert "keeps the text of freezes as latin1_swedish_ci" in found.found
    assert "load a dump of the rows" in found.advice


def test_migrate_names_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to do for it, and yet all is not well."""
    url = MYSQL.create()
    monkeypatch.setenv("DATABASE_URL", url)
    migrated(tmp_path, None, demo=False)
    with MYSQL.engine(url).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE freezes MODIFY reason VARCHAR(500) CHARACTER SET latin1 NOT NULL")
    with pytest.raises(StorageError, match="keeps the text of freezes as latin1_swedish_ci"):
        migrated(tmp_path, None, demo=False)


async def finding(home: Path) -> Finding:
    """Return what the doctor finds about the database."""
    found = await examine(Home(home), None, demo=False, clock=FakeClock())
    return next(one for one in found if one.check == "database")
