"""Catalogues: the port Translator on gettext; the English sentences are the message ids."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.locale.particles import particle
from core.errors import SkillwardenError, Words

#: The language of the message ids.
ENGLISH = "en"

_PATTERN = "*/LC_MESSAGES/skillwarden.mo"


class Catalogues:
    """The compiled catalogues ``<folder>/<language>/LC_MESSAGES/skillwarden.mo``, all read at once.

    A sentence without a translation, and one whose translation asks for a parameter that is not given, stays English.
    """

    def __init__(self, folder: Path = Path(__file__).parent, *, default: str = ENGLISH) -> None:
        """Read the catalogues below ``folder``; ``default`` is for whom nobody knows what they speak."""
        self._default = default
        self._catalogues: dict[str, gettext.NullTranslations] = {ENGLISH: gettext.NullTranslations()}
        for path in folder.glob(_PATTERN):
            with path.open("rb") as file:
                self._catalogues[path.parent.parent.name] = gettext.GNUTranslations(file)

    def say(self, language: str, message: str, /, **params: object) -> str:
        """Return ``message`` in ``language`` with ``{placeholders}`` filled."""
        return _fill(self._catalogue(language).gettext(message), message, self._said(language, params))

    def say_many(self, language: str, one: str, many: str, n: int, /, **params: object) -> str:
        """Return the form of the message that fits ``n``, which is available as ``{n}``."""
        translated = self._catalogue(language).ngettext(one, many, n)
        return _fill(translated, one if n == 1 else many, {"n": n, **self._said(language, params)})

    def say_error(self, language: str, error: SkillwardenError) -> str:
        """Return the sentence of ``error`` for its reader."""
        return self.say(language, error.msgid, **error.params)

    def language(self, wanted: str) -> str:
        """Return the language that who wants ``wanted`` is spoken to in."""
        return wanted if wanted in self._catalogues else self._default

    def zone(self, name: str) -> tzinfo:
        """Return the time zone with this IANA name; UTC when there is none. Its first use reads a small file."""
        if name == "UTC":
            return UTC
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
            return UTC

    def _said(self, language: str, params: Mapping[str, object]) -> dict[str, object]:
        """Return ``params``, those that are words of ours in ``language``."""
        return {
            name: self.say(language, value.msgid, **value.params) if isinstance(value, Words) else value
            for name, value in params.items()
        }

    def _catalogue(self, language: str) -> gettext.NullTranslations:
        return self._catalogues[self.language(language)]


def _fill(translated: str, message: str, params: dict[str, object]) -> str:
    if translated != message:
        try:
            return _filled(translated, params)
        except (KeyError, IndexError, ValueError, AttributeError):
            pass  # a slip of a translator must not cost the reader the answer
    return _filled(message, params)


def _filled(message: str, params: dict[str, object]) -> str:
    """Return ``message`` with its placeholders filled; one such as ``{을/를}`` fits what stands before it."""
    said = ""
    for text, name, form, _ in Formatter().parse(message):
        said += text
        if name is not None:
            said += particle(said, name) if "/" in name else format(params[name], form or "")
    return said
