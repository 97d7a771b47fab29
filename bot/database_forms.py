"""The forms in which a URL of a database may be written."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from core.errors import Words

_SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<path>.+)", re.DOTALL)
_SERVER = re.compile(
    r"(?P<kind>postgres(?:ql)?|mysql|mariadb)(?:\+[a-z0-9]+)?://(?P<rest>[^/?#]+/[^/?#]+(?:\?[^#]*)?)", re.DOTALL
)
_KINDS = {"postgres": "postgresql", "postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
#: What to write.
FORMS = Words("write sqlite:///path/to/file.db, postgresql://user@host/database or mysql://user@host/database")


def plain_url(value: str) -> str:
    """Return ``value`` without the name of a driver.

    Raises:
        ValueError: it is no URL of a database that is supported.
    """
    if found := _SQLITE.fullmatch(value):
        return f"sqlite:///{found['path']}"
    if found := _SERVER.fullmatch(value):
        return f"{_KINDS[found['kind']]}://{found['rest']}"
    raise ValueError(FORMS)


def url_without_password(value: str) -> str:
    """Return ``value`` as ``plain_url`` does.

    Raises:
        ValueError: as for ``plain_url``, or it holds a password.
    """
    url = plain_url(value)
    if password_in(url) is not None:
        raise ValueError(
            Words('the password does not belong here; write password = "env:NAME", which names where it is')
        )
    return url


def password_in(url: str) -> str | None:
    """Return the password that ``url`` holds."""
    found = None if url.startswith("sqlite") else urlsplit(url).password
    return None if found is None else unquote(found)
