"""Presenter: a request as it stands, as a card in its reader's language. Words are here, looks in the channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, Approve, Cancel, Install, Reject, Replay, Timeline
from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.cards import Button, ButtonStyle, Card, Fact, Mark, PressAction, PressDetails
from core.domain.executions import ExecutionStatus
from core.domain.forms import Form
from core.domain.notices import NoticeKind
from core.errors import RequestExpired, SubjectMoved
from core.services.checklist import by_skill, checklist
from core.services.planner import INSTALL
from core.services.reader import commit_name, one_line
from core.services.subject_facts import all_facts, facts_to_decide

if TYPE_CHECKING:
    from core.services.reader import Reader
    from core.services.views import RequestView

# Names in a title: more are counted.
_MOST_NAMES = 3


def card_for(kind: NoticeKind, view: RequestView, reader: Reader) -> Card:
    """Return the card that a notice of ``kind`` says about ``view`` now."""
    if kind is NoticeKind.APPROVAL_CARD:
        return approval_card(view, reader)
    if kind is NoticeKind.REQUEST_CARD:
        return request_card(view, reader)
    return outcome_card(view, reader)


def request_card(view: RequestView, reader: Reader) -> Card:
    """Return the requester's card: the plan while it proceeds, then the outcome."""
    if _is_open(view):
        return Card(
            title=phrase(view, reader),
            code=view.execution.code,
            steps=checklist(view, reader),
            buttons=(_cancel(view, reader),),
        )
    outcome = outcome_card(view, reader)
    is_worth_showing = any(step.mark is Mark.FAILED for step in view.steps) and not _was_asked_again(view)
    return outcome.evolve(steps=checklist(view, reader)) if is_worth_showing else outcome


def outcome_card(view: RequestView, reader: Reader) -> Card:
    """Return how a request ended: the title says it, then who decided, what is there now, and what can be done."""
    buttons = [_timeline(view, reader)]
    if view.execution.status is not ExecutionStatus.COMPLETED and not _was_asked_again(view):
        buttons.insert(0, _again(view, reader))
    return Card(
        title=_title(view, reader),
        code=view.execution.code,
        lines=(*_decision(view, reader), *_result(view, reader)),
        buttons=tuple(buttons),
    )


def approval_card(view: RequestView, reader: Reader) -> Card:
    """Return the approver's card: everything needed to decide and nothing else, or what was decided."""
    request, subject = view.request, view.execution.subject
    if request is None or subject is None:
        raise ValueError("an approval card needs a request")
    who = view.name(request.created_by)
    if request.status is not ApprovalStatus.PENDING:
        buttons = [_timeline(view, reader)]
        if request.status is ApprovalStatus.EXPIRED:
            buttons.insert(0, _again(view, reader))
        asked = reader.say("asked by {who}", who=who)
        lines = (asked, *_decision(view, reader), *_result(view, reader))
        return Card(title=_title(view, reader), code=request.code, lines=lines, buttons=tuple(buttons))
    facts = [
        *facts_to_decide(subject, reader),
        Fact(name=reader.say("scan"), value=reader.say("not scanned")),
        Fact(name=reader.say("rule"), value=_rule(view, request, reader)),
    ]
    title = reader.say("{who} asks: {action}", who=who, action=_action(view, reader))
    return Card(title=title, code=request.code, facts=tuple(facts), buttons=_decide_buttons(request, reader))


def details_card(view: RequestView, reader: Reader) -> Card:
    """Return what the approval card left out: every script, host, hidden place and file that changes."""
    subject = view.execution.subject
    title = reader.say("Details: {action}", action=_action(view, reader))
    return Card(
        title=title, code=view.execution.code, facts=tuple(all_facts(subject, reader)) if subject is not None else ()
    )


def phrase(view: RequestView, reader: Reader) -> str:
    """Return the action in a few words: ``Install pdf on Claude``."""
    if not isinstance(view.action, Install):
        return one_line(view.execution.input_text)
    skills, providers = _names(view, view.action, reader)
    return reader.say("Install {skills} on {providers}", skills=skills, providers=providers)


