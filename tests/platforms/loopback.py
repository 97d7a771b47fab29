"""A stand-in's HTTP server on loopback, in threads of its own: whoever asks it may block."""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Server(ThreadingHTTPServer):
    """The server below a stand-in, which its handlers find as ``server.owner``."""

    owner: Any

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about a client that was killed and so closes its connection early: tests do that on purpose."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection; what it can do is in ``do_GET`` and so on."""

    server: Server
    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        """Read what was sent, however it was sent."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *args: object) -> None:
        """Stay silent."""


class LoopbackServer:
    """Answers on a free port while it is entered; ``closing`` is set when what hangs has to let go."""

    def __init__(self, handler: type[Handler], *, waits_for_requests: bool) -> None:
        """Answer by ``handler``; when it closes, requests that are under way are waited for, or forgotten."""
        self.closing = threading.Event()
        self._handler = handler
        self._waits = waits_for_requests
        self._server: Server
        self._thread: threading.Thread

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._server = Server(("127.0.0.1", 0), self._handler)
        self._server.daemon_threads = not self._waits
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of every hanging request and stop."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        """The host and port, as they stand in a URL."""
        return f"127.0.0.1:{self._server.server_port}"
