"""Requests at any point of their way, made by hand: what was asked, what would change, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from core.domain.actions import Install
from core.domain.approvals import (
    ApprovalRequest,
    ApprovalStatus,
    ApprovalSubject,
    SkillSubject,
    TargetSubject,
    Vote,
)
from core.domain.base import sha256_hex
from core.domain.cards import Mark
from core.domain.events import ApprovalDetails, ExecutionEvent
from core.domain.executions import Execution, ExecutionStatus, WaitingFor
from core.domain.plans import RiskLevel
from core.domain.policy import Rule
from core.domain.skills import Reach, ReachLevel, SkillDiff, SourceLocation
from core.services.views import RequestView, StepView
from core.services.wanted import FETCH, INSPECT, INSTALL, RESOLVE
from tests.clock import START

CODE = "7F3K"
COMMIT = "4be91c2f0a" * 4
OLD_COMMIT = "1d0c7aa93e" * 4
NAMES = {"u-alice": "Alice", "u-bob": "Bob", "u-carol": "Carol", "u-erin": "Erin"}
WRITE = Rule(name="write", risks=(RiskLevel.WRITE,), outcome="require")
EXPIRES = START + timedelta(hours=1)
DECIDED = START + timedelta(minutes=11)

PRIVILEGED = Reach(
    level=ReachLevel.PRIVILEGED,
    scripts=("scripts/extract.py", "scripts/fill.py"),
    allowed_tools=("Bash(python:*)",),
)
FIRST = SkillDiff(first_install=True, added=("SKILL.md", "scripts/extract.py", "scripts/fill.py"))
UPDATE = SkillDiff(
    first_install=False,
    added=("scripts/fill.py",),
    changed=("SKILL.md", "scripts/extract.py"),
    lines_added=42,
    lines_removed=7,
    changed_scripts=("scripts/extract.py", "scripts/fill.py"),
    allowed_tools_added=("Bash(python:*)",),
)
SAME = SkillDiff(first_install=False)

#: Done, running, to do, failed.
_MARKS = {"d": Mark.DONE, "r": Mark.RUNNING, "t": Mark.TODO, "f": Mark.FAILED}


def digest(text: str) -> str:
    """Return what stands for the digest of some content."""
    return sha256_hex(text.encode())


def skill(name: str = "pdf", **changes: Any) -> SkillSubject:
    """Return the content that is asked for."""
    return SkillSubject(
        skill_id=f"s-{name}",
        name=name,
        asked_as=name,
        description="Reads and fills PDF forms.",
        location=SourceLocation(
            url="https://github.com/acme/skills", label="acme/skills", host="github.com", path=f"skills/{name}"
        ),
        path=f"skills/{name}",
        requested_ref="main",
        commit=COMMIT,
        author="Mina Park",
        committed_at=START - timedelta(days=2, hours=3),
        digest=digest(name),
        file_count=9,
        size=41_000,
        reach=PRIVILEGED,
    ).evolve(**changes)


def target(provider: str = "Claude", name: str = "pdf", diff: SkillDiff = FIRST, **changes: Any) -> TargetSubject:
    """Return one place it would go: empty for a first install, else with the previous content in it."""
    before = None if diff.first_install else digest(name if diff.is_empty else f"old {name}")
    return TargetSubject(
        provider_id=f"p-{provider.lower()}",
        provider=provider,
        provider_kind=provider.lower(),
        skill_id=f"s-{name}",
        skill=name,
        location=f"/srv/{provider.lower()}/skills/{name}",
        installed_ref=None if diff.first_install else OLD_COMMIT,
        installed_digest=before,
        recorded_digest=before,
        wanted_digest=digest(name),
        source=f"github.com/acme/skills/skills/{name}",
        diff=diff,
    ).evolve(**changes)


def subject(
    skills: Iterable[SkillSubject] | None = None, targets: Iterable[TargetSubject] | None = None
) -> ApprovalSubject:
    """Return what an approval binds to; pdf on Claude for the first time unless told otherwise."""
    skills = tuple(skills or (skill(),))
    targets = tuple(targets or (target(name=one.name) for one in skills))
    names, places = (one.name for one in skills), dict.fromkeys(one.provider.lower() for one in targets)
    return ApprovalSubject(
        action=Install(skills=tuple(names), providers=tuple(places)),
        skills=skills,
        targets=targets,
    ).under(WRITE)


def details(asked: ApprovalSubject | None = None) -> ApprovalDetails:
    """Return what the event says that was shown."""
    asked = asked or subject()
    return ApprovalDetails(
        code=CODE,
        request_id="r-1",
        revision=1,
        subject=asked,
        policy=asked.rule,
        threshold=asked.threshold,
        subject_hash=asked.hash,
        expires_at=EXPIRES,
    )


def request(
    asked: ApprovalSubject, status: ApprovalStatus = ApprovalStatus.PENDING, by: str | None = None, **changes: Any
) -> ApprovalRequest:
    """Return Alice's question to Bob and Carol, decided ``by`` somebody unless it is pending."""
    return ApprovalRequest(
        id="r-1",
        code=CODE,
        execution_id="e-1",
        status=status,
        title="install pdf on claude",
        payload={},
        risk_level=RiskLevel.WRITE,
        subject_hash=asked.hash,
        policy=asked.rule,
        rule=Rule(name=asked.rule, risks=(RiskLevel.WRITE,), outcome="require", threshold=asked.threshold),
        requesters=("u-alice",),
        threshold=asked.threshold,
        created_by="u-alice",
        responded_by=by,
        responded_at=None if status is ApprovalStatus.PENDING else DECIDED,
        created_at=START,
        updated_at=START,
        expires_at=EXPIRES,
    ).evolve(**changes)


