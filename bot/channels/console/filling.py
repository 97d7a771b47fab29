"""A form on the console: its fields are asked one after the other, each is answered with one line. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.console.render import WIDTH
from bot.channels.console.text import clip, plain_line, wrap
from bot.channels.filling import Filling
from core.domain.forms import ChoicesField, FormField, TextField

#: Returns a sentence of the catalogue.
Say = Callable[..., str]


def question(filling: Filling, say: Say) -> list[str]:
    """Return the lines that ask about the next field."""
    field = filling.field
    title = filling.form.title if not filling.answers else ""
    asked = _about_text(field, say) if isinstance(field, TextField) else _about_choices(field, say)
    return [*([clip(plain_line(title), WIDTH)] if title else []), *asked]


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
