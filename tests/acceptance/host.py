"""The machine the bot runs on, with its owner typing commands."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.cli import main
from tests.acceptance.program import skillwarden

# sysexits.h, as core/errors has them; 2 is the shell's own for a command that is written wrongly.
REFUSED, CONFIG, USAGE = 65, 78, 2


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    out: str
    err: str
    code: int


class Host:
    """The machine the bot runs on, its owner typing; nobody has been let in yet."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Keep the installation at ``home``/bot."""
        self._person = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.home = home / "bot"

    def run(self, *arguments: str, **variables: str) -> CompletedProcess[str]:
        """Run one command in a process of its own to its end."""
        return skillwarden(*arguments, "--home", str(self.home), home=self._person, **variables)

    def type(self, *arguments: str) -> Answer:
        """Run one command of the same command line in this process: a new one costs most of two seconds."""
        self._monkeypatch.setattr(sys, "argv", ["skillwarden", *arguments, "--home", str(self.home)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = self._capsys.readouterr()
        return Answer(printed.out, printed.err, int(end.value.code or 0))

    def users(self, *arguments: str) -> str:
        """Type one users command that has to work, and return what it printed."""
        done = self.type("users", *arguments)
        assert (done.code, done.err) == (0, "")
        return done.out

    def refused(self, *arguments: str, code: int = REFUSED) -> str:
        """Type one users command that has to fail with ``code``, and return the sentence it failed with."""
        done = self.type("users", *arguments)
        assert (done.code, done.out) == (code, ""), done
        return " ".join(done.err.split())

    def configure(self, text: str) -> None:
        """Write config.toml."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "config.toml").write_text(text)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with closing(sqlite3.connect(self.home / "skillwarden.db")) as database:
            return database.execute(query).fetchall()

    def write(self, statement: str) -> None:
        """Change the database behind the program's back."""
        with closing(sqlite3.connect(self.home / "skillwarden.db")) as database, database:
            database.execute(statement)
