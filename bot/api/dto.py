"""Bodies of executions and artifacts, in camelCase and with the names of seed 004 (DATA-001)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

from core.domain.artifacts import Artifact
from core.domain.callbacks import CALLBACK_PATTERN, LONGEST_CALLBACK
from core.domain.events import ChainedEvent
from core.domain.executions import Execution, StatusTransition
from core.services.executions_api import ExecutionRecord, NewExecution

# Characters of a prompt: what people type is a few hundred; MariaDB keeps 65,535 bytes.
LONGEST_PROMPT = 10_000
# What metadata and resources may be: enough for labels and settings; big things are artifacts.
_MOST_VALUES = 1000
_LONGEST_TEXT = 10_000
_DEEPEST = 20
# The largest whole number that every JSON reader keeps (RFC 8259, section 6).
_LARGEST_INTEGER = 2**53 - 1

ExecutionStatusName = Literal["PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"]
ArtifactTypeName = Literal["CODE", "DOCUMENT", "IMAGE", "DATA", "LOG", "OTHER"]
ArtifactStatusName = Literal["UPLOADING", "ACTIVE", "ARCHIVED", "DELETED"]


def storable(text: str) -> str:
    """Return ``text``.

    Raises:
        ValueError: it holds what no database can.
    """
    for position, character in enumerate(text):
        if character == "\0":
            raise ValueError(f"it contains a NUL at position {position}")
        if "\ud800" <= character <= "\udfff":
            raise ValueError(f"it contains half of a surrogate pair at position {position}")
    return text


def _number(value: object) -> object:
    """Return ``value``; 7.0 is a whole number in JSON, "7" and true are none."""
    if isinstance(value, str | bool):
        raise ValueError("write it as a whole number, such as 20")  # noqa: TRY004 - pydantic wants it
    return value


def _document(value: object) -> object:
    for number, (depth, item) in enumerate(_walk(value, 1)):
        if depth > _DEEPEST:
            raise ValueError(f"it is nested deeper than {_DEEPEST} levels")
        if number > _MOST_VALUES:
            raise ValueError(f"it holds more than {_MOST_VALUES} values")
        if isinstance(item, str):
            if len(storable(item)) > _LONGEST_TEXT:
                raise ValueError(f"it holds a text of more than {_LONGEST_TEXT} characters")
        elif isinstance(item, float) and not math.isfinite(item):
            raise ValueError(f"it holds {item}, which is no number in JSON")
        elif isinstance(item, int) and abs(item) > _LARGEST_INTEGER:
            raise ValueError("it holds a whole number beyond 2^53 - 1")
    return value


def _walk(value: Any, depth: int) -> Iterator[tuple[int, Any]]:
    yield depth, value
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield depth, key
            yield from _walk(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)


#: Goes behind the limits of a text, so that JSON Schema's readers are told them.
STORABLE = BeforeValidator(lambda value: storable(value) if isinstance(value, str) else value)
WHOLE = BeforeValidator(_number)
#: A word that is written in capitals here; who writes it in small letters means the same.
CAPITALS = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)
#: For JSON Schema's readers; ``STORABLE`` says it in words.
NO_NUL = r"^[^\x00]*$"
#: Text with something to see in it.
SAID = r"^[^\x00]*[^\s\x00][^\x00]*$"
#: A JSON object as it may be stored; looked at first, for what is nested deep pydantic names by all of its path.
Document = Annotated[dict[str, JsonValue], BeforeValidator(_document)]


class Dto(BaseModel):
    """A body: camelCase outside, snake_case inside; what it does not know is refused."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, ser_json_inf_nan="null"
    )


class CreateExecutionDto(Dto):
    """A request in words, as it would be typed in chat; the same policy decides about it."""

    prompt: Annotated[str, Field(min_length=1, max_length=LONGEST_PROMPT, pattern=SAID), STORABLE] = Field(
        examples=["install skill pdf on claude"]
    )
    model: Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL), STORABLE] | None = Field(
        default=None, description="Kept with the execution. Rules read the prompt; a model would only propose."
    )
    max_tokens: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] | None = Field(
        default=None, description="Kept with the execution."
    )
    metadata: Document | None = Field(default=None, description="Anything; it comes back as it is, secrets masked.")
    timeout: Annotated[int, Field(ge=1, le=604_800), WHOLE] | None = Field(
        default=None, description="In seconds. Kept with the execution; its approval expires by the policy."
    )
    callback_url: Annotated[str, Field(max_length=LONGEST_CALLBACK, pattern=CALLBACK_PATTERN)] | None = Field(
        default=None, description="Checked and kept with the execution. https, or http to a host that is allowed."
    )
    resources: Document | None = Field(default=None, description="Kept with the execution.")

    def wanted(self) -> NewExecution:
        """Return what is asked for."""
        return NewExecution(**{name: getattr(self, name) for name in type(self).model_fields})


