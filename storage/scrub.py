"""The last door before the database: nothing is written as free text or JSON without passing it."""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import to_jsonable_python

from core.domain.masking import Masker

# No database takes half a surrogate pair, and PostgreSQL takes no NUL; platforms deliver both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Scrubber:
    """Masks secrets and replaces what no database can hold."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker

    def text(self, text: str, limit: int | None = None) -> str:
        """Return ``text`` as it may be stored, cut to ``limit`` characters: masking can make it longer."""
        return _UNSTORABLE.sub("\ufffd", self._masker.text(text))[:limit]

    def data(self, value: Any) -> Any:
        """Return ``value`` (models too) as JSON data with every string, keys included, as it may be stored."""
        return self._walk(to_jsonable_python(value))

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self._walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._walk(item) for item in value]
        # A database may give 1.0 back as 1, which would be another payload for the hash.
        return int(value) if isinstance(value, float) and value.is_integer() else value
