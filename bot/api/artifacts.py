"""``/api/v1/artifacts``: send a file, look at it, fetch it, put it away."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Header, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from bot.api.auth import authenticating, requiring
from bot.api.dto import STORABLE, ArtifactDto, ArtifactTypeName, storable
from bot.api.errors import answers
from bot.api.queries import WHOLE
from core.domain.artifacts import Artifact, ArtifactStatus, ArtifactType
from core.domain.users import Scope
from core.services.access import Access, Principal
from core.services.artifacts_api import ArtifactsApi, NewArtifact

PATH = "/api/v1/artifacts"
# Bytes that the other fields of a form and its boundaries take at most.
FORM_ROOM = 1 << 16
_LONGEST_NAME = 255
_MOST_TAGS = 50
# RFC 9110, section 8.3.1, without parameters.
_MIME_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}")
_MIME_LENGTH = 100
_UNFIT = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]")

Tag = Annotated[str, Field(max_length=600, pattern=r"^[^=\s\x00]{1,100}=[^\x00]{0,499}$"), STORABLE]

Reader = Annotated[Principal, Depends(requiring(Scope.ARTIFACTS_READ))]
Writer = Annotated[Principal, Depends(requiring(Scope.ARTIFACTS_WRITE))]


def artifacts_router(service: ArtifactsApi, access: Access) -> APIRouter:
    """Return the routes that ``service`` answers."""
    router = APIRouter(prefix=PATH, tags=["artifacts"], route_class=authenticating(access))

    @router.post("", status_code=201, response_model=ArtifactDto, responses=answers(400, 404, 413, 422))
    async def create(
        *,
        principal: Writer,
        response: Response,
        execution_id: Annotated[UUID, Form(alias="executionId")],
        file: Annotated[UploadFile, File(description="The content; its name is the artifact's.")],
        type: Annotated[ArtifactTypeName, Form()] = "OTHER",
        tags: Annotated[list[Tag], Form(max_length=_MOST_TAGS, description="name=value, repeatable")] = [],  # noqa: B006 - never changed
        checksum: Annotated[
            str | SkipJsonSchema[None], Form(pattern=r"^[0-9a-f]{64}$", description="The SHA-256 that has to arrive.")
        ] = None,
        retention_days: Annotated[
            Annotated[int, Field(ge=1, le=400), WHOLE] | SkipJsonSchema[None], Form(alias="retentionDays")
        ] = None,
    ) -> ArtifactDto:
        """Store a file of an execution. It is stored, byte for byte, when this answers."""
        wanted = NewArtifact(
            execution_id=str(execution_id),
            file_name=_file_name(file.filename),
            content=await file.read(),
            mime_type=_mime_type(file.content_type),
            checksum=checksum,
            type=ArtifactType(type.lower()),
            tags=dict(tag.split("=", 1) for tag in tags) or None,
            retention_days=retention_days,
        )
        artifact = await service.add(principal, wanted)
        response.headers["Location"] = f"{PATH}/{artifact.id}"
        return ArtifactDto.of(artifact)

    @router.get("/{artifact_id}", response_model=ArtifactDto, responses=answers(400, 404, 422))
    async def get(principal: Reader, artifact_id: UUID) -> ArtifactDto:
        """Return what is known of a file."""
        return ArtifactDto.of(await service.get(principal, str(artifact_id)))

    @router.get(
        "/{artifact_id}/content", response_class=Response, responses=_CONTENT | answers(400, 404, 422) | _CORRUPT
    )
    async def content(
        principal: Reader, artifact_id: UUID, if_none_match: Annotated[str | None, Header(max_length=1000)] = None
    ) -> Response:
        """Return the file, checked against its checksum, which is its ETag too."""
        artifact = await service.get(principal, str(artifact_id))
        headers = {"ETag": f'"{artifact.checksum}"', "Cache-Control": "private, no-cache"}
        found = await service.content(artifact)
        if if_none_match is not None and _matches(if_none_match, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(found, headers=headers | _harmless(artifact))

    @router.post("/{artifact_id}/archive", response_model=ArtifactDto, responses=answers(400, 404, 422))
    async def archive(principal: Writer, artifact_id: UUID) -> ArtifactDto:
        """Put a file away; it can still be fetched."""
        return ArtifactDto.of(await service.move(principal, str(artifact_id), ArtifactStatus.ARCHIVED))

    @router.post("/{artifact_id}/restore", response_model=ArtifactDto, responses=answers(400, 404, 422))
    async def restore(principal: Writer, artifact_id: UUID) -> ArtifactDto:
        """Take a file out again."""
        return ArtifactDto.of(await service.move(principal, str(artifact_id), ArtifactStatus.ACTIVE))

    return router


_BYTES = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
_CONTENT: dict[int | str, dict[str, object]] = {
    200: {"content": _BYTES, "description": "The file."},
    304: {"description": "It is what the caller has."},
}
_CORRUPT: dict[int | str, dict[str, object]] = {
    500: {"description": "The file is missing or damaged: it is reported, never served."}
}


def _file_name(name: str | None) -> str:
    """Return the name of a sent file.

    Raises:
        RequestValidationError: there is none, or it cannot be a file's name everywhere.
    """
    problem = None
    if not name:
        problem = "the part needs a filename"
    elif len(name) > _LONGEST_NAME:
        problem = f"the filename is longer than {_LONGEST_NAME} characters"
    elif _UNFIT.search(name) or name in {".", ".."}:
        problem = "the filename must hold no slash, backslash or control character, and be none of . and .."
    if problem is not None or name is None:
        raise _refused(problem or "")
    return storable(name)


def _mime_type(declared: str | None) -> str | None:
    """Return the media type of a sent file, without parameters; None when none was said.

    Raises:
        RequestValidationError: it is none.
    """
    kind = (declared or "").partition(";")[0].strip().lower()
    if not kind:
        return None
    if len(kind) > _MIME_LENGTH or not _MIME_TYPE.fullmatch(kind):
        raise _refused("the part's Content-Type is no media type")
    return kind


def _refused(problem: str) -> RequestValidationError:
    return RequestValidationError([{"type": "value_error", "loc": ("body", "file"), "msg": problem, "input": None}])


def _matches(sent: str, etag: str) -> bool:
    """Whether If-None-Match names ``etag`` (RFC 9110, section 13.1.2: weak comparison)."""
    return sent.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in sent.split(",")}


def _harmless(artifact: Artifact) -> dict[str, str]:
    """Return headers under which no browser runs what somebody has sent."""
    return {
        "Content-Type": artifact.mime_type or "application/octet-stream",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(artifact.file_name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
