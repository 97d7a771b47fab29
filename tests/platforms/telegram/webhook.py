"""Webhooks: updates that are posted to the app until it answers 2xx.

Documented under setWebhook and getWebhookInfo. From the server's source (WebhookActor.cpp): the updates of one chat, or
the presses of one person, go one after the other, others beside them, over max_connections; after a failure the update
is sent again at once, then after 2, 4, 8 ... seconds (60 at most), or when Retry-After says; an answer can call a
method by naming it, except methods that get something, setWebhook, deleteWebhook, close and logOut; a redirect is a
failure.
Like the server in its --local mode it also delivers to plain HTTP on loopback; any other address has to be HTTPS on one
of Telegram's four ports and is reached only through ``proxy``, since tests leave no machine.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.platforms.telegram.arguments import Arguments, TelegramError, bad, parsed
from tests.platforms.telegram.trouble import Trouble
from tests.platforms.telegram.updates import BY_DEFAULT, Update, Updates
from tests.platforms.telegram.world import Json
from tests.platforms.timing import Chores, Pace

PORTS = {80, 88, 443, 8443}
SECRET = re.compile(r"[A-Za-z0-9_-]*")
MOST_SECRET = 256
CONNECTIONS = 40
MOST_CONNECTIONS = 100
#: Seconds until the app must have answered, and between two tries at most.
ANSWER_WITHIN = 60.0
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_NOT_BY_ANSWER = ("deletewebhook", "setwebhook", "close", "logout", "get")


class NotTaken(Exception):
    """One try failed; ``again_in`` is what Retry-After said."""

    def __init__(self, reason: str, again_in: float = 0) -> None:
        """Say why."""
        super().__init__(reason)
        self.again_in = again_in


@dataclass(eq=False, kw_only=True)
class Webhook:
    """Where updates go."""

    url: str
    secret_token: str = ""
    max_connections: int = CONNECTIONS
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""
    busy: set[str] = field(default_factory=set)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class Webhooks:
    """The webhook of the bot, if it has one, and its deliveries."""

    def __init__(self, pace: Pace, trouble: Trouble, chores: Chores, updates: Updates) -> None:
        """Begin without one."""
        self.current: Webhook | None = None
        #: Public addresses and what they lead to.
        self.proxies: dict[str, str] = {}
        #: Does the method an answer names.
        self.call: Callable[[str, Mapping[str, str]], Awaitable[None]]
        self.session: aiohttp.ClientSession
        self._pace, self._trouble, self._chores = pace, trouble, chores
        self._updates = updates
        updates.wake = self._pump
        updates.webhook_is_set = lambda: self.current is not None

    def set(self, arguments: Arguments) -> bool:
        """Do setWebhook.

        Raises:
            TelegramError: the address or the secret is not acceptable.
        """
        url = arguments.text("url")
        if not url:
            return self.delete(arguments)
        self._check(url)
        secret = arguments.text("secret_token")
        if len(secret) > MOST_SECRET:
            raise bad("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        self._updates.allow(arguments)
        if arguments.flag("drop_pending_updates"):
            self._updates.drop_pending()
        self._updates.end_poll()
        self._stop()
        self.current = Webhook(
            url=url,
            secret_token=secret,
            max_connections=min(max(arguments.number("max_connections", CONNECTIONS), 1), MOST_CONNECTIONS),
            ip_address=arguments.text("ip_address"),
        )
        self._pump()
        return True

    def delete(self, arguments: Arguments) -> bool:
        """Do deleteWebhook."""
        if arguments.flag("drop_pending_updates"):
            self._updates.drop_pending()
        self._stop()
        self.current = None
        return True

    def info(self, _arguments: Arguments) -> Json:
        """Do getWebhookInfo."""
        hook = self.current
        self._updates.expire()
        found: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if hook is not None:
            found["max_connections"] = hook.max_connections
            if hook.ip_address:
                found["ip_address"] = hook.ip_address
            if hook.last_error_date:
                found |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
        if self._updates.allowed != BY_DEFAULT:
            found["allowed_updates"] = sorted(self._updates.allowed)
        return found

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise bad("bad webhook: Invalid URL specified") from None
        if parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}:
            return
        if parts.scheme != "https" or not parts.hostname:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (port or 443) not in PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if not any(url.startswith(public) for public in self.proxies):
            raise bad("bad webhook: Failed to resolve host: Name or service not known")

    def _stop(self) -> None:
        if self.current is not None:
            for task in self.current.tasks:
                task.cancel()

    def _pump(self) -> None:
        """Begin to deliver whatever is not under way, one update of a queue at a time."""
        hook = self.current
        if hook is None:
            return
        for update in self._updates.pending:
            if len(hook.busy) >= hook.max_connections:
                return
            if update.queue not in hook.busy:
                hook.busy.add(update.queue)
                hook.tasks = [task for task in hook.tasks if not task.done()]
                hook.tasks.append(self._chores.start(self._deliver(hook, update)))

    async def _deliver(self, hook: Webhook, update: Update) -> None:
        fails, pause = 0, 1.0
        while not update.done:
            try:
                await self._try(hook, update)
            except NotTaken as error:
                hook.last_error_date, hook.last_error_message = int(self._pace.now()), str(error)
                self._updates.failed(update, str(error))
                again_in = min(error.again_in, LONGEST_RETRY_AFTER)
                if not again_in and fails:
                    again_in = pause = min(pause * 2, LONGEST_PAUSE)
                fails += 1
                await self._pace.sleep(again_in)
                self._updates.expire()
            else:
                self._updates.finish(update, "ok")
        hook.busy.discard(update.queue)
        self._pump()

    async def _try(self, hook: Webhook, update: Update) -> None:
        mishap, update.mishap = update.mishap, update.mishap if update.mishap == "doubled" else None
        if mishap == "refused":
            raise NotTaken("Connection refused")
        request = asyncio.ensure_future(self._post(hook, update.as_json()))
        try:
            if not await self._pace.within(request, ANSWER_WITHIN):
                raise NotTaken("Read timeout expired")
        finally:
            request.cancel()
        answer = request.result()
        if mishap == "ack_lost":
            raise NotTaken("Read timeout expired")
        await self._do(answer)

    async def _post(self, hook: Webhook, body: Any) -> bytes:
        headers = {SECRET_HEADER: hook.secret_token} if hook.secret_token else {}
        try:
            async with self.session.post(
                self._target(hook.url), json=body, headers=headers, allow_redirects=False
            ) as response:
                content = await response.read()
        except aiohttp.ClientError as error:
            raise NotTaken("Connection refused") from error
        if not 200 <= response.status < 300:
            wait = response.headers.get("Retry-After", "")
            raise NotTaken(
                f"Wrong response from the webhook: {response.status} {response.reason}",
                float(wait) if wait.isdecimal() else 0,
            )
        return content if response.content_type == "application/json" else b""

    def _target(self, url: str) -> str:
        for public, local in self.proxies.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url

    async def _do(self, answer: bytes) -> None:
        """Do the method an answer names, if it names one; nobody learns how that went."""
        if not answer.strip():
            return
        try:
            arguments = parsed(answer)
        except TelegramError:
            return
        method = arguments.pop("method", "").lower()
        if method and not method.startswith(_NOT_BY_ANSWER):
            await self.call(method, arguments)
