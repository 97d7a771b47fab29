"""Policy: the first rule that matches decides, what none matches is denied, and unknown facts match nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.domain.plans import RiskLevel
from core.domain.policy import (
    ADMINS,
    DEFAULT_POLICY,
    NO_RULE,
    Change,
    ItemFacts,
    Outcome,
    Policy,
    RequestFacts,
    Rule,
    Who,
    decide,
    explain,
)
from core.domain.skills import ReachLevel
from core.domain.users import Role

#: pdf, remote, as an update on Claude, and a contained docx as a first install on Gemini.
PDF = ItemFacts(
    skill="pdf",
    source="github.com/acme/skills/skills/pdf",
    provider=("Claude", "claude"),
    reach=ReachLevel.REMOTE,
    changes=frozenset({"scripts", "local_edits"}),
    digest_already_approved=True,
    signed=True,
)
DOCX = ItemFacts(
    skill="docx",
    source="github.com/acme/skills/skills/docx",
    provider=("Office Gemini", "gemini"),
    reach=ReachLevel.CONTAINED,
    changes=frozenset({"first_install"}),
    digest_already_approved=False,
    signed=False,
)
BOTH = RequestFacts(intent="install", risk=RiskLevel.WRITE, items=(PDF, DOCX), team="T1", chat="C1")
NOBODY_KNOWS = ItemFacts(skill="pdf")


def rule(outcome: Outcome = "require", **changes: Any) -> Rule:
    """Return a rule that matches everything but for ``changes``."""
    return Rule.model_validate({"name": "r", "outcome": outcome} | changes)


def facts(risk: RiskLevel = RiskLevel.WRITE, *items: ItemFacts, **changes: Any) -> RequestFacts:
    """Return what is asked about a request to install."""
    return RequestFacts(intent="install", risk=risk, items=items).evolve(**changes)


@pytest.mark.parametrize(
    ("risk", "outcome"),
    [(RiskLevel.READ, "allow"), (RiskLevel.WRITE, "require"), (RiskLevel.DESTRUCTIVE, "require")],
)
def test_by_default_reading_is_free_and_changing_is_not(risk: RiskLevel, outcome: Outcome) -> None:
    """Reads are allowed; whatever changes something asks one admin who is not the requester."""
    found = decide(DEFAULT_POLICY, facts(risk, PDF))
    assert found.outcome == outcome
    assert (found.threshold, found.allow_self, found.approvers) == (1, False, Who(roles=(Role.ADMIN,)))


@pytest.mark.parametrize("risk", RiskLevel)
def test_what_no_rule_matches_is_denied(risk: RiskLevel) -> None:
    """A policy without rules, or with rules for other risks only, allows nothing."""
    others = tuple(other for other in RiskLevel if other is not risk)
    assert decide(Policy(rules=()), facts(risk)) == NO_RULE
    assert decide(Policy(rules=(rule("allow", risks=others),)), facts(risk)) == NO_RULE
    assert NO_RULE.outcome == "deny"


def test_a_higher_priority_goes_first_and_equals_as_they_are_written() -> None:
    """Order in the file matters only among equals; a rule that comes later changes nothing."""
    first, second = rule("deny", name="first"), rule("allow", name="second")
    high = rule("require", name="high", priority=5, intents=("uninstall",))
    policy = Policy(rules=(first, second, high))
    assert [it.name for it in policy.in_order] == ["high", "first", "second"]
    assert decide(policy, facts()).name == "first"
    assert decide(policy, facts().evolve(intent="uninstall")).name == "high"
    assert decide(Policy(rules=(second, first)), facts()).name == "second"


@pytest.mark.parametrize(
    ("criteria", "failed"),
    [
        ({}, None),
        ({"intents": ("install", "sync")}, None),
        ({"intents": ("sync",)}, "intents"),
        ({"risks": ("Write",)}, None),
        ({"risks": ("Read",)}, "risks"),
        ({"teams": ("T1",)}, None),
        ({"teams": ("T2",)}, "teams"),
        ({"chats": ("C1", "C2")}, None),
        ({"chats": ("C2",)}, "chats"),
        # What is said in chat comes from no agent.
        ({"agents": ("chatops",)}, "agents"),
        ({"request_types": ("action_approval",)}, "request_types"),
        ({"skills": ("pdf",)}, None),
        ({"skills": ("p",)}, "skills"),
        ({"skills": ("P*",)}, None),
        ({"sources": ("github.com/acme/*",)}, None),
        ({"sources": ("GitHub.com/ACME/skills/*/pdf",)}, None),
        ({"sources": ("github.com/acme",)}, "sources"),
        ({"providers": ("CLAUDE",)}, None),
        ({"providers": ("office gemini",)}, None),
        ({"providers": ("off*",)}, "providers"),
        ({"reach": ("remote",)}, None),
        ({"reach": ("privileged",)}, "reach"),
        ({"changes": ("removal", "local_edits")}, None),
        ({"changes": ("none",)}, "changes"),
        ({"digest_already_approved": True}, None),
        ({"digest_already_approved": False, "skills": ("pdf",)}, "digest_already_approved"),
        ({"signed": False}, None),
        ({"signed": False, "skills": ("pdf",)}, "signed"),
        # All criteria have to be met by one and the same place.
        ({"skills": ("pdf",), "reach": ("remote",)}, None),
        ({"skills": ("docx",), "reach": ("remote",)}, "skills"),
        ({"intents": ("sync",), "skills": ("nothing",)}, "intents"),
    ],
)
@pytest.mark.parametrize("outcome", ["require", "deny"])
def test_a_rule_that_requires_or_denies_matches_by_one_place(
    outcome: Outcome, criteria: dict[str, Any], failed: str | None
) -> None:
    """One skill at one place that meets every criterion is enough; else the first that failed is named."""
    assert rule(outcome, **criteria).mismatch(BOTH) == failed


@pytest.mark.parametrize(
    ("criteria", "failed"),
    [
        ({}, None),
        ({"skills": ("pdf",)}, "skills"),
        ({"skills": ("pdf", "docx")}, None),
        ({"sources": ("github.com/acme/*",)}, None),
        ({"sources": ("*/pdf",)}, "sources"),
        ({"providers": ("claude",)}, "providers"),
        ({"providers": ("claude", "gemini")}, None),
        ({"reach": ("contained",)}, "reach"),
        ({"reach": ("contained", "remote")}, None),
        ({"changes": ("scripts", "local_edits")}, "changes"),
        ({"changes": ("scripts", "first_install")}, "changes"),
        ({"changes": ("scripts", "first_install", "local_edits")}, None),
        ({"digest_already_approved": True}, "digest_already_approved"),
        ({"digest_already_approved": True, "skills": ("pdf",)}, "skills"),
        ({"signed": True}, "signed"),
    ],
)
def test_a_rule_that_allows_has_to_match_all_of_it(criteria: dict[str, Any], failed: str | None) -> None:
    """Nothing gets past people in the company of something harmless."""
    assert rule("allow", **criteria).mismatch(BOTH) == failed


@pytest.mark.parametrize(
    "criteria",
    [
        {"sources": ("*",)},
        {"providers": ("claude",)},
        {"reach": tuple(ReachLevel)},
        {"changes": get_args(Change)},
        {"digest_already_approved": False},
        {"signed": True},
        {"signed": False},
    ],
)
@pytest.mark.parametrize("outcome", ["allow", "require", "deny"])
def test_what_is_not_known_yet_matches_no_rule_that_asks_for_it(outcome: Outcome, criteria: dict[str, Any]) -> None:
    """Before anything was read a rule about reach, source, place or change says nothing, however wide it is."""
    unknown = facts(RiskLevel.WRITE, NOBODY_KNOWS)
    assert rule(outcome, **criteria).mismatch(unknown) == next(iter(criteria))
    assert rule(outcome, skills=("pdf",)).mismatch(unknown) is None


@pytest.mark.parametrize("outcome", ["allow", "require", "deny"])
def test_a_request_without_places_matches_no_rule_about_places(outcome: Outcome) -> None:
    """Making somebody an admin is no skill: "every skill of it" is not met by there being none."""
    assert rule(outcome, skills=("*",)).mismatch(facts()) == "skills"
    assert rule(outcome).mismatch(facts()) is None


ITEMS = st.builds(
    ItemFacts,
    skill=st.sampled_from(("pdf", "docx", "pdf-forms")),
    source=st.none() | st.sampled_from(("github.com/acme/pdf", "github.com/evil/pdf")),
    provider=st.sampled_from(((), ("Claude", "claude"), ("Gemini", "gemini"))),
    reach=st.none() | st.sampled_from(ReachLevel),
    changes=st.none() | st.frozensets(st.sampled_from(get_args(Change)), min_size=1),
    digest_already_approved=st.none() | st.booleans(),
    signed=st.none() | st.booleans(),
)
CRITERIA = st.fixed_dictionaries(
    {
        "skills": st.sampled_from(((), ("pdf",), ("pdf*",))),
        "sources": st.sampled_from(((), ("github.com/acme/*",))),
        "providers": st.sampled_from(((), ("claude",))),
        "reach": st.sampled_from(((), (ReachLevel.CONTAINED,), (ReachLevel.REMOTE, ReachLevel.PRIVILEGED))),
        "changes": st.sampled_from(((), ("first_install",), ("scripts", "local_edits"))),
        "digest_already_approved": st.sampled_from((None, True, False)),
        "signed": st.sampled_from((None, True, False)),
    }
)


@given(CRITERIA, st.lists(ITEMS, min_size=1, max_size=4))
@settings(deadline=None, derandomize=True)
def test_all_for_allowing_and_any_for_the_rest(criteria: dict[str, Any], items: list[ItemFacts]) -> None:
    """Whatever is asked of whatever places, a request is judged by its places one at a time."""
    together = facts(RiskLevel.WRITE, *items)
    for outcome in get_args(Outcome):
        one = rule(outcome, **criteria)
        enough = all if outcome == "allow" else any
        alone = [one.mismatch(facts(RiskLevel.WRITE, item)) is None for item in items]
        assert (one.mismatch(together) is None) == enough(alone)


@given(st.lists(st.tuples(CRITERIA, st.integers(-2, 2), st.sampled_from(("allow", "require", "deny"))), max_size=5))
@settings(deadline=None, derandomize=True)
def test_an_explanation_ends_with_the_rule_that_decides(written: list[tuple[dict[str, Any], int, Outcome]]) -> None:
    """Every rule before it is there, in order, with what failed; nothing that comes after it is asked."""
    rules = [rule(what, name=f"r{n}", priority=high, **criteria) for n, (criteria, high, what) in enumerate(written)]
    policy = Policy(rules=tuple(rules))
    asked = explain(policy, BOTH)
    assert asked[-1] == (decide(policy, BOTH), None)
    assert all(failed is not None for _, failed in asked[:-1])
    assert [it for it, _ in asked] == [*policy.in_order, NO_RULE][: len(asked)]


@pytest.mark.parametrize("asked", [(PDF, DOCX), (DOCX, PDF)])
def test_of_several_things_the_strictest_rule_counts(asked: tuple[ItemFacts, ...]) -> None:
    """Each is judged alone, in whatever order they are named: denial wins, then a question, then the most approvals."""
    free = rule("allow", name="free")
    lenient = rule(name="lenient", skills=("docx",), providers=("gemini",))
    strict = rule(name="strict", skills=("pdf",), threshold=2)
    denied = rule("deny", name="no pdf", skills=("pdf",))
    question = facts(RiskLevel.WRITE, *asked)
    assert decide(Policy(rules=(free,)), question) == free
    assert decide(Policy(rules=(lenient, free)), question) == lenient
    assert decide(Policy(rules=(lenient, strict)), question) == strict
    assert decide(Policy(rules=(strict, lenient)), question) == strict
    assert decide(Policy(rules=(lenient, denied)), question) == denied
    assert decide(Policy(rules=(denied, free)), question) == denied
    assert decide(Policy(rules=(lenient,)), question) == NO_RULE


@pytest.mark.parametrize("other", [{"approvers": Who(people=("Bob",))}, {"allow_self": True}])
def test_what_asks_different_people_is_not_asked_at_once(other: dict[str, Any]) -> None:
    """One question cannot be put to two sets of people: it is denied, says why, and each alone is asked."""
    admins, bob = rule(name="admins", skills=("pdf",)), rule(name="others", skills=("docx",), **other)
    policy = Policy(rules=(admins, bob))
    found = decide(policy, BOTH)
    assert found.outcome == "deny"
    for word in ("admins", "others", "ask for each alone"):
        assert word in found.name
    assert explain(policy, BOTH) == ((found, None),)
    assert [decide(policy, facts(RiskLevel.WRITE, item)) for item in (PDF, DOCX)] == [admins, bob]


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
    values: dict[str, Any] = {field: length}
    if is_legal:
        assert getattr(rule(**values), field) == length
    else:
        with pytest.raises(ValidationError, match=field):
            rule(**values)


def test_what_destroys_does_not_lie_about_for_long() -> None:
    """Where a rule does not say so, people have an hour, for a destructive request half of that."""
    assert [rule().time_to_decide(risk) for risk in RiskLevel] == [timedelta(minutes=n) for n in (60, 60, 30)]
    assert {rule(ttl=timedelta(days=1)).time_to_decide(risk) for risk in RiskLevel} == {timedelta(days=1)}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"threshold": 0}, "threshold"),
        ({"approvers": {}}, "approvers must name somebody"),
        ({"escalate_after": timedelta(minutes=5)}, "belong together"),
        ({"escalate_to": {"roles": ("admin",)}}, "belong together"),
        ({"remind_before": timedelta(0)}, "remind_before"),
        ({"remind_before": timedelta(hours=1)}, "remind_before must be shorter"),
        ({"remind_before": timedelta(minutes=30), "risks": (RiskLevel.DESTRUCTIVE,)}, "remind_before must be shorter"),
        ({"remind_before": timedelta(hours=2), "ttl": timedelta(hours=2)}, "remind_before must be shorter"),
        ({"escalate_after": timedelta(hours=1), "escalate_to": ADMINS}, "escalate_after must be shorter"),
        ({"escalate_after": timedelta(minutes=10), "escalate_to": ADMINS, "ttl": timedelta(minutes=10)}, "must be sho"),
        ({"name": ""}, "name"),
        ({"reach": ("harmless",)}, "reach"),
        ({"unheard_of": True}, "unheard_of"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """Consent by silence, nobody to ask, half an escalation, an alarm after the end, a misspelt word."""
    with pytest.raises(ValidationError, match=complaint):
        rule(**changes)


@pytest.mark.parametrize("place", ["approvers", "escalate_to", "notify"])
def test_a_group_has_to_be_defined(place: str) -> None:
    """A name that nobody explains would mean nobody."""
    values: dict[str, Any] = {place: {"groups": ("security",)}}
    after = timedelta(minutes=5) if place == "escalate_to" else None
    one = rule(**values, escalate_after=after)
    with pytest.raises(ValidationError, match='rule "r" names the group "security"'):
        Policy(rules=(one,))
    assert Policy(rules=(one,), groups={"security": ("Bob",)}).rules == (one,)


def test_no_two_rules_share_a_name() -> None:
    """A card names the rule that asks: it has to be one."""
    with pytest.raises(ValidationError, match='two rules are called "r"'):
        Policy(rules=(rule(), rule("deny")))


def test_a_policy_knows_every_slack_group_it_names() -> None:
    """Those are looked up before anybody is asked: among approvers, escalations and those who are told."""
    one = rule(
        approvers={"slack_groups": ("S1",)},
        escalate_to={"slack_groups": ("S2", "S1")},
        escalate_after=timedelta(minutes=5),
        notify={"slack_groups": ("S3",)},
    )
    assert Policy(rules=(one, rule(name="other"))).slack_groups == {"S1", "S2", "S3"}


def test_every_word_of_a_rule_is_in_its_hash() -> None:
    """A rule that differs in anything at all is another rule, and what was asked under it is asked anew."""
    other: dict[str, Any] = {
        "name": "s",
        "priority": 1,
        "intents": ("install",),
        "risks": ("Write",),
        "providers": ("claude",),
        "skills": ("pdf",),
        "sources": ("*",),
        "reach": ("remote",),
        "changes": ("first_install",),
        "digest_already_approved": True,
        "signed": True,
        "teams": ("T1",),
        "chats": ("C1",),
        "agents": ("cost",),
        "request_types": ("confirmation",),
        "outcome": "deny",
        "approvers": {"people": ("Bob",)},
        "threshold": 2,
        "allow_self": True,
        "ttl": timedelta(minutes=10),
        "execution_ttl": timedelta(minutes=5),
        "remind_before": timedelta(minutes=5),
        "escalate_after": timedelta(minutes=5),
        "escalate_to": {"people": ("Bob",)},
        "notify": {"people": ("Bob",)},
    }
    assert other.keys() == Rule.model_fields.keys()
    plain = rule(escalate_after=timedelta(minutes=9), escalate_to={"people": ("Carol",)}).model_dump()
    hashes = {Rule.model_validate(plain | {field: value}).hash for field, value in other.items()}
    assert len(hashes | {Rule.model_validate(plain).hash}) == len(other) + 1
    assert Policy(rules=()).hash != Policy(rules=(rule(),)).hash != Policy(rules=(rule(),), groups={"a": ()}).hash
