"""Text for Slack: harmless, and measured as Slack measures it, after escaping. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.hidden_text import visible

#: Where strings from outside are cut before anything else looks at them, in characters.
LONGEST_TEXT = 10_000

_ELLIPSIS = "\u2026"
# What a character takes beside itself: Slack counts "&amp;" for "&", and JSON doubles what it quotes.
_EXTRA = {"&": 4, "<": 3, ">": 3, '"': 1, "\\": 1, "\n": 1}
_ASTRAL = "\U00010000"  # from here on a character counts as two in UTF-16


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return the first ``longest`` characters of ``text`` with line feeds for every break and the invisible visible."""
    return "\n".join(visible(line) for line in text[:longest].expandtabs(4).splitlines())


def plain_line(text: str) -> str:
    """Return ``text`` as ``plain`` does, on one line."""
    return " ".join(plain(text).split())


def escape(text: str) -> str:
    """Return ``text`` with the three characters replaced that begin markup; ``<!channel>`` becomes inert."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def weight(text: str) -> int:
    """Return how much of a limit ``text`` uses up: its length after escaping, never less than Slack counts."""
    utf_16 = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    return utf_16 + sum(text.count(character) * extra for character, extra in _EXTRA.items())


def clip(text: str, room: int) -> str:
    """Return ``text``, or its beginning and an ellipsis when it weighs more than ``room``."""
    return text if weight(text) <= room else text[: fitting(text, room - 1)].rstrip() + _ELLIPSIS


def fitting(text: str, room: int) -> int:
    """Return how many characters of ``text`` fit into ``room``."""
    for index, character in enumerate(text):
        room -= _weight(character)
        if room < 0:
            return index
    return len(text)


def share(wants: Sequence[int], room: int) -> int:
    """Return the highest cap for each under which all ``wants`` together fit into ``room``: only the longest suffer."""
    left = room
    for served, want in enumerate(sorted(wants)):
        fair = left // (len(wants) - served)
        if want > fair:
            return max(fair, 0)
        left -= want
    return max(wants, default=0)


def _weight(character: str) -> int:
    return 1 + (character >= _ASTRAL) + _EXTRA.get(character, 0)
