"""Errors over HTTP: one body for all, and the status that each error of ours has."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from core.errors import (
    AlreadyDecided,
    AlreadyVoted,
    AskedTooOften,
    BeingChanged,
    DifferentAnswer,
    DiskFull,
    IllegalTransition,
    InvalidInput,
    NotAllowed,
    OwnerVoted,
    RequestExpired,
    RuleBroken,
    SkillwardenError,
    StaleCard,
    StorageError,
    TokenRefused,
    TooLarge,
    TooLateToCancel,
    UnknownArtifact,
    UnknownExecution,
    UnknownHitlRequest,
)
from core.services.executions_api import CANCELLABLE

# The first that fits counts.
_STATUSES: tuple[tuple[type[SkillwardenError], int], ...] = (
    (TokenRefused, 401),
    (AskedTooOften, 429),
    (NotAllowed, 403),
    (UnknownExecution, 404),
    (UnknownArtifact, 404),
    (UnknownHitlRequest, 404),
    (TooLateToCancel, 409),
    (RequestExpired, 409),
    (AlreadyDecided, 409),
    (AlreadyVoted, 409),
    (OwnerVoted, 409),
    (DifferentAnswer, 409),
    (BeingChanged, 409),
    (StaleCard, 409),
    (IllegalTransition, 409),
    (TooLarge, 413),
    (InvalidInput, 422),
    (RuleBroken, 500),
    (StorageError, 503),
    (DiskFull, 503),
    (SkillwardenError, 500),
)
# Seconds after which it makes sense to try again what our side could not do.
_RETRY_AFTER = 5

_SENTENCES = {
    401: "No token, or one that is unknown, expired or revoked.",
    403: "The token is not for this.",
    404: "There is no such thing that you may see.",
    409: "That is not possible as things stand.",
    413: "The body is too large.",
    415: "The headers say that the body is something else than what is read here.",
    422: "Something that was sent is wrong; details say which field and why.",
    400: "The body could not be read.",
    429: "Too many in too short a time; Retry-After says when to ask again.",
    503: "The database or the disk cannot be used now. Try again.",
}


class ErrorDetail(BaseModel):
    """What is wrong: ``code`` for programs, ``message`` for people, ``details`` by field or by name."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    details: dict[str, Any] | list[dict[str, Any]] | None


class ErrorBody(BaseModel):
    """Every error has this body; ``requestId`` is in the log too."""

    model_config = ConfigDict(frozen=True)

    error: ErrorDetail
    request_id: str = Field(alias="requestId")


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI is told about errors; those of authentication and of our own side can always come."""
    return {status: {"model": ErrorBody, "description": _SENTENCES[status]} for status in (401, 403, *statuses, 503)}


def error_response(
    status: int,
    code: str,
    message: str,
    request_id: str,
    *,
    details: Any = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return the answer that says what is wrong."""
    # Half of a surrogate pair in what is quoted would be no JSON.
    said = message.encode(errors="replace").decode()
    body = {"error": {"code": code, "message": said, "details": details}, "requestId": request_id}
    return JSONResponse(body, status_code=status, headers=dict(headers or {}))


def response_of(error: SkillwardenError, request_id: str) -> JSONResponse:
    """Return the answer for an error of ours."""
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(_RETRY_AFTER)
    if isinstance(error, AskedTooOften):
        headers["Retry-After"] = error.written["seconds"]
    details: dict[str, Any] = dict(error.written)
    if isinstance(error, TooLateToCancel):
        details = {}
    if isinstance(error, TooLateToCancel | RequestExpired):
        details["allowedStatuses"] = [one.upper() for one in CANCELLABLE]
    return error_response(status, error.code, str(error), request_id, details=details or None, headers=headers)
