"""Text for Slack, measured as Slack measures it: after escaping. Pure."""

from __future__ import annotations

from bot.channels.text import utf_16

_ELLIPSIS = "\u2026"
# What a character takes beside itself: Slack counts "&amp;" for "&", and JSON doubles what it quotes.
_EXTRA = {"&": 4, "<": 3, ">": 3, '"': 1, "\\": 1, "\n": 1}
_ASTRAL = "\U00010000"  # from here on a character counts as two in UTF-16


def weight(text: str) -> int:
    """Return how much of a limit ``text`` uses up: its length after escaping, never less than Slack counts."""
    return utf_16(text) + sum(text.count(character) * extra for character, extra in _EXTRA.items())


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


def _weight(character: str) -> int:
    return 1 + (character >= _ASTRAL) + _EXTRA.get(character, 0)
