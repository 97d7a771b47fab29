"""Cursors: where the page before ended, and of which list; opaque to who passes them on."""

from __future__ import annotations

import base64
import json
import re
from typing import Annotated, Any

from pydantic import Field

from core.domain.base import canonical_json, sha256_hex
from core.errors import ForeignCursor

_BRIEF = 16  # hexadecimal digits that tell lists apart
_LONGEST = 500

#: Base64 as addresses take it.
CURSOR = r"^[A-Za-z0-9_-]*$"
Cursor = Annotated[str, Field(max_length=_LONGEST, pattern=CURSOR)]


def kind_of(*parts: Any) -> str:
    """Return what tells a list from lists with other filters or another order; how long a page is may change."""
    return sha256_hex(canonical_json(list(parts)))[:_BRIEF]


def cursor_to(kind: str, value: str | None, ident: str) -> str:
    """Return the cursor of the page that begins behind the row ``ident``, which is sorted by ``value``."""
    return base64.urlsafe_b64encode(canonical_json([kind, value, ident])).decode().rstrip("=")


def read_cursor(text: str, kind: str) -> tuple[Any, str]:
    """Return value and id of the row that the page before ended with.

    Raises:
        ForeignCursor: the cursor is none, or comes from another list.
    """
    try:
        found, value, ident = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        is_ours = found == kind and re.fullmatch(r"[0-9a-f-]{36}", ident)
    except (ValueError, TypeError, RecursionError) as error:
        raise ForeignCursor from error
    if not is_ours:
        raise ForeignCursor
    return value, ident
