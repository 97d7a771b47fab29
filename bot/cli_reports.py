"""``skillwarden resolve | migrate | backup``: they change no request; a running bot may go on."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.assembly import second_opinions
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from bot.integrations.language_model import configured_model
from bot.integrations.secret_stores import Secrets
from core.domain.intents import ProviderName, Resolved, Vocabulary
from core.errors import InvalidSetting, StorageError, Words
from core.services.intent_resolver import IntentResolver, ResolverContext, describe
from storage.backup import copy_database
from storage.checkup import text_problem
from storage.migrate import current_and_head, statements


def resolved(lines: Sequence[str], home: Path | None, config: Path | None, *, demo: bool) -> list[dict[str, Any]]:
    """Return how each of ``lines`` is understood, each on its own; days are those of UTC."""
    return asyncio.run(_resolved(lines, Installation.open(home, config, demo=demo)))


async def _resolved(lines: Sequence[str], installation: Installation) -> list[dict[str, Any]]:
    vocabulary = await _vocabulary(installation)
    resolver = IntentResolver(installation.translator)
    context = ResolverContext(now=SystemClock().now())
    answers = []
    secrets = Secrets(os.environ, installation.masker)
    async with configured_model(installation.settings.language_model, secrets) as model:
        second = second_opinions(installation, resolver, model)
        for line in lines:
            intent = resolver.resolve(line, vocabulary, context=context)
            if second is not None and not isinstance(intent, Resolved) and second.can_ask(line, used=0):
                intent = (await second.on(line, vocabulary, intent)).intent or intent
            answers.append(describe(intent))
    return answers


async def _vocabulary(installation: Installation) -> Vocabulary:
    async with installation.storage(SystemClock()) as database, database.read() as uow:
        providers = await uow.providers.all()
        return Vocabulary(
            skills=await uow.skills.names(),
            providers=tuple(ProviderName(kind=p.name, display_name=p.display_name) for p in providers),
        )


def backed_up(target: Path, home: Path | None, config: Path | None, *, demo: bool) -> str:
    """Copy database and files into the new folder ``target`` and return what was done; a bot may go on meanwhile.

    The database is copied first: every file that it names is there already, as bundles are stored before their rows.

    Raises:
        InvalidSetting: ``target`` exists or cannot be made.
        StorageError, DiskFull: see ``copy_database``.
    """
    installation = Installation.open(home, config, demo=demo)
    try:
        target.mkdir(mode=0o700, parents=True)
        copy_database(installation.url, target / "skillwarden.db")
        for folder in (installation.home.artifacts, installation.home.receipts, installation.home.modes):
            if folder.exists():
                shutil.copytree(folder, target / folder.name)
        settings = config or installation.home.path / "config.toml"
        if settings.exists():  # it names secrets and holds none; without it the policy would be another one
            shutil.copyfile(settings, target / "config.toml")
    except FileExistsError as error:
        raise InvalidSetting(setting=target, problem=Words("it exists; name a new folder")) from error
    except OSError as error:
        raise InvalidSetting(setting=target, problem=error.strerror or type(error).__name__) from error
    files = sum(path.is_file() for path in target.rglob("*"))
    return say(
        "Backed up to {folder}: the database and {n} files. To restore, use the folder as --home.",
        folder=target,
        n=files - 1,
    )


def migrated(home: Path | None, config: Path | None, *, demo: bool) -> str:
    """Bring the database up to date and return what was done.

    Raises:
        StorageError: it cannot be used as it is.
    """
    installation = Installation.open(home, config, demo=demo)
    before, head = asyncio.run(_migrate(installation))
    if before == head:
        return say("The database is at revision {head} already.", head=head)
    return say("The database is at revision {head} (was: {before}).", head=head, before=before or say("empty"))


def migration(home: Path | None, config: Path | None, *, demo: bool) -> str:
    """Return the statements that would bring the database up to date."""
    return asyncio.run(statements(Installation.open(home, config, demo=demo).url)) or "-- There is nothing to do."


async def _migrate(installation: Installation) -> tuple[str | None, str]:
    before, head = await current_and_head(installation.url)
    async with installation.storage(SystemClock(), shared=True):
        if found := await asyncio.to_thread(text_problem, installation.url):
            raise StorageError(reason=found)
        return before, head
