"""The whole pipeline, in order: receive, recognise, understand, then do one of four kinds of thing.

    receive    the delivery is stored under its own key; only then does the channel acknowledge it
    process    who is it? what do they mean? - where rules do not know, a model may be asked first, if there is one
                 unclear   -> a question back, with buttons
                 report    -> a list, a status, a timeline
                 decision  -> a vote, a cancellation
                 change    -> a plan, an approval, an execution

Everything a delivery causes is written in one transaction. What takes time - fetching, installing, posting - is left
behind as work for ``Preparation``, ``ExecutionService`` and ``Delivery``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from core.domain.actions import (
    AcceptDrift,
    ActivateUser,
    ChatAction,
    Drift,
    IgnoreDrift,
    LinkIdentity,
    Replay,
    RestoreDrift,
    Retry,
    Rollback,
    SetLanguage,
    SetTimezone,
    Status,
)
from core.domain.cards import Press, PressAction, PressChoice, PressDetails
from core.domain.events import MessageReceived
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.intents import Clarify, Resolved
from core.domain.masking import MASK
from core.domain.messages import Inbound, IncomingMessage
from core.domain.notices import InboxStatus
from core.domain.users import LANGUAGES
from core.errors import (
    AdminsOnly,
    DiskFull,
    InactiveUser,
    InvalidInput,
    NotYourQuestion,
    OnlyFiles,
    SecretExposed,
    SkillwardenError,
    StorageError,
    TooBusy,
    UnknownButton,
    Words,
)
from core.services.decisions import DECISIONS
from core.services.language.normalise import is_too_long
from core.services.preferences import prefer
from core.services.presenter import details_card
from core.services.reader import Reader
from core.services.reception import Reception, inbox_item, sender_of
from core.services.records import meant_action
from core.services.strangers import check_open
from core.services.turn import Turn
from core.services.views import load_view

if TYPE_CHECKING:
    from core.domain.executions import Execution
    from core.domain.notices import InboxItem
    from core.domain.users import User
    from core.ports import Clock, Storage, Translator, UnitOfWork
    from core.services.decisions import Decisions
    from core.services.hearing import Hearing
    from core.services.links import Links
    from core.services.people import People
    from core.services.rates import Rates
    from core.services.reports import Reports
    from core.services.request_service import RequestService
    from core.services.rosters import Rosters
    from core.services.second_opinions import Opinion
    from core.services.strangers import Strangers

_INBOUND: TypeAdapter[Inbound] = TypeAdapter(Inbound)
_PRESS: TypeAdapter[Press] = TypeAdapter(Press)
# Buttons that make a request of its own.
_BEGUN = Retry | Rollback | RestoreDrift | AcceptDrift | IgnoreDrift


class Dispatcher:
    """Takes what people say and press to where it is answered."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        rosters: Rosters,
        translator: Translator,
        hearing: Hearing,
        requests: RequestService,
        decisions: Decisions,
        reports: Reports,
        people: People,
        strangers: Strangers,
        links: Links,
        rates: Rates | None = None,
    ) -> None:
        """Understand with ``hearing``; answer with ``reports``, ``decisions`` and ``requests``.

        What goes beyond ``rates`` (None: nothing does) is turned away.
        """
        self._rates = rates
        self._storage = storage
        self._reception = Reception(storage)
        self._clock = clock
        self._rosters = rosters
        self._translator = translator
        self._hearing = hearing
        self._requests = requests
        self._decisions = decisions
        self._reports = reports
        self._people = people
        self._strangers = strangers
        self._links = links

    async def receive(self, inbound: Inbound) -> bool:
        """Store a delivery; False when it was received before. Once this returns the channel may acknowledge."""
        return await self._reception.store(inbox_item(inbound, self._clock.now()))

    async def process(self, item_id: str) -> None:
        """Work on one stored delivery. What cannot be done is answered with the error's sentence, and recorded."""
        async with self._storage.read() as uow:
            item = await uow.inbox.get(item_id)
        if item is None or item.status is not InboxStatus.PENDING:
            return
        inbound = _INBOUND.validate_python(item.payload)
        try:
            # What came over HTTP was counted before it was accepted.
            if self._rates is not None and inbound.conversation.channel != "api":
                self._rates.check(inbound)
        except TooBusy as error:
            await self._turn_away(item, inbound, error)
            return
        await self._rosters.look_up()
        opinion = await self._hearing.second_opinion(item, inbound)
        try:
            async with self._storage.begin() as uow:
                if not await self._is_due(uow, item_id):
                    return  # somebody was quicker while a model thought about it
                await self._handle(await self._turn(uow, inbound, opinion))
                await self._done(uow, item)
        except (StorageError, DiskFull):
            raise  # our trouble, not the sender's: the delivery stays, and is tried again
        except SkillwardenError as error:
            async with self._storage.begin() as uow:
                await self._refuse(uow, inbound, error, opinion)
                await self._done(uow, item)

    async def _turn_away(self, item: InboxItem, inbound: Inbound, error: TooBusy) -> None:
        """End a delivery that is one too many. The first of several is answered: a flood is not answered with one."""
        async with self._storage.begin() as uow:
            if error.is_first:
                await self._refuse(uow, inbound, error)
            over = {"status": InboxStatus.FAILED, "last_error": str(error), "processed_at": self._clock.now()}
            await uow.inbox.update(item.evolve(**over))
            await uow.commit()

    async def abandon(self, item_id: str, error: SkillwardenError) -> None:
        """End a delivery that keeps failing: its sender is told, and it is not tried again."""
        async with self._storage.begin() as uow:
            item = await uow.inbox.get(item_id)
            if item is None or item.status is not InboxStatus.PENDING:
                return
            await self._refuse(uow, _INBOUND.validate_python(item.payload), error)
            failed = item.evolve(status=InboxStatus.FAILED, last_error=str(error), processed_at=self._clock.now())
            if await uow.inbox.update(failed):
                await uow.commit()

    async def _turn(self, uow: UnitOfWork, inbound: Inbound, opinion: Opinion | None) -> Turn:
        """Recognise who is speaking; None among the users is a stranger."""
        user = await sender_of(uow, inbound)
        if user is not None and user.is_active and not user.language and inbound.sender.language in LANGUAGES:
            user = user.evolve(language=inbound.sender.language)
            await uow.users.update(user)
        return self._turn_of(uow, inbound, user, opinion)

    def _turn_of(self, uow: UnitOfWork, inbound: Inbound, user: User | None, opinion: Opinion | None) -> Turn:
        now = self._clock.now()
        reader = Reader(self._translator, user, now, language=inbound.sender.language)
        return Turn(uow=uow, inbound=inbound, user=user, reader=reader, now=now, opinion=opinion)

    async def _handle(self, turn: Turn) -> None:
        if not turn.is_let_in:
            if await self._links.welcome(turn):
                return
            if not turn.is_stranger:
                raise InactiveUser
            await self._strangers.meet(turn)
        elif isinstance(turn.inbound, IncomingMessage):
            await self._hear(turn, turn.inbound)
        else:
            await self._press(turn)

    async def _hear(self, turn: Turn, message: IncomingMessage) -> None:
        """Understand a sentence."""
        if (await turn.open(message)).status is not ExecutionStatus.PENDING:
            return  # cancelled over HTTP before anybody looked at it
        await turn.record(MessageReceived(timestamp=turn.now, message=message.normalized()))
        if MASK in message.text:  # as it was stored: what looked like a secret was hidden before that
            raise SecretExposed(where=Words("Your message"))
        if message.attachments and not message.text.strip():
            raise OnlyFiles
        await turn.mention_files()
        intent = await self._hearing.understand(turn, message.text)
        if isinstance(intent, Resolved):
            await self._act(turn, intent.action)
        elif isinstance(intent, Clarify):
            await turn.ask(intent.question, await self._requests.sensible(turn.uow, intent.choices))
        elif is_too_long(message.text):
            raise InvalidInput(detail=Words("it is too long for a request; say in one sentence what you want"))
        else:
            await turn.not_understood(intent)

    async def _act(self, turn: Turn, action: ChatAction) -> None:
        """Do what was understood, for the execution of this turn."""
        execution = turn.require_execution()
        record = await meant_action(turn.uow, execution, action, now=turn.now)
        if isinstance(action, Replay):
            if not await self._replay(turn, action):
                return
        elif isinstance(action, DECISIONS):
            if not await self._decisions.decide(turn, action):
                return
        elif isinstance(action, ActivateUser):
            await self._let_in(turn, action)
        elif isinstance(action, LinkIdentity):
            await self._links.answer(turn, action)
        elif isinstance(action, SetLanguage | SetTimezone):
            await prefer(turn, action, self._translator)
        elif isinstance(action, Status | Drift):
            await self._reports.answer(turn, action)  # whatever is wrong with the question is said at once
            await turn.wait_for(WaitingFor.PLAN)
            return
        elif self._reports.can_answer(action):
            await turn.reply(await self._reports.answer(turn, action))
        else:
            await self._start(turn, action)
            return
        await turn.finish(record)

    async def _start(self, turn: Turn, action: ChatAction) -> None:
        """Begin a change; where nothing was changed yet nothing is taken back, and cancelling is offered instead."""
        if isinstance(action, Rollback) and await self._decisions.offer_cancelling(turn, action):
            return
        await self._requests.start(turn.uow, turn.require_execution(), action)

    async def _press(self, turn: Turn) -> None:
        """Do what a button stands for."""
        token = await turn.uow.tokens.get(turn.token)
        if token is None:
            raise UnknownButton
        turn.button = token
        press = _PRESS.validate_python(token.press)
        if token.execution_id is None:
            await self._press_action(turn, press)
            return
        execution = await turn.uow.executions.get(token.execution_id)
        if execution is None:
            raise UnknownButton
        turn.execution = execution
        if isinstance(press, PressChoice):
            await self._choose(turn, press)
        elif isinstance(press, PressDetails):
            view = await load_view(turn.uow, execution.id, self._rosters)
            if view is not None:
                await turn.reply(details_card(view, turn.reader))
        else:
            await self._press_action(turn, press)

    async def _press_action(self, turn: Turn, press: Press) -> None:
        if not isinstance(press, PressAction):
            raise UnknownButton
        action = press.action
        if isinstance(action, DECISIONS):
            await turn.adopt()
            await self._decisions.decide(turn, action)
        elif isinstance(action, Replay) and action.mode == "rerun":
            await self._ask_again(turn, await self._reports.execution(turn, action.execution))
        elif isinstance(action, _BEGUN) or (isinstance(action, Replay) and action.mode == "dry-run"):
            await self._requests.begin(turn.uow, turn.speaker, action, dedupe_key=f"{turn.inbound.dedupe_key}:begin")
        elif isinstance(action, ActivateUser):
            await self._let_in(turn, action, pressed=True)
        elif isinstance(action, LinkIdentity):
            await self._links.answer(turn, action, pressed=True)
        else:
            await turn.reply(await self._reports.answer(turn, action))

    async def _choose(self, turn: Turn, press: PressChoice) -> None:
        """Go on with the execution that asked."""
        execution = turn.require_execution()
        if turn.user.id != execution.user_id:
            raise NotYourQuestion
        if execution.waiting_for is not WaitingFor.ANSWER or execution.status is not ExecutionStatus.PENDING:
            raise UnknownButton
        turn.execution = execution.evolve(waiting_for=None)
        if press.action is None:
            await turn.drop()
        else:
            await turn.uow.executions.update(turn.execution, expected=ExecutionStatus.PENDING)
            turn.button = None  # from here on it is as if the action had been typed
            await self._act(turn, press.action)

    async def _let_in(self, turn: Turn, action: ActivateUser, *, pressed: bool = False) -> None:
        """Activate somebody, at the word of an admin; a press counts for who has not been let in before."""
        if not turn.user.is_admin:
            raise AdminsOnly
        person = await self._people.find(turn.uow, action.user)
        if pressed:
            check_open(person)
        is_news = not person.is_active
        person = await self._people.activate(turn.uow, person, by=turn.user)
        await turn.say(turn.reader.say("{name} is in.", name=person.name))
        if is_news:
            reader = turn.reader.to(person)
            sentence = reader.say('{admin} has let you in. Say "help" to see what I can do.', admin=turn.user.name)
            await turn.tell(person, sentence, key=f"admitted:{person.id}:{turn.inbound.dedupe_key}")

    async def _replay(self, turn: Turn, action: Replay) -> bool:
        """Show a request again, or ask for it again; False when it is planned again, which takes time."""
        old = await self._reports.execution(turn, action.execution)
        execution = turn.require_execution()
        if action.mode == "dry-run":
            await self._requests.start(turn.uow, execution, action.evolve(execution=old.code))
            return False
        if action.mode == "rerun":
            await self._ask_again(turn, old)
        else:
            turn.execution = execution.evolve(replay_of=old.id, replay_mode=action.mode)
            await turn.reply(await self._reports.answer(turn, action))
        return True

    async def _ask_again(self, turn: Turn, old: Execution) -> None:
        """Start the request of ``old`` anew as the speaker's own: who asks again may not approve it."""
        fresh = await self._requests.again(
            turn.uow, old, dedupe_key=f"{turn.inbound.dedupe_key}:again", by=turn.speaker
        )
        if turn.execution is not None and turn.execution.id != old.id:
            await turn.say(turn.reader.say("I ask again as #{code}.", code=fresh.code))

    async def _refuse(
        self, uow: UnitOfWork, inbound: Inbound, error: SkillwardenError, opinion: Opinion | None = None
    ) -> None:
        """Answer with the sentence of ``error``; nothing else of this delivery has happened."""
        turn = self._turn_of(uow, inbound, await sender_of(uow, inbound), opinion)
        if isinstance(inbound, IncomingMessage):
            await turn.fail_message(inbound, error)
        else:
            await turn.fail_press(error)

    @staticmethod
    async def _is_due(uow: UnitOfWork, item_id: str) -> bool:
        item = await uow.inbox.get(item_id)
        return item is not None and item.status is InboxStatus.PENDING

    async def _done(self, uow: UnitOfWork, item: InboxItem) -> None:
        """Commit, unless another process was faster: then everything it has caused is there already."""
        if await uow.inbox.update(item.evolve(status=InboxStatus.DONE, processed_at=self._clock.now())):
            await uow.commit()
