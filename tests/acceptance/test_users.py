"""``skillwarden users``, ``slack manifest`` and the refusals of ``serve``, as people start them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.acceptance.host import CONFIG, REFUSED, USAGE, Host
from tests.platforms.slack import FakeSlack

NO_ACCOUNT = ("no", "account", "linked")


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Host:
    """A machine with an empty home."""
    for name in ("DATABASE_URL", "DB_PROVIDER", "SQLITE_DB_PATH"):
        monkeypatch.delenv(name, raising=False)
    return Host(tmp_path, monkeypatch, capsys)


def test_a_command_is_a_program_like_any_other(host: Host) -> None:
    """In a process of its own a command prints its answer, or one sentence on standard error and its exit code."""
    done = host.run("users", "add", "Mina")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Mina is in, as user.\n", "")
    done = host.run("users", "role", "Zoe", "admin")
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr == 'skillwarden: I know nobody called "Zoe".\n'


def test_people_are_added_linked_and_listed(host: Host) -> None:
    """What the list shows is who there is, with which role and which accounts."""
    assert host.users("list") == ""
    assert host.users("add", "Mina Park", "--role", "admin", "--email", "mina@example.com") == (
        "Mina Park is in, as admin.\n"
    )
    assert host.users("add", "Bob") == "Bob is in, as user.\n"
    linked = host.users("link", "MINA@example.com", "slack", "U1", "--workspace", "T1")
    assert linked == "U1 on slack is Mina Park.\n"
    host.users("link", "mina park", "slack", "U1", "--workspace", "T1")
    host.users("link", "mina park", "slack", "U1", "--workspace", "T2")
    listed = host.users("list").splitlines()
    assert [line.split() for line in listed] == [
        ["Mina", "Park", "admin", "slack", "U1,", "slack", "U1"],
        ["Bob", "user", *NO_ACCOUNT],
    ]
    assert host.users("unlink", "mina park", "slack", "U1", "--workspace", "T1") == "U1 on slack is nobody now.\n"
    assert host.rows("SELECT workspace_id FROM channel_identities") == [("T2",)]
    assert "U1 on slack" in host.refused("unlink", "mina park", "slack", "U1", "--workspace", "T1")
    host.users("unlink", "mina park", "slack", "U1")
    assert host.rows("SELECT * FROM channel_identities") == []


def test_roles_change_and_people_are_shut_out_and_let_in_again(host: Host) -> None:
    """A role is kept while somebody is out; the last admin keeps theirs."""
    host.users("add", "Mina", "--role", "admin")
    host.users("add", "Bob")
    for command in (("role", "Mina", "user"), ("deactivate", "Mina")):
        assert "Mina is the last admin" in host.refused(*command)
    assert host.users("role", "Bob", "admin") == "Bob is now admin.\n"
    assert host.users("deactivate", "Mina", "--to", "Bob") == "Mina is shut out.\n"
    assert host.users("list").splitlines()[0].split() == ["Mina", "admin", *NO_ACCOUNT, "not", "active"]
    host.users("add", "Zoe")
    assert "Mina cannot take over" in host.refused("deactivate", "Zoe", "--to", "Mina")
    assert host.users("activate", "Mina") == "Mina is in, as admin.\n"
    assert host.users("role", "Bob", "user") == "Bob is now user.\n"
    assert "not active" not in host.users("list")


def test_what_is_taken_or_unknown_is_refused_in_one_sentence(host: Host) -> None:
    """Errors say who and what, end with a code for scripts, and leave nothing behind."""
    host.users("add", "Mina", "--email", "mina@example.com")
    host.users("add", "Bob")
    host.users("link", "Mina", "telegram", "77")
    before = host.rows("SELECT count(*) FROM executions")
    assert 'Somebody called "mina" is known already' in host.refused("add", "mina")
    assert "mina@example.com" in host.refused("add", "Minna", "--email", "mina@example.com")
    assert "The telegram account 77 belongs to Mina" in host.refused("link", "Bob", "telegram", "77")
    for command in (
        ("role", "Zoe", "admin"),
        ("link", "Zoe", "telegram", "1"),
        ("unlink", "Zoe", "telegram", "1"),
        ("activate", "Zoe"),
        ("deactivate", "Zoe"),
        ("deactivate", "Bob", "--to", "Zoe"),
    ):
        assert host.refused(*command) == 'skillwarden: I know nobody called "Zoe".'
    assert "--workspace" in host.refused("link", "Bob", "slack", "U1", code=USAGE)
    assert "icq" in host.refused("link", "Bob", "icq", "1", code=USAGE)
    assert "king" in host.refused("role", "Bob", "king", code=USAGE)
    assert host.rows("SELECT count(*) FROM executions") == before


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("add", ""), "a name is one line that can be read, and not empty"),
        (("add", " "), "a name is one line that can be read, and not empty"),
        (("add", "Mina\nPark"), "a name is one line that can be read, and not empty"),
        (("add", "Mina\u202e"), "a name is one line that can be read, and not empty"),
        (("add", "Mina", "--email", "notanemail"), '"notanemail" is no e-mail address'),
        (("add", "Mina", "--email", "mina park@example.com"), '"mina park@example.com" is no e-mail address'),
        (("link", "Bob", "telegram", "abc"), '"abc" is no Telegram account; its id is a number such as 123456789'),
        (("link", "Bob", "telegram", "0"), '"0" is no Telegram account; its id is a number such as 123456789'),
        (
            ("link", "Bob", "slack", "U00x", "--workspace", "T1"),
            '"U00x" is no Slack account; its id is like U0123456789',
        ),
        (("link", "Bob", "console", "a\nb"), '"a<U+000A>b" is no account; its id is one line, and not empty'),
    ],
)
def test_what_no_person_and_no_account_is_called_is_refused(host: Host, command: tuple[str, ...], why: str) -> None:
    """A name that nobody can read or say, or an id that no platform gives out, is found when it is typed."""
    host.users("add", "Bob")
    before = host.rows("SELECT count(*) FROM executions")
    assert host.refused(*command) == f"skillwarden: That cannot be done as written: {why}."
    assert host.rows("SELECT count(*) FROM executions") == before
    assert host.rows("SELECT name FROM users") == [("Bob",)]


def test_people_who_were_added_under_laxer_rules_stay_readable(host: Host) -> None:
    """What a name may be is asked when it is given; a stored one is shown on one line."""
    host.users("add", "Bob")
    host.write("UPDATE users SET name = 'Bob' || char(10) || 'Ross'")
    assert host.users("list").splitlines()[0].split() == ["Bob<U+000A>Ross", "user", *NO_ACCOUNT]


def test_a_token_is_printed_once_and_stored_as_a_hash(host: Host) -> None:
    """Only its owner has it: the database holds its SHA-256, and the record says who got one, for what."""
    host.users("add", "Mina", "--role", "admin")
    made = host.users("token", "Mina", "--name", "ci", "--scope", "hitl:write", "--scope", "hitl:read")
    token, _, told = made.partition("\n")
    assert re.fullmatch("swt_[A-Za-z0-9_-]{43}", token)
    assert "hitl:write, hitl:read, until 20" in told
    rows = host.rows("SELECT name, token_hash, scopes, revoked_at FROM api_tokens")
    assert rows == [("ci", hashlib.sha256(token.encode()).hexdigest(), '["hitl:write","hitl:read"]', None)]
    listed = host.users("list").splitlines()
    assert listed[1].startswith('    token "ci" for hitl:write, hitl:read, until 20')
    (said,) = host.rows("SELECT input_text FROM executions WHERE input_text LIKE 'users token%'")[0]
    assert said == "users token Mina --name ci --scope hitl:write --scope hitl:read --expires-in 90d"
    kept = b"".join(path.read_bytes() for path in host.home.rglob("*") if path.is_file())
    assert token.encode() not in kept
    assert token[4:].encode() not in kept


def test_a_token_that_nobody_limits_reads_for_ninety_days(host: Host) -> None:
    """Without words about it a token may change nothing and ends by itself; one that never ends has to be asked for."""
    host.users("add", "Mina")
    host.users("token", "Mina", "--name", "ci")
    assert "until it is revoked" in host.users("token", "Mina", "--name", "for good", "--expires-in", "never")
    days = "SELECT name, scopes, julianday(expires_at) - julianday(created_at) FROM api_tokens ORDER BY created_at"
    reading = '["hitl:read","executions:read","artifacts:read"]'
    assert host.rows(days) == [("ci", reading, 90.0), ("for good", reading, None)]


def test_a_token_is_revoked_by_its_name(host: Host) -> None:
    """A revoked token is listed no more, and its name is free again; what is unknown or taken is refused."""
    host.users("add", "Mina", "--role", "admin")
    host.users("add", "Bob")
    host.users("token", "Mina", "--name", "ci")
    assert 'Mina has a token called "ci"' in host.refused("token", "Mina", "--name", "ci")
    assert 'Bob has no token called "ci"' in host.refused("token", "Bob", "--revoke", "ci")
    assert host.users("token", "Mina", "--revoke", "ci") == 'The token "ci" of Mina is revoked.\n'
    assert 'Mina has no token called "ci"' in host.refused("token", "Mina", "--revoke", "ci")
    assert "token" not in host.users("list")
    host.users("token", "Mina", "--name", "ci")
    assert host.rows("SELECT count(*) FROM api_tokens") == [(2,)]
    host.users("deactivate", "Bob")
    assert "Bob is not active" in host.refused("token", "Bob", "--name", "ci")


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--name", "ci", "--revoke", "ci"),
        ("--name", "ci", "--scope", "everything"),
        ("--name", "ci", "--expires-in", "0d"),
        ("--name", "ci", "--expires-in", "soon"),
    ],
)
def test_a_token_command_that_makes_no_sense_is_refused(host: Host, options: tuple[str, ...]) -> None:
    """Neither or both of making and revoking, a scope or a time that does not exist: nothing is made."""
    host.users("add", "Mina")
    host.refused("token", "Mina", *options, code=USAGE)
    assert host.rows("SELECT * FROM api_tokens") == []


def test_a_label_can_be_read(host: Host) -> None:
    """A token is called by one line without control characters, as people are."""
    host.users("add", "Mina")
    for label in ("", "c\x01i", "c\ni"):
        assert "a token's name is one line that can be read" in host.refused("token", "Mina", "--name", label)


@pytest.mark.parametrize(
    "command",
    [
        ("executions", "list", "--search", "a\udcff"),
        ("executions", "show", "a\udcff"),
        ("timeline", "a\udcff"),
        ("users", "role", "a\udcff", "admin"),
        ("backup", "a\udcff"),
    ],
)
def test_arguments_are_utf8(host: Host, command: tuple[str, ...]) -> None:
    """What no database can keep and no terminal can show is refused in one sentence, whatever the command."""
    done = host.type(*command)
    assert (done.code, done.out) == (REFUSED, "")
    assert done.err == 'skillwarden: That cannot be done as written: "a<U+DCFF>" on the command line is not UTF-8.\n'


def test_every_change_is_on_the_record(host: Host) -> None:
    """Each command is an execution of the channel api by the host, in order, with a timeline that verifies."""
    commands = [
        ["add", "Mina", "--role", "admin"],
        ["add", "Bob", "--role", "user"],
        ["link", "Bob", "slack", "U1", "--workspace", "T1"],
        ["role", "Bob", "admin"],
        ["unlink", "Bob", "slack", "U1", "--workspace", "T1"],
        ["deactivate", "Bob", "--to", "Mina"],
        ["activate", "Bob"],
    ]
    for command in commands:
        host.users(*command)
    rows = host.rows("SELECT code, channel, status, input_text FROM executions ORDER BY created_at, id")
    assert [row[1:] for row in rows] == [("api", "completed", f"users {' '.join(command)}") for command in commands]
    for code, *_ in (rows[0], rows[-1]):
        told = host.type("timeline", str(code))
        assert f"#{code}: completed; the chain verifies" in told.out
        (event,) = map(json.loads, host.type("timeline", str(code), "--json").out.splitlines())
        assert event["user_id"] == "system:host"
        assert "users " in json.dumps(event)
    actors = host.rows("SELECT DISTINCT actor FROM status_transitions WHERE from_status IS NOT NULL")
    assert actors == [("system:host",)]


@pytest.mark.parametrize("mode", ["off", "socket", "http"])
def test_the_manifest_is_json_to_paste(host: Host, mode: str) -> None:
    """Without HTTP the app is one for Socket Mode; in HTTP mode every address is the public one."""
    host.configure(f'[slack]\nmode = "{mode}"\n[http]\npublic_url = "https://bot.example.com/"\n')
    done = host.type("slack", "manifest", "--name", "Skill Bot")
    assert (done.code, done.err) == (0, "")
    made = json.loads(done.out)
    assert made["display_information"]["name"] == "Skill Bot"
    assert made["settings"]["socket_mode_enabled"] is (mode != "http")
    assert done.out.count('"https://bot.example.com/slack/events"') == (3 if mode == "http" else 0)
    assert "channels:history" not in done.out


def test_the_manifest_for_http_needs_the_public_address(host: Host) -> None:
    """A manifest without the address would be refused by Slack, so it is refused here, with what is missing."""
    host.configure('[slack]\nmode = "http"\n')
    done = host.type("slack", "manifest")
    assert (done.code, done.out) == (CONFIG, "")
    assert "[http] public_url" in done.err


def sentence(done: CompletedProcess[str]) -> str:
    """Return the last line on standard error, where the log is too."""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_serve_names_a_missing_secret(host: Host) -> None:
    """The reference that leads nowhere is named; values are not."""
    host.configure('[slack]\nmode = "socket"\nbot_token = "env:MY_TOKEN"\n')
    done = host.run("serve", SLACK_APP_TOKEN="xapp-1-A0-secretvalue")
    assert done.returncode == CONFIG
    assert sentence(done) == (
        "skillwarden: The secret env:MY_TOKEN could not be read: the environment variable is not set."
    )
    assert "secretvalue" not in done.stdout + done.stderr


@pytest.mark.parametrize(("mode", "missing"), [("socket", "SLACK_APP_TOKEN"), ("http", "SLACK_SIGNING_SECRET")])
async def test_serve_names_the_secret_that_its_mode_needs(host: Host, mode: str, missing: str) -> None:
    """Each mode needs one secret more than the token; the token that was given stays unsaid."""
    async with FakeSlack() as slack:
        host.configure(f'[slack]\nmode = "{mode}"\napi_url = "{slack.api_url}"\n[http]\nport = 0\n')
        done = await asyncio.to_thread(host.run, "serve", SLACK_BOT_TOKEN=slack.bot_token)
    assert done.returncode == CONFIG
    assert f"The secret env:{missing} could not be read" in sentence(done)
    assert "ready at" not in done.stdout
    assert slack.bot_token not in done.stdout + done.stderr


def test_a_secret_in_the_place_of_its_reference_is_refused_and_not_repeated(host: Host) -> None:
    """Who pastes the token into config.toml reads what belongs there, and the token goes nowhere."""
    host.configure('[slack]\nmode = "socket"\nbot_token = "xoxb-123456789012-secretvalue"\n')
    done = host.run("serve")
    assert done.returncode == CONFIG
    assert "config.toml, line 3: slack.bot_token" in done.stderr
    assert "secretvalue" not in done.stdout + done.stderr
