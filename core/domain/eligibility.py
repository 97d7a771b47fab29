"""Eligibility: who may vote on a request at this moment, in their own name or for somebody who delegated to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from pydantic import Field

from core.domain.approvals import ApprovalStatus, Vote
from core.domain.base import Domain
from core.domain.delegations import Delegation
from core.domain.policy import Policy, Rule, Who
from core.domain.users import User, folded


class Roster(Domain):
    """Everybody there is at one moment: people, who of them has a platform account, groups and delegations.

    ``groups`` maps the policy's groups to names, ``slack_groups`` Slack's to user ids. A Slack group whose members
    could not be looked up is missing: nobody is in it.
    """

    people: tuple[User, ...]
    linked: frozenset[str] = frozenset()
    #: Those of them who cannot be written to in private on any platform.
    unreached: frozenset[str] = frozenset()
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    slack_groups: dict[str, frozenset[str]] = Field(default_factory=dict)
    #: The active ones only.
    delegations: tuple[Delegation, ...] = ()

    def name(self, user_id: str) -> str:
        """Return the name of a person; the id of somebody unknown."""
        return next((person.name for person in self.people if person.id == user_id), user_id)

    def choose(self, who: Who) -> tuple[User, ...]:
        """Return the active people that ``who`` means."""
        named = {folded(name) for name in who.people}
        named |= {folded(name) for group in who.groups for name in self.groups.get(group, ())}
        members = {user_id for group in who.slack_groups for user_id in self.slack_groups.get(group, ())}
        return tuple(
            person
            for person in self.people
            if person.is_active
            and (
                person.role in who.roles
                or person.id in members
                or folded(person.name) in named
                or folded(person.email) in named
            )
        )

    def away(self) -> frozenset[str]:
        """Return the ids of those who said that they are away, or that somebody stands in for them."""
        return frozenset(delegation.from_user_id for delegation in self.delegations)


class Seat(Domain):
    """The right to one vote: ``person`` may cast it, for ``owner`` whose right it is (often the same)."""

    person: User
    owner: User

    @property
    def is_delegated(self) -> bool:
        """Whether it is cast for somebody else."""
        return self.person.id != self.owner.id

    @property
    def label(self) -> str:
        """The name, and for whom: ``Carol for Bob``."""
        return f"{self.person.name} for {self.owner.name}" if self.is_delegated else self.person.name


def seats(
    rule: Rule,
    roster: Roster,
    *,
    requesters: Collection[str],
    concerned: Collection[str] = (),
    asked_at: datetime,
    now: datetime,
) -> tuple[Seat, ...]:
    """Return who may vote now under ``rule`` on what ``requesters`` asked for, and which is about ``concerned``.

    Nobody votes on what they asked for, unless the rule allows it, neither themselves nor through or for another.
    Whom it is about does not, whatever the rule allows.
    A delegate votes only where they have no vote of their own, and what was delegated to them they cannot pass on.
    """
    chosen = list(roster.choose(rule.approvers))
    if rule.escalate_after is not None and now >= asked_at + rule.escalate_after:
        chosen += [person for person in roster.choose(rule.escalate_to) if person not in chosen]
    barred = frozenset((*concerned, *(() if rule.allow_self else requesters)))
    owners = {person.id: person for person in chosen if person.id not in barred}
    own = [Seat(person=person, owner=person) for person in owners.values()]
    active = {person.id: person for person in roster.people if person.is_active}
    never = frozenset((*concerned, *requesters))
    lent: dict[str, Seat] = {}
    for delegation in roster.delegations:
        owner = owners.get(delegation.from_user_id)
        person = active.get(delegation.to_user_id or "")
        if owner and person and person.id not in owners and person.id not in never:
            lent.setdefault(person.id, Seat(person=person, owner=owner))
    return (*own, *lent.values())


def seat_of(available: tuple[Seat, ...], user_id: str) -> Seat | None:
    """Return the seat from which ``user_id`` votes."""
    return next((seat for seat in available if seat.person.id == user_id), None)


def capacity(available: tuple[Seat, ...], roster: Roster) -> int:
    """Return how many votes could be cast: seats that somebody with a platform account can fill."""
    return len({seat.owner.id for seat in available if seat.person.id in roster.linked})


def standing(votes: tuple[Vote, ...], available: tuple[Seat, ...], *, revision: int) -> tuple[Vote, ...]:
    """Return the votes on ``revision`` that count at this moment: their seats still exist, and each counts once."""
    owners = {seat.person.id: seat.owner.id for seat in available}
    counted: dict[str, Vote] = {}
    for vote in sorted(votes, key=lambda vote: vote.on_behalf_of is not None):  # owners go before their delegates
        owner = vote.on_behalf_of or vote.user_id
        if vote.revision == revision and vote.is_confirmed and owners.get(vote.user_id) == owner:
            counted.setdefault(owner, vote)
    return tuple(sorted(counted.values(), key=lambda vote: vote.voted_at))


def outcome_of(counted: tuple[Vote, ...], *, threshold: int) -> ApprovalStatus:
    """Return what the votes that count amount to: the first reject decides, then ``threshold`` approvals."""
    if any(not vote.approve for vote in counted):
        return ApprovalStatus.REJECTED
    if len(counted) >= threshold:
        return ApprovalStatus.APPROVED
    return ApprovalStatus.PENDING


def shortages(policy: Policy, roster: Roster, *, now: datetime) -> Mapping[str, tuple[int, int]]:
    """Return the rules that can never be satisfied: name -> (approvals needed, votes that could be cast).

    A request is never approved by who asks: a rule needs one person more than its threshold when its approvers ask too,
    which is told at the request. Here it only counts who could vote on somebody else's, after an escalation too.
    """
    short: dict[str, tuple[int, int]] = {}
    for rule in policy.in_order:
        if rule.outcome == "require":
            later = now + (rule.escalate_after or timedelta(0))  # which is before the request expires
            able = capacity(seats(rule, roster, requesters=(), asked_at=now, now=later), roster)
            if able < rule.threshold:
                short[rule.name] = (rule.threshold, able)
    return short
