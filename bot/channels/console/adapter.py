"""The console as a channel: cards are printed, buttons are numbers, and whoever ``/as`` names is talking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.channels.console.filling import no_answer, question
from bot.channels.console.parse import (
    Blank,
    ConsoleLine,
    Delivery,
    NoSuchCommand,
    PressNumber,
    Quit,
    SwitchSpeaker,
    conversation_of,
    parse_line,
)
from bot.channels.console.render import WIDTH, CardRenderer, headline, pressable
from bot.channels.console.text import plain_line, wrap
from bot.channels.filling import Answer, Filling, answer_to, keeps
from core.domain.actions import Approve
from core.domain.base import new_id
from core.domain.cards import Button, Card, PressAction
from core.domain.messages import Actor, ChannelName, ConversationRef, Inbound, IncomingMessage, MessageRef
from core.domain.users import ChannelIdentity
from core.errors import ChannelError
from core.ports import Clock, Translator


@dataclass(frozen=True, slots=True)
class _Copy:
    """One posted card: who it is for, how it is now, and how that person last saw it (None: not yet)."""

    message_id: str
    person: str
    card: Card
    seen: Card | None = None

    @property
    def awaits_decision(self) -> bool:
        return any(
            isinstance(button.press, PressAction) and isinstance(button.press.action, Approve)
            for button in pressable(self.card)
        )


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The buttons as they were numbered when their card was printed."""

    message_id: str
    headline: str
    buttons: tuple[Button, ...]


