"""What approvers and requesters are shown beside the plain way: changes, stand-ins, emergencies, records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.domain.actions import ChatAction, DeactivateUser, Delegate, SetRole, risk_of
from core.domain.approvals import (
    BROKEN_GLASS,
    WITHDRAWN,
    ApprovalRequest,
    ApprovalStatus,
    ApprovalSubject,
    PendingChange,
    RecordChange,
)
from core.domain.base import iso
from core.domain.cards import Card
from core.domain.events import ApprovalReceived
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.policy import Rule
from core.errors import AlreadyAsked, ApprovalMissing, PolicyChanged, SkillwardenError
from core.services.presenter import card_for
from core.services.reader import Reader
from core.services.records import error_columns
from core.services.views import RequestView
from core.services.wording import confirm_card
from tests.clock import START
from tests.request_stories import PDF, TWO_PLACES, TWO_SKILLS, WAITING, approved, asking, ended
from tests.request_views import DECIDED, request, view, vote

_PENDING, _RUNNING = ExecutionStatus.PENDING, ExecutionStatus.RUNNING
_DONE, _FAILED, _CANCELLED = ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.CANCELLED
_APPROVAL, _REQUEST, _OUTCOME = NoticeKind.APPROVAL_CARD, NoticeKind.REQUEST_CARD, NoticeKind.OUTCOME
FRIDAY = START + timedelta(days=5, hours=11, minutes=30)


def said(modified: str | None, *, approve: bool, revision: int, by: str = "u-bob") -> ApprovalReceived:
    """Return what the record says about somebody's vote or change."""
    return ApprovalReceived(
        timestamp=DECIDED, approved=approve, modified=modified, by=by, channel="console", revision=revision
    )


def voided(*events: ApprovalReceived, revision: int) -> RequestView:
    """Return a request whose votes fell away with the step to ``revision``."""
    story = asking(PDF)
    return story.evolve(request=request(PDF, revision=revision), events=events)


_ERIN_FOR_BOB = vote("u-erin", on_behalf_of="u-bob")
_GLASS = request(
    PDF, ApprovalStatus.APPROVED, "u-bob", comment="customers cannot log in", response={BROKEN_GLASS: True}
)
_BROKEN = view(
    PDF, marks="dddr", status=_RUNNING, decision=_GLASS, events=(said(BROKEN_GLASS, approve=True, revision=1),)
).evolve(decided_in="slack")

#: What somebody gets in each state, and by which notice.
STORIES: dict[str, tuple[NoticeKind, RequestView]] = {
    "two_places": (_APPROVAL, asking(TWO_PLACES)),
    "two_skills": (_APPROVAL, asking(TWO_SKILLS)),
    "reminder": (NoticeKind.REMINDER, asking(PDF)),
    "fyi": (NoticeKind.FYI_CARD, asking(PDF)),
    "fyi_decided": (NoticeKind.FYI_CARD, ended(PDF, _DONE, "dddd", decision=approved(PDF))),
    "prepared_anew": (
        _APPROVAL,
        view(
            PDF,
            marks="rttt",
            waiting_for=WaitingFor.PLAN,
            decision=request(PDF, revision=2, change=PendingChange(by="u-bob", action=PDF.chat_action)),
        ),
    ),
    "prepared_anew_request": (
        _REQUEST,
        view(
            PDF,
            marks="rttt",
            waiting_for=WaitingFor.PLAN,
            decision=request(PDF, revision=2, change=PendingChange(by="u-bob", action=PDF.chat_action)),
        ),
    ),
    "asked_by_two": (
        _APPROVAL,
        asking(PDF, waiting=("Carol",)).evolve(request=request(PDF, requesters=("u-alice", "u-bob"), revision=3)),
    ),
    "may_decide_alone": (
        _APPROVAL,
        asking(PDF).evolve(request=request(PDF, rule=Rule(name="write", outcome="require", allow_self=True))),
    ),
    "void_fewer_places": (NoticeKind.VOTE_VOID, voided(said("pdf on Gemini", approve=True, revision=2), revision=2)),
    "void_another_ref": (
        NoticeKind.VOTE_VOID,
        voided(said("pdf on Claude @ v1.1", approve=False, revision=1), revision=3),
    ),
    "void_another_rule": (
        NoticeKind.VOTE_VOID,
        voided(said("pdf on Gemini", approve=True, revision=2), said(WITHDRAWN, approve=False, revision=3), revision=3),
    ),
    "stand_in": (_APPROVAL, asking(PDF, waiting=("Bob", "Carol", "Erin for Bob")).evolve(stand_ins=("Erin for Bob",))),
    "stand_in_voted": (
        _APPROVAL,
        asking(PDF, threshold=2, waiting=("Carol",)).evolve(stand_ins=("Erin for Bob",), votes=(_ERIN_FOR_BOB,)),
    ),
    "stand_in_decided": (
        _OUTCOME,
        ended(PDF, _DONE, "dddd", decision=approved(PDF)).evolve(votes=(_ERIN_FOR_BOB, vote("u-carol"))),
    ),
    "two_of_three": (_APPROVAL, asking(PDF, "u-bob", "u-carol", threshold=3, waiting=("Erin",))),
    "glass_alarm": (NoticeKind.BREAK_GLASS, _BROKEN),
    "glass_alarm_late": (NoticeKind.BREAK_GLASS, ended(PDF, _DONE, "dddd", decision=_GLASS).evolve(votes=())),
    "glass_approval": (_APPROVAL, _BROKEN),
    "glass_outcome": (_OUTCOME, ended(PDF, _DONE, "dddd", decision=_GLASS).evolve(votes=())),
    "joined": (
        _REQUEST,
        ended(PDF, _CANCELLED, "dddt", error=AlreadyAsked(who="Carol", code="9QXW")),
    ),
    "policy_changed": (
        _OUTCOME,
        ended(PDF, _FAILED, "dddt", decision=approved(PDF), error=PolicyChanged(rule="careful", code="#9QXW")),
    ),
    "approval_no_longer_good": (
        _OUTCOME,
        ended(PDF, _FAILED, "dddt", decision=approved(PDF), error=ApprovalMissing(code="7F3K")),
    ),
}


