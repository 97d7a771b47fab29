"""Skills, Providers and Targets: what there is, where it can go, what is installed where."""

from __future__ import annotations

from sqlalchemy import bindparam, false, select

from core.domain.skills import Skill
from core.domain.targets import InstallTarget, Provider
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.providers import ProviderRow
from storage.tables.skills import SkillRow
from storage.tables.targets import InstallTargetRow

SKILLS = RowMap(SkillRow, Skill, text=("title", "description", "github_url", "path", "source_ref"), data=("tags",))
PROVIDERS = RowMap(ProviderRow, Provider, text=("display_name", "last_error"), data=("config",))
TARGETS = RowMap(InstallTargetRow, InstallTarget)

_skill, _target = SKILLS.table.c, TARGETS.table.c
_SKILL_BY_NAME = SKILLS.select.where(_skill.name == bindparam("name"))
_LIVE_SKILLS = SKILLS.select.where(_skill.is_archived == false())
_LIVE_NAMES = select(_skill.name).where(_skill.is_archived == false())
_OWNED = SKILLS.select.where(_skill.owner_id == bindparam("owner")).order_by(_skill.created_at, _skill.id)
_TARGETS = TARGETS.select.order_by(_target.created_at, _target.id)
_TARGET_OF_PAIR = TARGETS.select.where(
    _target.skill_id == bindparam("skill"), _target.provider_id == bindparam("provider")
)
_SWAP_TARGET = TARGETS.update.where(_target.status == bindparam("expected"))


class SqlSkills(Repository[Skill]):
    """The catalogue."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, SKILLS)

    async def add(self, skill: Skill) -> None:
        await self._add(skill)

    async def get(self, skill_id: str) -> Skill | None:
        return await self._one(SKILLS.by_id, key=skill_id)

    async def by_name(self, name: str) -> Skill | None:
        return await self._one(_SKILL_BY_NAME, name=name)

    async def all(self) -> tuple[Skill, ...]:
        # Sorted here, because databases disagree about "-" and about case.
        return tuple(sorted(await self._many(_LIVE_SKILLS), key=lambda skill: skill.name))

    async def owned_by(self, user_id: str) -> tuple[Skill, ...]:
        return await self._many(_OWNED, owner=user_id)

    async def names(self) -> tuple[str, ...]:
        return await self._session.whole(SKILLS.table, _LIVE_NAMES, lambda rows: tuple(sorted(row[0] for row in rows)))

    async def update(self, skill: Skill) -> None:
        await self._update(skill)


class SqlProviders(Repository[Provider]):
    """The connected providers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PROVIDERS)

    async def add(self, provider: Provider) -> None:
        await self._add(provider)

    async def get(self, provider_id: str) -> Provider | None:
        return await self._one(PROVIDERS.by_id, key=provider_id)

    async def all(self) -> tuple[Provider, ...]:
        found = await self._many(PROVIDERS.select)
        return tuple(sorted(found, key=lambda provider: (provider.display_name.casefold(), provider.id)))

    async def update(self, provider: Provider) -> None:
        await self._update(provider)


class SqlTargets(Repository[InstallTarget]):
    """What is installed where."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TARGETS)

    async def add(self, target: InstallTarget) -> None:
        await self._add(target)

    async def get(self, target_id: str) -> InstallTarget | None:
        return await self._one(TARGETS.by_id, key=target_id)

    async def by_pair(self, skill_id: str, provider_id: str) -> InstallTarget | None:
        return await self._one(_TARGET_OF_PAIR, skill=skill_id, provider=provider_id)

    async def all(self) -> tuple[InstallTarget, ...]:
        return await self._many(_TARGETS)

    async def update(self, target: InstallTarget, *, expected: str) -> bool:
        return await self._swap(target, _SWAP_TARGET, expected=expected)
