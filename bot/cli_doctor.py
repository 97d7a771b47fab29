"""``skillwarden doctor``: every check after the other; nothing is changed, and a running bot may go on."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from pathlib import Path
from typing import get_args

from bot.cli_words import say, say_error
from bot.clock import SystemClock
from bot.config import Settings, load_settings
from bot.database_url import url_of
from bot.doctor.clock import check_clock
from bot.doctor.findings import Finding, Verdict, attempt, ok, problem
from bot.doctor.machine import (
    check_credentials,
    check_git,
    check_home,
    check_language_model,
    check_running,
    check_secrets,
    check_signing_key,
    check_space,
)
from bot.doctor.queues import check_deliveries, check_drift, check_notices, check_people, check_providers
from bot.doctor.record import check_record
from bot.doctor.slack import check_slack
from bot.doctor.telegram import check_telegram
from bot.home import Home, home_path
from bot.installation import Installation
from bot.integrations.checkpoint_file import DiskCheckpointFile
from bot.integrations.secret_stores import Secrets
from bot.locale.translator import Catalogues
from bot.policy_config import policy_of
from bot.skill_places import installers_of, repositories_of
from core.domain.masking import Masker
from core.domain.messages import ChannelName
from core.errors import SkillwardenError, StorageError, Words
from core.ports import Clock
from storage.backends import backend_of
from storage.checkup import quick_check, text_problem
from storage.database import Database
from storage.migrate import UNFINISHED, current_and_head, unfinished

_MIGRATE = Words('Run "skillwarden migrate".')
_KEEP_A_COPY = Words('{migrate} "skillwarden backup FOLDER" first keeps a copy.', migrate=_MIGRATE)
_LOAD_ANEW = Words(
    'Let "skillwarden migrate" make the tables of an empty database, and load a dump of the rows into it.'
)
_LOOK_AT_DISK = Words("Check the disk and who may read the file; a backup works as --home.")
_LOOK_AT_SERVER = Words("Check that the server runs, and the address, the user and the password it is reached with.")
_REPORT = Words("Report this as a bug.")


def examined(home: Path | None, config: Path | None, *, demo: bool) -> tuple[Finding, ...]:
    """Make every check and return what was found, with secrets masked.

    Raises:
        InvalidSetting: the home has a path that cannot be one.
    """
    return asyncio.run(examine(Home(home_path(home, os.environ)), config, demo=demo, clock=SystemClock()))


def in_words(finding: Finding) -> str:
    """Return ``finding`` as one line."""
    verdicts = {Verdict.OK: say("ok"), Verdict.WARNING: say("warning"), Verdict.PROBLEM: say("problem")}
    line = f"{verdicts[finding.verdict]:<8} {finding.check}: {finding.found}"
    return f"{line.rstrip('.')}. {finding.advice}" if finding.advice else line


async def examine(home: Home, config: Path | None, *, demo: bool, clock: Clock) -> tuple[Finding, ...]:
    """Make every check of the bot at ``home``; what depends on something that is broken is left out."""
    masker = Masker()
    findings = [
        *await attempt("home", asyncio.to_thread(check_home, home), _REPORT),
        *await attempt("git", check_git(), _REPORT),
    ]
    try:
        settings = await asyncio.to_thread(load_settings, home.path, config)
        url = url_of(settings, home.path, masker, demo=demo)
        place = (await asyncio.to_thread(backend_of, url)).where
    except SkillwardenError as error:
        advice = Words("Correct that; what depends on it was not looked at.")
        findings.append(problem("configuration", say_error(error), advice, error.exit_code))
    else:
        findings.append(ok("configuration", _modes(settings)))
        translator = await asyncio.to_thread(Catalogues, default=settings.language)
        installation = Installation(
            home=home, settings=settings, url=url, demo=demo, translator=translator, masker=masker
        )
        findings += await attempt("configuration", _configured(installation, place, clock), _REPORT)
    return tuple(
        finding.evolve(found=masker.text(finding.found), advice=masker.text(finding.advice)) for finding in findings
    )


async def _configured(installation: Installation, place: str, clock: Clock) -> list[Finding]:
    """Make the checks that need to know the configuration; ``place`` is where the database is."""
    home, settings, url, masker = installation.home, installation.settings, installation.url, installation.masker
    slack = settings.slack
    folders = (home.path, Path(place).parent) if url.startswith("sqlite") else (home.path,)
    secrets = Secrets(os.environ, masker)
    readable, tokens = await asyncio.to_thread(check_secrets, slack, settings.telegram, secrets)
    mode = next((mode for mode in (slack.mode, settings.telegram.mode) if mode != "off"), "off")
    checkpoints = Path(settings.audit.file) if settings.audit.file else home.path / "checkpoints.jsonl"
    asked_at = {"slack": slack.api_url, "telegram": settings.telegram.api_url}
    platforms = [url for name, url in asked_at.items() if name in settings.channels]
    findings = [
        *await attempt("clock", check_clock(platforms, SystemClock()), _REPORT),
        *await attempt("running", asyncio.to_thread(check_running, home, mode), _REPORT),
        *await attempt("disk", asyncio.to_thread(check_space, folders, settings.limits), _REPORT),
        *await _stored(installation, place, checkpoints, clock=clock, secrets=secrets),
        *readable,
        *await asyncio.to_thread(check_credentials, settings.sources, secrets),
        *await asyncio.to_thread(check_signing_key, settings.audit, secrets),
        *await asyncio.to_thread(check_language_model, settings.language_model, secrets),
    ]
    if slack.mode != "off":
        groups = bool(policy_of(settings.policy).slack_groups)
        findings += await attempt("Slack", check_slack(slack, settings.http, tokens, user_groups=groups), _REPORT)
    if settings.telegram.mode != "off":
        asked = check_telegram(settings.telegram, settings.http, tokens.get("token"))
        findings += await attempt("Telegram", asked, _REPORT)
    return findings


async def _stored(
    installation: Installation, place: str, checkpoints: Path, *, clock: Clock, secrets: Secrets
) -> list[Finding]:
    """Look at the database, and at what is in it when it can be read."""
    settings, url, masker = installation.settings, installation.url, installation.masker
    advice = _LOOK_AT_DISK if url.startswith("sqlite") else _LOOK_AT_SERVER
    findings = list(await attempt("database", _database(url, place), advice))
    if findings[0].verdict is Verdict.PROBLEM:
        return findings
    opened = await asyncio.to_thread(Database, url, masker=masker, clock=clock)
    async with aclosing(opened) as database:
        now = clock.now()
        channels = settings.channels or get_args(ChannelName)
        findings += await attempt("notices", check_notices(database, now), advice)
        findings += await attempt("deliveries", check_deliveries(database, now), advice)
        findings += await attempt("people", check_people(database, channels, policy_of(settings.policy), clock), advice)
        places = await asyncio.to_thread(installers_of, installation, secrets, repositories_of(installation, secrets))
        findings += await attempt("providers", check_providers(database, clock, places, masker), advice)
        findings += await attempt("drift", check_drift(database), advice)
        sealed = DiskCheckpointFile(checkpoints)
        findings += await attempt("audit", check_record(database, sealed, now), advice)
    return findings


async def _database(url: str, place: str) -> list[Finding]:
    """Say whether the database is there, of this program, and whole."""
    current, head = await current_and_head(url)
    if current is None:
        return [
            problem("database", Words("there is none at {place} yet", place=place), _MIGRATE, StorageError.exit_code)
        ]
    if current == UNFINISHED:
        return [problem("database", unfinished(place), _MIGRATE, StorageError.exit_code)]
    if current != head:
        found = Words(
            "{place} is at revision {current}, and this program needs {head}", place=place, current=current, head=head
        )
        return [problem("database", found, _KEEP_A_COPY, StorageError.exit_code)]
    await asyncio.to_thread(quick_check, url)
    if text := await asyncio.to_thread(text_problem, url):
        return [problem("database", text, _LOAD_ANEW, StorageError.exit_code)]
    return [ok("database", Words("{place} is at revision {head} and whole", place=place, head=head))]


def _modes(settings: Settings) -> Words:
    slack, telegram = repr(settings.slack.mode), repr(settings.telegram.mode)
    if settings.telegram.mode == "off":
        return Words("it can be read, and Slack is {slack}", slack=slack)
    return Words("it can be read, and Slack is {slack}, Telegram {telegram}", slack=slack, telegram=telegram)
