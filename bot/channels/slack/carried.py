"""A form on its way through Slack: short text that a button carries and a press brings back. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.channels.slack.text import clip, weight
from bot.channels.text import plain
from core.domain.forms import ChoicesField, Form, FormField, Option, TextField

# docs.slack.dev, reference/views and block-kit; lengths after escaping.
TITLE = 24
LABEL = 2_000
OPTION = 75

# Where labels are clipped further, the first one with which the form fits.
_LABELS = (2_000, 1_000, 500, 250, 150, 100, 75, 60, 50, 40, 30, 25, 20, 15, 10, 7, 5, 3, 2, 1)
# Slack escapes these three in some of the strings that it brings back.
_ESCAPED = {character: f"\\u{ord(character):04x}" for character in "&<>"}
_OPTIONAL, _MULTILINE, _CHOICES = "?", "m", "c"
_TICKED, _UNTICKED = "+", "-"
# Languages that need no room in a form: that of the messages, and none.
_UNSAID = {"", "en"}


def write_form(form: Form, room: int | None = None) -> str | None:
    """Return ``form`` in text that weighs at most ``room`` (None: whatever it takes); None when it does not fit.

    Its labels become as short as they have to. What stands in a text field already is whole or not there: nobody is
    to send what was cut. The values of options stay behind; ``read_form`` gives their positions instead.
    """
    form = _plain(form)
    for is_filled in (True, False):
        for longest in _LABELS:
            text = _encoded(form, longest, is_filled=is_filled)
            if room is None or weight(text) <= room:
                return text
    return None


def read_form(text: str) -> Form:
    """Return the form that ``write_form`` wrote; the values of its options are their positions, from 0."""
    title, *fields = json.loads(text)
    language = fields.pop() if isinstance(fields[-1], str) else ""
    return Form(title=title, language=language, fields=tuple(_field(*field) for field in fields))


def _encoded(form: Form, longest: int, *, is_filled: bool) -> str:
    def short(label: str) -> str:
        return clip(label, longest)

    language = [form.language] if form.language not in _UNSAID else []
    parts = [short(form.title), *(_parts(field, short, is_filled=is_filled) for field in form.fields), *language]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPED.items():
        text = text.replace(character, escape)
    return text


def _plain(form: Form) -> Form:
    """Return ``form`` with harmless labels, no longer than Slack shows them."""
    fields = [
        field.evolve(
            label=_line(field.label, LABEL),
            options=tuple(option.evolve(label=_line(option.label, OPTION)) for option in field.options),
        )
        if isinstance(field, ChoicesField)
        else field.evolve(label=_line(field.label, LABEL))
        for field in form.fields
    ]
    return Form(title=_line(form.title, TITLE), language=form.language, fields=tuple(fields))


def _line(text: str, room: int) -> str:
    # Twice the room: runs of white space become shorter.
    return clip(" ".join(plain(text, 2 * room).split()), room)


def _parts(field: FormField, short: Callable[[str], str], *, is_filled: bool) -> list[str]:
    traits = _OPTIONAL * field.optional
    if isinstance(field, ChoicesField):
        ticked = field.ticked
        options = [
            (_TICKED if position in ticked else _UNTICKED) + short(option.label)
            for position, option in enumerate(field.options)
        ]
        return [field.name, short(field.label), _CHOICES + traits, *options]
    # What would look different from what it is, is not offered for sending either.
    begins = field.initial if is_filled and plain(field.initial) == field.initial else ""
    return [field.name, short(field.label), _MULTILINE * field.multiline + traits, begins]


def _field(name: str, label: str, traits: str, *rest: str) -> TextField | ChoicesField:
    common: dict[str, Any] = {"name": name, "label": label, "optional": _OPTIONAL in traits}
    if _CHOICES not in traits:
        return TextField(**common, initial=rest[0], multiline=_MULTILINE in traits)
    return ChoicesField(
        **common,
        options=tuple(Option(value=str(position), label=text[1:]) for position, text in enumerate(rest)),
        initial=tuple(str(position) for position, text in enumerate(rest) if text.startswith(_TICKED)),
    )
