"""Hidden text: characters nobody sees but a model reads, found by place and shown by code point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Unicode Standard 23.2 (layout controls), 23.4 (variation selectors), 23.9 (tags); UAX #9 (bidirectional).
# A joiner between emoji, a single variation selector and the form feed are ordinary writing, so they pass.
_KINDS = {
    "zero-width": (
        "[\u200b\u200c\u2060-\u2064\ufeff\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0]+"
        "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
    ),
    "bidirectional": "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+",
    "tag characters": "[\U000e0000-\U000e007f]+",
    "variation selectors": "[\U000e0100-\U000e01ef]+|[\ufe00-\ufe0f]{2,}",
    "control characters": "[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+",
}
_KIND_OF_GROUP = tuple(_KINDS)
_HIDDEN = re.compile("|".join(f"({pattern})" for pattern in _KINDS.values()))
# Every character that a match can begin with: one set is found many times faster than the patterns are tried.
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u2069\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e007f"
    "\U000e0100-\U000e01ef]"
)
_ASCII_SUSPECTS = bytes(byte for byte in range(128) if _SUSPECT.match(chr(byte)))

# What must not reach a line of its own making: hidden text and everything that breaks a line.
_UNPRINTABLE = re.compile(f"[\n\v\f\r\t]|{_HIDDEN.pattern}")


class HiddenText(NamedTuple):
    """A run of hidden characters: its kind, such as "zero-width", and the offset of the first one."""

    kind: str
    offset: int


def find_hidden(text: str) -> Iterator[HiddenText]:
    """Yield every run of hidden characters in order; a byte order mark at the very start is none."""
    if text.isascii() and len(text.encode().translate(None, _ASCII_SUSPECTS)) == len(text):
        return  # what most files are, in a tenth of the time
    at = 1 if text.startswith("\ufeff") else 0
    while suspect := _SUSPECT.search(text, at):
        at = suspect.end()
        if match := _HIDDEN.match(text, suspect.start()):
            at = match.end()
            yield HiddenText(_KIND_OF_GROUP[(match.lastindex or 1) - 1], match.start())


def without_hidden(text: str) -> str:
    """Return ``text`` as one line without its hidden characters."""
    return " ".join(_HIDDEN.sub("", " ".join(text.split())).split())


def visible(text: str, limit: int | None = None) -> str:
    """Return ``text``, cut at ``limit``, as one line; a hidden character reads like ``<U+202E>``."""
    cut = text if limit is None or len(text) <= limit else text[: limit - 3] + "..."
    return _UNPRINTABLE.sub(lambda match: "".join(f"<U+{ord(char):04X}>" for char in match[0]), cut)
