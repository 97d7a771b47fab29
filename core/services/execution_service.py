"""Executions: claim a run, act outside any transaction, record. Once per approval, exactly what was approved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.actions import Retry
from core.domain.executions import (
    ChatActionResult,
    ExecutionStatus,
    InstallRun,
    RunStatus,
)
from core.domain.notices import NoticeKind
from core.domain.targets import TargetStatus
from core.errors import (
    Internal,
    InvalidInput,
    NotAllowed,
    PolicyChanged,
    SkillwardenError,
    SubjectMoved,
    TargetChanged,
    TookTooLong,
    Unreachable,
)
from core.services.change_facts import ASKED_AGAIN
from core.services.consents import consent_of
from core.services.ledger import Ledger
from core.services.moved import LATER, asked_as, moved_error
from core.services.outcomes import tell_outcome
from core.services.records import bundle_artifact, ending, error_columns
from core.services.request_service import again_key
from core.services.run_events import data_of, outcome_events, tool_of, was_called
from core.services.runs import Job, is_same_place, keep_version, load_job, settle_target
from core.services.steps import invoked

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution
    from core.domain.skills import SkillBundle
    from core.ports import BundleStore, Clock, Installers, SkillSource, Storage, UnitOfWork
    from core.services.go_ahead import GoAhead
    from core.services.merges import Merges
    from core.services.request_service import RequestService

# Longer than every time limit of a run together, so that a live owner never loses its lease.
LEASE = timedelta(minutes=10)


class ExecutionService:
    """Runs what was approved: content that is put somewhere, or taken away."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        source: SkillSource,
        bundles: BundleStore,
        installers: Installers,
        merges: Merges,
        requests: RequestService,
        go_ahead: GoAhead,
        owner: str,
        lease: timedelta = LEASE,
    ) -> None:
        """Act as ``owner`` (host and process); ask anew through ``requests`` when the approved content moved.

        A run is left to this owner for ``lease``, unless that is prolonged.
        """
        self._lease = lease
        self._storage = storage
        self._clock = clock
        self._source = source
        self._bundles = bundles
        self._installers = installers
        self._merges = merges
        self._requests = requests
        self._go_ahead = go_ahead
        self._owner = owner
        self._actor = f"worker:{owner}"

    async def run(self, run_id: str) -> None:
        """Claim the run, check once more that what was approved is what would happen, do it, record it.

        Of a run whose owner died, what was done is recorded whatever has happened since; the rest is checked anew.

        Does nothing when somebody else has the run.
        """
        job = await self._claim(run_id)
        if job is None:
            return
        may_wait = job.run.fence > 1 and not job.run.waits_for  # whoever had it before may have proposed it
        try:
            if job.run.waits_for:
                waits_for = await self._merges.follow(job)
            elif await self._is_settled(job):
                waits_for = None
            else:
                may_wait = True
                waits_for = await self._do(job)
        except SkillwardenError as error:
            await self._fail(job, error, may_wait=may_wait)
        except Exception as error:
            await self._record(job, error=Internal(code=type(error).__name__))
            raise
        else:
            if waits_for is not None:
                await self._merges.wait(job, waits_for)
                return
            await self._record(job)
            if job.run.waits_for is not None:
                await self._merges.withdraw(job)  # a branch that was merged is of no more use

    async def abandon(self, run_id: str, error: SkillwardenError) -> None:
        """End a run of this owner that keeps failing in a way nobody foresaw."""
        now = self._clock.now()
        async with self._storage.begin() as uow:
            run = await uow.runs.get(run_id)
            if run is None or run.status is not RunStatus.RUNNING or run.lease_owner != self._owner:
                return
            await self._finish(uow, await load_job(uow, run, now), now, error=error)
            await uow.commit()

    async def _claim(self, run_id: str) -> Job | None:
        now = self._clock.now()
        await self._go_ahead.look_up()
        async with self._storage.begin() as uow:
            run = await uow.runs.claim(run_id, owner=self._owner, now=now, until=now + self._lease)
            if run is None:
                return None
            job = await load_job(uow, run, now)
            if run.fence == 1:
                ledger = Ledger(uow, now=now, actor=self._actor)
                await ledger.note("run", run.id, run.execution_id, RunStatus.QUEUED, RunStatus.RUNNING)
            if run.waits_for is not None:  # it was proposed: others may have had the last word already
                job = job.evolve(run=run.evolve(not_before=None))  # who sets it again has something to say
                await uow.runs.update(job.run, expected=RunStatus.RUNNING)
                await uow.commit()
                return job
            refusal = await self._go_ahead.refusal(uow, job, now)
            was_begun = refusal is not None and await _was_begun(uow, job)
            if refusal is None:
                job = await self._begin(uow, job, now)
            elif not was_begun and not isinstance(refusal, PolicyChanged):
                await self._finish(uow, job, now, error=refusal)
                await uow.commit()
                return None
            await uow.commit()
        if refusal is None:
            return job
        await self._refuse(job, refusal, was_begun=was_begun)
        return None

    async def _refuse(self, job: Job, refusal: SkillwardenError, *, was_begun: bool) -> None:
        """End a run that must not go on.

        What its dead owner had done by then was agreed to, and is there: it is recorded as done.
        """
        if was_begun and await self._is_done(job):
            async with self._storage.begin() as uow:
                job = await self._begin(uow, job, self._clock.now())
                await self._finish(uow, job, self._clock.now())
                await uow.commit()
            return
        await self._fail(job, refusal, may_wait=was_begun)

    async def _is_done(self, job: Job) -> bool:
        try:
            return await self._already_there(job)
        except SkillwardenError:
            return False  # what cannot be read is not what was wanted

    async def _begin(self, uow: UnitOfWork, job: Job, now: datetime) -> Job:
        """Move what is claimed to where it is under way, and put the call on the record."""
        ledger = Ledger(uow, now=now, actor=self._actor)
        execution = job.execution
        if execution.status is ExecutionStatus.PENDING:
            execution = await ledger.execution(
                execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now, pod_name=self._owner
            )
        row = job.row
        if row.status is not TargetStatus.SYNCING:
            commit = (job.content.commit if job.content else None) or row.desired_ref
            row = await ledger.target(row, TargetStatus.SYNCING, execution_id=execution.id, desired_ref=commit)
        said = invoked(self._clock, step=job.step, tool=tool_of(job), data=data_of(job))
        await uow.events.append(execution.id, execution.user_id, said)
        return job.evolve(execution=execution, row=row)

    async def _is_settled(self, job: Job) -> bool:
        """Whether what was approved is there already; raises what speaks against doing it, if that is to be done."""
        if await self._already_there(job):
            return True
        await self._verify(job)
        return False

    async def _do(self, job: Job) -> str | None:
        """Bring about what was approved; return what now waits for somebody else, if anything."""
        try:
            return await self._act(job)
        except (Unreachable, TookTooLong):
            if await self._is_done(job):
                return None  # only the answer was lost
            raise

    async def _already_there(self, job: Job) -> bool:
        target, installer = job.target, self._installers(job.provider)
        if not is_same_place(job, installer.location(target.skill)):
            raise TargetChanged(skill=target.skill, provider=target.provider)
        there = await installer.read(target.skill)
        return (there.digest if there else None) == target.wanted_digest

    async def _verify(self, job: Job) -> None:
        content = job.content
        if job.target.adopts:  # what people agreed to is there no more
            raise TargetChanged(skill=job.target.skill, provider=job.target.provider)
        if content is None or content.origin != "source":
            return  # nothing outside can have moved
        resolved = await self._source.resolve(content.location, content.requested_ref)
        if resolved.commit != content.commit:
            raise SubjectMoved(what=f"{content.location.label} @ {content.requested_ref}", code=LATER)

    async def _act(self, job: Job) -> str | None:
        """Put the content in place, or take away what is there; what was there is kept before. Returns as ``_do``."""
        target, installer = job.target, self._installers(job.provider)
        bundle = await self._bundles.get(job.content.digest) if job.content else None
        async with self._storage.read() as uow:
            consent = await consent_of(uow, job)
        there = await installer.read(target.skill)
        if there is not None:
            await self._keep(job, there)
        if bundle is not None:
            return await installer.install(target.skill, bundle, replacing=target.installed_digest, consent=consent)
        if target.installed_digest is not None:
            return await installer.uninstall(target.skill, replacing=target.installed_digest, consent=consent)
        raise TargetChanged(skill=target.skill, provider=target.provider)

    async def _keep(self, job: Job, replaced: SkillBundle) -> None:
        """Store what is about to be replaced, so that it can be brought back - edits made in place included."""
        stored = await self._bundles.put(replaced)
        async with self._storage.begin() as uow:
            known = {artifact.checksum for artifact in await uow.artifacts.of_execution(job.execution.id)}
            if stored.checksum not in known:
                name = f"{job.target.skill}-before"
                await uow.artifacts.add(bundle_artifact(job.execution, name, stored, self._clock.now()))
                await uow.commit()

    async def _fail(self, job: Job, error: SkillwardenError, *, may_wait: bool) -> None:
        """End the run with ``error``, and take back what of it ``may_wait`` for a merge."""
        error = moved_error(job, error)
        if may_wait:
            error = await self._merges.take_back(job, error)
        if error.code in ASKED_AGAIN:
            await self._stop(job, error)
        else:
            await self._record(job, error=error)

    async def _stop(self, job: Job, error: SkillwardenError) -> None:
        """End the run, and all that wait; what was not done is asked for again when the last one has ended."""
        async with self._storage.begin() as uow:
            voided = await self._void_others(uow, job, error)
            await self._finish(uow, job, self._clock.now(), error=error, voided=voided)
            await uow.commit()

    async def _ask_again(self, uow: UnitOfWork, execution: Execution, runs: tuple[InstallRun, ...]) -> Execution:
        """Ask for what was not done of ``execution``, which has failed; it and its runs say under which code."""
        moved = [run for run in runs if run.error_code in ASKED_AGAIN]
        is_partly_done = any(run.status is RunStatus.SUCCESS for run in runs)
        left = Retry(run=execution.code) if is_partly_done else None
        errors: list[SkillwardenError]
        try:
            fresh = await self._requests.again(uow, execution, dedupe_key=again_key(execution), left=left)
            errors = [asked_as(run, f"#{fresh.code}") for run in moved]
        except (InvalidInput, NotAllowed) as reason:  # gone or forbidden meanwhile: there is nothing to ask about
            errors = [reason] * len(moved)
        for run, error in zip(moved, errors, strict=True):
            said = run.evolve(error_code=error.code, error_message=str(error))
            await uow.runs.update(said, expected=run.status)
        told = execution.evolve(**error_columns(errors[0]))
        await uow.executions.update(told, expected=execution.status)
        return told

    async def _void_others(self, uow: UnitOfWork, job: Job, error: SkillwardenError) -> tuple[int, ...]:
        """End what waits, and return the steps that will not be done."""
        now, steps = self._clock.now(), []
        for run in await uow.runs.of_execution(job.execution.id):
            if run.status is RunStatus.QUEUED:
                steps.append((await load_job(uow, run, now)).step)
                await Ledger(uow, now=now, actor=self._actor).run(
                    run, RunStatus.FAILED, error_code=error.code, error_message=str(error), finished_at=now
                )
        return tuple(steps)

    async def _record(self, job: Job, *, error: SkillwardenError | None = None) -> None:
        async with self._storage.begin() as uow:
            await self._finish(uow, job, self._clock.now(), error=error)
            await uow.commit()

    async def _finish(
        self,
        uow: UnitOfWork,
        job: Job,
        now: datetime,
        *,
        error: SkillwardenError | None = None,
        voided: tuple[int, ...] = (),
    ) -> None:
        execution = job.execution
        ledger = Ledger(uow, now=now, actor=self._actor)
        if error is None:
            await ledger.run(job.run, RunStatus.SUCCESS, finished_at=now, lease_until=None, receipt_due=now)
        else:
            await ledger.run(
                job.run,
                RunStatus.FAILED,
                reason=str(error),
                finished_at=now,
                lease_until=None,
                error_code=error.code,
                error_message=str(error),
            )
        runs = await uow.runs.of_execution(execution.id)
        was_last = all(run.status not in {RunStatus.QUEUED, RunStatus.RUNNING} for run in runs)
        said = outcome_events(job, self._clock, error, voided)
        if error is not None and not await was_called(uow, job):
            said = said[1:]  # it was refused before it was called: there is no answer
        if was_last and await _goes_on(uow, execution.id):
            said = ending(said, "failed" if any(run.status is not RunStatus.SUCCESS for run in runs) else "completed")
        await uow.events.append(execution.id, execution.user_id, *said)
        await settle_target(uow, ledger, job, now, succeeded=error is None)
        if error is None:
            await keep_version(uow, job, now)
        if was_last:
            await self._finish_execution(uow, ledger, execution.id, runs, now, error)
        else:
            await uow.executions.bump(execution.id, now)

    async def _finish_execution(
        self,
        uow: UnitOfWork,
        ledger: Ledger,
        execution_id: str,
        runs: tuple[InstallRun, ...],
        now: datetime,
        error: SkillwardenError | None,
    ) -> None:
        execution = await uow.executions.get(execution_id)
        if execution is None or execution.status not in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}:
            await uow.executions.bump(execution_id, now)  # cancelled meanwhile: what was under way is shown as it ended
            return
        failed = [run for run in runs if run.status is not RunStatus.SUCCESS]
        if failed:
            columns = (
                error_columns(error)
                if error
                else {"error_code": failed[0].error_code, "error_message": failed[0].error_message}
            )
            execution = await ledger.execution(
                execution, ExecutionStatus.FAILED, completed_at=now, waiting_for=None, **columns
            )
            if any(run.error_code in ASKED_AGAIN for run in failed):
                execution = await self._ask_again(uow, execution, runs)
        else:
            await ledger.execution(execution, ExecutionStatus.COMPLETED, completed_at=now, output=f"{len(runs)} done")
        record = await uow.chat_actions.of_execution(execution_id)
        if record is not None and record.result is ChatActionResult.ACCEPTED:
            result = ChatActionResult.FAILED if failed else ChatActionResult.EXECUTED
            await ledger.chat_action(record, result, run_id=runs[0].id)
        await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)


async def _was_begun(uow: UnitOfWork, job: Job) -> bool:
    """Whether an earlier claim was let through, so that its owner may have acted before it died."""
    return job.run.fence > 1 and await was_called(uow, job)


async def _goes_on(uow: UnitOfWork, execution_id: str) -> bool:
    """Whether an execution has not ended."""
    execution = await uow.executions.get(execution_id)
    return execution is not None and execution.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}
