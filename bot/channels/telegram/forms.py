"""A form on Telegram: its fields are asked one after the other, in messages that carry what was answered so far. Pure.

A text is asked with a message to reply to; things to tick with a message whose buttons are the options. Both begin with
a link of our own: its address holds the token of the button that opened the form, the copy that was on, and what was
ticked in earlier fields. Earlier texts stand below, each in a block. So a restart, or another process, forgets nothing,
and the form itself stays in the database, by its token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.channels.filling import Answer, Filling
from bot.channels.telegram.render import NOTHING, Keyboard, label_of, link, rows
from bot.channels.telegram.text import clip, piece
from bot.channels.text import escape, plain, plain_line, utf_16
from core.domain.cards import Asking
from core.domain.forms import ChoicesField, Form, TextField
from core.ports import Translator

#: How the data of the buttons of a form begin or are: tick an option, go on, give up.
TICK, ON, DROP = "t:", "d", "x"
#: What is replied to leave a field empty, and to leave it as it is.
EMPTY, KEEP = "-", "="

_TICKED, _UNTICKED = "[x] ", "[ ] "
_HEADING = 300
_QUESTION = 1_000
_EARLIER = 1_000  # of a text that is carried on to the next field
_SHOWN = 200
# More buttons than this make no list that anybody reads on a phone, and Telegram takes a hundred in all.
_MOST_OPTIONS = 60
_LANGUAGE = "language-"
_PLACEHOLDER = 64  # core.telegram.org/bots/api, ForceReply


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a form, as a message: its HTML, and what stands below: buttons, or the demand to reply."""

    html: str
    markup: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question carries: its heading, the button's token, the card's message, and the answers so far.

    ``ticked`` are those to fields with options, in their order, ``typed`` the others by name.
    """

    heading: str
    token: str
    message_id: str | None = None
    ticked: tuple[tuple[int, ...], ...] = ()
    typed: Mapping[str, str] | None = None

    def filling(self, form: Form) -> Filling:
        """Return ``form`` with the answers that were given so far."""
        filling, ticked, typed = Filling(self.token, form), list(self.ticked), dict(self.typed or {})
        for field in form.fields:
            if isinstance(field, ChoicesField) and ticked:
                filling = filling.answered(ticked.pop(0))
            elif isinstance(field, TextField) and field.name in typed:
                filling = filling.answered(typed[field.name])
            else:
                break
        return filling


def question(heading: str, asking: Asking, username: str, translator: Translator, *, in_group: bool) -> Asked:
    """Return the next question of a form for the bot ``username``; in a group who is asked is mentioned, to reply."""
    filling = Filling(asking.token, asking.form, asking.answers)
    carried = Carried(heading=heading, token=asking.token, message_id=asking.message_id)

    def say(message: str, **params: object) -> str:
        return translator.say(filling.form.language, message, **params)

    field = filling.field
    lines = [link(_address(filling, carried, username), clip(plain_line(carried.heading), _HEADING) or NOTHING)]
    lines += [_block(name, text) for name, text in filling.fields.items() if isinstance(text, str)]
    lines.append(escape(clip(plain_line(field.label), _QUESTION) or NOTHING))
    keyboard = None
    if isinstance(field, TextField):
        lines += [escape(hint) for hint in _text_hints(field, say)]
    elif len(field.options) <= _MOST_OPTIONS:
        keyboard = _keyboard(field, say)
    else:
        options = [f"{number} {plain_line(option.label)}" for number, option in enumerate(field.options, 1)]
        room = max((4_000 - _HEADING - _QUESTION - 2 * _EARLIER) // len(options) - 1, 8)
        lines += [escape(clip(option, room)) for option in options]
        lines.append(escape(say('Reply with numbers such as 1,3 or "all".')))
    if keyboard is not None:
        return Asked("\n".join(lines), {"inline_keyboard": keyboard})
    label = clip(plain_line(field.label), _PLACEHOLDER) or NOTHING
    if in_group:
        name = clip(plain_line(asking.who.display_name), _PLACEHOLDER) or asking.who.external_id
        lines.append(link(f"tg://user?id={asking.who.external_id}", name))
    wants = {"force_reply": True, "input_field_placeholder": label, "selective": in_group}
    return Asked("\n".join(lines), wants)


def read_carried(message: Mapping[str, Any], username: str) -> Carried | None:
    """Return what ``message``, one of the bot's own, carries; None when it is no question of a form."""
    text, entities = message.get("text") or "", message.get("entities") or ()
    first: Mapping[str, Any] = next(iter(entities), {})
    if first.get("type") != "text_link" or first["offset"]:
        return None
    address = urlsplit(first["url"])
    values = parse_qs(address.query).get("form")
    if address.hostname != "t.me" or address.path.strip("/") != username or not values:
        return None
    token, message_id, *masks = values[0].split(".")
    blocks = [one for one in entities if one["type"] == "pre" and str(one.get("language", "")).strip()]
    return Carried(
        heading=piece(text, 0, first["length"]),
        token=token,
        message_id=message_id or None,
        ticked=tuple(_positions(mask) for mask in masks),
        typed={one["language"]: _unempty(piece(text, one["offset"], one["length"])) for one in blocks},
    )


