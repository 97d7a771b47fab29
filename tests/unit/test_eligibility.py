"""Eligibility: who may vote at this moment and for whom, which votes count, and what they amount to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.approvals import ApprovalStatus, Vote
from core.domain.delegations import Delegation
from core.domain.eligibility import Roster, Seat, capacity, outcome_of, seat_of, seats, shortages, standing
from core.domain.policy import ADMINS, Policy, Rule, Who
from core.domain.users import Role, User
from tests import request_views as make
from tests.clock import START

HOUR = timedelta(hours=1)
RULE = Rule(name="write", outcome="require")


def person(name: str, role: Role = Role.USER, *, is_active: bool = True) -> User:
    """Return somebody whose id is their name."""
    address = f"{name}@test.invalid"
    return User(id=name, email=address, name=name.title(), role=role, is_active=is_active, created_at=START)


ALICE, ERIN, FRED = person("alice"), person("erin"), person("fred")
BOB, CAROL = person("bob", Role.ADMIN), person("carol", Role.ADMIN)
DAVE = person("dave", Role.ADMIN, is_active=False)
PEOPLE = (ALICE, BOB, CAROL, DAVE, ERIN, FRED)


def lent(owner: User, to: User | None) -> Delegation:
    """Return that ``owner`` lets ``to`` vote, or is away."""
    return Delegation(
        id=f"{owner.id}-{to.id if to else ''}",
        from_user_id=owner.id,
        to_user_id=to.id if to else None,
        starts_at=START,
        until=START + HOUR,
        created_at=START,
    )


def roster(*delegations: Delegation, people: tuple[User, ...] = PEOPLE, **changes: Any) -> Roster:
    """Return everybody, each with an account."""
    linked = frozenset(one.id for one in people)
    return Roster(people=people, linked=linked, delegations=delegations).evolve(**changes)


def seated(
    team: Roster,
    rule: Rule = RULE,
    *,
    requesters: tuple[str, ...] = ("alice",),
    concerned: tuple[str, ...] = (),
    after: timedelta = timedelta(0),
) -> tuple[Seat, ...]:
    """Return the seats ``after`` the question was asked."""
    return seats(rule, team, requesters=requesters, concerned=concerned, asked_at=START, now=START + after)


def labels(*args: Any, **kwargs: Any) -> list[str]:
    """Return the seats as people read them."""
    return [seat.label for seat in seated(*args, **kwargs)]


@pytest.mark.parametrize(
    ("requesters", "expected"),
    [
        (("alice",), ["Bob", "Carol"]),
        (("bob",), ["Carol"]),
        (("alice", "carol"), ["Bob"]),
        (("bob", "carol"), []),
        (("somebody else",), ["Bob", "Carol"]),
    ],
)
def test_the_active_admins_vote_but_never_who_asks(requesters: tuple[str, ...], expected: list[str]) -> None:
    """Ordinary people and inactive admins have no vote, and nobody votes on what they asked for, alone or with others.

    Who named another ref is such a requester too.
    """
    assert labels(roster(), requesters=requesters) == expected


def test_a_rule_may_let_an_approver_decide_their_own() -> None:
    """Where a rule says so; it makes nobody an approver who is none."""
    rule = RULE.evolve(allow_self=True)
    for who in ("alice", "bob", "dave"):
        assert labels(roster(), rule, requesters=(who,)) == ["Bob", "Carol"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (ADMINS, ["Bob", "Carol"]),
        (Who(roles=(Role.USER,)), ["Alice", "Erin", "Fred"]),
        (Who(people=("ERIN",)), ["Erin"]),
        (Who(people=("Erin@Test.invalid", "dave", "nobody")), ["Erin"]),
        (Who(groups=("security",)), ["Carol", "Fred"]),
        (Who(groups=("empty",)), []),
        (Who(groups=("unheard of",)), []),
        (Who(slack_groups=("S1",)), ["Erin"]),
        (Who(slack_groups=("S2",)), []),
        (Who(slack_groups=("S1", "S2"), people=("fred",), roles=(Role.ADMIN,)), ["Bob", "Carol", "Erin", "Fred"]),
        (Who(), []),
    ],
)
def test_people_are_chosen_by_role_group_and_name(who: Who, expected: list[str]) -> None:
    """By name or address in any case; a Slack group that could not be looked up has nobody in it; each once."""
    team = roster(
        groups={"security": ("CAROL", "fred@TEST.invalid", "Dave"), "empty": ()},
        slack_groups={"S1": frozenset({"erin", "dave", "gone"})},
    )
    assert [one.name for one in team.choose(who)] == expected


@pytest.mark.parametrize(
    ("delegations", "requesters", "expected"),
    [
        # Erin stands in for Bob, who can still vote himself.
        ([lent(BOB, ERIN)], ("alice",), ["Bob", "Carol", "Erin for Bob"]),
        # Being away is no delegation.
        ([lent(BOB, None)], ("alice",), ["Bob", "Carol"]),
        # Carol has a vote of her own, and only that.
        ([lent(BOB, CAROL)], ("alice",), ["Bob", "Carol"]),
        # Who asks votes for nobody, and nobody votes for who asks.
        ([lent(BOB, ALICE)], ("alice",), ["Bob", "Carol"]),
        ([lent(BOB, ERIN)], ("bob",), ["Carol"]),
        ([lent(BOB, CAROL)], ("carol",), ["Bob"]),
        ([lent(BOB, ERIN)], ("alice", "erin"), ["Bob", "Carol"]),
        # What was lent is not lent on, and what one has not cannot be lent.
        ([lent(BOB, ERIN), lent(ERIN, FRED)], ("alice",), ["Bob", "Carol", "Erin for Bob"]),
        ([lent(ALICE, ERIN)], ("fred",), ["Bob", "Carol"]),
        # Nobody inactive lends or is lent anything.
        ([lent(DAVE, ERIN), lent(BOB, DAVE)], ("alice",), ["Bob", "Carol"]),
        # One person has one vote, one vote may have two people to cast it.
        ([lent(BOB, ERIN), lent(CAROL, ERIN)], ("alice",), ["Bob", "Carol", "Erin for Bob"]),
        ([lent(BOB, ERIN), lent(BOB, FRED)], ("alice",), ["Bob", "Carol", "Erin for Bob", "Fred for Bob"]),
        ([lent(BOB, BOB)], ("alice",), ["Bob", "Carol"]),
    ],
)
def test_a_vote_can_be_lent_but_four_eyes_stay_four(
    delegations: list[Delegation], requesters: tuple[str, ...], expected: list[str]
) -> None:
    """Delegations give the delegate the owner's vote, unless that lets anybody vote twice or on their own request."""
    assert labels(roster(*delegations), requesters=requesters) == expected


