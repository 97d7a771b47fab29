"""Decisions: approve, reject and cancel, typed or pressed - which request is meant, and the answer to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import Approve, Cancel, ChatAction, Reject
from core.domain.cards import Card
from core.domain.executions import ExecutionStatus
from core.domain.policy import Policy, approvers
from core.errors import AmbiguousRequest, NothingToDecide, UnknownRequest

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest
    from core.domain.executions import Execution
    from core.services.approval_service import ApprovalService
    from core.services.turn import Turn

#: The actions that decide about another request.
DECISIONS = (Approve, Reject, Cancel)


class Decisions:
    """Finds the request that is meant and passes the decision on; authorisation is the approval service's."""

    def __init__(self, *, approvals: ApprovalService, policy: Policy) -> None:
        """Vote through ``approvals``."""
        self._approvals = approvals
        self._policy = policy

    async def decide(self, turn: Turn, action: ChatAction) -> Card:
        """Do ``action`` and return what to say to a person who typed it.

        Raises:
            NothingToDecide, AmbiguousRequest, UnknownRequest: which request is meant cannot be told.
            SkillwardenError: see ``ApprovalService.vote`` and ``cancel``.
        """
        say = turn.reader.say
        if isinstance(action, Cancel):
            execution = await self._cancellable(turn, action)
            await self._approvals.cancel(turn.uow, execution, turn.user, comment=action.comment or turn.typed)
            return Card(title=say("#{code} is cancelled.", code=execution.code))
        if not isinstance(action, Approve | Reject):
            raise TypeError(action.intent)
        approve = isinstance(action, Approve)
        request = await self._request(turn, action)
        await self._approvals.vote(
            turn.uow,
            request,
            turn.user,
            approve=approve,
            channel=turn.inbound.conversation.channel,
            comment=action.comment or turn.typed,
            revision=turn.button.revision if turn.button else None,
        )
        if approve:
            return Card(title=say("Your approval of #{code} is counted.", code=request.code))
        return Card(title=say("#{code} is rejected. Nothing was installed.", code=request.code))

    async def _request(self, turn: Turn, action: Approve | Reject) -> ApprovalRequest:
        if turn.button is not None and turn.button.request_id is not None:
            request = await turn.uow.approvals.get(turn.button.request_id)
        elif action.request is not None:
            request = await turn.uow.approvals.by_code(action.request)
        else:
            return await self._only_one(turn, action)
        if request is None:
            raise UnknownRequest(request=f"#{action.request}")
        return request

    async def _only_one(self, turn: Turn, action: Approve | Reject) -> ApprovalRequest:
        mine = await waiting_for(turn, self._policy)
        if not mine:
            raise NothingToDecide
        if len(mine) > 1:
            codes = ", ".join(f"#{request.code}" for request in mine)
            raise AmbiguousRequest(codes=codes, example=f"{action.intent} {mine[0].code}")
        return mine[0]

    async def _cancellable(self, turn: Turn, action: Cancel) -> Execution:
        if turn.button is not None:
            return turn.require_execution()
        if action.request is not None:
            execution = await turn.uow.executions.by_code(action.request)
            if execution is None:
                raise UnknownRequest(request=f"#{action.request}")
            return execution
        mine = await turn.uow.executions.recent(limit=20, user_id=turn.user.id)
        open_ones = [e for e in mine if e.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}]
        if not open_ones:
            raise UnknownRequest(request=turn.reader.say("of yours that could be cancelled"))
        if len(open_ones) > 1:
            codes = ", ".join(f"#{execution.code}" for execution in open_ones)
            raise AmbiguousRequest(codes=codes, example=f"cancel {open_ones[0].code}")
        return open_ones[0]


async def waiting_for(turn: Turn, policy: Policy) -> tuple[ApprovalRequest, ...]:
    """Return the open requests that the speaker can still vote on, newest first."""
    people = await turn.uow.users.all()
    rules = {rule.name: rule for rule in policy.rules}
    mine: list[ApprovalRequest] = []
    for request in await turn.uow.approvals.pending(turn.now):
        rule = rules.get(request.policy)
        able = approvers(rule, requester_id=request.created_by, people=people) if rule else ()
        votes = await turn.uow.approvals.votes(request.id)
        voted = any(v.user_id == turn.user.id and v.revision == request.revision for v in votes)
        if not voted and turn.user.id in {person.id for person in able}:
            mine.append(request)
    return tuple(mine)
