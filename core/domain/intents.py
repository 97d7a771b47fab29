"""What a sentence was understood as: an action, a question back, or nothing."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from core.domain.actions import ChatAction
from core.domain.base import Domain


class Choice(Domain):
    """One answer to a question: its label and the action it stands for."""

    label: str
    action: ChatAction


class Resolved(Domain):
    """The only sensible reading."""

    status: Literal["resolved"] = "resolved"
    action: ChatAction
    source: Literal["rules", "model"] = "rules"
    confidence: float = Field(default=1.0, ge=0, le=1)


class Clarify(Domain):
    """Several readings: ask, with at most five choices. ``question`` is plain text in the reader's language."""

    status: Literal["clarify"] = "clarify"
    question: str
    choices: tuple[Choice, ...] = Field(max_length=5)
    source: Literal["rules", "model"] = "rules"
    confidence: float = Field(default=0.5, ge=0, le=1)


class Unknown(Domain):
    """No reading; ``nearest`` are up to three things that could have been meant, as choices.

    ``courtesy`` says that nothing was asked for at all: somebody said hello, or thanks.
    """

    status: Literal["unknown"] = "unknown"
    courtesy: Literal["greeting", "thanks"] | None = None
    nearest: tuple[Choice, ...] = Field(default=(), max_length=3)
    source: Literal["rules", "model"] = "rules"


Intent = Resolved | Clarify | Unknown


class ProviderName(Domain):
    """A provider as sentences name it: its kind and its display name."""

    kind: str
    display_name: str


class Vocabulary(Domain):
    """The names a sentence may contain: live skills and providers."""

    skills: tuple[str, ...] = ()
    providers: tuple[ProviderName, ...] = ()
