"""Cards as Block Kit. Pure; whatever a card holds, it fits: shortened, never refused, and never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.channels.parts import (
    MOST_ENTRIES,
    MOST_SECTIONS,
    Part,
    columns,
    pad,
    part,
    section_parts,
    state_of,
    table_lines,
)
from bot.channels.slack.carried import write_form
from bot.channels.slack.text import clip, fitting, weight
from bot.channels.text import escape, plain, plain_line, share
from core.domain.cards import Button, ButtonStyle, Card, Fact, Mark, PressDetails, Step
from core.ports import Translator

#: One Block Kit object, as it goes into JSON.
Block = dict[str, object]

# docs.slack.dev, reference/block-kit: the limits of the blocks, in characters after escaping.
_HEADER = 150
_SECTION = 3_000
_LABEL = 75
_BUTTONS_PER_BLOCK = 25
_BLOCKS_OF_HOME = 100
_FORM = 2_000 - 33  # of a value; the rest is the token

# Nowhere documented: slackapi/bolt-js#2509 saw refusals from 13,200 characters of blocks on, #2867 below 12,000.
_MESSAGE = 10_500

_NOTIFICATION = 300  # what a phone shows of a notification is less
_LONGEST_TITLE = 600
_LONGEST_CODE = 16
_MOST_BUTTONS = 40
_FORMS = 2_400  # what all forms that a message carries take of it
_BLOCK_COST = 130  # what a block costs besides its text
_LEAST_BODY = 200
_WIDEST_NAME = 20
_WIDEST_TABLE = 100  # columns
_GAP = 3
_FENCE = "```"

#: What stands where there is nothing to say: Slack refuses empty texts.
NOTHING = "-"
#: How the action ids of our buttons begin.
PRESS = "press"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: its blocks, and the ``text`` for notifications and screen readers."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class _Pressable:
    """A button, and its form in as many words as there is room for (empty: it opens none)."""

    button: Button
    form: str


class CardRenderer:
    """Renders cards; the few words of the channel itself are in one language."""

    def __init__(self, translator: Translator, language: str) -> None:
        """Take words from ``translator``."""
        self._translator = translator
        self._language = language

    def message(self, card: Card, asked_in: str | None = None) -> Rendered:
        """Return ``card`` as a message; ``asked_in`` is the channel that it answers, where the bot cannot write."""
        blocks = self._blocks(card, _MESSAGE)
        if asked_in is not None:
            origin: Block = {"type": "mrkdwn", "text": self._origin(asked_in)}
            blocks.append({"type": "context", "elements": [origin]})
        return Rendered(text=self._notification(card), blocks=blocks)

    def home(self, cards: Sequence[Card]) -> Block:
        """Return ``cards`` below each other as the view of the App Home."""
        blocks: list[Block] = []
        for shown, card in enumerate(cards):
            more = self._blocks(card, _MESSAGE)
            if len(blocks) + len(more) + 2 > _BLOCKS_OF_HOME:
                left = len(cards) - shown
                blocks.append(_context(self._say_many("... {n} more card", "... {n} more cards", left)))
                break
            if blocks:
                blocks.append({"type": "divider"})
            blocks += more
        return {"type": "home", "blocks": blocks}

    def _origin(self, channel: str) -> str:
        if channel[:1] not in {"C", "G"}:  # other people's direct messages have no name
            return self._say("You asked this in a conversation that I am not part of, so I answer here.")
        return self._say(
            "You asked this in {place}, where I cannot write. Invite me there to have the answers there.",
            place=f"<#{escape(channel)}>",
        )

    def _blocks(self, card: Card, room: int) -> list[Block]:
        title, pressable = _title(card), _pressable(card)
        parts = tuple(self._parts(card))
        used = weight(title) + sum(weight(_label(one.button)) + weight(one.form) + _BLOCK_COST for one in pressable)
        room = max(room - used - _BLOCK_COST * (len(parts) + 6), _LEAST_BODY)
        cap = share([one.size(weight) for one in parts], room)
        short = [one.fitted(cap, weight, clip) for one in parts]
        body = [block for one in short for block in _sections_of(self._text(one), mono=one.mono)]
        blocks = [_title_block(title, alone=not (body or pressable)), *body]
        if hint := self._hint(card, pressable, is_short=short != list(parts) or any(one.dropped for one in parts)):
            blocks.append(_context(hint))
        return [*blocks, *_buttons(pressable)]

    def _parts(self, card: Card) -> Iterator[Part]:
        """Yield what stands between title and buttons, in reading order."""
        if card.lines:
            yield part([plain(line).replace("\n", "\n  ") for line in card.lines[:MOST_ENTRIES]], len(card.lines))
        if card.facts:
            yield part(_facts(card.facts[:MOST_ENTRIES]), len(card.facts), mono=True)
        if card.table:
            yield part(table_lines(card.table, _WIDEST_TABLE), len(card.table.rows) + 1, mono=True)
        if card.steps:
            yield part(self._steps(card.steps[:MOST_ENTRIES]), len(card.steps), mono=True)
        for section in card.sections[:MOST_SECTIONS]:
            yield from section_parts(section)

    def _text(self, one: Part) -> str:
        text = "\n".join(one.entries)
        if not one.dropped:
            return text
        return f"{text}\n{self._say_many('... {n} more line', '... {n} more lines', one.dropped)}"

    def _hint(self, card: Card, pressable: Sequence[_Pressable], *, is_short: bool) -> str:
        """Return where to find what is missing; nothing when nothing is."""
        hints = []
        details = next((one.button for one in pressable if isinstance(one.button.press, PressDetails)), None)
        if is_short and details is not None:
            hints.append(self._say("Shortened: press {button} for more.", button=_label(details)))
        elif is_short:
            hints.append(self._say("Shortened."))
        if left := len([button for button in card.buttons if button.token is not None]) - len(pressable):
            hints.append(self._say_many("... {n} more button", "... {n} more buttons", left))
        return " ".join(hints)

    def _steps(self, steps: Sequence[Step]) -> list[str]:
        states = [state_of(step.mark, self._say) for step in steps]
        labels = [plain_line(step.label) for step in steps]
        width = max(map(columns, states))
        widest = max((columns(label) for label in labels if columns(label) <= _WIDEST_NAME), default=0)
        return [
            f"{pad(state, width)}  {pad(label, widest)}  {plain_line(step.fact)}".rstrip()
            for state, label, step in zip(states, labels, steps, strict=True)
        ]

    def _notification(self, card: Card) -> str:
        """Return title, code and the line that says most, as one line without markup."""
        current = next((s for s in card.steps if s.mark in {Mark.RUNNING, Mark.WAITING, Mark.FAILED}), None)
        line = card.lines[0] if card.lines else ""
        if not line and current is not None:
            state = state_of(current.mark, self._say)
            line = f"{current.label} {current.fact}"
            line = line if state in line else f"{state}: {line}"
        parts = [_title(card), *([clip(plain_line(line), _NOTIFICATION)] if line else [])]
        return escape(" - ".join(parts))

    def _say(self, message: str, **params: object) -> str:
        return self._translator.say(self._language, message, **params)

    def _say_many(self, one: str, many: str, n: int) -> str:
        return self._translator.say_many(self._language, one, many, n)


def _title(card: Card) -> str:
    title = clip(plain_line(card.title), _LONGEST_TITLE) or NOTHING
    return f"{title}  #{clip(plain_line(card.code), _LONGEST_CODE)}" if card.code else title


def _title_block(title: str, *, alone: bool) -> Block:
    """Return the title as a header; as an ordinary sentence when it is all there is, or too long for a header."""
    if alone or weight(title) > _HEADER:
        return {"type": "section", "text": plain_text(title)}
    return {"type": "header", "text": plain_text(title)}


def plain_text(text: str) -> Block:
    """Return a text object in which nothing is markup, not even an emoji's name."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [plain_text(text)]}


