"""Everything that can go wrong between a bot and Telegram, on demand or at random from a seed.

The budgets are those of the documentation's FAQ ("My bot is hitting limits"): one message a second in a chat with short
bursts, 20 a minute in a group, 30 a second over all. Sends and edits share them; Telegram publishes nothing exacter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from tests.platforms.timing import Pace
from tests.platforms.trouble import Buckets, Budget, Dice

FaultKind = Literal["ratelimited", "server_error", "error", "conflict", "hang", "drop"]
Mishap = Literal["doubled", "delayed", "ack_lost", "refused"]
#: Only what is sent to a webhook can be refused, or be answered in vain.
_WEBHOOK_ONLY: set[Mishap] = {"ack_lost", "refused"}
#: Methods that are not rolled dice for: a poll is only ever disturbed by a conflict, a lost answer or a server error.
_POLL = "getUpdates"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One call that goes wrong.

    ``hang`` never answers and ``drop`` closes the connection instead; with ``acts`` the call has done its work by then.
    ``error`` answers ``status`` with the description ``error``; ``conflict`` is the 409 of a second poller.
    """

    kind: FaultKind
    acts: bool = False
    status: int = 0
    error: str = "Bad Request: something is wrong"
    retry_after: int = 1
    method: str | None = None
    chat: int | None = None

    def concerns(self, method: str, where: str) -> bool:
        """Tell whether a call is one this fault waits for."""
        here = self.chat is None or str(self.chat) == where
        return (self.method or method).lower() == method.lower() and here


@dataclass(frozen=True, kw_only=True)
class Odds:
    """How likely each trouble is, from 0 to 1.

    Per call: ratelimited, server_error, lost_answer (it acted, then the connection closed), hang (it acted, then
    silence); per poll also conflict. Per update: doubled (it comes once more although confirmed), delayed (later ones
    overtake it), ack_lost (a webhook's answer is lost), refused (no connection to the webhook).
    """

    ratelimited: float = 0.0
    server_error: float = 0.0
    lost_answer: float = 0.0
    hang: float = 0.0
    conflict: float = 0.0
    doubled: float = 0.0
    delayed: float = 0.0
    ack_lost: float = 0.0
    refused: float = 0.0


PER_CHAT = Budget(1.0, 3)
OVER_ALL = Budget(30.0, 30)
#: Calls within so many seconds, whenever these begin.
PER_GROUP, GROUP_WINDOW = 20, 60.0
#: What counts against the budgets.
SPENDS = {"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup", "sendChatAction"}
_SPENDS = {name.lower() for name in SPENDS}


class Trouble(Dice[Fault, Odds]):
    """What is going to go wrong. Nothing, until told otherwise."""

    def __init__(self, pace: Pace) -> None:
        """Start with none."""
        super().__init__(Odds())
        self._pace = pace
        self._mishaps: list[Mishap] = []
        self._scale: float | None = None
        self._buckets = Buckets()
        self._in_groups: defaultdict[str, list[float]] = defaultdict(list)

    def next_delivery(self, *mishaps: Mishap) -> None:
        """Let each of these befall the next update it can befall."""
        self._mishaps.extend(mishaps)

    def calm(self) -> None:
        """End all trouble, budgets included."""
        super().calm()
        self._mishaps.clear()
        self._scale = None
        self._buckets.clear()
        self._in_groups.clear()

    def enforce_budgets(self, scale: float = 1.0) -> None:
        """Answer 429 to whoever sends more often than Telegram allows, times ``scale``."""
        self._scale = scale

    def for_call(self, method: str, chat: str) -> Fault | None:
        """Return what befalls this call; ``chat`` is its chat_id as it was sent, or empty."""
        fault = self._planned(method, chat) or self._rolled(method) or self._over_budget(method, chat)
        if fault is not None:
            self.happened[fault.kind] += 1
        return fault

    def for_update(self, *, to_webhook: bool) -> Mishap | None:
        """Return what befalls an update on its way, decided when it comes up."""
        mishap = self._planned_mishap(to_webhook=to_webhook) or self._rolled_mishap(to_webhook=to_webhook)
        if mishap is not None:
            self.happened[mishap] += 1
        return mishap

    def _planned_mishap(self, *, to_webhook: bool) -> Mishap | None:
        for number, mishap in enumerate(self._mishaps):
            if to_webhook or mishap not in _WEBHOOK_ONLY:
                return self._mishaps.pop(number)
        return None

    def _rolled(self, method: str) -> Fault | None:
        odds = self._odds
        choices: list[tuple[float, Fault]] = [
            (odds.server_error, Fault(kind="server_error")),
            (odds.lost_answer, Fault(kind="drop", acts=True)),
        ]
        if method == _POLL:
            choices.append((odds.conflict, Fault(kind="conflict")))
        else:
            choices += [(odds.ratelimited, Fault(kind="ratelimited")), (odds.hang, Fault(kind="hang", acts=True))]
        return self._drawn(choices, method)

    def _rolled_mishap(self, *, to_webhook: bool) -> Mishap | None:
        odds = self._odds
        choices: list[tuple[float, Mishap]] = [(odds.doubled, "doubled"), (odds.delayed, "delayed")]
        if to_webhook:
            choices += [(odds.ack_lost, "ack_lost"), (odds.refused, "refused")]
        return self._drawn(choices, "update")

    def _over_budget(self, method: str, chat: str) -> Fault | None:
        if self._scale is None or method.lower() not in _SPENDS:
            return None
        now = self._pace.now()
        buckets = {"": self._scaled(OVER_ALL), chat: self._scaled(PER_CHAT)}
        levels = {name: self._buckets.level(name, budget, now) for name, budget in buckets.items()}
        waits = [(1 - levels[name]) / budget.per_second for name, budget in buckets.items()]
        short = round(max(0.0, *waits, self._group_is_short(chat, now)), 3)  # a clock of floats is not exacter
        for name, level in levels.items():
            self._buckets.keep(name, level if short else level - 1, now)
        if not short:
            self._in_groups[chat].append(now)
            return None
        return Fault(kind="ratelimited", retry_after=max(1, math.ceil(short / (self._pace.speed or 1))))

    def _group_is_short(self, chat: str, now: float) -> float:
        """Return the seconds until a group takes another call."""
        most = max(1, int(PER_GROUP * (self._scale or 1.0)))
        recent = self._in_groups[chat] = [one for one in self._in_groups[chat] if now - one < GROUP_WINDOW]
        return recent[-most] + GROUP_WINDOW - now if chat.startswith("-") and len(recent) >= most else 0.0

    def _scaled(self, budget: Budget) -> Budget:
        scale = self._scale or 1.0
        return Budget(budget.per_second * scale, max(1.0, budget.burst * scale))
