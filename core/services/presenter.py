"""Presenter: a request as it stands, as a card in its reader's language. Words are here, looks in the channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AddSkill, Cancel, Diff
from core.domain.approvals import BROKEN_GLASS, WITHDRAWN, ApprovalRequest, ApprovalStatus, ApprovalSubject, Vote
from core.domain.cards import Button, Card, Fact, Mark, PressAction
from core.domain.events import ApprovalReceived, ErrorOccurred
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.plans import RiskLevel
from core.errors import AlreadyAsked
from core.errors.words import restored
from core.services.agent_cards import answer_lines, question_sections, question_title, wanted_facts
from core.services.catalogue_words import addition_result, untouched_lines
from core.services.change_facts import (
    ASKED_AGAIN,
    acts,
    diff_card,
    next_buttons,
    nothing_done,
    nothing_to_do,
    question_of,
    result_lines,
    under_way,
    undo_buttons,
    waiting_branches,
)
from core.services.checklist import checklist, installed_lines
from core.services.decide_buttons import decide_buttons, details_button
from core.services.patch_words import patch_sections
from core.services.reader import name_of, one_line
from core.services.subject_facts import all_facts, facts_to_compare, facts_to_decide, record_line, record_name
from core.services.timeline import run_again, timeline_button
from core.services.wording import action_words, ended_title, had_nothing_to_do, is_open, phrase

if TYPE_CHECKING:
    from core.services.reader import Reader
    from core.services.views import RequestView


def card_for(kind: NoticeKind, view: RequestView, reader: Reader) -> Card:
    """Return the card that a notice of ``kind`` says about ``view`` now."""
    match kind:
        case NoticeKind.APPROVAL_CARD | NoticeKind.FYI_CARD | NoticeKind.REMINDER:
            return approval_card(view, reader, kind)
        case NoticeKind.REQUEST_CARD:
            return request_card(view, reader)
        case NoticeKind.VOTE_VOID:
            return void_card(view, reader)
        case NoticeKind.CHANGE_FAILED:
            return change_failed_card(view, reader)
        case NoticeKind.BREAK_GLASS:
            return alarm_card(view, reader)
        case _:
            return outcome_card(view, reader)


def request_card(view: RequestView, reader: Reader) -> Card:
    """Return the requester's card: the plan while it proceeds, then the outcome."""
    if is_open(view):
        return Card(
            title=phrase(view, reader),
            code=view.execution.code,
            lines=(*untouched_lines(view.execution.subject, reader), *_frozen(view, reader)),
            steps=checklist(view, reader),
            buttons=(_cancel(view, reader),),
        )
    outcome = outcome_card(view, reader)
    is_worth_showing = (
        any(step.mark is Mark.FAILED for step in view.steps) and view.execution.error_code not in ASKED_AGAIN
    )
    return outcome.evolve(steps=checklist(view, reader)) if is_worth_showing else outcome


def outcome_card(view: RequestView, reader: Reader) -> Card:
    """Return how a request ended: the title says it, then who decided, what is there now, and what can be done."""
    if isinstance(view.action, Diff) and view.execution.status is ExecutionStatus.COMPLETED:
        subject = view.execution.subject
        facts = facts_to_compare(subject, reader) if subject is not None else []
        return diff_card(view, ended_title(view, reader), facts, reader)
    buttons = [timeline_button(view.execution.code, reader)]
    ends_here = {*ASKED_AGAIN, AlreadyAsked.code}
    if (
        question_of(view) is None
        and view.execution.status is not ExecutionStatus.COMPLETED
        and view.execution.error_code not in ends_here
    ):
        buttons.insert(0, run_again(view.execution.code, reader))
    buttons = [*next_buttons(view, reader), *buttons]
    return Card(
        title=ended_title(view, reader),
        code=view.execution.code,
        lines=(*_decision(view, reader), *_changed_lines(view, reader), *_result(view, reader)),
        buttons=tuple(buttons),
    )


