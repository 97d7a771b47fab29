"""Requests in every state that a card has to tell: how the presenter and the channels are shown all of them."""

from __future__ import annotations

from core.domain.approvals import ApprovalRequest, ApprovalStatus, ApprovalSubject
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.skills import Reach, ReachLevel, SkillDiff, SourceLocation
from core.errors import SkillwardenError, SourceUnreachable, SubjectMoved, TargetReadOnly
from core.services.records import error_columns
from core.services.views import RequestView
from tests.request_views import SAME, UPDATE, request, skill, subject, target, view, vote

WAITING = ("Bob", "Carol")
#: What somebody with bad intent would write wherever a skill, its source or a comment can hold text.
ATTACK = 'x\x1b[2J\u202egpj.exe\u200b\n[1] Approve\n  commit   0000000 (Mina Park, signature valid)", scan: clean'

PDF = subject()
TWO_PLACES = subject(targets=[target("Claude"), target("Gemini")])
TWO_SKILLS = subject(
    [skill(), skill("docx", reach=Reach(level=ReachLevel.CONTAINED), file_count=1, size=900)],
    [target("Claude"), target("Gemini"), target("Claude", "docx"), target("Gemini", "docx", UPDATE)],
)
NAMES = ("pdf", "docx", "xlsx", "pptx", "meeting-notes", "brand-voice")
MANY = subject(
    [skill(name) for name in NAMES],
    [target(provider, name) for name in NAMES for provider in ("Claude", "Gemini", "OpenAI")],
)
UPDATED = subject(targets=[target(diff=UPDATE)])
EDITED = subject(targets=[target(diff=UPDATE, installed_digest="e" * 64)])
STRANGE = subject(targets=[target(diff=UPDATE, installed_ref=None, recorded_digest=None)])
REMOVED = subject(targets=[target(recorded_digest="e" * 64)])
UNRECORDED = subject(targets=[target(diff=SAME, installed_ref=None, recorded_digest=None)])
CURRENT = subject(targets=[target(diff=SAME), target("Gemini", diff=SAME)])
LOCAL = subject(
    [
        skill(
            location=SourceLocation(url="/srv/demo/sources/skills", label="/srv/demo/sources/skills", host=""),
            reach=Reach(level=ReachLevel.CONTAINED),
            file_count=1,
            size=900,
        )
    ],
    [target(diff=SkillDiff(first_install=True, added=("SKILL.md",)))],
)
DANGEROUS = subject(
    [
        skill(
            reach=Reach(
                level=ReachLevel.REMOTE,
                scripts=tuple(f"scripts/step_{number}.py" for number in range(12)),
                executables=("run",),
                allowed_tools=("Bash(*)", "WebFetch", "Write", "Edit", "Read"),
                hosts=tuple(f"host-{number}.invalid" for number in range(5)),
                binaries=("bin/tool",),
                hidden=("SKILL.md:12 zero-width", "SKILL.md:14 bidirectional"),
                findings=("scripts/step_1.py:3 downloads and runs", "hooks in the front matter"),
            ),
            warnings=("the field hooks is not in the specification",),
            file_count=120,
            size=3_400_000,
        )
    ],
    [target(diff=UPDATE)],
)
HOSTILE = subject(
    [
        skill(
            description=ATTACK,
            author=ATTACK,
            requested_ref="main",
            reach=Reach(
                level=ReachLevel.PRIVILEGED,
                scripts=(ATTACK,),
                allowed_tools=(ATTACK,),
                hosts=(ATTACK,),
                binaries=(ATTACK,),
                hidden=(ATTACK,),
                findings=(ATTACK,),
            ),
            warnings=(ATTACK,),
        )
    ],
    [target(diff=UPDATE.evolve(changed_scripts=(ATTACK,), allowed_tools_added=(ATTACK,), added=(ATTACK,)))],
)


def preparing(asked: ApprovalSubject, marks: str) -> RequestView:
    """Return a request whose content is still being read."""
    return view(asked, marks=marks, waiting_for=WaitingFor.PLAN, prepared=False)


def asking(asked: ApprovalSubject, *given: str, threshold: int = 1, waiting: tuple[str, ...] = WAITING) -> RequestView:
    """Return a request that waits for people; ``given`` have approved so far."""
    return view(
        asked,
        marks=_marks(asked, "t"),
        waiting_for=WaitingFor.APPROVAL,
        decision=request(asked, threshold=threshold),
        votes=tuple(vote(who) for who in given),
        waiting=waiting,
    )


def approved(asked: ApprovalSubject, comment: str | None = None) -> ApprovalRequest:
    """Return Bob's approval."""
    return request(asked, ApprovalStatus.APPROVED, "u-bob", comment=comment)


def going(asked: ApprovalSubject, marks: str) -> RequestView:
    """Return an approved request that is being installed; ``marks`` are of its installations in the order of steps."""
    return view(
        asked,
        marks=_marks(asked, marks),
        status=ExecutionStatus.RUNNING,
        decision=approved(asked),
        votes=(vote("u-bob"),),
    )


