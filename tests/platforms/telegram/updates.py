"""Updates: how they are kept, polled for, confirmed and forgotten.

Documented under getUpdates and setWebhook: kept for 24 hours; confirmed by an offset above their id; 1-100 at a time;
``allowed_updates`` keeps its value when omitted, and an empty list means everything but chat_member, message_reaction
and message_reaction_count. From the server's source: a second getUpdates ends the first one with 409; a list that
cannot be read leaves ``allowed_updates`` alone; long polls end after 50 seconds at most.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.telegram.arguments import Arguments, TelegramError
from tests.platforms.telegram.trouble import Mishap, Trouble
from tests.platforms.telegram.world import Json
from tests.platforms.timing import Chores, Pace

#: Seconds Telegram keeps an update, lets a poll wait at most, and (made up) an update is late that was delayed.
KEPT_FOR = 24 * 3600.0
LONGEST_POLL = 50
LATE = 30.0
MOST_AT_A_TIME = 100
FIRST_ID = 870_000_001

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "managed_bot",
    "guest_message",
)
#: What an app is sent that never said what it wants.
BY_DEFAULT = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}

_TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(eq=False, kw_only=True)
class Update:
    """One thing the bot is told. ``id`` is 0 until it is ready; ``queue`` is what a webhook keeps in order.

    ``tries`` holds the outcome of each try: ``polled``, ``ok``, or what the webhook did wrong. ``done`` means
    confirmed, answered or (``dropped``) given up.
    """

    kind: str
    content: Any
    queue: str
    born: float
    id: int = 0
    raw: Any = None
    mishap: Mishap | None = None
    tries: list[str] = field(default_factory=list)
    done: bool = False

    def as_json(self) -> Any:
        """Return the Update as it is sent."""
        return self.raw if self.raw is not None else {"update_id": self.id, self.kind: self.content}


class Updates:
    """Everything the bot was ever told, and what it has not confirmed yet."""

    def __init__(self, pace: Pace, trouble: Trouble, chores: Chores, changed: Callable[[], None]) -> None:
        """Begin with nothing to tell."""
        self.log: list[Update] = []
        self.pending: list[Update] = []
        self.allowed: frozenset[str] = BY_DEFAULT
        #: Called when something is there to be sent to a webhook.
        self.wake: Callable[[], None] = lambda: None
        self.webhook_is_set: Callable[[], bool] = lambda: False
        self._pace, self._trouble, self._chores = pace, trouble, chores
        self._changed = changed
        self._next_id = FIRST_ID
        #: The poll that waits, if one does.
        self.poll: asyncio.Future[None] | None = None

    def add(self, kind: str, content: Json, queue: str) -> Update | None:
        """Tell the bot something, unless it has not asked for that kind of thing."""
        if kind in KINDS and kind not in self.allowed:
            return None
        return self._enter(Update(kind=kind, content=content, queue=queue, born=self._pace.now()))

    def add_raw(self, raw: Json) -> Update:
        """Tell the bot ``raw``, which gets an ``update_id`` unless it has one of its own."""
        return self._enter(Update(kind="", content=None, queue="raw", born=self._pace.now(), raw=raw))

    def drop_pending(self) -> None:
        """Forget everything that is not confirmed."""
        for update in self.pending:
            self._end(update, "dropped")
        self.pending.clear()

    def allow(self, arguments: Arguments) -> None:
        """Remember which kinds of update the bot wants."""
        try:
            wanted = json.loads(arguments.text("allowed_updates") or "null")
        except json.JSONDecodeError:
            return
        if isinstance(wanted, list) and all(isinstance(one, str) for one in wanted):
            known = frozenset(one.lower() for one in wanted) & set(KINDS)
            self.allowed = known or BY_DEFAULT

    async def get(self, arguments: Arguments) -> list[Any]:
        """Do getUpdates.

        Raises:
            TelegramError: there is a webhook, or another poll began meanwhile.
        """
        if self.webhook_is_set():
            raise TelegramError(409, _WEBHOOK_ACTIVE)
        self.end_poll(_TERMINATED)
        offset = arguments.number("offset")
        limit = min(max(arguments.number("limit", MOST_AT_A_TIME), 1), MOST_AT_A_TIME)
        timeout = min(max(arguments.number("timeout"), 0), LONGEST_POLL)
        self.allow(arguments)
        self._confirm(offset)
        if not self._from(offset) and timeout:
            await self._wait(timeout)
        found = self._from(offset)[:limit]
        for update in found:
            update.tries.append("polled")
        self._changed()
        return [update.as_json() for update in found]

    def end_poll(self, why: str = _WEBHOOK_SET) -> None:
        """End the poll that is waiting, if there is one, with a 409."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_exception(TelegramError(409, why))

    def finish(self, update: Update, outcome: str) -> None:
        """Take an update off the list; a doubled one stays for another time."""
        if update.done:
            return
        if update.mishap == "doubled":
            update.mishap = None
            update.tries.append(outcome)
            return
        self.pending.remove(update)
        self._end(update, outcome)

    def failed(self, update: Update, why: str) -> None:
        """Note a try that failed."""
        update.tries.append(why)
        self._changed()

    def expire(self) -> None:
        """Forget what Telegram has kept long enough."""
        now = self._pace.now()
        for update in [one for one in self.pending if now - one.born > KEPT_FOR]:
            self.pending.remove(update)
            self._end(update, "dropped")

    def _enter(self, update: Update) -> Update:
        self.log.append(update)
        update.mishap = self._trouble.for_update(to_webhook=self.webhook_is_set())
        if update.mishap == "delayed":
            self._chores.start(self._later(update))
        else:
            self._ready(update)
        return update

    async def _later(self, update: Update) -> None:
        await self._pace.sleep(LATE)
        self._ready(update)

    def _ready(self, update: Update) -> None:
        own = update.raw.get("update_id") if isinstance(update.raw, dict) else None
        if isinstance(own, int) and not isinstance(own, bool):
            update.id = own
        else:
            update.id, self._next_id = self._next_id, self._next_id + 1
            if isinstance(update.raw, dict) and "update_id" not in update.raw:
                update.raw = {"update_id": update.id, **update.raw}
        self.pending.append(update)
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(None)
        self.wake()
        self._changed()

    def _confirm(self, offset: int) -> None:
        self.expire()
        if offset < 0:
            for update in self.pending[:offset]:
                self.finish(update, "ok")
        for update in list(self.pending):
            if update.id < offset:
                self.finish(update, "ok")

    def _from(self, offset: int) -> list[Update]:
        """Return what a poll with this offset gets: everything left, since what is below it was confirmed."""
        return self.pending[offset:] if offset < 0 else list(self.pending)

    async def _wait(self, seconds: int) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.poll = poll
        self._changed()
        try:
            if await self._pace.within(poll, seconds):
                poll.result()
        finally:
            if self.poll is poll:
                self.poll = None
                self._changed()

    def _end(self, update: Update, outcome: str) -> None:
        update.tries.append(outcome)
        update.done = True
        self._changed()
