"""``skillwarden policy``, and ``serve`` under a policy that cannot be satisfied, as people start them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from tests.acceptance.program import skillwarden
from tests.acceptance.serving import link, served
from tests.harness import code_in, talking
from tests.platforms.slack import FakeSlack

CONFIG, REFUSED = 78, 65

RULES = """
[policy]
groups = {safe = ["bob", "zoe"]}
[[policy.rules]]
name = "remote"
reach = ["remote"]
outcome = "deny"
[[policy.rules]]
name = "pdf"
priority = 10
skills = ["pdf"]
chats = ["C1"]
outcome = "require"
approvers = {groups = ["safe"]}
[[policy.rules]]
name = "rest"
outcome = "require"
threshold = 2
ttl = "4h"
"""
TOO_MUCH = '[[policy.rules]]\nname = "crowd"\noutcome = "require"\nthreshold = 3\n'

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A place for the demo's home."""
    return tmp_path / "demo"


@pytest.fixture(name="type_")
def _type(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Run one command in this process; return its exit code and what it printed on both streams."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["skillwarden", "policy", *arguments, "--demo", "--home", str(home)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return run


def write(path: Path, text: str) -> str:
    """Write a configuration and return where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_check_is_a_program_like_any_other(tmp_path: Path, home: Path) -> None:
    """In a process of its own: every rule of the policy in use in a line, and that people can satisfy it."""
    done = skillwarden("policy", "check", "--demo", "--home", str(home), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == ["read", "write", "destructive"]
    assert lines[1] == "write: risk write: 1 approval from admins, not by who asks; 1h to decide, good for 1d"
    assert lines[3:] == ["What no rule matches is denied.", "Every rule can be satisfied."]


def test_check_says_the_rules_in_the_order_asked(tmp_path: Path, type_: Type) -> None:
    """Another file can be checked before it is used; a name that is nobody's is remarked."""
    code, out, err = type_("check", write(tmp_path / "new.toml", RULES))
    assert (code, err) == (0, "")
    assert [line.partition(":")[0] for line in out.splitlines()[:3]] == ["pdf", "remote", "rest"]
    assert 'note: group "safe" names "zoe", and nobody is called so' in out


def test_check_refuses_what_nobody_can_satisfy(tmp_path: Path, type_: Type) -> None:
    """Rule, needed, available and whose account is missing are named, and the exit code is for scripts."""
    code, out, err = type_("check", write(tmp_path / "new.toml", TOO_MUCH))
    assert code == CONFIG
    assert err == (
        'wrong: rule "crowd" needs 3 approvals, and 2 can be given: too few active people are meant by admins\n'
    )
    assert "can be satisfied" not in out
    dana = '[[policy.rules]]\nname = "dana"\noutcome = "require"\napprovers = {people = ["dana"]}\n'
    asyncio.run(_let_in(tmp_path / "demo"))
    code, _, err = type_("check", write(tmp_path / "new.toml", dana))
    assert (code, "0 can be given: dana has no linked account" in err) == (CONFIG, True)


def test_check_names_the_line_that_is_wrong(tmp_path: Path, home: Path, type_: Type) -> None:
    """A file that cannot be read as a policy is refused as any configuration is, in use or not."""
    file = write(tmp_path / "new.toml", TOO_MUCH + 'ttl = "soon"\n')
    code, out, err = type_("check", file)
    assert (code, out) == (CONFIG, "")
    assert f"{file}, line 5: policy.rules.ttl - " in err
    assert type_("check", str(tmp_path / "missing.toml"))[0] == CONFIG
    write(home / "config.toml", TOO_MUCH + "treshold = 1\n")
    code, _, err = type_("check")
    assert (code, 'line 5: policy.rules.treshold - there is no such key; the nearest is "threshold"' in err) == (
        CONFIG,
        True,
    )


def test_explain_says_why_each_rule_does_or_does_not_decide(home: Path, type_: Type) -> None:
    """In order: what failed, what only a preview can tell, what decides; then who could approve, and until when."""
    write(home / "config.toml", RULES)
    code, out, err = type_("explain", "install pdf on claude", "--as", "bob")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "install pdf on Claude (write)"
    assert lines[1] == "  pdf: no: chats C1"
    assert lines[2].startswith("  remote: perhaps: reach is unknown until the content was fetched; ")
    assert lines[3].startswith("  rest: yes: everything: 2 approvals from admins")
    assert lines[4:6] == [
        '"rest" decides, unless one does that is marked perhaps.',
        "2 of these could approve: Carol.",
    ]
    assert lines[6].startswith("Asked now, until 2")


def test_explain_knows_the_chat_and_who_asks(home: Path, type_: Type) -> None:
    """A rule for one channel matches there; without a name nobody is left out."""
    write(home / "config.toml", RULES)
    _, out, _ = type_("explain", "please put pdf on claude", "--in", "T1/C1")
    assert out.splitlines()[1].startswith("  pdf: yes: skills pdf; in chat C1: 1 approval from group safe")
    assert "1 of these could approve: Bob, whoever of them does not ask." in out


def test_explain_leaves_out_whom_it_is_about(type_: Type) -> None:
    """Nobody has a say in their own role."""
    _, out, _ = type_("explain", "make carol a user", "--as", "alice")
    assert "1 of these could approve: Bob." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("install pfd on claude",), "Which skill do you mean? pdf"),
        (("install a skill on claude",), "Which skill"),
        (("good morning to all of you",), "did not understand"),
        (("install pdf on claude", "--as", "mallory"), 'nobody called "mallory"'),
    ],
)
def test_explain_asks_back_where_the_bot_would(type_: Type, arguments: tuple[str, ...], said: str) -> None:
    """A sentence that is no one request, or somebody unknown, is told in a sentence."""
    code, out, err = type_("explain", *arguments)
    assert (code, out) == (REFUSED, "")
    assert said in err


