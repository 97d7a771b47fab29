"""A server on loopback that speaks OpenAI's chat completions and says what it was told to."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

from aiohttp import web

Json = dict[str, Any]


class ChatModelServer:
    """Answers ``/v1/chat/completions`` while it is entered, each time with the next of ``answers``.

    An answer is an action for the output tool (None: null), a status, text instead of a tool call, or "hang".
    """

    def __init__(self, *answers: Json | int | str | None, key: str = "sk-test") -> None:
        self.answers = list(answers)
        #: The bodies of the requests, oldest first.
        self.asked: list[Json] = []
        self.url = ""
        self.key = key
        self._closing = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _complete(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.json_response({"error": {"message": "wrong key"}}, status=401)
        body = await request.json()
        self.asked.append(body)
        answer = self.answers.pop(0)
        if answer == "hang":
            await self._closing.wait()
        if isinstance(answer, int):
            return web.json_response({"error": {"message": "no"}}, status=answer)
        message: Json = {"role": "assistant", "content": answer if isinstance(answer, str) else None}
        if not isinstance(answer, str):
            arguments = json.dumps({"action": answer})
            function = {"name": body["tools"][0]["function"]["name"], "arguments": arguments}
            message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
        return web.json_response(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940},
            }
        )
