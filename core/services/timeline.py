"""Timeline: every step of a request, as its record tells it - when, who, how long, with what, and what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.domain.actions import Replay, Timeline
from core.domain.base import canonical_json
from core.domain.cards import Button, Card, Fact, PressAction
from core.domain.events import (
    ApprovalReceived,
    ApprovalRequested,
    ErrorOccurred,
    ExecutionEvent,
    MessageReceived,
    PlanGenerated,
    ResponseSent,
    ToolCompleted,
    ToolInvoked,
)
from core.domain.executions import Execution, ExecutionStatus, WaitingFor
from core.errors import AlreadyAsked
from core.services import wanted as tools
from core.services.change_facts import ASKED_AGAIN, waiting_branches
from core.services.reader import one_line
from core.services.wording import is_partly_done, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.services.reader import Reader
    from core.services.views import RequestView

# What the words about a call say already.
_SAID = frozenset({"skill", "provider", "provider_id", "branch"})
# Commits and digests are told apart by their beginning.
# What cancelling leaves on the record.
_CANCELLED = re.compile(r"Cancelled by (?P<who>.+?)(?:\.|: (?P<why>.+))", re.DOTALL)
_HEX = re.compile(r"[0-9a-f]{40,}")
_SHOWN = 12
# Steps that a card shows: how it began, and how it ended.
_FIRST, _LAST = 10, 30
# Characters of one value of a call's input or answer.
_VALUE = 60


def timeline_card(view: RequestView, reader: Reader, *, is_replay: bool = False, is_whole: bool = False) -> Card:
    """Return every step on a card, of very many the first and the last ones unless it ``is_whole``.

    A replay offers to plan it again, or to ask for it again.
    """
    code, zone = view.execution.code, reader.zone
    title = reader.say("Replay: {action}" if is_replay else "Timeline: {action}", action=phrase(view, reader))
    facts = [Fact(name=reader.clock(at), value=line) for at, line in _lines(view, reader)]
    if len(facts) > _FIRST + _LAST and not is_whole:
        left = len(facts) - _FIRST - _LAST
        more = reader.say('{n} more steps: "skillwarden timeline {code}" on the host', n=left, code=code)
        facts = [*facts[:_FIRST], Fact(name="...", value=more), *facts[-_LAST:]]
    buttons = (
        Button(
            label=reader.say("Dry run"),
            press=PressAction(action=Replay(execution=code, mode="dry-run")),
            typed=f"replay {code} dry-run",
        ),
        run_again(code, reader),
    )
    state, took = state_words(view, reader), _took(view, reader)
    line = reader.say("{state}{took}; times in {zone}", state=state, took=took, zone=zone)
    return Card(title=title, code=code, lines=(line,), facts=tuple(facts), buttons=buttons if is_replay else ())


def run_again(code: str, reader: Reader) -> Button:
    """Return the button that asks for a request once more."""
    action = Replay(execution=code, mode="rerun")
    return Button(label=reader.say("Ask again"), press=PressAction(action=action), typed=f"replay {code} rerun")


def timeline_button(code: str, reader: Reader) -> Button:
    """Return the button that shows every step of a request."""
    return Button(
        label=reader.say("Timeline"),
        press=PressAction(action=Timeline(execution=code)),
        typed=f"timeline {code}",
    )


def _took(view: RequestView, reader: Reader) -> str:
    ended = view.execution.completed_at
    return reader.say(" after {span}", span=reader.span(ended - view.execution.created_at)) if ended else ""


def _lines(view: RequestView, reader: Reader) -> Iterable[tuple[Any, str]]:
    """Return when and what, event by event; a call and its answer are one line."""
    asked_at = None
    given: dict[int, Any] = {}
    for event in view.events:
        line = _event_line(event, view, reader)
        if isinstance(event, ToolInvoked) and event.tool == tools.PROPOSE:
            continue
        if isinstance(event, ToolInvoked):
            given[event.step] = event.input_masked
            line += _with_what(event.input_masked, None) if line else ""
        elif isinstance(event, ToolCompleted):
            before = given.get(event.step) if event.tool != tools.PROPOSE else None
            line += _with_what(before, event.output_masked.output)
        elif isinstance(event, ApprovalRequested):
            asked_at = event.timestamp
        elif isinstance(event, ApprovalReceived) and asked_at is not None and event.timestamp > asked_at:
            line += reader.say(" (after {span})", span=reader.span(event.timestamp - asked_at))
        if line:
            yield event.timestamp, line


def _with_what(given: Any, answered: Any) -> str:
    """Return the masked input and answer of a call, without what the words say already: `` [ref main -> files 9]``."""
    before = {name: value for name, value in _data(given).items() if name not in _SAID and value is not None}
    after = {name: value for name, value in _data(answered).items() if name not in _SAID and before.get(name) != value}
    sides = (_written(before), _written({name: value for name, value in after.items() if value is not None}))
    return f" [{' -> '.join(filter(None, sides))}]" if any(sides) else ""


def _data(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _written(data: Mapping[str, Any]) -> str:
    return ", ".join(f"{one_line(name, 30)} {_value(value)}" for name, value in data.items())


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else canonical_json(value).decode()
    return text[:_SHOWN] if _HEX.fullmatch(text) else one_line(text, _VALUE)


def state_words(view: RequestView, reader: Reader) -> str:
    """Return how far a request is, in words."""
    execution = view.execution
    match execution.waiting_for:
        case WaitingFor.ANSWER:
            return reader.say("waiting for an answer")
        case WaitingFor.PLAN:
            return reader.say("being prepared")
        case WaitingFor.APPROVAL:
            return reader.say("waiting for approval")
        case WaitingFor.RUN:
            return reader.say("about to begin")
        case _:
            ended = {
                "APPROVAL_REJECTED": reader.say("rejected"),
                "APPROVAL_EXPIRED": reader.say("expired"),
                AlreadyAsked.code: reader.say("same as #{code}", code=_other(execution)),
                **dict.fromkeys(ASKED_AGAIN, reader.say("out of date")),
            }
            states = {
                ExecutionStatus.PENDING: reader.say("pending"),
                ExecutionStatus.RUNNING: reader.say("waiting for a merge")
                if waiting_branches(view)
                else reader.say("at work"),
                ExecutionStatus.COMPLETED: reader.say("done"),
                ExecutionStatus.FAILED: reader.say("partly done") if is_partly_done(view) else reader.say("failed"),
                ExecutionStatus.CANCELLED: reader.say("cancelled"),
            }
            return ended.get(execution.error_code or "", states[execution.status])


def _other(execution: Execution) -> str:
    """Return the code of what was being asked already when ``execution`` asked for it."""
    return str((execution.error_details or {}).get("params", {}).get("code", "..."))


def _event_line(event: ExecutionEvent, view: RequestView, reader: Reader) -> str:
    """Return one line about ``event``; empty for a call whose answer has a line of its own."""
    match event:
        case MessageReceived():
            return f'{view.name(view.execution.user_id, reader)}: "{one_line(event.message.text, 200)}"'
        case PlanGenerated():
            return reader.say_many("planned {n} step", "planned {n} steps", len(event.plan.steps))
        case ApprovalRequested():
            return reader.say_many(
                "asked for {n} approval under the rule {rule}",
                "asked for {n} approvals under the rule {rule}",
                event.details.threshold,
                rule=event.details.policy,
            )
        case ApprovalReceived():
            return _vote_line(event, view, reader)
        case ToolInvoked():
            answered = any(isinstance(e, ToolCompleted) and e.step == event.step for e in view.events)
            return "" if answered else reader.say("{what}: begun", what=_call(event.tool, event.step, view, reader))
        case ToolCompleted():
            return _answer_line(event, view, reader)
        case ResponseSent():
            return _said(event, view, reader)
        case ErrorOccurred():
            return reader.say("error: {error}", error=_sentence(event.error, reader))


def _answer_line(event: ToolCompleted, view: RequestView, reader: Reader) -> str:
    what, result = _call(event.tool, event.step, view, reader), event.output_masked
    if event.tool == tools.PROPOSE:
        return reader.say("pushed; waiting for somebody to merge {branch}", branch=result.output["branch"])
    if result.success:
        return reader.say("{what}: done in {ms} ms", what=what, ms=event.duration_ms)
    return reader.say("{what}: failed. {error}", what=what, error=_sentence(result.error or "", reader))


def _sentence(error: str, reader: Reader) -> str:
    """Return what went wrong, which is on the record in English, in the reader's language."""
    if found := _CANCELLED.fullmatch(error):
        who = reader.say(found["who"])  # a person, or one of our words for who is none
        if found["why"]:
            return reader.say("Cancelled by {who}: {why}", who=who, why=found["why"])
        return reader.say("Cancelled by {who}.", who=who)
    return reader.failure(error)


