"""``skillwarden restore``: a backup becomes the home again, once its record has been verified."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import typer

from bot.cli_words import say
from bot.clock import SystemClock
from bot.home import Home, home_path
from bot.installation import Installation
from bot.verify_export import collect_rarely, signature_check, summary
from core.domain.audit.checking import Checked, Checker
from core.domain.masking import Masker
from core.errors import InvalidSetting, RecordBroken, Words
from core.services.verification import verify
from storage.backup import copy_into, file_of
from storage.database import Database
from storage.migrate import migrate

_DATABASE = "skillwarden.db"


def restored(folder: Path, home: Path | None, config: Path | None, *, demo: bool) -> str:
    """Put the backup in ``folder`` into a home that has nothing yet, and return what was done.

    Everything is made ready beside its place and verified there; the database takes its place last. Whatever goes
    wrong before that leaves a home that has nothing yet.

    Raises:
        InvalidSetting: ``folder`` is no backup, the home has something to lose, or a server is configured.
        RecordBroken: the record in the backup does not verify; what is wrong was printed.
        HomeLocked, StorageError, DiskFull: as their docstrings say.
    """
    if not (folder / _DATABASE).is_file():
        raise InvalidSetting(setting=folder, problem=Words("it is no backup: it has no skillwarden.db"))
    installation = Installation.open(home, config or _settings_in(folder, home), demo=demo)
    opened, place = installation.home, file_of(installation.url)
    if place is None:
        problem = Words("it is on a server, which its own tools restore; docs/operations.md says how")
        raise InvalidSetting(setting=Words("the database"), problem=problem)
    with opened.lock():
        _check_is_empty(opened, place, folder)
        opened.clear_scratch()
        ready = opened.scratch / "restore"
        ready.mkdir(mode=0o700)
        try:
            copy_into(folder / _DATABASE, ready / _DATABASE)
            checked = asyncio.run(_verify(ready / _DATABASE))
            if checked.findings:
                raise RecordBroken(count=checked.findings)
            files = _move_in(folder, opened)
            (ready / _DATABASE).replace(place)
        except OSError as error:
            raise opened.translated(error) from error
        finally:
            shutil.rmtree(ready, ignore_errors=True)
    typer.echo(summary(checked))
    return say("Restored {folder} to {home}: the database and {n} files.", folder=folder, home=opened.path, n=files)


def _settings_in(folder: Path, home: Path | None) -> Path | None:
    """Return the settings to go by: those of the backup, as long as the home has none of its own."""
    theirs, ours = folder / "config.toml", home_path(home, os.environ) / "config.toml"
    return theirs if theirs.exists() and not ours.exists() else None


def _check_is_empty(home: Home, database: Path, folder: Path) -> None:
    """Let nothing be lost: settings that are there stay, everything else has to be missing."""
    # What SQLite keeps beside a database it would play into the restored one.
    beside = [database.with_name(f"{database.name}{end}") for end in ("-wal", "-journal")]
    there = [
        database,
        *beside,
        *(path for kept in (home.artifacts, home.receipts, home.modes) for path in kept.glob("*")),
    ]
    for path in there:
        if path.exists():
            problem = Words("it is there already; restore {folder} into a new home", folder=folder)
            raise InvalidSetting(setting=path, problem=problem)


async def _verify(path: Path) -> Checked:
    """Bring a copy up to date and verify all of its record; what is wrong is printed."""
    url = f"sqlite:///{path}"
    await migrate(url)
    collect_rarely()
    checker = Checker(typer.echo, typer.echo, is_signed=signature_check(is_needed=False))
    database = await asyncio.to_thread(Database, url, masker=Masker(), clock=SystemClock())
    try:
        return await verify(database, checker, since=None)
    finally:
        await database.aclose()


def _move_in(folder: Path, home: Home) -> int:
    """Copy the files of the backup to where they belong, and return how many there are."""
    files = 0
    for kept in (home.artifacts, home.receipts, home.modes):
        if (folder / kept.name).is_dir():
            shutil.copytree(folder / kept.name, kept, dirs_exist_ok=True)
            files += sum(path.is_file() for path in kept.rglob("*"))
    settings = home.path / "config.toml"
    if (folder / "config.toml").exists() and not settings.exists():
        shutil.copyfile(folder / "config.toml", settings)
        files += 1
    return files
