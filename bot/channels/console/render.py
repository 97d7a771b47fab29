"""Cards as lines of text. Pure; a card that is too long is shortened, never refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from bot.channels.console.text import clip, columns, pad, plain, plain_line, wrap
from core.domain.cards import Button, Card, Fact, Mark, Section, Step
from core.ports import Translator

T = TypeVar("T")

#: Columns of a rendered card.
WIDTH = 100

_INDENT = "  "
_GAP = 3
_MOST_LINES = 60  # of one block: more is for "Details"
_MOST_BODY_LINES = 200
_MOST_SECTIONS = 5
_MOST_TITLE_LINES = 3
_LONGEST_VALUE = 1_000  # of a fact or a line, in characters
_LONGEST_CODE = 16
_LONGEST_LABEL = 75  # Slack's limit for buttons; nobody reads more
_WIDEST_NAME = 20
_WIDEST_STEP = 12  # a longer label pushes only its own fact aside

_MARKS = {Mark.DONE: "v", Mark.RUNNING: ">", Mark.WAITING: ">", Mark.TODO: " ", Mark.FAILED: "x"}


def pressable(card: Card) -> tuple[Button, ...]:
    """Return the buttons that can be pressed, in the order of their numbers."""
    return tuple(button for button in card.buttons if button.token is not None)


def headline(card: Card) -> str:
    """Return title and code on one line."""
    return f"{plain_line(card.title)} {_code(card)}".rstrip()


class CardRenderer:
    """Renders cards in one language."""

    def __init__(self, translator: Translator, language: str) -> None:
        """Take the few words of the console itself from ``translator``."""
        self._translator = translator
        self._language = language

    def whole(self, card: Card) -> list[str]:
        """Return the lines of ``card``, its buttons numbered from 1."""
        numbered = [f"[{number}] {_label(button)}" for number, button in enumerate(pressable(card), 1)]
        return [*_title(card), *self._body(card), *_row(numbered)]

    def changes(self, before: Card, after: Card) -> list[str]:
        """Return a header and the lines of ``after`` that ``before`` had not; nothing when there are none.

        Buttons keep the numbers they were printed with, so here they come with what can be typed instead.
        """
        known = Counter(map(_essence, self._unnumbered(before)))
        fresh: list[str] = []
        for line in self._unnumbered(after):
            if known[_essence(line)]:
                known[_essence(line)] -= 1
            else:
                fresh.append(line)
        if not fresh and before.title == after.title:
            return []
        name = _code(after) or plain_line(after.title)
        header = self._translator.say(self._language, "{name} (updated)", name=name)
        if before.title != after.title and after.code:
            header += _INDENT + plain_line(after.title)
        return [*wrap(header, WIDTH, rest=_INDENT), *fresh]

    def _unnumbered(self, card: Card) -> list[str]:
        buttons = [
            f'[{_label(button)}] "{plain_line(button.typed)}"' if button.typed else f"[{_label(button)}]"
            for button in pressable(card)
        ]
        return [*self._body(card), *_row(buttons)]

    def _body(self, card: Card) -> list[str]:
        blocks = [
            self._shortened(_lines, card.lines),
            self._shortened(_facts, card.facts),
            self._shortened(partial(_table, card.table.header), card.table.rows) if card.table else [],
            self._shortened(self._steps, card.steps),
            *(self._shortened(_sections, [section]) for section in card.sections[:_MOST_SECTIONS]),
        ]
        return self._shortened(list, [line for block in blocks for line in block], _MOST_BODY_LINES)

    def _steps(self, steps: Sequence[Step]) -> list[str]:
        facts = [plain_line(self._with_state(step)) for step in steps]
        widths = _widths(step.label for step, fact in zip(steps, facts, strict=True) if fact)
        width = max((width for width in widths if width <= _WIDEST_STEP), default=0)
        lines: list[str] = []
        for step, fact in zip(steps, facts, strict=True):
            label = plain_line(step.label)
            gap = " " * (_GAP if columns(label) > width else 2)
            text = pad(label, width) + gap + fact if fact else label
            lines += wrap(f"{_INDENT}{_MARKS[step.mark]} {text}", WIDTH, rest=_INDENT * 3)
        return lines

    def _with_state(self, step: Step) -> str:
        """Return the fact of ``step``, led by the word for a state that its label alone may not tell."""
        say, language = self._translator.say, self._language
        match step.mark:
            case Mark.RUNNING:
                state = say(language, "running")
            case Mark.FAILED:
                state = say(language, "failed")
            case _:
                return step.fact
        if state in f"{step.label} {step.fact}".casefold():
            return step.fact
        return f"{state}: {step.fact}" if step.fact else state

    def _shortened(
        self, render: Callable[[Sequence[T]], list[str]], items: Sequence[T], most: int = _MOST_LINES
    ) -> list[str]:
        """Return ``items`` rendered; of a long block only the beginning and how much is missing."""
        lines = render(items[:most])
        left = max(len(items) - most, 0) + max(len(lines) - most, 0)
        if not left:
            return lines
        more = self._translator.say_many(self._language, "... {n} more line", "... {n} more lines", left)
        return [*lines[:most], _INDENT + more]


def _code(card: Card) -> str:
    return f"#{clip(plain_line(card.code), _LONGEST_CODE)}" if card.code else ""


def _label(button: Button) -> str:
    return clip(plain_line(button.label), _LONGEST_LABEL)


def _essence(line: str) -> str:
    """Return what of a line counts as a change; alignment does not."""
    return " ".join(line.split())


def _widths(names: Iterable[str]) -> list[int]:
    return [columns(plain_line(name)) for name in names]


def _lines(lines: Sequence[str]) -> list[str]:
    return [row for line in lines for row in wrap(plain(line, _LONGEST_VALUE), WIDTH, first=_INDENT, rest=_INDENT * 2)]


def _title(card: Card) -> list[str]:
    code = _code(card)
    first, *others = wrap(plain_line(card.title), WIDTH - columns(code) - _GAP, rest=_INDENT)
    if len(others) >= _MOST_TITLE_LINES:
        others = [*others[: _MOST_TITLE_LINES - 2], f"{_INDENT}..."]
    return [pad(first, WIDTH - columns(code)) + code if code else first, *others]


def _facts(facts: Sequence[Fact]) -> list[str]:
    width = min(max(_widths(fact.name for fact in facts), default=0), _WIDEST_NAME)
    indent = " " * (len(_INDENT) + width + _GAP)
    lines: list[str] = []
    for fact in facts:
        name = pad(clip(plain_line(fact.name), width), width + _GAP)
        lines += wrap(plain(fact.value, _LONGEST_VALUE), WIDTH, first=_INDENT + name, rest=indent)
    return lines


def _table(names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    count = max(map(len, (names, *cells)))
    rows = [[plain_line(cell) for cell in (*row, *[""] * (count - len(row)))] for row in (names, *cells)]
    widths = [max(columns(row[column]) for row in rows) for column in range(count)]
    room = WIDTH - len(_INDENT) - 2 * (count - 1)
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    header, *others = [
        (_INDENT + "  ".join(pad(clip(cell, width), width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
    return [header, _INDENT + "  ".join("-" * width for width in widths), *others]


def _sections(sections: Sequence[Section]) -> list[str]:
    lines: list[str] = []
    for section in sections:
        if section.title:
            lines += wrap(plain_line(section.title), WIDTH, first=_INDENT, rest=_INDENT * 2)
        lines += wrap(plain(section.text.rstrip()), WIDTH, first=_INDENT * 2, rest=_INDENT * 2)
    return lines


def _row(items: Sequence[str]) -> list[str]:
    """Return ``items`` side by side, in as many lines as they need."""
    lines: list[str] = []
    for item in items:
        if lines and columns(lines[-1]) + _GAP + columns(item) <= WIDTH:
            lines[-1] += " " * _GAP + item
        else:
            lines.append(clip(item, WIDTH))
    return lines
