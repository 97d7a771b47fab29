"""Addresses of team repositories: a server, and a repository there - never a folder, whose hooks would run here."""

from __future__ import annotations

import re
from typing import Literal

from core.domain.base import Domain

_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_HOST = r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)"
_PORT = r"(?::(?P<port>[0-9]{1,5}))?"
_USER = r"(?P<user>[a-z_][a-z0-9_.-]*)"
_PATH = r"(?P<path>(?:(?!-|\.{1,2}/)[\w.~+-]+/)*(?!-|\.{1,2}$)[\w.~+-]+)/?"
_FORMS = (
    re.compile(rf"(?P<protocol>https?)://{_HOST}{_PORT}/{_PATH}", re.ASCII | re.IGNORECASE),
    re.compile(rf"(?P<protocol>ssh)://(?:{_USER}@)?{_HOST}{_PORT}/{_PATH}", re.ASCII | re.IGNORECASE),
    re.compile(rf"{_USER}@{_HOST}:/?{_PATH}", re.ASCII | re.IGNORECASE),
)


class GitAddress(Domain):
    """Where a repository is: what git is given (``url``), how it is spoken to, and its names for people.

    ``host`` has its port where one is written.
    """

    url: str
    protocol: Literal["https", "http", "ssh"]
    host: str
    path: str

    @property
    def label(self) -> str:
        """Host and repository: "github.com/acme/team"."""
        return f"{self.host}/{self.path}"


def parse_git_address(text: str) -> GitAddress | None:
    """Read the address of a repository over https, ssh or, on this machine alone, http; None for anything else.

    A user is named for ssh only, and a password nowhere.
    """
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        host = parts["host"].lower()
        protocol = (parts.get("protocol") or "ssh").lower()
        if protocol == "http" and host not in _LOOPBACK:
            return None
        place = f"{host}:{parts['port']}" if parts.get("port") else host
        path = parts["path"].strip("/").removesuffix(".git")
        return GitAddress.model_validate({"url": text, "protocol": protocol, "host": place, "path": path})
    return None
