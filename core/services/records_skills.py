"""Records of the catalogue: the ref and the tags of skills, and whether they are archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, ArchiveSkill, EditSkill, RestoreSkill
from core.domain.approvals import ApprovalStatus, RecordChange
from core.domain.notices import NoticeKind
from core.domain.remarks import Remarks
from core.domain.sources import is_ref_name, location_of
from core.errors import AlreadySo, OutOfDate, RefNotFound, SkillArchived, UnknownSkill, Words
from core.services.closing import close_request
from core.services.outcomes import tell_outcome
from core.services.records import fail_execution

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.skills import Skill
    from core.domain.users import User
    from core.ports import UnitOfWork
    from core.services.record_changes import Asked

# The actor of what nobody in particular did.
_SYSTEM = "system:catalogue"
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
                await _end_overtaken(uow, skill, changed, asked.now)


def _edits(skill: Skill, action: EditSkill) -> list[RecordChange]:
    if skill.is_archived:
        raise SkillArchived(skill=skill.name)
    if action.ref is not None and not is_ref_name(action.ref):
        raise RefNotFound(source=location_of(skill, None).label, ref=action.ref)
    found: list[tuple[str, str | None, str, str]] = []
    if action.ref is not None and action.ref != skill.source_ref:
        unseen = str(Remarks.not_looked_up(location_of(skill, None).label))
        found.append(("ref", skill.source_ref, action.ref, unseen))
    if action.tags and action.tags != skill.tags:
        found.append(("tags", ", ".join(skill.tags) or None, ", ".join(action.tags), ""))
    return [
        RecordChange(entity_id=skill.id, name=skill.name, field=field, before=before, after=after, remark=remark)
        for field, before, after, remark in found
    ]


async def _end_overtaken(uow: UnitOfWork, before: Skill, after: Skill, now: datetime) -> None:
    """End the open requests that would edit the same: what their cards say it is now, it is no longer."""
    edited = {("ref", before.source_ref, after.source_ref), ("tags", before.tags, after.tags)}
    fields = {field for field, old, new in edited if old != new}
    for request in await uow.approvals.pending(now) if fields else ():
        records = request.payload.get("records", ()) if request.chat_action_id else ()
        if not any(one["entity_id"] == after.id and one["field"] in fields for one in records):
            continue
        await close_request(uow, request, ApprovalStatus.CANCELLED, now=now, by=_SYSTEM)
        execution = await uow.executions.get(request.execution_id or "")
        if execution is not None:
            record = await uow.chat_actions.of_execution(execution.id)
            error = OutOfDate(what=after.name, code=request.code)
            await fail_execution(uow, execution, error, now=now, actor=_SYSTEM, record=record, notify=False)
            await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)


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
