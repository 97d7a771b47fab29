"""Bodies of requests for a human decision, in snake_case with the names of seed 003, and what a list is asked with."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.api.cursors import Cursor, cursor_to, kind_of, read_cursor
from bot.api.dto import NO_NUL, SAID, STORABLE, Document
from bot.api.dto import WHOLE as NUMBER
from bot.api.queries import WHOLE, Moment
from core.domain.agents import LONGEST_OPTION, MOST_OPTIONS, AgentType, RequestType
from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.callbacks import CALLBACK_PATTERN, LONGEST_CALLBACK
from core.domain.listing import Place, RequestFilter
from core.domain.notices import Notice
from core.errors import ForeignCursor
from core.services.hitl_api import HitlRecord, NewRequest

# Bytes of a payload or a response: what people can be expected to read, many times over.
LARGEST_PAYLOAD = 32_768
# Minutes that people can be given (policy: SHORTEST, LONGEST), and those they get when nothing is said.
SHORTEST, LONGEST, USUAL = 5, 10_080, 60
LONGEST_WAIT = 30  # seconds

StatusName = Literal["pending", "approved", "rejected", "expired", "cancelled"]


def _small(value: dict[str, Any]) -> dict[str, Any]:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    if size > LARGEST_PAYLOAD:
        raise ValueError(f"it is {size} bytes as JSON, and the limit is {LARGEST_PAYLOAD}")
    return value


def _different(options: list[str]) -> list[str]:
    if len(set(options)) < len(options):
        raise ValueError("each option has to be a different one")
    return options


SmallDocument = Annotated[Document, AfterValidator(_small)]
Comment = Annotated[str, Field(max_length=1000, pattern=NO_NUL), STORABLE]
#: One line, or it would be no button.
ONE_LINE = r"^[!-~\u00a1-\u2027\u202a-\U0010fffd][ -~\u00a0-\u2027\u202a-\U0010fffd]*$"
Option = Annotated[str, Field(min_length=1, max_length=LONGEST_OPTION, pattern=ONE_LINE), STORABLE]


class SnakeDto(BaseModel):
    """A body: snake_case; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_NO_OPTIONS_FOR_A_TEXT: dict[str, Any] = {
    "if": {"properties": {"request_type": {"const": "prompt_input"}}},
    "then": {"properties": {"options": {"maxItems": 0}}},
}


class CreateRequestDto(SnakeDto):
    """A question to people. They read all of it as plain text."""

    model_config = ConfigDict(json_schema_extra=_NO_OPTIONS_FOR_A_TEXT)

    agent_type: AgentType
    request_type: RequestType = Field(
        description="prompt_input is answered with a text, the others with yes or no, or with one of the options."
    )
    title: Annotated[str, Field(min_length=1, max_length=255, pattern=SAID), STORABLE] = Field(
        examples=["Stop 12 idle instances"]
    )
    description: Annotated[str, Field(max_length=4000, pattern=NO_NUL), STORABLE] | None = None
    payload: SmallDocument = Field(description="What the question is about; the consent binds to it.")
    options: Annotated[list[Option], Field(max_length=MOST_OPTIONS), AfterValidator(_different)] = Field(
        default=[],
        description="Buttons, called unlike the bot's own; approving means choosing one. Not for prompt_input.",
        json_schema_extra={"uniqueItems": True},
    )
    expires_in_minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST), NUMBER] = USUAL
    callback_url: Annotated[str, Field(max_length=LONGEST_CALLBACK, pattern=CALLBACK_PATTERN)] | None = Field(
        default=None, description="Called once it is decided, expired or cancelled. https, or http to an allowed host."
    )

    @model_validator(mode="after")
    def _one_way(self) -> CreateRequestDto:
        if self.options and self.request_type == "prompt_input":
            raise ValueError("prompt_input is answered with a text, so it takes no options")
        return self

    def wanted(self) -> NewRequest:
        """Return what is asked."""
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "expires_in_minutes"}
        return NewRequest(**fields, expires_in=timedelta(minutes=self.expires_in_minutes))


