"""AgentQuestion: what another program asks people over HTTP, and which answers it takes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from core.domain.base import Domain
from core.errors import AnswerMissing, AnswerUnknown

#: Seed 003 names the first four; "chatops" is this bot itself, or another one like it.
AgentType = Literal["cost", "bdp", "hdsp", "drift", "chatops"]
RequestType = Literal["action_approval", "prompt_input", "confirmation"]

#: What an answer that was chosen or typed is called in ``response``.
OPTION, TEXT = "option", "text"
#: Buttons that fit on one card of every platform, beside "Reject" and "Details".
MOST_OPTIONS = 10
LONGEST_OPTION = 60


class AgentQuestion(Domain):
    """Everything an approval of another program's request binds to.

    ``payload`` is the program's own data, for people to read and for nobody to execute. With ``options`` approving is
    choosing one of them; ``prompt_input`` is approved by typing a text.
    """

    intent: Literal["agent_request"] = "agent_request"
    agent_type: AgentType
    request_type: RequestType
    title: str = Field(min_length=1, max_length=255)
    description: str | None = None
    payload: dict[str, Any]
    options: tuple[str, ...] = Field(default=(), max_length=MOST_OPTIONS)

    @property
    def needs_answer(self) -> bool:
        """Whether a plain yes does not answer it."""
        return bool(self.options) or self.request_type == "prompt_input"

    def answered(
        self, response: dict[str, Any] | None, comment: str | None
    ) -> tuple[dict[str, Any] | None, str | None]:
        """Return the response and the comment that an approval comes to.

        Who answers in chat says one thing: where an answer is needed, their words are it and no comment.

        Raises:
            AnswerMissing: a text or an option is needed, and none was given.
            AnswerUnknown: what was chosen is none of the options.
        """
        if not self.needs_answer:
            return response, comment
        field = OPTION if self.options else TEXT
        given, left = (comment, None) if response is None else (response.get(field), comment)
        if not isinstance(given, str) or not given.strip():
            raise AnswerMissing(field=field)
        if not self.options:
            return {**(response or {}), TEXT: given}, left
        typed = given.strip().casefold()
        alike = next((option for option in self.options if option.strip().casefold() == typed), None)
        chosen = given if given in self.options else alike
        if chosen is None:
            raise AnswerUnknown(options=", ".join(self.options))
        return {**(response or {}), OPTION: chosen}, left
