"""The doctor names what is wrong and what to do about it; a check that fails hides no other, and nothing is changed."""

from __future__ import annotations

import asyncio
import base64
import os
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli_doctor import examine, in_words
from bot.config import LanguageModelSettings, LimitSettings
from bot.demo import seed_demo
from bot.doctor.findings import Finding, Verdict, attempt, ok
from bot.doctor.machine import check_language_model, check_running, check_space
from bot.home import Home
from bot.integrations.secret_stores import Secrets
from core.domain.drift import DriftStatus
from core.domain.masking import Masker
from core.domain.notices import InboxStatus, Notice, NoticeKind, NoticeStatus
from core.domain.users import Role
from core.ports import UnitOfWork
from storage.database import Database
from storage.migrate import migrate
from tests.clock import START, FakeClock
from tests.platforms.slack import FakeSlack
from tests.storage_factory import fresh_id, make_drift, make_identity, make_inbox_item, make_skill, make_target


class Patient:
    """A home with the demo's people, bob and carol linked to the stand-in for Slack."""

    def __init__(self, home: Home, slack: FakeSlack, clock: FakeClock) -> None:
        """Look after ``home``."""
        self.home, self.slack, self.clock = home, slack, clock

    def configure(self, mode: str = "socket", more: str = "") -> None:
        """Write the configuration; ``more`` is for ``[slack]`` and what follows it."""
        text = f'[slack]\nmode = "{mode}"\napi_url = "{self.slack.api_url}"\n{more}\n'
        (self.home.path / "config.toml").write_text(text)

    async def findings(self) -> Mapping[str, Finding]:
        """Return what the doctor finds, by check."""
        found = await examine(self.home, None, demo=True, clock=self.clock)
        return {finding.check: finding for finding in found}

    async def finding(self, check: str) -> Finding:
        """Return what one check finds."""
        return (await self.findings())[check]

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[UnitOfWork]:
        """Change the database as the bot would."""
        url = f"sqlite:///{self.home.database}"
        await migrate(url)
        opened = await asyncio.to_thread(Database, url, masker=Masker(), clock=self.clock)
        async with aclosing(opened) as database:
            await seed_demo(database, self.clock, self.home)
            async with database.begin() as uow:
                yield uow
                await uow.commit()

    def tables(self) -> sqlite3.Connection:
        """Open the database behind the program's back."""
        return sqlite3.connect(self.home.database)


@pytest.fixture
async def patient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Patient]:
    """A patient in good health."""
    async with FakeSlack(speed=0) as slack:
        opened = Patient(await asyncio.to_thread(Home.open, tmp_path / "home"), slack, FakeClock())
        async with opened.writing() as uow:
            await _link(uow, slack, "bob", "carol")
        for name, value in (("BOT_TOKEN", slack.bot_token), ("APP_TOKEN", slack.app_token)):
            monkeypatch.setenv(f"SLACK_{name}", value)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
        opened.configure()
        yield opened


async def _link(uow: UnitOfWork, slack: FakeSlack, *names: str) -> None:
    for name in names:
        user = await uow.users.by_name(name)
        assert user is not None
        account = slack.person(name).user.id
        await uow.users.add_identity(
            make_identity(user, channel="slack", workspace_id=slack.world.team_id, external_id=account)
        )


def notice(**changes: object) -> Notice:
    """Build a notice that has waited since the clock's start."""
    key = fresh_id()
    values = {"id": key, "dedupe_key": key, "kind": NoticeKind.REPLY, "next_attempt_at": START, "created_at": START}
    return Notice.model_validate(values | changes)


async def test_who_is_well_is_told_so(patient: Patient) -> None:
    """With everything in place nothing but the absence of a running bot is noted."""
    approvals, room = patient.slack.channel("approvals"), patient.slack.channel("skills", kind="private")
    patient.configure(more=f'approval_channel = "{approvals.id}"\nallowed_channels = ["{room.id}"]')
    findings = await patient.findings()
    assert {check for check, finding in findings.items() if finding.verdict is not Verdict.OK} == {"running"}
    assert set(findings) >= {"Slack", "Slack scopes", "Slack sockets", "Slack approvals", f"Slack channel {room.id}"}


