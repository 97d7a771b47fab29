"""The Bot API: one call, without hidden retries, its errors translated once."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from core.errors import ChannelError, ChannelRefused, MessageGone, NoEntry, RateLimited, Words

# The library's own way to be asked for lengths of time as what they will be; else it warns at every flood.
os.environ.setdefault("PTB_TIMEDELTA", "true")

#: Where the real Telegram is.
API_URL = "https://api.telegram.org"
#: How people know the channel, in errors.
NAME = "Telegram"

_TIMEOUT = 10.0  # seconds
_CONNECTIONS = 64  # at a time: as many conversations are spoken to at a time
# The most that Telegram gives at once, as its documentation of getUpdates says.
_MOST_UPDATES = 100

# tdlib/telegram-bot-api, Client.cpp: what it says, in lower case, when a message is what it should be already,
_SAME = ("message is not modified",)
# when its life is over,
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
# when one chat is closed to the bot,
_NO_ENTRY = (
    "chat not found",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "group chat was deactivated",
)
# and when the topic is.
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NO_MARKUP = ("can't parse entities",)


@dataclass(frozen=True, slots=True)
class TelegramIdentity:
    """Who the token belongs to; ``hears_all`` says that privacy mode is off."""

    bot_id: int
    username: str
    hears_all: bool = False


class TelegramClient:
    """Telegram's methods at ``api_url``, to which ``/bot<token>`` is added."""

    def __init__(self, token: str, *, api_url: str = API_URL, timeout: float = _TIMEOUT) -> None:
        """Make no connection yet; ``timeout`` is in seconds for one call, besides what a long poll waits."""
        self._timeout = timeout
        #: Whether Telegram did not take the token at the last call.
        self.is_refused = False
        # The second is the library's for its own polling, which is not used.
        self._requests = (_requests(timeout, _CONNECTIONS), _requests(timeout, 1))
        self._bot = Bot(
            token, base_url=f"{api_url}/bot", request=self._requests[0], get_updates_request=self._requests[1]
        )
        # It would write a line for each call.
        logging.getLogger("httpx").setLevel(logging.WARNING)

    async def __aenter__(self) -> Self:
        """Keep connections open from now on."""
        for request in self._requests:  # Bot.initialize would also ask who the bot is
            await request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them."""
        for request in self._requests:
            await request.shutdown()

    async def call(self, method: str, **arguments: object) -> Any:
        """Call ``method`` and return its answer. That something is so already is no error: the answer is None then.

        Raises:
            RateLimited, MessageGone, NoEntry, ChannelRefused, ChannelError: as for the port Channel.
        """
        return await self._called(method, arguments)

    async def identify(self) -> TelegramIdentity:
        """Ask whose token this is.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``.
        """
        bot: Mapping[str, Any] = await self.call("getMe")
        hears_all = bool(bot.get("can_read_all_group_messages"))
        return TelegramIdentity(bot_id=bot["id"], username=bot["username"], hears_all=hears_all)

    async def updates(
        self, offset: int | None, *, allowed: Sequence[str], seconds: int, most: int = _MOST_UPDATES
    ) -> Any:
        """Wait up to ``seconds`` for updates from ``offset`` on; those before it are confirmed, and gone for ever.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``; see ``is_another_poller``.
        """
        arguments: dict[str, object] = {"timeout": seconds, "limit": most, "allowed_updates": list(allowed)}
        if offset is not None:
            arguments["offset"] = offset
        return await self._called("getUpdates", arguments, read_timeout=self._timeout + seconds)

    async def _called(self, method: str, arguments: Mapping[str, object], read_timeout: float | None = None) -> Any:
        # In lower case, which is the same to Telegram: the library has methods by the documented names, and warns that
        # they should be called instead; but what they return is parsed, and one update that is not stops them all.
        waits = self._timeout if read_timeout is None else read_timeout
        called = self._bot.do_api_request(method.lower(), api_kwargs=dict(arguments), read_timeout=waits)
        try:
            # The library's limits are between two bytes: an answer that drips keeps all of them.
            async with asyncio.timeout(waits + self._timeout):
                answer = await _answer(called, method)
        except TimeoutError as error:
            raise ChannelError(channel=NAME, reason=Words("no answer in time")) from error
        except ChannelError as error:
            self.is_refused = is_bad_token(error)
            raise
        self.is_refused = False
        return answer


def migrated_to(error: ChannelError) -> str | None:
    """Return the id of the supergroup that the group of a refused call has become; None when it has not."""
    return str(error.__cause__.new_chat_id) if isinstance(error.__cause__, ChatMigrated) else None


def is_without_topic(error: ChannelError) -> bool:
    """Whether the topic of a refused call is closed or was deleted; the chat may still be written to."""
    return _is(str(error.params.get("reason", "")), _NO_TOPIC)


def is_about_markup(error: ChannelError) -> bool:
    """Whether Telegram could not read the markup of a refused call; the same text without any is all right."""
    return _is(str(error.params.get("reason", "")), _NO_MARKUP)


def is_another_poller(error: ChannelError) -> bool:
    """Whether another program polls with this token, or a webhook is set."""
    return isinstance(error.__cause__, Conflict)


def is_bad_token(error: ChannelError) -> bool:
    """Whether only another token mends it."""
    return isinstance(error.__cause__, InvalidToken)


def _requests(timeout: float, connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=timeout,
        write_timeout=timeout,
        connect_timeout=timeout,
        pool_timeout=timeout,
    )


async def _answer(call: Awaitable[Any], method: str) -> Any:
    try:
        return await call
    except TelegramError as error:
        refused = translated(error, method)
        if refused is None:
            return None
        raise refused from error


def translated(error: TelegramError, method: str) -> ChannelError | None:
    """Return the port's error for what Telegram answered; None when there was nothing left to do."""
    said = str(error)
    match error:
        case RetryAfter():
            return RateLimited(channel=NAME, seconds=_seconds(error))
        case ChatMigrated():
            return ChannelRefused(channel=NAME, reason=said)
        case TimedOut():
            return ChannelError(channel=NAME, reason=Words("no answer in time"))
        case Forbidden():
            return NoEntry(channel=NAME, reason=said)  # kicked, or blocked, or somebody who never pressed Start
        case BadRequest():
            return _bad_request(said)
        case InvalidToken() | EndPointNotFound():
            # The operator has to repair it, and nothing may be lost until then.
            return ChannelError(
                channel=NAME, reason=Words("{method} is not answered to this token ({said})", method=method, said=said)
            )
        case NetworkError():
            return ChannelError(channel=NAME, reason=said)
        case _:
            return ChannelError(channel=NAME, reason=said or type(error).__name__)


def _bad_request(said: str) -> ChannelError | None:
    if _is(said, _SAME):
        return None
    if _is(said, _GONE):
        return MessageGone(channel=NAME)
    return (NoEntry if _is(said, _NO_ENTRY) else ChannelRefused)(channel=NAME, reason=said)


def _is(said: str, marks: Sequence[str]) -> bool:
    return any(mark in said.lower() for mark in marks)


def _seconds(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait: the library is about to change their type."""
    waits = error.retry_after
    return waits.total_seconds() if isinstance(waits, timedelta) else float(waits)
