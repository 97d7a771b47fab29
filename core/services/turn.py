"""Turn: one delivery being worked on - who speaks, where, about which execution - and the ways to answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.cards import Button, Card, PressChoice
from core.domain.events import ErrorOccurred, MessageReceived
from core.domain.executions import ChatActionResult, ExecutionStatus, WaitingFor
from core.domain.forms import TEXT, ChoicesField, Form
from core.domain.messages import FormSubmission, IncomingMessage, MessageRef
from core.domain.notices import Notice, NoticeKind, Prompt
from core.errors import AmbiguousText, ErrorType, InactiveUser, NothingAsked, NotUnderstood, OnlyFiles, StaleCard, Words
from core.services.ledger import Ledger
from core.services.records import Speaker, error_columns, error_event, execution_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.domain.events import ExecutionEvent
    from core.domain.executions import ChatActionRecord, Execution
    from core.domain.intents import Choice, Unknown
    from core.domain.messages import Inbound
    from core.domain.notices import ButtonToken
    from core.domain.users import User
    from core.errors import SkillwardenError
    from core.ports import UnitOfWork
    from core.services.reader import Reader
    from core.services.second_opinions import Opinion


# A question with more answers is no question any more.
MOST_BUTTONS = 5

# Which card a button sits on, for the buttons that only one live card has.
_LIVE_BUTTONS = {
    "approve": NoticeKind.APPROVAL_CARD,
    "modify": NoticeKind.APPROVAL_CARD,
    "reject": NoticeKind.APPROVAL_CARD,
    "cancel": NoticeKind.REQUEST_CARD,
}


class Turn:
    """One delivery inside one unit of work. ``user`` is None only while a stranger is turned away."""

    def __init__(
        self,
        *,
        uow: UnitOfWork,
        inbound: Inbound,
        user: User | None,
        reader: Reader,
        now: datetime,
        opinion: Opinion | None = None,
    ) -> None:
        """Begin without an execution: a message makes one, a press belongs to one.

        ``opinion`` is what a language model makes of the message, where it was asked.
        """
        self.opinion = opinion
        self.uow = uow
        self.inbound = inbound
        self._user = user
        self.reader = reader
        self.now = now
        self.execution: Execution | None = None
        self.button: ButtonToken | None = None

    @property
    def user(self) -> User:
        """The person who speaks."""
        if self._user is None:
            raise ValueError("a stranger has no turn")
        return self._user

    @property
    def is_stranger(self) -> bool:
        """Whether nobody knows who speaks."""
        return self._user is None

    @property
    def is_let_in(self) -> bool:
        """Whether who speaks is a person here, neither a stranger nor shut out nor waiting to be let in."""
        return self._user is not None and self._user.is_active

    @property
    def speaker(self) -> Speaker:
        """Who asks, and where the answer goes."""
        sender = self.inbound.sender
        return Speaker(user_id=self.user.id, external_id=sender.external_id, conversation=self.inbound.conversation)

    @property
    def token(self) -> str:
        """The token of the button that was pressed."""
        return "" if isinstance(self.inbound, IncomingMessage) else self.inbound.token

    @property
    def typed(self) -> str | None:
        """What was answered to the one question of a form; None when nothing was."""
        return self.field(TEXT)

    def field(self, name: str) -> str | None:
        """Return what was typed into a field of the form that a press opened; None when nothing was."""
        typed = self.inbound.fields.get(name) if isinstance(self.inbound, FormSubmission) else None
        return typed.strip() or None if isinstance(typed, str) else None

    def chosen(self, name: str) -> tuple[str, ...] | None:
        """Return the values that were ticked in a field of that form; None when it was not asked about them.

        Raises:
            ValueError: what was ticked is not what the form offers.
        """
        ticked = self.inbound.fields.get(name) if isinstance(self.inbound, FormSubmission) else None
        form = Form.model_validate(self.button.form) if self.button and self.button.form else None
        field = form.field(name) if form else None
        if not isinstance(ticked, tuple) or not isinstance(field, ChoicesField):
            return None
        return field.values_at(ticked)

    @property
    def _asker(self) -> str:
        """The account that speaks; where the bot cannot write, it is answered in private."""
        return self.inbound.sender.external_id

    async def open(self, message: IncomingMessage) -> Execution:
        """Return the execution of ``message``, on which is what reading it has used."""
        execution = await execution_of(self.uow, self.speaker, message, now=self.now)
        if self.opinion is not None:
            spent = self.opinion.spent
            execution = execution.evolve(
                model=spent.model,
                tokens_used=spent.input_tokens + spent.output_tokens,
                input_tokens=spent.input_tokens,
                output_tokens=spent.output_tokens,
                estimated_cost=spent.cost,
            )
            await self.uow.executions.update(execution, expected=execution.status)
        self.execution = execution
        return execution

    def require_execution(self) -> Execution:
        """Return the execution of this turn."""
        if self.execution is None:
            raise ValueError("this turn has no execution")
        return self.execution

    async def record(self, *events: ExecutionEvent) -> None:
        """Append ``events`` to the execution, in the speaker's name."""
        await self.uow.events.append(self.require_execution().id, self.user.id, *events)

    async def reply_once(self, card: Card) -> None:
        """Queue ``card`` as the answer, and keep it no longer than until it is delivered: it holds a secret."""
        await self.reply(card, is_secret=True)

    async def reply(self, card: Card, *, is_secret: bool = False) -> None:
        """Queue ``card`` as the answer to this delivery; a press is answered to the presser alone."""
        is_press = not isinstance(self.inbound, IncomingMessage)
        alone = self.inbound.sender.external_id if is_press else None
        card = card.evolve(language=self.reader.language)
        # Looking at a request by its button leaves no trace in the request's own record.
        execution_id = self.execution.id if self.execution and not is_press and not is_secret else None
        payload = {"card": card.model_dump(mode="json"), "only_for": alone, "asker": self._asker}
        await self.uow.notices.add(
            Notice(
                id=new_id(self.now),
                dedupe_key=f"{NoticeKind.REPLY}:{self.inbound.dedupe_key}",
                kind=NoticeKind.REPLY,
                execution_id=execution_id,
                user_id=self._user.id if self._user else None,
                conversation=self.inbound.conversation,
                payload={**payload, "secret": True} if is_secret else payload,
                next_attempt_at=self.now,
                created_at=self.now,
            )
        )

    async def mention_files(self) -> None:
        """Say, beside the answer, that attached files are not what gets installed; nothing when there are none."""
        if not isinstance(self.inbound, IncomingMessage) or not self.inbound.attachments:
            return
        card = Card(title=self.reader.error(OnlyFiles()), language=self.reader.language)
        await self.uow.notices.add(
            Notice(
                id=new_id(self.now),
                dedupe_key=f"files:{self.inbound.dedupe_key}",
                kind=NoticeKind.REPLY,
                execution_id=self.require_execution().id,
                user_id=self.user.id,
                conversation=self.inbound.conversation,
                payload={"card": card.model_dump(mode="json"), "asker": self._asker},
                next_attempt_at=self.now,
                created_at=self.now,
            )
        )

    async def tell(self, person: User, sentence: str, *, key: str) -> None:
        """Say something to somebody else, in private and once for each ``key``."""
        await self.uow.notices.add(
            Notice(
                id=new_id(self.now),
                dedupe_key=key,
                kind=NoticeKind.REPLY,
                user_id=person.id,
                payload={"card": Card(title=sentence).model_dump(mode="json")},
                next_attempt_at=self.now,
                created_at=self.now,
            )
        )

    async def say(self, sentence: str) -> None:
        """Answer with one sentence."""
        await self.reply(Card(title=sentence))

    async def ask(self, question: str, choices: Sequence[Choice]) -> None:
        """Ask back; the execution waits for the press.

        Raises:
            AmbiguousText: a program asked, which cannot press.
        """
        if self.inbound.conversation.channel == "api":
            raise AmbiguousText(question=question, choices=", ".join(choice.label for choice in choices))
        buttons = [Button(label=c.label, press=PressChoice(action=c.action)) for c in choices]
        if len(buttons) < MOST_BUTTONS:
            buttons.append(Button(label=self.reader.say("None of these"), press=PressChoice(action=None)))
        execution = await self.wait_for(WaitingFor.ANSWER)
        await self.reply(Card(title=question, code=execution.code, buttons=tuple(buttons)))

    async def wait_for(self, what: WaitingFor) -> Execution:
        """Say what has to happen next, and return the execution."""
        self.execution = self.require_execution().evolve(waiting_for=what)
        await self.uow.executions.update(self.execution, expected=ExecutionStatus.PENDING)
        return self.execution

    async def not_understood(self, intent: Unknown) -> None:
        """Say so, and offer what is nearest; answer who only says hello in kind."""
        if intent.courtesy is not None:
            raise NothingAsked(courtesy=Words("Hello.") if intent.courtesy == "greeting" else Words("You are welcome."))
        if not intent.nearest:
            raise NotUnderstood
        await self.ask(self.reader.say("I am not sure what you mean. Did you mean one of these?"), intent.nearest)

    async def finish(self, record: ChatActionRecord) -> None:
        """End the execution: it was a question, and it is answered."""
        ledger = Ledger(self.uow, now=self.now, actor=self.user.id)
        running = await ledger.execution(
            self.require_execution(), ExecutionStatus.RUNNING, started_at=self.now, waiting_for=None
        )
        self.execution = await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=self.now)
        await ledger.chat_action(record, ChatActionResult.EXECUTED)

    async def drop(self) -> None:
        """End the execution: none of the offered readings was meant."""
        await self.record(
            ErrorOccurred(
                timestamp=self.now,
                error=Words("None of the offered readings was meant."),
                error_type=ErrorType.VALIDATION,
                recoverable=True,
                ended="cancelled",
            )
        )
        ledger = Ledger(self.uow, now=self.now, actor=self.user.id)
        self.execution = await ledger.execution(
            self.require_execution(), ExecutionStatus.CANCELLED, completed_at=self.now, error_code="CANCELLED"
        )
        record = await self.uow.chat_actions.of_execution(self.execution.id)
        if record is not None and record.result is ChatActionResult.ACCEPTED:
            await ledger.chat_action(record, ChatActionResult.REJECTED)
        await self.say(self.reader.say('All right, I did nothing. Say it in other words, or say "help".'))

    async def adopt(self) -> None:
        """Remember the pressed copy of a live card if a crash left it unremembered, so that it follows the others."""
        message_id = None if isinstance(self.inbound, IncomingMessage) else self.inbound.message_id
        intent = self.button.press.get("action", {}).get("intent") if self.button else None
        kind = _LIVE_BUTTONS.get(str(intent))
        if message_id is None or self.button is None or kind is None:
            return
        message = MessageRef(conversation=self.inbound.conversation, message_id=message_id)
        if await self.uow.prompts.by_message(message) is not None:
            return
        await self.uow.prompts.add(
            Prompt(
                id=new_id(self.now),
                kind=kind,
                execution_id=self.require_execution().id,
                request_id=self.button.request_id,
                user_id=self.user.id,
                conversation=message.conversation,
                message_id=message_id,
                shown_revision=0,
                next_attempt_at=self.now,
                created_at=self.now,
            )
        )

    async def fail_message(self, message: IncomingMessage, error: SkillwardenError) -> None:
        """Answer a message that came to nothing; for a known person it leaves a failed execution behind."""
        if self._user is not None:
            execution = await self.open(message)
            if execution.status is not ExecutionStatus.PENDING:
                return
            await self.record(
                MessageReceived(timestamp=self.now, message=message.normalized()),
                error_event(error, self.now, ended="failed"),
            )
            await Ledger(self.uow, now=self.now, actor=self.user.id).execution(
                execution,
                ExecutionStatus.FAILED,
                reason=str(error),
                completed_at=self.now,
                **error_columns(error),
            )
        await self.say(self.reader.error(error))
        if self._user is not None and not isinstance(error, InactiveUser | OnlyFiles):
            await self.mention_files()

    async def fail_press(self, error: SkillwardenError) -> None:
        """Answer a press that came to nothing; it is on the record of the execution it was about."""
        self.button = await self.uow.tokens.get(self.token)
        execution_id = self.button.execution_id if self.button else None
        self.execution = await self.uow.executions.get(execution_id) if execution_id else None
        if self.execution is not None:
            sender = self.inbound.sender
            who = self._user.id if self._user else f"{sender.channel}:{sender.external_id}"
            await self.uow.events.append(self.execution.id, who, error_event(error, self.now))
            await self.adopt()
        await self.say(self.reader.error(error))
        if isinstance(error, StaleCard) and self.execution is not None and self.button is not None:
            await self._show_current()

    async def _show_current(self) -> None:
        if self.execution is None or self.button is None:
            return
        await self.uow.notices.add(
            Notice(
                id=new_id(self.now),
                dedupe_key=f"current:{self.inbound.dedupe_key}",
                kind=NoticeKind.APPROVAL_CARD,
                execution_id=self.execution.id,
                request_id=self.button.request_id,
                user_id=self.user.id,
                next_attempt_at=self.now,
                created_at=self.now,
            )
        )