def test_a_running_bot_is_seen_and_not_disturbed(tmp_path: Path) -> None:
    """Whoever holds the lock is named by its process; nobody is kept from taking it afterwards."""
    home = Home.open(tmp_path)
    assert [finding.verdict for finding in check_running(home, "socket")] == [Verdict.WARNING]
    with home.lock():
        (running,) = check_running(home, "socket")
    assert running == ok("running", f"a bot runs on this home (process {os.getpid()})")
    assert [finding.verdict for finding in check_running(home, "socket")] == [Verdict.WARNING]
    with home.lock():
        pass


async def test_nothing_is_changed(patient: Patient) -> None:
    """No file of the home is another one afterwards, nobody sees a message in Slack, and no connection is opened."""
    alice = patient.slack.person("alice")
    approvals = patient.slack.channel("approvals", alice)
    patient.configure(more=f'approval_channel = "{approvals.id}"')

    def content() -> dict[Path, bytes]:
        files = (path for path in patient.home.path.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files if path.suffix not in {".db-shm", ".db-wal"}}

    before = await asyncio.to_thread(content)
    await patient.findings()
    assert await asyncio.to_thread(content) == before
    assert patient.slack.messages(approvals, alice) == []
    assert patient.slack.socket.opened == 0
    called = {call.method for call in patient.slack.calls}
    assert called == {"auth.test", "apps.connections.open", "chat.postEphemeral"}


async def test_a_missing_scope_is_named_with_its_reason(patient: Patient) -> None:
    """The scope that was not granted, what it is for, and how to get it."""
    patient.slack.scopes.discard("im:history")
    finding = await patient.finding("Slack scopes")
    assert finding.verdict is Verdict.PROBLEM
    assert "im:history (hear what people tell it" in finding.found
    assert "app_mentions:read" not in finding.found
    assert "skillwarden slack manifest" in finding.advice


@pytest.mark.parametrize("kind", ["public", "private"])
async def test_an_approval_channel_without_the_bot_is_a_problem(patient: Patient, kind: str) -> None:
    """Its cards could not be posted there."""
    room = patient.slack.channel("approvals", kind=kind, with_bot=False)  # type: ignore[arg-type]
    patient.configure(more=f'approval_channel = "{room.id}"')
    finding = await patient.finding("Slack approvals")
    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, 78)
    assert room.id in finding.found
    assert "/invite" in finding.advice


async def test_an_archived_approval_channel_is_a_problem(patient: Patient) -> None:
    """Nobody can write there."""
    room = patient.slack.channel("approvals")
    room.archived = True
    patient.configure(more=f'approval_channel = "{room.id}"')
    assert "is archived" in (await patient.finding("Slack approvals")).found


async def test_cards_that_go_nowhere_are_a_problem(patient: Patient) -> None:
    """With neither a channel nor direct messages nobody would be asked."""
    patient.configure(more="approval_messages = false")
    assert (await patient.finding("Slack approvals")).verdict is Verdict.PROBLEM