def _action(view: RequestView, reader: Reader) -> str:
    """Return the action as it reads inside a sentence: ``install pdf on Claude``."""
    if not isinstance(view.action, Install):
        return one_line(view.execution.input_text)
    skills, providers = _names(view, view.action, reader)
    return reader.say("install {skills} on {providers}", skills=skills, providers=providers)


def _names(view: RequestView, action: Install, reader: Reader) -> tuple[str, str]:
    """Return the skills and the providers that ``action`` comes down to, as far as that is known."""
    groups = by_skill(view)
    skills = [group.name for group in groups] or [
        reader.say("all skills") if name == EVERY else name for name in action.skills
    ]
    installs = [str(step.data["provider"]) for group in groups for step in group.installs]
    providers = list(dict.fromkeys(installs)) or [
        reader.say("every provider") if name == EVERY else name for name in action.providers
    ]
    count = len(skills)
    shown = ", ".join(skills) if count <= _MOST_NAMES else reader.say_many("{n} skill", "{n} skills", count)
    return shown, reader.some(providers)


def _is_open(view: RequestView) -> bool:
    return view.execution.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}


def _was_asked_again(view: RequestView) -> bool:
    return view.execution.error_code == SubjectMoved.code


def _had_nothing_to_do(view: RequestView) -> bool:
    subject = view.execution.subject
    return subject is not None and all(target.is_current for target in subject.targets)


def _title(view: RequestView, reader: Reader) -> str:
    """Return what became of a request in a few words: ``Installed pdf on Claude``, ``Rejected: install ...``."""
    action = _action(view, reader)
    if _is_open(view):
        return reader.say("Approved: {action}", action=action)
    if view.execution.status is ExecutionStatus.COMPLETED:
        if not isinstance(view.action, Install):
            return reader.say("Done: {action}", action=action)
        skills, providers = _names(view, view.action, reader)
        if _had_nothing_to_do(view):
            return reader.say("Nothing to do: {skills} on {providers}", skills=skills, providers=providers)
        return reader.say("Installed {skills} on {providers}", skills=skills, providers=providers)
    titles = {
        "APPROVAL_REJECTED": reader.say("Rejected: {action}", action=action),
        RequestExpired.code: reader.say("Expired: {action}", action=action),
        "CANCELLED": reader.say("Cancelled: {action}", action=action),
        SubjectMoved.code: reader.say("Out of date: {action}", action=action),
    }
    is_partial = any(step.tool == INSTALL and step.mark is Mark.DONE for step in view.steps)
    rest = (
        reader.say("Partly done: {action}", action=action)
        if is_partial
        else reader.say("Failed: {action}", action=action)
    )
    return titles.get(view.execution.error_code or "", rest)


def _rule(view: RequestView, request: ApprovalRequest, reader: Reader) -> str:
    needed = reader.say_many(
        "{rule}: {n} approval, not by {who}",
        "{rule}: {n} approvals, not by {who}",
        request.threshold,
        rule=request.policy,
        who=view.name(request.created_by),
    )
    given = _approvers(view, request)
    already = reader.say(" (approved so far: {people})", people=", ".join(given)) if given else ""
    return f"{needed}{already}; " + reader.say("expires {deadline}", deadline=reader.deadline(request.expires_at))


def _approvers(view: RequestView, request: ApprovalRequest) -> list[str]:
    return [view.name(vote.user_id) for vote in view.votes if vote.revision == request.revision and vote.approve]


def _decision(view: RequestView, reader: Reader) -> list[str]:
    """Return who decided about a request, where and when, with their own words."""
    request = view.request
    if request is None or request.status is ApprovalStatus.PENDING:
        return []
    if request.status is ApprovalStatus.EXPIRED:
        return [reader.say("Expired - nobody decided by {when}. Nothing was installed.", when=request.expires_at)]
    params = {
        "who": view.name(request.responded_by),
        "where": _place(view.decided_in, reader),
        "when": request.responded_at,
    }
    if request.status is ApprovalStatus.APPROVED:
        params["who"] = ", ".join(_approvers(view, request)) or params["who"]
        line = reader.say("approved by {who} {where} at {when}", **params)
    elif request.status is ApprovalStatus.REJECTED:
        line = reader.say("rejected by {who} {where} at {when}", **params)
    else:
        line = reader.say("cancelled by {who} at {when}", **params)
    return [f'{line} - "{one_line(request.comment, 300)}"' if request.comment else line]


