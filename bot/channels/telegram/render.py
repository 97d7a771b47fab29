"""Cards as Telegram HTML with an inline keyboard. Pure; whatever a card holds, it fits, and is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.channels.parts import (
    GUTTER,
    MOST_ENTRIES,
    MOST_SECTIONS,
    Part,
    is_wider,
    part,
    section_parts,
    stacked,
    state_of,
    table_lines,
)
from bot.channels.telegram.text import Run, clip, html_of, inert, text_of
from bot.channels.text import escape, plain, plain_line, share, utf_16
from core.domain.cards import Button, Card, Fact, PressDetails, Step
from core.ports import Translator

#: Rows of buttons, as they go into JSON.
Keyboard = list[list[dict[str, Any]]]

# core.telegram.org/bots/api: sendMessage, text, in UTF-16 units after entities parsing; a little is kept back.
_MESSAGE = 4_096 - 32
# InlineKeyboardButton, callback_data: bytes.
_DATA = 64
# Entities beyond the hundredth are dropped, and with them what keeps a text from becoming a link.
_MOST_MARKED = 90

_LONGEST_TITLE = 600
_LONGEST_CODE = 16
_LABEL = 48
_ROW = 30  # characters of the labels that stand beside each other on a phone
_MOST_BUTTONS = 40
_WIDEST_NAME = 40
_WIDEST_TABLE = 34  # columns of a monospaced face that a phone shows; wider tables break up, or are cut
_WIDEST_LINE = 44  # columns of a row of such a table, in the face of the text
_PAIR = 2
_LEAST_BODY = 200
_NAMES = 300
_MORE = "\n    "  # lines after the first must not look like another entry
_CODE = re.compile(r"[A-Z0-9]*[A-Z][A-Z0-9]*")

#: What stands where there is nothing to say: Telegram refuses empty texts.
NOTHING = "-"
#: How the data of our buttons begins: a press that counts at once, and one that asks first.
PRESS, ASK = "p:", "f:"

_Kind = Literal["lines", "facts", "rows", "mono"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: its HTML, the same without markup, and its buttons."""

    html: str
    plain: str
    keyboard: Keyboard


class CardRenderer:
    """Renders cards; the few words of the channel itself are in one language."""

    def __init__(self, translator: Translator, language: str, *, username: str) -> None:
        """Take words from ``translator``; ``username`` is the bot's, for links to its private chat."""
        self._username = username
        self._translator = translator
        self._language = language

    def message(self, card: Card, asked_in: str | None = None, *, in_group: bool = False) -> Rendered:
        """Return ``card`` as a message; ``asked_in`` is the chat that it answers, where the bot cannot write.

        In a group those are invited who have to press Start before they can be written to in private.
        """
        title, buttons = _title(card), _pressable(card)
        origin = self._origin(asked_in) if asked_in is not None else ""
        invitation = self._invitation(card.invited) if card.invited and in_group else ""
        parts = list(self._parts(card))
        used = (
            utf_16(text_of(title)) + utf_16(origin) + utf_16(invitation) + 160 + 3 * len(parts)
        )  # hint, lines "... 5 more lines"
        room = max(_MESSAGE - used - 40 * len(parts), _LEAST_BODY)
        cap = share([one.size(utf_16) for _, one in parts], room)
        short = [(kind, one.fitted(cap, utf_16, clip)) for kind, one in parts]
        is_short = short != parts or any(one.dropped for _, one in parts)
        hint = self._hint(card, buttons, is_short=is_short)
        body = [self._runs(kind, one, all_mono=False) for kind, one in short]
        if sum(run.tag != "" for runs in (title, *body) for run in runs) > _MOST_MARKED:
            body = [self._runs(kind, one, all_mono=True) for kind, one in short]
        blocks = [title, *body, *([list(inert(line)) for line in (hint, invitation, origin) if line])]
        runs = [run for number, block in enumerate(blocks) for run in ([Run("\n\n")] if number else []) + block]
        start = [[{"text": self._say("Start"), "url": start_link(self._username)}]] if invitation else []
        return Rendered(html=html_of(runs), plain=text_of(runs), keyboard=[*_rows(buttons), *start])

    def _origin(self, chat: str) -> str:
        return self._say(
            "You asked this in {place}, where I cannot write. Invite me there to have the answers there.",
            place=plain_line(chat),
        )

    def _invitation(self, names: Sequence[str]) -> str:
        who = clip(", ".join(map(plain_line, names)), _NAMES)
        return self._say(
            "I cannot write to {who} in private yet: open my private chat, and press Start there.", who=who
        )

    def _parts(self, card: Card) -> Iterator[tuple[_Kind, Part]]:
        """Yield what stands below the title, in reading order."""
        if card.lines:
            yield (
                "lines",
                part([plain(line).replace("\n", _MORE) for line in card.lines[:MOST_ENTRIES]], len(card.lines)),
            )
        if card.facts:
            shown = [_fact(fact) for fact in card.facts[:MOST_ENTRIES]]
            yield "facts", part(shown, len(card.facts))
        if card.table and len(card.table.header) == _PAIR:
            # On a phone pairs read better as lines than beside each other.
            cells = [(*row, "", "") for row in card.table.rows[:MOST_ENTRIES]]
            pairs = [_fact(Fact(name=name, value=value)) for name, value, *_ in cells]
            yield "facts", part(pairs, len(card.table.rows))
        elif card.table and is_wider(card.table, _WIDEST_TABLE):
            entries = [_MORE.join(lines) for lines in stacked(card.table, _WIDEST_LINE)]
            yield "rows", part(entries, len(card.table.rows))
        elif card.table:
            yield "mono", part(table_lines(card.table, _WIDEST_TABLE), len(card.table.rows) + 1, mono=True)
        if card.steps:
            yield "facts", part([self._step(step) for step in card.steps[:MOST_ENTRIES]], len(card.steps))
        for section in card.sections[:MOST_SECTIONS]:
            for one in section_parts(section):
                yield "mono" if one.mono else "lines", one

    def _runs(self, kind: _Kind, one: Part, *, all_mono: bool) -> list[Run]:
        entries = list(one.entries)
        if kind == "mono" or all_mono:
            marked = [Run("\n".join(entries) or NOTHING, "pre")]
        else:
            marked = [run for entry in entries for run in (*_entry(entry, kind), Run("\n"))][:-1]
        if not one.dropped:
            return marked
        more = self._say_many("... {n} more line", "... {n} more lines", one.dropped)
        return [*marked, Run(f"\n{more}")]

    def _hint(self, card: Card, buttons: Sequence[Button], *, is_short: bool) -> str:
        """Return where to find what is missing; nothing when nothing is."""
        hints = []
        details = next((button for button in buttons if isinstance(button.press, PressDetails)), None)
        if is_short and details is not None:
            hints.append(self._say("Shortened: press {button} for more.", button=_label(details)))
        elif is_short:
            hints.append(self._say("Shortened."))
        if left := sum(button.token is not None for button in card.buttons) - len(buttons):
            hints.append(self._say_many("... {n} more button", "... {n} more buttons", left))
        return " ".join(hints)

    def _step(self, step: Step) -> str:
        state, label, fact = state_of(step.mark, self._say), plain_line(step.label), plain_line(step.fact)
        parts = (label, fact) if label.startswith(state) else (state, f"{label} {fact}")
        return ": ".join(filter(None, map(str.strip, parts)))

    def _say(self, message: str, **params: object) -> str:
        return self._translator.say(self._language, message, **params)

    def _say_many(self, one: str, many: str, n: int) -> str:
        return self._translator.say_many(self._language, one, many, n)


