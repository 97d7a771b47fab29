"""The HTTP application: the API and the health checks, and, once the channels have added them, their webhooks."""

from __future__ import annotations

import asyncio
import importlib.metadata
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot.api.artifacts import PATH, artifacts_router
from bot.api.errors import error_response, response_of
from bot.api.executions import executions_router
from bot.api.guard import BodyTooLargeError, Guard, Report, log_failure
from bot.api.hitl import hitl_router
from bot.api.problems import problem_of
from core.errors import SkillwardenError, StorageError, Words

if TYPE_CHECKING:
    from bot.answers import Answers
    from bot.metrics import Metrics
    from core.ports import Storage
    from core.services.access import Access
    from core.services.artifacts_api import ArtifactsApi
    from core.services.executions_api import ExecutionsApi
    from core.services.hitl_api import HitlApi

# Seconds after which a database that has not answered is called silent: whoever watches has limits of its own.
PATIENCE = 2.0
_SILENT = Words("it does not answer; check that it runs and its URL")

#: Says what keeps the bot from a platform; None: nothing does.
Trouble = Callable[[], Awaitable[str | None]]

_log = structlog.get_logger(__name__)

_DESCRIPTION = """Skillwarden brings Agent Skills to a team's AI providers, once somebody else agrees. A request made
here goes through the same policy as one made in chat, and people approve it there."""

# What the framework itself refuses: codes and sentences, by status.
_REFUSALS = {
    400: ("UNREADABLE_BODY", "The body could not be read."),
    404: ("NOT_FOUND", "There is nothing at this address."),
    405: ("METHOD_NOT_ALLOWED", "This address does not know the method; the header Allow says which ones it knows."),
    413: ("BODY_TOO_LARGE", "The body is too large."),
}


def http_app(
    storage: Storage,
    *,
    access: Access,
    executions: ExecutionsApi,
    artifacts: ArtifactsApi,
    hitl: HitlApi,
    answers: Answers,
    metrics: Metrics | None = None,
    troubles: Sequence[Trouble] = (),
    largest_artifact: int,
    report: Report = log_failure,
) -> FastAPI:
    """Return the application, to which the channels add their webhooks; ``largest_artifact`` is in bytes.

    It is not ready while one of ``troubles`` says so.
    """
    app = FastAPI(
        title="Skillwarden",
        version=importlib.metadata.version("skillwarden"),
        description=_DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.include_router(executions_router(executions, access))
    app.include_router(artifacts_router(artifacts, access, largest=largest_artifact))
    app.include_router(hitl_router(hitl, access, answers))
    _add_health(app, storage, troubles)
    if metrics is not None:
        _add_metrics(app, metrics)
    app.add_exception_handler(SkillwardenError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_middleware(Guard, files={PATH: largest_artifact}, report=report)
    return app


def _add_health(app: FastAPI, storage: Storage, troubles: Sequence[Trouble]) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(response: Response) -> dict[str, str]:
        try:
            async with asyncio.timeout(PATIENCE), storage.read() as uow:
                await uow.notices.undelivered()
        except (StorageError, TimeoutError) as error:
            told = error if isinstance(error, StorageError) else StorageError(reason=_SILENT)
            response.status_code = 503
            return {"status": str(told)}
        found = [trouble for ask in troubles if (trouble := await ask())]
        if found:
            response.status_code = 503
        return {"status": " ".join(found) or "ok"}


def _add_metrics(app: FastAPI, metrics: Metrics) -> None:
    @app.get("/metrics", include_in_schema=False)
    async def show() -> Response:
        return Response(await metrics.text(), headers={"content-type": metrics.media_type})


def _id_of(request: Request) -> str:
    return str(request.state.request_id)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, SkillwardenError):
        raise error
    answer = response_of(error, _id_of(request))
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("request failed", request_id=_id_of(request), code=error.code, error=str(error))
    return answer


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """Name every field that is wrong; a body that cannot be read at all is another matter."""
    if not isinstance(error, RequestValidationError):
        raise error
    details: list[dict[str, str]] = []
    for found in error.errors():
        place, *names = found["loc"]
        problem = problem_of(found)
        if found["type"] == "json_invalid":
            cause = str(found.get("ctx", {}).get("error", problem))
            return error_response(400, "INVALID_JSON", f"The body is no JSON: {cause}.", _id_of(request))
        # Of a field with alternatives pydantic names each, in brackets; the first one says enough.
        field = ".".join(str(name) for name in names if "[" not in str(name))
        if all((place, field.split(".")[0]) != (one["in"], one["field"].split(".")[0]) for one in details):
            details.append({"in": place, "field": field, "problem": problem.encode(errors="replace").decode()})
    first = details[0]
    named = f"{first['field']} ({first['in']})" if first["field"] else f"The {first['in']}"
    return error_response(422, "INVALID_FIELD", f"{named}: {first['problem']}.", _id_of(request), details=details)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses; it hides why a body could not be read behind the exception."""
    if not isinstance(error, HTTPException):
        raise error
    cause = error.__cause__
    if isinstance(cause, RequestValidationError):
        return await _invalid(request, cause)
    status = 413 if isinstance(cause, BodyTooLargeError) else error.status_code
    code, message = _REFUSALS.get(status, ("REFUSED", f"{str(error.detail).rstrip('.')}."))
    if isinstance(cause, BodyTooLargeError):
        message = f"{cause}. Send less."
    elif isinstance(cause, UnicodeDecodeError):
        message = f"The body is no {cause.encoding.upper()}: byte {cause.start} does not belong there."
    elif isinstance(cause, OSError):
        return response_of(StorageError(reason=cause.strerror or "the disk did not take the body"), _id_of(request))
    elif isinstance(cause, RecursionError):
        message = "The body is nested too deep."
    elif isinstance(cause, ValueError):
        message = "A number in the body has too many digits."
    elif status == HTTPStatus.BAD_REQUEST:
        message = f"{message[:-1]}: {str(error.detail).rstrip('.')}."
    return error_response(status, code, message, _id_of(request), headers=error.headers)
