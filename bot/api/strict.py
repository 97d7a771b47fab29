"""What a framework would pass over in silence: unknown names, all but the last of what is repeated, wrong headers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from email.message import Message
from typing import Any, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

_REPEATED = "it is there more than once"
_JSON = "application/json"
# RFC 8259, section 8.1; ASCII is a part of it.
_CHARSETS = frozenset({"utf-8", "us-ascii"})


class StrictRequest(Request):
    """A request in whose JSON every name stands once in its object."""

    async def json(self) -> Any:
        """Return the body.

        Raises:
            RequestValidationError: a name is there more than once.
            ValueError: it is no JSON.
        """
        return json.loads(await self.body(), object_pairs_hook=_object)


def media_problem(request: Request, wanted: str) -> str | None:
    """Return in a sentence why the headers say that the body is not of the media type ``wanted``; None when it is."""
    headers = request.headers
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return None
    coding = headers.get("content-encoding", "identity")
    if coding.lower() != "identity":
        return f'Send the body as it is: the header Content-Encoding says "{coding}", which is not read here.'
    said = headers.get("content-type")
    if said is None:
        return f"Send the body as {wanted}, and say so in the header Content-Type, which is missing."
    media = Message()
    media["content-type"] = said
    kind, charset = media.get_content_type(), str(media.get_content_charset("utf-8"))
    is_wanted = kind == wanted or (wanted == _JSON and kind.startswith("application/") and kind.endswith("+json"))
    if not is_wanted:
        return f'Send the body as {wanted}, and say so in the header Content-Type, which says "{said}".'
    if wanted == _JSON and charset not in _CHARSETS:
        return f'Send the body in UTF-8: the header Content-Type says "{charset}".'
    return None


def query_names(dependant: Dependant) -> dict[str, bool]:
    """Return the query parameters of a route, and of each whether it can be there more than once."""
    names = {}
    for field in dependant.query_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, one in kind.model_fields.items():
                names[one.alias or name] = get_origin(one.annotation) is list
        else:
            names[field.alias] = get_origin(kind) is list
    return names


def check_query(request: Request, names: Mapping[str, bool]) -> None:
    """See that the query holds what ``query_names`` knows.

    Raises:
        RequestValidationError: a parameter is unknown, or there more than once.
    """
    found = Counter(name for name, _ in request.query_params.multi_items())
    unknown = [name for name in found if name not in names]
    if unknown:
        raise refused("query", unknown[0], "there is no such parameter")
    check_once("query", found.elements(), repeatable=[name for name, many in names.items() if many])


def check_once(place: str, names: Iterable[str], *, repeatable: Iterable[str] = ()) -> None:
    """See that of ``names``, found in a ``place`` of a request, only those ``repeatable`` are there more than once.

    Raises:
        RequestValidationError: another one is.
    """
    for name, count in Counter(names).items():
        if count > 1 and name not in repeatable:
            raise refused(place, name, _REPEATED)


def refused(place: str, field: str, problem: str) -> RequestValidationError:
    """Return what is raised of a ``field`` in a ``place`` of a request: body, query, path, header."""
    return RequestValidationError([{"type": "value_error", "loc": (place, field), "msg": problem, "input": None}])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        check_once("body", (name for name, _ in pairs))
    return found
