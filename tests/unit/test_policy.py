"""Policy: the first rule that matches decides, what none matches is denied, and nobody approves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from core.domain.plans import RiskLevel
from core.domain.policy import DEFAULT_POLICY, Outcome, Policy, Rule, approvers, decide
from core.domain.users import Role, User
from tests.clock import START


def person(name: str, *, role: Role = Role.ADMIN, is_active: bool = True) -> User:
    """Return somebody whose id is their name."""
    return User(
        id=name, email=f"{name}@test.invalid", name=name.title(), role=role, is_active=is_active, created_at=START
    )


ALICE = person("alice", role=Role.USER)
BOB, CAROL = person("bob"), person("carol")
DAVE = person("dave", is_active=False)
PEOPLE = (ALICE, BOB, CAROL, DAVE)
WRITE = decide(DEFAULT_POLICY, risk=RiskLevel.WRITE)


@pytest.mark.parametrize(
    ("risk", "outcome"),
    [(RiskLevel.READ, "allow"), (RiskLevel.WRITE, "require"), (RiskLevel.DESTRUCTIVE, "require")],
)
def test_by_default_reading_is_free_and_changing_is_not(risk: RiskLevel, outcome: Outcome) -> None:
    """Reads are allowed; whatever changes something asks one person who is not the requester."""
    rule = decide(DEFAULT_POLICY, risk=risk)
    assert rule.outcome == outcome
    assert (rule.threshold, rule.allow_self) == (1, False)


@pytest.mark.parametrize("risk", RiskLevel)
def test_what_no_rule_matches_is_denied(risk: RiskLevel) -> None:
    """A policy without rules, or with rules for other risks only, allows nothing."""
    others = tuple(other for other in RiskLevel if other is not risk)
    assert decide(Policy(rules=()), risk=risk).outcome == "deny"
    assert decide(Policy(rules=(Rule(name="others", risks=others, outcome="allow"),)), risk=risk).outcome == "deny"


def test_the_first_rule_that_matches_decides() -> None:
    """Rules stand in order of priority; a later one changes nothing."""
    strict = Rule(name="strict", risks=(RiskLevel.WRITE, RiskLevel.DESTRUCTIVE), outcome="deny")
    lax = Rule(name="lax", risks=tuple(RiskLevel), outcome="allow")
    policy = Policy(rules=(strict, lax))
    assert [decide(policy, risk=risk).name for risk in RiskLevel] == ["lax", "strict", "strict"]
    assert decide(Policy(rules=(lax, strict)), risk=RiskLevel.WRITE).name == "lax"


@pytest.mark.parametrize(
    ("requester", "expected"), [("alice", (BOB, CAROL)), ("bob", (CAROL,)), ("somebody-else", (BOB, CAROL))]
)
def test_approvers_are_the_active_admins_but_never_the_requester(requester: str, expected: tuple[User, ...]) -> None:
    """Ordinary people and inactive admins have no vote, and nobody votes on a request of their own."""
    assert approvers(WRITE, requester_id=requester, people=PEOPLE) == expected


def test_a_rule_may_let_an_admin_approve_alone() -> None:
    """Self-approval exists where a rule says so; it makes nobody an approver who is none."""
    rule = WRITE.evolve(allow_self=True)
    assert approvers(rule, requester_id="bob", people=PEOPLE) == (BOB, CAROL)
    assert approvers(rule, requester_id="alice", people=PEOPLE) == (BOB, CAROL)
    assert approvers(rule, requester_id="dave", people=PEOPLE) == (BOB, CAROL)


@pytest.mark.parametrize("field", ["ttl", "execution_ttl"])
@pytest.mark.parametrize(
    ("length", "is_legal"),
    [
        (timedelta(minutes=5), True),
        (timedelta(days=7), True),
        (timedelta(minutes=5) - timedelta(seconds=1), False),
        (timedelta(days=7, seconds=1), False),
        (timedelta(0), False),
    ],
)
def test_times_to_decide_and_to_act_have_bounds(field: str, length: timedelta, is_legal: bool) -> None:
    """Five minutes at least, so that somebody can look; seven days at most, so that an approval does not grow old."""
    values = {"name": "r", "risks": ["Write"], "outcome": "require", field: length}
    if is_legal:
        assert getattr(Rule.model_validate(values), field) == length
    else:
        with pytest.raises(ValidationError, match=field):
            Rule.model_validate(values)


def test_a_rule_that_requires_approval_needs_somebody() -> None:
    """A threshold of nobody would be consent by silence."""
    with pytest.raises(ValidationError, match="threshold"):
        Rule(name="r", risks=(RiskLevel.WRITE,), outcome="require", threshold=0)
