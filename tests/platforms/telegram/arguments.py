"""How a method's arguments arrive, and what the Bot API answers when they are wrong.

Documented: GET and POST; query string, form, multipart and JSON; method names in any case. From the server's source:
every argument becomes text first, so that "1", 1 and true arrive alike, a number that is none counts as absent, and an
unknown argument is not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.platforms.telegram.world import Json


class TelegramError(Exception):
    """An answer with ``"ok": false``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        """Name the error; ``parameters`` is what ResponseParameters holds."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        """Return the body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(description: str) -> TelegramError:
    """Return a 400."""
    return TelegramError(400, f"Bad Request: {description}")


def forbidden(description: str) -> TelegramError:
    """Return a 403."""
    return TelegramError(403, f"Forbidden: {description}")


@dataclass(frozen=True)
class File:
    """One uploaded file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call, as text."""

    values: Mapping[str, str]
    files: Mapping[str, File] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return an argument, empty when it was not sent."""
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """Return whether an argument says yes."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def number(self, name: str, default: int = 0) -> int:
        """Return a number, ``default`` when there is none."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def json(self, name: str, what: str) -> Any:
        """Return what a JSON-serialized argument holds, None when it was not sent.

        Raises:
            TelegramError: it is no JSON.
        """
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except json.JSONDecodeError as error:
            raise bad(f"can't parse {what} JSON object") from error


async def read_arguments(request: web.Request) -> Arguments:
    """Return the arguments of a request.

    Raises:
        TelegramError: the body is not what it says it is.
    """
    values = dict(request.query)
    files: dict[str, File] = {}
    if request.content_type == "application/json" and request.can_read_body:
        values |= parsed(await request.read())
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = File(value.filename, value.file.read())
            elif isinstance(value, str):
                values[name] = value
    return Arguments(values, files)


def parsed(body: bytes) -> dict[str, str]:
    """Return the arguments that a JSON body holds.

    Raises:
        TelegramError: it is no object.
    """
    try:
        found = json.loads(body)
    except ValueError as error:
        raise bad("can't parse JSON encoded request") from error
    if not isinstance(found, dict):
        raise bad("can't parse JSON encoded request")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in found.items()
        if value is not None
    }
