"""``skillwarden audit``, as an auditor types it: sealed, verified, exported, redacted; an edit is named."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from tests.acceptance.program import demo
from tests.harness import code_in

SCRIPTS = Path(__file__).parent / "scripts"
OK, REFUSED, USAGE = 0, 65, 2
# Made up: 32 bytes in base64.
KEY = "enp6" * 10 + "eno="

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Type:
    """Give a command line at the home of a demo; its answer is exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("SKILLWARDEN_TEST_KEY", KEY)
        monkeypatch.setattr(sys, "argv", ["skillwarden", *arguments, "--demo", "--home", str(tmp_path / "demo")])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        return int(end.value.code or 0), out, err

    return run


def test_an_auditor_checks_the_record(tmp_path: Path, type_: Type) -> None:
    """Sealed with a key, verified, exported, verified again by the program that needs no database; an edit is named."""
    printed = demo(tmp_path, (SCRIPTS / "kill.txt").read_text())
    home, code = tmp_path / "demo", code_in(printed)
    (home / "config.toml").write_text('[audit]\nsigning_key = "env:SKILLWARDEN_TEST_KEY"\n')
    done, out, _ = type_("audit", "checkpoint")
    assert (done, out.startswith("Checkpoint 1: ")) == (OK, True)
    key, anchor = out.partition("signed with ")[2][:64], str(home / "checkpoints.jsonl")
    done, out, _ = type_("audit", "verify", "--anchor", anchor, "--key", key)
    assert (done, "1 checkpoints" in out, "everything fits" in out) == (OK, True, True)
    for since in ("2026-11-01", "2026-11-01T12:00:00", "90d"):
        assert type_("audit", "verify", "--since", since)[0] == OK
    assert type_("audit", "verify", "--since", "ages")[0] == USAGE
    assert type_("audit", "export", "--output", str(tmp_path / "all.jsonl"))[0] == OK
    done, out, _ = type_("audit", "export", "--execution", code)
    assert (done, out.count('"type":"head"')) == (OK, 1)
    assert KEY not in (tmp_path / "all.jsonl").read_text() + out
    done, _, err = type_("audit", "export", "--output", str(tmp_path / "all.jsonl"))
    assert (done, "File exists" in err) == (REFUSED, True)

    edit(home, "UPDATE execution_events SET user_id = 'mallory' WHERE seq = 3")
    done, out, err = type_("audit", "verify")
    assert (done, "The record does not verify" in err) == (REFUSED, True)
    assert "Event 3 of execution" in out
    assert "was changed: its hash is another one." in out


def test_an_operator_redacts(tmp_path: Path, type_: Type) -> None:
    """What was said is gone from the events, the record verifies and says by whom and why; nonsense is refused."""
    printed = demo(tmp_path, "/as alice\ninstall skill pdf on claude\n")
    code = code_in(printed)
    done, out, _ = type_("audit", "redact", f"{code.lower()}/1", "message", "--reason", "somebody's own words")
    assert (done, "Redacted message.text of event 1" in out) == (OK, True)
    done, out, _ = type_("audit", "verify")
    assert (done, 'redacted by system:host, why: "somebody\'s own words"' in out) == (OK, True)
    done, out, _ = type_("timeline", code)
    assert (done, "the chain verifies" in out) == (OK, True)
    for event, field in ((f"{code}/1", "message"), (f"{code}/99", "text"), ("nonsense", "text"), (f"{code}/2", "type")):
        assert type_("audit", "redact", event, field, "--reason", "why not")[0] == REFUSED
    _, _, err = type_("audit", "redact", f"{code}/99", "text", "--reason", "why not")
    assert f'"skillwarden timeline {code} --json" lists those it has; seq is the number.' in " ".join(err.split())
    numbers = [json.loads(line)["seq"] for line in type_("timeline", code, "--json")[1].splitlines()]
    assert numbers[:2] == [1, 2]
    assert type_("audit", "verify", "--anchor", "nonsense")[0] == REFUSED


def test_what_is_redacted_is_in_no_table(tmp_path: Path, type_: Type) -> None:
    """A comment that was typed or filled in, and what was asked: of the words nothing is left in the database."""
    script = (
        "/as alice\ninstall skill pdf on claude, says Mrs Oswald\ninstall skill pdf on claude\n"
        "/as bob\n/press 3\nMrs Oswald has to sign first\n"
    )
    printed = demo(tmp_path, script)
    assert "Mrs Oswald has to sign first" in printed
    home = tmp_path / "demo"
    assert "Oswald" in dump(home)
    for execution, seq, kind in rows(home, "SELECT execution_id, seq, event_type FROM execution_events"):
        field = {"MessageReceived": "message", "ApprovalReceived": "comment", "ResponseSent": "text"}.get(kind)
        if field and "Oswald" in dump(home, execution, seq):
            assert type_("audit", "redact", f"{execution}/{seq}", field, "--reason", "her name")[0] == OK
    left = [line for line in dump(home).splitlines() if "Oswald" in line]
    assert left == []
    assert type_("audit", "verify")[0] == OK


def rows(home: Path, query: str) -> list[tuple[str, int, str]]:
    """Return what the database says."""
    with closing(sqlite3.connect(home / "skillwarden.db")) as database:
        return database.execute(query).fetchall()


def dump(home: Path, execution: str = "", seq: int = 0) -> str:
    """Return the database as text; or what an event says."""
    with closing(sqlite3.connect(home / "skillwarden.db")) as database:
        if not execution:
            return "\n".join(database.iterdump())
        where = "SELECT event_data FROM execution_events WHERE execution_id = ? AND seq = ?"
        return str(database.execute(where, (execution, seq)).fetchone()[0])


def edit(home: Path, statement: str) -> None:
    """Change the database as whoever owns its file can."""
    with closing(sqlite3.connect(home / "skillwarden.db")) as database:
        database.execute("DROP TRIGGER execution_events_no_update")
        database.execute(statement)
        database.commit()
