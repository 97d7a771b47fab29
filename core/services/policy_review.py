"""Policy review: what keeps rules from being satisfied, which one would decide, and what another policy would do."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, get_args

from core.domain.base import Domain
from core.domain.eligibility import Roster, Seat, capacity, seats, shortages
from core.domain.policy import Change, Outcome, Policy, RequestFacts, Rule, Who, decide, explain
from core.domain.skills import ReachLevel
from core.services.tongue import ENGLISH, Tongue

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution


class Review(Domain):
    """What is wrong with a policy, in sentences: ``shortages`` can never be satisfied, ``remarks`` may be meant so."""

    shortages: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Asked(Domain):
    """One rule that was asked: ``mismatch`` is the criterion that failed; it may still match when it ``may_match``."""

    rule: Rule
    mismatch: str | None
    may_match: bool = False


class Decision(Domain):
    """What a policy says about one request: for ``require``, how many of whom."""

    outcome: Outcome
    rule: str
    threshold: int = 0
    approvers: tuple[str, ...] = ()


def review(policy: Policy, roster: Roster, *, now: datetime, tongue: Tongue = ENGLISH) -> Review:
    """Return what ``roster`` has against ``policy``, in ``tongue``.

    A group of Slack's that the roster does not know may have any members: what needs it is a remark. Who cannot be
    written to does not count.
    """
    asked, roster = roster, reached(roster)
    rules = {rule.name: rule for rule in policy.rules}
    short, remarks = [], []
    for name, (needed, able) in shortages(policy, roster, now=now).items():
        rule = rules[name]
        unseen = [
            group
            for who in (rule.approvers, rule.escalate_to)
            for group in who.slack_groups
            if group not in roster.slack_groups
        ]
        sentence = tongue.say(
            'rule "{name}" needs {needed}, and {able} can be given: {why}',
            name=name,
            needed=approvals(needed, tongue),
            able=able,
            why=_missing(rule, asked, tongue),
        )
        if unseen:
            groups = ", ".join(dict.fromkeys(unseen))
            remarks.append(
                tongue.say("{sentence}; only Slack knows who is in {groups}", sentence=sentence, groups=groups)
            )
        else:
            short.append(sentence)
    return Review(shortages=tuple(short), remarks=(*remarks, *_people_remarks(policy, roster, tongue)))


def alone(policy: Policy, roster: Roster, *, now: datetime) -> tuple[str, ...]:
    """Return who can approve for others, and has too few others to approve what they ask for themselves."""
    names: dict[str, None] = {}
    roster = reached(roster)
    short = shortages(policy, roster, now=now)
    for rule in policy.in_order:
        if rule.outcome == "require" and not rule.allow_self and rule.name not in short:
            for person in roster.choose(rule.approvers):
                rest = seats(rule, roster, requesters=(person.id,), asked_at=now, now=_latest(rule, now))
                if capacity(rest, roster) < rule.threshold:
                    names[person.name] = None
    return tuple(names)


def asked_about(policy: Policy, facts: RequestFacts) -> tuple[Asked, ...]:
    """Return the rules that ``facts`` are asked about, in order; the last one decides as far as ``facts`` tell.

    What ``facts`` do not tell of reach and change is tried: a rule that could match then says so.
    """
    return tuple(
        Asked(rule=rule, mismatch=mismatch, may_match=mismatch is not None and _may_match(rule, facts))
        for rule, mismatch in explain(policy, facts)
    )


def replay(policy: Policy, execution: Execution, roster: Roster, *, now: datetime) -> Decision | None:
    """Return what ``policy`` would say today about what ``execution`` asked; None where that was never found out."""
    if execution.subject is None:
        return None
    rule = decide(policy, execution.subject.facts(execution.conversation))
    if rule.outcome != "require":
        return Decision(outcome=rule.outcome, rule=rule.name)
    here = roster.evolve(groups=policy.groups)
    available = seats(
        rule,
        here,
        requesters=(execution.user_id,),
        concerned=execution.subject.concerned,
        asked_at=now,
        now=_latest(rule, now),
    )
    names = sorted({seat.owner.name for seat in available})
    unseen = [f"Slack group {group}" for group in rule.approvers.slack_groups if group not in roster.slack_groups]
    return Decision(outcome="require", rule=rule.name, threshold=rule.threshold, approvers=(*names, *unseen))


def voters(
    rule: Rule, roster: Roster, requesters: tuple[str, ...], now: datetime, *, concerned: tuple[str, ...] = ()
) -> tuple[Seat, ...]:
    """Return who could vote under ``rule`` in the end, after an escalation too, and has an account to do it."""
    end = _latest(rule, now)
    available = seats(rule, roster, requesters=requesters, concerned=concerned, asked_at=now, now=end)
    return tuple(seat for seat in available if seat.person.id in reached(roster).linked)


def reached(roster: Roster) -> Roster:
    """Return ``roster`` as it is without the accounts of those who cannot be written to."""
    return roster.evolve(linked=roster.linked - roster.unreached)


def who_in_words(who: Who, tongue: Tongue = ENGLISH) -> str:
    """Return whom ``who`` means: "admins, group security, bob"."""
    roles = {"admin": tongue.say("admins"), "user": tongue.say("users")}
    parts = [roles.get(role, role) for role in who.roles]
    parts += [tongue.say("group {name}", name=name) for name in who.groups]
    parts += [tongue.say("Slack group {name}", name=name) for name in who.slack_groups]
    return ", ".join((*parts, *who.people))


def approvals(number: int, tongue: Tongue = ENGLISH) -> str:
    """Return "1 approval", "2 approvals"."""
    return tongue.say_many("{n} approval", "{n} approvals", number)


def _missing(rule: Rule, roster: Roster, tongue: Tongue) -> str:
    """Say who could give an approval but has no account, or that ``rule`` finds nobody."""
    chosen = (*roster.choose(rule.approvers), *roster.choose(rule.escalate_to))
    unlinked = dict.fromkeys(person.name for person in chosen if person.id not in roster.linked)
    unreached = dict.fromkeys(person.name for person in chosen if person.id in roster.unreached)
    reasons = []
    if unlinked:
        names = ", ".join(unlinked)
        reasons.append(
            tongue.say_many(
                "{names} has no linked account", "{names} have no linked account", len(unlinked), names=names
            )
        )
    if unreached:
        names = ", ".join(unreached)
        reasons.append(
            tongue.say_many(
                "{names} has not pressed Start in Telegram",
                "{names} have not pressed Start in Telegram",
                len(unreached),
                names=names,
            )
        )
    if len(reasons) > 1:
        return tongue.say("{one} and {other}", one=reasons[0], other=reasons[1])
    if reasons:
        return reasons[0]
    return tongue.say("too few active people are meant by {who}", who=who_in_words(rule.approvers, tongue))


def _people_remarks(policy: Policy, roster: Roster, tongue: Tongue) -> tuple[str, ...]:
    known = {name.lower(): person for person in roster.people for name in (person.name, person.email)}
    places = [(tongue.say('group "{name}"', name=group), names) for group, names in policy.groups.items()]
    places += [
        (tongue.say('rule "{name}"', name=rule.name), who.people)
        for rule in policy.in_order
        for who in (rule.approvers, rule.escalate_to, rule.notify)
    ]
    remarks: dict[str, None] = {}
    for place, names in places:
        for name in names:
            person = known.get(name.lower())
            if person is None:
                remarks[tongue.say('{place} names "{name}", and nobody is called so', place=place, name=name)] = None
            elif not person.is_active:
                remarks[tongue.say("{place} names {name}, who is not active", place=place, name=person.name)] = None
    return tuple(remarks)


def _may_match(rule: Rule, facts: RequestFacts) -> bool:
    return any(
        rule.mismatch(
            facts.evolve(
                items=tuple(
                    item.evolve(
                        reach=item.reach or reach,
                        changes=item.changes or frozenset({change}),
                        digest_already_approved=known
                        if item.digest_already_approved is None
                        else item.digest_already_approved,
                        signed=signed if item.signed is None else item.signed,
                    )
                    for item in facts.items
                )
            )
        )
        is None
        for reach, change, known, signed in itertools.product(
            ReachLevel, get_args(Change), (True, False), (True, False)
        )
    )


def _latest(rule: Rule, now: datetime) -> datetime:
    return now + rule.escalate_after if rule.escalate_after else now