@pytest.mark.parametrize("allow_self", [False, True])
@pytest.mark.parametrize(
    ("delegations", "concerned", "expected"),
    [
        ([], ("carol",), ["Bob"]),
        ([], ("erin",), ["Bob", "Carol"]),
        ([lent(BOB, ERIN)], ("erin",), ["Bob", "Carol"]),
        ([lent(CAROL, ERIN)], ("carol",), ["Bob"]),
        ([lent(BOB, CAROL)], ("carol",), ["Bob"]),
    ],
)
def test_whom_it_is_about_has_no_seat(
    delegations: list[Delegation], concerned: tuple[str, ...], expected: list[str], *, allow_self: bool
) -> None:
    """Neither themselves nor for somebody else, and nobody has one for them; no rule allows it."""
    rule = RULE.evolve(allow_self=allow_self)
    assert labels(roster(*delegations), rule, concerned=concerned) == expected


def test_somebody_who_may_decide_their_own_does_not_do_it_for_another() -> None:
    """``allow_self`` is about one's own vote: who asks stands in for nobody under it either."""
    own = RULE.evolve(allow_self=True)
    assert labels(roster(lent(BOB, ALICE)), own) == ["Bob", "Carol"]


def test_more_people_are_asked_once_it_is_time() -> None:
    """At the moment of the escalation, not a microsecond sooner; who asks is not among them, nobody comes twice."""
    rule = RULE.evolve(ttl=2 * HOUR, escalate_after=HOUR, escalate_to=Who(people=("erin", "bob", "alice")))
    assert labels(roster(), rule, after=HOUR - timedelta(microseconds=1)) == ["Bob", "Carol"]
    assert labels(roster(), rule, after=HOUR) == ["Bob", "Carol", "Erin"]
    assert labels(roster(lent(ERIN, FRED)), rule, after=HOUR) == ["Bob", "Carol", "Erin", "Fred for Erin"]
    assert labels(roster(lent(ERIN, FRED)), rule) == ["Bob", "Carol"]


