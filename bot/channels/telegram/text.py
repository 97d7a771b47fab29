"""Text for Telegram: plain and marked runs, measured as Telegram does, once its markup is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.channels.text import escape, utf_16

_ELLIPSIS = "\u2026"
_ASTRAL = "\U00010000"  # from here on a character counts as two in UTF-16

# What Telegram's clients would make a link, a mention or a command of, without any markup: one tap on "/approve" in a
# skill's description would say it in the reader's name. Within code nothing is made of anything.
_LIVE = re.compile(r"(?:^|[^\w])[/@]\w|://|\w\.[^\W\d_]{2}|^(?:tg|ton|mailto):", re.IGNORECASE)
_WORDS = re.compile(r"(\s+)")
# With more of them in one entry than this, the whole entry is code: only so many places of a message are marked.
_MOST_LIVE = 3

Tag = Literal["", "b", "code", "pre"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with at most one tag around it: Telegram allows none within code."""

    text: str
    tag: Tag = ""

    def html(self) -> str:
        """Return it in Telegram's HTML."""
        return f"<{self.tag}>{escape(self.text)}</{self.tag}>" if self.tag else escape(self.text)


def inert(text: str, tag: Tag = "") -> Iterator[Run]:
    """Yield ``text`` with ``tag`` around it, except that whatever would become something to tap on is code."""
    words = _WORDS.split(text)
    live = [bool(_LIVE.search(word)) for word in words]
    if sum(live) > _MOST_LIVE:
        yield Run(text, "code")
        return
    start = 0
    for place, is_live in enumerate(live):
        if is_live:
            if before := "".join(words[start:place]):
                yield Run(before, tag)
            yield Run(words[place], "code")
            start = place + 1
    if rest := "".join(words[start:]):
        yield Run(rest, tag)


def html_of(runs: Iterable[Run]) -> str:
    """Return ``runs`` in Telegram's HTML."""
    return "".join(run.html() for run in runs)


def text_of(runs: Iterable[Run]) -> str:
    """Return ``runs`` without any markup."""
    return "".join(run.text for run in runs)


def clip(text: str, room: int) -> str:
    """Return ``text``, or its beginning and an ellipsis when it is longer than ``room`` UTF-16 units."""
    return text if utf_16(text) <= room else text[: _fitting(text, room - 1)].rstrip() + _ELLIPSIS


def piece(text: str, offset: int, length: int) -> str:
    """Return what an entity at ``offset`` with ``length`` (both in UTF-16 units) covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def _fitting(text: str, room: int) -> int:
    for index, character in enumerate(text):
        room -= 1 + (character >= _ASTRAL)
        if room < 0:
            return index
    return len(text)
