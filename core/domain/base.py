"""What every domain type shares: frozen, keyword-only, no unknown fields, aware datetimes, program-made ids."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import uuid
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from core.domain.audit.hashing import canonical_json as canonical_json  # noqa: PLC0414 - offered here too
from core.domain.audit.hashing import iso as iso  # noqa: PLC0414 - offered here too

# People read codes aloud and type them on phones: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"

# One transaction writes several rows at one moment, and lists show them in the order of their ids.
_MADE = itertools.count()


class Domain(BaseModel):
    """A frozen value; "changing" it means ``evolve``, which validates the copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64")

    def evolve(self, **changes: Any) -> Self:
        """Return a validated copy with ``changes``."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


def new_id(now: datetime) -> str:
    """Return a time-ordered UUID (version 7) as 36-character text; ids of one moment sort as they were made.

    RFC 9562, sections 5.7 and 6.2 (method 1): 26 bits count within the process, 48 bits are random.
    """
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    count = next(_MADE)
    high, low = count >> 14 & 0xFFF, count & 0x3FFF
    value = (milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | (low << 48) | secrets.randbits(48)
    return str(uuid.UUID(int=value))


def lowest_id(moment: datetime) -> str:
    """Return what is at most any id that ``new_id`` makes at ``moment`` or later, and above those of before."""
    milliseconds = int(moment.timestamp() * 1000) & ((1 << 48) - 1)
    return str(uuid.UUID(int=milliseconds << 80))


def new_code(length: int = 4) -> str:
    """Return a random code of ``length`` characters that people can read aloud, such as ``7F3K``.

    It has a letter and a digit, so that it is no word ("reject THEY") and no number.
    """
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
        if not code.isalpha() and not code.isdigit():
            return code


def code_of(secret: str, length: int) -> str:
    """Return the code of ``length`` characters that whoever knows ``secret`` comes to, and nobody else."""
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest())
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[place])
    return "".join(letters)


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
