"""``skillwarden replay`` and ``timeline`` on the host: shown, planned again, asked again - with a new approval."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.acceptance.program import demo, skillwarden
from tests.harness import code_in

SCRIPTS = Path(__file__).parent / "scripts"


def test_a_request_is_replayed_from_the_command_line(tmp_path: Path) -> None:
    """View and dry run change nothing; a rerun is a new request, which the bot takes up and somebody else approves."""
    printed = demo(tmp_path, (SCRIPTS / "first_install.txt").read_text())
    code, where = code_in(printed), ("--home", str(tmp_path / "demo"), "--demo")

    shown = skillwarden("replay", code, *where, home=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Bob approved" in shown.stdout
    assert "install meeting-notes on Claude: done in " in shown.stdout
    assert shown.stdout.endswith("the chain verifies\n")

    dry = skillwarden("replay", code, "dry-run", *where, home=tmp_path)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "Planned again, 2 things differ from then:" in dry.stdout
    found = json.loads(skillwarden("replay", code, "dry-run", "--json", *where, home=tmp_path).stdout)
    assert [(it["aspect"], it["now"]) for it in found["differences"]] == [
        ("installed", found["now"]["targets"][0]["wanted_digest"]),
        ("change", "none"),
    ]

    nobody = skillwarden("replay", code, "rerun", *where, home=tmp_path)
    assert nobody.returncode != 0
    assert "--as NAME" in nobody.stderr
    asked = skillwarden("replay", code, "rerun", "--as", "bob", *where, home=tmp_path)
    assert (asked.returncode, asked.stderr) == (0, "")
    demo(tmp_path, "pending\n")
    with closing(sqlite3.connect(tmp_path / "demo/skillwarden.db")) as database:
        again = database.execute(
            "SELECT old.code, people.name, fresh.output FROM executions AS fresh JOIN executions AS old"
            " ON old.id = fresh.replay_of JOIN users AS people ON people.id = fresh.user_id"
        ).fetchall()
    assert again == [(code, "Bob", "nothing to do")]

    unknown = skillwarden("replay", "9QXW", *where, home=tmp_path)
    assert (unknown.returncode, "I know no request #9QXW." in unknown.stderr) == (65, True)
