"""Hosts, owners and repositories as the configuration names them."""

from __future__ import annotations

import re

from core.errors import Words

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
# An owner, a group or a repository: nothing that could lead elsewhere.
_OWNED = re.compile(r"(?:/[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?)*")


def host_name(value: str) -> str:
    """Read the name of a host, perhaps with a port; ValueError for anything else."""
    host = value.lower()
    if not _HOST.fullmatch(host):
        raise ValueError(Words("every entry is the bare name of a host, such as github.com"))
    return host


def source_name(value: str) -> str:
    """Read ``github.com``, ``github.com/acme`` or ``github.com/acme/skills``; ValueError for anything else."""
    host, slash, names = value.partition("/")
    owned = f"{slash}{names}".removesuffix(".git")
    if not _HOST.fullmatch(host.lower()) or not _OWNED.fullmatch(owned):
        raise ValueError(
            Words(
                "every entry is the bare name of a host, with an owner, or an owner and a repository, behind it where"
                " only those are allowed: github.com, github.com/acme, github.com/acme/skills"
            )
        )
    return f"{host.lower()}{owned}"