def change(user_id: str, name: str, field: str, before: str | None, after: str) -> tuple[RecordChange, ...]:
    """Return one change of the records."""
    return (RecordChange(entity_id=user_id, name=name, field=field, before=before, after=after),)


def records(action: ChatAction, changes: tuple[RecordChange, ...]) -> ApprovalSubject:
    """Return a request that changes only the bot's own records."""
    risk = risk_of(action)
    return ApprovalSubject(action=action, records=changes).under(
        Rule(name=risk.value.lower(), risks=(risk,), outcome="require")
    )


ADMIN = records(SetRole(user="carol", role="admin"), change("u-carol", "Carol", "role", "user", "admin"))
NO_ADMIN = records(SetRole(user="carol@test.invalid", role="user"), change("u-carol", "Carol", "role", "admin", "user"))
SHUT_OUT = records(DeactivateUser(user="carol"), change("u-carol", "Carol", "access", "active", "none, at once"))
DELEGATION = records(
    Delegate(to="erin", until=FRIDAY), change("u-alice", "Alice", "votes", None, f"Erin until {iso(FRIDAY)}")
)
AWAY = records(Delegate(until=FRIDAY), change("u-alice", "Alice", "votes", None, f"until {iso(FRIDAY)}"))
BACK = records(Delegate(), change("u-alice", "Alice", "votes", f"until {iso(FRIDAY)}", "own votes"))


def recorded(
    asked: ApprovalSubject,
    status: ExecutionStatus = _PENDING,
    decision: ApprovalRequest | None = None,
    error: SkillwardenError | None = None,
    **changes: Any,
) -> RequestView:
    """Return such a request as it stands."""
    is_open = status is _PENDING
    columns = error_columns(error) if error else {}
    decided_by = (vote("u-bob"),) if decision and decision.status is ApprovalStatus.APPROVED else ()
    return view(
        asked,
        status=status,
        waiting_for=WaitingFor.APPROVAL if is_open else None,
        decision=decision or (about(asked) if is_open else None),
        votes=decided_by,
        waiting=WAITING if is_open else (),
        **columns | changes,
    ).evolve(decided_in=None if is_open else "slack")


def about(
    asked: ApprovalSubject, status: ApprovalStatus = ApprovalStatus.PENDING, by: str | None = None, **changes: Any
) -> ApprovalRequest:
    """Return the question about ``asked``."""
    return request(asked, status, by, risk_level=risk_of(asked.chat_action), **changes)


def record_stories() -> dict[str, tuple[NoticeKind, RequestView]]:
    """Return each of them while it is asked about - to both sides - and when it has ended."""
    stories: dict[str, tuple[NoticeKind, RequestView]] = {}
    whole = {"admin": ADMIN, "no_admin": NO_ADMIN, "shut_out": SHUT_OUT, "delegation": DELEGATION}
    for name, asked in whole.items():
        done = recorded(asked, _DONE, about(asked, ApprovalStatus.APPROVED, "u-bob", comment="agreed"))
        stories[f"{name}_request"] = (_REQUEST, recorded(asked))
        stories[f"{name}_approval"] = (_APPROVAL, recorded(asked))
        stories[f"{name}_outcome"] = (_OUTCOME, done)
    stories["admin_decided"] = (_APPROVAL, stories["admin_outcome"][1])
    rejected = about(ADMIN, ApprovalStatus.REJECTED, "u-bob", comment="who is that?")
    stories["admin_rejected"] = (_OUTCOME, recorded(ADMIN, _CANCELLED, rejected, error_code="APPROVAL_REJECTED"))
    expired = about(ADMIN, ApprovalStatus.EXPIRED, "system:expiry")
    stories["admin_expired"] = (_OUTCOME, recorded(ADMIN, _CANCELLED, expired, error_code="APPROVAL_EXPIRED"))
    cancelled = about(ADMIN, ApprovalStatus.CANCELLED, "system:host")
    stories["admin_cancelled_by_host"] = (_APPROVAL, recorded(ADMIN, _CANCELLED, cancelled, error_code="CANCELLED"))
    # These two ask nobody.
    stories["away_outcome"] = (_OUTCOME, recorded(AWAY, _DONE))
    stories["back_outcome"] = (_OUTCOME, recorded(BACK, _DONE))
    return stories


STORIES |= record_stories()


def cards(reader: Reader) -> dict[str, Card]:
    """Return the card of every story, and what is asked of who approves something destructive."""
    shown = {name: card_for(kind, story, reader) for name, (kind, story) in STORIES.items()}
    return shown | {"admin_confirm": confirm_card(recorded(ADMIN), reader)}
