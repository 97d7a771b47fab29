"""Decisions: votes, changes, withdrawals, cancellations, typed or pressed - which request is meant, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import Approve, BreakGlass, Cancel, ChatAction, Modify, Reject, Rollback, Withdraw
from core.domain.eligibility import seat_of, standing
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.intents import Choice
from core.errors import AmbiguousRequest, NothingLeft, NothingToDecide, UnknownRequest
from core.errors.words import restored
from core.services.language.labels import label
from core.services.turn import MOST_BUTTONS
from core.services.views import load_view
from core.services.wording import action_words, confirm_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.approvals import ApprovalRequest
    from core.domain.executions import Execution
    from core.domain.messages import ConversationRef
    from core.services.approval_changes import ApprovalChanges
    from core.services.approval_service import ApprovalService
    from core.services.rosters import Rosters
    from core.services.turn import Turn

#: The actions that decide about another request.
DECISIONS = (Approve, Reject, Modify, Withdraw, BreakGlass, Cancel)

#: How many open requests a sentence that names none is looked up among: programs can ask faster than people read.
NEWEST = 100
# How many of them an answer names.
_NAMED = 10

_OPEN = frozenset({ExecutionStatus.PENDING, ExecutionStatus.RUNNING})

# The fields of the form that changes a request.
SKILLS, PROVIDERS, REF = "skills", "providers", "ref"


class Decisions:
    """Finds the request that is meant and passes the decision on; authorisation is the approval service's."""

    def __init__(self, *, approvals: ApprovalService, changes: ApprovalChanges, rosters: Rosters) -> None:
        """Vote through ``approvals``, change through ``changes``."""
        self._approvals = approvals
        self._changes = changes
        self._rosters = rosters

    async def decide(self, turn: Turn, action: ChatAction) -> bool:
        """Do ``action`` and answer: a press that counted is answered by the card, which changes.

        Returns False where it was asked back which request is meant.

        Raises:
            NothingToDecide, AmbiguousRequest, UnknownRequest: which request is meant cannot be told.
            SkillwardenError: see ``ApprovalService`` and ``ApprovalChanges``.
        """
        if isinstance(action, Cancel):
            execution = await self._cancellable(turn, action)
            if execution is None:
                return False
            await self._approvals.cancel(turn.uow, execution, turn.user, comment=action.comment or turn.typed)
            await _acknowledge(turn, turn.reader.say("#{code} is cancelled.", code=execution.code))
        elif isinstance(action, Approve | Reject):
            await self._vote(turn, action)
        elif isinstance(action, Modify):
            await self._modify(turn, action)
        elif isinstance(action, Withdraw):
            request = await self._request(turn, action)
            channel = turn.inbound.conversation.channel
            await self._approvals.withdraw(turn.uow, request, turn.user, channel=channel)
            await _acknowledge(turn, turn.reader.say("Your vote on #{code} is withdrawn.", code=request.code))
        elif isinstance(action, BreakGlass):
            await self._break_glass(turn, action)
        else:
            raise TypeError(action.intent)
        return True

    async def offer_cancelling(self, turn: Turn, action: Rollback) -> bool:
        """Ask whether to cancel the request that ``action`` would take back, if it is open and has changed nothing.

        Returns False where it has not to be asked.
        """
        undone = await turn.uow.executions.by_code(action.run) if action.run is not None else None
        if undone is None or undone.status not in _OPEN:
            return False
        if any(run.status is RunStatus.SUCCESS for run in await turn.uow.runs.of_execution(undone.id)):
            return False
        question = turn.reader.say("#{code} has changed nothing yet. Do you want to cancel it?", code=undone.code)
        await turn.ask(question, [await self._cancelling(turn, Cancel(), undone)])
        return True

    async def _vote(self, turn: Turn, action: Approve | Reject) -> None:
        say, approve = turn.reader.say, isinstance(action, Approve)
        request = await self._request(turn, action)
        counted = await self._approvals.vote(
            turn.uow,
            request,
            turn.user,
            approve=approve,
            channel=turn.inbound.conversation.channel,
            comment=action.comment or turn.typed,
            revision=turn.button.revision if turn.button else None,
        )
        if not counted:
            await self._ask_twice(turn, request)
        elif approve:
            why = await _why_not(turn, request)
            counts = say("Your approval of #{code} is counted.", code=request.code)
            too_late = say("You approved #{code}, but it can no longer be done. {why}", code=request.code, why=why)
            await _acknowledge(turn, too_late if why else counts)
        else:
            await _acknowledge(turn, say("#{code} is rejected. Nothing was changed.", code=request.code))

    async def _ask_twice(self, turn: Turn, request: ApprovalRequest) -> None:
        view = await load_view(turn.uow, request.execution_id, self._rosters) if request.execution_id else None
        if view is not None:
            await turn.reply(confirm_card(view, turn.reader))

    async def _modify(self, turn: Turn, action: Modify) -> None:
        request = await self._request(turn, action)
        change = action.evolve(
            skills=_kept(turn, SKILLS, request) or action.skills,
            providers=_kept(turn, PROVIDERS, request) or action.providers,
            ref=turn.field(REF) or action.ref,
        )
        is_counted = await self._changes.modify(
            turn.uow,
            request,
            turn.user,
            change,
            channel=turn.inbound.conversation.channel,
            comment=turn.typed,
            revision=turn.button.revision if turn.button else None,
        )
        if not is_counted:
            sentence = turn.reader.say(
                "I prepare #{code} anew at {ref}. You asked for that, so somebody else has to approve it.",
                code=request.code,
                ref=change.ref,
            )
            await turn.say(sentence)
        else:
            await _acknowledge(turn, turn.reader.say("#{code} is changed, and you approved that.", code=request.code))

    async def _break_glass(self, turn: Turn, action: BreakGlass) -> None:
        request = await self._request(turn, action)
        channel, reason = turn.inbound.conversation.channel, action.comment or turn.typed
        await self._approvals.break_glass(turn.uow, request, turn.user, reason=reason, channel=channel)
        say, why = turn.reader.say, await _why_not(turn, request)
        runs = say("You broke the glass: #{code} runs now, and every admin is told.", code=request.code)
        too_late = say("You broke the glass, but #{code} can no longer be done. {why}", code=request.code, why=why)
        await _acknowledge(turn, too_late if why else runs)

    async def _request(self, turn: Turn, action: Approve | Reject | Modify | Withdraw | BreakGlass) -> ApprovalRequest:
        if turn.button is not None and turn.button.request_id is not None:
            request = await turn.uow.approvals.get(turn.button.request_id)
        elif action.request is not None:
            request = await turn.uow.approvals.by_code(action.request)
        else:
            return await self._only_one(turn, action)
        if request is None:
            raise UnknownRequest(request=f"#{action.request}")
        return request

    async def _only_one(self, turn: Turn, action: Approve | Reject | Modify | Withdraw | BreakGlass) -> ApprovalRequest:
        newest = mine = await turn.uow.approvals.pending(turn.now, limit=NEWEST)
        if isinstance(action, Withdraw):
            mine = await _voted_on(turn, among=newest)
            if not mine:
                raise UnknownRequest(request=turn.reader.say("with a vote of yours that could be withdrawn"))
        elif not isinstance(action, BreakGlass):
            mine = await waiting_for(turn, self._rosters, among=newest)
        if not mine:
            raise NothingToDecide
        if len(mine) > 1 or len(newest) == NEWEST:  # there may be others behind them
            codes = ", ".join(f"#{request.code}" for request in mine[:_NAMED]) + (", ..." if len(mine) > _NAMED else "")
            example = f"{action.intent.replace('_', ' ')} {mine[0].code}"
            raise AmbiguousRequest(codes=codes, example=example)
        return mine[0]

    async def _cancellable(self, turn: Turn, action: Cancel) -> Execution | None:
        """Return what is meant: what is named, or what the speaker has open in this conversation.

        None where nothing is open here and something elsewhere: then that is asked about.
        """
        if turn.button is not None:
            return turn.require_execution()
        if action.request is not None:
            execution = await turn.uow.executions.by_code(action.request)
            if execution is None:
                raise UnknownRequest(request=f"#{action.request}")
            return execution
        here = await _open_ones(turn, turn.inbound.conversation)
        if len(here) == 1:
            return here[0]
        found = here or await _open_ones(turn)
        if not found:
            raise UnknownRequest(request=turn.reader.say("of yours that could be cancelled"))
        if here or len(found) > MOST_BUTTONS:
            codes = ", ".join(f"#{execution.code}" for execution in found)
            raise AmbiguousRequest(codes=codes, example=f"cancel {found[0].code}")
        choices = [await self._cancelling(turn, action, execution) for execution in found]
        one = turn.reader.say("Nothing that you asked for in this conversation is open. Do you mean this?")
        several = turn.reader.say("Nothing that you asked for in this conversation is open. Do you mean one of these?")
        await turn.ask(one if len(found) == 1 else several, choices)
        return None

    async def _cancelling(self, turn: Turn, action: Cancel, execution: Execution) -> Choice:
        """Return the choice to cancel ``execution``; what was asked in private is not told to a room."""
        chosen = action.evolve(request=execution.code)
        is_told = turn.inbound.conversation.private or not execution.is_private
        view = await load_view(turn.uow, execution.id, self._rosters) if is_told else None
        if view is None:
            return Choice(label=label(chosen, turn.reader.say), action=chosen)
        words = action_words(view, turn.reader)
        said = turn.reader.say("Cancel #{code}: {action}", code=execution.code, action=words)
        return Choice(label=said, action=chosen)


