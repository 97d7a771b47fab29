"""Who talks to the HTTP server too slowly is hung up on: a connection that waits for ever is one fewer for others."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds between two looks at a connection.
LOOK = 2.0
# Seconds in which the head of a request has to be there, from the first moment on.
HEAD = 10.0
# Seconds in which something more of a body has to come, or of an answer has to be taken.
STILL = 15.0
# Seconds in which a body has to be there: 25 MB over a slow line.
BODY = 300.0


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, with an end to its patience. Between two requests uvicorn itself waits."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        now = self.loop.time()
        #: Since when the head, and the body, of a request is awaited; None: it is not.
        self._head: float | None = now
        self._body: float | None = None
        self._heard = now
        #: How much of an answer the other side had not taken, and since when it is that much.
        self._unsent = (0, now)
        self._timer = self.loop.call_later(LOOK, self._look)

    def data_received(self, data: bytes) -> None:
        """Note that something came, and what is awaited now."""
        self._heard = self.loop.time()
        super().data_received(data)
        state = self.conn.their_state
        self._head = (self._head or self._heard) if state is h11.IDLE else None
        self._body = (self._body or self._heard) if state is h11.SEND_BODY else None

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._timer.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if unsent == 0 or unsent != self._unsent[0]:
            self._unsent = (unsent, now)
        if self._is_too_slow(now):
            self.transport.abort()
            return
        self._timer = self.loop.call_later(LOOK, self._look)

    def _is_too_slow(self, now: float) -> bool:
        if now - self._unsent[1] > STILL:
            return True
        if self._head is not None and now - self._head > HEAD:
            return True
        return self._body is not None and (now - self._heard > STILL or now - self._body > BODY)
