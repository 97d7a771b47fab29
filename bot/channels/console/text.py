"""Text for a terminal: harmless, and laid out by the columns its characters really take. Pure."""

from __future__ import annotations

import re
import unicodedata

import wcwidth

#: Where strings from outside are cut before anything else looks at them, in characters.
LONGEST_TEXT = 4_000
_ELLIPSIS = "..."

# ECMA-48, 5.4: a control sequence (colour, cursor). Other escapes lose only their first character, so that a
# sequence without an end cannot hide the rest of the text from its reader.
_CONTROL_SEQUENCE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]")
_BREAK = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Persian words and emoji families need the two joiners. Behind Latin letters they only hide something, as all
# other format characters do everywhere.
_SUSPECT = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]|[^\x00-\x7f\u200c\u200d]|[\x00-\x09\x0b-\x1f\x7f]")


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return ``text`` without control characters, and with ``<U+202E>`` and the like for what is invisible.

    Line breaks of every kind become line feeds, tabs become spaces; ``longest`` characters are kept.
    """
    if len(text) > longest:
        text = text[:longest] + _ELLIPSIS
    if text.isascii() and text.isprintable():
        return text
    text = _BREAK.sub("\n", _CONTROL_SEQUENCE.sub("", text)).expandtabs(4)
    return _SUSPECT.sub(_harmless, text)


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    match unicodedata.category(character):
        case "Cc":
            return ""
        case "Cf":
            return f"<U+{ord(character):04X}>"
        case "Cs":
            return "\ufffd"  # half a character cannot be written to a terminal
        case _:
            return character


def plain_line(text: str) -> str:
    """Return ``text`` as ``plain`` does, on one line."""
    return " ".join(plain(text).split())


def columns(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal; Korean letters take two."""
    return wcwidth.width(text)


def pad(text: str, width: int) -> str:
    """Return ``text`` with spaces behind it, ``width`` columns wide or wider."""
    return wcwidth.ljust(text, width)


def clip(text: str, width: int) -> str:
    """Return ``text``, or its beginning and three dots when it takes more than ``width`` columns."""
    if columns(text) <= width:
        return text
    return (wcwidth.clip(text, 0, max(width - len(_ELLIPSIS), 0)).rstrip() + _ELLIPSIS)[:width]


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return ``text`` in lines of at most ``width`` columns; the first and the others begin with a prefix."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        prefix = rest if lines else first
        lines += wcwidth.wrap(
            paragraph, width, initial_indent=prefix, subsequent_indent=rest, break_on_hyphens=False
        ) or [prefix.rstrip()]
    return lines
