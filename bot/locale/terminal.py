"""The language of a terminal, as its environment tells every program."""

from __future__ import annotations

import re
from collections.abc import Mapping

# POSIX, "Internationalization Variables": the first of them that is set decides.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def terminal_language(environ: Mapping[str, str]) -> str:
    """Return the language that ``environ`` asks for, ``ko`` of ``ko_KR.UTF-8``; empty where it asks for none."""
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    language = re.match(r"[a-z]{2,3}(?![a-z])", locale)
    return language[0] if language else ""
