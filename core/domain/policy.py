"""Policy: which actions need whose consent. It never knows who or what proposed the action."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from core.domain.base import Domain
from core.domain.plans import RiskLevel
from core.domain.users import User

Outcome = Literal["allow", "require", "deny"]


class Rule(Domain):
    """One line of the policy. ``risks`` is what it matches; ``threshold`` approvals by active admins are needed.

    ``ttl`` is how long people have to decide (5 minutes to 7 days), ``execution_ttl`` how long an approval stays good.
    """

    name: str
    risks: tuple[RiskLevel, ...]
    outcome: Outcome
    threshold: int = Field(default=1, ge=1)
    allow_self: bool = False
    ttl: timedelta = Field(default=timedelta(hours=1), ge=timedelta(minutes=5), le=timedelta(days=7))
    execution_ttl: timedelta = Field(default=timedelta(hours=24), ge=timedelta(minutes=5), le=timedelta(days=7))


class Policy(Domain):
    """Rules in order of priority; what no rule matches is denied."""

    rules: tuple[Rule, ...]


DEFAULT_POLICY = Policy(
    rules=(
        Rule(name="read", risks=(RiskLevel.READ,), outcome="allow"),
        Rule(name="write", risks=(RiskLevel.WRITE,), outcome="require"),
        Rule(name="destructive", risks=(RiskLevel.DESTRUCTIVE,), outcome="require"),
    )
)

_NOTHING_MATCHES = Rule(name="no rule matches", risks=(), outcome="deny")


def decide(policy: Policy, *, risk: RiskLevel) -> Rule:
    """Return the first rule that matches; one that denies when none does."""
    return next((rule for rule in policy.rules if risk in rule.risks), _NOTHING_MATCHES)


def approvers(rule: Rule, *, requester_id: str, people: tuple[User, ...]) -> tuple[User, ...]:
    """Return those of ``people`` who may vote: active admins, never the requester unless the rule allows it."""
    return tuple(person for person in people if person.is_admin and (rule.allow_self or person.id != requester_id))
