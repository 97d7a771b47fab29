"""Listing: which executions or requests are asked for, in which order, and where the page before ended."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from core.domain.agents import AgentType, RequestType
from core.domain.approvals import ApprovalStatus
from core.domain.base import Domain
from core.domain.executions import ExecutionStatus


class SortKey(StrEnum):
    """What executions can be sorted by (seed 004: PaginationDto); ties are broken by the id."""

    CREATED_AT = "created_at"
    COMPLETED_AT = "completed_at"
    STATUS = "status"


class Order(Domain):
    """The order of a list; what has not been completed comes last when it is sorted by that."""

    by: SortKey = SortKey.CREATED_AT
    descending: bool = True


class ExecutionFilter(Domain):
    """What a list is narrowed to (seed 004: ExecutionFilterDto); an empty filter matches everything.

    ``created_after`` is included, ``created_before`` is not; ``search`` is part of the prompt, in any case.
    """

    user_id: str | None = None
    statuses: tuple[ExecutionStatus, ...] = ()
    created_after: AwareDatetime | None = None
    created_before: AwareDatetime | None = None
    model: str | None = None
    has_artifacts: bool | None = None
    search: str | None = None


class Place(Domain):
    """Where a page ended: what its last row is sorted by (None: not completed), and that row's id."""

    value: AwareDatetime | ExecutionStatus | None
    id: str


class RequestFilter(Domain):
    """What a list of requests for a decision is narrowed to; an empty filter matches everything.

    ``created_by`` is a user's id. What is pending is expired once its time is over, swept or not. ``created_after`` is
    included, ``created_before`` is not.
    """

    created_by: str | None = None
    statuses: tuple[ApprovalStatus, ...] = ()
    agent_types: tuple[AgentType, ...] = ()
    request_types: tuple[RequestType, ...] = ()
    created_after: AwareDatetime | None = None
    created_before: AwareDatetime | None = None
