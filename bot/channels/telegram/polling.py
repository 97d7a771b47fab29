"""Long polling: what Telegram has is asked for, and confirmed by asking for what comes after it, once it is stored."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.channels.telegram.client import TelegramClient, is_another_poller
from bot.channels.telegram.listener import TelegramListener, id_of
from bot.channels.telegram.parse import ALLOWED_UPDATES
from core.errors import ChannelError, DiskFull, RateLimited, StorageError

_LOG = logging.getLogger(__name__)

_LONG = 25  # seconds that one poll waits; networks drop connections that are silent for longer than half a minute
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds; doubled at each failure
_GRACE = 3.0  # seconds


class TelegramPolling:
    """Polls for ``listener`` while started. The offset advances only past updates that are stored."""

    def __init__(
        self,
        client: TelegramClient,
        listener: TelegramListener,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seconds: int = _LONG,
    ) -> None:
        """Wait ``seconds`` at a time for updates; ``pause`` waits after a failure."""
        self._client = client
        self._listener = listener
        self._pause = pause
        self._seconds = seconds
        self._offset: int | None = None
        self._failures = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take the webhook down, which excludes polling, and begin.

        Raises:
            RateLimited, ChannelRefused, ChannelError: Telegram does not take it down.
        """
        await self._client.call("deleteWebhook", drop_pending_updates=False)
        self._task = asyncio.create_task(self._run(), name="telegram polling")

    async def stop(self) -> None:
        """Take nothing more, and confirm what is stored; where that fails it comes again, and is known."""
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await self._listener.finish(_GRACE)
        if self._offset is not None:
            with contextlib.suppress(ChannelError, TimeoutError):
                async with asyncio.timeout(_GRACE):
                    await self._client.updates(self._offset, allowed=ALLOWED_UPDATES, seconds=0, most=1)

    async def _run(self) -> None:
        while True:
            try:
                await self._poll()
            except (ChannelError, StorageError, DiskFull) as error:
                await self._pause(self._trouble(error))
            except Exception:  # noqa: BLE001 - the last boundary: a poll that failed once must not be the last
                _LOG.exception("polling Telegram failed")
                await self._pause(_LONGEST_PAUSE)

    async def _poll(self) -> None:
        updates = await self._client.updates(self._offset, allowed=ALLOWED_UPDATES, seconds=self._seconds)
        self._failures = 0
        if updates:
            # Not to be interrupted between storing and knowing that it is stored.
            await asyncio.shield(self._listener.take(updates))
            self._offset = max(filter(None, map(id_of, updates)), default=(self._offset or 0) - 1) + 1

    def _trouble(self, error: ChannelError | StorageError | DiskFull) -> float:
        """Write down what is wrong, and return the seconds to wait."""
        self._failures += 1
        wait = min(_FIRST_PAUSE * 2.0 ** min(self._failures - 1, 10), _LONGEST_PAUSE)
        if isinstance(error, ChannelError) and is_another_poller(error):
            _LOG.error(
                "another program takes the updates of this Telegram bot, or a webhook is set: %s. "
                "Let one program run with a token; what it takes is lost for this one",
                error,
            )
        else:
            _LOG.warning("Telegram could not be polled: %s", error)
        return float(str(error.params["seconds"])) if isinstance(error, RateLimited) else wait


@contextlib.asynccontextmanager
async def polling(poller: TelegramPolling) -> AsyncIterator[None]:
    """Poll while the context lasts.

    Raises:
        RateLimited, ChannelRefused, ChannelError: as for ``start``.
    """
    await poller.start()
    try:
        yield
    finally:
        await poller.stop()
