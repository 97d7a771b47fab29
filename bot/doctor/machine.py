"""The machine: the home, who runs on it, its disk, git, and where the secrets are."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.cli_words import say_error
from bot.config import (
    AuditSettings,
    LanguageModelSettings,
    LimitSettings,
    SlackSettings,
    SourceSettings,
    TelegramSettings,
)
from bot.doctor.findings import Finding, ok, problem, warning
from bot.git.process import NO_REPOSITORY, GitFailed, GitMissing, run_git
from bot.home import Home
from bot.integrations.secret_stores import Secrets
from bot.integrations.signing import configured_signer
from core.domain.secret_refs import SecretRef
from core.errors import DiskFull, InvalidSetting, ProgramMissing, SecretNotFound, Words

# git-scm.com, release notes 2.29: fetch --no-write-fetch-head and --no-auto-maintenance, init --object-format; 2.31:
# settings through the environment (GIT_CONFIG_COUNT).
_OLDEST_GIT = (2, 31)
_VERSION = re.compile(r"git version (\d+)\.(\d+)(\S*)")

_MEGABYTE = 1_000_000
_LITTLE_SPACE = 1_000 * _MEGABYTE
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_home(home: Home) -> list[Finding]:
    """Say whether the home can be used, and by its owner alone."""
    path = home.path
    if not path.is_dir():
        return [
            problem(
                "home",
                Words("there is no folder {path}", path=path),
                Words('Name it with --home, or make it: "skillwarden migrate".'),
            )
        ]
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        return [
            problem(
                "home",
                Words("{path} cannot be written", path=path),
                Words("Give it to the user who runs the bot (chown)."),
            )
        ]
    if path.stat().st_mode & _OTHERS:
        return [warning("home", Words("others on this machine may look into {path}", path=path), f"chmod 700 {path}")]
    return [ok("home", Words("{path} is private and can be written", path=path))]


def check_running(home: Home, mode: str) -> list[Finding]:
    """Say whether a bot runs on the home; one should where a channel is switched on."""
    holder = home.holder()
    if holder is not None:
        return [ok("running", Words("a bot runs on this home (process {holder})", holder=holder))]
    if mode == "off":
        return [ok("running", Words("no bot runs on this home, and every channel is off"))]
    return [warning("running", Words("no bot runs on this home"), Words('Start it: "skillwarden serve".'))]


def check_space(folders: Iterable[Path], limits: LimitSettings) -> list[Finding]:
    """Say how much space is left where the home and the database are; a download must fit."""
    free, folder = min((shutil.disk_usage(folder).free, folder) for folder in map(_nearest, folders))
    found = Words("{free} MB are free at {folder}", free=free // _MEGABYTE, folder=folder)
    if free < limits.repository_bytes:
        need = limits.repository_bytes // _MEGABYTE
        return [
            problem(
                "disk", found, Words("Free some space: a download may take {need} MB.", need=need), DiskFull.exit_code
            )
        ]
    if free < _LITTLE_SPACE:
        return [warning("disk", found, Words("Free some space before it runs out."))]
    return [ok("disk", found)]


async def check_git() -> list[Finding]:
    """Say whether git is there and knows what is asked of it."""
    least = ".".join(map(str, _OLDEST_GIT))
    advice = Words("Install git {least} or newer.", least=least)
    try:
        said = (await run_git("version", git_dir=NO_REPOSITORY)).decode(errors="replace")
    except GitMissing:
        return [problem("git", Words("there is none"), advice, ProgramMissing.exit_code)]
    except GitFailed as error:
        return [problem("git", Words("it does not run ({error})", error=error), advice, ProgramMissing.exit_code)]
    version = _VERSION.match(said)
    if version is None or (int(version[1]), int(version[2])) < _OLDEST_GIT:
        return [problem("git", Words("{said} is too old", said=said.strip()), advice, ProgramMissing.exit_code)]
    return [ok("git", said.strip())]


def check_secrets(
    slack: SlackSettings, telegram: TelegramSettings, secrets: Secrets
) -> tuple[list[Finding], Mapping[str, str]]:
    """Say of each secret that the modes need whether it can be read; return those that can by setting."""
    findings, values = [], {}
    needed = [("slack", name, getattr(slack, name)) for name in slack.needed_secrets]
    needed += [("telegram", name, getattr(telegram, name)) for name in telegram.needed_secrets]
    for section, name, reference in needed:
        try:
            values[name] = secrets.get(SecretRef.parse(reference))
        except SecretNotFound as error:
            advice = Words("Put it there, or name another place as {name} in [{section}].", name=name, section=section)
            findings.append(problem(f"secret {name}", say_error(error).rstrip("."), advice, error.exit_code))
        else:
            findings.append(ok(f"secret {name}", Words("{reference} can be read", reference=reference)))
    return findings or [ok("secrets", Words("none is needed while Slack and Telegram are off"))], values


def check_credentials(settings: SourceSettings, secrets: Secrets) -> list[Finding]:
    """Say of the token for each host of private repositories whether it can be read."""
    findings = []
    for entry in settings.credentials:
        check = f"token for {entry.host}"
        try:
            secrets.get(SecretRef.parse(entry.token))
        except SecretNotFound as error:
            advice = Words("Put it there, or name another place in [[sources.credentials]].")
            findings.append(problem(check, say_error(error).rstrip("."), advice, error.exit_code))
        else:
            findings.append(ok(check, Words("{token} can be read", token=entry.token)))
    return findings


def check_language_model(settings: LanguageModelSettings, secrets: Secrets) -> list[Finding]:
    """Say whether the language model that is switched on can be asked; nobody asks it anything here."""
    check = "language model"
    if settings.provider == "off":
        return []
    if importlib.util.find_spec("pydantic_ai") is None:
        advice = Words('Install Skillwarden with its extra "llm", or set provider = "off" in [language_model].')
        return [problem(check, Words("the program for it is not installed"), advice, ProgramMissing.exit_code)]
    if settings.api_key is None:
        return [ok(check, Words("{model} is asked without a key", model=settings.model))]
    try:
        secrets.get(SecretRef.parse(settings.api_key))
    except SecretNotFound as error:
        advice = Words(
            "Put it there, or name another place as {name} in [{section}].", name="api_key", section="language_model"
        )
        return [problem(check, say_error(error).rstrip("."), advice, error.exit_code)]
    return [ok(check, Words("{reference} can be read", reference=settings.api_key))]


def check_signing_key(settings: AuditSettings, secrets: Secrets) -> list[Finding]:
    """Say whether what leaves the installation is signed, and with which key."""
    try:
        signer = configured_signer(settings.signing_key, secrets)
    except (SecretNotFound, InvalidSetting) as error:
        advice = Words("Put an Ed25519 key there, or name another place as signing_key in [audit].")
        return [problem("signing key", say_error(error).rstrip("."), advice, error.exit_code)]
    if signer is None:
        return [ok("signing key", Words("none: neither receipts nor checkpoints are signed"))]
    return [
        ok(
            "signing key",
            Words(
                "{signing_key} can be read; its fingerprint is {fingerprint}",
                signing_key=settings.signing_key,
                fingerprint=signer.fingerprint,
            ),
        )
    ]


def _nearest(folder: Path) -> Path:
    """Return ``folder``, or what it would be made in."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())
