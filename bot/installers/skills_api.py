"""Skills behind a provider's API: how they are read, put there and taken away, whatever the provider."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.installers.api_client import UNCERTAIN
from bot.installers.skill_archive import UnreadableArchiveError, bytes_of, unpacked
from bot.installers.skill_folder import check_installable
from core.domain.consents import Consent
from core.domain.manifest import is_skill_name
from core.domain.skills import BundleFile, SkillBundle
from core.errors import (
    InvalidSkill,
    ProviderAmbiguous,
    ProviderLacks,
    TargetChanged,
    Unreachable,
    VerificationFailed,
    Words,
)

#: Versions among which the wanted content is looked for before it is uploaded once more.
_NEWEST = 20

#: Who changes a skill at a provider keeps the others of this process waiting.
Locks = MutableMapping[tuple[str, str], asyncio.Lock]


class There(NamedTuple):
    """A skill at the provider, and which of its versions clients get."""

    skill_id: str
    version: str


class SentModes(Protocol):
    """Which files of what was sent may be executed: places that keep bytes alone do not know it afterwards."""

    async def keep(self, bundle: SkillBundle) -> None:
        """Keep it durably, for content with these bytes.

        Raises:
            DiskFull: nothing was kept.
        """

    async def of(self, bundle: SkillBundle) -> frozenset[str] | None:
        """Return the paths that may be executed in content with these bytes; None when it was never sent."""


class SkillsApi(Protocol):
    """What a provider's API can do; every failure is one of ours."""

    @property
    def point(self) -> Callable[[There, str], Awaitable[None]] | None:
        """What has clients get a version of a skill; None where they get the newest one in any case."""

    async def check(self) -> None:
        """Ask for as little as can be asked for."""

    async def named(self, skill: str) -> tuple[There, ...]:
        """Return the skills of that name, the oldest first."""

    async def create(self, skill: str, bundle: SkillBundle) -> There:
        """Upload a new skill."""

    async def delete(self, there: There) -> None:
        """Delete a skill with all its versions."""

    async def versions(self, there: There, *, limit: int) -> tuple[str, ...]:
        """Return the newest versions, the newest first."""

    async def add_version(self, skill: str, there: There, bundle: SkillBundle) -> str:
        """Upload a version, which nothing points at yet."""

    async def remove_version(self, there: There, version: str) -> None:
        """Delete a version that is not pointed at."""

    async def download(self, there: There, version: str) -> bytes:
        """Return the archive of a version."""


#: Opens an API for what is done with a skill.
Connect = Callable[[str], AbstractAsyncContextManager[SkillsApi]]
#: Refuses a skill that the provider would not take.
CheckLimits = Callable[[str, SkillBundle], None]


@dataclass(frozen=True, kw_only=True)
class ApiPlace:
    """What there is to know of one provider: its name, its address, how to reach it, what it refuses."""

    provider_id: str
    provider: str
    address: str
    connect: Connect
    check_limits: CheckLimits