class Console:
    """One terminal shared by ``people`` (their external ids), of whom one is the speaker.

    Everything is printed through ``out``, line by line. A message posted for somebody else is announced and
    kept until ``/as`` makes that person the speaker. The same ``session`` gives the same line the same dedupe
    key, so that a script can be replayed after a crash.
    """

    name: ChannelName = "console"

    def __init__(
        self,
        out: Callable[[str], None],
        speaker: str,
        people: tuple[str, ...],
        *,
        session: str,
        clock: Clock,
        translator: Translator,
        language: str = "",
    ) -> None:
        """Start with ``speaker``; ``language`` is that of the terminal."""
        self._out = out
        self._speaker = speaker
        self._people = people
        self._session = session
        self._clock = clock
        self._translator = translator
        self._language = language
        self._copies: dict[str, _Copy] = {}
        self._numbered: dict[str, _Numbered] = {}
        #: The form whose next field the next line answers.
        self._filling: Filling | None = None
        self._lines_read = 0
        self._is_closed = False

    @property
    def prompt(self) -> str:
        """What stands before a typed line: ``alice> ``."""
        return f"{self._speaker}> "

    @property
    def is_closed(self) -> bool:
        """Whether somebody said ``/quit``."""
        return self._is_closed

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Print ``card`` for the speaker, or announce it to everybody else it may be for.

        Raises:
            ChannelError: the terminal cannot be written.
        """
        card = self._with_origin(card, asked_in)
        copy = _Copy(message_id=new_id(self._clock.now()), person=only_for or conversation.conversation_id, card=card)
        if copy.person == self._speaker:
            self._show(copy)
        else:
            self._announce(copy)
            self._copies[copy.message_id] = copy
        return MessageRef(conversation=conversation, message_id=copy.message_id)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Print what changed on the speaker's card, or remember it for the next ``/as``.

        A card that an earlier process printed is adopted: from now on it is known here.

        Raises:
            ChannelError: the terminal cannot be written.
        """
        card = self._with_origin(card, asked_in)
        known = self._copies.get(message.message_id) or _Copy(
            message_id=message.message_id, person=message.conversation.conversation_id, card=card
        )
        copy = replace(known, card=card)
        if copy.person == self._speaker:
            self._show_changes(copy)
        else:
            self._copies[copy.message_id] = copy

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation of one person, which is the only kind here."""
        return conversation_of(account.external_id)

    def echo(self, line: str) -> None:
        """Print ``line`` behind the speaker's name, so that the output of a script reads as a talk."""
        if line.strip():
            self._print([self.prompt + plain_line(line)])

    def say(self, message: str, /, **params: object) -> None:
        """Print a sentence of the catalogue.

        Raises:
            ChannelError: the terminal cannot be written.
        """
        self._print(wrap(plain_line(self._sentence(message, **params)), WIDTH, rest="  "))

    def interpret(self, line: str) -> Inbound | None:
        """Return what ``line`` tells the bot; None when it was for the console, which has then answered.

        Raises:
            ChannelError: the terminal cannot be written.
        """
        self._lines_read += 1
        delivery = Delivery(
            dedupe_key=f"{self.name}:{self._session}:{self._lines_read}",
            received_at=self._clock.now(),
            speaker=self._speaker,
            language=self._language,
        )
        parsed = parse_line(line, delivery)
        filling, self._filling = self._filling, None
        if filling is None:
            return self._obey(parsed, delivery)
        if isinstance(parsed, (IncomingMessage, NoSuchCommand)):
            return self._fill_in(filling, answer_to(filling.field, parsed.text), delivery)
        if isinstance(parsed, Blank) and (kept := keeps(filling.field)) is not None:
            return self._fill_in(filling, kept, delivery)
        self.say("Dropped: nothing was sent.")
        return self._obey(parsed, delivery)

    def _fill_in(self, filling: Filling, answer: Answer | None, delivery: Delivery) -> Inbound | None:
        """Return the form once it is complete; until then ask about the next field, or again about this one."""
        if answer is None:
            self._print(no_answer(filling.field, self._sentence))
        else:
            filling = filling.answered(answer)
        if filling.is_complete:
            return delivery.form(filling.token, filling.fields)
        self._ask(filling)
        return None

    def _ask(self, filling: Filling) -> None:
        self._filling = filling
        self._print(question(filling, self._sentence))

    def _with_origin(self, card: Card, asked_in: ConversationRef | None) -> Card:
        if asked_in is None:
            return card
        line = self._translator.say(
            card.language, "You asked this in {place}, where I cannot write.", place=asked_in.conversation_id
        )
        return card.evolve(lines=(*card.lines, line))

    def _obey(self, parsed: ConsoleLine, delivery: Delivery) -> Inbound | None:
        match parsed:
            case IncomingMessage():
                return parsed
            case PressNumber(number):
                return self._press(number, delivery)
            case SwitchSpeaker(name):
                self._switch_to(name)
            case Quit():
                self._is_closed = True
            case NoSuchCommand(text):
                self.say(
                    "{command} is no command of the console; those are /as NAME, /press N and /quit.",
                    command=text,
                )
            case Blank():
                pass
        return None

    def _press(self, number: int, delivery: Delivery) -> Inbound | None:
        numbered = self._numbered.get(self._speaker)
        if numbered is None:
            self.say("No card with buttons was printed for {name} yet.", name=self._speaker)
            return None
        if number > len(numbered.buttons):
            self.say(
                "There is no button {number}; the last one of {card} is {last}.",
                number=number,
                card=numbered.headline,
                last=len(numbered.buttons),
            )
            return None
        button = numbered.buttons[number - 1]
        token = button.token or ""
        if button.form is None:
            return delivery.press(token, numbered.message_id)
        self._ask(Filling(token, button.form))
        return None

    def _switch_to(self, name: str) -> None:
        """Make ``name`` the speaker; print what is new for them, last what awaits their decision."""
        known = {person.casefold(): person for person in self._people}
        self._speaker = known.get(name.casefold(), name)
        copies = [copy for copy in self._copies.values() if copy.person == self._speaker]
        if self._speaker not in self._people:
            self.say(
                "{name} is nobody the console knows; those are: {people}.",
                name=self._speaker,
                people=", ".join(self._people),
            )
        elif all(copy.seen == copy.card and not copy.awaits_decision for copy in copies):
            self.say("Nothing waits for {name}.", name=self._speaker)
        for copy in sorted(copies, key=lambda copy: copy.awaits_decision):
            if copy.seen is None or copy.awaits_decision:
                self._show(copy)
            else:
                self._show_changes(copy)

    def _show(self, copy: _Copy) -> None:
        self._print(CardRenderer(self._translator, copy.card.language).whole(copy.card))
        self._copies[copy.message_id] = replace(copy, seen=copy.card)
        if buttons := pressable(copy.card):
            self._numbered[copy.person] = _Numbered(copy.message_id, headline(copy.card), buttons)

    def _show_changes(self, copy: _Copy) -> None:
        if copy.seen is None:
            self._show(copy)
            return
        self._print(CardRenderer(self._translator, copy.card.language).changes(copy.seen, copy.card))
        self._copies[copy.message_id] = replace(copy, seen=copy.card)

    def _announce(self, copy: _Copy) -> None:
        name, card = copy.person, headline(copy.card)
        if copy.awaits_decision:
            self.say("for {name}: {card} - say /as {name} to answer", name=name, card=card)
        else:
            self.say("for {name}: {card} - say /as {name} to read it", name=name, card=card)

    def _sentence(self, message: str, /, **params: object) -> str:
        return self._translator.say(self._language, message, **params)

    def _print(self, lines: list[str]) -> None:
        try:
            for line in lines:
                self._out(line)
        except OSError as error:
            raise ChannelError(channel=self.name, reason=error.strerror or type(error).__name__) from error