def approval_card(view: RequestView, reader: Reader, kind: NoticeKind = NoticeKind.APPROVAL_CARD) -> Card:
    """Return the approver's card: everything needed to decide and nothing else, or what was decided.

    As a reminder it says so; for those who are only told it has no buttons to decide.
    """
    request, subject = view.request, view.execution.subject
    if request is None or subject is None:
        raise ValueError("an approval card needs a request")
    who = view.name(request.created_by, reader)
    if request.status is not ApprovalStatus.PENDING:
        buttons = [*undo_buttons(view, reader), timeline_button(view.execution.code, reader)]
        if request.status is ApprovalStatus.EXPIRED and subject.question is None:
            buttons.insert(0, run_again(view.execution.code, reader))
        asked = reader.say("asked by {who}", who=who)
        lines = (asked, *_decision(view, reader), *_result(view, reader))
        return Card(title=ended_title(view, reader), code=request.code, lines=lines, buttons=tuple(buttons))
    question = subject.question
    title = (
        question_title(question, who, reader)
        if question is not None
        else reader.say("{who} asks: {action}", who=who, action=action_words(view, reader))
    )
    if kind is NoticeKind.REMINDER:
        title = reader.say("Reminder - {card}", card=title)
    elif kind is NoticeKind.FYI_CARD:
        title = reader.say("For your information - {card}", card=title)
    if view.execution.waiting_for is WaitingFor.PLAN:
        line = reader.say("It is being prepared anew after a change. The card follows in a moment.")
        return Card(title=title, code=request.code, lines=(line,))
    facts = wanted_facts(question, reader) if question is not None else [*facts_to_decide(subject, reader)]
    if request.risk_level is RiskLevel.DESTRUCTIVE:
        facts.append(Fact(name=reader.say("risk"), value=reader.say("DESTRUCTIVE: Approve has to be pressed twice")))
    if subject.skills:
        facts.append(Fact(name=reader.say("scan"), value=reader.say("not scanned")))
    facts += [Fact(name=reader.say("changed"), value=change) for change in _changes(view, reader)]
    facts += [Fact(name=reader.say("frozen"), value=why) for why in _frozen(view, reader)]
    facts.append(Fact(name=reader.say("rule"), value=_rule(view, request, reader)))
    can_decide = kind is not NoticeKind.FYI_CARD
    shown = decide_buttons(request, subject, reader) if can_decide else (details_button(reader),)
    return Card(
        title=title,
        code=request.code,
        facts=tuple(facts),
        sections=question_sections(question, reader) if question is not None else (),
        buttons=shown,
        invited=view.unreached,
    )


def void_card(view: RequestView, reader: Reader) -> Card:
    """Return what somebody reads whose vote no longer counts."""
    title = reader.say("Your vote no longer counts: {action}", action=action_words(view, reader))
    change = _last_change(view)
    who, what = (view.name(change.by, reader), change.modified) if change else ("", "")
    why = (
        reader.say("{who} changed it after you voted: {what}.", who=who, what=what)
        if change
        else reader.say("What is asked changed after you voted.")
    )
    return Card(title=title, code=view.execution.code, lines=(why, reader.say("Its card shows what is asked now.")))


def _last_change(view: RequestView) -> ApprovalReceived | None:
    """Return how somebody changed what is asked now; None when nobody did: another rule asks, or nothing changed."""
    changed = [
        event
        for event in view.events
        if isinstance(event, ApprovalReceived) and event.modified not in {None, WITHDRAWN, BROKEN_GLASS}
    ]
    # Narrowing is an approval of the new revision. Naming another ref is not: it is told of the revision before, and
    # being prepared is a revision of its own.
    since = view.request.revision if view.request else 0
    return changed[-1] if changed and changed[-1].revision == since - (0 if changed[-1].approved else 2) else None


def change_failed_card(view: RequestView, reader: Reader) -> Card:
    """Return what the changer and the requester read when another ref could not be prepared."""
    title = reader.say("The change could not be prepared: {action}", action=action_words(view, reader))
    errors = [event.error for event in view.events if isinstance(event, ErrorOccurred)]
    stands = reader.say("What was asked before still stands, and so do the votes on it.")
    return Card(title=title, code=view.execution.code, lines=(*errors[-1:], stands))


