"""Where the console's lines come from: a script on standard input, or a person at a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from typing import BinaryIO


async def script_lines(stream: BinaryIO) -> AsyncIterator[str]:
    """Yield the lines of ``stream`` (UTF-8; what is not becomes U+FFFD) without blocking the event loop."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def pump() -> None:
        # The loop may be closed before the stream ends; then nobody listens any more.
        with contextlib.suppress(RuntimeError):
            with contextlib.suppress(OSError):
                for line in stream:
                    loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace").rstrip("\r\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)

    # A daemon: a read that never returns must not keep the process alive.
    threading.Thread(target=pump, name="console-input", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


async def typed_lines(prompt: Callable[[], str]) -> AsyncIterator[str]:
    """Yield what a person types behind ``prompt()`` until Ctrl-D; Ctrl-C drops the line."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    patched = contextlib.ExitStack()
    patched.enter_context(patch_stdout())
    try:
        while True:
            try:
                line = await session.prompt_async(prompt)
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            yield line
    finally:
        # It waits for the thread that prints above the prompt.
        await asyncio.to_thread(patched.close)