def vote(user_id: str, *, approve: bool = True, at: datetime = DECIDED, **changes: Any) -> Vote:
    """Return somebody's answer to the first revision."""
    return Vote(request_id="r-1", user_id=user_id, approve=approve, revision=1, channel="console", voted_at=at).evolve(
        **changes
    )


def steps(asked: ApprovalSubject, marks: str) -> tuple[StepView, ...]:
    """Return the plan of ``asked`` with one letter of ``marks`` for each step."""
    found: list[StepView] = []
    for one in asked.skills:
        source = {"skill": one.name, "source": one.location.label, "ref": one.requested_ref}
        reach = one.reach
        outputs: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
            (RESOLVE, source, {"source": one.location.label, "ref": one.requested_ref, "commit": one.commit}),
            (FETCH, source, {"files": one.file_count, "bytes": one.size}),
            (
                INSPECT,
                source,
                {
                    "level": reach.level.value,
                    "scripts": len(reach.scripts),
                    "allowed_tools": list(reach.allowed_tools),
                    "hosts": list(reach.hosts),
                },
            ),
        ]
        outputs += [
            (
                INSTALL,
                {"skill": place.skill, "provider": place.provider},
                {"skill": place.skill, "provider": place.provider, "commit": one.commit, "files": one.file_count},
            )
            for place in asked.targets
            if place.skill_id == one.skill_id
        ]
        for tool, data, output in outputs:
            mark = marks[len(found)]
            found.append(
                StepView(
                    tool=tool,
                    mark=_MARKS[mark],
                    data=data,
                    output=output if mark == "d" else {},
                    duration_ms=1800 if mark in "df" else None,
                )
            )
    return tuple(found)


def view(
    asked: ApprovalSubject | None = None,
    *,
    marks: str = "",
    status: ExecutionStatus = ExecutionStatus.PENDING,
    waiting_for: WaitingFor | None = None,
    prepared: bool = True,
    decision: ApprovalRequest | None = None,
    votes: tuple[Vote, ...] = (),
    waiting: tuple[str, ...] = (),
    stand_ins: tuple[str, ...] = (),
    events: tuple[ExecutionEvent, ...] = (),
    **changes: Any,
) -> RequestView:
    """Return Alice's request as it stands; ``changes`` are of the execution, ``prepared`` says its subject is known."""
    asked = asked or subject()
    execution = Execution(
        id="e-1",
        code=CODE,
        user_id="u-alice",
        channel="console",
        channel_id="console",
        channel_user_id="alice",
        dedupe_key="k",
        input_text="install pdf on claude",
        prompt="install pdf on claude",
        job_name="skillwarden-e-1",
        created_at=START,
        updated_at=START,
        status=status,
        waiting_for=waiting_for,
        subject=asked if prepared else None,
    ).evolve(**changes)
    return RequestView(
        execution=execution,
        action=None if asked.question else asked.chat_action,
        request=decision,
        votes=votes,
        decided_in=votes[-1].channel if votes else None,
        runs=(),
        steps=steps(asked, marks) if marks else (),
        names=NAMES,
        waiting=waiting,
        stand_ins=stand_ins,
        events=events,
    )
