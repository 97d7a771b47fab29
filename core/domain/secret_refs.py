"""References to secrets: the only form in which a secret is configured or stored."""

from __future__ import annotations

import re
from typing import Literal, cast

from core.domain.base import Domain
from core.errors import InvalidSecretRef

Scheme = Literal["env", "file", "keyring"]

# POSIX, Base Definitions 8.1: names of environment variables.
_NAMES = {"env": r"[A-Za-z_][A-Za-z0-9_]*", "file": r"/.+", "keyring": r"[^/\s]+/.+"}


class SecretRef(Domain):
    """``env:NAME``, ``file:/path`` or ``keyring:service/name``."""

    scheme: Scheme
    name: str

    @classmethod
    def parse(cls, text: str) -> SecretRef:
        """Read a reference; the text itself is never repeated in the error, as it may be the secret.

        Raises:
            InvalidSecretRef: the text is not one of the three forms.
        """
        scheme, _, name = text.partition(":")
        if scheme not in _NAMES or not re.fullmatch(_NAMES[scheme], name):
            raise InvalidSecretRef
        return cls(scheme=cast("Scheme", scheme), name=name)

    def __str__(self) -> str:
        """Return the form that ``parse`` reads."""
        return f"{self.scheme}:{self.name}"
