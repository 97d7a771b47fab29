"""Eighteen faults are planted, one at a time: the doctor names each, with what to do, and finds nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import cli_doctor
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.endpoint import set_webhook
from bot.clock import SystemClock
from bot.doctor.findings import Verdict
from bot.home import Home
from bot.integrations.checkpoint_file import DiskCheckpointFile
from core.domain.targets import ProviderStatus
from tests.clock import FakeClock
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram
from tests.storage_factory import make_event, make_execution, make_identity
from tests.unit.test_doctor import Patient, notice

Plant = Callable[["Ward"], Awaitable[None]]


class Ward(Patient):
    """A patient who talks on Telegram too."""

    telegram: FakeTelegram
    monkeypatch: pytest.MonkeyPatch

    def settings(self, slack: str = "", telegram: str = "", more: str = "") -> None:
        """Write the configuration."""
        self.configure(
            more=f'{slack}\n[telegram]\nmode = "polling"\napi_url = "{self.telegram.api_url}"\n{telegram}\n{more}'
        )

    async def say_something(self) -> None:
        """Put an event on the record."""
        async with self.writing() as uow:
            alice = await uow.users.by_name("alice")
            assert alice is not None
            execution = make_execution(alice)
            await uow.executions.add(execution)
            await uow.events.append(execution.id, alice.id, make_event())


@pytest.fixture
async def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ward]:
    """Open a ward in which all is well."""
    async with FakeSlack(speed=0) as slack, FakeTelegram(speed=0) as telegram:
        opened = Ward(await asyncio.to_thread(Home.open, tmp_path / "home"), slack, FakeClock())
        opened.telegram, opened.monkeypatch = telegram, monkeypatch
        async with opened.writing() as uow:
            for name in ("bob", "carol"):
                user = await uow.users.by_name(name)
                assert user is not None
                account = slack.person(name).user.id
                await uow.users.add_identity(
                    make_identity(user, channel="slack", workspace_id=slack.world.team_id, external_id=account)
                )
        for name, value in (("SLACK_BOT_TOKEN", slack.bot_token), ("SLACK_APP_TOKEN", slack.app_token)):
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("TELEGRAM_TOKEN", telegram.token)
        opened.settings()
        yield opened


async def open_home(ward: Ward) -> None:
    """Let others look into the home."""
    await asyncio.to_thread(ward.home.path.chmod, 0o755)


async def no_git(ward: Ward) -> None:
    """Take git away."""
    ward.monkeypatch.setenv("PATH", str(ward.home.path))


async def typing_error(ward: Ward) -> None:
    """Mistype a key."""
    ward.settings(more="[limits]\nfils = 3\n")


async def no_database(ward: Ward) -> None:
    """Lose the database."""
    await asyncio.to_thread(ward.home.database.unlink)


async def other_version(ward: Ward) -> None:
    """Take the database of another version."""
    with closing(ward.tables()) as tables:
        tables.execute("UPDATE alembic_version SET version_num = '9999'")
        tables.commit()


async def no_space(ward: Ward) -> None:
    """Fill the disk, but for what a download may take."""
    ward.settings(more=f"[limits]\nrepository_bytes = {10**18}\n")


async def clock_runs_ahead(ward: Ward) -> None:
    """Let the machine's clock be ten minutes ahead."""

    class Ahead:
        def now(self) -> datetime:
            return SystemClock().now() + timedelta(minutes=10)

    ward.monkeypatch.setattr(cli_doctor, "SystemClock", Ahead)


async def no_token(ward: Ward) -> None:
    """Forget to set a token."""
    ward.monkeypatch.delenv("SLACK_APP_TOKEN")


async def scope_is_missing(ward: Ward) -> None:
    """Withdraw a scope."""
    ward.slack.scopes.discard("im:write")


async def sockets_are_shut(ward: Ward) -> None:
    """Take an app-level token that is none."""
    ward.monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-wrong")


async def webhook_of_another(ward: Ward) -> None:
    """Let another program set a webhook for the bot."""
    ward.telegram.proxy("https://other.example", "http://127.0.0.1:9")
    made = await asyncio.to_thread(TelegramClient, ward.telegram.token, api_url=ward.telegram.api_url)
    async with made as client:
        await set_webhook(client, "https://other.example", "secret")


async def token_is_withdrawn(ward: Ward) -> None:
    """Let BotFather give out another token."""
    ward.telegram.revoke_token()


