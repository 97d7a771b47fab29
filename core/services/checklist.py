"""The checklist on a request card: each step ticks while work proceeds, and many skills still fit a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.actions import AcceptDrift, AddSkill, RestoreDrift, Rollback
from core.domain.approvals import SkillSubject
from core.domain.base import Domain
from core.domain.cards import Mark, Step
from core.domain.executions import ExecutionStatus, WaitingFor
from core.services.catalogue_words import addition_steps
from core.services.change_facts import act_step, came_or_went, is_load, load_step
from core.services.reader import commit_name, name_of
from core.services.subject_facts import reach_summary
from core.services.views import StepView
from core.services.wanted import ACTS, ADOPT, FETCH, INSTALL, LOAD, LOOK, REMOVE, RESOLVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.approvals import ApprovalRequest
    from core.services.reader import Reader
    from core.services.views import RequestView

# Lines of one kind; of more the sum is shown, and what is busy or went wrong.
_MOST_LINES = 4


class SkillSteps(Domain):
    """What the plan does with one skill: it is read, then installed on each provider, or removed there."""

    name: str
    reading: tuple[StepView, ...]
    installs: tuple[StepView, ...]
    #: What was found; None until everything was read.
    subject: SkillSubject | None


class _Act(Domain):
    """One place that is changed: of which skill, where, by what, and how it is shown by itself."""

    skill: str
    place: str
    tool: str
    shown: Step


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
    return step.tool in {LOAD, LOOK, REMOVE, ADOPT} and step.data.get("skill") != before.data.get("skill")


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
        _Act(
            skill=group.name,
            place=str(step.data["provider"]),
            tool=step.tool,
            shown=act_step(step, view, group.name, reader, is_alone=is_alone),
        )
        for group in groups
        for step in group.installs
    ]
    return (*reading, *_waiting(view, reader), *_acts_fitted(installs, view, reader))


def installed_lines(view: RequestView, reader: Reader) -> list[str]:
    """Return a line for each content that came or went: what, where, how it was checked, how long it took.

    Many skills share a line where they came to the same places out of the same commit.
    """
    is_alone = len([step for step in view.steps if step.tool in ACTS]) == 1
    contents: list[tuple[str, list[StepView]]] = []
    for group in by_skill(view):
        done: dict[tuple[str, str | None], list[StepView]] = {}
        for step in group.installs:
            if step.mark is Mark.DONE:
                done.setdefault((step.tool, step.output["commit"]), []).append(step)
        contents += [(group.name, steps) for steps in done.values()]
    rows: dict[object, list[tuple[str, list[StepView]]]] = {}
    for number, (name, steps) in enumerate(contents):
        places = tuple(str(step.data["provider"]) for step in steps)
        same = (steps[0].tool, steps[0].output["commit"], places)
        rows.setdefault(same if len(contents) > _MOST_LINES else number, []).append((name, steps))
    return [_installed_line(row, reader, is_alone=is_alone) for row in rows.values()]


def _installed_line(row: list[tuple[str, list[StepView]]], reader: Reader, *, is_alone: bool) -> str:
    first = row[0][1]
    files = sum(steps[0].output["files"] for _, steps in row)
    what = came_or_went(first[0].evolve(output=first[0].output | {"files": files}), reader)
    seconds = sum(step.duration_ms or 0 for _, steps in row for step in steps) / 1000
    places = ", ".join(str(step.data["provider"]) for step in first)
    names = reader.some([name for name, _ in row])
    where = "" if is_alone else reader.say("{skill} on {providers}: ", skill=names, providers=places)
    return f"{where}{what} - {reader.say('{seconds} s', seconds=f'{seconds:.1f}')}"


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
        people=reader.some(reader.people(view.waiting)),
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
    where = load_step(resolved, reader).fact if is_load(resolved) else str(resolved.data.get("source", ""))
    if resolved.tool == RESOLVE and resolved.output:
        where += f" @ {resolved.output['ref']} -> {commit_name(resolved.output['commit'])}"
    fact = ", ".join(filter(None, (where, _reach(inspected.output, reader) if inspected.output else "")))
    is_named = group.name != resolved.data.get("source")  # until it was read, a skill may be known by its source alone
    label = reader.say("read {skill}", skill=group.name) if is_named else reader.say("read")
    return Step(mark=mark, label=label, fact=fact)


def _reach(out: dict[str, Any], reader: Reader, *, hosts: Sequence[str] = ()) -> str:
    return reach_summary(reader, out["level"], scripts=out["scripts"], allowed_tools=out["allowed_tools"], hosts=hosts)


def _fitted(steps: list[Step], label: str, reader: Reader) -> list[Step]:
    """Return ``steps``, or when they are many how far they are, and those that went wrong or are busy."""
    if len(steps) <= _MOST_LINES:
        return steps
    shown = [step for mark in (Mark.FAILED, Mark.RUNNING) for step in steps if step.mark is mark]
    return [_sum(steps, label, reader), *shown]


def _acts_fitted(acts: list[_Act], view: RequestView, reader: Reader) -> list[Step]:
    """Return a step for each of ``acts``; when they are many how far they are, and by place what failed or is busy.

    Whatever failed is named: a phone shows it first, and nothing pushes it off the card.
    """
    if len(acts) <= _MOST_LINES:
        return [act.shown for act in acts]
    whole = _sum([act.shown for act in acts], _verb(acts, view, reader), reader)
    if whole.mark is Mark.RUNNING and not _has_begun(view, acts):
        there = [act.shown.mark for act in acts].count(Mark.DONE)  # before anybody did anything
        fact = reader.say("{n} of {all} up to date already", n=there, all=len(acts))
        whole = whole.evolve(mark=Mark.TODO, fact=fact)
    if view.execution.status is ExecutionStatus.RUNNING and any(act.shown.mark is Mark.TODO for act in acts):
        whole = whole.evolve(mark=Mark.RUNNING)  # what failed does not stop the others
    lines = [whole]
    for mark in (Mark.FAILED, Mark.RUNNING):
        places: dict[tuple[str, str], list[_Act]] = {}
        for act in acts:
            if act.shown.mark is mark:
                places.setdefault((act.tool, act.place), []).append(act)
        lines += [step for together in places.values() for step in _at_place(together, mark, reader)]
    return lines


def _has_begun(view: RequestView, acts: Sequence[_Act]) -> bool:
    """Whether a place is, or was, being changed."""
    is_pending = view.execution.status is ExecutionStatus.PENDING
    return not is_pending or any(act.shown.mark is Mark.RUNNING for act in acts)


def _verb(acts: Sequence[_Act], view: RequestView, reader: Reader) -> str:
    """Return what is done to the places, in a word."""
    subject = view.execution.subject  # says what is tried again
    action = subject.action if subject is not None else view.action
    if isinstance(action, Rollback):
        return reader.say("roll back")
    if isinstance(action, RestoreDrift):
        return reader.say("put back what was approved")
    if isinstance(action, AcceptDrift):
        return reader.say("record as approved")
    return reader.say("remove") if all(act.tool == REMOVE for act in acts) else reader.say("install")


def _at_place(together: list[_Act], mark: Mark, reader: Reader) -> list[Step]:
    """Return one line for what is in the same state at one place; what is alone there has the words it always has."""
    if len(together) == 1:
        return [together[0].shown]
    names = [act.skill for act in together]
    place = together[0].place
    labels = {
        REMOVE: reader.say("remove from {provider}", provider=place),
        INSTALL: reader.say("install on {provider}", provider=place),
        ADOPT: reader.say("record as approved on {provider}", provider=place),
    }
    label = labels[together[0].tool]
    fact = ", ".join(name_of(name) for name in names) if mark is Mark.FAILED else reader.some(names)
    return [Step(mark=mark, label=label, fact=fact)]


def _sum(steps: Sequence[Step], label: str, reader: Reader) -> Step:
    marks = [step.mark for step in steps]
    fact = reader.say("{done} of {all} done", done=marks.count(Mark.DONE), all=len(steps))
    return Step(mark=_together(marks), label=label, fact=fact)


def _together(marks: Sequence[Mark]) -> Mark:
    """Return the state of several steps taken as one: what failed does not end it while others are busy."""
    if all(mark is marks[0] for mark in marks):
        return marks[0]
    return Mark.FAILED if Mark.FAILED in marks and Mark.RUNNING not in marks else Mark.RUNNING
