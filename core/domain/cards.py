"""Card: what the bot says, neutral to platforms. Every string is plain text; renderers escape and shorten."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

from core.domain.actions import ChatAction
from core.domain.base import Domain
from core.domain.forms import Form
from core.domain.messages import Actor


class PressAction(Domain):
    """The press stands for a sentence: the action is done as if the person had typed it."""

    kind: Literal["action"] = "action"
    action: ChatAction


class PressChoice(Domain):
    """The press answers a question; the execution that asked goes on with ``action`` (None: none of these)."""

    kind: Literal["choice"] = "choice"
    action: ChatAction | None


class PressDetails(Domain):
    """The press asks for everything the card left out."""

    kind: Literal["details"] = "details"


Press = Annotated[PressAction | PressChoice | PressDetails, Field(discriminator="kind")]


class ButtonStyle(StrEnum):
    """How much a button stands out."""

    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"


class Button(Domain):
    """A button. ``token`` is the opaque key a channel puts on it; ``typed`` is what to type when clicks get lost.

    ``form`` opens before the press counts (None: the press counts at once).
    """

    label: str
    press: Press
    style: ButtonStyle = ButtonStyle.DEFAULT
    typed: str | None = None
    form: Form | None = None
    token: str | None = None


class Mark(StrEnum):
    """The state of a step, shown as a word or sign of the channel's choice."""

    DONE = "done"
    RUNNING = "running"
    WAITING = "waiting"
    TODO = "todo"
    FAILED = "failed"


class Step(Domain):
    """One line of the checklist: ``resolved   acme/skills @ main -> 4be91c2``."""

    mark: Mark
    label: str
    fact: str = ""


class Fact(Domain):
    """A named fact: ``commit   4be91c2f0a...``."""

    name: str
    value: str


class Section(Domain):
    """A block of text that was written elsewhere (a diff, a list), shown as it is in a monospaced face."""

    title: str = ""
    text: str


class Table(Domain):
    """Rows of cells under a header, for lists and the matrix."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Asking(Domain):
    """A form whose next field is asked by a message: its button's token, the copy that was on, the answers so far.

    For channels that have nothing to show all fields at once. An answer is what was typed, or the positions, from 0, of
    what was ticked; ``who`` is asked.
    """

    token: str
    message_id: str | None = None
    form: Form
    answers: tuple[str | tuple[NonNegativeInt, ...], ...] = ()
    who: Actor


class Card(Domain):
    """One reply. Reading order: title, lines, facts, table, steps, sections, buttons.

    ``language`` is the one it is written in, for the few words that a channel adds; empty: that of the installation.
    """

    title: str
    language: str = ""
    code: str | None = None
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    steps: tuple[Step, ...] = ()
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    #: Names of people who have to open their private chat with the bot before it can write to them there.
    invited: tuple[str, ...] = ()
    #: What is asked below the title; nothing else of the card is shown then.
    asks: Asking | None = None