def test_simulate_lists_what_another_policy_would_change(tmp_path: Path, home: Path, type_: Type) -> None:
    """Recorded requests are asked again: those with another answer are listed, the others counted."""
    asyncio.run(_ask(home))
    new = write(tmp_path / "new.toml", '[[policy.rules]]\nname = "pdf"\nskills = ["pdf"]\noutcome = "deny"\n' + REST)
    code, out, _ = type_("simulate", new)
    listed = out.splitlines()
    assert code == 0
    assert "Alice: install pdf on claude" in listed[0]
    assert listed[1] == "    write: 1 of Bob, Carol -> pdf: denied"
    assert listed[2:] == ["1 of 2 requests would be treated in another way."]
    said = json.loads(type_("simulate", new, "--json")[1])
    assert said["requests"] == 2
    assert [change["code"] for change in said["changed"]] == [code_in(listed[0])]
    assert said["changed"][0]["old"]["approvers"] == ["Bob", "Carol"]
    assert said["changed"][0]["new"] == {"outcome": "deny", "rule": "pdf", "threshold": 0, "approvers": []}
    assert type_("simulate", write(tmp_path / "same.toml", ""))[1] == (
        "0 of 2 requests would be treated in another way.\n"
    )


def test_how_far_a_simulation_looks_back_is_a_date_or_a_length(tmp_path: Path, home: Path, type_: Type) -> None:
    """Days and lengths of time are taken alike, as ``audit verify`` takes them; nonsense is told how they look."""
    asyncio.run(_ask(home))
    new = write(tmp_path / "new.toml", REST)
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"
    for since, count in (("2026-11-01", 2), ("2026-11-01T00:00:00+09:00", 2), ("12h", 2), (tomorrow, 0)):
        assert f"of {count} requests" in type_("simulate", new, "--since", since)[1], since
    code, _, err = type_("simulate", new, "--since", "ages")
    assert (code, "--since" in err) == (2, True)
    assert '"ages" is no date such as 2026-11-01, and no length of time such as 12h or 90d' in " ".join(err.split())


REST = '[[policy.rules]]\nname = "write"\nrisks = ["write"]\noutcome = "require"\n'


async def _ask(home: Path) -> None:
    """Let alice ask for two skills, on this day."""
    from bot.clock import SystemClock

    async with talking(home, SystemClock()) as talk:  # type: ignore[arg-type]  # nobody moves it here
        await talk("install pdf on claude")
        await talk("install meeting-notes on claude")


async def _let_in(home: Path) -> None:
    """Let dana in, without an account."""
    from tests.storage_factory import make_user

    async with talking(home) as talk, talk.database.begin() as uow:
        await uow.users.add(make_user("dana"))
        await uow.commit()


@pytest.mark.timeout(90)
async def test_serve_warns_of_a_policy_that_cannot_be_satisfied_and_runs(tmp_path: Path) -> None:
    """One printed line names the rule; accounts on platforms that are off do not count; the bot answers anyway."""
    async with FakeSlack() as slack:
        alice = slack.person("alice")
        await asyncio.to_thread(link, tmp_path, slack, alice)
        async with served(tmp_path, slack, "http", configuration=TOO_MUCH) as serving:
            assert 'rule "crowd" needs 3 approvals, and 0 can be given' in serving.announced
            await alice.says(alice.dm, "list skills")
            await serving.sees(alice, "meeting-notes")
