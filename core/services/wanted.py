"""Wanted: what an action comes down to - which content goes to which places, or leaves them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from core.domain.actions import (
    EVERY,
    AcceptDrift,
    Diff,
    Install,
    RestoreDrift,
    Retry,
    Rollback,
    Sync,
    Uninstall,
    risk_of,
)
from core.domain.approvals import LeftOut
from core.domain.base import Domain
from core.domain.executions import ExecutionStatus, InstallRun, RunStatus
from core.domain.plans import RiskLevel
from core.domain.skills import Skill, SourceLocation
from core.domain.sources import AllowedHosts, location_of, looks_like_source, parse_source
from core.domain.targets import InstallTarget, Provider, ProviderStatus
from core.errors import (
    NoDrift,
    NothingConnected,
    NothingInstalled,
    NothingToRetry,
    NothingToRollBack,
    NotInstalled,
    ProviderUnavailable,
    SkillArchived,
    UnknownProvider,
    UnknownRequest,
    UnknownSkill,
)
from core.services.drifts import drifts_of

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalSubject
    from core.domain.drift import DriftEvent
    from core.ports import UnitOfWork

#: What a request can do to places; ``Diff`` only looks at them.
PlaceAction = Install | Sync | Uninstall | Rollback | Diff | RestoreDrift | AcceptDrift
PLACE_ACTIONS = (Install, Sync, Uninstall, Rollback, Diff, RestoreDrift, AcceptDrift)
_InstalledAction = Sync | Uninstall | Rollback | Diff | RestoreDrift | AcceptDrift

RESOLVE, FETCH, LOAD, LOOK, INSPECT, INSTALL, REMOVE, ADOPT, ADD = (
    "skill_source.resolve",
    "skill_source.fetch",
    "bundle_store.get",
    "skill.read",
    "skill.inspect",
    "skill.install",
    "skill.uninstall",
    "skill.adopt",
    "catalogue.add",
)
#: What a step that changes a place does first where somebody has to merge it; no step by itself.
PROPOSE = "skill.propose"
#: The steps that change a place, or what is recorded as approved there; all others read.
ACTS = frozenset({INSTALL, REMOVE, ADOPT})


class WantedContent(Domain):
    """Content to read: what the source says now or, with a ``digest``, what the bundle store keeps.

    Of kept content the rest is what was recorded when it was installed. With ``is_found`` it is what somebody else put
    at the place itself.
    """

    digest: str | None = None
    ref: str | None = None
    commit: str | None = None
    author: str | None = None
    committed_at: AwareDatetime | None = None
    is_found: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether it is kept and no approval was ever about it."""
        return self.digest is not None and self.ref is None and not self.is_found

    @property
    def tools(self) -> tuple[str, ...]:
        """The steps that read it."""
        if self.digest is None:
            return RESOLVE, FETCH, INSPECT
        return (LOOK if self.is_found else LOAD), INSPECT


FROM_SOURCE = WantedContent()


class WantedPlace(Domain):
    """One provider, what the bot put there before, and what shall be there (None: nothing)."""

    provider: Provider
    recorded: InstallTarget | None = None
    content: WantedContent | None = FROM_SOURCE
    #: The failed run that this tries again.
    failed: InstallRun | None = None

    @property
    def is_removed(self) -> bool:
        """Whether what the bot put there goes, and nothing takes its place."""
        return self.content is None and self.recorded is not None and self.recorded.installed_digest is not None


class WantedSkill(Domain):
    """One skill and its places; ``skill`` is None for a source that is not in the catalogue yet."""

    name: str
    #: What the action calls it.
    asked_as: str
    location: SourceLocation
    skill: Skill | None
    places: tuple[WantedPlace, ...]

    @property
    def contents(self) -> tuple[WantedContent, ...]:
        """Everything that has to be read, each content once."""
        return tuple(dict.fromkeys(place.content for place in self.places if place.content is not None))


