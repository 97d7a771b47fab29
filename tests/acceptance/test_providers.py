"""``skillwarden providers``, and a provider behind an API, as people use them: real processes, HTTP, a real key."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from tests.acceptance.host import CONFIG, REFUSED, USAGE, Host
from tests.acceptance.program import skillwarden
from tests.platforms.anthropic_api import AnthropicApi

KEY = "harmless-looking-api-key-7261"
# What is beside the key in the same places: that it is found proves that the search works.
MARKERS = ("env:LAB_KEY", "Lab")


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Host:
    """A machine with an admin, whose own folder is below the test's."""
    for name in ("DATABASE_URL", "DB_PROVIDER", "SQLITE_DB_PATH", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "CODEX_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    opened = Host(tmp_path, monkeypatch, capsys)
    opened.users("add", "Mina", "--role", "admin")
    return opened


def test_a_folder_is_connected_in_one_command(host: Host) -> None:
    """By its kind alone; a second one of a kind needs a name; what was disconnected can be added anew, elsewhere."""
    assert (
        host.type("providers", "list").out == 'There is no provider yet. Add one: "skillwarden providers add claude".\n'
    )
    added = host.type("providers", "add", "claude")
    assert (added.code, added.err) == (0, "")
    assert added.out.split() == ["Claude", "claude", "filesystem,", "~/.claude/skills", "connected"]
    again = host.type("providers", "add", "claude")
    assert again.code == REFUSED
    assert "--name" in again.err
    assert "disconnected" in host.type("providers", "disconnect", "claude").out
    moved = host.type("providers", "add", "claude", "--path", str(host.home.parent / "team"))
    assert f"filesystem, {host.home.parent}/team" in moved.out
    host.type("providers", "disconnect", "Claude")
    assert " connected" in host.type("providers", "connect", "claude").out
    said = [row[0] for row in host.rows("SELECT input_text FROM executions ORDER BY created_at, id")]
    assert said[1:] == [
        "providers add claude --mode filesystem",
        "providers disconnect claude",
        f"providers add claude --mode filesystem --path {host.home.parent}/team",
        "providers disconnect Claude",
        "providers connect claude",
    ]


def test_where_each_client_looks_is_shown(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder itself, wherever the environment puts it."""
    monkeypatch.setenv("CODEX_HOME", "/opt/codex")
    assert "filesystem, /opt/codex/skills" in host.type("providers", "add", "openai").out
    assert "filesystem, ~/.gemini/skills" in host.type("providers", "add", "gemini").out


def test_what_cannot_be_chosen_is_answered_with_what_can(host: Host) -> None:
    """In plain words, for kinds, modes and whatever else is one of a few."""
    kind = host.type("providers", "add", "cursor")
    assert kind.code == USAGE
    assert kind.err.splitlines()[-1].endswith(
        'kind\': there is no "cursor" here; it is one of: claude, gemini, openai.'
    )
    mode = host.type("providers", "add", "claude", "--mode", "magic")
    assert 'there is no "magic" here; it is one of: api, filesystem, git.' in mode.err
    number = host.type("executions", "list", "--limit", "x")
    assert number.err.endswith("'--limit': this must be a whole number.\n")


def test_a_check_says_what_is_wrong(host: Host) -> None:
    """A provider whose key is not there yet is connected all the same; scripts go by the exit code."""
    missing = host.type("providers", "add", "openai", "--mode", "api")
    assert missing.code == 0
    assert "error: The secret env:OPENAI_API_KEY could not be read" in missing.out
    assert host.type("providers", "check").code == 69
    host.type("providers", "disconnect", "openai")
    assert host.type("providers", "check").code == 0


def test_a_team_that_merges_is_connected_in_one_command(host: Host) -> None:
    """Every setting of docs/team-repositories.md has its option."""
    where = ("--repository", "http://127.0.0.1:1/acme/team.git", "--branch", "stable", "--folder", "skills")
    how = ("--delivery", "merge", "--credential", "env:TEAM_TOKEN", "--known-hosts", "/etc/known_hosts")
    added = host.type("providers", "add", "claude", "--mode", "git", *where, *how)
    assert (added.code, added.err) == (0, "")
    ((config,),) = host.rows("SELECT config FROM providers")
    assert json.loads(str(config)) == {
        "repository": "http://127.0.0.1:1/acme/team.git",
        "branch": "stable",
        "folder": "skills",
        "delivery": "merge",
        "credential": "env:TEAM_TOKEN",
        "known_hosts": "/etc/known_hosts",
    }
    host.type("providers", "disconnect", "claude")
    refused = host.type("providers", "add", "claude", "--mode", "git", *where, "--delivery", "x")
    assert refused.code == CONFIG
    assert "'push' or 'merge'" in refused.err


def test_a_key_is_refused_with_advice_and_stored_nowhere(host: Host) -> None:
    """Where a reference belongs, in an address, in a name, and in config.toml."""
    secret = "sk-ant-api03-" + "Ab3" * 12
    for arguments in (
        ("add", "claude", "--mode", "api", "--key", secret),
        ("add", "claude", "--mode", "api", "--base-url", f"https://x:{secret}@api.example.com"),
        ("add", "claude", "--name", secret),
        ("connect", secret),
    ):
        refused = host.type("providers", *arguments)
        assert refused.code == CONFIG
        assert "revoke it where it was made" in refused.err
        assert secret not in refused.err
    for line in (f'[slack]\nbot_token = "{secret}"\n', f'[slack]\napproval_channel = "{secret}"\n'):
        host.configure(line)
        refused = host.type("providers", "list")
        assert refused.code == CONFIG
        assert "line 2" in refused.err
        assert "revoke it where it was made" in refused.err
        assert secret not in refused.err
    (host.home / "config.toml").unlink()
    stored = [path.read_bytes() for path in host.home.rglob("*") if path.is_file()]
    assert [data for data in stored if b"users add Mina" in data]
    assert [data for data in stored if secret.encode() in data] == []


def test_a_skill_reaches_claude_over_its_api_and_goes_back(tmp_path: Path) -> None:
    """Asked in the console, approved, uploaded and read back; after an update a rollback brings the old bytes.

    The key is nowhere in the home, in what was said or in the arguments of any process.
    """
    home, processes = ("--home", str(tmp_path / "demo"), "--demo"), []

    def look_at_processes() -> None:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                processes.append(path.read_bytes())

    lines = [
        *("install meeting-notes at v1.0 on Lab", "/as bob", "/press 1", "/as alice"),
        *("install meeting-notes at main on Lab", "/as bob", "/press 1", "/as alice"),
        *("roll back meeting-notes on Lab", "/as bob", "/press 1"),
    ]
    with AnthropicApi(KEY) as api:
        place = ("--base-url", api.url, "--key", "env:LAB_KEY", "--mode", "api", "--name", "Lab")
        added = skillwarden("providers", "add", "claude", *place, *home, home=tmp_path, LAB_KEY=KEY)
        assert "connected" in added.stdout, added.stderr
        api.meanwhile("POST", "/v1/skills", look_at_processes)
        done = skillwarden("console", *home, home=tmp_path, lines="\n".join([*lines, ""]), LAB_KEY=KEY)
        printed = done.stdout + done.stderr
        assert "verified byte for byte" in printed
        assert "Rolled back meeting-notes on Lab" in printed
        (skill,) = api.skills.values()
        old, new, again = (version.files for version in skill.versions)
        assert new == content_of(tmp_path / "demo/sources/skills/skills/meeting-notes")
        assert old != new
        assert api.content("meeting-notes") == again == old
    stored = [path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()]
    assert [data for data in (*stored, *processes, printed.encode()) if KEY.encode() in data] == []
    for marker in MARKERS:
        assert [data for data in stored if marker.encode() in data], marker
    assert [line for line in processes if b"console\0--home" in line]


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
