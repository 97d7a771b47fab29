"""What a language model is asked, and all that it can answer: a proposal, never a decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.domain.actions import (
    AddSkill,
    ArchiveSkill,
    ConnectProvider,
    Costs,
    Diff,
    DisconnectProvider,
    Drift,
    EditSkill,
    Help,
    History,
    Install,
    ListProviders,
    ListSkills,
    Pending,
    Replay,
    RestoreSkill,
    Retry,
    Rollback,
    SetLanguage,
    SetTimezone,
    ShowSkill,
    Status,
    Sync,
    Timeline,
    Uninstall,
    WhoAmI,
)
from core.domain.base import Domain

#: The actions that a model may propose: none that decides about a request, about people, the policy or a freeze.
Proposable = Annotated[
    Install | Sync | Uninstall | Diff | Rollback | Retry | AddSkill | ArchiveSkill | RestoreSkill | ShowSkill
    | EditSkill | ListSkills | ListProviders | ConnectProvider | DisconnectProvider | Status | Drift | History
    | Timeline | Replay | Pending | Costs | WhoAmI | SetLanguage | SetTimezone | Help,
    Field(discriminator="intent"),
]  # fmt: skip


class ModelQuestion(Domain):
    """All that a model sees: a sentence without secrets, and the names that it may be about."""

    text: str
    skills: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


class Spent(Domain):
    """What asking a model has used; ``cost`` in US dollars, None where its price is not known."""

    model: str
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cost: Decimal | None = None


class Proposal(Domain):
    """What a model takes a sentence for; None: for nothing, or it did not answer."""

    action: Proposable | None = None
    spent: Spent