def _pressable(card: Card) -> list[_Pressable]:
    """Return the buttons that there is room for, each with the text of its form."""
    buttons = [button for button in card.buttons if button.token is not None][:_MOST_BUTTONS]
    wants = [weight(write_form(button.form) or "") for button in buttons if button.form is not None]
    room = min(share(wants, _FORMS), _FORM)
    forms = [write_form(button.form, room) if button.form is not None else "" for button in buttons]
    return [_Pressable(button, form) for button, form in zip(buttons, forms, strict=True) if form is not None]


def _label(button: Button) -> str:
    return clip(plain_line(button.label), _LABEL) or NOTHING


def _buttons(pressable: Sequence[_Pressable]) -> list[Block]:
    elements = [_button(one, index) for index, one in enumerate(pressable)]
    return [
        {"type": "actions", "elements": elements[start : start + _BUTTONS_PER_BLOCK]}
        for start in range(0, len(elements), _BUTTONS_PER_BLOCK)
    ]


def _button(pressable: _Pressable, index: int) -> Block:
    button = pressable.button
    element: Block = {
        "type": "button",
        "action_id": f"{PRESS}-{index}",
        "text": plain_text(_label(button)),
        # The press brings the form back: it has to open before anything is looked up.
        "value": f"{button.token} {pressable.form}".rstrip(),
    }
    return element if button.style is ButtonStyle.DEFAULT else {**element, "style": button.style.value}


def _facts(facts: Sequence[Fact]) -> list[str]:
    names = [clip(plain_line(fact.name), _WIDEST_NAME) for fact in facts]
    width = max(map(columns, names)) + _GAP
    return [
        (pad(name, width) + plain(fact.value).replace("\n", "\n" + " " * width)).rstrip()
        for name, fact in zip(names, facts, strict=True)
    ]


def _sections_of(text: str, *, mono: bool) -> list[Block]:
    """Return ``text`` in as many blocks as it needs."""
    if not text.strip():
        return []
    if not mono:
        return [{"type": "section", "text": plain_text(chunk)} for chunk in _chunks(text, _SECTION)]
    text = text.replace(_FENCE, "'''")  # the only thing that is markup within a fence is its end
    return [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"{_FENCE}\n{escape(chunk)}\n{_FENCE}", "verbatim": True},
        }
        for chunk in _chunks(text, _SECTION - 2 * len(f"{_FENCE}\n") - 2)
    ]


def _chunks(text: str, limit: int) -> list[str]:
    """Return ``text`` in pieces of at most ``limit``, divided between lines where that is possible."""
    chunks: list[str] = []
    for line in _breakable(text.split("\n"), limit):
        if chunks and weight(chunks[-1]) + weight(line) + 2 <= limit:
            chunks[-1] += "\n" + line
        else:
            chunks.append(line)
    return [chunk for chunk in chunks if chunk.strip()]


def _breakable(lines: Iterable[str], limit: int) -> Iterator[str]:
    for line in lines:
        rest = line
        while weight(rest) > limit:
            cut = fitting(rest, limit)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest
