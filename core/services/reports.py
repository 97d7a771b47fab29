"""Reports: lists, states and histories, read and put on a card. They change nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.actions import (
    AskPolicy,
    ChatAction,
    Costs,
    Drift,
    Help,
    History,
    ListProviders,
    ListSkills,
    Pending,
    Replay,
    ShowSkill,
    Status,
    Timeline,
    WhoAmI,
)
from core.domain.cards import Card, Fact, Table
from core.domain.targets import ProviderStatus
from core.domain.users import Role
from core.errors import UnknownPerson, UnknownRequest
from core.services.catalogue_reports import list_skills, show_skills
from core.services.costs import costs_card
from core.services.decisions import NEWEST, waiting_for
from core.services.drift_cards import drifts_card, known_drifts
from core.services.matrix import asked_targets, matrix_card, no_providers
from core.services.policy_talk import PolicyTalk
from core.services.presenter import decided_by
from core.services.timeline import state_words, timeline_card
from core.services.views import load_view
from core.services.wording import phrase

if TYPE_CHECKING:
    from core.domain.executions import Execution
    from core.domain.policy import Policy
    from core.services.reader import Reader
    from core.services.rosters import Rosters
    from core.services.turn import Turn
    from core.services.views import RequestView

#: What each language calls itself.
LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}

# A list that fits a phone's screen.
PAGE = 10
# More requests than these are counted only.
_MOST_PENDING = 20

_ANSWERED = (
    *(AskPolicy, Costs, Drift, Help, History, ListProviders, ListSkills, Pending, Replay, ShowSkill, Status, Timeline),
    WhoAmI,
)


class Reports:
    """Answers questions."""

    def __init__(self, *, policy: Policy, rosters: Rosters) -> None:
        """Explain ``policy``; say who is waited for as ``rosters`` know."""
        self._rosters = rosters
        self._policy_talk = PolicyTalk(policy=policy, rosters=rosters)

    @staticmethod
    def can_answer(action: ChatAction) -> bool:
        """Whether ``action`` is a question that is answered here."""
        return isinstance(action, _ANSWERED)

    async def answer(self, turn: Turn, action: ChatAction) -> Card:
        """Return the card that answers ``action``.

        Raises:
            UnknownSkill, UnknownProvider, UnknownPerson, UnknownRequest: it asks about something that is not there.
        """
        match action:
            case ListSkills():
                return await list_skills(turn, action)
            case ShowSkill():
                return await show_skills(turn, action)
            case ListProviders():
                return await _providers(turn)
            case Status() | Drift():
                return await _places(turn, action)
            case History():
                return await self._history(turn, action)
            case Timeline() | Replay():
                view = await self._view(turn, (await self.execution(turn, action.execution)).id)
                return timeline_card(view, turn.reader, is_replay=isinstance(action, Replay))
            case Pending():
                return await self._pending(turn)
            case WhoAmI() | Costs():
                return await (_whoami(turn) if isinstance(action, WhoAmI) else costs_card(turn, action))
            case AskPolicy():
                return await self._policy_talk.answer(turn, action)
            case _:
                return _help(turn.reader)

    async def execution(self, turn: Turn, code: str | None) -> Execution:
        """Return the execution ``code`` names; None names the change request this conversation has seen last.

        Raises:
            UnknownRequest: there is none.
        """
        if code is not None:
            found = await turn.uow.executions.by_code(code)
        else:
            found = await turn.uow.executions.last_in(turn.inbound.conversation)
        if found is None:
            raise UnknownRequest(request=f"#{code}" if code else turn.reader.say("made or shown in this conversation"))
        return found

    async def _view(self, turn: Turn, execution_id: str) -> RequestView:
        view = await load_view(turn.uow, execution_id, self._rosters)
        if view is None:
            raise UnknownRequest(request=execution_id)
        return view

    async def _history(self, turn: Turn, action: History) -> Card:
        reader = turn.reader
        user_id = None
        if action.user is not None:
            person = turn.user if action.user == "me" else await turn.uow.users.by_name(action.user)
            if person is None:
                raise UnknownPerson(name=action.user)
            user_id = person.id
        found = await turn.uow.executions.recent(limit=action.limit or PAGE, skills=action.skills, user_id=user_id)
        if not found:
            is_narrowed = bool(action.skills) or user_id is not None
            nothing = reader.say("No request matches.") if is_narrowed else reader.say("Nothing was asked for yet.")
            if action.user == "me" and not action.skills:
                nothing = reader.say("You have not asked for anything yet.")
            return Card(title=nothing)
        rows = []
        views = await asyncio.gather(*(self._view(turn, execution.id) for execution in found))
        for execution, view in zip(found, views, strict=True):
            rows.append(
                (
                    f"#{execution.code}",
                    reader.moment(execution.created_at),
                    view.name(execution.user_id, reader),
                    phrase(view, reader),
                    decided_by(view, reader) or "-",
                    state_words(view, reader),
                )
            )
        header = (
            *(reader.say("code"), reader.say("when"), reader.say("who"), reader.say("what")),
            *(reader.say("decided by"), reader.say("state")),
        )
        return Card(title=reader.say("History"), table=Table(header=header, rows=tuple(rows)))

    async def _pending(self, turn: Turn) -> Card:
        reader = turn.reader
        rows = []
        pending = await turn.uow.approvals.pending(turn.now, limit=NEWEST)
        mine = {request.id for request in await waiting_for(turn, self._rosters, among=pending)}
        shown = sorted(pending, key=lambda request: request.id not in mine)[
            :_MOST_PENDING
        ]  # what waits for the reader first
        views = await asyncio.gather(*(self._view(turn, one.execution_id) for one in shown if one.execution_id))
        for request, view in zip((one for one in shown if one.execution_id), views, strict=True):
            people = reader.say("you") if request.id in mine else reader.some(reader.people(view.waiting))
            rows.append(
                (
                    f"#{request.code}",
                    view.name(request.created_by, reader),
                    phrase(view, reader),
                    people,
                    reader.deadline(request.expires_at),
                )
            )
        if not rows:
            return Card(title=reader.say("Nothing is waiting for a decision."))
        header = (
            reader.say("code"),
            reader.say("who"),
            reader.say("what"),
            reader.say("waits for"),
            reader.say("expires"),
        )
        lines = [reader.say('Say "approve CODE" or "reject CODE because ...".')]
        if len(pending) > len(shown):
            lines.append(reader.say("and {n} more", n=len(pending) - len(shown)))
        return Card(
            title=reader.say("Waiting for a decision"), lines=tuple(lines), table=Table(header=header, rows=tuple(rows))
        )


async def _places(turn: Turn, action: Status | Drift) -> Card:
    """Return what is known of places; what is there at this moment takes a look at them."""
    if isinstance(action, Status):
        return await matrix_card(turn.uow, action, turn.reader)
    known = await known_drifts(turn.uow, await asked_targets(turn.uow, action))
    return drifts_card(known, (), turn.reader)


async def _providers(turn: Turn) -> Card:
    reader = turn.reader
    states = {
        ProviderStatus.CONNECTED: reader.say("connected"),
        ProviderStatus.DISCONNECTED: reader.say("disconnected"),
        ProviderStatus.ERROR: reader.say("error"),
    }
    rows = tuple(
        (
            provider.display_name,
            provider.name.value,
            provider.mode.value,
            f"{states[provider.status]}: {reader.failure(provider.last_error)}"
            if provider.last_error
            else states[provider.status],
        )
        for provider in await turn.uow.providers.all()
    )
    if not rows:
        return no_providers(reader)
    header = (reader.say("name"), reader.say("kind"), reader.say("mode"), reader.say("state"))
    return Card(
        title=reader.say_many("{n} provider", "{n} providers", len(rows)), table=Table(header=header, rows=rows)
    )


async def _whoami(turn: Turn) -> Card:
    reader, user = turn.reader, turn.user
    roles = {Role.USER: reader.say("user"), Role.ADMIN: reader.say("admin")}
    accounts = [f"{i.channel} {i.external_id}" for i in await turn.uow.users.identities(user.id)]
    facts = [
        Fact(name=reader.say("role"), value=roles[user.role]),
        Fact(name=reader.say("accounts"), value=", ".join(accounts)),
        Fact(name=reader.say("language"), value=LANGUAGE_NAMES[reader.language]),
        Fact(name=reader.say("time zone"), value=user.timezone),
    ]
    where = turn.inbound.conversation
    if not where.private and where.channel != "console":  # what settings call a room; some platforms show it nowhere
        facts.append(Fact(name=reader.say("this chat"), value=where.conversation_id))
    return Card(title=reader.say("You are {name}.", name=user.name), facts=tuple(facts))


def _help(reader: Reader) -> Card:
    rows = (
        ("install pdf on claude", reader.say("ask for a skill; somebody has to approve it")),
        ("install owner/repo/path@v1 on gemini", reader.say("the same, straight from a repository")),
        ("sync pdf, sync everything", reader.say("bring what is installed to what its source says now")),
        ("diff pdf on claude", reader.say("how it differs from its source, or was edited in place")),
        (
            "roll back pdf on claude",
            reader.say("bring back what was there before; also: ... to v1.0"),
        ),
        ("uninstall pdf from claude", reader.say("take a skill away; also: retry, when something failed")),
        ("pending", reader.say("what waits for a decision")),
        ("approve 7F3K", reader.say("vote for a request; also: reject 7F3K because ...")),
        ("approve 7F3K only on claude", reader.say("vote for less; also: modify 7F3K ref v1.2")),
        ("withdraw 7F3K", reader.say("take your vote back; cancel 7F3K takes a request back")),
        ("delegate to bob until friday", reader.say("let bob vote for you; or: away until monday, I am back")),
        ("break glass 7F3K because ...", reader.say("in an emergency: run it now, and every admin is told")),
        ("why 7F3K, who can approve 7F3K", reader.say("which rule decides, and who; also: show policy")),
        ("status", reader.say("what is installed where")),
        ("drift", reader.say("what somebody changed there; also: restore drift of pdf")),
        ("timeline 7F3K", reader.say("every step of a request")),
        ("history", reader.say("past requests; also: costs, replay 7F3K")),
        ("list skills, list providers, whoami", reader.say("what I know; also: link, for one more account")),
        ("add skill owner/repo", reader.say("add its skills to the catalogue; also: archive, restore")),
        ("show skill pdf", reader.say("what I know of a skill; also: set ref of pdf to v1.2")),
        ("freeze pdf on claude", reader.say("forbid changes at once, for admins; also: unfreeze")),
        ("disconnect claude", reader.say("install nothing there any more; also: connect claude")),
        ("set language korean", reader.say("what I speak to you; also: set timezone to Asia/Seoul")),
    )
    table = Table(header=(reader.say("say"), reader.say("to")), rows=rows)
    return Card(title=reader.say("I install Agent Skills, once somebody else agrees."), table=table)
