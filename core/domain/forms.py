"""Form: what a button asks before its press counts. Every string is plain text; channels escape and shorten."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from core.domain.base import Domain

#: The one field of ``Form.question``.
TEXT = "text"
#: How many options one form can offer; no platform's menu takes more.
MOST_OPTIONS = 100
#: How many fields one form can have.
MOST_FIELDS = 5

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


class TextField(Domain):
    """Something to type. ``initial`` stands there already; ``optional``: it may be left empty."""

    kind: Literal["text"] = "text"
    name: FieldName
    label: str
    initial: str = ""
    optional: bool = False
    multiline: bool = False


class Option(Domain):
    """One of the things to choose among: what it stands for, and how it is called."""

    value: str = Field(min_length=1)
    label: str


class ChoicesField(Domain):
    """Things to tick, any number of them. ``initial`` are the values ticked already; ``optional``: none will do."""

    kind: Literal["choices"] = "choices"
    name: FieldName
    label: str
    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    initial: tuple[str, ...] = ()
    optional: bool = False

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        values = [option.value for option in self.options]
        if len(set(values)) < len(values) or not set(self.initial) <= set(values):
            raise ValueError("each value is offered once, and what is ticked at first is offered")
        return self

    @property
    def ticked(self) -> tuple[int, ...]:
        """Positions, from 0, of the options that are ticked already."""
        return tuple(position for position, option in enumerate(self.options) if option.value in self.initial)

    def values_at(self, positions: tuple[int, ...]) -> tuple[str, ...]:
        """Return the values of the options at ``positions``, each once and in the order they were offered.

        Raises:
            ValueError: a position is not one of the options'.
        """
        if any(not 0 <= position < len(self.options) for position in positions):
            raise ValueError(f"{self.name} has no such option")
        return tuple(self.options[position].value for position in sorted(set(positions)))


FormField = Annotated[TextField | ChoicesField, Field(discriminator="kind")]


class Form(Domain):
    """Fields to fill in. Without a ``title`` it is called like its button. ``language`` is as that of a card."""

    title: str = ""
    language: str = ""
    fields: tuple[FormField, ...] = Field(min_length=1, max_length=MOST_FIELDS)

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if len({field.name for field in self.fields}) < len(self.fields):
            raise ValueError("each field has a name of its own")
        if sum(len(field.options) for field in self.fields if isinstance(field, ChoicesField)) > MOST_OPTIONS:
            raise ValueError(f"a form offers at most {MOST_OPTIONS} options")
        return self

    @classmethod
    def question(cls, text: str, *, language: str = "") -> Self:
        """Return the form with one question, whose answer is the field ``text``."""
        return cls(language=language, fields=(TextField(name=TEXT, label=text, multiline=True),))

    def field(self, name: str) -> TextField | ChoicesField | None:
        """Return the field ``name``; None when there is none."""
        return next((field for field in self.fields if field.name == name), None)
