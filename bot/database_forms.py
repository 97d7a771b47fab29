"""The forms in which a URL of a database may be written."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import unquote

from core.errors import Words

_SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?!:memory:)(?P<path>[^?]+)")
_SCHEME = re.compile(r"(?P<kind>postgres(?:ql)?|mysql|mariadb)(?:\+[a-z0-9]+)?://")
_SERVER = re.compile(
    rf"{_SCHEME.pattern}(?P<rest>"
    r"(?:[^:/?#@\[\]]*(?::(?P<password>[^/?#@\[\]]*))?@)?"
    r"(?:(?P<host>[^:/?#@\[\]]+)|\[(?P<address>[^/?#@\[\]]+)\])(?::(?P<port>[^:/?#@\[\]]*))?"
    r"/[^/?#@]+(?:\?[^#]*)?)"
)
_KINDS = {"postgres": "postgresql", "postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
# Bytes of the environment that are not UTF-8 become surrogates in Python.
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

#: What to write.
FORMS = Words("write sqlite:///path/to/file.db, postgresql://user@host/database or mysql://user@host/database")

_NO_OPTIONS = Words("a SQLite URL takes no options; a ? in a path is written %3F")


def plain_url(value: str) -> str:
    """Return ``value`` without the name of a driver.

    Raises:
        ValueError: it is no URL of a database that is supported; no part of it, which may be a secret, is repeated.
    """
    check_text(unquote(value))
    if found := _SQLITE.fullmatch(value):
        return f"sqlite:///{found['path']}"
    found = _SERVER.fullmatch(value)
    if found is None:
        raise ValueError(_mistake(value))
    if not is_host(found["host"] or found["address"]):
        raise ValueError(Words("its host is no name and no address"))
    if found["port"] is not None and not is_port(found["port"]):
        raise ValueError(Words("its port is no number from 1 to 65535"))
    return f"{_KINDS[found['kind']]}://{found['rest']}"


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
    """Return the password that ``url``, one of ``plain_url``, holds."""
    found = _SERVER.fullmatch(url)
    return None if found is None or found["password"] is None else unquote(found["password"])


def check_text(value: str) -> None:
    """Do nothing when ``value`` can be a name or a password.

    Raises:
        ValueError: no server and no file system takes it.
    """
    if _NO_TEXT.search(value):
        raise ValueError(Words("it has a control character, or a byte that is not UTF-8"))


def is_host(value: str) -> bool:
    """Whether ``value`` can be the name or the address of a host; an IPv6 address has no brackets here."""
    try:
        IPv6Address(value) if ":" in value else value.encode("idna")
    except ValueError:
        return False
    return not re.search(r"[/?#@\[\]]", value)


def is_port(value: str) -> bool:
    """Whether ``value`` is the number of a port."""
    return re.fullmatch("[0-9]{1,5}", value) is not None and 1 <= int(value) <= 65535  # noqa: PLR2004 - the largest


def _mistake(value: str) -> Words:
    """Return what is wrong with ``value``, which has none of the forms."""
    scheme = _SCHEME.match(value)
    if scheme is None:
        return _NO_OPTIONS if value.startswith("sqlite") and "?" in value else FORMS
    who, _, place = value[scheme.end() :].rpartition("@")
    if re.search(r"[/?#@\[\]]", who):
        return Words(
            "characters such as @ : / ? # [ ] in a user, a password or a name have to be percent-encoded: @ is %40"
        )
    host = place.partition("/")[0]
    if host.count(":") > 1 or "[" in host:
        return Words("an IPv6 address has to stand in brackets, as in [::1]:5432")
    return FORMS
