"""Claude: Anthropic's Skills API, through Anthropic's own client.

Clients get the newest version of a skill; there is nothing to point with. Content comes back from the download of a
version (under ``beta`` in the client, addressed by the version's id).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.installers.api_client import ApiDoor, Asking, http_client
from bot.installers.skills_api import There
from core.domain.provider_configs import ClaudeApiConfig
from core.domain.skills import SkillBundle
from core.errors import InvalidSkill, ProviderLacks, TooLarge, Words

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic, Omit
    from anthropic.types import Skill

# Anthropic, Skills API: an upload is under 30 MB, and these words are reserved.
_LARGEST = 30_000_000
_RESERVED = ("claude", "anthropic")
# What the form of an upload adds to each file, at most: its name, its head, a boundary.
_HEAD = 2_048
# Anthropic, GET /v1/skills: up to 1000 a page.
_PAGE = 1000
# Skills that are looked at side by side.
_AT_ONCE = 8


def check_limits(skill: str, bundle: SkillBundle) -> None:
    """Refuse what Anthropic would not take.

    Raises:
        InvalidSkill: the name holds a reserved word.
        TooLarge: it is 30 MB or more.
    """
    for word in _RESERVED:
        if word in skill:
            problem = Words('Anthropic keeps the word "{word}" in names for itself', word=word)
            raise InvalidSkill(skill=skill, problems=problem)
    size = bundle.size + _HEAD * len(bundle.files)
    if size >= _LARGEST:
        raise TooLarge(
            skill=skill,
            what=Words("its upload"),
            size=Words("{n} bytes", n=size),
            limit=Words("{n} bytes", n=_LARGEST),
        )


def connection(config: ClaudeApiConfig, door: ApiDoor) -> Callable[[str], AbstractAsyncContextManager[ClaudeApi]]:
    """Return what opens the API for what is done with a skill."""

    @asynccontextmanager
    async def connect(skill: str) -> AsyncIterator[ClaudeApi]:
        sdk = await asyncio.to_thread(door.sdk, "anthropic", "claude")
        async with await asyncio.to_thread(_client, sdk, config, door) as client:
            workspace = config.workspace if config.workspace is not None else sdk.omit
            yield ClaudeApi(client, Asking(door, sdk, skill), workspace)

    return connect


def _client(sdk: Any, config: ClaudeApiConfig, door: ApiDoor) -> AsyncAnthropic:
    client: AsyncAnthropic = sdk.AsyncAnthropic(
        api_key=door.key(), base_url=config.base_url, timeout=door.seconds, http_client=http_client(sdk)
    )
    return client


class ClaudeApi:
    """Implements bot.installers.skills_api.SkillsApi."""

    point = None

    def __init__(self, client: AsyncAnthropic, ask: Asking, workspace: str | Omit) -> None:
        """Call the API of ``workspace`` through ``client``."""
        self._skills = client.skills
        # What creates is sent once: there is no key by which the API would know it again.
        self._once = client.with_options(max_retries=0).skills
        self._download = client.beta.skills.versions.download
        self._ask = ask
        self._workspace = workspace

    async def check(self) -> None:
        await self._ask(self._skills.list(limit=1, source="custom", workspace_id=self._workspace))

    async def named(self, skill: str) -> tuple[There, ...]:
        known = await self._ask(self._listed())
        # The name proper is in the versions. What the bot uploaded has it as its display name too: less to look at.
        ours = [entry for entry in known if entry.display_name == skill]
        found = await self._called(skill, ours) or await self._called(skill, known)
        found.sort(key=lambda entry: (entry.created_at, entry.id))
        return tuple(There(entry.id, entry.latest_version_id) for entry in found)

    async def create(self, skill: str, bundle: SkillBundle) -> There:
        call = self._once.create(files=_files(skill, bundle), display_name=skill, workspace_id=self._workspace)
        made = await self._ask(call)
        return There(made.id, made.latest_version_id)

    async def delete(self, there: There) -> None:
        await self._ask(self._once.delete(there.skill_id, workspace_id=self._workspace))

    async def versions(self, there: There, *, limit: int) -> tuple[str, ...]:
        page = await self._ask(self._skills.versions.list(there.skill_id, limit=_PAGE, workspace_id=self._workspace))
        newest = sorted(page.data, key=lambda entry: entry.created_at, reverse=True)
        return tuple(entry.id for entry in newest[:limit])

    async def add_version(self, skill: str, there: There, bundle: SkillBundle) -> str:
        files = _files(skill, bundle)
        call = self._once.versions.create(there.skill_id, files=files, workspace_id=self._workspace)
        return (await self._ask(call)).id

    async def remove_version(self, there: There, version: str) -> None:
        call = self._once.versions.delete(version, skill_id=there.skill_id, workspace_id=self._workspace)
        await self._ask(call)

    async def download(self, there: There, version: str) -> bytes:
        async def content() -> bytes:
            answer = await self._download(version, skill_id=there.skill_id, workspace_id=self._workspace)
            return await answer.read()

        return await self._ask(content())

    async def _listed(self) -> list[Skill]:
        pages = self._skills.list(limit=_PAGE, source="custom", workspace_id=self._workspace)
        return [entry async for entry in pages]

    async def _called(self, skill: str, entries: Sequence[Skill]) -> list[Skill]:
        """Return those whose newest version is called ``skill``; what is deleted meanwhile is not."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def name_of(entry: Skill) -> str | None:
            version = entry.latest_version_id
            call = self._skills.versions.retrieve(version, skill_id=entry.id, workspace_id=self._workspace)
            async with gate:
                try:
                    return (await self._ask(call)).name
                except ProviderLacks:
                    return None

        names = await asyncio.gather(*(name_of(entry) for entry in entries))
        return [entry for entry, name in zip(entries, names, strict=True) if name == skill]


def _files(skill: str, bundle: SkillBundle) -> list[tuple[str, bytes, str]]:
    kind = "application/octet-stream"
    return [(f"{skill}/{path}", file.content, kind) for path, file in sorted(bundle.files.items())]
