"""Additions: the skills of a source are read, shown, and - once somebody agrees - added to the catalogue."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.actions import AddSkill, risk_of
from core.domain.approvals import ApprovalSubject, LeftOut, SkillSubject
from core.domain.base import new_id
from core.domain.inspection import assess_reach
from core.domain.manifest import parse_manifest
from core.domain.plans import ExecutionPlan, PlanStep
from core.domain.policy import RequestFacts, decide
from core.domain.skills import ReachLevel
from core.domain.sources import AllowedHosts, location_of, parse_source
from core.errors import InvalidSkill, NothingToAdd, NotInSource, Words, listed
from core.services.catalogue_words import ARCHIVED
from core.services.planner import Preview
from core.services.record_changes import record_at_once
from core.services.runs import subject_of
from core.services.wanted import ADD, FETCH, INSPECT, RESOLVE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.domain.executions import Execution
    from core.domain.masking import Masker
    from core.domain.policy import Policy
    from core.domain.skills import FetchedSkill, ResolvedRef, Skill, SkillBundle, SourceLocation
    from core.ports import BundleStore, Clock, SkillSource, UnitOfWork
    from core.services.steps import StepLog

# The last step of their plans.
_ADD_STEP = 3

# Skill.title holds as much.
_LONGEST_TITLE = 120

# From the least to the most.
_LEVELS = tuple(ReachLevel)


class Additions:
    """Plans and makes additions to the catalogue. A name that is taken stays with the skill that has it."""

    def __init__(
        self,
        *,
        clock: Clock,
        policy: Policy,
        source: SkillSource,
        bundles: BundleStore,
        allowed_hosts: AllowedHosts,
        masker: Masker,
    ) -> None:
        """Read from ``source``, if ``allowed_hosts`` have it; keep what was read in ``bundles``."""
        self._clock = clock
        self._policy = policy
        self._source = source
        self._bundles = bundles
        self._allowed_hosts = allowed_hosts
        self._masker = masker

    def draft(self, action: AddSkill) -> ExecutionPlan:
        """Return the plan: resolve, fetch and inspect the source, then add what it holds.

        Raises:
            InvalidSource, SourceNotAllowed: it leads nowhere.
        """
        location = self._location(action)
        data = _asked(location)
        steps = (
            PlanStep(description=f"resolve {location.label}", tool=RESOLVE, input=data),
            PlanStep(description=f"fetch {location.label}", tool=FETCH, input=data, depends_on=(0,)),
            PlanStep(description=f"inspect {location.label}", tool=INSPECT, input=data, depends_on=(1,)),
            PlanStep(description=f"add {location.label} to the catalogue", tool=ADD, input=data, depends_on=(2,)),
        )
        risk = risk_of(action)
        rule = decide(self._policy, RequestFacts(intent=action.intent, risk=risk))
        return ExecutionPlan(
            goal=f"add {location.label} to the catalogue",
            steps=steps,
            estimated_risk=risk,
            requires_approval=rule.outcome == "require",
        )

    async def preview(self, action: AddSkill, log: StepLog) -> Preview:
        """Fetch and inspect everything the source holds, recording each step in ``log``.

        Raises:
            NotInSource: the one that ``action`` names is not there.
            NothingToAdd, InvalidSkill: nothing of it would load.
            SkillwardenError: whatever the source has against it.
        """
        location = self._location(action)
        asked = _asked(location)
        resolved = await log.call(
            0,
            RESOLVE,
            asked,
            lambda: self._source.resolve(location, location.ref),
            lambda found: {"source": location.label, "ref": found.ref, "commit": found.commit},
        )
        fetched = await log.call(
            1,
            FETCH,
            asked | {"commit": resolved.commit},
            lambda: self._source.fetch(location, resolved.commit, resolved.tag),
            lambda found: {
                "skills": len(found),
                "files": sum(len(skill.bundle.files) for skill in found),
                "bytes": sum(skill.bundle.size for skill in found),
            },
        )
        subject, kept = await log.call(
            2,
            INSPECT,
            asked,
            lambda: asyncio.to_thread(self._subject, action, location, resolved, fetched),
            lambda found: _reach(found[0].skills),
        )
        bundles = [(name, await self._bundles.put(bundle)) for name, bundle in kept]
        # Masked before it is hashed: what is shown, what is stored and what the approval binds to are the same.
        masked = ApprovalSubject.model_validate(self._masker.data(subject.model_dump(mode="json")))
        return Preview(subject=masked, bundles=tuple(bundles), diffs=())

    async def settled(self, uow: UnitOfWork, subject: ApprovalSubject) -> ApprovalSubject:
        """Return ``subject`` without the skills whose names are taken at this moment; it names those instead.

        Raises:
            NothingToAdd: nothing would be left.
        """
        fresh: list[SkillSubject] = []
        left_out = list(subject.left_out)
        for skill in subject.skills:
            known = await uow.skills.by_name(skill.name)
            if known is None:
                fresh.append(skill)
            else:
                left_out.append(LeftOut(name=skill.name, why="taken", detail=_owner_of_name(known)))
        if not fresh:
            raise NothingToAdd(source=subject.skills[0].location.label, reasons=_reasons(left_out))
        return subject.evolve(skills=tuple(fresh), left_out=tuple(left_out))

    async def apply(self, uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
        """Add the skills of ``execution.subject`` in the caller's transaction, and end the execution.

        Whose name somebody else took since it was approved is left out, and the record says so.
        """
        subject = subject_of(execution)
        tags = subject.action.tags if isinstance(subject.action, AddSkill) else ()
        added: list[str] = []
        taken: dict[str, str] = {}
        for skill in subject.skills:
            known = await uow.skills.by_name(skill.name)
            if known is None:
                await uow.skills.add(skill.entry(execution.user_id, now, tags))
                added.append(skill.name)
            else:
                taken[skill.name] = _owner_of_name(known)
        data = _asked(subject.skills[0].location) | {"names": [skill.name for skill in subject.skills]}
        output = {"added": added, "taken": taken}
        await record_at_once(uow, execution, tool=ADD, step=_ADD_STEP, data=data, output=output, now=now, actor=actor)

    def _location(self, action: AddSkill) -> SourceLocation:
        return parse_source(action.source, ref=action.ref, allowed=self._allowed_hosts)

    def _subject(
        self, action: AddSkill, location: SourceLocation, resolved: ResolvedRef, fetched: tuple[FetchedSkill, ...]
    ) -> tuple[ApprovalSubject, list[tuple[str, SkillBundle]]]:
        """Return what would be added, and the contents by name."""
        found: dict[str, tuple[SkillSubject, FetchedSkill]] = {}
        left_out: list[LeftOut] = []
        for content in fetched:
            try:
                skill = self._skill(location, resolved, content)
            except InvalidSkill as error:
                if len(fetched) == 1:
                    raise
                left_out.append(LeftOut(name=content.path, why="invalid", detail=str(error.params["problems"])))
                continue
            first = found.setdefault(skill.name, (skill, content))
            if first[1] is not content:
                left_out.append(LeftOut(name=content.path, why="twice", detail=first[0].path))
        if action.name is not None:
            if action.name not in found:
                raise NotInSource(source=location.label, name=action.name, names=", ".join(found) or "none that loads")
            found, left_out = {action.name: found[action.name]}, []
        if not found:
            raise NothingToAdd(source=location.label, reasons=_reasons(left_out))
        skills = tuple(skill for skill, _ in found.values())
        bundles = [(skill.name, content.bundle) for skill, content in found.values()]
        return ApprovalSubject(action=action, skills=skills, left_out=tuple(left_out)), bundles

    def _skill(self, location: SourceLocation, resolved: ResolvedRef, content: FetchedSkill) -> SkillSubject:
        manifest = parse_manifest(content.bundle, folder=content.path.rpartition("/")[2])
        title = manifest.metadata.get("title")
        return SkillSubject(
            skill_id=new_id(self._clock.now()),
            name=manifest.name,
            title=title[:_LONGEST_TITLE] if isinstance(title, str) else manifest.name,
            asked_as=manifest.name,
            description=manifest.description,
            location=location,
            path=content.path,
            requested_ref=resolved.ref,
            commit=resolved.commit,
            author=content.author,
            committed_at=content.committed_at,
            signature=content.signature,
            digest=content.bundle.digest,
            file_count=len(content.bundle.files),
            size=content.bundle.size,
            reach=assess_reach(content.bundle, manifest),
            warnings=manifest.warnings,
        )


def _asked(location: SourceLocation) -> dict[str, object]:
    return {"skill": location.label, "source": location.label, "ref": location.ref}


def _reach(skills: Sequence[SkillSubject]) -> dict[str, object]:
    """Return what all ``skills`` together could reach, for the record."""
    return {
        "names": [skill.name for skill in skills],
        "level": max((skill.reach.level for skill in skills), key=_LEVELS.index),
        "scripts": sum(len(skill.reach.scripts) for skill in skills),
        "allowed_tools": sorted({tool for skill in skills for tool in skill.reach.allowed_tools}),
        "hosts": sorted({host for skill in skills for host in skill.reach.hosts}),
    }


def _owner_of_name(known: Skill) -> str:
    """Return where the skill that has a name comes from."""
    place = "/".join(filter(None, (location_of(known, None).label, known.path)))
    return f"{place}{ARCHIVED}" if known.is_archived else place


def _reasons(left_out: Sequence[LeftOut]) -> str:
    def reason(skill: LeftOut) -> Words:
        words = {
            "taken": Words("the name is taken by {other}", other=skill.detail),
            "twice": Words("it has the name of {other}", other=skill.detail),
            "invalid": Words("it would not load: {problem}", problem=skill.detail),
        }
        return Words("{skill} - {reason}", skill=skill.name, reason=words[skill.why])

    return listed([reason(skill) for skill in left_out], "; ")