class Wanted(Domain):
    """What an action comes down to. A retry comes down to the action that failed, where it failed."""

    action: PlaceAction
    skills: tuple[WantedSkill, ...]
    #: What stays as it is, though it was asked for.
    left_out: tuple[LeftOut, ...] = ()

    @property
    def risk(self) -> RiskLevel:
        """What it may cost, as far as that can be told before anything was read: see ``ApprovalSubject.risk``."""
        places = [place for skill in self.skills for place in skill.places]
        unknown = any(place.content is not None and place.content.is_unknown for place in places)
        removed = not isinstance(self.action, AcceptDrift) and any(place.is_removed for place in places)
        return RiskLevel.DESTRUCTIVE if unknown or removed else risk_of(self.action)

    @property
    def is_named(self) -> bool:
        """Whether the action names every skill and every provider, so that nothing of it is meant by the way."""
        return _names(self.action.skills) and _names(self.action.providers)

    def kept(self, subject: ApprovalSubject) -> Wanted:
        """Return what is left when only the places of ``subject`` are kept."""
        asked = subject.asked
        pairs = {(asked[target.skill], target.provider_id) for target in subject.targets}
        return self.only(lambda skill, place: (skill.asked_as, place.provider.id) in pairs)

    def only(self, keep: Callable[[WantedSkill, WantedPlace], bool]) -> Wanted:
        """Return what is left when only the places are kept that ``keep`` says yes to."""
        skills = (skill.evolve(places=tuple(p for p in skill.places if keep(skill, p))) for skill in self.skills)
        return self.evolve(skills=tuple(skill for skill in skills if skill.places))


async def find_wanted(uow: UnitOfWork, action: PlaceAction | Retry, allowed: AllowedHosts) -> Wanted:
    """Look up what ``action`` names; skills named by their source may come from ``allowed`` hosts.

    Raises:
        UnknownSkill, SkillArchived, UnknownProvider, ProviderUnavailable, InvalidSource: a name leads nowhere.
        NothingConnected: there is no place at all.
        NotInstalled, NothingInstalled: there is nothing that could be changed, or compared.
        NoDrift, DriftOver: nothing was found that could be taken back, or accepted.
        UnknownRequest, NothingToRetry, NothingToRollBack: there is nothing to try again, or to take back.
    """
    if isinstance(action, Retry):
        return await _failed(uow, action, allowed)
    if isinstance(action, Install):
        return await _everywhere(uow, action, allowed)
    return await _installed(uow, action)


async def _everywhere(uow: UnitOfWork, action: Install, allowed: AllowedHosts) -> Wanted:
    """Every skill goes to every provider."""
    names = action.skills
    if EVERY in names:
        names = tuple(skill.name for skill in await uow.skills.all())
    asked = tuple(dict.fromkeys(names))
    everywhere, placed = await asyncio.gather(uow.providers.all(), uow.targets.all())
    providers = find_providers(everywhere, action.providers)
    if not providers:
        raise NothingConnected
    found = await asyncio.gather(*(uow.skills.by_name(name) for name in asked))
    targets = {(target.skill_id, target.provider_id): target for target in placed}
    skills = []
    for name, skill in zip(asked, found, strict=True):
        places = tuple(
            WantedPlace(provider=provider, recorded=targets.get((skill.id, provider.id)) if skill else None)
            for provider in providers
        )
        if skill is None:
            if not looks_like_source(name):
                raise UnknownSkill(name=name)
            location = parse_source(name, ref=action.ref, allowed=allowed)
            skills.append(WantedSkill(name=location.label, asked_as=name, location=location, skill=None, places=places))
        elif skill.is_archived:
            raise SkillArchived(skill=skill.name)
        else:
            skills.append(_known(skill, action.ref, places))
    return Wanted(action=action, skills=tuple(skills), left_out=_left_out(everywhere, action))


