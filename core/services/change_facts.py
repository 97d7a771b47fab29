"""Change facts: the words for what is done to places - brought up to date, rolled back, removed, compared, retried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import (
    AcceptDrift,
    Cancel,
    Diff,
    Install,
    RestoreDrift,
    Retry,
    Rollback,
    Sync,
    Uninstall,
)
from core.domain.cards import Button, Card, Fact, Mark, PressAction, PressDetails, Step
from core.domain.executions import ExecutionStatus, RunStatus, WaitingFor
from core.errors import PolicyChanged, PolicyChangedNotTakenBack, SubjectMoved, SubjectMovedNotTakenBack
from core.services.reader import commit_name
from core.services.wanted import ACTS, ADOPT, LOAD, LOOK, PLACE_ACTIONS, REMOVE

if TYPE_CHECKING:
    from core.domain.actions import ChatAction
    from core.domain.agents import AgentQuestion
    from core.domain.approvals import SkillSubject, TargetSubject
    from core.domain.skills import SkillDiff
    from core.services.reader import Reader
    from core.services.views import RequestView, StepView

#: What ends a request that is asked again by itself.
ASKED_AGAIN = frozenset(
    kind.code for kind in (SubjectMoved, SubjectMovedNotTakenBack, PolicyChanged, PolicyChangedNotTakenBack)
)


def words_of(action: ChatAction | None, skills: str, places: str, reader: Reader) -> str | None:
    """Return what is done to places as it reads inside a sentence; None when ``action`` does something else."""
    params = {"skills": skills, "providers": places}
    match action:
        case Install():
            return reader.say("install {skills} on {providers}", **params)
        case Sync():
            return reader.say("sync {skills} on {providers}", **params)
        case Uninstall():
            return reader.say("remove {skills} from {providers}", **params)
        case Rollback(to_ref=None):
            return reader.say("roll back {skills} on {providers}", **params)
        case Rollback(to_ref=ref):
            return reader.say("roll back {skills} on {providers} to {ref}", ref=ref, **params)
        case RestoreDrift():
            return reader.say("put back what was approved of {skills} on {providers}", **params)
        case AcceptDrift():
            return reader.say("accept what was found of {skills} on {providers}", **params)
        case Diff():
            return reader.say("compare {skills} on {providers}", **params)
        case Retry():
            return reader.say("try again: {skills} on {providers}", **params)
        case _:
            return None


def done_words(action: ChatAction | None, skills: str, places: str, reader: Reader) -> str | None:
    """Return what was done as a title; None where there are no words for it."""
    params = {"skills": skills, "providers": places}
    match action:
        case Install():
            return reader.say("Installed {skills} on {providers}", **params)
        case Sync():
            return reader.say("Synced {skills} on {providers}", **params)
        case Uninstall():
            return reader.say("Removed {skills} from {providers}", **params)
        case Rollback(to_ref=None):
            return reader.say("Rolled back {skills} on {providers}", **params)
        case Rollback(to_ref=ref):
            return reader.say("Rolled back {skills} on {providers} to {ref}", ref=ref, **params)
        case RestoreDrift():
            return reader.say("Put back what was approved of {skills} on {providers}", **params)
        case AcceptDrift():
            return reader.say("Accepted what was found of {skills} on {providers}", **params)
        case Diff():
            return reader.say("Differences: {skills} on {providers}", **params)
        case Retry():
            return reader.say("Done this time: {skills} on {providers}", **params)
        case _:
            return None


def is_about_places(action: ChatAction | None) -> bool:
    """Whether ``action`` puts something somewhere, or takes it away."""
    return isinstance(action, (*PLACE_ACTIONS, Retry))


def question_of(view: RequestView) -> AgentQuestion | None:
    """Return the question of another program; None when the bot itself would do something."""
    return view.execution.subject.question if view.execution.subject is not None else None


def nothing_done(view: RequestView, reader: Reader) -> str:
    """Return the sentence that nothing has happened."""
    if question_of(view) is not None:
        return reader.say("The program that asked is told so.")
    if isinstance(view.action, Install):
        return reader.say("Nothing was installed.")
    return reader.say("Nothing was changed.")


def under_way(view: RequestView, reader: Reader) -> str:
    """Return the sentence that it is being done."""
    if _can_be_undone(view, reader):
        return reader.say("It begins in some seconds, and can be undone until then.")
    branches = waiting_branches(view)
    if branches:
        return reader.say("Pushed. It is done once somebody merges {branches}.", branches=", ".join(branches.values()))
    if isinstance(view.action, Install):
        return reader.say("Installing now.")
    return reader.say("It is being done now.")


def waiting_branches(view: RequestView) -> dict[tuple[str, str], str]:
    """Return what waits for somebody to merge it: the branch, by names of skill and provider."""
    subject = view.execution.subject
    waiting = {(run.skill_id, run.provider_id): run.waits_for for run in view.runs if run.is_waiting}
    places = {(t.skill_id, t.provider_id): (t.skill, t.provider) for t in subject.targets} if subject else {}
    return {places[ids]: branch for ids, branch in waiting.items() if branch and ids in places}


def nothing_to_do(view: RequestView, reader: Reader) -> str:
    """Return what was verified when there was nothing to do."""
    if isinstance(view.action, Sync):
        return reader.say("Everything is up to date: fetched, and compared with what is there byte for byte.")
    return reader.say("Exactly this content is there already, verified byte for byte.")


def act_step(step: StepView, view: RequestView, skill: str, reader: Reader, *, is_alone: bool) -> Step:
    """Return the line of the checklist for a step that changes a place."""
    params = {"skill": skill, "provider": step.data["provider"]}
    if step.mark is Mark.TODO and _is_current(view, skill, str(step.data["provider"])):
        label = reader.say("{provider}", **params) if is_alone else reader.say("{skill} on {provider}", **params)
        return Step(mark=Mark.DONE, label=label, fact=reader.say("is up to date already"))
    is_done = step.mark is Mark.DONE
    if step.tool == ADOPT:
        label = (
            reader.say("recorded as approved: {skill} on {provider}", **params)
            if is_done
            else reader.say("record as approved: {skill} on {provider}", **params)
        )
        return Step(mark=step.mark, label=label)
    branch = waiting_branches(view).get((skill, str(step.data["provider"])))
    wait = reader.say("waiting for somebody to merge {branch}", branch=branch) if branch else ""
    if step.tool == REMOVE:
        alone = (
            reader.say("removed from {provider}", **params)
            if is_done
            else reader.say("remove from {provider}", **params)
        )
        whole = (
            reader.say("removed {skill} from {provider}", **params)
            if is_done
            else reader.say("remove {skill} from {provider}", **params)
        )
        return Step(mark=step.mark, label=alone if is_alone else whole, fact=wait)
    if not is_done:
        whole = reader.say("install {skill} on {provider}", **params)
        label = reader.say("install on {provider}", **params) if is_alone else whole
        return Step(mark=step.mark, label=label, fact=wait)
    whole = reader.say("installed {skill} on {provider}", **params)
    label = reader.say("installed on {provider}", **params) if is_alone else whole
    return Step(mark=step.mark, label=label, fact=commit_words(step.output["commit"], reader))


def load_step(step: StepView, reader: Reader) -> Step:
    """Return the line of the checklist for content that is kept, or at a place, and is looked up."""
    is_done = step.mark is Mark.DONE
    label = reader.say("found") if is_done else reader.say("find")
    fact = reader.say("what is there") if step.tool == LOOK else reader.say("what was there before")
    if is_done:
        fact += f" ({reader.say_many('{n} file', '{n} files', step.output['files'])}, "
        fact += f"{reader.size(step.output['bytes'])})"
    return Step(mark=step.mark, label=label, fact=fact)


def is_load(step: StepView) -> bool:
    """Whether ``step`` looks up content that is kept, or at a place."""
    return step.tool in {LOAD, LOOK}


def diff_words(diff: SkillDiff, reader: Reader) -> list[str]:
    """Return how content differs, in parts: files, lines, scripts, tools."""
    count = len(diff.added) + len(diff.removed) + len(diff.changed)
    parts = [
        reader.say_many("{n} file changed", "{n} files changed", count),
        f"+{diff.lines_added} -{diff.lines_removed}",
    ]
    if diff.changed_scripts:
        parts.append(reader.say("scripts changed: {scripts}", scripts=reader.some(diff.changed_scripts)))
    if diff.allowed_tools_added:
        parts.append(reader.say("allowed-tools added: {tools}", tools=reader.some(diff.allowed_tools_added)))
    return parts


def commit_words(commit: str | None, reader: Reader) -> str:
    """Return a commit as people know it; content that somebody edited in place has none."""
    return commit_name(commit) if commit else reader.say("a kept copy")


def came_or_went(step: StepView, reader: Reader) -> str:
    """Return what a step has done: ``4be91c2, 9 files, verified byte for byte``."""
    if step.tool == ADOPT:
        files = reader.say_many("{n} file", "{n} files", step.output["files"])
        return f"{reader.say('recorded as approved')}, {files}, {reader.say('verified byte for byte')}"
    if step.tool == REMOVE:
        return reader.say("removed, a copy is kept")
    commit = commit_words(step.output["commit"], reader)
    files = reader.say_many("{n} file", "{n} files", step.output["files"])
    return f"{commit}, {files}, {reader.say('verified byte for byte')}"


def result_lines(view: RequestView, reader: Reader) -> list[str]:
    """Return a line for each place where it failed; of a single one the request says it, unless that was cancelled.

    What was cancelled before it began has not failed.
    """
    failed = [run for run in view.runs if run.status is RunStatus.FAILED and run.error_code != "CANCELLED"]
    subject = view.execution.subject
    is_said = len(view.runs) == 1 and view.execution.error_code != "CANCELLED"
    if subject is None or not failed or is_said:
        return []
    names = {(t.skill_id, t.provider_id): (t.skill, t.provider) for t in subject.targets}
    lines = []
    for run in failed:
        skill, provider = names.get((run.skill_id, run.provider_id), ("", ""))
        why = reader.failure(run.error_message or "", run.error_code) or run.error_code or ""
        lines.append(reader.say("{skill} on {provider} failed: {why}", skill=skill, provider=provider, why=why))
    return lines


def undo_buttons(view: RequestView, reader: Reader) -> list[Button]:
    """Return the approver's way back, until the first run can begin."""
    code = view.execution.code
    if not _can_be_undone(view, reader):
        return []
    return [Button(label=reader.say("Undo"), press=PressAction(action=Cancel(request=code)), typed=f"cancel {code}")]


