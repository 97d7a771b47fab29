"""How events, presses and commands reach the app, how often they are tried again, and what the app answered."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.platforms.slack.schema import Json
from tests.platforms.slack.trouble import Mishap, Trouble
from tests.platforms.timing import Chores, Pace

Kind = Literal["events_api", "interactive", "slash_commands"]

#: Seconds an app has to acknowledge, and the seconds between a failed try and the next one.
ACKNOWLEDGE_WITHIN = 3.0
TRY_AGAIN_AFTER = (0.0, 60.0, 300.0)
#: Under random trouble there are so many tries, a minute apart: Slack would wait for five and then give up, but nobody
#: learns from that wait, and the app cannot be blamed for bad luck.
UNLUCKY = 22


class NotDelivered(Exception):
    """One try failed; the text is Slack's word for why."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        """Say why, and whether it may be tried again."""
        super().__init__(reason)
        self.reason = reason
        self.again = again


@dataclass(eq=False, kw_only=True)
class Delivery:
    """One thing the app was told. ``tries`` holds the outcome of each try: ``ok`` or the reason why not.

    ``refused`` says what Slack's client could not make of the answer; the person sees "trouble connecting".
    """

    kind: Kind
    payload: Json
    tries: list[str] = field(default_factory=list)
    answer: Json | None = None
    done: bool = False
    refused: str = ""

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered in time at least once."""
        return "ok" in self.tries

    @property
    def event_id(self) -> str | None:
        """Slack's own id of an event; presses and commands have none."""
        found: str | None = self.payload.get("event_id")
        return found


class Transport(Protocol):
    """One way to the app."""

    async def send(self, delivery: Delivery, number: int, reason: str, mishap: Mishap | None) -> Json | None:
        """Deliver once and return what the app answered.

        Raises:
            NotDelivered: it did not acknowledge in time.
        """


class Deliveries:
    """Everything the app was ever told, and the tries that are still under way."""

    def __init__(self, pace: Pace, trouble: Trouble, chores: Chores, changed: Callable[[], None]) -> None:
        """Deliver nothing until there is a ``transport``."""
        self.pace = pace
        self.log: list[Delivery] = []
        self.transport: Transport
        self._trouble = trouble
        self._chores = chores
        self._changed = changed

    def event(self, payload: Json) -> Delivery:
        """Begin to deliver an event; it is tried four times in all, more often under random trouble."""
        delivery = Delivery(kind="events_api", payload=payload)
        self.log.append(delivery)
        self._chores.start(self._until_acknowledged(delivery))
        return delivery

    async def once(self, kind: Kind, payload: Json) -> Delivery:
        """Deliver a press or a command, which nobody ever tries again, and return how that went."""
        delivery = Delivery(kind=kind, payload=payload)
        self.log.append(delivery)
        mishap = self._trouble.for_delivery(kind)
        if mishap == "lost":
            delivery.tries.append("lost")
        else:
            await self._try(delivery, 0, "", mishap)
        self._end(delivery)
        return delivery

    async def _until_acknowledged(self, delivery: Delivery) -> None:
        # What the app hears of its own messages goes well: tests plan trouble for what people do.
        own = "bot_id" in delivery.payload["event"]
        mishap = None if own else self._trouble.for_delivery(delivery.kind)
        times = 2 if mishap == "doubled" else 1
        again = await asyncio.gather(*(self._try(delivery, 0, "", mishap) for _ in range(times)))
        at_once, minute, _ = TRY_AGAIN_AFTER
        pauses = (at_once, *(minute,) * UNLUCKY) if self._trouble.rolling else TRY_AGAIN_AFTER
        for number, pause in enumerate(pauses, 1):
            if not all(again):
                break
            if pause:
                await self.pace.sleep(pause)
            unlucky = number < len(TRY_AGAIN_AFTER)
            mishap = self._trouble.for_delivery(delivery.kind, planned=False) if unlucky else None
            again = [await self._try(delivery, number, delivery.tries[-1], mishap)]
        self._end(delivery)

    async def _try(self, delivery: Delivery, number: int, reason: str, mishap: Mishap | None) -> bool:
        """Deliver once; return whether it should be tried again."""
        try:
            answer = await self.transport.send(delivery, number, reason, mishap)
        except NotDelivered as error:
            delivery.tries.append(error.reason)
            self._changed()
            return error.again
        delivery.tries.append("ok")
        delivery.answer = answer
        self._changed()
        if mishap == "ack_lost":
            delivery.tries.append("timeout")
            return True
        return False

    def _end(self, delivery: Delivery) -> None:
        delivery.done = True
        self._changed()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what stands in X-Slack-Signature."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class HttpTransport:
    """Signed requests to the app's URL."""

    def __init__(self, url: str, secret: str, session: aiohttp.ClientSession, pace: Pace) -> None:
        """Send to ``url``."""
        self.url = url
        self._secret = secret
        self._session = session
        self._pace = pace
        #: Seconds since 1970 as they stand in signatures; tests replace it.
        self.signing_time: Callable[[], float] = time.time

    async def send(self, delivery: Delivery, number: int, reason: str, mishap: Mishap | None) -> Json | None:
        if mishap == "dead_socket":
            raise NotDelivered("connection_failed")
        if mishap == "swallowed":
            await self._pace.sleep(ACKNOWLEDGE_WITHIN)
            raise NotDelivered("http_timeout")
        body, content_type = self.encoded(delivery)
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
        request = asyncio.ensure_future(self.post(body, content_type, again))
        try:
            if not await self._pace.within(request, ACKNOWLEDGE_WITHIN):
                raise NotDelivered("http_timeout")
        finally:
            request.cancel()
        return request.result()

    async def post(
        self, body: bytes, content_type: str, headers: dict[str, str] | None = None, *, sign: bool = True
    ) -> Json | None:
        """Send one request and return the answer's content.

        Raises:
            NotDelivered: the answer is not 2xx, or there is none.
        """
        timestamp = str(int(self.signing_time()))
        signed = {"X-Slack-Signature": signature(self._secret, timestamp, body)} if sign else {}
        sent = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            **signed,
            **(headers or {}),
        }
        try:
            async with self._session.post(self.url, data=body, headers=sent, allow_redirects=False) as response:
                content = await response.read()
        except aiohttp.ClientError as error:
            raise NotDelivered("connection_failed") from error
        if not 200 <= response.status < 300:
            raise NotDelivered("http_error", again=response.headers.get("X-Slack-No-Retry") != "1")
        if not content:
            return None
        if response.content_type == "application/json":
            found: Json = json.loads(content)
            return found
        return {"text": content.decode()}

    async def verify(self) -> None:
        """Ask the app to prove that the URL is its own (``url_verification``).

        Raises:
            AssertionError: it answered something else than the challenge.
        """
        body = {"token": "verification", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY", "type": "url_verification"}
        answer = await self.post(json.dumps(body).encode(), "application/json") or {}
        given = answer.get("challenge", answer.get("text"))
        assert given == body["challenge"], (
            f"Your URL didn't respond with the value of the challenge parameter: {answer}"
        )

    @staticmethod
    def encoded(delivery: Delivery) -> tuple[bytes, str]:
        """Return the body and the content type of a delivery."""
        match delivery.kind:
            case "events_api":
                return json.dumps(delivery.payload).encode(), "application/json"
            case "interactive":
                form = {"payload": json.dumps(delivery.payload)}
            case "slash_commands":
                form = delivery.payload
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
