"""Merges: changes that the bot has proposed, and that are done once somebody merges them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.approvals import LeftOut
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.targets import ProviderStatus
from core.errors import (
    AwaitingMerge,
    CancelledBeforeMerge,
    MergeGone,
    NotTakenBack,
    PolicyChanged,
    PolicyChangedNotTakenBack,
    ProviderMoved,
    SkillwardenError,
    SubjectMoved,
    SubjectMovedNotTakenBack,
    TakenBack,
    TargetChanged,
    Words,
)
from core.services.consents import consent_of
from core.services.freezes import place_of, places_of
from core.services.moved import LATER, moved_error
from core.services.runs import is_same_place
from core.services.steps import completed, invoked
from core.services.wanted import PROPOSE

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.consents import Consent
    from core.ports import Clock, Proposals, ProposalsOf, Storage, UnitOfWork
    from core.services.go_ahead import GoAhead
    from core.services.runs import Job
    from core.services.wanted import Wanted

# Between two looks at least, and at most; in between a quarter of how long it has waited.
_OFTEN = timedelta(seconds=5)
_SELDOM = timedelta(minutes=5)


class Merges:
    """Follows what waits. A run that waits is running, has no lease, and says what it waits for."""

    def __init__(self, *, storage: Storage, clock: Clock, proposals: ProposalsOf, go_ahead: GoAhead) -> None:
        """Look at ``proposals``, which are kept by somebody else; take back what ``go_ahead`` objects to."""
        self._storage = storage
        self._clock = clock
        self._proposals = proposals
        self._go_ahead = go_ahead

    async def follow(self, job: Job) -> str | None:
        """Return what the run of ``job``, which was proposed, still waits for; None once it was merged.

        Raises:
            SubjectMoved: something else was put there, or its provider is elsewhere. Its branch is deleted.
            MergeGone: its branch was deleted.
            CancelledBeforeMerge, PolicyChanged, TakenBack: it must not be merged any more. Its branch is deleted.
            SubjectMovedNotTakenBack, PolicyChangedNotTakenBack, NotTakenBack: as before, and the branch is still there.
        """
        objection = await self._objection(job)
        trouble = await self.withdraw(job) if objection else None
        try:
            if await self._is_merged(job):
                return None
        except MergeGone:
            if objection is None:
                raise
            trouble = None
        except TargetChanged as moved:
            raise await self.take_back(job, moved_error(job, moved)) from moved
        except ProviderMoved as moved:  # nobody will ever see it merged
            objection, trouble = objection or SubjectMoved(what=job.target.location, code=LATER), moved
        except SkillwardenError as error:
            trouble = error  # that it cannot be told is no news about the merge
        if objection is not None and (trouble is None or not _passes(trouble, job)):
            raise _ended(job, objection, trouble)
        return job.run.waits_for

    async def wait(self, job: Job, waits_for: str) -> None:
        """Let go of the run of ``job`` until the next look; the first time, put on the record what it waits for."""
        now = self._clock.now()
        async with self._storage.begin() as uow:
            run = await uow.runs.get(job.run.id)
            # Something was said since it was claimed, or may have been before anybody could know that it would wait.
            # Later looks are as rare as all others.
            is_news = job.run.waits_for is None or (run is not None and run.not_before is not None)
            waiting = job.run.evolve(
                waits_for=waits_for,
                lease_owner=None,
                lease_until=None,
                not_before=now if is_news else next_look(job.run.started_at or now, now),
            )
            if not await uow.runs.update(waiting, expected=RunStatus.RUNNING):
                return  # a newer claim has it
            if job.run.waits_for is None:
                target = job.target
                data = {"skill": target.skill, "provider": target.provider, "branch": waits_for}
                begun = invoked(self._clock, step=job.step, tool=PROPOSE, data=data)
                done = completed(self._clock, step=job.step, tool=PROPOSE, started=job.began, output=data)
                await uow.events.append(job.execution.id, job.execution.user_id, begun, done)
                await uow.executions.bump(job.execution.id, now)
            await uow.commit()

    async def take_back(self, job: Job, error: SkillwardenError) -> SkillwardenError:
        """Withdraw what may have been proposed by the run of ``job``, which ends with ``error``.

        Return what it says then: besides ``error``, that its branch may still be there, if it may.
        """
        proposals = self._proposals(job.provider)
        trouble = await self.withdraw(job) if proposals else None
        if proposals is None or trouble is None:
            return error
        return _left(error, proposals.branch(job.target.skill, consent=await self._consent(job)), trouble)

    async def withdraw(self, job: Job) -> SkillwardenError | None:
        """Take back what was proposed, as far as can be; what was merged stays. Returns what kept it from that.

        Who has lost the run to somebody else leaves it to them.
        """
        try:
            async with self._storage.read() as uow:
                run = await uow.runs.get(job.run.id)
            if run is None or run.fence != job.run.fence:
                return None
            await self._waits_at(job).withdraw(job.target.skill, consent=await self._consent(job))
        except SkillwardenError as error:
            return error
        return None

    async def _objection(self, job: Job) -> SkillwardenError | None:
        """Return why what was proposed must not be merged any more."""
        if job.execution.status is ExecutionStatus.CANCELLED:
            return CancelledBeforeMerge()
        async with self._storage.read() as uow:
            return await self._go_ahead.objection(uow, job)

    async def _is_merged(self, job: Job) -> bool:
        target = job.target
        return await self._waits_at(job).is_merged(
            target.skill,
            wanted=target.wanted_digest,
            replacing=target.installed_digest,
            consent=await self._consent(job),
        )

    def _waits_at(self, job: Job) -> Proposals:
        """Return the place where the change of ``job`` waits.

        Raises:
            ProviderMoved: its provider was added again, as another place.
        """
        place = self._proposals(job.provider)
        if place is None or not is_same_place(job, place.location(job.target.skill)):
            raise ProviderMoved(provider=job.provider.display_name)
        return place

    async def _consent(self, job: Job) -> Consent:
        async with self._storage.read() as uow:
            return await consent_of(uow, job)


def _passes(trouble: SkillwardenError, job: Job) -> bool:
    """Whether ``trouble`` with the place of ``job`` may be over at the next look."""
    return trouble.recoverable and job.provider.status is not ProviderStatus.DISCONNECTED


def _ended(job: Job, objection: SkillwardenError, trouble: SkillwardenError | None) -> SkillwardenError:
    """Return how a wait has ended because of ``objection``; ``trouble`` is why its branch is still there."""
    branch = job.run.waits_for or ""
    if trouble is not None:
        return _left(objection, branch, trouble)
    if isinstance(objection, (CancelledBeforeMerge, PolicyChanged)):
        return objection
    return TakenBack(reason=_sentence(objection), branch=branch)


def _left(error: SkillwardenError, branch: str, trouble: SkillwardenError) -> SkillwardenError:
    """Return what says besides ``error`` that ``branch`` could not be deleted because of ``trouble``."""
    why, said = _sentence(trouble), error.params
    if isinstance(error, SubjectMoved):
        return SubjectMovedNotTakenBack(what=said["what"], branch=branch, trouble=why, code=said["code"])
    if isinstance(error, PolicyChanged):
        return PolicyChangedNotTakenBack(rule=said["rule"], branch=branch, trouble=why, code=said["code"])
    is_cancelled = isinstance(error, CancelledBeforeMerge)
    reason = Words("It was cancelled before it was merged.") if is_cancelled else _sentence(error)
    return NotTakenBack(reason=reason, branch=branch, trouble=why)


def _sentence(error: SkillwardenError) -> Words:
    return Words(error.msgid, **error.written)


def next_look(since: datetime, now: datetime) -> datetime:
    """Return when to look again at what has waited ``since``: most are merged soon, or not for days."""
    return now + min(max((now - since) / 4, _OFTEN), _SELDOM)


async def leave_waiting(uow: UnitOfWork, wanted: Wanted) -> Wanted:
    """Return ``wanted`` without the places where an earlier change waits: what is asked for now would meet that one.

    Raises:
        AwaitingMerge: it is all of it, or the action names the skill and the provider.
    """
    waiting = {(run.skill_id, run.provider_id): run for run in await uow.runs.waiting()}
    stays = [place for place in places_of(wanted) if (place.skill_id, place.provider_id) in waiting] if waiting else []
    if not stays:
        return wanted
    rest = wanted.only(lambda skill, place: place_of(skill, place) not in stays)
    if wanted.is_named or not rest.skills:
        execution = await uow.executions.get(waiting[stays[0].skill_id or "", stays[0].provider_id].execution_id)
        code = execution.code if execution else ""
        raise AwaitingMerge(skill=stays[0].skill, provider=stays[0].provider, code=code)
    left = tuple(LeftOut(name=it.skill, why="waiting", detail=it.provider) for it in stays)
    return rest.evolve(left_out=(*rest.left_out, *left))