def _can_be_undone(view: RequestView, reader: Reader) -> bool:
    """Whether nothing has begun, and will not at this moment."""
    waits = view.execution.waiting_for is WaitingFor.RUN
    return waits and any(run.not_before is not None and run.not_before > reader.now for run in view.runs)


def next_buttons(view: RequestView, reader: Reader) -> list[Button]:
    """Return what can be done about an outcome: try again what failed, or go back."""
    code, subject = view.execution.code, view.execution.subject
    if subject is None or not is_about_places(view.action) or isinstance(view.action, Diff):
        return []
    if view.execution.error_code in ASKED_AGAIN:
        return []
    buttons = []
    if view.execution.status is ExecutionStatus.FAILED and any(run.status is RunStatus.FAILED for run in view.runs):
        retry = PressAction(action=Retry(run=code))
        buttons.append(Button(label=reader.say("Retry failed"), press=retry, typed=f"retry {code}"))
    changed = [target for target in subject.targets if not target.is_current]
    if view.execution.status is not ExecutionStatus.COMPLETED:
        done = {(run.skill_id, run.provider_id) for run in view.runs if run.status is RunStatus.SUCCESS}
        changed = [target for target in changed if (target.skill_id, target.provider_id) in done]
    if not changed:
        return buttons
    names = [tuple(dict.fromkeys(getattr(target, kind) for target in changed)) for kind in ("skill", "provider")]
    press = PressAction(action=Rollback(skills=names[0], providers=names[1], run=code))
    return [*buttons, Button(label=reader.say("Roll back"), press=press, typed=f"roll back {code}")]