async def _installed(uow: UnitOfWork, action: _InstalledAction) -> Wanted:
    """The places that the bot has put the skills to."""
    names_skills, names_places = _names(action.skills), _names(action.providers)
    known = await uow.providers.all()
    providers = find_providers(known, action.providers if names_places else (EVERY,))
    targets = [target for target in await uow.targets.all() if _has_content(target, action)]
    undone = action.run if isinstance(action, Rollback) else None
    if undone is not None:
        changed = await _changed(uow, undone)
        targets = [row for row in targets if (row.skill_id, row.provider_id, row.installed_digest) in changed]
    drifts = await drifts_of(uow, action) if isinstance(action, RestoreDrift | AcceptDrift) else None
    if drifts is not None:
        targets = [row for row in targets if row.id in drifts]
    skills = []
    for skill in await _skills(uow, action, targets):
        rows = {target.provider_id: target for target in targets if target.skill_id == skill.id}
        if not names_places and any(row.installed_digest for row in rows.values()):
            rows = {key: row for key, row in rows.items() if row.installed_digest}
        places = [
            WantedPlace(provider=p, recorded=rows[p.id], content=await _content(uow, action, rows[p.id], drifts))
            for p in providers
            if p.id in rows
        ]
        if places:
            ref = action.to_ref if isinstance(action, Rollback) else getattr(action, "ref", None)
            skills.append(_known(skill, ref, tuple(places)))
        elif names_skills and undone is None and drifts is None:
            where = ", ".join(provider.display_name for provider in providers) if names_places else "any provider"
            raise NotInstalled(skill=skill.name, provider=where)
    if not skills and drifts is not None:
        raise NoDrift
    if not skills:
        raise NothingInstalled if undone is None else NothingToRollBack(code=undone)
    there = {target.provider_id for target in targets if target.skill_id in {s.skill.id for s in skills if s.skill}}
    left_out = _left_out([provider for provider in known if provider.id in there], action)
    return Wanted(action=action, skills=tuple(skills), left_out=left_out)


async def _changed(uow: UnitOfWork, code: str) -> frozenset[tuple[str, str, str | None]]:
    """Return what the request ``code`` changed: skill, provider, and the digest that it left there."""
    execution = await uow.executions.by_code(code)
    if execution is None:
        raise UnknownRequest(request=f"#{code}")
    runs = await uow.runs.of_execution(execution.id)
    done = {(run.skill_id, run.provider_id) for run in runs if run.status is RunStatus.SUCCESS}
    return frozenset(
        (target.skill_id, target.provider_id, target.wanted_digest)
        for target in (execution.subject.targets if execution.subject else ())
        if (target.skill_id, target.provider_id) in done and not target.is_current
    )


async def _skills(uow: UnitOfWork, action: _InstalledAction, targets: Iterable[InstallTarget]) -> list[Skill]:
    """Return the skills that ``action`` names, or those of ``targets``: archived ones get nothing new."""
    if _names(action.skills):
        found = [(name, await uow.skills.by_name(name)) for name in dict.fromkeys(action.skills)]
        for name, skill in found:
            if skill is None:
                raise UnknownSkill(name=name)
            if skill.is_archived and isinstance(action, Sync):
                raise SkillArchived(skill=skill.name)
        return [skill for _, skill in found if skill is not None]
    every = [await uow.skills.get(skill_id) for skill_id in dict.fromkeys(target.skill_id for target in targets)]
    known = [skill for skill in every if skill is not None and not (skill.is_archived and isinstance(action, Sync))]
    return sorted(known, key=lambda skill: skill.name)


async def _content(
    uow: UnitOfWork, action: _InstalledAction, row: InstallTarget, drifts: dict[str, DriftEvent] | None
) -> WantedContent | None:
    if isinstance(action, Sync | Diff) or (isinstance(action, Rollback) and action.to_ref is not None):
        return FROM_SOURCE
    if isinstance(action, AcceptDrift) and drifts is not None:
        found = drifts[row.id].found_digest
        return WantedContent(digest=found, is_found=True) if found else None
    digest = row.installed_digest if isinstance(action, RestoreDrift) else row.previous_digest
    if isinstance(action, Uninstall) or digest is None:
        return None
    version = await uow.versions.of(row.skill_id, digest)
    if version is None:
        return WantedContent(digest=digest)
    return WantedContent(
        digest=version.digest,
        ref=version.requested_ref,
        commit=version.commit_sha,
        author=version.author,
        committed_at=version.committed_at,
    )


