"""Versions: every content of a skill that was installed."""

from __future__ import annotations

from sqlalchemy import bindparam

from core.domain.skills import SkillVersion
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.skills import SkillVersionRow

VERSIONS = RowMap(SkillVersionRow, SkillVersion, text=("requested_ref", "author"), data=("reach",))

_version = VERSIONS.table.c
_OF_SKILL = VERSIONS.select.where(_version.skill_id == bindparam("skill")).order_by(_version.created_at, _version.id)
_OF_CONTENT = _OF_SKILL.where(_version.digest == bindparam("digest"))


class SqlVersions(Repository[SkillVersion]):
    """What was installed of each skill."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, VERSIONS)

    async def add(self, version: SkillVersion) -> bool:
        known = await self._many(_OF_CONTENT, skill=version.skill_id, digest=version.digest)
        if any(other.commit_sha == version.commit_sha for other in known):
            return False
        await self._add(version)
        return True

    async def of(self, skill_id: str, digest: str) -> SkillVersion | None:
        return await self._one(_OF_CONTENT, skill=skill_id, digest=digest)

    async def of_skill(self, skill_id: str) -> tuple[SkillVersion, ...]:
        return await self._many(_OF_SKILL, skill=skill_id)