def diff_card(view: RequestView, title: str, facts: list[Fact], reader: Reader) -> Card:
    """Return the answer to a comparison: how installed content differs; the lines are behind the button."""
    subject = view.execution.subject
    edited = [target for target in subject.targets if target.edited_locally] if subject else []
    lines = []
    if subject is not None and all(target.is_current for target in subject.targets):
        lines.append(reader.say("What is installed is what the source says, byte for byte."))
    if edited:
        where = ", ".join(f"{target.skill} ({target.provider})" for target in edited)
        lines.append(reader.say("Edited in place: {where}", where=where))
    details = (Button(label=reader.say("Details"), press=PressDetails()),) if subject and subject.patches else ()
    return Card(title=title, code=view.execution.code, lines=tuple(lines), facts=tuple(facts), buttons=details)


def removal(target: TargetSubject, reader: Reader) -> str:
    """Return what is lost where a skill is removed."""
    if target.adopts:
        return reader.say("somebody else REMOVED it; it stays removed, and counts as approved")
    if target.installed_digest is None:
        return reader.say("somebody else REMOVED it already; the record follows")
    files = reader.say_many("{n} file", "{n} files", len(target.diff.removed))
    words = reader.say("REMOVED, {files}; a copy is kept", files=files)
    if target.edited_locally:
        words += "; " + reader.say("EDITED IN PLACE: the edits go with it")
    return words


def kept_content(skill: SkillSubject, reader: Reader) -> list[Fact]:
    """Return where content comes from that the bot has kept."""
    if skill.origin == "place":
        return [
            Fact(name=reader.say("from"), value=reader.say("what was found there, put there by somebody else")),
            Fact(name=reader.say("commit"), value=reader.say("none: NO APPROVAL was ever about it")),
        ]
    commit = skill.commit or reader.say("none: it was edited in place, and NO APPROVAL was ever about it")
    if skill.committed_at is not None and skill.author is not None:
        commit += f" ({reader.ago(skill.committed_at)}, {reader.author(skill.author)})"
    return [
        Fact(name=reader.say("from"), value=reader.say("what was there before, as it was kept")),
        Fact(name=reader.say("commit"), value=commit),
    ]


def _is_current(view: RequestView, skill: str, provider: str) -> bool:
    subject = view.execution.subject
    places = subject.targets if subject is not None else ()
    return any(t.is_current for t in places if (t.skill, t.provider) == (skill, provider))


def acts(view: RequestView) -> list[StepView]:
    """Return the steps that change a place."""
    return [step for step in view.steps if step.tool in ACTS]
