"""A form that is filled in field after field, where a channel has nothing to show all of them at once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.domain.forms import Form, FormField, TextField

#: What somebody typed, or the positions, from 0, of what they ticked.
Answer = str | tuple[int, ...]

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
        """The answers so far by the names of their fields."""
        return {field.name: answer for field, answer in zip(self.form.fields, self.answers, strict=False)}

    def answered(self, answer: Answer) -> Filling:
        """Return it with one more answer."""
        return Filling(self.token, self.form, (*self.answers, answer))


def keeps(field: FormField) -> Answer | None:
    """Return what leaving ``field`` as it is means; None when that is no answer."""
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
