"""Sends signed requests at a steady rate: ``python -m tests.bench._sender URL SECRET FILE RATE``.

FILE has a body a line. Times count from the moment at which a request was due, so that a server that stalls is charged
for everything it held up. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import aiohttp

from tests.platforms.slack.delivery import signature

_OK = 200


async def _send_all(url: str, secret: str, bodies: list[bytes], rate: float) -> tuple[list[float], int]:
    """Return how many milliseconds each acknowledgement took, and how many requests got none."""
    taken: list[float] = []
    refused = 0
    began = time.perf_counter() + 1

    async def send(body: bytes, due: float) -> None:
        nonlocal refused
        await asyncio.sleep(due - time.perf_counter())
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(secret, stamp, body),
        }
        try:
            async with session.post(url, data=body, headers=headers) as response:
                refused += response.status != _OK
        except (aiohttp.ClientError, TimeoutError):
            refused += 1
        taken.append((time.perf_counter() - due) * 1000)

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for number, body in enumerate(bodies):
            group.create_task(send(body, began + number / rate))
    return taken, refused


def main() -> None:
    """Send; print what came of it."""
    url, secret, file, rate = sys.argv[1:]
    bodies = Path(file).read_bytes().splitlines()
    taken, refused = asyncio.run(_send_all(url, secret, bodies, float(rate)))
    print(json.dumps({"milliseconds": taken, "refused": refused}))


if __name__ == "__main__":
    main()
