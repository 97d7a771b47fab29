"""A change request's beginning: understood, drafted as a plan, accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import (
    AcceptDrift,
    AddSkill,
    Delegate,
    Replay,
    RestoreDrift,
    Retry,
    Rollback,
    Uninstall,
    risk_of,
)
from core.domain.approvals import ApprovalSubject, title_of
from core.domain.events import PlanGenerated
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.policy import decide
from core.errors import (
    AlreadyAsked,
    DeniedByPolicy,
    NothingInstalled,
    NothingToRollBack,
    NotInstalled,
    NotYetSupported,
    NotYourQuestion,
    UnknownRequest,
)
from core.services.change_facts import ASKED_AGAIN
from core.services.drifts import note_request
from core.services.joining import joined
from core.services.records import Speaker, card_notice, new_chat_action, new_execution
from core.services.wanted import PLACE_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.executions import Execution
    from core.domain.intents import Choice
    from core.domain.policy import Policy
    from core.errors import SkillwardenError
    from core.ports import Clock, UnitOfWork
    from core.services.additions import Additions
    from core.services.approval_service import ApprovalService
    from core.services.planner import Planner
    from core.services.record_changes import RecordChanges

# Requests of a conversation among which the last failed one is looked for.
_RECENT = 20


def again_key(execution: Execution) -> str:
    """Return the key of the request that is made instead of ``execution``, when what was approved has moved."""
    return f"again:{execution.id}"


class RequestService:
    """Starts change requests; the rest is done by ``Preparation`` once the transaction is committed."""

    def __init__(
        self,
        *,
        clock: Clock,
        policy: Policy,
        planner: Planner,
        additions: Additions,
        approvals: ApprovalService,
        records: RecordChanges,
    ) -> None:
        """Draft plans with ``planner``, or ``additions`` to the catalogue.

        What only changes ``records`` is asked about at once, through ``approvals``.
        """
        self._additions = additions
        self._clock = clock
        self._policy = policy
        self._planner = planner
        self._approvals = approvals
        self._records = records

    async def start(self, uow: UnitOfWork, execution: Execution, action: ChatAction) -> None:
        """Accept ``action`` for ``execution``: plan drafted, request card queued, preparation due.

        A dry run of another request is only prepared: nobody is asked, and its answer is a card of its own.

        Raises:
            NotYetSupported: this version cannot do it.
            UnknownSkill, UnknownProvider, ...: see ``find_wanted``.
        """
        if self._records.handles(action):
            await self._ask_at_once(uow, execution, action)
            return
        if isinstance(action, Replay):
            await self._rehearse(uow, execution, action)
            return
        if not isinstance(action, (*PLACE_ACTIONS, Retry, AddSkill)):
            raise NotYetSupported(intent=action.intent.replace("_", " "))
        now = self._clock.now()
        if isinstance(action, Retry) and action.run is None:
            action = await _last_failed(uow, execution, now)
        if isinstance(action, AddSkill):
            plan = self._additions.draft(action)
        else:
            wanted = await self._planner.wanted(uow, action)
            plan = self._planner.draft(wanted)
            if isinstance(action, RestoreDrift | AcceptDrift):
                await note_request(uow, execution, wanted)
        await uow.events.append(
            execution.id,
            execution.user_id,
            PlanGenerated(
                timestamp=now, plan=plan, model_used=execution.read_by, tokens_used=execution.tokens_used or 0
            ),
        )
        waiting = execution.evolve(waiting_for=WaitingFor.PLAN, revision=execution.revision + 1, updated_at=now)
        await uow.executions.update(waiting, expected=execution.status)
        await uow.notices.add(card_notice(execution, NoticeKind.REQUEST_CARD, now))

    async def sensible(self, uow: UnitOfWork, choices: Sequence[Choice]) -> list[Choice]:
        """Return those of ``choices`` that do not take away, or take back, what is not there.

        Raises:
            NotInstalled, NothingInstalled, NothingToRollBack: all of them do; the error is that of the last one.
        """
        found: list[Choice] = []
        why: SkillwardenError | None = None
        for choice in choices:
            try:
                if isinstance(choice.action, Uninstall | Rollback):
                    await self._planner.wanted(uow, choice.action)
                found.append(choice)
            except (NotInstalled, NothingInstalled, NothingToRollBack) as error:
                why = error
        if why is not None and not found:
            raise why
        return found

    async def begin(self, uow: UnitOfWork, speaker: Speaker, action: ChatAction, *, dedupe_key: str) -> None:
        """Start ``action`` as a request of its own, which ``speaker`` makes by pressing a button."""
        now = self._clock.now()
        fresh = await new_execution(uow, speaker, now=now, dedupe_key=dedupe_key, text=title_of(action))
        await new_chat_action(uow, fresh, action, now=now)
        await self.start(uow, fresh, action)

    async def _rehearse(self, uow: UnitOfWork, execution: Execution, action: Replay) -> None:
        old = await uow.executions.by_code(action.execution or "")
        if old is None:
            raise UnknownRequest(request=f"#{action.execution}")
        changes = {"replay_of": old.id, "replay_mode": action.mode, "waiting_for": WaitingFor.PLAN}
        await uow.executions.update(
            execution.evolve(updated_at=self._clock.now(), **changes), expected=ExecutionStatus.PENDING
        )

    async def _ask_at_once(self, uow: UnitOfWork, execution: Execution, action: ChatAction) -> None:
        """Nothing has to be found out outside: say what would change, and ask, do it or refuse, as the policy says.

        What is being asked already is not asked once more.
        """
        now = self._clock.now()
        requester = await uow.users.get(execution.user_id)
        record = await uow.chat_actions.of_execution(execution.id)
        if requester is None or record is None:
            raise ValueError(f"execution {execution.id} has lost its requester or its action")
        subject = ApprovalSubject(action=action, records=await self._records.describe(uow, action, requester))
        rule = decide(self._policy, subject.facts(execution.conversation))
        if rule.outcome == "deny":
            raise DeniedByPolicy(rule=rule.name)
        plan = self._records.plan(subject, requires_approval=rule.outcome == "require", risk=risk_of(action))
        await uow.events.append(
            execution.id,
            execution.user_id,
            PlanGenerated(
                timestamp=now, plan=plan, model_used=execution.read_by, tokens_used=execution.tokens_used or 0
            ),
        )
        planned = execution.evolve(subject=subject.under(rule), revision=execution.revision + 1, updated_at=now)
        await uow.executions.update(planned, expected=execution.status)
        if rule.outcome == "allow":  # the outcome is the only card: it is done before anybody could read another
            await self._records.apply(uow, planned, now=now, actor=f"policy:{rule.name}")
        elif not await joined(uow, planned, now=now, actor=execution.user_id):
            await uow.notices.add(card_notice(execution, NoticeKind.REQUEST_CARD, now))
            await self._approvals.open(uow, planned, record, rule)

    async def again(
        self,
        uow: UnitOfWork,
        old: Execution,
        *,
        dedupe_key: str,
        by: Speaker | None = None,
        left: Retry | None = None,
    ) -> Execution:
        """Start the request of ``old`` anew, as a new execution that names its origin; the same one for the same key.

        ``by`` is who asks and where (None: nobody, the approved content moved; it stays the request of who made it).
        ``left`` asks only for what was not done of it. When an error is raised, nothing was written.
        """
        existing = await uow.executions.by_dedupe_key(dedupe_key)
        if existing is not None:
            return existing
        record = await uow.chat_actions.of_execution(old.id)
        if record is None:
            raise NotYetSupported(intent="ask again")
        if isinstance(record.resolved_action, Delegate) and by is not None and by.user_id != old.user_id:
            raise NotYourQuestion  # nobody lends another one's vote
        speaker = by or Speaker(user_id=old.user_id, external_id=old.channel_user_id, conversation=old.conversation)
        action = left or record.resolved_action
        if isinstance(action, (*PLACE_ACTIONS, Retry)):
            await self._planner.wanted(uow, action)  # what leads nowhere is found out before anything is written
        now = self._clock.now()
        fresh = await new_execution(
            uow, speaker, now=now, dedupe_key=dedupe_key, text=old.input_text, replay_of=old.id, replay_mode="rerun"
        )
        await new_chat_action(uow, fresh, action, now=now)
        await self.start(uow, fresh, action)
        if by is None:  # who had joined the old one hears how this one ends
            for joined in await uow.executions.repeats(old.id):
                if joined.error_code == AlreadyAsked.code:
                    await uow.executions.update(joined.evolve(replay_of=fresh.id), expected=joined.status)
        return fresh


async def _point_to_the_new_one(uow: UnitOfWork, failed: Execution) -> None:
    """Do nothing if what was asked instead of ``failed`` has ended.

    Raises:
        AlreadyAsked: it is still open.
    """
    fresh = await uow.executions.by_dedupe_key(again_key(failed))
    if fresh is not None and fresh.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}:
        asker = await uow.users.get(fresh.user_id)
        raise AlreadyAsked(who=asker.name if asker else fresh.user_id, code=fresh.code)


async def _last_failed(uow: UnitOfWork, execution: Execution, now: datetime) -> Retry:
    """Return the retry of the newest request that failed where ``execution`` is made, and keep it as what is meant."""
    recent = await uow.executions.recent(limit=_RECENT, conversation=execution.conversation)
    candidates = [other for other in recent if other.status is ExecutionStatus.FAILED]
    if candidates and candidates[0].error_code in ASKED_AGAIN:
        await _point_to_the_new_one(uow, candidates[0])
    failed = next((other for other in candidates if other.error_code not in ASKED_AGAIN), None)
    if failed is None:
        raise UnknownRequest(request="that failed in this conversation")
    meant = Retry(run=failed.code)
    record = await uow.chat_actions.of_execution(execution.id)
    if record is not None:
        await uow.chat_actions.update(record.evolve(resolved_action=meant, updated_at=now), expected=record.result)
    return meant