def _said(event: ResponseSent, view: RequestView, reader: Reader) -> str:
    said = one_line(event.text.partition("\n")[0], 200)
    if event.to is None:
        return reader.say('said "{text}"', text=said)
    return reader.say('said to {who} "{text}"', who=view.name(event.to, reader), text=said)


def _call(tool: str, number: int, view: RequestView, reader: Reader) -> str:
    """Return a call of a tool in words: ``install pdf on Claude``."""
    data = view.steps[number].data if number < len(view.steps) else {}
    skill, provider = data.get("skill", ""), data.get("provider", "")
    match tool:
        case tools.RESOLVE:
            return reader.say("resolve {skill}", skill=skill)
        case tools.FETCH:
            return reader.say("fetch {skill}", skill=skill)
        case tools.INSPECT:
            return reader.say("inspect {skill}", skill=skill)
        case tools.LOAD:
            return reader.say("find what was there before of {skill}", skill=skill)
        case tools.LOOK:
            return reader.say("read what is there of {skill}", skill=skill)
        case tools.ADOPT:
            return reader.say("record as approved: {skill} on {provider}", skill=skill, provider=provider)
        case tools.INSTALL:
            return reader.say("install {skill} on {provider}", skill=skill, provider=provider)
        case tools.ADD:
            return reader.say("add {source} to the catalogue", source=data.get("source", ""))
        case tools.REMOVE:
            return reader.say("remove {skill} from {provider}", skill=skill, provider=provider)
        case _:
            return tool


def _vote_line(event: ApprovalReceived, view: RequestView, reader: Reader) -> str:
    if event.by.startswith("system:"):
        return reader.say("expired: nobody decided in time")
    who = view.name(event.by, reader)
    if event.on_behalf_of is not None:
        who = reader.say("{who} for {owner}", who=who, owner=view.name(event.on_behalf_of, reader))
    match event.modified:
        case None:
            line = reader.say("{who} approved", who=who) if event.approved else reader.say("{who} rejected", who=who)
        case "withdrawn":
            return reader.say("the vote of {who} was withdrawn", who=who)
        case "break_glass":
            line = reader.say("{who} BROKE THE GLASS and approved alone", who=who)
        case what if event.approved:
            line = reader.say("{who} approved with changes: {what}", who=who, what=what)
        case what:
            line = reader.say("{who} asked for a change: {what}", who=who, what=what)
    return f'{line}: "{one_line(event.comment, 300)}"' if event.comment else line
