"""Policy review: rules that cannot be satisfied, rules that may match, and what another policy would do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.policy_words import decision_in_words, length_in_words, rule_in_words
from core.domain.eligibility import Roster
from core.domain.plans import RiskLevel
from core.domain.policy import DEFAULT_POLICY, NO_RULE, ItemFacts, Policy, RequestFacts, Rule, Who
from core.domain.skills import ReachLevel
from core.domain.users import Role
from core.services.policy_review import Decision, alone, asked_about, replay, review, voters
from tests.clock import START
from tests.storage_factory import make_execution, make_subject, make_user, make_world

ALICE = make_user("alice")
BOB = make_user("bob", role=Role.ADMIN)
CAROL = make_user("carol", role=Role.ADMIN)
DANA = make_user("dana", is_active=False)
ROSTER = Roster(people=(ALICE, BOB, CAROL, DANA), linked=frozenset({ALICE.id, BOB.id}))
BOTH_LINKED = ROSTER.evolve(linked=frozenset({BOB.id, CAROL.id}))
INSTALL = RequestFacts(intent="install", risk=RiskLevel.WRITE, items=(ItemFacts(skill="pdf", provider=("claude",)),))


def require(name: str = "two", **fields: object) -> Rule:
    """Return a rule that asks two admins, unless ``fields`` say otherwise."""
    return Rule.model_validate({"name": name, "outcome": "require", "threshold": 2} | fields)


def policy(*rules: Rule, **groups: tuple[str, ...]) -> Policy:
    """Return a policy of these rules and groups."""
    return Policy(rules=rules, groups=groups)


def test_a_rule_that_asks_for_too_many_is_named_with_who_is_missing() -> None:
    """Rule, needed, available, and who could approve once an account of theirs is linked."""
    found = review(policy(require()), ROSTER, now=START)
    assert found.shortages == ('rule "two" needs 2 approvals, and 1 can be given: carol has no linked account',)
    assert found.remarks == ()
    assert review(policy(require()), BOTH_LINKED, now=START).shortages == ()
    three = review(policy(require(threshold=3)), BOTH_LINKED, now=START)
    assert three.shortages == (
        'rule "two" needs 3 approvals, and 2 can be given: too few active people are meant by admins',
    )


def test_who_is_asked_later_counts_too() -> None:
    """A rule that is satisfied after its escalation can be satisfied."""
    rule = require(
        approvers=Who(people=("bob",)), escalate_after=timedelta(minutes=30), escalate_to=Who(people=("alice",))
    )
    assert review(policy(rule), ROSTER, now=START).shortages == ()
    assert [seat.label for seat in voters(rule, ROSTER, (), START)] == ["bob", "alice"]


def test_a_rule_that_allows_or_denies_asks_nobody() -> None:
    """It cannot be short of anybody."""
    rules = (require("a", outcome="allow", threshold=9), require("b", outcome="deny", threshold=9))
    assert review(policy(*rules), ROSTER, now=START).shortages == ()


def test_people_who_are_unknown_or_gone_are_remarked_once() -> None:
    """A misspelt name is nobody's: the rule can do without, its author should know."""
    rule = require(threshold=1, approvers=Who(groups=("safe",), people=("zoe", "BOB")), notify=Who(people=("zoe",)))
    found = review(policy(rule, safe=("dana", "carol", "mina@x.org")), ROSTER, now=START)
    assert found.shortages == ()
    assert found.remarks == (
        'group "safe" names dana, who is not active',
        'group "safe" names "mina@x.org", and nobody is called so',
        'rule "two" names "zoe", and nobody is called so',
    )


def test_what_only_slack_knows_is_a_remark_until_it_was_asked() -> None:
    """Members that were not looked up may be enough; members that were looked up and are too few are not."""
    rule = require(threshold=1, approvers=Who(slack_groups=("S0123456789",)))
    unseen = review(policy(rule), ROSTER, now=START)
    assert unseen.shortages == ()
    assert "only Slack knows who is in S0123456789" in unseen.remarks[0]
    seen = ROSTER.evolve(slack_groups={"S0123456789": frozenset()})
    assert len(review(policy(rule), seen, now=START).shortages) == 1


