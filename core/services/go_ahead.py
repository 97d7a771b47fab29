"""GoAhead: whether a claimed run may go on - people agree to it, nothing is frozen, its provider is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.executions import ExecutionStatus
from core.domain.targets import ProviderStatus
from core.errors import ApprovalMissing, ProviderUnavailable, SkillwardenError
from core.services.freezes import Place, refuse_frozen
from core.services.questions import approval_of, check_consent, votes_suffice
from core.services.runs import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.policy import Policy
    from core.ports import UnitOfWork
    from core.services.rosters import Rosters
    from core.services.runs import Job


class GoAhead:
    """Judges runs by the policy, the people and the freezes of the moment."""

    def __init__(self, *, policy: Policy, rosters: Rosters) -> None:
        """Judge by ``policy``, and by whom ``rosters`` know."""
        self._policy = policy
        self._rosters = rosters

    async def look_up(self) -> None:
        """Ask outside who may vote: to be called before a transaction that asks for a refusal."""
        await self._rosters.look_up()

    async def refusal(self, uow: UnitOfWork, job: Job, now: datetime) -> SkillwardenError | None:
        """Return why a claimed run must not go on; None when it may."""
        execution = job.execution
        # Cancelling ends what is queued; what had been claimed, by an owner that died since, ends here.
        if job.run.fence > 1 and execution.status is ExecutionStatus.CANCELLED:
            return ApprovalMissing(code=execution.code)
        try:
            await check_consent(
                uow, execution, subject_of(execution), policy=self._policy, rosters=self._rosters, now=now
            )
            await self._check_place(uow, job)
        except SkillwardenError as error:
            return error
        return None

    async def objection(self, uow: UnitOfWork, job: Job) -> SkillwardenError | None:
        """Return why what was proposed must not be merged any more; None when nothing speaks against it.

        How long others take counts for nothing: the approval was good, and whoever voted for somebody else did so
        rightly, when it was proposed.
        """
        try:
            await self._check_agreed(uow, job)
            await self._check_place(uow, job)
        except SkillwardenError as error:
            return error
        return None

    async def _check_agreed(self, uow: UnitOfWork, job: Job) -> None:
        execution, subject = job.execution, subject_of(job.execution)
        since = job.run.started_at or job.began
        request = await approval_of(uow, execution, subject, policy=self._policy, now=since)
        if request is None or await votes_suffice(uow, request, subject, rosters=self._rosters, stood_in=since):
            return
        # Who voted may be in a group that Slack did not tell of: no news. A glass is broken by admins.
        if request.is_break_glass or self._rosters.knows_groups_of(request.rule):
            raise ApprovalMissing(code=execution.code)

    async def _check_place(self, uow: UnitOfWork, job: Job) -> None:
        run, target = job.run, job.target
        await refuse_frozen(uow, [Place(run.skill_id, target.skill, run.provider_id, target.provider)])
        if job.provider.status is ProviderStatus.DISCONNECTED:
            raise ProviderUnavailable(provider=job.provider.display_name)
