"""From an action to a plan, and from the plan to what an approver has to see: resolve, fetch, inspect, compare."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from core.domain.actions import AcceptDrift, Diff, Retry
from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
from core.domain.base import Domain, new_id
from core.domain.inspection import assess_reach, widens
from core.domain.manifest import parse_manifest
from core.domain.plans import ExecutionPlan
from core.domain.policy import ItemFacts, Policy, RequestFacts, Rule, decide
from core.domain.signatures import UNCHECKED, Signature
from core.domain.skill_diff import diff_bundles
from core.domain.skills import FetchedSkill, Reach, ReachLevel, ResolvedRef, SkillBundle, StoredBundle, StoredFile
from core.domain.unfit import refuse_unfit
from core.errors import DriftOver, InvalidSkill, SeveralSkillsFound
from core.services.freezes import leave_frozen
from core.services.merges import leave_waiting
from core.services.patches import Patches
from core.services.plan_steps import steps_of
from core.services.several import SeveralSkillsError, which_skill
from core.services.wanted import (
    FETCH,
    FROM_SOURCE,
    INSPECT,
    LOAD,
    LOOK,
    RESOLVE,
    PlaceAction,
    Wanted,
    WantedContent,
    WantedPlace,
    WantedSkill,
    find_wanted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.masking import Masker
    from core.domain.messages import ConversationRef
    from core.domain.sources import AllowedHosts
    from core.ports import BundleStore, Clock, Installers, SkillSource, UnitOfWork
    from core.services.steps import StepLog


class Preview(Domain):
    """What was found: the subject to approve, and by name the files that hold its skills, and how they differ."""

    subject: ApprovalSubject
    bundles: tuple[tuple[str, StoredBundle], ...]
    diffs: tuple[tuple[str, StoredFile], ...]


class _Read(Domain):
    """Content that was read, and what is known of where it comes from."""

    bundle: SkillBundle
    path: str
    ref: str
    commit: str | None
    author: str | None
    committed_at: AwareDatetime | None
    signature: Signature = UNCHECKED


class _Found(Domain):
    """Content that was read and inspected."""

    subject: SkillSubject
    bundle: SkillBundle


class Planner:
    """Plans change requests; it changes nothing but the bundle store."""

    def __init__(
        self,
        *,
        clock: Clock,
        policy: Policy,
        source: SkillSource,
        bundles: BundleStore,
        installers: Installers,
        allowed_hosts: AllowedHosts,
        masker: Masker,
    ) -> None:
        """Plan under ``policy``; skills named by their source may come from ``allowed_hosts``."""
        self._masker = masker
        self._clock = clock
        self._policy = policy
        self._source = source
        self._bundles = bundles
        self._installers = installers
        self._allowed_hosts = allowed_hosts

    async def wanted(
        self, uow: UnitOfWork, action: PlaceAction | Retry, *, kept: ApprovalSubject | None = None
    ) -> Wanted:
        """Look up what ``action`` names; with ``kept``, only what of it is in that subject.

        Raises:
            Frozen: it must not be changed: see ``leave_frozen``.
            AwaitingMerge: something waits there: see ``leave_waiting``.
            UnknownSkill, UnknownProvider, ...: see ``find_wanted``.
        """
        wanted = await find_wanted(uow, action, self._allowed_hosts)
        if kept is not None:
            wanted = wanted.kept(kept)
        if isinstance(wanted.action, Diff):
            return wanted
        return await leave_waiting(uow, await leave_frozen(uow, wanted))

    def draft(self, wanted: Wanted) -> ExecutionPlan:
        """Return the plan: for each skill its contents are read, then its places are changed."""
        names = ", ".join(skill.name for skill in wanted.skills)
        places = dict.fromkeys(place.provider.display_name for skill in wanted.skills for place in skill.places)
        return ExecutionPlan(
            goal=f"{wanted.action.intent} {names} on {', '.join(places)}",
            steps=steps_of(wanted),
            estimated_risk=wanted.risk,
            requires_approval=self._expected_rule(wanted).outcome == "require",
        )

    async def preview(self, wanted: Wanted, log: StepLog) -> Preview:
        """Read and inspect everything ``wanted``, recording each step in ``log``.

        Raises:
            SeveralSkillsError: a source to be installed holds several skills, so that somebody has to be asked.
            SkillwardenError: whatever a source, a manifest or a target has against it.
        """
        skills: list[SkillSubject] = []
        targets: list[TargetSubject] = []
        bundles: list[tuple[str, StoredBundle]] = []
        patches = Patches(self._bundles, self._masker)
        step = 0
        for item in wanted.skills:
            found: dict[WantedContent, _Found] = {}
            for content in item.contents:
                found[content] = await self._examine(wanted.action, item, content, step, log)
                step += len(content.tools)
                bundles.append((found[content].subject.name, await self._bundles.put(found[content].bundle)))
            skills += [one.subject for one in found.values()]
            for place in item.places:
                at_hand = found.get(place.content or FROM_SOURCE)
                targets.append(await self._compare(wanted.action, item, place, at_hand, patches))
            step += 0 if isinstance(wanted.action, Diff) else len(item.places)
        subject = ApprovalSubject(
            action=wanted.action,
            skills=tuple(skills),
            targets=tuple(targets),
            patches=await patches.shown(),
            left_out=wanted.left_out,
        )
        # Masked before it is hashed: what is shown, what is stored and what the approval binds to are the same.
        masked = ApprovalSubject.model_validate(self._masker.data(subject.model_dump(mode="json")))
        return Preview(subject=masked, bundles=tuple(bundles), diffs=tuple(patches.whole))

    def rule_for(self, subject: ApprovalSubject, conversation: ConversationRef) -> Rule:
        """Return the rule of the policy that decides about ``subject``, asked for in ``conversation``."""
        return decide(self._policy, subject.facts(conversation))

    def _expected_rule(self, wanted: Wanted) -> Rule:
        """Return the rule as far as it can be told before anything was fetched."""
        return decide(self._policy, expected_facts(wanted))

    async def _examine(
        self, action: PlaceAction, item: WantedSkill, content: WantedContent, step: int, log: StepLog
    ) -> _Found:
        if content.digest is None:
            read = await self._from_source(action, item, step, log)
        elif content.is_found:
            read = await self._from_place(item, content, step, log)
        else:
            read = await self._from_store(item, content, content.digest, step, log)
        subject = await log.call(
            step + len(content.tools) - 1,
            INSPECT,
            {"skill": item.name, "digest": read.bundle.digest},
            lambda: asyncio.to_thread(self._subject, item, content, read),
            lambda found: {
                "level": found.reach.level,
                "scripts": len(found.reach.scripts),
                "allowed_tools": list(found.reach.allowed_tools),
                "hosts": list(found.reach.hosts),
            },
        )
        return _Found(subject=subject, bundle=read.bundle)

    async def _from_source(self, action: PlaceAction, item: WantedSkill, step: int, log: StepLog) -> _Read:
        location = item.location
        asked = {"skill": item.name, "source": location.label, "ref": location.ref}
        resolved = await log.call(
            step,
            RESOLVE,
            asked,
            lambda: self._source.resolve(location, location.ref),
            lambda found: {"source": location.label, "ref": found.ref, "commit": found.commit},
        )
        fetched = await log.call(
            step + 1,
            FETCH,
            asked | {"commit": resolved.commit},
            lambda: self._source.fetch(location, resolved.commit, resolved.tag),
            _described,
        )
        if len(fetched) > 1:
            raise self._several(action, item, fetched, resolved)
        content = fetched[0]
        return _Read(
            bundle=content.bundle,
            path=content.path,
            ref=resolved.ref,
            commit=resolved.commit,
            author=content.author,
            committed_at=content.committed_at,
            signature=content.signature,
        )

    async def _from_store(
        self, item: WantedSkill, content: WantedContent, digest: str, step: int, log: StepLog
    ) -> _Read:
        bundle = await log.call(
            step,
            LOAD,
            {"skill": item.name, "digest": digest, "commit": content.commit},
            lambda: self._bundles.get(digest),
            lambda found: {"files": len(found.files), "bytes": found.size, "digest": found.digest},
        )
        return _Read(
            bundle=bundle,
            path=item.location.path,
            ref=content.ref or content.commit or "",
            commit=content.commit,
            author=content.author,
            committed_at=content.committed_at,
        )

    async def _from_place(self, item: WantedSkill, content: WantedContent, step: int, log: StepLog) -> _Read:
        """Read what somebody else put at a place, if it is still what was found there."""
        provider = next(place.provider for place in item.places if place.content == content)

        async def found() -> SkillBundle:
            there = await self._installers(provider).read(item.name)
            if there is None or there.digest != content.digest:
                raise DriftOver(skill=item.name, provider=provider.display_name)
            refuse_unfit(there, item.name)
            return there

        bundle = await log.call(
            step,
            LOOK,
            {"skill": item.name, "digest": content.digest, "commit": None},
            found,
            lambda read: {"files": len(read.files), "bytes": read.size, "digest": read.digest},
        )
        return _Read(bundle=bundle, path=item.location.path, ref="", commit=None, author=None, committed_at=None)

    def _several(
        self, action: PlaceAction, item: WantedSkill, found: Sequence[FetchedSkill], resolved: ResolvedRef
    ) -> Exception:
        """Return the question which of the skills of a source is meant; where it cannot be asked, the error instead."""
        paths = [skill.path for skill in found]
        error = SeveralSkillsFound(source=item.location.label, names=", ".join(paths), example=item.location.url)
        which = which_skill(action, item, paths, resolved, self._allowed_hosts)
        return error if which is None else SeveralSkillsError(which, error)

    def _subject(self, item: WantedSkill, content: WantedContent, read: _Read) -> SkillSubject:
        manifest = parse_manifest(read.bundle, folder=read.path.rpartition("/")[2])
        if item.skill is not None and manifest.name != item.skill.name:
            problem = f'it is now called "{manifest.name}"'
            raise InvalidSkill(skill=item.skill.name, problems=problem)
        return SkillSubject(
            skill_id=item.skill.id if item.skill else new_id(self._clock.now()),
            name=manifest.name,
            asked_as=item.asked_as,
            description=manifest.description,
            origin="place" if content.is_found else "store" if content.digest else "source",
            location=item.location,
            path=read.path,
            requested_ref=read.ref,
            commit=read.commit,
            author=read.author,
            committed_at=read.committed_at,
            signature=read.signature,
            digest=read.bundle.digest,
            file_count=len(read.bundle.files),
            size=read.bundle.size,
            reach=assess_reach(read.bundle, manifest),
            warnings=manifest.warnings,
        )

    async def _compare(
        self, action: PlaceAction, item: WantedSkill, place: WantedPlace, wanted: _Found | None, patches: Patches
    ) -> TargetSubject:
        skill = wanted.subject if wanted and place.content else None
        bundle = wanted.bundle if wanted and place.content else None
        name = skill.name if skill else item.name
        recorded = place.recorded
        installer = self._installers(place.provider)
        there = await installer.read(name)
        adopts = isinstance(action, AcceptDrift)
        before = await self._approved(name, place, there, bundle) if adopts else there
        path = skill.path if skill else item.location.path
        target = TargetSubject(
            provider_id=place.provider.id,
            provider=place.provider.display_name,
            provider_kind=place.provider.name.value,
            skill_id=skill.skill_id if skill else (item.skill.id if item.skill else ""),
            skill=name,
            location=installer.location(name),
            source="/".join(filter(None, (item.location.host, item.location.label, path))),
            installed_ref=recorded.installed_ref if recorded else None,
            installed_digest=there.digest if there else None,
            recorded_digest=recorded.installed_digest if recorded else None,
            wanted_digest=bundle.digest if bundle else None,
            reach_widened=await asyncio.to_thread(_widens, before, skill),
            retry_of=place.failed.id if place.failed else None,
            adopts=adopts,
            diff=await asyncio.to_thread(diff_bundles, before, bundle or SkillBundle(files={})),
        )
        await patches.add(target, there, bundle)
        return target

    async def _approved(
        self, name: str, place: WantedPlace, there: SkillBundle | None, found: SkillBundle | None
    ) -> SkillBundle:
        """Return what is recorded as approved at a place, if there still is what was ``found``."""
        recorded = place.recorded
        if recorded is None or recorded.installed_digest is None or there != found:
            raise DriftOver(skill=name, provider=place.provider.display_name)
        return await self._bundles.get(recorded.installed_digest)


def _described(found: Sequence[FetchedSkill]) -> dict[str, object]:
    """Return what the record says of what was fetched."""
    sizes: dict[str, object] = {
        "files": sum(len(skill.bundle.files) for skill in found),
        "bytes": sum(skill.bundle.size for skill in found),
        # No key with "auth" in it: what such a key holds is masked as a secret.
        "written_by": found[0].author,
        "committed_at": found[0].committed_at.isoformat(),
    }
    return sizes | ({"skills": len(found)} if len(found) > 1 else {"digest": found[0].bundle.digest})


def expected_facts(wanted: Wanted, *, team: str = "", chat: str = "") -> RequestFacts:
    """Return what a rule may ask about ``wanted`` as far as it can be told before anything was fetched."""
    items = tuple(
        ItemFacts(
            skill=skill.name,
            source="/".join(filter(None, (skill.location.host, skill.location.label, skill.location.path))),
            provider=(place.provider.display_name, place.provider.name.value),
        )
        for skill in wanted.skills
        for place in skill.places
    )
    return RequestFacts(intent=wanted.action.intent, risk=wanted.risk, items=items, team=team, chat=chat)


def _widens(there: SkillBundle | None, skill: SkillSubject | None) -> bool:
    """Whether ``skill`` could do more than what is ``there``; if that cannot be read, it could."""
    if there is None or skill is None or there.digest == skill.digest:
        return False
    return widens(_reach_of(there, skill.name), skill.reach)


def _reach_of(there: SkillBundle, name: str) -> Reach:
    try:
        return assess_reach(there, parse_manifest(there, folder=name))
    except InvalidSkill:
        return Reach(level=ReachLevel.CONTAINED)  # whatever the new content can do is more