class SkillsApiInstaller:
    """Implements core.ports.SkillInstaller for a Skills API."""

    def __init__(self, place: ApiPlace, *, modes: SentModes, locks: Locks) -> None:
        """Install at ``place``, which keeps bytes; ``modes`` keeps which of the files may be executed."""
        self._place = place
        self._modes = modes
        self._locks = locks

    async def check(self) -> None:
        async with self._place.connect("") as api:
            await api.check()

    def location(self, skill: str) -> str:
        return f"{self._place.address}: {_checked(skill)}"

    async def read(self, skill: str) -> SkillBundle | None:
        async with self._place.connect(_checked(skill)) as api:
            there = await self._find(api, skill)
            return await self._content(api, skill, there, there.version) if there else None

    async def install(
        self,
        skill: str,
        bundle: SkillBundle,
        *,
        replacing: str | None,
        consent: Consent,  # noqa: ARG002 - the API keeps no history in words
    ) -> None:
        check_installable(_checked(skill), bundle)
        await asyncio.to_thread(self._place.check_limits, skill, bundle)
        async with self._turn(skill), self._place.connect(skill) as api:
            there = await self._find(api, skill)
            content = await self._content(api, skill, there, there.version) if there else None
            if content and content.digest == bundle.digest:
                return
            if (content.digest if content else None) != replacing:
                raise self._changed(skill)
            await self._modes.keep(bundle)
            if there is None:
                await self._add(api, skill, bundle)
            elif content is None or bytes_of(content) != bytes_of(bundle):
                await self._replace(api, skill, bundle, there)

    async def uninstall(
        self,
        skill: str,
        *,
        replacing: str,
        consent: Consent,  # noqa: ARG002 - the API keeps no history in words
    ) -> None:
        async with self._turn(_checked(skill)), self._place.connect(skill) as api:
            there = await self._find(api, skill)
            if there is None:
                return
            content = await self._content(api, skill, there, there.version)
            if content is not None and content.digest != replacing:
                raise self._changed(skill)
            try:
                await api.delete(there)
            except ProviderLacks:
                return
            except UNCERTAIN as error:
                if await self._find(api, skill) is not None:
                    raise error from None

    async def _add(self, api: SkillsApi, skill: str, bundle: SkillBundle) -> None:
        """Upload what is not there yet. Where somebody else did the same in between, the older one stays."""
        try:
            made = await api.create(skill, bundle)
        except UNCERTAIN as error:
            found = await self._find(api, skill)
            if found is None:
                raise error from None
            if not await self._holds(api, skill, found, found.version, bundle):
                raise self._changed(skill) from None
            return
        named = await api.named(skill)
        if made.skill_id != next((there.skill_id for there in named), made.skill_id):
            await api.delete(made)
            raise self._changed(skill)
        if not await self._holds(api, skill, made, made.version, bundle):
            await api.delete(made)
            raise VerificationFailed(provider=self._place.provider)

    async def _replace(self, api: SkillsApi, skill: str, bundle: SkillBundle, there: There) -> None:
        if api.point is None:
            await self._append(api, skill, bundle, there)
            return
        version = await self._beside(api, skill, bundle, there)
        try:
            await api.point(there, version)
        except UNCERTAIN as error:
            if await self._find(api, skill) != There(there.skill_id, version):
                raise error from None

    async def _append(self, api: SkillsApi, skill: str, bundle: SkillBundle, there: There) -> None:
        """Upload a version, which clients get at once; take it away again unless it came right after ``there``."""
        try:
            version = await api.add_version(skill, there, bundle)
        except UNCERTAIN as error:
            [version] = await api.versions(there, limit=1)
            if version == there.version or not await self._holds(api, skill, there, version, bundle):
                raise error from None
        newest = await api.versions(there, limit=_NEWEST)
        before = newest[newest.index(version) + 1 :] if version in newest else ()
        if before[:1] != (there.version,):
            await api.remove_version(there, version)
            raise self._changed(skill)
        if not await self._holds(api, skill, there, version, bundle):
            await api.remove_version(there, version)
            raise VerificationFailed(provider=self._place.provider)

    async def _beside(self, api: SkillsApi, skill: str, bundle: SkillBundle, there: There) -> str:
        """Return a version with the wanted content, uploaded where there is none yet; clients still get ``there``."""
        version = await self._version_with(api, skill, bundle, there, limit=_NEWEST)
        fresh = version is None
        if version is None:
            try:
                version = await api.add_version(skill, there, bundle)
            except UNCERTAIN as error:
                version = await self._version_with(api, skill, bundle, there, limit=1)
                if version is None:
                    raise error from None
            if not await self._holds(api, skill, there, version, bundle):
                await api.remove_version(there, version)
                raise VerificationFailed(provider=self._place.provider)
        if await self._find(api, skill) != there:
            if fresh:
                await api.remove_version(there, version)
            raise self._changed(skill)
        return version

    async def _version_with(
        self, api: SkillsApi, skill: str, bundle: SkillBundle, there: There, *, limit: int
    ) -> str | None:
        for version in await api.versions(there, limit=limit):
            if version != there.version and await self._holds(api, skill, there, version, bundle):
                return version
        return None

    async def _find(self, api: SkillsApi, skill: str) -> There | None:
        named = await api.named(skill)
        if len(named) > 1:
            raise ProviderAmbiguous(n=len(named), skill=skill, provider=self._place.provider)
        return named[0] if named else None

    async def _holds(self, api: SkillsApi, skill: str, there: There, version: str, bundle: SkillBundle) -> bool:
        """Whether a version has the bytes of ``bundle``: those are downloaded, and compared."""
        archive = await api.download(there, version)
        try:
            return bytes_of(await asyncio.to_thread(unpacked, skill, archive)) == bytes_of(bundle)
        except UnreadableArchiveError:
            return False

    async def _content(self, api: SkillsApi, skill: str, there: There, version: str) -> SkillBundle | None:
        """Return what clients get; which files may be executed is what was sent, where that is known."""
        archive = await api.download(there, version)
        try:
            found = await asyncio.to_thread(unpacked, skill, archive)
        except UnreadableArchiveError:
            raise Unreachable(what=self._place.provider, reason=Words("what it sent is no archive")) from None
        sent = await self._modes.of(found)
        if sent is None:
            return found if found.files else None
        files = {path: BundleFile(content=file.content, executable=path in sent) for path, file in found.files.items()}
        return SkillBundle(files=files)

    def _turn(self, skill: str) -> asyncio.Lock:
        return self._locks.setdefault((self._place.provider_id, skill), asyncio.Lock())

    def _changed(self, skill: str) -> TargetChanged:
        return TargetChanged(skill=skill, provider=self._place.provider)


def _checked(skill: str) -> str:
    """Return ``skill`` if it can be the name of a skill."""
    if not is_skill_name(skill):
        raise InvalidSkill(
            skill=ascii(skill), problems=Words("its name is not 1 to 64 lower-case letters, digits and hyphens")
        )
    return skill
