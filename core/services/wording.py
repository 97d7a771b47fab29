"""Wording: a request in a few words - as a title, inside a sentence, and once it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, DeactivateUser, Delegate, Install, SetRole
from core.domain.cards import Card, Mark
from core.domain.executions import ExecutionStatus
from core.errors import AlreadyAsked, PolicyChanged, RequestExpired, SubjectMoved
from core.services.checklist import by_skill
from core.services.planner import INSTALL
from core.services.reader import name_of, one_line

if TYPE_CHECKING:
    from core.services.reader import Reader
    from core.services.views import RequestView

# Names in a title: more are counted.
_MOST_NAMES = 3

#: What was approved could not run as it was, and is asked for again under another code.
ASKED_AGAIN = frozenset({SubjectMoved.code, PolicyChanged.code})


def phrase(view: RequestView, reader: Reader) -> str:
    """Return the action in a few words: ``Install pdf on Claude``."""
    match view.action:
        case Install():
            skills, providers = names(view, view.action, reader)
            return reader.say("Install {skills} on {providers}", skills=skills, providers=providers)
        case SetRole() | DeactivateUser() | Delegate():
            inside = action_words(view, reader)
            return inside[:1].upper() + inside[1:]
        case _:
            return action_words(view, reader)


def action_words(view: RequestView, reader: Reader) -> str:
    """Return the action as it reads inside a sentence: ``install pdf on Claude``."""
    match view.action:
        case Install():
            skills, providers = names(view, view.action, reader)
            return reader.say("install {skills} on {providers}", skills=skills, providers=providers)
        case SetRole(user=user, role="admin"):
            return reader.say("make {name} an admin", name=_person(view, user))
        case SetRole(user=user):
            return reader.say("take the role of admin from {name}", name=_person(view, user))
        case DeactivateUser(user=user):
            return reader.say("shut {name} out", name=_person(view, user))
        case Delegate():
            return _delegation(view, view.action, reader)
        case _:
            return one_line(view.execution.input_text)


def names(view: RequestView, action: Install, reader: Reader) -> tuple[str, str]:
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


def ended_title(view: RequestView, reader: Reader) -> str:
    """Return what became of a request in a few words: ``Installed pdf on Claude``, ``Rejected: install ...``."""
    action = action_words(view, reader)
    if is_open(view):
        if view.request is not None and view.request.is_break_glass:
            return reader.say("Glass broken: {action}", action=action)
        return reader.say("Approved: {action}", action=action)
    if view.execution.status is ExecutionStatus.COMPLETED:
        if isinstance(view.action, Delegate) and view.action.to is None:
            return action
        if not isinstance(view.action, Install):
            return reader.say("Done: {action}", action=action)
        skills, providers = names(view, view.action, reader)
        if had_nothing_to_do(view):
            return reader.say("Nothing to do: {skills} on {providers}", skills=skills, providers=providers)
        return reader.say("Installed {skills} on {providers}", skills=skills, providers=providers)
    titles = {
        "APPROVAL_REJECTED": reader.say("Rejected: {action}", action=action),
        RequestExpired.code: reader.say("Expired: {action}", action=action),
        "CANCELLED": reader.say("Cancelled: {action}", action=action),
        AlreadyAsked.code: reader.say("Already asked: {action}", action=action),
        **dict.fromkeys(ASKED_AGAIN, reader.say("Out of date: {action}", action=action)),
    }
    is_partial = any(step.tool == INSTALL and step.mark is Mark.DONE for step in view.steps)
    rest = (
        reader.say("Partly done: {action}", action=action)
        if is_partial
        else reader.say("Failed: {action}", action=action)
    )
    return titles.get(view.execution.error_code or "", rest)


def is_open(view: RequestView) -> bool:
    """Whether the request has not ended."""
    return view.execution.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}


def had_nothing_to_do(view: RequestView) -> bool:
    """Whether everything that was asked for was there already."""
    subject = view.execution.subject
    return subject is not None and bool(subject.targets) and all(target.is_current for target in subject.targets)


def confirm_card(view: RequestView, reader: Reader) -> Card:
    """Return what is asked of who approves something destructive: to do so once more."""
    code = view.execution.code
    return Card(
        title=reader.say("Are you sure? This is DESTRUCTIVE: {action}", action=action_words(view, reader)),
        code=code,
        lines=(reader.say('Your approval counts once you press Approve again, or say "approve {code}".', code=code),),
    )


def _person(view: RequestView, said: str) -> str:
    """Return the name of the person whom the request changes, who was called ``said``."""
    subject = view.execution.subject
    return name_of(subject.records[0].name if subject and subject.records else said)


def _delegation(view: RequestView, action: Delegate, reader: Reader) -> str:
    who = view.name(view.execution.user_id, reader)
    if action.until is None:
        return reader.say("{who} is back", who=who)
    until = reader.moment(action.until)
    if action.to is None:
        return reader.say("{who} is away until {until}", who=who, until=until)
    people = {name.lower(): name for name in view.names.values()}
    stand_in = people.get(action.to.lower()) or name_of(action.to)
    return reader.say("let {stand_in} vote for {who} until {until}", stand_in=stand_in, who=who, until=until)