def test_away_are_those_who_said_so() -> None:
    """With somebody in their place or without."""
    assert roster(lent(BOB, ERIN), lent(CAROL, None)).away() == {"bob", "carol"}


def test_a_person_has_a_name_and_an_unknown_one_an_id() -> None:
    """Nobody is made up."""
    assert (roster().name("bob"), roster().name("gone")) == ("Bob", "gone")


@pytest.mark.parametrize(
    ("linked", "delegations", "votes"),
    [
        ({"bob", "carol"}, (), 2),
        ({"bob"}, (), 1),
        ({"alice", "dave", "erin"}, (), 0),
        # Erin can cast Bob's vote; his own account makes no second one of it.
        ({"erin"}, (lent(BOB, ERIN),), 1),
        ({"erin", "bob"}, (lent(BOB, ERIN),), 1),
        ({"erin", "carol"}, (lent(BOB, ERIN),), 2),
    ],
)
def test_only_who_can_be_reached_is_counted(linked: set[str], delegations: tuple[Delegation, ...], votes: int) -> None:
    """A vote that nobody with a platform account can cast is none, and one that two can cast is one."""
    team = roster(*delegations, linked=frozenset(linked))
    assert capacity(seated(team), team) == votes


def test_a_rule_that_nobody_can_satisfy_is_found() -> None:
    """By name, with what it needs and what there is; rules that ask nobody are none of them."""
    rules = (
        RULE,
        Rule(name="two", outcome="require", threshold=2),
        Rule(name="three", outcome="require", threshold=3),
        Rule(name="erin", outcome="require", approvers=Who(people=("erin",))),
        Rule(name="free", outcome="allow", threshold=9),
        Rule(name="never", outcome="deny", threshold=9),
    )
    team = roster(linked=frozenset({"bob", "carol"}))
    assert shortages(Policy(rules=rules), team, now=START) == {"three": (3, 2), "erin": (1, 0)}


def test_every_vote_has_its_seat() -> None:
    """Who has none votes for nobody."""
    available = seated(roster(lent(BOB, ERIN)))
    found = seat_of(available, "erin")
    assert found is not None
    assert (found.owner, found.is_delegated) == (BOB, True)
    assert seat_of(available, "fred") is None


@pytest.mark.parametrize(
    ("votes", "counted"),
    [
        ((), []),
        ((make.vote("bob"), make.vote("carol")), ["bob", "carol"]),
        # Not on this revision, not given twice yet, no seat.
        ((make.vote("bob", revision=2), make.vote("carol", revision=1)), ["carol"]),
        ((make.vote("bob", is_confirmed=False),), []),
        ((make.vote("alice"), make.vote("dave"), make.vote("fred", approve=False)), []),
        # Owner and delegate share a vote: the owner's counts, whichever came first and whatever it says.
        ((make.vote("erin", on_behalf_of="bob"),), ["erin"]),
        ((make.vote("erin", on_behalf_of="bob"), make.vote("bob", approve=False, at=START + HOUR)), ["bob"]),
        ((make.vote("bob", at=START + HOUR), make.vote("erin", on_behalf_of="bob", approve=False)), ["bob"]),
        ((make.vote("bob", is_confirmed=False), make.vote("erin", on_behalf_of="bob")), ["erin"]),
        # A vote in another name than the seat's: the delegation has changed since.
        ((make.vote("erin", on_behalf_of="carol"), make.vote("erin")), []),
        ((make.vote("carol", on_behalf_of="bob"),), []),
    ],
)
def test_a_vote_counts_while_its_seat_exists_and_once(votes: tuple[Vote, ...], counted: list[str]) -> None:
    """Current, confirmed, from a seat of this moment, and one for each right to vote."""
    available = seated(roster(lent(BOB, ERIN)))
    assert [vote.user_id for vote in standing(votes, available, revision=1)] == counted