def ticked_in(markup: Mapping[str, Any]) -> frozenset[int]:
    """Return the positions, from 0, of the options that are ticked on the buttons of a question."""
    buttons = [button for row in markup.get("inline_keyboard") or () for button in row]
    return frozenset(
        int(button["callback_data"].removeprefix(TICK))
        for button in buttons
        if button.get("callback_data", "").startswith(TICK) and button["text"].startswith(_TICKED)
    )


def labels_at(markup: Mapping[str, Any], positions: frozenset[int]) -> list[str]:
    """Return what the options at ``positions`` are called on the buttons of a question."""
    buttons = [button for row in markup.get("inline_keyboard") or () for button in row]
    wanted = {f"{TICK}{position}" for position in positions}
    return [button["text"][len(_TICKED) :] for button in buttons if button.get("callback_data") in wanted]


def with_ticks(markup: Mapping[str, Any], ticked: frozenset[int]) -> Keyboard:
    """Return the buttons of a question, showing that the options at ``ticked`` are ticked."""

    def shown(button: dict[str, Any]) -> dict[str, Any]:
        data = button["callback_data"]
        if not data.startswith(TICK):
            return button
        mark = _TICKED if int(data.removeprefix(TICK)) in ticked else _UNTICKED
        return {**button, "text": mark + button["text"][len(mark) :]}

    return [[shown(button) for button in row] for row in markup["inline_keyboard"]]


def _address(filling: Filling, carried: Carried, username: str) -> str:
    answered = zip(filling.form.fields, filling.answers, strict=False)
    masks = [
        _mask(answer) for field, answer in answered if isinstance(field, ChoicesField) and isinstance(answer, tuple)
    ]
    return f"https://t.me/{username}?form={'.'.join((carried.token, carried.message_id or '', *masks))}"


def _mask(positions: tuple[int, ...]) -> str:
    return format(sum(1 << position for position in positions), "x")


def _positions(mask: str) -> tuple[int, ...]:
    bits = int(mask, 16)
    return tuple(position for position in range(bits.bit_length()) if bits >> position & 1)


def _block(name: str, text: str) -> str:
    return f'<pre><code class="{_LANGUAGE}{name}">{escape(text or EMPTY)}</code></pre>'


def _unempty(text: str) -> str:
    return "" if text == EMPTY else text


def fits_between(answer: Answer) -> bool:
    """Whether ``answer`` can be carried on to the next question: it stands there as it is, or not at all."""
    return not isinstance(answer, str) or (utf_16(answer) <= _EARLIER and plain(answer) == answer.strip() == answer)


def _keyboard(field: ChoicesField, say: Any) -> Keyboard:
    options = [
        {
            "text": (_TICKED if position in field.ticked else _UNTICKED) + label_of(option.label),
            "callback_data": f"{TICK}{position}",
        }
        for position, option in enumerate(field.options)
    ]
    ends = [
        {"text": label_of(say("Go on")), "callback_data": ON},
        {"text": label_of(say("Cancel")), "callback_data": DROP},
    ]
    return [*([option] for option in options), *rows(ends)]


def _text_hints(field: TextField, say: Any) -> list[str]:
    kept = clip(plain_line(field.initial), _SHOWN)
    hints = [say("Reply to this message with the answer.")]
    if kept:
        hints.append(say('Reply "=" to keep {kept}.', kept=kept))
    if field.optional:
        hints.append(say('Reply "-" to leave it empty.'))
    return hints
