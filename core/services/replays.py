"""Replays: what a request would do today, found out as when it was asked - and changed by nothing, asked of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AddSkill, ChatAction, Retry
from core.domain.approvals import ApprovalSubject
from core.domain.base import Domain
from core.domain.cards import Card
from core.domain.events import PlanGenerated
from core.domain.executions import ChatActionResult, ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.replays import Difference, differences
from core.errors import NotYetSupported, SkillwardenError
from core.services.ledger import Ledger
from core.services.reader import Reader
from core.services.records import card_notice, ending
from core.services.replay_words import difference_fact
from core.services.several import SeveralSkillsError
from core.services.subject_facts import facts_to_decide
from core.services.timeline import run_again, timeline_button
from core.services.views import load_view
from core.services.wanted import PLACE_ACTIONS
from core.services.wording import phrase

if TYPE_CHECKING:
    from core.domain.executions import Execution
    from core.domain.plans import ExecutionPlan
    from core.ports import Clock, Storage, Translator
    from core.services.additions import Additions
    from core.services.planner import Planner
    from core.services.record_changes import RecordChanges
    from core.services.rosters import Rosters
    from core.services.steps import StepLog
    from core.services.views import RequestView


class Rehearsal(Domain):
    """What a request was about ``then`` and would be about ``now``; ``error`` is why it could not be planned today."""

    then: ApprovalSubject | None
    now: ApprovalSubject | None
    error: str | None = None
    differences: tuple[Difference, ...] = ()


class Replays:
    """Plans requests again."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        planner: Planner,
        additions: Additions,
        records: RecordChanges,
        rosters: Rosters,
        translator: Translator,
    ) -> None:
        """Plan with ``planner``, ``additions`` or ``records``, as the request was; answer in ``translator``'s words."""
        self._storage = storage
        self._clock = clock
        self._planner = planner
        self._additions = additions
        self._records = records
        self._rosters = rosters
        self._translator = translator

    async def answer(self, execution: Execution, log: StepLog) -> None:
        """Rehearse what ``execution`` is a replay of, and answer it with a card.

        Raises:
            NotYetSupported: there is nothing to plan.
        """
        old_id = execution.replay_of or ""
        async with self._storage.read() as uow:
            old = await uow.executions.get(old_id)
        if old is None:
            raise NotYetSupported(intent="dry run")
        rehearsal = await self.rehearse(old, log)
        now = self._clock.now()
        async with self._storage.begin() as uow:
            current = await uow.executions.get(execution.id)
            record = await uow.chat_actions.of_execution(execution.id)
            view = await load_view(uow, old_id, self._rosters)
            if current is None or record is None or view is None or current.waiting_for is not WaitingFor.PLAN:
                return  # cancelled meanwhile
            reader = Reader(self._translator, await uow.users.get(current.user_id), now)
            card = rehearsal_card(view, rehearsal, reader)
            payload = {"card": card.model_dump(mode="json"), "asker": current.channel_user_id}
            await uow.events.append(current.id, current.user_id, *ending(log.unwritten, "completed"))
            await uow.notices.add(card_notice(current, NoticeKind.REPLY, now, payload=payload))
            ledger = Ledger(uow, now=now, actor=current.user_id)
            running = await ledger.execution(current, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
            await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now, output="rehearsed")
            await ledger.chat_action(record, ChatActionResult.EXECUTED)
            await uow.commit()

    async def rehearse(self, old: Execution, log: StepLog) -> Rehearsal:
        """Find out what ``old`` would be about today; nothing but the bundle store is changed.

        Raises:
            NotYetSupported: it was no request to change something.
        """
        async with self._storage.read() as uow:
            record = await uow.chat_actions.of_execution(old.id)
        if record is None or not self._can_be_planned(record.resolved_action):
            raise NotYetSupported(intent="dry run")
        try:
            subject = await self._subject(old, record.resolved_action, log)
        except SeveralSkillsError as several:
            return Rehearsal(then=old.subject, now=None, error=str(several.error))
        except SkillwardenError as error:
            return Rehearsal(then=old.subject, now=None, error=str(error))
        today = subject.under(self._planner.rule_for(subject, old.conversation))
        found = differences(old.subject, today) if old.subject is not None else ()
        return Rehearsal(then=old.subject, now=today, differences=found)

    def _can_be_planned(self, action: ChatAction) -> bool:
        return isinstance(action, (*PLACE_ACTIONS, Retry, AddSkill)) or self._records.handles(action)

    async def _subject(self, old: Execution, action: ChatAction, log: StepLog) -> ApprovalSubject:
        """Return what ``action`` is about today; the plan goes before its calls on the record."""
        if isinstance(action, (*PLACE_ACTIONS, Retry)):
            async with self._storage.read() as uow:
                wanted = await self._planner.wanted(uow, action)
            log.unwritten = [self._planned(self._planner.draft(wanted))]
            return (await self._planner.preview(wanted, log)).subject
        if isinstance(action, AddSkill):
            log.unwritten = [self._planned(self._additions.draft(action))]
            preview = await self._additions.preview(action, log)
            async with self._storage.read() as uow:
                return await self._additions.settled(uow, preview.subject)
        async with self._storage.read() as uow:
            requester = await uow.users.get(old.user_id)
            if requester is None:
                raise NotYetSupported(intent="dry run")
            return ApprovalSubject(action=action, records=await self._records.describe(uow, action, requester))

    def _planned(self, plan: ExecutionPlan) -> PlanGenerated:
        return PlanGenerated(timestamp=self._clock.now(), plan=plan, model_used="rules", tokens_used=0)


def rehearsal_card(view: RequestView, rehearsal: Rehearsal, reader: Reader) -> Card:
    """Return what would differ today, for people."""
    code = view.execution.code
    then, now = rehearsal.then, rehearsal.now
    facts = [difference_fact(difference, then, now, reader) for difference in rehearsal.differences]
    if rehearsal.now is not None and rehearsal.then is None:
        facts = facts_to_decide(rehearsal.now, reader)
    return Card(
        title=reader.say("Dry run: {action}", action=phrase(view, reader)),
        code=code,
        lines=(reader.say("Nothing was changed, and nobody was asked."), _finding(rehearsal, reader)),
        facts=tuple(facts),
        buttons=(run_again(code, reader), timeline_button(code, reader)),
    )


def _finding(rehearsal: Rehearsal, reader: Reader) -> str:
    if rehearsal.error is not None:
        return reader.say("Planned again, it comes to nothing today. {error}", error=reader.failure(rehearsal.error))
    if rehearsal.then is None:
        return reader.say("It came to no plan then. Today people would be asked this:")
    count = len(rehearsal.differences)
    if not count:
        return reader.say("Planned again, nothing differs from then.")
    return reader.say_many(
        "Planned again, {n} thing differs from then:", "Planned again, {n} things differ from then:", count
    )