def test_votes_that_count_come_in_the_order_they_were_given() -> None:
    """A card names people in that order."""
    votes = (make.vote("carol", at=START + HOUR), make.vote("erin", on_behalf_of="bob", at=START))
    assert [vote.user_id for vote in standing(votes, seated(roster(lent(BOB, ERIN))), revision=1)] == ["erin", "carol"]


def test_a_vote_of_somebody_who_lost_their_seat_is_gone() -> None:
    """No admin any more, shut out, or the delegation was ended: what they said does not hold."""
    votes = (make.vote("bob"), make.vote("erin", on_behalf_of="carol"))
    assert len(standing(votes, seated(roster(lent(CAROL, ERIN))), revision=1)) == 2
    demoted = tuple(one.evolve(role=Role.USER) if one == BOB else one for one in PEOPLE)
    left = tuple(one.evolve(is_active=False) if one == BOB else one for one in PEOPLE)
    assert standing(votes, seated(roster(people=demoted)), revision=1) == ()
    assert standing(votes, seated(roster(people=left)), revision=1) == ()


VOTES = st.lists(
    st.builds(
        lambda who, approve, owner, revision, confirmed: make.vote(
            who, approve=approve, on_behalf_of=owner, revision=revision, is_confirmed=confirmed
        ),
        st.sampled_from([one.id for one in PEOPLE]),
        st.booleans(),
        st.none() | st.sampled_from([one.id for one in PEOPLE]),
        st.integers(1, 2),
        st.booleans(),
    ),
    unique_by=lambda vote: vote.user_id,
    max_size=6,
)
DELEGATIONS = st.lists(st.builds(lent, st.sampled_from(PEOPLE), st.none() | st.sampled_from(PEOPLE)), max_size=6)


@given(VOTES, DELEGATIONS, st.sets(st.sampled_from([one.id for one in PEOPLE]), min_size=1, max_size=2))
@settings(deadline=None, derandomize=True)
def test_whatever_is_lent_to_whom_nobody_has_two_votes_or_judges_their_own(
    votes: list[Vote], delegations: list[Delegation], requesters: set[str]
) -> None:
    """One seat each, for an active approver who did not ask; what counts is at most one vote for each right."""
    team = roster(*delegations)
    available = seated(team, requesters=tuple(requesters))
    sitting = [seat.person.id for seat in available]
    assert len(set(sitting)) == len(sitting)
    rights = {"bob", "carol"} - requesters
    assert {seat.owner.id for seat in available} == rights
    assert not set(sitting) & requesters
    assert all(seat.person.is_active for seat in available)
    assert {"bob", "carol"} - requesters <= {seat.person.id for seat in available if not seat.is_delegated}
    counted = standing(tuple(votes), available, revision=1)
    given_for = [vote.on_behalf_of or vote.user_id for vote in counted]
    assert len(set(given_for)) == len(given_for)
    assert set(given_for) <= rights
    assert all(vote.is_confirmed and vote.revision == 1 and vote.user_id not in requesters for vote in counted)
    assert capacity(available, team) == len(rights)


@given(st.lists(st.booleans(), max_size=6), st.integers(1, 4))
@settings(deadline=None, derandomize=True)
def test_the_first_reject_decides_and_else_the_threshold(said: list[bool], threshold: int) -> None:
    """One reject outweighs any number of approvals; approvals count from the threshold on; silence is no consent."""
    outcome = outcome_of(tuple(make.vote(f"u-{n}", approve=yes) for n, yes in enumerate(said)), threshold=threshold)
    if not all(said):
        assert outcome is ApprovalStatus.REJECTED
    else:
        assert outcome is (ApprovalStatus.APPROVED if len(said) >= threshold else ApprovalStatus.PENDING)
