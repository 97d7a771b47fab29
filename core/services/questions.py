"""Questions: what approvers are asked, whether enough of them exist, and whether what they said still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.eligibility import Roster, Seat, capacity, outcome_of, seats, standing
from core.domain.events import ApprovalDetails, ApprovalRequested
from core.domain.policy import decide
from core.domain.users import Role
from core.errors import ApprovalMissing, NobodyCanApprove, PolicyChanged, Words, listed

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.approvals import ApprovalSubject, Vote
    from core.domain.executions import Execution
    from core.domain.policy import Policy, Rule
    from core.ports import UnitOfWork
    from core.services.rosters import Rosters


async def record_question(
    uow: UnitOfWork, execution: Execution, request: ApprovalRequest, subject: ApprovalSubject, now: datetime
) -> None:
    """Put on the record what approvers are shown."""
    details = ApprovalDetails(
        code=request.code,
        request_id=request.id,
        revision=request.revision,
        subject=subject,
        policy=request.policy,
        threshold=request.threshold,
        subject_hash=request.subject_hash,
        expires_at=request.expires_at,
    )
    asked = ApprovalRequested(timestamp=now, action=request.title, risk_level=request.risk_level, details=details)
    await uow.events.append(execution.id, execution.user_id, asked)


def check_enough(
    rule: Rule,
    roster: Roster,
    requesters: tuple[str, ...],
    *,
    concerned: frozenset[str] = frozenset(),
    asked_at: datetime,
    until: datetime,
) -> None:
    """Do nothing if ``rule`` can be satisfied before ``until``, if need be once more people are asked.

    Raises:
        NobodyCanApprove: it cannot; the error says who is missing.
    """
    last_moment = until - timedelta(microseconds=1)
    available = seats(rule, roster, requesters=requesters, concerned=concerned, asked_at=asked_at, now=last_moment)
    able = capacity(available, roster)
    if able >= rule.threshold:
        return
    chosen = [person for person in roster.choose(rule.approvers) if person.id not in {*requesters, *concerned}]
    unlinked = [person.name for person in chosen if person.id not in roster.linked]
    short = rule.threshold - able
    missing = (
        Words("{n} more ({names}: no account linked)", n=short, names=", ".join(unlinked))
        if unlinked
        else Words("{n} more", n=short)
    )
    raise NobodyCanApprove(rule=rule.name, needed=rule.threshold, who=describe(rule), available=able, missing=missing)


def describe(rule: Rule) -> str:
    """Return whom ``rule`` asks, in a few words: "admins, group security, Bob"."""
    who = rule.approvers
    roles = {Role.ADMIN: Words("admins"), Role.USER: Words("users")}
    parts: list[str] = [roles[role] for role in who.roles]
    parts += [Words("group {name}", name=name) for name in who.groups]
    parts += [Words("Slack group {name}", name=name) for name in who.slack_groups]
    return listed([*parts, *who.people]) if parts or who.people else ""


def waiting_names(available: tuple[Seat, ...], counted: tuple[Vote, ...], roster: Roster) -> tuple[str, ...]:
    """Return who could vote and has not."""
    return tuple(seat.label for seat in waiting_seats(available, counted) if seat.person.id in roster.linked)


def waiting_for(available: tuple[Seat, ...], counted: tuple[Vote, ...], roster: Roster) -> str | Words:
    """Return who could vote and has not, in words."""
    return ", ".join(waiting_names(available, counted, roster)) or Words("nobody who could vote at present")


def waiting_seats(available: tuple[Seat, ...], counted: tuple[Vote, ...]) -> tuple[Seat, ...]:
    """Return the seats nobody has voted from."""
    voted = {vote.on_behalf_of or vote.user_id for vote in counted}
    return tuple(seat for seat in available if seat.owner.id not in voted)


async def check_consent(
    uow: UnitOfWork,
    execution: Execution,
    subject: ApprovalSubject,
    *,
    policy: Policy,
    rosters: Rosters,
    now: datetime,
) -> None:
    """Do nothing if people agree, at this moment and under the policy of this moment, to exactly ``subject``.

    Raises:
        PolicyChanged: as ``approval_of``.
        ApprovalMissing: they do not, or no longer.
    """
    request = await approval_of(uow, execution, subject, policy=policy, now=now)
    if request is not None and not await votes_suffice(uow, request, subject, rosters=rosters):
        raise ApprovalMissing(code=execution.code)


async def approval_of(
    uow: UnitOfWork, execution: Execution, subject: ApprovalSubject, *, policy: Policy, now: datetime
) -> ApprovalRequest | None:
    """Return the request that approved exactly ``subject``, whoever voted; None when nobody has to be asked.

    Raises:
        PolicyChanged: another rule decides now; the sentence's code is left for the caller to fill.
        ApprovalMissing: there is none, or none any more.
    """
    rule = decide(policy, subject.facts(execution.conversation))
    if rule.outcome == "allow":
        return None
    if rule.outcome == "deny":
        raise PolicyChanged(rule=rule.name, code="...")
    request = await uow.approvals.of_execution(execution.id)
    if request is None or request.status is not ApprovalStatus.APPROVED:
        raise ApprovalMissing(code=execution.code)
    if rule.hash != subject.rule_hash:
        raise PolicyChanged(rule=rule.name, code="...")
    in_time = request.execution_expires_at is not None and request.execution_expires_at > now
    if not in_time or request.subject_hash != subject.hash:
        raise ApprovalMissing(code=execution.code)
    return request


async def votes_suffice(
    uow: UnitOfWork,
    request: ApprovalRequest,
    subject: ApprovalSubject,
    *,
    rosters: Rosters,
    stood_in: datetime | None = None,
) -> bool:
    """Whether the votes that approved ``subject`` still count, and are enough.

    ``stood_in`` is when those who voted for others had to stand in for them, if that is not this moment.
    """
    roster = await rosters.load(uow, stood_in=stood_in)
    if request.is_break_glass:
        return any(person.is_admin and person.id == request.responded_by for person in roster.people)
    counted = standing(await uow.approvals.votes(request.id), rosters.seats(request, roster), revision=request.revision)
    return outcome_of(counted, threshold=subject.threshold) is ApprovalStatus.APPROVED