async def _open_ones(turn: Turn, conversation: ConversationRef | None = None) -> list[Execution]:
    """Return what the speaker has asked for lately that has not ended, in ``conversation`` or anywhere."""
    mine = await turn.uow.executions.recent(limit=20, user_id=turn.user.id, conversation=conversation)
    return [one for one in mine if one.status in _OPEN]


async def _acknowledge(turn: Turn, sentence: str) -> None:
    """Answer what was typed, or chosen when asked back; who pressed a card's button sees it on the card."""
    if turn.button is None:
        await turn.say(sentence)


async def _why_not(turn: Turn, request: ApprovalRequest) -> str:
    """Return why what was approved in this turn has failed at once; empty when it has not."""
    execution = await turn.uow.executions.get(request.execution_id) if request.execution_id else None
    if execution is None or execution.status is not ExecutionStatus.FAILED or execution.error_details is None:
        return ""
    return turn.reader.say(execution.error_details["msgid"], **restored(execution.error_details["params"]))


def _kept(turn: Turn, name: str, request: ApprovalRequest) -> tuple[str, ...]:
    """Return what was ticked to be kept; nothing where the form did not ask."""
    ticked = turn.chosen(name)
    if ticked == ():
        raise NothingLeft(code=request.code)
    return ticked or ()


async def _voted_on(turn: Turn, *, among: Sequence[ApprovalRequest]) -> tuple[ApprovalRequest, ...]:
    """Return those ``among`` open requests on which the speaker has a vote that could be taken back."""
    votes = await turn.uow.approvals.votes_on([request.id for request in among])
    cast = {(vote.request_id, vote.revision) for vote in votes if vote.user_id == turn.user.id}
    return tuple(request for request in among if (request.id, request.revision) in cast)


async def waiting_for(turn: Turn, rosters: Rosters, *, among: Sequence[ApprovalRequest]) -> tuple[ApprovalRequest, ...]:
    """Return those ``among`` open requests that the speaker can still vote on, in their order."""
    roster = await rosters.load(turn.uow)
    mine: list[ApprovalRequest] = []
    votes = await turn.uow.approvals.votes_on([request.id for request in among])
    for request in among:
        available = rosters.seats(request, roster)
        seat = seat_of(available, turn.user.id)
        cast = tuple(vote for vote in votes if vote.request_id == request.id)
        counted = standing(cast, available, revision=request.revision)
        voted = {vote.on_behalf_of or vote.user_id for vote in counted}
        if seat is not None and seat.owner.id not in voted:
            mine.append(request)
    return tuple(mine)
