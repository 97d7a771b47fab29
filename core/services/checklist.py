"""The checklist on a request card: each step ticks while work proceeds, and many skills still fit a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.actions import AddSkill
from core.domain.approvals import SkillSubject
from core.domain.base import Domain
from core.domain.cards import Mark, Step
from core.domain.executions import WaitingFor
from core.services.catalogue_words import addition_steps
from core.services.change_facts import act_step, is_load, load_step
from core.services.reader import commit_name
from core.services.subject_facts import reach_summary
from core.services.views import StepView
from core.services.wanted import ACTS, FETCH, LOAD, REMOVE, RESOLVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.approvals import ApprovalRequest
    from core.services.reader import Reader
    from core.services.views import RequestView

# Lines of one kind; of more only the sum is shown, and where it is busy or went wrong.
_MOST_LINES = 4


class SkillSteps(Domain):
    """What the plan does with one skill: it is read, then installed on each provider, or removed there."""

    name: str
    reading: tuple[StepView, ...]
    installs: tuple[StepView, ...]
    #: What was found; None until everything was read.
    subject: SkillSubject | None


def by_skill(view: RequestView) -> tuple[SkillSteps, ...]:
    """Return the steps of ``view`` skill by skill: see ``steps_of``."""
    # While another ref is being read, the subject is still that of the plan before.
    subject = view.execution.subject if view.execution.waiting_for is not WaitingFor.PLAN else None
    if isinstance(view.action, AddSkill) or (subject is not None and subject.records):
        return ()  # not about places
    starts = [
        index
        for index, step in enumerate(view.steps)
        if step.tool == RESOLVE or index == 0 or _is_of_another(step, view.steps[index - 1])
    ]
    contents = {skill.name: skill for skill in reversed(subject.skills)} if subject else {}
    names = list(subject.asked or contents) if subject else []
    groups: list[SkillSteps] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(view.steps)
        steps = view.steps[start:end]
        name = names[number] if number < len(names) else str(steps[0].data["skill"])
        groups.append(
            SkillSteps(
                name=name,
                reading=tuple(step for step in steps if step.tool not in ACTS),
                installs=tuple(step for step in steps if step.tool in ACTS),
                subject=contents.get(name),
            )
        )
    return tuple(groups)


def _is_of_another(step: StepView, before: StepView) -> bool:
    """Whether ``step`` begins another skill; one that comes out of a source has its own name only once it is read."""
    return step.tool in {LOAD, REMOVE} and step.data.get("skill") != before.data.get("skill")


def checklist(view: RequestView, reader: Reader) -> tuple[Step, ...]:
    """Return the plan as it proceeds: what is read, who has to agree, what is installed."""
    if isinstance(view.action, AddSkill):
        *reading, adding = addition_steps(view, reader)
        return (*reading, *_waiting(view, reader), adding)
    groups = by_skill(view)
    is_alone = len(groups) == 1
    if is_alone:
        reading = [_reading_step(step, groups[0], reader) for step in groups[0].reading]
    else:
        reading = _fitted([_reading(group, reader) for group in groups if group.reading], reader.say("read"), reader)
    installs = [
        act_step(step, view, group.name, reader, is_alone=is_alone) for group in groups for step in group.installs
    ]
    return (*reading, *_waiting(view, reader), *_fitted(installs, reader.say("install"), reader))


def _waiting(view: RequestView, reader: Reader) -> list[Step]:
    if view.execution.waiting_for is not WaitingFor.APPROVAL or view.request is None:
        return []
    return [Step(mark=Mark.WAITING, label=reader.say("waiting for approval"), fact=_wait(view, view.request, reader))]


def _wait(view: RequestView, request: ApprovalRequest, reader: Reader) -> str:
    given = sum(vote.approve for vote in view.votes if vote.revision == request.revision)
    return reader.say(
        "{given} of {needed}, from {people}; expires {deadline}",
        given=given,
        needed=request.threshold,
        people=reader.some(view.waiting),
        deadline=reader.deadline(request.expires_at),
    )


def _reading_step(step: StepView, group: SkillSteps, reader: Reader) -> Step:
    is_done, out = step.mark is Mark.DONE, step.output
    if step.tool == RESOLVE:
        label = reader.say("resolved") if is_done else reader.say("resolve")
        fact = str(step.data["source"])
        if is_done:
            fact += f" @ {out['ref']} -> {commit_name(out['commit'])}"
        if group.subject is not None and group.subject.committed_at and group.subject.author:
            fact += f" ({reader.ago(group.subject.committed_at)}, {reader.author(group.subject.author)})"
    elif is_load(step):
        return load_step(step, reader)
    elif step.tool == FETCH:
        label = reader.say("fetched") if is_done else reader.say("fetch")
        files = reader.say_many("{n} file", "{n} files", out["files"]) if is_done else ""
        fact = f"{files}, {reader.size(out['bytes'])}" if is_done else ""
    else:
        label = reader.say("inspected") if is_done else reader.say("inspect")
        fact = _reach(out, reader, hosts=out["hosts"]) if is_done else ""
    return Step(mark=step.mark, label=label, fact=fact)


def _reading(group: SkillSteps, reader: Reader) -> Step:
    mark = _together([step.mark for step in group.reading])
    resolved, *_, inspected = group.reading
    fact = str(resolved.data.get("source", ""))
    if resolved.tool == RESOLVE and resolved.output:
        fact += f" @ {resolved.output['ref']} -> {commit_name(resolved.output['commit'])}"
    if inspected.output:
        fact += f", {_reach(inspected.output, reader)}"
    is_named = group.name != resolved.data.get("source")  # until it was read, a skill may be known by its source alone
    label = reader.say("read {skill}", skill=group.name) if is_named else reader.say("read")
    return Step(mark=mark, label=label, fact=fact)


def _reach(out: dict[str, Any], reader: Reader, *, hosts: Sequence[str] = ()) -> str:
    return reach_summary(reader, out["level"], scripts=out["scripts"], allowed_tools=out["allowed_tools"], hosts=hosts)


def _fitted(steps: list[Step], label: str, reader: Reader) -> list[Step]:
    """Return ``steps``, or when they are many how far they are, and those that are busy or went wrong."""
    if len(steps) <= _MOST_LINES:
        return steps
    done = sum(step.mark is Mark.DONE for step in steps)
    fact = reader.say("{done} of {all} done", done=done, all=len(steps))
    busy = [step for step in steps if step.mark in {Mark.RUNNING, Mark.FAILED}]
    return [Step(mark=_together([step.mark for step in steps]), label=label, fact=fact), *busy[:_MOST_LINES]]


def _together(marks: Sequence[Mark]) -> Mark:
    """Return the state of several steps taken as one."""
    if Mark.FAILED in marks:
        return Mark.FAILED
    if all(mark is marks[0] for mark in marks):
        return marks[0]
    return Mark.RUNNING
