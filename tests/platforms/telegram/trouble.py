"""Everything that can go wrong between a bot and Telegram, on demand or at random from a seed.

The budgets are those of the documentation's FAQ ("My bot is hitting limits"): one message a second in a chat with short
bursts, 20 a minute in a group, 30 a second over all. Sends and edits share them; Telegram publishes nothing exacter.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from tests.platforms.slack.timing import Pace

T = TypeVar("T")
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

    def concerns(self, method: str, chat: str) -> bool:
        """Tell whether a call is one this fault waits for."""
        here = self.chat is None or str(self.chat) == chat
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


@dataclass(frozen=True)
class Budget:
    """A bucket that holds ``burst`` calls and fills up with ``per_second``."""

    per_second: float
    burst: float


PER_CHAT = Budget(1.0, 3)
OVER_ALL = Budget(30.0, 30)
#: Calls within so many seconds, whenever these begin.
PER_GROUP, GROUP_WINDOW = 20, 60.0
#: What counts against the budgets.
SPENDS = {"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup", "sendChatAction"}
_SPENDS = {name.lower() for name in SPENDS}


class Trouble:
    """What is going to go wrong. Nothing, until told otherwise."""

    def __init__(self, pace: Pace) -> None:
        """Start with none."""
        self._pace = pace
        self._faults: list[Fault] = []
        self._mishaps: list[Mishap] = []
        self._scale: float | None = None
        self._levels: dict[str, tuple[float, float]] = {}
        self._in_groups: defaultdict[str, list[float]] = defaultdict(list)
        self._odds = Odds()
        self._seed = 0
        self._rolls: Counter[str] = Counter()
        #: What happened, by name of the trouble.
        self.happened: Counter[str] = Counter()

    def next_calls(self, *faults: Fault) -> None:
        """Let each fault befall the next call it concerns, in this order."""
        self._faults.extend(faults)

    def next_delivery(self, *mishaps: Mishap) -> None:
        """Let each of these befall the next update it can befall."""
        self._mishaps.extend(mishaps)

    def at_random(self, seed: int, odds: Odds) -> None:
        """Roll dice for every call and update; the n-th roll of a kind depends on the seed alone."""
        self._seed, self._odds = seed, odds
        self._rolls.clear()

    @property
    def rolling(self) -> bool:
        """Whether there is random trouble."""
        return self._odds != Odds()

    def calm(self) -> None:
        """End all trouble, budgets included."""
        self._faults.clear()
        self._mishaps.clear()
        self._scale = None
        self._levels.clear()
        self._in_groups.clear()
        self._odds = Odds()

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

    def _random(self, what: str) -> random.Random:
        self._rolls[what] += 1
        return random.Random(f"{self._seed}:{what}:{self._rolls[what]}")

    def _planned(self, method: str, chat: str) -> Fault | None:
        for number, fault in enumerate(self._faults):
            if fault.concerns(method, chat):
                return self._faults.pop(number)
        return None

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

    def _drawn(self, choices: Iterable[tuple[float, T]], what: str) -> T | None:
        listed = list(choices)
        if not any(chance for chance, _one in listed):
            return None
        roll = self._random(what).random()
        for limit, (_chance, one) in zip(itertools.accumulate(chance for chance, _one in listed), listed, strict=True):
            if roll < limit:
                return one
        return None

    def _over_budget(self, method: str, chat: str) -> Fault | None:
        if self._scale is None or method.lower() not in _SPENDS:
            return None
        buckets = {"": OVER_ALL, chat: PER_CHAT}
        now = self._pace.now()
        levels = {name: self._level(name, budget, now) for name, budget in buckets.items()}
        waits = [(1 - levels[name]) / (budget.per_second * self._scale) for name, budget in buckets.items()]
        short = round(max(0.0, *waits, self._group_is_short(chat, now)), 3)  # a clock of floats is not exacter
        for name, level in levels.items():
            self._levels[name] = (level if short else level - 1, now)
        if not short:
            self._in_groups[chat].append(now)
            return None
        return Fault(kind="ratelimited", retry_after=max(1, math.ceil(short / (self._pace.speed or 1))))

    def _group_is_short(self, chat: str, now: float) -> float:
        """Return the seconds until a group takes another call."""
        most = max(1, int(PER_GROUP * (self._scale or 1.0)))
        recent = self._in_groups[chat] = [one for one in self._in_groups[chat] if now - one < GROUP_WINDOW]
        return recent[-most] + GROUP_WINDOW - now if chat.startswith("-") and len(recent) >= most else 0.0

    def _level(self, name: str, budget: Budget, now: float) -> float:
        scale = self._scale or 1.0
        burst = max(1.0, budget.burst * scale)
        level, since = self._levels.get(name, (burst, now))
        return min(burst, level + (now - since) * budget.per_second * scale)