class CancelDto(Dto):
    """Why an execution is stopped; its requester reads it."""

    comment: Annotated[str, Field(max_length=1000, pattern=NO_NUL), STORABLE] | None = None


class StatusTransitionDto(Dto):
    """One change of an execution's status."""

    id: str
    execution_id: str
    from_status: ExecutionStatusName | None
    to_status: ExecutionStatusName
    transitioned_at: datetime
    reason: str | None
    actor: str

    @classmethod
    def of(cls, transition: StatusTransition) -> StatusTransitionDto:
        """Return the body for ``transition``, which is an execution's."""
        values = {name: getattr(transition, name) for name in cls.model_fields}
        values["from_status"] = transition.from_status.upper() if transition.from_status else None
        return cls.model_validate(values | {"to_status": transition.to_status.upper()})


class ArtifactDto(Dto):
    """A file that belongs to an execution; ``fileSize`` in bytes, ``checksum`` is the SHA-256 of the content."""

    id: str
    execution_id: str
    file_name: str
    file_path: str
    file_size: int
    mime_type: str | None
    checksum: str | None
    type: ArtifactTypeName
    status: ArtifactStatusName
    created_at: datetime
    expires_at: datetime | None
    archived_at: datetime | None
    tags: dict[str, str] | None

    @classmethod
    def of(cls, artifact: Artifact) -> ArtifactDto:
        """Return the body for ``artifact``."""
        values = {name: getattr(artifact, name) for name in cls.model_fields}
        return cls.model_validate(values | {"type": artifact.type.upper(), "status": artifact.status.upper()})


class ExecutionDto(Dto):
    """An execution. People know it by its ``code``; ``waitingFor`` says what has to happen next."""

    id: str
    code: str
    user_id: str
    channel: str
    prompt: str
    model: str
    max_tokens: int
    metadata: dict[str, Any] | None
    status: ExecutionStatusName
    waiting_for: Literal["answer", "plan", "approval", "run"] | None
    job_name: str
    pod_name: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    updated_at: datetime
    output: str | None
    tokens_used: int | None
    input_tokens: int | None
    output_tokens: int | None
    error_code: str | None
    error_message: str | None
    error_details: dict[str, Any] | None
    estimated_cost: float | None
    retain_until: datetime | None
    is_permanent: bool
    timeout: int | None
    callback_url: str | None
    resources: dict[str, Any] | None

    @classmethod
    def of(cls, execution: Execution) -> ExecutionDto:
        """Return the body for ``execution``."""
        return cls.model_validate(_values(ExecutionDto, execution))


class ExecutionDetailDto(ExecutionDto):
    """An execution with how its status changed, and the files it left behind."""

    status_transitions: list[StatusTransitionDto]
    artifacts: list[ArtifactDto]

    @classmethod
    def made_of(cls, record: ExecutionRecord) -> ExecutionDetailDto:
        """Return the body for ``record``."""
        more = {
            "status_transitions": [StatusTransitionDto.of(one) for one in record.transitions],
            "artifacts": [ArtifactDto.of(one) for one in record.artifacts],
        }
        return cls.model_validate(_values(ExecutionDto, record.execution) | more)


class ExecutionPageDto(Dto):
    """One page; ``nextCursor`` leads to the next one and is null on the last."""

    items: list[ExecutionDto]
    page: int | None = Field(description="null when the page was asked for by a cursor")
    page_size: int
    next_cursor: str | None


class EventDto(Dto):
    """One link of the chain of events; ``data`` is the event as people may see it, in the casing of seed 000."""

    seq: int
    type: str
    timestamp: datetime
    user_id: str
    data: dict[str, Any]
    hash: str
    prev_hash: str

    @classmethod
    def of(cls, row: ChainedEvent) -> EventDto:
        """Return the body for ``row``: of calls the masked form."""
        return cls(
            seq=row.seq,
            type=row.event_type,
            timestamp=row.timestamp,
            user_id=row.user_id,
            data={name: value for name, value in row.payload.items() if name not in {"input", "output"}},
            hash=row.hash,
            prev_hash=row.prev_hash,
        )


class EventPageDto(Dto):
    """Some events of an execution, oldest first; ``nextAfter`` is the seq to go on behind, null at the end."""

    items: list[EventDto]
    next_after: int | None


def _values(cls: type[ExecutionDto], execution: Execution) -> dict[str, Any]:
    values = {name: getattr(execution, name) for name in cls.model_fields}
    return values | {"status": execution.status.upper()}