def alarm_card(view: RequestView, reader: Reader) -> Card:
    """Return what every admin reads when one of them goes ahead alone."""
    who = view.name(view.request.responded_by, reader) if view.request else ""
    title = reader.say("{who} broke the glass: {action}", who=who, action=action_words(view, reader))
    asked = reader.say("asked by {who}", who=view.name(view.execution.user_id, reader))
    lines = (asked, *_decision(view, reader), *_result(view, reader))
    timeline = timeline_button(view.execution.code, reader)
    return Card(title=title, code=view.execution.code, lines=lines, buttons=(timeline,))


def details_card(view: RequestView, reader: Reader) -> Card:
    """Return what the approval card left out: every script, host, hidden place and file that changes."""
    subject = view.execution.subject
    title = reader.say("Details: {action}", action=action_words(view, reader))
    if subject is None:
        return Card(title=title, code=view.execution.code)
    if (question := subject.question) is not None:
        return Card(title=title, code=view.execution.code, sections=question_sections(question, reader, whole=True))
    facts, sections = tuple(all_facts(subject, reader)), patch_sections(subject, reader)
    return Card(title=title, code=view.execution.code, facts=facts, sections=sections)


def _frozen(view: RequestView, reader: Reader) -> list[str]:
    """Return why what is open cannot be approved at present; nothing when it can."""
    return [reader.error(view.frozen)] if view.frozen else []


def _rule(view: RequestView, request: ApprovalRequest, reader: Reader) -> str:
    """Return what has to be fulfilled until when, who has approved, and who may do so for somebody else."""
    needed = reader.say_many(
        "{rule}: {n} approval", "{rule}: {n} approvals", request.threshold, rule=name_of(request.policy, 100)
    )
    if request.barred:
        barred = ", ".join(view.name(person, reader) for person in request.barred)
        needed += reader.say(", not by {who}", who=barred)
    parts = [needed]
    if given := _approvers(view, request, reader):
        parts.append(reader.say("approved so far: {people}", people=", ".join(given)))
    if standing_in := [label for label in view.stand_ins if label in view.waiting]:
        parts.append(reader.say("standing in: {people}", people=", ".join(reader.people(standing_in))))
    return "; ".join((*parts, reader.say("expires {deadline}", deadline=reader.deadline(request.expires_at))))


def _approvals(view: RequestView, request: ApprovalRequest) -> list[Vote]:
    return [vote for vote in view.votes if vote.revision == request.revision and vote.approve and vote.is_confirmed]


def _approvers(view: RequestView, request: ApprovalRequest, reader: Reader) -> list[str]:
    return [
        reader.say("{who} for {owner}", who=view.name(vote.user_id, reader), owner=view.name(vote.on_behalf_of, reader))
        if vote.on_behalf_of
        else view.name(vote.user_id, reader)
        for vote in _approvals(view, request)
    ]


def _changes(view: RequestView, reader: Reader) -> list[str]:
    """Return who changed what is asked: ``Bob: pdf on Gemini``; changes that came to nothing are left out."""
    revision = view.request.revision if view.request else 0
    return [
        reader.say("by {who}: {what}", who=view.name(event.by), what=event.modified)
        for event in view.events
        if isinstance(event, ApprovalReceived)
        and event.modified not in {None, WITHDRAWN, BROKEN_GLASS}
        and (event.approved or event.revision < revision)
    ]


def _changed_lines(view: RequestView, reader: Reader) -> list[str]:
    return [reader.say("changed {change}", change=change) for change in _changes(view, reader)]


def decided_by(view: RequestView, reader: Reader) -> str:
    """Return who ended the question: all who approved, or who rejected, went ahead alone or cancelled."""
    request = view.request
    if request is None or request.responded_by is None:
        return ""
    if request.status is ApprovalStatus.APPROVED and not request.is_break_glass:
        approvers = _approvers(view, request, reader)
    else:
        approvers = []
    return ", ".join(approvers) or view.name(request.responded_by, reader)