class RespondDto(SnakeDto):
    """An answer: with options ``response`` is {"option": ...}, for prompt_input {"text": ...}, else anything."""

    status: Literal["approved", "rejected"]
    response: SmallDocument | None = None
    comment: Comment | None = None


class CallbackDto(SnakeDto):
    """Where the callback stands: pending, delivered or failed (given up)."""

    delivery_id: str
    status: Literal["pending", "delivered", "failed"]
    attempts: int
    last_error: str | None
    delivered_at: datetime | None

    @classmethod
    def of(cls, notice: Notice) -> CallbackDto:
        """Return the body for ``notice``."""
        return cls(
            delivery_id=notice.id,
            status=notice.status.value,
            attempts=notice.attempts,
            last_error=notice.last_error,
            delivered_at=notice.delivered_at,
        )


class RequestDto(SnakeDto):
    """A request as it stands. People know it by its ``code``; who created and answered it are ids of users."""

    id: str
    code: str
    execution_id: str | None
    agent_type: AgentType
    request_type: RequestType
    status: StatusName
    title: str
    description: str | None
    payload: dict[str, Any]
    options: list[str]
    response: dict[str, Any] | None
    comment: str | None
    created_by: str
    responded_by: str | None
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    responded_at: datetime | None
    callback_url: str | None

    @classmethod
    def of(cls, request: ApprovalRequest) -> RequestDto:
        """Return the body for ``request``."""
        return cls.model_validate(_fields(request))


class RequestDetailDto(RequestDto):
    """A request with its callback; null until there is one to send."""

    callback: CallbackDto | None

    @classmethod
    def made_of(cls, record: HitlRecord) -> RequestDetailDto:
        """Return the body for ``record``."""
        callback = CallbackDto.of(record.callback) if record.callback else None
        return cls.model_validate(_fields(record.request) | {"callback": callback})


def _fields(request: ApprovalRequest) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in RequestDto.model_fields}
    return values | {"status": request.status.value, "options": list(request.options)}


class RequestPageDto(SnakeDto):
    """One page of a list."""

    items: list[RequestDto]
    next_cursor: str | None


class CountDto(SnakeDto):
    """How many."""

    count: int


class CountQuery(SnakeDto):
    """Which requests."""

    agent_type: list[AgentType] = Field(default=[], max_length=len(get_args(AgentType)), description="One or many.")
    request_type: list[RequestType] = Field(
        default=[], max_length=len(get_args(RequestType)), description="One or many."
    )
    created_after: Moment | None = Field(default=None, description="At or after this moment.")
    created_before: Moment | None = Field(default=None, description="Before this moment.")

    def wanted(self) -> RequestFilter:
        """Return the filter."""
        return RequestFilter(
            agent_types=tuple(self.agent_type),
            request_types=tuple(self.request_type),
            created_after=self.created_after,
            created_before=self.created_before,
        )


class HitlQuery(CountQuery):
    """Which requests, and which page of them; newest first."""

    status: list[StatusName] = Field(default=[], max_length=len(get_args(StatusName)), description="One or many.")
    page_size: Annotated[int, Field(ge=1, le=100), WHOLE] = 20
    cursor: Cursor | None = Field(
        default=None, description="The next_cursor of the page before, with the same filters."
    )

    def wanted(self) -> RequestFilter:
        """Return the filter."""
        return super().wanted().evolve(statuses=tuple(ApprovalStatus(name) for name in self.status))

    def place(self) -> Place | None:
        """Return where the page before ended; None at the beginning.

        Raises:
            ForeignCursor: the cursor is none, or comes from a list with other filters.
        """
        if not self.cursor:
            return None
        value, ident = read_cursor(self.cursor, self._kind())
        try:
            return Place(value=datetime.fromisoformat(value), id=ident)
        except (ValueError, TypeError) as error:
            raise ForeignCursor from error

    def cursor_behind(self, request: ApprovalRequest) -> str:
        """Return the cursor of the page that begins behind ``request``."""
        return cursor_to(self._kind(), request.created_at.isoformat(), request.id)

    def _kind(self) -> str:
        return kind_of("hitl", self.wanted().model_dump(mode="json"))
