"""OpenAI: its Skills API, through OpenAI's own client.

Clients get the default version of a skill: a version is uploaded beside it, looked at, and pointed at only then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.installers.api_client import ApiDoor, Asking, http_client
from bot.installers.skill_archive import packed
from bot.installers.skills_api import There
from core.domain.provider_configs import OpenAiApiConfig
from core.domain.skills import SkillBundle
from core.errors import InvalidSkill, TooLarge, Words

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Skill

# OpenAI, Skills API: limits of an upload, and of a page.
_LARGEST_ARCHIVE = 50_000_000
_LARGEST_FILE = 25_000_000
_MOST_FILES = 500
_PAGE = 100


def check_limits(skill: str, bundle: SkillBundle) -> None:
    """Refuse what OpenAI would not take.

    Raises:
        InvalidSkill: there is not one SKILL.md.
        TooLarge: there are too many files, or too large ones.
    """
    manifests = [path for path in bundle.files if path.rpartition("/")[2] == "SKILL.md"]
    if manifests != ["SKILL.md"]:
        raise InvalidSkill(skill=skill, problems=Words("OpenAI takes one SKILL.md, at the root, and no other"))
    if len(bundle.files) > _MOST_FILES:
        size, limit = (Words("{n} files", n=n) for n in (len(bundle.files), _MOST_FILES))
        raise TooLarge(skill=skill, what=Words("its content"), size=size, limit=limit)
    for path, file in bundle.files.items():
        _check_size(skill, path, len(file.content), _LARGEST_FILE)
    _check_size(skill, Words("its upload"), len(packed(skill, bundle)), _LARGEST_ARCHIVE)


def _check_size(skill: str, what: str, size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(skill=skill, what=what, size=Words("{n} bytes", n=size), limit=Words("{n} bytes", n=limit))


def connection(config: OpenAiApiConfig, door: ApiDoor) -> Callable[[str], AbstractAsyncContextManager[OpenAiApi]]:
    """Return what opens the API for what is done with a skill."""

    @asynccontextmanager
    async def connect(skill: str) -> AsyncIterator[OpenAiApi]:
        sdk = await asyncio.to_thread(door.sdk, "openai", "openai")
        async with await asyncio.to_thread(_client, sdk, config, door) as client:
            yield OpenAiApi(client, Asking(door, sdk, skill))

    return connect


def _client(sdk: Any, config: OpenAiApiConfig, door: ApiDoor) -> AsyncOpenAI:
    client: AsyncOpenAI = sdk.AsyncOpenAI(
        api_key=door.key(), base_url=config.base_url, timeout=door.seconds, http_client=http_client(sdk)
    )
    # Left out, they would be those of the environment: whose skills these are is configured.
    client.organization = config.organization
    client.project = config.project
    return client


class OpenAiApi:
    """Implements bot.installers.skills_api.SkillsApi."""

    def __init__(self, client: AsyncOpenAI, ask: Asking) -> None:
        """Call the API through ``client``."""
        self._skills = client.skills
        # What creates is sent once: there is no key by which the API would know it again.
        self._once = client.with_options(max_retries=0).skills
        self._ask = ask

    async def check(self) -> None:
        await self._ask(self._skills.list(limit=1))

    async def named(self, skill: str) -> tuple[There, ...]:
        found = [entry for entry in await self._ask(self._listed()) if entry.name == skill]
        found.sort(key=lambda entry: (entry.created_at, entry.id))
        return tuple(There(entry.id, entry.default_version) for entry in found)

    async def create(self, skill: str, bundle: SkillBundle) -> There:
        made = await self._ask(self._once.create(files=await _archive(skill, bundle)))
        return There(made.id, made.default_version)

    async def delete(self, there: There) -> None:
        await self._ask(self._once.delete(there.skill_id))

    async def versions(self, there: There, *, limit: int) -> tuple[str, ...]:
        page = await self._ask(self._skills.versions.list(there.skill_id, limit=limit, order="desc"))
        return tuple(entry.version for entry in page.data)

    async def add_version(self, skill: str, there: There, bundle: SkillBundle) -> str:
        archive = await _archive(skill, bundle)
        return (await self._ask(self._once.versions.create(there.skill_id, files=archive, default=False))).version

    async def remove_version(self, there: There, version: str) -> None:
        await self._ask(self._once.versions.delete(version, skill_id=there.skill_id))

    async def point(self, there: There, version: str) -> None:
        await self._ask(self._once.update(there.skill_id, default_version=version))

    async def download(self, there: There, version: str) -> bytes:
        answer = await self._ask(self._skills.versions.content.retrieve(version, skill_id=there.skill_id))
        return answer.read()

    async def _listed(self) -> list[Skill]:
        return [entry async for entry in self._skills.list(limit=_PAGE)]


async def _archive(skill: str, bundle: SkillBundle) -> tuple[str, bytes, str]:
    return f"{skill}.zip", await asyncio.to_thread(packed, skill, bundle), "application/zip"
