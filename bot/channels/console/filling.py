"""A form on the console: its fields are asked one after the other, each is answered with one line. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.console.render import WIDTH
from bot.channels.console.text import clip, plain_line, wrap
from core.domain.forms import ChoicesField, Form, FormField, TextField

#: What somebody typed, or the positions, from 0, of what they ticked.
Answer = str | tuple[int, ...]
#: Returns a sentence of the catalogue.
Say = Callable[..., str]

_ALL, _NONE = "all", "-"
_NUMBERS = re.compile(r"[0-9]{1,4}(?:(?:\s*,\s*|\s+)[0-9]{1,4})*")


@dataclass(frozen=True, slots=True)
class Filling:
    """A form that somebody fills in: the token of its button, and the answers so far."""

    token: str
    form: Form
    answers: tuple[Answer, ...] = ()

    @property
    def field(self) -> FormField:
        """The field that the next line answers."""
        return self.form.fields[len(self.answers)]

    @property
    def is_complete(self) -> bool:
        """Whether every field has its answer."""
        return len(self.answers) == len(self.form.fields)

    @property
    def fields(self) -> dict[str, Answer]:
        """The answers by the names of their fields."""
        return {field.name: answer for field, answer in zip(self.form.fields, self.answers, strict=True)}

    def answered(self, answer: Answer) -> Filling:
        """Return it with one more answer."""
        return Filling(self.token, self.form, (*self.answers, answer))

    def question(self, say: Say) -> list[str]:
        """Return the lines that ask about the next field."""
        title = self.form.title if not self.answers else ""
        asked = _about_text(self.field, say) if isinstance(self.field, TextField) else _about_choices(self.field, say)
        return [*([clip(plain_line(title), WIDTH)] if title else []), *asked]


def keeps(field: FormField) -> Answer | None:
    """Return what an empty line means; None when it is no answer and drops the form."""
    kept: Answer = field.initial if isinstance(field, TextField) else field.ticked
    return kept if kept or field.optional else None


def answer_to(field: FormField, line: str) -> Answer | None:
    """Return what a line that is not empty means; None when it is no answer to ``field``."""
    if line == _NONE and field.optional:
        return "" if isinstance(field, TextField) else ()
    if isinstance(field, TextField):
        return line
    if line.casefold() == _ALL:
        return tuple(range(len(field.options)))
    if not _NUMBERS.fullmatch(line):
        return None
    positions = {int(number) - 1 for number in line.replace(",", " ").split()}
    return tuple(sorted(positions)) if min(positions) >= 0 and max(positions) < len(field.options) else None


def no_answer(field: FormField, say: Say) -> list[str]:
    """Return the lines that say what is wrong with an answer."""
    last = len(field.options) if isinstance(field, ChoicesField) else 0
    return _wrapped(say("That is no answer: it takes numbers from 1 to {last}, or all.", last=last))


def _about_text(field: TextField, say: Say) -> list[str]:
    name, kept = plain_line(field.label), plain_line(field.initial)
    if kept and field.optional:
        return _wrapped(
            say(
                "{question} (answer with the next line; an empty one keeps {kept}, - leaves it empty)",
                question=name,
                kept=kept,
            )
        )
    if kept:
        return _wrapped(
            say("{question} (answer with the next line; an empty one keeps {kept})", question=name, kept=kept)
        )
    if field.optional:
        return _wrapped(say("{question} (answer with the next line; an empty one leaves it empty)", question=name))
    return _wrapped(say("{question} (answer with the next line; an empty one drops it)", question=name))


def _about_choices(field: ChoicesField, say: Say) -> list[str]:
    ticked = field.ticked
    options = [
        clip(f"  {position + 1} [{'x' if position in ticked else ' '}] {plain_line(option.label)}", WIDTH)
        for position, option in enumerate(field.options)
    ]
    return [*_wrapped(plain_line(field.label)), *options, *_wrapped(_how_to_choose(field, say))]


def _how_to_choose(field: ChoicesField, say: Say) -> str:
    kept = ",".join(str(position + 1) for position in field.ticked)
    if kept and field.optional:
        return say('(answer with numbers such as 1,3 or "all"; an empty line keeps {kept}, - takes none)', kept=kept)
    if kept:
        return say('(answer with numbers such as 1,3 or "all"; an empty line keeps {kept})', kept=kept)
    if field.optional:
        return say('(answer with numbers such as 1,3 or "all"; an empty line takes none)')
    return say('(answer with numbers such as 1,3 or "all"; an empty line drops the form)')


def _wrapped(sentence: str) -> list[str]:
    return wrap(plain_line(sentence), WIDTH, rest="  ")