async def test_a_wrong_bot_token_does_not_hide_the_sockets(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's own word is repeated, the token is not; the other token is looked at all the same."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-2-not-this-one")
    findings = await patient.findings()
    assert findings["Slack"].verdict is Verdict.PROBLEM
    assert "invalid_auth" in findings["Slack"].found
    assert "xoxb-" in findings["Slack"].advice
    assert findings["Slack sockets"].verdict is Verdict.OK
    assert not any("not-this-one" in in_words(finding) for finding in findings.values())


async def test_an_app_token_without_its_scope_is_a_problem(patient: Patient) -> None:
    """Socket Mode needs connections:write, of the app-level token."""
    patient.slack.app_scopes.clear()
    finding = await patient.finding("Slack sockets")
    assert finding.verdict is Verdict.PROBLEM
    assert "connections:write" in finding.advice


async def test_a_slack_that_does_not_answer_is_one_finding(patient: Patient) -> None:
    """Nothing is asked of it twice in vain, and what does not need it is checked."""
    patient.configure(more="")
    config = patient.home.path / "config.toml"
    config.write_text(config.read_text().replace(patient.slack.api_url, "http://127.0.0.1:9/api/"))
    findings = await patient.findings()
    assert (findings["Slack"].verdict, findings["Slack"].exit_code) == (Verdict.PROBLEM, 69)
    assert "api_url" in findings["Slack"].advice
    assert findings["database"].verdict is Verdict.OK


@pytest.mark.parametrize(("mode", "needed"), [("socket", "APP_TOKEN"), ("http", "SIGNING_SECRET")])
async def test_a_secret_that_the_mode_needs_is_missing(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, mode: str, needed: str
) -> None:
    """It is named by its reference; the other secret of the mode is read, and a mode asks for its own only."""
    monkeypatch.delenv(f"SLACK_{needed}")
    patient.configure(mode, '[http]\npublic_url = "https://bot.example"')
    findings = await patient.findings()
    secrets = {check: finding.verdict for check, finding in findings.items() if check.startswith("secret")}
    assert secrets == {"secret bot_token": Verdict.OK, f"secret {needed.lower()}": Verdict.PROBLEM}
    assert f"env:SLACK_{needed}" in findings[f"secret {needed.lower()}"].found
    assert findings["Slack"].verdict is Verdict.OK


async def test_the_signing_key_is_named_by_its_fingerprint(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever checks a receipt compares it; a key that is none is a problem, and is not repeated."""
    monkeypatch.setenv("SIGNING_KEY", base64.b64encode(bytes(32)).decode())
    patient.configure(more='[audit]\nsigning_key = "env:SIGNING_KEY"')
    finding = (await patient.findings())["signing key"]
    assert (finding.verdict, len(finding.found.rpartition(" ")[2])) == (Verdict.OK, 64)
    monkeypatch.setenv("SIGNING_KEY", "correct-horse-battery")
    finding = (await patient.findings())["signing key"]
    assert finding.verdict is Verdict.PROBLEM
    assert "no private Ed25519 key" in finding.found
    assert "horse" not in finding.found


async def test_a_token_for_a_host_is_missing(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each host of private repositories has a finding of its own; no token is repeated."""
    monkeypatch.setenv("ONE_TOKEN", "a token like no other")
    tokens = "".join(
        f'[[sources.credentials]]\nhost = "{host}"\ntoken = "env:{name}"\n'
        for host, name in (("one.example", "ONE_TOKEN"), ("two.example", "TWO_TOKEN"))
    )
    patient.configure("socket", f'[sources]\nallowed_hosts = ["one.example", "two.example"]\n{tokens}')
    findings = await patient.findings()
    assert findings["token for one.example"].verdict is Verdict.OK
    assert findings["token for two.example"].verdict is Verdict.PROBLEM
    assert "env:TWO_TOKEN" in findings["token for two.example"].found
    assert "no other" not in findings["token for one.example"].found


async def test_http_mode_needs_an_address(patient: Patient) -> None:
    """Without public_url the manifest has no address to name."""
    patient.configure("http")
    assert (await patient.finding("Slack address")).verdict is Verdict.PROBLEM


async def test_what_waits_too_long_is_a_problem(patient: Patient) -> None:
    """Ten minutes are more than a failed attempt waits for the next; the last error says why."""
    async with patient.writing() as uow:
        await uow.notices.add(
            notice(last_error="Slack is down", attempts=3, next_attempt_at=START + timedelta(minutes=4))
        )
        await uow.notices.add(notice(created_at=START + timedelta(minutes=8)))
        await uow.inbox.add(make_inbox_item())
    patient.clock.advance(minutes=10)
    findings = await patient.findings()
    assert findings["notices"].verdict is Verdict.OK
    assert findings["notices"].found == "2 wait"
    patient.clock.advance(hours=1)
    findings = await patient.findings()
    assert findings["notices"].verdict is Verdict.PROBLEM
    assert findings["notices"].found == '2 wait, the oldest for 1 h 10 min; the last error: "Slack is down"'
    assert findings["deliveries"].found == "1 wait, the oldest for 1 h 10 min"


async def test_what_failed_in_the_last_day_is_a_warning(patient: Patient) -> None:
    """A day later it is history."""
    async with patient.writing() as uow:
        await uow.notices.add(notice(status=NoticeStatus.FAILED, last_error="nobody is there"))
        item = make_inbox_item(status=InboxStatus.FAILED, last_error="unreadable", processed_at=START)
        await uow.inbox.add(item)
    found = await examine(patient.home, None, demo=True, clock=patient.clock)
    warnings = [in_words(finding) for finding in found if finding.verdict is Verdict.WARNING]
    assert [line.partition(";")[0] for line in warnings[1:]] == [
        "warning  notices: 1 failed for good in the last day",
        "warning  deliveries: 1 failed for good in the last day",
    ]
    assert "nobody is there" in warnings[1]
    patient.clock.advance(days=1, seconds=1)
    assert (await patient.finding("notices")).verdict is Verdict.OK


async def test_the_schema_of_another_version_is_left_as_it_is(patient: Patient) -> None:
    """It says how to migrate, and does not; what is in the database is not looked at."""
    with closing(patient.tables()) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    findings = await patient.findings()
    assert (findings["database"].verdict, findings["database"].exit_code) == (Verdict.PROBLEM, 74)
    assert "skillwarden migrate" in findings["database"].advice
    assert "notices" not in findings
    assert findings["Slack"].verdict is Verdict.OK
    with closing(patient.tables()) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]


async def test_a_damaged_database_hides_nothing_else(patient: Patient) -> None:
    """A file that is no database is a problem of its own."""
    for left in patient.home.path.glob("skillwarden.db*"):
        left.write_bytes(b"this is no database at all" * 400)
    findings = await patient.findings()
    assert findings["database"].verdict is Verdict.PROBLEM
    assert findings["Slack"].verdict is Verdict.OK


@pytest.mark.parametrize(("admins", "verdict"), [(0, Verdict.PROBLEM), (1, Verdict.WARNING), (2, Verdict.OK)])
async def test_somebody_else_has_to_be_able_to_approve(patient: Patient, admins: int, verdict: Verdict) -> None:
    """Nobody approves their own request, so one admin is one too few to ask and to approve."""
    with closing(patient.tables()) as connection, connection:
        connection.execute(
            "UPDATE users SET role = ? WHERE name IN (SELECT name FROM users WHERE role = ? LIMIT ?)",
            (Role.USER.value, Role.ADMIN.value, 2 - admins),
        )
    assert (await patient.finding("people")).verdict is verdict


async def test_an_admin_without_an_account_there_approves_nothing(patient: Patient) -> None:
    """With Slack switched on, an account on the console alone does not count."""
    with closing(patient.tables()) as connection, connection:
        connection.execute("DELETE FROM channel_identities WHERE channel = 'slack'")
    assert (await patient.finding("people")).verdict is Verdict.PROBLEM
    patient.configure("off")
    assert (await patient.finding("people")).verdict is Verdict.OK


async def test_the_rules_of_the_configured_policy_are_looked_at(patient: Patient) -> None:
    """The doctor counts as the bot does: a rule that asks for more than can be given is named, and so is nobody."""
    rule = '[[policy.rules]]\nname = "crowd"\noutcome = "require"\nthreshold = {}\nnotify = {{people = ["zoe"]}}'
    patient.configure(more=rule.format(3))
    finding = await patient.finding("people")
    assert finding.verdict is Verdict.PROBLEM
    assert 'rule "crowd" needs 3 approvals, and 2 can be given' in finding.found
    patient.configure(more=rule.format(1))
    finding = await patient.finding("people")
    assert finding.verdict is Verdict.WARNING
    assert 'rule "crowd" names "zoe", and nobody is called so' in finding.found
    patient.configure(more='[[policy.rules]]\nname = "free"\noutcome = "allow"')
    finding = await patient.finding("people")
    assert (finding.verdict, finding.found) == (Verdict.OK, "no rule asks anybody")


async def test_a_wrong_configuration_hides_nothing_else(patient: Patient) -> None:
    """Its line is named, and what does not depend on it is checked."""
    (patient.home.path / "config.toml").write_text("[slack]\nmood = 1\n")
    findings = await patient.findings()
    assert (findings["configuration"].verdict, findings["configuration"].exit_code) == (Verdict.PROBLEM, 78)
    assert "line 2" in findings["configuration"].found
    assert findings["git"].verdict is findings["home"].verdict is Verdict.OK


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Whoever mistypes --home does not get a new one."""
    found = asyncio.run(examine(Home(tmp_path / "none"), None, demo=True, clock=FakeClock()))
    problems = {finding.check for finding in found if finding.verdict is Verdict.PROBLEM}
    assert problems == {"home", "database"}
    assert list(tmp_path.iterdir()) == []


async def test_a_home_that_others_may_look_into_is_a_warning(patient: Patient) -> None:
    """The database holds what people said."""
    patient.home.path.chmod(0o755)
    finding = await patient.finding("home")
    assert finding.verdict is Verdict.WARNING
    assert finding.advice == f"chmod 700 {patient.home.path}"


@pytest.mark.parametrize("said", [None, "git version 2.30.9", "nothing of the kind"])
async def test_git_has_to_be_there_and_new_enough(
    patient: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    """Without it, or with one that lacks what is asked of it, no skill can be fetched."""
    folder = tmp_path / "bin"
    folder.mkdir()
    if said is not None:
        (folder / "git").write_text(f"#!/bin/sh\necho '{said}'\n")
        (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    finding = await patient.finding("git")
    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, 69)
    assert "2.31" in finding.advice


def test_a_download_has_to_fit_on_the_disk(tmp_path: Path) -> None:
    """Less room than the largest repository takes is a problem, before anything fails."""
    (finding,) = check_space((tmp_path,), LimitSettings(repository_bytes=10**18))
    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, 74)


async def test_a_check_that_breaks_is_a_finding() -> None:
    """What nobody foresaw is named, and the other checks go on."""

    async def broken() -> list[Finding]:
        raise ZeroDivisionError("by zero")

    (finding,) = await attempt("something", broken(), "Do it.")
    assert (finding.verdict, finding.exit_code) == (Verdict.PROBLEM, 70)
    assert "ZeroDivisionError" in finding.found


@pytest.mark.parametrize(
    ("settings", "installed", "found"),
    [
        ({}, True, None),
        ({"provider": "google", "model": "m", "api_key": "env:KEY"}, True, "ok: env:KEY can be read"),
        ({"provider": "google", "model": "m", "api_key": "env:NO"}, True, "problem: "),
        ({"provider": "google", "model": "m", "api_key": "env:KEY"}, False, "problem: the program for it is not"),
        ({"provider": "openai", "model": "m", "base_url": "http://127.0.0.1:1/v1"}, True, "ok: m is asked without"),
    ],
)
def test_a_language_model_needs_its_program_and_its_key(
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    installed: bool,
    found: str | None,
) -> None:
    """Nothing is said while it is off, and nobody asks it anything."""
    if not installed:
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    wanted = LanguageModelSettings.model_validate(settings)
    findings = check_language_model(wanted, Secrets({"KEY": "a-secret-key"}, Masker()))
    said = [f"{finding.verdict}: {finding.found}" for finding in findings]
    assert [line[: len(found or "")] for line in said] == ([] if found is None else [found])


async def test_places_that_are_not_as_approved_are_named(patient: Patient) -> None:
    """With what to do about them; what an admin ignores is no matter for the doctor."""
    assert await patient.finding("drift") == ok("drift", "every place was as approved when it was looked at last")
    async with patient.writing() as uow:
        (claude, *_) = await uow.providers.all()
        (bob,) = [user for user in await uow.users.all() if user.name == "Bob"]
        targets = []
        for number in range(8):
            skill = make_skill(bob, f"skill-{number}")
            await uow.skills.add(skill)
            targets.append(make_target(skill, claude))
            await uow.targets.add(targets[-1])
        ignored = make_drift(targets[0], status=DriftStatus.IGNORED, ignored_by=bob.id, ignored_at=START)
        await uow.drifts.add(ignored)
    found = await patient.finding("drift")
    assert (found.verdict, found.found) == (
        Verdict.OK,
        "every place was as approved, but for 1 that an admin ignores",
    )
    async with patient.writing() as uow:
        for target in targets[1:3]:
            await uow.drifts.add(make_drift(target))
    found = await patient.finding("drift")
    assert found.verdict is Verdict.WARNING
    assert found.found == "2 places are not as approved: pdf on Claude, pdf on Claude"
    assert 'Say "drift" in chat' in found.advice
    async with patient.writing() as uow:
        for target in targets[3:]:
            await uow.drifts.add(make_drift(target))
    named = ", ".join(["pdf on Claude"] * 5)
    assert (await patient.finding("drift")).found == f"7 places are not as approved: {named}, ..."