def _place(channel: str | None, reader: Reader) -> str:
    places = {
        "console": reader.say("in the console"),
        "slack": reader.say("in Slack"),
        "telegram": reader.say("in Telegram"),
        "api": reader.say("over HTTP"),
    }
    return places.get(channel or "", channel or "")


def _result(view: RequestView, reader: Reader) -> list[str]:
    """Return what is there now, and why not all of it is."""
    if _is_open(view):
        return [reader.say("Installing now.")]
    if view.execution.status is not ExecutionStatus.COMPLETED:
        return [*_installed(view, reader), *_reason(view, reader)]
    if _had_nothing_to_do(view):
        return [reader.say("Exactly this content is there already, verified byte for byte.")]
    return _installed(view, reader)


def _installed(view: RequestView, reader: Reader) -> list[str]:
    """Return a line for each skill that was installed somewhere: what, where, how it was checked, how long it took."""
    is_alone = sum(step.tool == INSTALL for step in view.steps) == 1
    lines: list[str] = []
    for group in by_skill(view):
        done = [step for step in group.installs if step.mark is Mark.DONE]
        if done:
            providers = ", ".join(str(step.data["provider"]) for step in done)
            where = "" if is_alone else reader.say("{skill} on {providers}: ", skill=group.name, providers=providers)
            commit = commit_name(done[0].output["commit"])
            files = reader.say_many("{n} file", "{n} files", done[0].output["files"])
            verified = reader.say("verified byte for byte")
            seconds = sum(step.duration_ms or 0 for step in done) / 1000
            lines.append(f"{where}{commit}, {files}, {verified} - {seconds:.1f} s")
    return lines


def _reason(view: RequestView, reader: Reader) -> list[str]:
    """Return why a request did not end as it should have."""
    execution = view.execution
    if execution.error_code == RequestExpired.code and view.request is not None:
        return []  # the decision says it
    if execution.error_code == "APPROVAL_REJECTED":
        return [reader.say("Nothing was installed.")]
    if execution.error_code == "CANCELLED":
        return [_cancelled(view, reader)]
    details = execution.error_details
    if details is not None:
        return [reader.say(details["msgid"], **details["params"])]
    return [execution.error_message] if execution.error_message else []


def _cancelled(view: RequestView, reader: Reader) -> str:
    installs = [step for step in view.steps if step.tool == INSTALL]
    if any(step.mark is Mark.RUNNING for step in installs):
        return reader.say("What was already being installed is still finished.")
    if any(step.mark is Mark.DONE for step in installs):
        return reader.say("The rest was not installed.")
    return reader.say("Nothing was installed.")


def _decide_buttons(request: ApprovalRequest, reader: Reader) -> tuple[Button, ...]:
    code = request.code
    return (
        Button(
            label=reader.say("Approve"),
            press=PressAction(action=Approve(request=code)),
            style=ButtonStyle.PRIMARY,
            typed=f"approve {code}",
        ),
        Button(
            label=reader.say("Reject..."),
            press=PressAction(action=Reject(request=code)),
            style=ButtonStyle.DANGER,
            typed=f"reject {code} because ...",
            form=Form.question(reader.say("Why? The requester will read this.")),
        ),
        Button(label=reader.say("Details"), press=PressDetails()),
    )


def _cancel(view: RequestView, reader: Reader) -> Button:
    code = view.execution.code
    return Button(label=reader.say("Cancel"), press=PressAction(action=Cancel(request=code)), typed=f"cancel {code}")


def _timeline(view: RequestView, reader: Reader) -> Button:
    code = view.execution.code
    return Button(
        label=reader.say("Timeline"), press=PressAction(action=Timeline(execution=code)), typed=f"timeline {code}"
    )


def _again(view: RequestView, reader: Reader) -> Button:
    code = view.execution.code
    action = Replay(execution=code, mode="rerun")
    return Button(label=reader.say("Ask again"), press=PressAction(action=action), typed=f"replay {code} rerun")
