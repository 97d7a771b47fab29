"""Wording: a request in a few words - as a title, inside a sentence, and once it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, ChatAction, DeactivateUser, Delegate, Diff, Install, Retry, Rollback, SetRole
from core.domain.cards import Card, Mark
from core.domain.executions import ExecutionStatus
from core.errors import AlreadyAsked, RequestExpired
from core.services.agent_cards import question_words
from core.services.catalogue_words import catalogue_words
from core.services.change_facts import ASKED_AGAIN, acts, done_words, is_about_places, question_of, words_of
from core.services.checklist import by_skill
from core.services.reader import name_of, one_line

if TYPE_CHECKING:
    from core.services.reader import Reader
    from core.services.views import RequestView

# Names in a title: more are counted.
_MOST_NAMES = 3


def phrase(view: RequestView, reader: Reader) -> str:
    """Return the action in a few words: ``Install pdf on Claude``."""
    match view.action:
        case Install():
            skills, providers = names(view, view.action, reader)
            return reader.say("Install {skills} on {providers}", skills=skills, providers=providers)
        case _:
            inside = action_words(view, reader)
            # Other languages begin with a name, or know no capitals.
            is_verb = reader.language == "en" and _has_words(view.action, reader)
            return inside[:1].upper() + inside[1:] if is_verb else inside


def _has_words(action: ChatAction | None, reader: Reader) -> bool:
    """Whether a request is said in our words, not in those of who made it."""
    is_about_people = isinstance(action, SetRole | DeactivateUser | Delegate)
    return is_about_people or is_about_places(action) or catalogue_words(action, reader) is not None


def action_words(view: RequestView, reader: Reader) -> str:
    """Return the action as it reads inside a sentence: ``install pdf on Claude``."""
    if (question := question_of(view)) is not None:
        return question_words(question, reader)
    match view.action:
        case SetRole(user=user, role="admin"):
            return reader.say("make {name} an admin", name=_person(view, user))
        case SetRole(user=user):
            return reader.say("take the role of admin from {name}", name=_person(view, user))
        case DeactivateUser(user=user):
            return reader.say("shut {name} out", name=_person(view, user))
        case Rollback(run=str(code)) if view.execution.subject is None:
            return reader.say("roll back {code}", code=code)
        case Delegate():
            return _delegation(view, view.action, reader)
        case _:
            written = one_line(view.execution.input_text)
            if view.action is None or not is_about_places(view.action):
                return catalogue_words(view.action, reader) or written
            words = names(view, view.action, reader)
            subject = view.execution.subject
            if isinstance(view.action, Retry) and subject is not None:
                again = words_of(subject.chat_action, *words, reader) or written
                return reader.say("try again: {action}", action=again)
            return words_of(view.action, *words, reader) or written


def names(view: RequestView, action: ChatAction, reader: Reader) -> tuple[str, str]:
    """Return the skills and the providers that ``action`` comes down to, as far as that is known."""
    groups = by_skill(view)
    skills = [group.name for group in groups] or [
        reader.say("all skills") if name == EVERY else name for name in _asked(view, action, "skills")
    ]
    installs = [str(step.data["provider"]) for group in groups for step in group.installs]
    providers = list(dict.fromkeys(installs)) or [
        reader.say("every provider") if name == EVERY else name for name in _asked(view, action, "providers")
    ]
    count = len(skills)
    shown = ", ".join(skills) if count <= _MOST_NAMES else reader.say_many("{n} skill", "{n} skills", count)
    return shown, reader.some(providers)


def _asked(view: RequestView, action: ChatAction, field: str) -> tuple[str, ...]:
    """Return the providers it came down to, or what ``action`` names; else everything."""
    subject = view.execution.subject
    places = subject.targets if subject is not None and field == "providers" else ()
    return tuple(dict.fromkeys(target.provider for target in places)) or getattr(action, field, ()) or (EVERY,)


def ended_title(view: RequestView, reader: Reader) -> str:
    """Return what became of a request in a few words: ``Installed pdf on Claude``, ``Rejected: install ...``."""
    action = action_words(view, reader)
    if is_open(view):
        if view.request is not None and view.request.is_break_glass:
            return reader.say("Glass broken: {action}", action=action)
        return reader.say("Approved: {action}", action=action)
    if view.execution.status is ExecutionStatus.COMPLETED:
        if question_of(view) is not None:
            return reader.say("Answered: {action}", action=action)
        if isinstance(view.action, Delegate) and view.action.to is None:
            return action
        if view.action is None or not is_about_places(view.action):
            return reader.say("Done: {action}", action=action)
        skills, providers = names(view, view.action, reader)
        if had_nothing_to_do(view):
            return reader.say("Nothing to do: {skills} on {providers}", skills=skills, providers=providers)
        return done_words(view.action, skills, providers, reader) or action
    titles = {
        "APPROVAL_REJECTED": reader.say("Rejected: {action}", action=action),
        RequestExpired.code: reader.say("Expired: {action}", action=action),
        "CANCELLED": reader.say("Cancelled: {action}", action=action),
        AlreadyAsked.code: reader.say("Already asked: {action}", action=action),
        **dict.fromkeys(ASKED_AGAIN, reader.say("Out of date: {action}", action=action)),
    }
    rest = (
        reader.say("Partly done: {action}", action=action)
        if is_partly_done(view)
        else reader.say("Failed: {action}", action=action)
    )
    return titles.get(view.execution.error_code or "", rest)


def is_partly_done(view: RequestView) -> bool:
    """Whether some of what was to be changed was changed."""
    return any(step.mark is Mark.DONE for step in acts(view))


def is_open(view: RequestView) -> bool:
    """Whether the request has not ended."""
    return view.execution.status in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}


def had_nothing_to_do(view: RequestView) -> bool:
    """Whether everything that was asked for was there already."""
    subject = view.execution.subject
    if isinstance(view.action, Diff):
        return False
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