async def provider_has_broken(ward: Ward) -> None:
    """Break a provider, which the bot has not noticed: for all it knows it is connected."""

    def put_a_file_in_its_place() -> None:
        folder = ward.home.providers / "claude"
        folder.mkdir(parents=True)
        (folder / "skills").write_text("")

    await asyncio.to_thread(put_a_file_in_its_place)


async def provider_was_down(ward: Ward) -> None:
    """Let a provider have been broken, and be well again."""
    async with ward.writing() as uow:
        provider = (await uow.providers.all())[0]
        broken = {"status": ProviderStatus.ERROR, "last_error": "the key was withdrawn"}
        await uow.providers.update(provider.evolve(**broken))


async def rule_asks_too_much(ward: Ward) -> None:
    """Write a rule that nobody can satisfy."""
    rules = '[[policy.rules]]\nname = "all"\noutcome = "require"\nthreshold = 9\n'
    ward.settings(more=rules)


async def notice_is_stuck(ward: Ward) -> None:
    """Let a message wait for an hour."""
    async with ward.writing() as uow:
        await uow.notices.add(notice(last_error="channel_not_found"))
    ward.clock.advance(hours=1)


async def record_was_touched(ward: Ward) -> None:
    """Change what is on the record."""
    await ward.say_something()
    with closing(ward.tables()) as tables:
        for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            tables.execute(f"DROP TRIGGER {name}")
        tables.execute("UPDATE execution_events SET user_id = 'somebody else'")
        tables.commit()


async def record_was_replaced(ward: Ward) -> None:
    """Put another database where a checkpoint had left one."""
    await DiskCheckpointFile(ward.home.path / "checkpoints.jsonl").append([{"seq": 7, "hash": "0" * 64}])


FAULTS: list[tuple[Plant, str, Verdict, str]] = [
    (open_home, "home", Verdict.WARNING, "chmod 700"),
    (no_git, "git", Verdict.PROBLEM, "Install git"),
    (typing_error, "configuration", Verdict.PROBLEM, "limits.fils"),
    (no_database, "database", Verdict.PROBLEM, "skillwarden migrate"),
    (other_version, "database", Verdict.PROBLEM, "9999"),
    (no_space, "disk", Verdict.PROBLEM, "Free some space"),
    (clock_runs_ahead, "clock", Verdict.PROBLEM, "NTP"),
    (no_token, "secret app_token", Verdict.PROBLEM, "SLACK_APP_TOKEN"),
    (scope_is_missing, "Slack scopes", Verdict.PROBLEM, "im:write"),
    (sockets_are_shut, "Slack sockets", Verdict.PROBLEM, "connections:write"),
    (webhook_of_another, "Telegram updates", Verdict.WARNING, "other.example"),
    (token_is_withdrawn, "Telegram", Verdict.PROBLEM, "BotFather"),
    (provider_has_broken, "provider Claude", Verdict.PROBLEM, "a file"),
    (provider_was_down, "provider Claude", Verdict.WARNING, "the key was withdrawn"),
    (rule_asks_too_much, "people", Verdict.PROBLEM, "policy check"),
    (notice_is_stuck, "notices", Verdict.PROBLEM, "channel_not_found"),
    (record_was_touched, "audit", Verdict.PROBLEM, "audit verify"),
    (record_was_replaced, "audit", Verdict.PROBLEM, "checkpoint 7"),
]


async def test_a_ward_without_a_fault_is_well(ward: Ward) -> None:
    """Nothing but the absence of a running bot is noted, also with something on the record."""
    await ward.say_something()
    found = await ward.findings()
    assert {check for check, finding in found.items() if finding.verdict is not Verdict.OK} == {"running"}
    assert {"clock", "audit", "provider Claude", "git", "disk", "people", "notices"} <= found.keys()


@pytest.mark.parametrize(("plant", "check", "verdict", "named"), FAULTS, ids=[plant.__name__ for plant, *_ in FAULTS])
async def test_a_planted_fault_is_found(ward: Ward, plant: Plant, check: str, verdict: Verdict, named: str) -> None:
    """It is named, alone, with the remedy; a problem has an exit code for scripts, and a warning has none."""
    await plant(ward)
    found = await ward.findings()
    wrong = [finding for finding in found.values() if finding.verdict is not Verdict.OK and finding.check != "running"]
    assert [finding.check for finding in wrong] == [check], wrong
    (finding,) = wrong
    assert finding.verdict is verdict
    assert named in f"{finding.found} {finding.advice}"
    assert finding.advice
    assert bool(finding.exit_code) is (verdict is Verdict.PROBLEM)
