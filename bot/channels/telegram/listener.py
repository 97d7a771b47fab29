"""What Telegram sends, on its way in: parsed, stored, and only then confirmed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.conduct import FormConductor, Forms, Next
from bot.channels.telegram.parse import (
    Anonymous,
    Click,
    Moved,
    Payload,
    Reach,
    Read,
    Replied,
    Started,
    TelegramParser,
)
from bot.channels.telegram.text import clip
from core.domain.messages import Actor, ConversationRef, Inbound, IncomingMessage
from core.errors import ChannelError, DiskFull, StorageError
from core.ports import Clock, Translator

_LOG = logging.getLogger(__name__)

_ANSWER = 200  # core.telegram.org/bots/api, answerCallbackQuery: characters of text


class Sink(Forms, Protocol):
    """Where deliveries go. Once a method has returned, what it was told is safe."""

    async def receive(self, inbound: Inbound) -> bool:
        """Store a delivery; False when it was received before."""

    async def started(self, message: IncomingMessage) -> None:
        """Somebody pressed Start: show them their home."""

    async def ask(self, question: Next) -> None:
        """Ask what comes next of a form, once for each key."""

    async def tell(self, conversation: ConversationRef, sentence: str, *, key: str) -> None:
        """Say something in a conversation, once for each ``key``."""

    async def reach_changed(self, account: Actor, *, is_open: bool) -> None:
        """Somebody has opened or closed their private chat with the bot."""

    async def unreadable(self, update: Payload, error: Exception, *, key: str) -> None:
        """Put an update on the record that cannot be worked on, once for each ``key``."""


class TelegramListener:
    """Takes updates, from either transport, to ``sink``. What raises in ``take`` is not confirmed, and comes again."""

    def __init__(
        self,
        *,
        client: TelegramClient,
        channel: TelegramChannel,
        parser: TelegramParser,
        conductor: FormConductor,
        sink: Sink,
        translator: Translator,
        clock: Clock,
        acknowledged: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Answer presses through ``client``; these few words are in the language of the app.

        ``acknowledged`` hears how many seconds it took until deliveries were stored.
        """
        self._acknowledged = acknowledged
        self._client = client
        self._channel = channel
        self._parser = parser
        self._conductor = conductor
        self._sink = sink
        self._translator = translator
        self._clock = clock
        #: Courtesies under way: what is lost with them can be asked for again.
        self._aside: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Payload]) -> None:
        """Store ``updates``, in their order; one that cannot be read or worked on is recorded and does no harm.

        Raises:
            StorageError, DiskFull: not all of them are stored; storing them again does nothing twice.
        """
        began = time.perf_counter()
        results = await asyncio.gather(*(self._take(update) for update in updates), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        self._acknowledged(time.perf_counter() - began)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, up to ``seconds``."""
        if self._aside:
            _, abandoned = await asyncio.wait(self._aside, timeout=seconds)
            for task in abandoned:
                task.cancel()

    async def _take(self, update: Payload) -> None:
        try:
            read = self._parser.read(update, self._clock.now())
            if read is not None:
                await self._store(read)
        except (StorageError, DiskFull):
            raise
        except Exception as error:  # noqa: BLE001 - whatever an update does, it must not come for ever
            _LOG.exception("an update of Telegram's cannot be worked on")
            await self._sink.unreadable(update, error, key=f"telegram:update:{self._parser.bot_id}:{id_of(update)}")

    async def _store(self, read: Read) -> None:
        match read:
            case IncomingMessage():
                await self._sink.receive(read)
            case Click():
                await self._clicked(read)
            case Started():
                await self._sink.started(read.message)
            case Replied():
                await self._replied(read)
            case Anonymous():
                sentence = self._say(
                    "I cannot tell who you are: you write in the name of the group. "
                    "Write as yourself (in the group's settings, switch off Remain anonymous), or to me in private."
                )
                await self._sink.tell(read.conversation, sentence, key=f"anonymous:{read.dedupe_key}")
            case Moved():
                self._channel.follow(read.old, read.new)
            case Reach():
                await self._sink.reach_changed(read.account, is_open=read.is_open)

    async def _clicked(self, click: Click) -> None:
        if click.asks is not None:
            await self._opened(click, click.asks)
        elif click.press is not None:
            await self._sink.receive(click.press)
            self._begin(self._answered(click))
        elif click.tick is not None:
            self._begin(self._ticked(click, click.tick))
        elif click.goes_on:
            await self._go_on(click)
        elif click.drops:
            self._begin(self._closed(click))
        else:
            self._begin(self._answered(click))

    async def _opened(self, click: Click, token: str) -> None:
        """Open the form of a button; a button that nobody knows any more is for the core to explain."""
        question = await self._conductor.open(click, token)
        if question is not None:
            await self._sink.ask(question)
        elif click.press is not None:
            await self._sink.receive(click.press)
        self._begin(self._answered(click))

    async def _ticked(self, click: Click, position: int) -> None:
        await self._answered(click)
        await self._conductor.tick(click, position)

    async def _closed(self, click: Click) -> None:
        await self._answered(click)
        await self._conductor.close(click)

    async def _go_on(self, click: Click) -> None:
        result = await self._conductor.go_on(click, self._clock.now())
        if isinstance(result, str):
            self._begin(self._answered(click, result))
            return
        if isinstance(result, Next):
            await self._sink.ask(result)
        else:
            await self._sink.receive(result)
        self._begin(self._closed(click))

    async def _replied(self, reply: Replied) -> None:
        result = await self._conductor.replied(reply, self._clock.now())
        if isinstance(result, Next):
            await self._sink.ask(result)
        elif result is not None:
            await self._sink.receive(result)
        else:
            # A form that nobody knows any more: the sentence is for the core to understand, or not.
            await self._sink.receive(reply.message)

    async def _answered(self, click: Click, text: str = "") -> None:
        """End the waiting that Telegram shows on a button; too late is late enough."""
        arguments = {"text": clip(text, _ANSWER), "show_alert": True} if text else {}
        await self._client.call("answerCallbackQuery", callback_query_id=click.query_id, **arguments)

    def _begin(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_tolerated(courtesy))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    def _say(self, message: str, language: str = "") -> str:
        return self._translator.say(language, message)


def id_of(update: object) -> int | None:
    """Return the id of an update; None when it is none."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if isinstance(number, int) else None


async def _tolerated(courtesy: Coroutine[Any, Any, None]) -> None:
    try:
        await courtesy
    except ChannelError as error:
        _LOG.info("Telegram did not take a courtesy: %s", error)
    except Exception:  # noqa: BLE001 - the last boundary of a task that nobody waits for
        _LOG.exception("a courtesy on Telegram failed")
