"""The first installation, through the command line and real processes: bytes, record, secrets, refusals, exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.program import Conversation, demo, environment, skillwarden
from tests.harness import code_in
from tests.platforms import fastapi_skill
from tests.platforms.git_http import Behaviour, GitHttpServer
from tests.platforms.git_repo import GitRepo, skill_md

SCRIPTS = Path(__file__).parent / "scripts"


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_scripted_conversation_installs_and_tells(tmp_path: Path) -> None:
    """The script of the README: asked, approved by somebody else, installed byte for byte, told."""
    printed = demo(tmp_path, (SCRIPTS / "first_install.txt").read_text())
    installed = tmp_path / "demo/providers/claude/skills/meeting-notes"
    assert content(installed) == content(tmp_path / "demo/sources/skills/skills/meeting-notes")
    assert "verified byte for byte" in printed


def test_a_skill_nobody_here_wrote_is_installed_byte_for_byte_over_http(tmp_path: Path) -> None:
    """The skill inside the PyPI package fastapi, served by git http-backend, arrives as it is."""
    with GitHttpServer(tmp_path / "served") as server:
        fastapi_skill.publish(tmp_path / "served")
        url = server.url("fastapi/fastapi")
        printed = demo(tmp_path, f"install {url} on claude\n/as bob\n/press 1\n/as alice\n")
    assert "Installed fastapi on Claude" in printed, printed
    assert content(tmp_path / "demo/providers/claude/skills/fastapi") == content(fastapi_skill.folder())


def test_a_ref_that_moves_before_the_press_installs_nothing(tmp_path: Path) -> None:
    """What was shown is what runs: the moved branch is asked about anew, as another request."""
    with Conversation(tmp_path) as talk:
        code = code_in(talk.say("install skill pdf on claude", until="for carol"))
        GitRepo(tmp_path / "demo/sources/skills/.git").commit({"skills/pdf/more.md": "more"}, branch="main")
        talk.say("/as bob", until="[1] Approve")
        printed = talk.say("/press 1", until="for carol")
        assert not (tmp_path / "demo/providers/claude/skills/pdf").exists()
        printed += talk.end()
    assert f"#{code}" in printed
    assert "has changed since this was asked for" in " ".join(printed.split())


MARKERS = ("harmlessmarker1", "harmlessmarker2", "harmlessmarker3")
SECRETS = ("ghp_" + "A1b2C3d4" * 5, "hunter2secretpassword", "sk-ant-" + "abcDEF123456" * 3)


def test_secrets_are_nowhere_in_the_home_and_the_search_works(tmp_path: Path) -> None:
    """A token in a message, a password in a URL and a key in a tool's answer reach no file; markers beside them do."""
    repository = GitRepo.create(tmp_path / "served", "acme/leaky")
    author = f"Mina {MARKERS[2]} {SECRETS[2]} <mina@example.com>"
    repository.commit({"skills/leaky/SKILL.md": skill_md("leaky")}, author=author)
    with GitHttpServer(tmp_path / "served") as server:
        printed = demo(
            tmp_path,
            f"please {MARKERS[0]} {SECRETS[0]} whatever\n"
            f"install https://bob:{SECRETS[1]}@{MARKERS[1]}.example/a/b.git on claude\n"
            f"install {server.url('acme/leaky')} on claude\n"
            "/as bob\n/press 1\n",
        )
    assert (tmp_path / "demo/providers/claude/skills/leaky/SKILL.md").exists(), printed
    found = {path: path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    for secret in SECRETS:
        assert [path for path, data in found.items() if secret.encode() in data] == []
        assert secret not in printed.replace(f"alice> please {MARKERS[0]} {SECRETS[0]} whatever", "").replace(
            f"alice> install https://bob:{SECRETS[1]}@", ""
        )
    for marker in MARKERS:
        assert [path for path, data in found.items() if marker.encode() in data], marker


def test_the_record_of_the_conversation_verifies(tmp_path: Path) -> None:
    """``skillwarden timeline`` shows every event in order and says that the chain verifies; a changed row is found."""
    printed = demo(tmp_path, (SCRIPTS / "kill.txt").read_text())
    code, where = code_in(printed), ("--home", str(tmp_path / "demo"), "--demo")
    listed = skillwarden("timeline", code, *where, home=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert f"#{code}: completed; the chain verifies" in listed.stdout
    events = skillwarden("timeline", code, "--json", *where, home=tmp_path).stdout.splitlines()
    assert [json.loads(event)["seq"] for event in events] == list(range(1, len(events) + 1))
    with closing(sqlite3.connect(tmp_path / "demo/skillwarden.db")) as database:
        (trigger,) = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'execution_events'"
            " AND sql LIKE '%UPDATE%'"
        ).fetchone()
        database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE execution_events SET user_id = 'mallory' WHERE seq = 3")
        database.commit()
    assert "the chain breaks at 3" in skillwarden("timeline", code, *where, home=tmp_path).stdout


def test_resolve_prints_one_object_a_line(tmp_path: Path) -> None:
    """``resolve - --json`` understands each line on its own, with every field of the action present."""
    done = skillwarden(
        "resolve",
        "-",
        "--json",
        "--demo",
        "--home",
        str(tmp_path / "demo"),
        home=tmp_path,
        lines="install skill pdf on claude\ninstall pdf\nlist skills\n",
    )
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert first["status"] == "resolved"
    assert first["action"] == {"intent": "install", "skills": ["pdf"], "providers": ["claude"], "ref": None}
    assert (second["status"], second["action"]) == ("clarify", None)
    assert {choice["label"] for choice in second["choices"]} >= {"Claude", "OpenAI", "Gemini"}
    assert third["action"] == {"intent": "list_skills", "query": None, "tag": None}


def test_odd_input_and_a_reader_that_leaves_are_no_tracebacks(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are read as well as they can be; a closed pipe ends the program in silence."""
    arguments = [sys.executable, "-m", "bot", "resolve", "-", "--json", "--demo", "--home", str(tmp_path / "demo")]
    where = environment(tmp_path) | {"PYTHONIOENCODING": "ascii:strict"}
    done = subprocess.run(
        arguments, input=b"list skills\ninstall caf\xe9\n", capture_output=True, check=False, env=where
    )
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, b"", 2)
    reading, writing = os.pipe()
    os.close(reading)
    gone = subprocess.run(arguments, input=b"help\n", stdout=writing, stderr=subprocess.PIPE, check=False, env=where)
    os.close(writing)
    assert (gone.returncode, gone.stderr) == (141, b"")


def test_an_empty_home_is_refused(tmp_path: Path) -> None:
    """An unset variable in a script does not make the current folder the home."""
    done = skillwarden("resolve", "help", "--home", "", home=tmp_path)
    assert (done.returncode, done.stderr) == (
        78,
        "skillwarden: an empty --home cannot be used: name a folder, or leave --home out.\n",
    )


def test_a_second_console_is_refused_and_maintenance_goes_on(tmp_path: Path) -> None:
    """One console a home, by a lock that dies with its process; ``resolve`` and ``migrate`` need no lock."""
    where = ("--demo", "--home", str(tmp_path / "demo"))
    with Conversation(tmp_path) as talk:
        talk.say("help", until="history")
        second = skillwarden("console", *where, home=tmp_path)
        assert second.returncode == 75
        assert "Another Skillwarden is running on" in second.stderr
        assert skillwarden("resolve", "status", "--json", *where, home=tmp_path).returncode == 0
        migrated = skillwarden("migrate", *where, home=tmp_path)
        assert (migrated.returncode, "already" in migrated.stdout) == (0, True), migrated.stderr
    assert skillwarden("console", *where, home=tmp_path).returncode == 0


def test_a_broken_config_names_line_and_key(tmp_path: Path) -> None:
    """A typo in config.toml is one sentence with the place, and an exit code of its own."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/config.toml").write_text('[sources]\nallowed_host = ["github.com"]\n')
    done = skillwarden("console", "--demo", "--home", str(tmp_path / "demo"), home=tmp_path)
    assert done.returncode == 78
    assert "line 2" in done.stderr
    assert "allowed_host" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        (401, "is private or does not exist"),
        (404, "is private or does not exist"),
        (500, "could not be read"),
        ("drop", "could not be read"),
    ],
)
def test_a_source_that_cannot_be_read_is_said_and_nothing_is_done(
    tmp_path: Path, trouble: Behaviour, answer: str
) -> None:
    """A private, missing, broken or silent server: one sentence, a failed execution, an untouched folder."""
    GitRepo.create(tmp_path / "served", "acme/skills").commit({"SKILL.md": "x"})
    with GitHttpServer(tmp_path / "served") as server:
        server.misbehave("acme/skills", trouble)
        printed = demo(tmp_path, f"install {server.url('acme/skills')} on claude\nhistory\n")
    assert answer in " ".join(printed.split())
    assert "failed" in printed
    assert list((tmp_path / "demo/providers/claude/skills").iterdir()) == []


def test_a_damaged_database_ends_with_one_sentence(tmp_path: Path) -> None:
    """Nobody waits for ever: what is wrong with the database is said, with an exit code for scripts."""
    demo(tmp_path, "whoami\n")
    database = tmp_path / "demo/skillwarden.db"
    pages = bytearray(database.read_bytes())
    pages[4096 * 2 : -4096] = b"\xa5" * len(pages[4096 * 2 : -4096])
    database.write_bytes(pages)
    where = ("--demo", "--home", str(tmp_path / "demo"))
    done = skillwarden("console", *where, home=tmp_path, lines="install skill pdf on claude\n")
    assert done.returncode == 74, done.stdout + done.stderr
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_taken_while_the_console_runs_goes_on_where_it_was(tmp_path: Path) -> None:
    """The copy is a home of its own: the request that was waiting there can be approved."""
    copy = tmp_path / "copy"
    with Conversation(tmp_path) as talk:
        talk.say("install skill pdf on claude", until="for carol")
        done = skillwarden("backup", str(copy), "--demo", "--home", str(tmp_path / "demo"), home=tmp_path)
        assert done.returncode == 0, done.stderr
    again = skillwarden("backup", str(copy), "--demo", "--home", str(tmp_path / "demo"), home=tmp_path)
    assert (again.returncode, "name a new folder" in again.stderr) == (78, True)
    script = "/as bob\n/press 1\nstatus\n"
    resumed = skillwarden("console", "--demo", "--home", str(copy), home=tmp_path, lines=script)
    assert "approved by Bob" in resumed.stdout, resumed.stdout + resumed.stderr


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_backup_has_the_configuration_in_it(tmp_path: Path, elsewhere: bool) -> None:
    """What was restored goes by the same policy, wherever the file was that says so, and knows what it sent to APIs."""
    home, copy = tmp_path / "home", tmp_path / "copy"
    assert skillwarden("migrate", "--home", str(home), home=tmp_path).returncode == 0
    config = tmp_path / "elsewhere.toml" if elsewhere else home / "config.toml"
    config.write_text('[logging]\nlevel = "debug"\n')
    options = ("--config", str(config)) if elsewhere else ()
    (home / "modes").mkdir()
    (home / "modes" / "one.json").write_text("[]")
    done = skillwarden("backup", str(copy), "--home", str(home), *options, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (copy / "config.toml").read_bytes() == config.read_bytes()
    assert (copy / "modes" / "one.json").read_text() == "[]"