def rows(buttons: Sequence[dict[str, Any]]) -> Keyboard:
    """Return ``buttons`` in rows: as many beside each other as a phone shows whole."""
    found: Keyboard = []
    used = 0
    for button in buttons:
        width = utf_16(button["text"]) + 2
        if not found or used + width > _ROW:
            found.append([])
            used = 0
        found[-1].append(button)
        used += width
    return found


def start_link(username: str) -> str:
    """Return the address that opens the private chat with the bot ``username``, with its button Start."""
    return f"https://t.me/{username}?start=hello"


def label_of(text: str) -> str:
    """Return ``text`` as a button can show it."""
    return clip(plain_line(text), _LABEL) or NOTHING


def link(url: str, text: str) -> str:
    """Return a link of our own making; ``text`` is whatever somebody wrote."""
    return f'<a href="{escape(url).replace(chr(34), "&quot;")}">{escape(text)}</a>'


def _title(card: Card) -> list[Run]:
    title = clip(plain_line(card.title), _LONGEST_TITLE) or NOTHING
    runs = list(inert(title, "b"))
    if card.code:
        code = clip(plain_line(card.code), _LONGEST_CODE)
        # A tap on the hashtag finds everything that was said about the request.
        runs += [Run("  "), *([Run(f"#{code}")] if _CODE.fullmatch(code) else inert(f"#{code}"))]
    return runs


def _fact(fact: Fact) -> str:
    name, value = clip(plain_line(fact.name), _WIDEST_NAME), plain(fact.value).replace("\n", _MORE)
    return f"{name}: {value}" if name else f"{_MORE[1:]}{value}"


def _entry(entry: str, kind: _Kind) -> Iterator[Run]:
    name, colon, value = entry.partition(": ")
    if kind == "facts" and colon and name.strip() == name and "\n" not in name and utf_16(name) <= _WIDEST_NAME:
        yield from inert(f"{name}:", "b")
        yield from inert(f" {value}")
    elif kind == "rows":
        first = entry.split("\n", 1)[0].split(GUTTER, 1)[0]
        yield from inert(first, "b")
        yield from inert(entry.removeprefix(first))
    else:
        yield from inert(entry)


def _pressable(card: Card) -> list[Button]:
    """Return the buttons that there is room for."""
    pressable = [button for button in card.buttons if button.token and len(_data(button)) <= _DATA]
    return pressable[:_MOST_BUTTONS]


def _rows(buttons: Sequence[Button]) -> Keyboard:
    return rows([{"text": _label(button), "callback_data": _data(button)} for button in buttons])


def _data(button: Button) -> str:
    return f"{PRESS if button.form is None else ASK}{button.token}"


def _label(button: Button) -> str:
    return label_of(button.label)
