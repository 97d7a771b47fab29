"""Answers: what another program is told by a vote on its question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.agents import OPTION
from core.domain.approvals import BROKEN_GLASS
from core.errors import AnswerNotAsked, DifferentAnswer

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest, Vote
    from core.domain.executions import Execution


def answered(
    request: ApprovalRequest,
    execution: Execution | None,
    counted: tuple[Vote, ...],
    answer: dict[str, Any] | None,
    comment: str | None,
    *,
    approve: bool,
) -> tuple[dict[str, Any] | None, str | None]:
    """Return what another program is answered by a vote, and the comment; those who approve agree on an option.

    Raises:
        AnswerMissing, AnswerUnknown: see ``AgentQuestion.answered``.
        AnswerNotAsked: nothing of the kind was asked.
        DifferentAnswer: somebody who approved chose another option.
    """
    question = execution.subject.question if execution is not None and execution.subject is not None else None
    if answer is not None and (question is None or BROKEN_GLASS in answer):
        raise AnswerNotAsked(code=request.code)
    if question is None or not approve:
        return answer, comment
    answer, comment = question.answered(answer, comment)
    for vote in counted if question.options else ():
        if vote.approve and (vote.answer or {}).get(OPTION) != (answer or {}).get(OPTION):
            raise DifferentAnswer(code=request.code, answer=(vote.answer or {}).get(OPTION))
    return answer, comment
