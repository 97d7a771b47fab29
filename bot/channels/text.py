"""Text from outside, made harmless, and room shared out, for channels whose messages have limits. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.hidden_text import visible

#: Where strings from outside are cut before anything else looks at them, in characters.
LONGEST_TEXT = 10_000


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return the first ``longest`` characters of ``text`` with line feeds for every break and the invisible visible."""
    return "\n".join(visible(line) for line in text[:longest].expandtabs(4).splitlines())


def plain_line(text: str) -> str:
    """Return ``text`` as ``plain`` does, on one line."""
    return " ".join(plain(text).split())


def escape(text: str) -> str:
    """Return ``text`` with the three characters replaced that begin markup; ``<!channel>`` becomes inert."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def utf_16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, in which Slack and Telegram count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def share(wants: Sequence[int], room: int) -> int:
    """Return the highest cap for each under which all ``wants`` together fit into ``room``: only the longest suffer."""
    left = room
    for served, want in enumerate(sorted(wants)):
        fair = left // (len(wants) - served)
        if want > fair:
            return max(fair, 0)
        left -= want
    return max(wants, default=0)
