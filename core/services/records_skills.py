"""Records of the catalogue: the ref and the tags of skills, and whether they are archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, ArchiveSkill, EditSkill, RestoreSkill
from core.domain.approvals import RecordChange
from core.domain.remarks import Remarks
from core.domain.sources import is_ref_name, location_of
from core.errors import AlreadySo, RefNotFound, SkillArchived, UnknownSkill, Words

if TYPE_CHECKING:
    from core.domain.skills import Skill
    from core.domain.users import User
    from core.ports import UnitOfWork
    from core.services.record_changes import Asked

_LISTED, _ARCHIVED = "in the catalogue", "archived"


class SkillRecords:
    """Edits, archives and restores skills. What is installed stays as it is."""

    actions = (EditSkill, ArchiveSkill, RestoreSkill)

    async def describe(
        self, uow: UnitOfWork, action: EditSkill | ArchiveSkill | RestoreSkill, _requester: User
    ) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            UnknownSkill, SkillArchived, RefNotFound, AlreadySo: it makes no sense.
        """
        skills = await _named(uow, action.skills)
        if isinstance(action, EditSkill):
            changes = [change for skill in skills for change in _edits(skill, action)]
            if not changes:
                raise AlreadySo(name=_all(skills), what=Words("like that"))
            return tuple(changes)
        is_archiving = isinstance(action, ArchiveSkill)
        wanted = [skill for skill in skills if skill.is_archived != is_archiving]
        before, after = (_LISTED, _ARCHIVED) if is_archiving else (_ARCHIVED, _LISTED)
        if not wanted:
            raise AlreadySo(name=_all(skills), what=Words("archived") if is_archiving else Words("in the catalogue"))
        return tuple(
            [
                RecordChange(
                    entity_id=skill.id,
                    name=skill.name,
                    field="catalogue",
                    before=before,
                    after=after,
                    remark=await _whereabouts(uow, skill) if is_archiving else "",
                )
                for skill in wanted
            ]
        )

    async def change(self, uow: UnitOfWork, action: EditSkill | ArchiveSkill | RestoreSkill, asked: Asked) -> None:
        """Do it."""
        for skill in await _named(uow, action.skills):
            if isinstance(action, EditSkill):
                changed = skill.evolve(source_ref=action.ref or skill.source_ref, tags=action.tags or skill.tags)
            else:
                changed = skill.evolve(is_archived=isinstance(action, ArchiveSkill))
            if changed != skill:
                await uow.skills.update(changed.evolve(updated_at=asked.now))


def _edits(skill: Skill, action: EditSkill) -> list[RecordChange]:
    if skill.is_archived:
        raise SkillArchived(skill=skill.name)
    if action.ref is not None and not is_ref_name(action.ref):
        raise RefNotFound(source=location_of(skill, None).label, ref=action.ref)
    found: list[tuple[str, str | None, str]] = []
    if action.ref is not None and action.ref != skill.source_ref:
        found.append(("ref", skill.source_ref, action.ref))
    if action.tags and action.tags != skill.tags:
        found.append(("tags", ", ".join(skill.tags) or None, ", ".join(action.tags)))
    return [
        RecordChange(entity_id=skill.id, name=skill.name, field=field, before=before, after=after)
        for field, before, after in found
    ]


async def _whereabouts(uow: UnitOfWork, skill: Skill) -> str:
    """Return what an approver has to know before the skill is hidden: where it stays."""
    names = {provider.id: provider.display_name for provider in await uow.providers.all()}
    targets = await uow.targets.all()
    places = sorted(names[t.provider_id] for t in targets if t.skill_id == skill.id and t.installed_digest is not None)
    return str(Remarks.stays_on(", ".join(places)) if places else Remarks.nowhere())


async def _named(uow: UnitOfWork, names: tuple[str, ...]) -> list[Skill]:
    if EVERY in names:
        return list(await uow.skills.all())
    found = []
    for name in dict.fromkeys(names):
        skill = await uow.skills.by_name(name)
        if skill is None:
            raise UnknownSkill(name=name)
        found.append(skill)
    return found


def _all(skills: list[Skill]) -> str:
    return ", ".join(skill.name for skill in skills)