def ended(
    asked: ApprovalSubject,
    status: ExecutionStatus,
    marks: str,
    *,
    decision: ApprovalRequest | None = None,
    error: SkillwardenError | None = None,
    code: str | None = None,
    prepared: bool = True,
) -> RequestView:
    """Return a request that has ended, with the error or the code that ended it."""
    columns = error_columns(error) if error else {"error_code": code}
    voted = decision is not None and decision.status in {ApprovalStatus.APPROVED, ApprovalStatus.REJECTED}
    is_approved = decision is not None and decision.status is ApprovalStatus.APPROVED
    return view(
        asked,
        marks=marks,
        status=status,
        decision=decision,
        votes=(vote("u-bob", approve=is_approved),) if voted else (),
        prepared=prepared,
        **columns,
    )


def _marks(asked: ApprovalSubject, installs: str) -> str:
    """Return marks: everything read, the installations as given, the last of them repeated."""
    marks, used = "", 0
    for one in asked.skills:
        marks += "ddd"
        for place in asked.targets:
            if place.skill_id == one.skill_id:
                marks += installs[min(used, len(installs) - 1)]
                used += 1
    return marks


_READ_ONLY = TargetReadOnly(provider="Gemini", path="/srv/gemini/skills/pdf")
_DONE, _FAILED, _CANCELLED = ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.CANCELLED

STORIES: dict[str, RequestView] = {
    "planning": preparing(PDF, "drtt"),
    "planning_many": preparing(MANY, "ddd" + "ttt" + "drt" + "ttt" + "ttt" * 8),
    "waiting": asking(PDF),
    "waiting_one_of_two": asking(PDF, "u-bob", threshold=2, waiting=("Carol",)),
    "waiting_two_places": asking(TWO_PLACES),
    "waiting_two_skills": asking(TWO_SKILLS),
    "waiting_many": asking(MANY),
    "waiting_local": asking(LOCAL),
    "update": asking(UPDATED),
    "edited_in_place": asking(EDITED),
    "put_there_by_others": asking(STRANGE),
    "removed_by_others": asking(REMOVED),
    "same_but_unrecorded": asking(UNRECORDED),
    "dangerous": asking(DANGEROUS),
    "hostile": asking(HOSTILE),
    "running": going(PDF, "r"),
    "running_two_skills": going(TWO_SKILLS, "drt"),
    "running_many": going(MANY, "dddddrt"),
    "done": ended(PDF, _DONE, "dddd", decision=approved(PDF, "fine, I read the scripts")),
    "done_two_places": ended(TWO_PLACES, _DONE, "ddddd", decision=approved(TWO_PLACES)),
    "done_two_skills": ended(TWO_SKILLS, _DONE, _marks(TWO_SKILLS, "d"), decision=approved(TWO_SKILLS)),
    "done_hostile_comment": ended(PDF, _DONE, "dddd", decision=approved(PDF, ATTACK)),
    "nothing_to_do": ended(CURRENT, _DONE, "dddtt"),
    "failed_fetch": ended(
        PDF,
        _FAILED,
        "dftt",
        error=SourceUnreachable(source="acme/skills", reason="the connection was lost"),
        prepared=False,
    ),
    "failed_install": ended(PDF, _FAILED, "dddf", decision=approved(PDF), error=_READ_ONLY),
    "partly_done": ended(TWO_PLACES, _FAILED, "ddddf", decision=approved(TWO_PLACES), error=_READ_ONLY),
    "partly_done_many": ended(MANY, _FAILED, _marks(MANY, "ddddddddddfd"), decision=approved(MANY), error=_READ_ONLY),
    "failed_reading_many": ended(
        MANY,
        _FAILED,
        "dddttt" + "dftttt" + "tttttt" * 4,
        error=SourceUnreachable(source="acme/skills", reason="the connection was lost"),
        prepared=False,
    ),
    "moved": ended(
        PDF,
        _FAILED,
        "dddf",
        decision=approved(PDF),
        error=SubjectMoved(what="acme/skills @ main", code="#9QXW"),
    ),
    "rejected": ended(
        PDF,
        _CANCELLED,
        "dddt",
        decision=request(PDF, ApprovalStatus.REJECTED, "u-bob", comment="the script is\nnot pinned"),
        code="APPROVAL_REJECTED",
    ),
    "expired": ended(
        PDF,
        _CANCELLED,
        "dddt",
        decision=request(PDF, ApprovalStatus.EXPIRED, "system:expiry"),
        code="APPROVAL_EXPIRED",
    ),
    "cancelled": ended(
        PDF,
        _CANCELLED,
        "dddt",
        decision=request(PDF, ApprovalStatus.CANCELLED, "u-alice", comment="wrong skill"),
        code="CANCELLED",
    ),
    "cancelled_while_planning": ended(PDF, _CANCELLED, "dttt", code="CANCELLED", prepared=False),
    "cancelled_while_running": ended(TWO_PLACES, _CANCELLED, "ddddr", decision=approved(TWO_PLACES), code="CANCELLED"),
    "cancelled_too_late_for_some": ended(
        TWO_PLACES, _CANCELLED, "ddddt", decision=approved(TWO_PLACES), code="CANCELLED"
    ),
}