async def _failed(uow: UnitOfWork, action: Retry, allowed: AllowedHosts) -> Wanted:
    """What failed of an earlier request; all of it when it failed before anything was done."""
    execution = await uow.executions.by_code(action.run or "")
    record = await uow.chat_actions.of_execution(execution.id) if execution else None
    if execution is None or record is None:
        raise UnknownRequest(request=f"#{action.run}")
    again = execution.subject.action if execution.subject else record.resolved_action
    if execution.status is not ExecutionStatus.FAILED or not isinstance(again, (*PLACE_ACTIONS, Retry)):
        raise NothingToRetry(code=execution.code)
    runs = {
        (run.skill_id, run.provider_id): run
        for run in await uow.runs.of_execution(execution.id)
        if run.status is not RunStatus.SUCCESS
    }
    places = [
        target
        for target in (execution.subject.targets if execution.subject else ())
        if (target.skill_id, target.provider_id) in runs
    ]
    if not places or isinstance(again, Retry):
        return await find_wanted(uow, again, allowed)
    narrowed = again.evolve(
        skills=tuple(dict.fromkeys(target.skill for target in places)),
        providers=tuple(dict.fromkeys(target.provider for target in places)),
    )
    wanted = await find_wanted(uow, narrowed, allowed)
    return wanted.evolve(skills=tuple(_where_it_failed(wanted.skills, runs)))


def _where_it_failed(skills: Iterable[WantedSkill], runs: dict[tuple[str, str], InstallRun]) -> Iterable[WantedSkill]:
    for skill in skills:
        skill_id = skill.skill.id if skill.skill else ""
        places = tuple(
            place.evolve(failed=runs[skill_id, place.provider.id])
            for place in skill.places
            if (skill_id, place.provider.id) in runs
        )
        if places:
            yield skill.evolve(places=places)


def _known(skill: Skill, ref: str | None, places: tuple[WantedPlace, ...]) -> WantedSkill:
    return WantedSkill(
        name=skill.name, asked_as=skill.name, location=location_of(skill, ref), skill=skill, places=places
    )


def _names(names: tuple[str, ...]) -> bool:
    """Whether ``names`` are chosen; none, or ``*``, are all."""
    return bool(names) and EVERY not in names


def _has_content(target: InstallTarget, action: PlaceAction) -> bool:
    before = target.previous_digest is not None and isinstance(action, Rollback)
    return target.installed_digest is not None or before


def _left_out(known: Iterable[Provider], action: PlaceAction) -> tuple[LeftOut, ...]:
    """Return the providers that "everywhere" does not reach: nothing is passed over in silence."""
    if _names(action.providers):
        return ()
    gone = [provider.display_name for provider in known if provider.status is ProviderStatus.DISCONNECTED]
    return tuple(LeftOut(name=name, why="disconnected", detail=name) for name in gone)


def find_providers(known: tuple[Provider, ...], names: tuple[str, ...]) -> tuple[Provider, ...]:
    """Return the providers ``names`` mean: display names, kinds, or ``*`` for every one that is not disconnected.

    One with an error is none that is left out: what it says when something is done there is the answer.

    Raises:
        UnknownProvider, ProviderUnavailable: a name leads nowhere, or to one that is not connected.
    """
    if EVERY in names:
        return tuple(provider for provider in known if provider.status is not ProviderStatus.DISCONNECTED)
    found: list[Provider] = []
    for name in names:
        called = [provider for provider in known if provider.display_name.lower() == name.lower()]
        matches = called or [provider for provider in known if provider.name.value == name.lower()]
        if not matches:
            raise UnknownProvider(name=name)
        for provider in matches:
            if provider.status is ProviderStatus.DISCONNECTED:
                raise ProviderUnavailable(provider=provider.display_name)
            if provider not in found:
                found.append(provider)
    return tuple(found)