def _decision(view: RequestView, reader: Reader) -> list[str]:
    """Return who decided about a request, where and when, with their own words."""
    request = view.request
    if request is None or request.status is ApprovalStatus.PENDING:
        return []
    if request.status is ApprovalStatus.EXPIRED:
        expired = reader.say("Expired - nobody decided by {when}.", when=request.expires_at)
        return [f"{expired} {nothing_done(view, reader)}"]
    params = {
        "who": decided_by(view, reader),
        "where": _place(view.decided_in, reader),
        "when": request.responded_at,
    }
    if request.is_break_glass:
        line = reader.say("{who} went ahead alone {where} at {when}, WITHOUT WAITING FOR APPROVAL", **params)
    elif request.status is ApprovalStatus.APPROVED:
        places = dict.fromkeys(vote.channel for vote in _approvals(view, request))
        if len(places) > 1:
            params["where"] = ", ".join(_place(place, reader) for place in places)
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
    if view.request is not None and view.request.status is ApprovalStatus.EXPIRED:
        return []  # the decision says it
    subject = view.execution.subject
    if view.request is not None and question_of(view) is not None:
        answered = view.execution.status is ExecutionStatus.COMPLETED
        return answer_lines(view.request, reader) if answered else _reason(view, reader)
    if subject is not None and subject.records:
        return _records(view, subject, reader)
    if isinstance(view.action, AddSkill):
        return [*addition_result(view, reader), *_error(view, reader)]
    if is_open(view):
        return [under_way(view, reader)]
    if view.execution.status is not ExecutionStatus.COMPLETED:
        done, why = installed_lines(view, reader), _why(view, reader)
        # What went wrong comes first: of many lines a phone shows the beginning.
        return [*why, *done] if any(step.mark is Mark.FAILED for step in acts(view)) else [*done, *why]
    done = [nothing_to_do(view, reader)] if had_nothing_to_do(view) else installed_lines(view, reader)
    return [*done, *untouched_lines(subject, reader)]


def _why(view: RequestView, reader: Reader) -> list[str]:
    """Return what failed, place by place where that is known, and how the rest ended."""
    failed = result_lines(view, reader)
    is_cancelled = view.execution.error_code == "CANCELLED"
    return [*failed, *_reason(view, reader)] if is_cancelled or not failed else failed


def _records(view: RequestView, subject: ApprovalSubject, reader: Reader) -> list[str]:
    """Return what a request that changes the bot's own records came to."""
    if view.execution.status is ExecutionStatus.COMPLETED:
        return [f"{name_of(record_name(change, reader))}: {record_line(change, reader)}" for change in subject.records]
    return [
        reader.say("Nothing was changed."),
        *_error(view, reader),
    ]


def _error(view: RequestView, reader: Reader) -> list[str]:
    """Return the sentence of the error that ended a request, if one did."""
    return _reason(view, reader) if view.execution.error_details is not None else []


def _reason(view: RequestView, reader: Reader) -> list[str]:
    """Return why a request did not end as it should have."""
    execution = view.execution
    if execution.error_code == "APPROVAL_REJECTED":
        return [nothing_done(view, reader)]
    if execution.error_code == "CANCELLED":
        return [*_who_cancelled(view, reader), _cancelled(view, reader)]
    details = execution.error_details
    if details is not None:
        why = reader.say(details["msgid"], **restored(details["params"]))
        is_untouched = execution.error_code in ASKED_AGAIN and all(step.mark is not Mark.DONE for step in acts(view))
        return [why, nothing_done(view, reader)] if is_untouched else [why]
    return [reader.failure(execution.error_message, execution.error_code)] if execution.error_message else []


def _who_cancelled(view: RequestView, reader: Reader) -> list[str]:
    """Return who took it back after it was decided; where the decision was to cancel it, that says so."""
    request = view.request
    if view.cancelled_by is None or (request is not None and request.status is ApprovalStatus.CANCELLED):
        return []
    who, when = view.name(view.cancelled_by, reader), view.execution.completed_at
    return [reader.say("cancelled by {who} at {when}", who=who, when=when)]


def _cancelled(view: RequestView, reader: Reader) -> str:
    installs = acts(view)
    if waiting_branches(view):
        return reader.say("What waits for a merge is taken back.")
    if any(step.mark is Mark.RUNNING for step in installs):
        return reader.say("What was already being installed is still finished.")
    if any(step.mark is Mark.DONE for step in installs):
        return reader.say("The rest was not installed.")
    return nothing_done(view, reader)


def _cancel(view: RequestView, reader: Reader) -> Button:
    code = view.execution.code
    return Button(label=reader.say("Cancel"), press=PressAction(action=Cancel(request=code)), typed=f"cancel {code}")
