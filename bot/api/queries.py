"""What a list of executions is asked with (seed 004: ExecutionFilterDto, PaginationDto), and the cursor through it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from bot.api.cursors import Cursor, cursor_to, kind_of, read_cursor
from bot.api.dto import CAPITALS, NO_NUL, STORABLE, Dto, ExecutionStatusName
from core.domain.executions import Execution, ExecutionStatus
from core.domain.listing import ExecutionFilter, Order, Place, SortKey
from core.errors import ForeignCursor

# RFC 3339, section 5.6.
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_WHOLE = re.compile(r"(-?)([0-9]+)(?:\.0+)?")
# Digits that are read of a number; no field takes one so long, and says so.
_MOST_DIGITS = 19
# What every database can compare with; no execution is older or younger.
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)

_SORT_KEYS = {"createdAt": SortKey.CREATED_AT, "completedAt": SortKey.COMPLETED_AT, "status": SortKey.STATUS}


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _MOMENT.fullmatch(value):
        raise ValueError("write it as 2026-11-21T06:30:00Z, with a zone; a + in an address has to be %2B")
    try:
        return min(max(datetime.fromisoformat(value.upper()), _EARLIEST), _LATEST)
    except OverflowError:  # it is beyond the calendar in UTC
        return _EARLIEST if value.startswith("0") else _LATEST


def _whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    written = _WHOLE.fullmatch(value)
    if written is None:
        raise ValueError("write it as a whole number, such as 20")
    return int(written[1] + (written[2].lstrip("0") or "0")[:_MOST_DIGITS])


def _boolean(value: object) -> object:
    if isinstance(value, str) and value not in {"true", "false"}:
        raise ValueError("write it as true or false")
    return value == "true" if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
WHOLE = BeforeValidator(_whole)
YesOrNo = Annotated[bool, BeforeValidator(_boolean)]


class ListQuery(Dto):
    """Which executions, in which order, which page. What is not known is refused: a typo would widen the list."""

    status: list[Annotated[ExecutionStatusName, CAPITALS]] = Field(default=[], max_length=5, description="One or many.")
    created_after: Moment | None = Field(default=None, description="At or after this moment.")
    created_before: Moment | None = Field(default=None, description="Before this moment.")
    model: Annotated[str, Field(max_length=100, pattern=NO_NUL), STORABLE] | None = None
    has_artifacts: YesOrNo | None = None
    search: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL), STORABLE] | None = Field(
        default=None, description="Part of the prompt, in upper or lower case."
    )
    page: Annotated[int, Field(ge=1, le=100_000), WHOLE] = 1
    page_size: Annotated[int, Field(ge=1, le=100), WHOLE] = 20
    sort_by: Literal["createdAt", "completedAt", "status"] = "createdAt"
    sort_order: Literal["asc", "desc"] = "desc"
    cursor: Cursor | None = Field(
        default=None,
        description="The nextCursor of the page before, with the same filters and order. The 10,000th page costs what "
        "the first one costs, which is not so with page.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> ListQuery:
        if self.cursor is not None and self.page != 1:
            raise ValueError("page and cursor exclude each other")
        return self

    def wanted(self) -> ExecutionFilter:
        """Return the filter."""
        return ExecutionFilter(
            statuses=tuple(ExecutionStatus(name.lower()) for name in self.status),
            created_after=self.created_after,
            created_before=self.created_before,
            model=self.model,
            has_artifacts=self.has_artifacts,
            search=self.search,
        )

    def order(self) -> Order:
        """Return the order."""
        return Order(by=_SORT_KEYS[self.sort_by], descending=self.sort_order == "desc")

    def place(self) -> Place | None:
        """Return where the page before ended; None at the beginning.

        Raises:
            ForeignCursor: the cursor is none, or comes from a list with other filters or another order.
        """
        if not self.cursor:
            return None
        value, ident = read_cursor(self.cursor, self._kind())
        try:
            if value is not None:
                value = ExecutionStatus(value) if self.sort_by == "status" else datetime.fromisoformat(value)
            return Place(value=value, id=ident)
        except (ValueError, TypeError, ValidationError) as error:
            raise ForeignCursor from error

    def cursor_behind(self, execution: Execution) -> str:
        """Return the cursor of the page that begins behind ``execution``."""
        value = getattr(execution, self.order().by.value)
        text = value.isoformat() if isinstance(value, datetime) else value
        return cursor_to(self._kind(), text, execution.id)

    def _kind(self) -> str:
        return kind_of(self.wanted().model_dump(mode="json"), self.order().model_dump(mode="json"))