def test_an_approver_who_asks_needs_another_one() -> None:
    """Who approves for others may have nobody for themselves; a rule that is short for all says so elsewhere."""
    one = Policy(rules=(require(threshold=1),))
    assert alone(one, ROSTER, now=START) == ("bob",)
    assert alone(one, BOTH_LINKED, now=START) == ()
    assert alone(policy(require(threshold=1, allow_self=True)), ROSTER, now=START) == ()
    assert alone(policy(require(threshold=3)), ROSTER, now=START) == ()


@pytest.mark.parametrize(
    ("criteria", "may_match"),
    [
        ({"reach": [ReachLevel.REMOTE]}, True),
        ({"changes": ["scripts"], "reach": [ReachLevel.REMOTE]}, True),
        ({"digest_already_approved": True}, True),
        ({"digest_already_approved": True, "skills": ["docx"]}, False),
        ({"signed": True}, True),
        ({"reach": [ReachLevel.REMOTE], "skills": ["docx"]}, False),
        ({"risks": [RiskLevel.READ], "reach": [ReachLevel.REMOTE]}, False),
    ],
)
def test_what_only_a_preview_knows_may_match(criteria: dict[str, object], *, may_match: bool) -> None:
    """A rule about reach or change is open before anything was fetched, unless something else rules it out."""
    first, last = asked_about(policy(require("first", **criteria), require("last")), INSTALL)
    assert first.mismatch is not None
    assert first.may_match is may_match
    assert (last.rule.name, last.mismatch, last.may_match) == ("last", None, False)


def test_what_no_rule_matches_is_denied_by_none() -> None:
    """The answer ends with the rule that stands behind all others."""
    asked = asked_about(policy(require(intents=("sync",))), INSTALL)
    assert [(one.rule, one.mismatch) for one in asked][-1] == (NO_RULE, None)


def test_a_recorded_request_is_asked_again() -> None:
    """Outcome, rule, threshold and the names of who could vote; who asked is none of them."""
    world = make_world()
    roster = ROSTER.evolve(people=(world.alice, world.bob, CAROL), linked=frozenset({world.bob.id}))
    subject = make_subject(world.skill, (world.provider, world.target))
    execution = make_execution(world.bob, subject=subject)
    assert replay(DEFAULT_POLICY, make_execution(world.bob), roster, now=START) is None
    assert replay(DEFAULT_POLICY, execution, roster, now=START) == Decision(
        outcome="require", rule="write", threshold=1, approvers=("carol",)
    )
    named = policy(require(approvers=Who(groups=("g",), slack_groups=("S0123456789",))), g=("alice", "bob"))
    assert replay(named, execution, roster, now=START) == Decision(
        outcome="require", rule="two", threshold=2, approvers=("alice", "Slack group S0123456789")
    )
    assert replay(policy(require(outcome="deny")), execution, roster, now=START) == Decision(outcome="deny", rule="two")


def test_a_rule_is_one_line() -> None:
    """What it is about, then what follows."""
    rule = require(
        skills=("pay-*",),
        providers=("claude", "openai"),
        ttl=timedelta(hours=26),
        approvers=Who(roles=(Role.ADMIN,), groups=("security",), people=("dana",)),
        remind_before=timedelta(minutes=90),
        escalate_after=timedelta(hours=2),
        escalate_to=Who(people=("erin",)),
        notify=Who(slack_groups=("S1",)),
    )
    assert rule_in_words(rule) == (
        "skills pay-*; on claude or openai: 2 approvals from admins, group security, dana, not by who asks; "
        "1d 2h to decide, good for 1d; reminder 1h 30m before the end; after 2h also from erin; told: Slack group S1"
    )
    assert rule_in_words(require(threshold=1, allow_self=True)) == (
        "everything: 1 approval from admins; 1h or 30m to decide, good for 1d"
    )
    assert rule_in_words(require(risks=(RiskLevel.DESTRUCTIVE,), outcome="deny")) == "risk destructive: denied"


def test_a_decision_is_a_few_words() -> None:
    """Nobody is a word too."""
    assert decision_in_words(Decision(outcome="allow", rule="read")) == "read: allowed at once"
    assert decision_in_words(Decision(outcome="require", rule="r", threshold=2)) == "r: 2 of nobody"
    assert length_in_words(timedelta(seconds=45)) == "45s"
