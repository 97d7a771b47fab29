"""``/api/v1/executions``: ask, list, look, cancel."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response, status
from pydantic import Field

from bot.api.auth import authenticating, requiring
from bot.api.dto import (
    CancelDto,
    CreateExecutionDto,
    EventDto,
    EventPageDto,
    ExecutionDetailDto,
    ExecutionDto,
    ExecutionPageDto,
)
from bot.api.errors import answers
from bot.api.queries import WHOLE, ListQuery
from core.domain.users import Scope
from core.services.access import Access, Principal
from core.services.executions_api import ExecutionsApi

#: What can be read in a header.
KEY = r"^[!-~]+$"
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        pattern=KEY,
        description="The same key of the same person leads to the same execution: a request can safely be repeated. "
        "With another body it is refused (422).",
    ),
]

#: An id, or a code as people write it.
NAME = r"^(?:#?[0-9A-Za-z]{4,16}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$"
Name = Annotated[str, Path(pattern=NAME, description="The id, or the code that people know it by.")]

Reader = Annotated[Principal, Depends(requiring(Scope.EXECUTIONS_READ))]
Writer = Annotated[Principal, Depends(requiring(Scope.EXECUTIONS_WRITE))]


def executions_router(service: ExecutionsApi, access: Access) -> APIRouter:
    """Return the routes that ``service`` answers."""
    router = APIRouter(prefix="/api/v1/executions", tags=["executions"], route_class=authenticating(access))

    @router.post(
        "", status_code=201, response_model=ExecutionDto, responses=_CREATED | answers(400, 413, 415, 422, 429)
    )
    async def create(
        principal: Writer, body: CreateExecutionDto, response: Response, idempotency_key: IdempotencyKey = None
    ) -> ExecutionDto:
        """Ask for something in words. The execution is stored when this answers; what becomes of it can be polled."""
        execution, is_new = await service.submit(principal, body.wanted(), key=idempotency_key)
        response.headers["Location"] = f"/api/v1/executions/{execution.id}"
        if not is_new:
            response.status_code = status.HTTP_200_OK
        return ExecutionDto.of(execution)

    @router.get("", response_model=ExecutionPageDto, responses=answers(400, 422))
    async def list_executions(principal: Reader, query: Annotated[ListQuery, Query()]) -> ExecutionPageDto:
        """List the caller's executions, or everybody's if the caller is an admin."""
        found = await service.page(
            principal,
            query.wanted(),
            query.order(),
            limit=query.page_size + 1,
            offset=(query.page - 1) * query.page_size,
            after=query.place(),
        )
        shown = found[: query.page_size]
        return ExecutionPageDto(
            items=[ExecutionDto.of(execution) for execution in shown],
            page=None if query.cursor else query.page,
            page_size=query.page_size,
            next_cursor=query.cursor_behind(shown[-1]) if len(found) > len(shown) else None,
        )

    @router.get("/{execution_id}", response_model=ExecutionDetailDto, responses=answers(400, 404, 422))
    async def get(principal: Reader, execution_id: Name) -> ExecutionDetailDto:
        """Return an execution with its status transitions and artifacts."""
        return ExecutionDetailDto.made_of(await service.get(principal, execution_id))

    @router.get("/{execution_id}/events", response_model=EventPageDto, responses=answers(400, 404, 422))
    async def events(
        principal: Reader,
        execution_id: Name,
        after: Annotated[
            Annotated[int, Field(ge=0, le=2**31 - 1), WHOLE], Query(description="Only events with a higher seq.")
        ] = 0,
        limit: Annotated[Annotated[int, Field(ge=1, le=500), WHOLE], Query()] = 100,
    ) -> EventPageDto:
        """Return what happened, step by step, as people may see it: secrets are masked."""
        rows = [row for row in await service.events(principal, execution_id) if row.seq > after]
        shown = rows[:limit]
        is_more = len(rows) > len(shown)
        return EventPageDto(
            items=await asyncio.to_thread(lambda: [EventDto.of(row) for row in shown]),
            next_after=shown[-1].seq if is_more else None,
        )

    @router.post(
        "/{execution_id}/cancel", response_model=ExecutionDetailDto, responses=answers(400, 404, 409, 413, 415, 422)
    )
    async def cancel(principal: Writer, execution_id: Name, body: CancelDto | None = None) -> ExecutionDetailDto:
        """Stop an execution that is pending or running; for its requester and for admins."""
        comment = body.comment if body else None
        return ExecutionDetailDto.made_of(await service.cancel(principal, execution_id, comment=comment))

    return router


_CREATED: dict[int | str, dict[str, object]] = {
    200: {"model": ExecutionDto, "description": "The execution that this idempotency key led to before."}
}
