"""Catalogue words: how requests about the catalogue and freezes read - titles, steps, facts and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import (
    EVERY,
    AddSkill,
    ArchiveSkill,
    ConnectProvider,
    DisconnectProvider,
    EditSkill,
    Freeze,
    IgnoreDrift,
    RestoreSkill,
    Unfreeze,
)
from core.domain.cards import Fact, Mark, Step
from core.domain.executions import ExecutionStatus
from core.services.reader import commit_name, one_line
from core.services.wanted import ADD, FETCH, RESOLVE

if TYPE_CHECKING:
    from core.domain.actions import ChatAction
    from core.domain.approvals import ApprovalSubject, LeftOut
    from core.services.reader import Reader
    from core.services.views import RequestView, StepView

#: What stands behind the source of a skill that has a name and is archived.
ARCHIVED = " (archived)"


def catalogue_words(action: ChatAction | None, reader: Reader) -> str | None:
    """Return the action as it reads inside a sentence: ``archive pdf``; None for what is about something else."""
    match action:
        case AddSkill(source=source, name=None, ref=ref):
            words = reader.say("add the skills of {source} to the catalogue", source=one_line(source))
        case AddSkill(source=source, name=name, ref=ref):
            words = reader.say("add {skill} of {source} to the catalogue", skill=name, source=one_line(source))
        case ArchiveSkill(skills=skills):
            return reader.say("archive {skills}", skills=_names(skills, reader))
        case RestoreSkill(skills=skills):
            return reader.say("restore {skills}", skills=_names(skills, reader))
        case EditSkill(skills=skills):
            edits = _edits(action, reader)
            words = reader.say("edit {skills}", skills=_names(skills, reader))
            return f"{words} ({', '.join(edits)})" if edits else words
        case ConnectProvider():
            return reader.say("connect {provider}", provider=one_line(action.display_name or action.provider))
        case DisconnectProvider():
            return reader.say("disconnect {provider}", provider=one_line(action.display_name or action.provider))
        case Freeze() | Unfreeze() | IgnoreDrift():
            return _about_places(action, reader)
        case _:
            return None
    return f"{words} @ {one_line(ref)}" if ref else words


def addition_steps(view: RequestView, reader: Reader) -> list[Step]:
    """Return the steps of an addition; the last of them adds."""
    return [_step(step, reader) for step in view.steps]


def addition_facts(subject: ApprovalSubject, reader: Reader) -> list[Fact]:
    """Return what is said besides the content: the tags of an addition, and what is left out of a request and why."""
    tags = subject.action.tags if isinstance(subject.action, AddSkill) else ()
    facts = [Fact(name=reader.say("tags"), value=one_line(", ".join(tags), 300))] if tags else []
    facts += [Fact(name=reader.say("frozen"), value=stays) for stays in _stays(subject, "frozen", reader)]
    waiting = _stays(subject, "waiting", reader)
    facts += [Fact(name=reader.say("waiting for a merge"), value=stays) for stays in waiting]
    left_out = [skill for skill in subject.left_out if skill.why not in {"frozen", "waiting"}]
    return facts + [Fact(name=reader.say("left out"), value=_left_out(skill, reader)) for skill in left_out]


def untouched_lines(subject: ApprovalSubject | None, reader: Reader) -> list[str]:
    """Return what was asked for and stays as it is because it is frozen, or waits for a merge; a line for each."""
    if subject is None:
        return []
    lines = [reader.say("frozen: {stays}", stays=stays) for stays in _stays(subject, "frozen", reader)]
    waiting = _stays(subject, "waiting", reader)
    return lines + [reader.say("waiting for a merge: {stays}", stays=stays) for stays in waiting]


def _stays(subject: ApprovalSubject, why: str, reader: Reader) -> list[str]:
    places = [
        reader.say("{skill} on {provider}", skill=place.name, provider=place.detail)
        for place in subject.left_out
        if place.why == why
    ]
    if not places:
        return []
    names = reader.some(places)
    return [reader.say_many("{places}, stays as it is", "{places}, stay as they are", len(places), places=names)]


def addition_result(view: RequestView, reader: Reader) -> list[str]:
    """Return what an addition that is over came to: what was added, and whose name somebody else had by then."""
    if view.execution.status is not ExecutionStatus.COMPLETED:
        return [reader.say("Nothing was added.")]
    output = next(step.output for step in reversed(view.steps) if step.tool == ADD)
    added = ", ".join(output["added"])
    lines = [reader.say("added: {skills}", skills=added) if added else reader.say("Nothing was added.")]
    lines += [
        reader.say("{skill} was left out: the name is taken by {other}", skill=name, other=_owner(other, reader))
        for name, other in output["taken"].items()
    ]
    subject = view.execution.subject
    return lines + [_left_out(skill, reader) for skill in (subject.left_out if subject else ())]


def _step(step: StepView, reader: Reader) -> Step:
    is_done, out = step.mark is Mark.DONE, step.output
    if step.tool == RESOLVE:
        label = reader.say("resolved") if is_done else reader.say("resolve")
        fact = str(step.data["source"])
        if is_done:
            fact += f" @ {out['ref']} -> {commit_name(out['commit'])}"
    elif step.tool == FETCH:
        label = reader.say("fetched") if is_done else reader.say("fetch")
        fact = ""
        if is_done:
            skills = reader.say_many("{n} skill", "{n} skills", out["skills"])
            files = reader.say_many("{n} file", "{n} files", out["files"])
            fact = f"{skills}, {files}, {reader.size(out['bytes'])}"
    elif step.tool == ADD:
        label = reader.say("added to the catalogue") if is_done else reader.say("add to the catalogue")
        fact = ", ".join(out["added"]) if is_done else ""
    else:
        label = reader.say("inspected") if is_done else reader.say("inspect")
        fact = reader.some(out["names"]) if is_done else ""
    return Step(mark=step.mark, label=label, fact=fact)


def _owner(place: str, reader: Reader) -> str:
    """Return where the skill that has a name comes from; of an archived one that is told."""
    name = place.removesuffix(ARCHIVED)
    return reader.say("{place} (archived)", place=name) if name != place else place


def _left_out(skill: LeftOut, reader: Reader) -> str:
    params = {"skill": one_line(skill.name), "detail": one_line(_owner(skill.detail, reader), 300)}
    sentences = {
        "taken": reader.say("{skill}: the name is taken by {detail}, which stays as it is", **params),
        "twice": reader.say("{skill}: it has the name of {detail}", **params),
        "invalid": reader.say("{skill}: it would not load - {detail}", **params),
        "disconnected": reader.say("{provider}: it is not connected", provider=params["detail"]),
    }
    return sentences[skill.why]


def _edits(action: EditSkill, reader: Reader) -> list[str]:
    edits = [reader.say("ref {ref}", ref=one_line(action.ref))] if action.ref else []
    return [*edits, reader.say("tags {tags}", tags=one_line(", ".join(action.tags)))] if action.tags else edits


def _names(names: tuple[str, ...], reader: Reader) -> str:
    return ", ".join(reader.say("all skills") if name == EVERY else name for name in names)


def _about_places(action: Freeze | Unfreeze | IgnoreDrift, reader: Reader) -> str:
    what = _scope(action, reader)
    if isinstance(action, Freeze):
        return reader.say("freeze {what}", what=what)
    if isinstance(action, Unfreeze):
        return reader.say("unfreeze {what}", what=what)
    return reader.say("ignore the drift of {what}", what=what)


def _scope(action: Freeze | Unfreeze | IgnoreDrift, reader: Reader) -> str:
    skills = [] if EVERY in action.skills else list(action.skills)
    places = [] if EVERY in action.providers else list(action.providers)
    if not skills and not places:
        return reader.say("everything")
    if not skills:
        return ", ".join(places)
    if not places:
        return ", ".join(skills)
    return reader.say("{skills} on {providers}", skills=", ".join(skills), providers=", ".join(places))
