"""From an action to a plan, and from the plan to what an approver has to see: resolve, fetch, inspect, compare."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.actions import EVERY, Install, risk_of
from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
from core.domain.base import Domain, new_id
from core.domain.inspection import assess_reach
from core.domain.manifest import parse_manifest
from core.domain.plans import ExecutionPlan, PlanStep
from core.domain.policy import ItemFacts, Policy, RequestFacts, Rule, decide
from core.domain.skill_diff import diff_bundles
from core.domain.skills import FetchedSkill, ResolvedRef, Skill, SkillBundle, SourceLocation, StoredBundle
from core.domain.sources import AllowedHosts, location_of, looks_like_source, parse_source
from core.domain.targets import InstallTarget, Provider, ProviderStatus
from core.errors import (
    InvalidSkill,
    ProviderUnavailable,
    SeveralSkillsFound,
    SkillArchived,
    UnknownProvider,
    UnknownSkill,
)

if TYPE_CHECKING:
    from core.domain.masking import Masker
    from core.domain.messages import ConversationRef
    from core.ports import BundleStore, Clock, Installers, SkillSource, UnitOfWork
    from core.services.steps import StepLog

RESOLVE, FETCH, INSPECT, INSTALL = (
    "skill_source.resolve",
    "skill_source.fetch",
    "skill.inspect",
    "skill.install",
)


class WantedSkill(Domain):
    """One skill to fetch; ``skill`` is None for a source that is not in the catalogue yet."""

    name: str
    #: What the action calls it.
    asked_as: str
    location: SourceLocation
    skill: Skill | None


class Wanted(Domain):
    """What an action comes down to: which content goes to which providers, and what the bot put there before."""

    skills: tuple[WantedSkill, ...]
    providers: tuple[Provider, ...]
    targets: tuple[InstallTarget, ...] = ()

    def target(self, skill_id: str, provider_id: str) -> InstallTarget | None:
        """Return what is recorded of a skill on a provider."""
        return next((t for t in self.targets if (t.skill_id, t.provider_id) == (skill_id, provider_id)), None)


class Preview(Domain):
    """What was found: the subject to approve, and the files that hold its skills, in the same order."""

    subject: ApprovalSubject
    stored: tuple[StoredBundle, ...]


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

    async def wanted(self, uow: UnitOfWork, action: Install) -> Wanted:
        """Look up what ``action`` names; raises what ``find_wanted`` does."""
        return await find_wanted(uow, action, self._allowed_hosts)

    def draft(self, action: Install, wanted: Wanted) -> ExecutionPlan:
        """Return the plan: for each skill resolve, fetch, inspect; then one installation for each provider."""
        steps: list[PlanStep] = []
        for skill in wanted.skills:
            source = {"skill": skill.name, "source": skill.location.label, "ref": skill.location.ref}
            first = len(steps)
            steps += [
                PlanStep(description=f"resolve {skill.location.label}", tool=RESOLVE, input=source),
                PlanStep(description=f"fetch {skill.name}", tool=FETCH, input=source, depends_on=(first,)),
                PlanStep(description=f"inspect {skill.name}", tool=INSPECT, input=source, depends_on=(first + 1,)),
            ]
            steps += [
                PlanStep(
                    description=f"install {skill.name} on {provider.display_name}",
                    tool=INSTALL,
                    input={
                        "skill": skill.name,
                        "provider": provider.display_name,
                        "provider_id": provider.id,
                    },
                    depends_on=(first + 2,),
                )
                for provider in wanted.providers
            ]
        risk = risk_of(action)
        names = ", ".join(skill.name for skill in wanted.skills)
        places = ", ".join(provider.display_name for provider in wanted.providers)
        return ExecutionPlan(
            goal=f"{action.intent} {names} on {places}",
            steps=tuple(steps),
            estimated_risk=risk,
            requires_approval=self._expected_rule(action, wanted).outcome == "require",
        )

    async def preview(self, action: Install, wanted: Wanted, log: StepLog) -> Preview:
        """Fetch and inspect everything ``wanted``, recording each step in ``log``.

        Raises:
            SkillwardenError: whatever a source, a manifest or a target has against it.
        """
        skills: list[SkillSubject] = []
        targets: list[TargetSubject] = []
        stored: list[StoredBundle] = []
        step = 0
        for item in wanted.skills:
            found, bundle = await self._examine(item, step, log)
            stored.append(await self._bundles.put(bundle))
            skills.append(found)
            for provider in wanted.providers:
                recorded = wanted.target(found.skill_id, provider.id)
                targets.append(await self._compare(found, bundle, provider, recorded))
            step += 3 + len(wanted.providers)
        subject = ApprovalSubject(action=action, skills=tuple(skills), targets=tuple(targets))
        # Masked before it is hashed: what is shown, what is stored and what the approval binds to are the same.
        masked = ApprovalSubject.model_validate(self._masker.data(subject.model_dump(mode="json")))
        return Preview(subject=masked, stored=tuple(stored))

    def rule_for(self, subject: ApprovalSubject, conversation: ConversationRef) -> Rule:
        """Return the rule of the policy that decides about ``subject``, asked for in ``conversation``."""
        return decide(self._policy, subject.facts(conversation))

    def _expected_rule(self, action: Install, wanted: Wanted) -> Rule:
        """Return the rule as far as it can be told before anything was fetched."""
        return decide(self._policy, expected_facts(action, wanted))

    async def _examine(self, item: WantedSkill, step: int, log: StepLog) -> tuple[SkillSubject, SkillBundle]:
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
            lambda: self._fetch(location, resolved.commit),
            lambda found: {
                "files": len(found.bundle.files),
                "bytes": found.bundle.size,
                "author": found.author,
                "committed_at": found.committed_at.isoformat(),
                "digest": found.bundle.digest,
            },
        )

        subject = await log.call(
            step + 2,
            INSPECT,
            asked | {"digest": fetched.bundle.digest},
            lambda: asyncio.to_thread(self._subject, item, resolved, fetched),
            lambda found: {
                "level": found.reach.level,
                "scripts": len(found.reach.scripts),
                "allowed_tools": list(found.reach.allowed_tools),
                "hosts": list(found.reach.hosts),
            },
        )
        return subject, fetched.bundle

    async def _fetch(self, location: SourceLocation, commit: str) -> FetchedSkill:
        found = await self._source.fetch(location, commit)
        if len(found) > 1:
            names = [skill.path for skill in found]
            raise SeveralSkillsFound(
                source=location.label, names=", ".join(names), example=f"{location.label}/{names[0]}"
            )
        return found[0]

    def _subject(self, item: WantedSkill, resolved: ResolvedRef, fetched: FetchedSkill) -> SkillSubject:
        manifest = parse_manifest(fetched.bundle, folder=fetched.path.rpartition("/")[2])
        if item.skill is not None and manifest.name != item.skill.name:
            problem = f'it is now called "{manifest.name}"'
            raise InvalidSkill(skill=item.skill.name, problems=problem)
        return SkillSubject(
            skill_id=item.skill.id if item.skill else new_id(self._clock.now()),
            name=manifest.name,
            asked_as=item.asked_as,
            description=manifest.description,
            location=item.location,
            path=fetched.path,
            requested_ref=resolved.ref,
            commit=resolved.commit,
            author=fetched.author,
            committed_at=fetched.committed_at,
            digest=fetched.bundle.digest,
            file_count=len(fetched.bundle.files),
            size=fetched.bundle.size,
            reach=assess_reach(fetched.bundle, manifest),
            warnings=manifest.warnings,
        )

    async def _compare(
        self, subject: SkillSubject, bundle: SkillBundle, provider: Provider, recorded: InstallTarget | None
    ) -> TargetSubject:
        installer = self._installers(provider)
        there = await installer.read(subject.name)
        return TargetSubject(
            provider_id=provider.id,
            provider=provider.display_name,
            provider_kind=provider.name.value,
            skill_id=subject.skill_id,
            skill=subject.name,
            location=installer.location(subject.name),
            installed_ref=recorded.installed_ref if recorded else None,
            installed_digest=there.digest if there else None,
            recorded_digest=recorded.installed_digest if recorded else None,
            diff=await asyncio.to_thread(diff_bundles, there, bundle),
        )


async def find_wanted(uow: UnitOfWork, action: Install, allowed_hosts: AllowedHosts) -> Wanted:
    """Return what the names of ``action`` lead to.

    Raises:
        UnknownSkill, SkillArchived, UnknownProvider, ProviderUnavailable, InvalidSource: a name leads nowhere.
    """
    names = action.skills
    if EVERY in names:
        names = tuple(skill.name for skill in await uow.skills.all())
    skills = [await _find_skill(uow, name, action.ref, allowed_hosts) for name in dict.fromkeys(names)]
    providers = find_providers(await uow.providers.all(), action.providers)
    return Wanted(skills=tuple(skills), providers=providers, targets=await uow.targets.all())


async def _find_skill(uow: UnitOfWork, name: str, ref: str | None, allowed_hosts: AllowedHosts) -> WantedSkill:
    skill = await uow.skills.by_name(name)
    if skill is None and looks_like_source(name):
        location = parse_source(name, ref=ref, allowed=allowed_hosts)
        return WantedSkill(name=location.label, asked_as=name, location=location, skill=None)
    if skill is None:
        raise UnknownSkill(name=name)
    if skill.is_archived:
        raise SkillArchived(skill=skill.name)
    return WantedSkill(name=skill.name, asked_as=name, location=location_of(skill, ref), skill=skill)


def expected_facts(action: Install, wanted: Wanted, *, team: str = "", chat: str = "") -> RequestFacts:
    """Return what a rule may ask about ``action`` as far as it can be told before anything was fetched."""
    items = tuple(
        ItemFacts(
            skill=skill.name,
            source="/".join(filter(None, (skill.location.host, skill.location.label, skill.location.path))),
            provider=(provider.display_name, provider.name.value),
        )
        for skill in wanted.skills
        for provider in wanted.providers
    )
    return RequestFacts(intent=action.intent, risk=risk_of(action), items=items, team=team, chat=chat)


def find_providers(known: tuple[Provider, ...], names: tuple[str, ...]) -> tuple[Provider, ...]:
    """Return the providers ``names`` mean: display names, kinds, or ``*`` for every connected one.

    Raises:
        UnknownProvider, ProviderUnavailable: a name leads nowhere, or to one that is not connected.
    """
    if EVERY in names:
        return tuple(provider for provider in known if provider.status is ProviderStatus.CONNECTED)
    found: list[Provider] = []
    for name in names:
        called = [provider for provider in known if provider.display_name.lower() == name.lower()]
        matches = called or [provider for provider in known if provider.name.value == name.lower()]
        if not matches:
            raise UnknownProvider(name=name)
        for provider in matches:
            if provider.status is not ProviderStatus.CONNECTED:
                raise ProviderUnavailable(provider=provider.display_name)
            if provider not in found:
                found.append(provider)
    return tuple(found)
