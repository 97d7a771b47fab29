"""``/api/v1/artifacts``: send a file, look at it, fetch it, put it away."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Header, HTTPException, Request, Response, UploadFile
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from bot.api.auth import authenticating, requiring
from bot.api.dto import CAPITALS, STORABLE, ArtifactDto, ArtifactTypeName, Dto, storable
from bot.api.errors import answers
from bot.api.guard import BodyTooLargeError
from bot.api.queries import WHOLE
from bot.api.strict import check_once, refused
from core.domain.artifacts import Artifact, ArtifactStatus, ArtifactType
from core.domain.users import Scope
from core.services.access import Access, Principal
from core.services.artifacts_api import ArtifactsApi, NewArtifact

PATH = "/api/v1/artifacts"
_LONGEST_NAME = 255
_MOST_TAGS = 50
# RFC 9110, section 8.3.1, without parameters.
_MIME_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}")
_MIME_LENGTH = 100
_UNFIT = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]")

TAG = r"^[^=\s\x00]{1,100}=[^\x00]{0,499}$"
#: In lower or upper case, as tools print it.
SHA256 = r"^[0-9A-Fa-f]{64}$"
Tag = Annotated[str, Field(max_length=600, pattern=TAG), STORABLE]

Reader = Annotated[Principal, Depends(requiring(Scope.ARTIFACTS_READ))]
Writer = Annotated[Principal, Depends(requiring(Scope.ARTIFACTS_WRITE))]


def _different(tags: list[str]) -> list[str]:
    for name, count in Counter(tag.partition("=")[0] for tag in tags).items():
        if count > 1:
            raise ValueError(f'"{name}" is there more than once')
    return tags


def _a_file(value: object) -> object:
    if isinstance(value, str):
        raise ValueError("send it as a file: the part needs a filename")  # noqa: TRY004 - pydantic wants it
    return value


class ArtifactForm(Dto):
    """A file that is sent, and what is said about it."""

    execution_id: UUID
    file: Annotated[UploadFile, BeforeValidator(_a_file)] = Field(
        description="The content; its name is the artifact's."
    )
    type: Annotated[ArtifactTypeName, CAPITALS] = "OTHER"
    tags: Annotated[list[Tag], AfterValidator(_different)] = Field(
        default=[], max_length=_MOST_TAGS, description="name=value, repeatable"
    )
    checksum: Annotated[str, Field(pattern=SHA256), AfterValidator(str.lower)] | SkipJsonSchema[None] = Field(
        default=None, description="The SHA-256 that has to arrive."
    )
    retention_days: Annotated[int, Field(ge=1, le=400), WHOLE] | SkipJsonSchema[None] = None

    async def wanted(self) -> NewArtifact:
        """Return what is to be stored.

        Raises:
            RequestValidationError: the file's name or media type is none.
        """
        return NewArtifact(
            execution_id=str(self.execution_id),
            file_name=_file_name(self.file.filename),
            content=await self.file.read(),
            mime_type=_mime_type(self.file.content_type),
            checksum=self.checksum,
            type=ArtifactType(self.type.lower()),
            tags=dict(tag.split("=", 1) for tag in self.tags) or None,
            retention_days=self.retention_days,
        )


async def _check_form(request: Request) -> None:
    check_once("body", [name for name, _ in (await request.form()).multi_items()], repeatable=["tags"])


def artifacts_router(service: ArtifactsApi, access: Access, *, largest: int) -> APIRouter:
    """Return the routes that ``service`` answers; a file has at most ``largest`` bytes."""
    router = APIRouter(prefix=PATH, tags=["artifacts"], route_class=authenticating(access))

    @router.post(
        "",
        status_code=201,
        response_model=ArtifactDto,
        responses=answers(400, 404, 413, 415, 422),
        dependencies=[Depends(_check_form)],
    )
    async def create(
        principal: Writer, form: Annotated[ArtifactForm, Form(media_type="multipart/form-data")], response: Response
    ) -> ArtifactDto:
        """Store a file of an execution. It is stored, byte for byte, when this answers."""
        if (form.file.size or 0) > largest:
            raise HTTPException(413) from BodyTooLargeError(largest)
        artifact = await service.add(principal, await form.wanted())
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
        raise refused("body", "file", problem or "")
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
        raise refused("body", "file", "the part's Content-Type is no media type")
    return kind


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
