"""``/api/v1/hitl/requests``: ask people, list, look and wait, answer, take back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status
from pydantic import Field

from bot.answers import Answers
from bot.api.auth import authenticating, requiring
from bot.api.dto import NO_NUL
from bot.api.errors import answers
from bot.api.executions import IdempotencyKey
from bot.api.hitl_dto import (
    LONGEST_WAIT,
    CountDto,
    CountQuery,
    CreateRequestDto,
    HitlQuery,
    RequestDetailDto,
    RequestDto,
    RequestPageDto,
    RespondDto,
)
from bot.api.queries import WHOLE
from core.domain.approvals import ApprovalStatus
from core.domain.users import Scope
from core.services.access import Access, Principal
from core.services.hitl_api import HitlApi

PATH = "/api/v1/hitl/requests"

Reader = Annotated[Principal, Depends(requiring(Scope.HITL_READ))]
Writer = Annotated[Principal, Depends(requiring(Scope.HITL_WRITE))]


def hitl_router(service: HitlApi, access: Access, waiting: Answers) -> APIRouter:
    """Return the routes that ``service`` answers; who wants to wait does so with ``waiting``."""
    router = APIRouter(prefix=PATH, tags=["hitl"], route_class=authenticating(access))

    @router.post(
        "", status_code=201, response_model=RequestDetailDto, responses=_CREATED | answers(400, 413, 415, 422, 429)
    )
    async def create(
        principal: Writer, body: CreateRequestDto, response: Response, idempotency_key: IdempotencyKey = None
    ) -> RequestDetailDto:
        """Ask people. The question is stored when this answers, and they see it where they approve everything else."""
        record, is_new = await service.create(principal, body.wanted(), key=idempotency_key)
        response.headers["Location"] = f"{PATH}/{record.request.id}"
        if not is_new:
            response.status_code = status.HTTP_200_OK
        return RequestDetailDto.made_of(record)

    @router.get("", response_model=RequestPageDto, responses=answers(400, 422))
    async def list_requests(principal: Reader, query: Annotated[HitlQuery, Query()]) -> RequestPageDto:
        """List the caller's requests, or everybody's if the caller is an admin; what is over is never pending."""
        found = await service.page(principal, query.wanted(), limit=query.page_size + 1, after=query.place())
        shown = found[: query.page_size]
        return RequestPageDto(
            items=[RequestDto.of(request) for request in shown],
            next_cursor=query.cursor_behind(shown[-1]) if len(found) > len(shown) else None,
        )

    @router.get("/pending-count", response_model=CountDto, responses=answers(400, 422))
    async def pending_count(principal: Reader, query: Annotated[CountQuery, Query()]) -> CountDto:
        """Return how many of them can still be decided."""
        return CountDto(count=await service.pending_count(principal, query.wanted()))

    @router.get("/{request_id}", response_model=RequestDetailDto, responses=answers(400, 404, 422))
    async def get(
        principal: Reader,
        request_id: UUID,
        wait: Annotated[
            Annotated[int, Field(ge=0, le=LONGEST_WAIT), WHOLE],
            Query(description="Answer once it is no longer pending, and after so many seconds at the latest."),
        ] = 0,
    ) -> RequestDetailDto:
        """Return a request: one's own, one that one may answer, or any for an admin."""
        record = await service.get(principal, str(request_id))
        if wait and record.request.status is ApprovalStatus.PENDING:
            await waiting.wait(str(request_id), wait)
            record = await service.get(principal, str(request_id))
        return RequestDetailDto.made_of(record)

    @router.put("/{request_id}", response_model=RequestDetailDto, responses=answers(400, 404, 409, 413, 415, 422))
    async def respond(principal: Writer, request_id: UUID, body: RespondDto) -> RequestDetailDto:
        """Vote, as the person whose token it is. It stays pending while more votes are needed."""
        record = await service.respond(
            principal,
            str(request_id),
            approve=body.status == "approved",
            response=body.response,
            comment=body.comment,
        )
        return RequestDetailDto.made_of(record)

    @router.delete("/{request_id}", response_model=RequestDetailDto, responses=answers(400, 404, 409, 422))
    async def cancel(
        principal: Writer,
        request_id: UUID,
        comment: Annotated[str | None, Query(max_length=1000, pattern=NO_NUL)] = None,
    ) -> RequestDetailDto:
        """Take a request back that nobody has decided; for its owner and for admins."""
        return RequestDetailDto.made_of(await service.cancel(principal, str(request_id), comment=comment))

    return router


_CREATED: dict[int | str, dict[str, object]] = {
    200: {"model": RequestDetailDto, "description": "The request that this idempotency key led to before."}
}
