"""Answers in words: what is said behind the code of another program's question is its answer, and no sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.domain.actions import Approve
from core.domain.base import CODE_ALPHABET
from core.services.reader import one_line

if TYPE_CHECKING:
    from core.ports import UnitOfWork

# As the buttons say it: "approve 7F3K Stop both" for an option, "approve 7F3K: any text" for a text.
_SAID = re.compile(rf"\s*approve\s+#?([{CODE_ALPHABET}]{{4,8}})(:?)\s+(\S.*)", re.IGNORECASE | re.DOTALL)


async def answer_in(uow: UnitOfWork, text: str) -> Approve | None:
    """Return the answer that ``text`` gives as a button would; None where it has to be read like any sentence.

    An option counts when all of it is said. A text needs its colon: "approve 7F3K if carol agrees" may be a doubt.
    """
    found = _SAID.fullmatch(text)
    if found is None:
        return None
    code, colon, said = found[1].upper(), found[2], found[3].strip()
    request = await uow.approvals.by_code(code)
    execution = await uow.executions.get(request.execution_id) if request and request.execution_id else None
    question = execution.subject.question if execution and execution.subject else None
    if question is None or not question.needs_answer:
        return None
    if not question.options:
        return Approve(request=code, comment=said) if colon else None
    alike = one_line(said).casefold()
    chosen = next((option for option in question.options if one_line(option).casefold() == alike), None)
    return None if chosen is None else Approve(request=code, comment=chosen)
