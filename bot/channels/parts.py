"""Parts: the body of a card in entries that are shortened fairly, and tables in a monospaced face. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import wcwidth

from bot.channels.text import plain, plain_line, share
from core.domain.cards import Mark, Section, Table

#: Entries of one part that are looked at; more is for "Details".
MOST_ENTRIES = 200
#: Sections that are looked at.
MOST_SECTIONS = 5

_LEAST_ENTRY = 40  # shorter entries say nothing: rather fewer of them
_LONGEST_CELL = 300  # characters of one that stands in lines of its own: eight lines of a phone
_ELLIPSIS = "\u2026"
_BREAK = 2  # what the line break between two entries takes at most
#: What stands between two cells; no cell holds as many spaces.
GUTTER = "  "

#: Returns how much of a platform's limit a text uses up.
Measure = Callable[[str], int]
#: Returns a text, or its beginning and an ellipsis, in so much room.
Clip = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """Entries that belong together; ``dropped`` counts those that are not here."""

    entries: tuple[str, ...]
    mono: bool
    dropped: int = 0

    def size(self, measure: Measure) -> int:
        """Return how much room it takes."""
        return sum(measure(entry) + _BREAK for entry in self.entries)

    def fitted(self, cap: int, measure: Measure, clip: Clip) -> Part:
        """Return it in at most ``cap``: its longest entries are clipped, and what is too many is counted."""
        if self.size(measure) <= cap:
            return self
        kept = self.entries[: max(cap // _LEAST_ENTRY, 1)]
        longest = share([measure(entry) + _BREAK for entry in kept], cap) - _BREAK
        clipped = tuple(clip(entry, max(longest, 1)) for entry in kept)
        return Part(clipped, self.mono, self.dropped + len(self.entries) - len(kept))


def part(entries: Sequence[str], count: int, *, mono: bool = False) -> Part:
    """Return a part of ``count`` entries, of which ``entries`` are the first."""
    return Part(tuple(entries), mono, max(count - len(entries), 0))


def section_parts(section: Section) -> Iterator[Part]:
    """Yield the title of ``section`` and its text, as it is."""
    if section.title:
        yield part([plain_line(section.title)], 1)
    lines = plain(section.text.rstrip()).split("\n")
    yield part(lines[:MOST_ENTRIES], len(lines), mono=True)


def table_lines(table: Table, widest: int) -> list[str]:
    """Return the rows of ``table``, at most ``widest`` columns wide, below a header that is one entry with its rule."""
    rows = _rows(table, 2 * widest)
    widths = _widths(rows)
    cap = max(share(widths, widest - len(GUTTER) * (len(widths) - 1)), 1)
    widths = [min(width, cap) for width in widths]
    header, *others = [GUTTER.join(map(_cell, row, widths)).rstrip() for row in rows]
    return [f"{header}\n{GUTTER.join('-' * width for width in widths)}", *others]


def is_wider(table: Table, widest: int) -> bool:
    """Say whether rows of ``table`` do not fit into ``widest`` columns."""
    widths = _widths(_rows(table, 2 * widest))
    return sum(widths) + len(GUTTER) * (len(widths) - 1) > widest


def stacked(table: Table, widest: int) -> list[list[str]]:
    """Return each row of ``table`` in lines of ``widest`` columns, or of one longer cell, none of which is cut to fit.

    The first cell names the row; the others are led by their header.
    """
    header, *rows = _rows(table, _LONGEST_CELL)
    entries = []
    for first, *others in rows:
        lines = [first]
        for name, cell in zip(header[1:], others, strict=True):
            if not cell:
                continue
            text = f"{name}: {cell}" if name else cell
            if columns(lines[-1]) + len(GUTTER) + columns(text) <= widest:
                lines[-1] += GUTTER + text
            else:
                lines.append(text)
        entries.append(lines)
    return entries


def _rows(table: Table, longest: int) -> list[list[str]]:
    """Return header and rows, equally many cells in each, of at most ``longest`` characters and an ellipsis."""
    count = max(map(len, (table.header, *table.rows)))
    shown = (table.header, *table.rows)[:MOST_ENTRIES]
    return [[plain_line(_begun(cell, longest)) for cell in (*row, *[""] * (count - len(row)))] for row in shown]


def _begun(cell: str, longest: int) -> str:
    return cell if len(cell) <= longest else f"{cell[:longest]}{_ELLIPSIS}"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(columns, column)) for column in zip(*rows, strict=True)]


def columns(text: str) -> int:
    """Return how many columns ``text`` takes; Korean letters take two."""
    return wcwidth.width(text)


def pad(text: str, width: int) -> str:
    """Return ``text`` with spaces behind it, ``width`` columns wide or wider."""
    return wcwidth.ljust(text, width)


def _cell(text: str, width: int) -> str:
    if columns(text) > width:
        text = wcwidth.clip(text, 0, width - 1) + _ELLIPSIS
    return pad(text, width)


def state_of(mark: Mark, say: Callable[[str], str]) -> str:
    """Return the word for how far a step is."""
    match mark:
        case Mark.DONE:
            return say("done")
        case Mark.RUNNING:
            return say("running")
        case Mark.WAITING:
            return say("waiting")
        case Mark.TODO:
            return say("to do")
        case Mark.FAILED:
            return say("FAILED")
