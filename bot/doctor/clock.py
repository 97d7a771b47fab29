"""The clock: Slack takes what is signed for no older than five minutes, and expiries go by the machine's time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime

from bot.doctor.findings import Finding, ok, problem, warning
from core.errors import InvalidSetting, Words
from core.ports import Clock

_PATIENCE = 5.0  # seconds
# Seconds: more than a slow answer explains; and what leaves Slack's tolerance of 300 too little.
_NOTED, _TOO_MUCH = 15, 120


async def check_clock(urls: Sequence[str], clock: Clock) -> Sequence[Finding]:
    """Compare ``clock`` with what the servers at ``urls`` say the time is; one that does not answer says nothing."""
    import httpx

    ahead: list[float] = []
    async with await asyncio.to_thread(httpx.AsyncClient, timeout=_PATIENCE) as client:  # it reads the certificates
        for url in urls:
            try:
                answer = await client.head(url)
                said = parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
            except (httpx.HTTPError, KeyError, ValueError):
                continue
            ahead.append((clock.now() - said).total_seconds())
    if not ahead:
        return []
    most = max(ahead, key=abs)
    advice = Words("Let the machine keep its time by NTP (timedatectl set-ntp true).")
    if abs(most) <= _NOTED:
        return [ok("clock", Words("it agrees with the platforms"))]
    found = Words("it is {seconds} seconds away from the platforms'", seconds=round(abs(most)))
    if abs(most) <= _TOO_MUCH:
        return [warning("clock", found, advice)]
    return [problem("clock", found, advice, InvalidSetting.exit_code)]
