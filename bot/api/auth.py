"""Who calls: the bearer token of each request, looked at before its body, and the scope that a route asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import Depends, Request, Response
from fastapi.params import Body
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from bot.api.errors import error_response
from bot.api.strict import StrictRequest, check_query, media_problem, query_names
from core.domain.users import Scope
from core.services.access import Access, Principal

# For OpenAPI; what it finds is looked at in the route.
_BEARER = HTTPBearer(auto_error=False, description='Made on the host: "skillwarden users token NAME --name LABEL".')


def authenticating(access: Access) -> type[APIRoute]:
    """Return the class of routes that know who calls and drop nothing; a stranger's body is not even read."""

    class AuthenticatedRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handler, names = super().get_route_handler(), query_names(self.dependant)
            body = self.body_field.field_info if self.body_field else None

            async def known(request: Request) -> Response:
                request.state.principal = await access.authenticate(_token_of(request))
                check_query(request, names)
                if isinstance(body, Body) and (problem := media_problem(request, body.media_type)):
                    return error_response(415, "UNSUPPORTED_MEDIA_TYPE", problem, request.state.request_id)
                return await handler(StrictRequest(request.scope, request.receive))

            return known

    return AuthenticatedRoute


def requiring(scope: Scope) -> Callable[..., Awaitable[Principal]]:
    """Return the dependency that gives whoever calls, if their token is for ``scope``."""

    async def principal(request: Request, _declared: object = Depends(_BEARER)) -> Principal:
        found: Principal = request.state.principal
        found.require(scope)
        return found

    return principal


def _token_of(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None
