"""Everything that can go wrong between an app and Slack, on demand or at random from a seed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tests.platforms import trouble
from tests.platforms.timing import Pace
from tests.platforms.trouble import Buckets, Dice

FaultKind = Literal["ratelimited", "server_error", "error", "hang", "drop"]
Mishap = Literal["lost", "doubled", "ack_lost", "dead_socket", "swallowed"]


_CLICKS = {"interactive", "slash_commands"}
#: What can only happen to some kinds of delivery: events are tried again, clicks are not.
_BEFALLS: dict[Mishap, set[str]] = {"lost": _CLICKS, "doubled": {"events_api"}, "ack_lost": {"events_api"}}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One call that goes wrong.

    ``hang`` never answers and ``drop`` closes the connection instead; with ``acts`` the call has done its work by then.
    """

    kind: FaultKind
    acts: bool = False
    status: int = 503
    error: str = "fatal_error"
    retry_after: int = 1
    method: str | None = None
    channel: str | None = None

    def concerns(self, method: str, where: str) -> bool:
        """Tell whether a call is one this fault waits for."""
        return self.method in {None, method} and self.channel in {None, where}


@dataclass(frozen=True, kw_only=True)
class Odds:
    """How likely each trouble is, from 0 to 1.

    Per call: ratelimited, server_error, lost_answer (it acted, then the connection closed), hang (it acted, then
    silence). Per delivery: doubled, ack_lost (redelivered though acknowledged), lost_click, dead_socket (dies with the
    envelope on its way), swallowed (sent into nothing, without anybody noticing).
    """

    ratelimited: float = 0.0
    server_error: float = 0.0
    lost_answer: float = 0.0
    hang: float = 0.0
    doubled: float = 0.0
    ack_lost: float = 0.0
    lost_click: float = 0.0
    dead_socket: float = 0.0
    swallowed: float = 0.0


@dataclass(frozen=True)
class Budget(trouble.Budget):
    """A budget of one method, in all or for each channel."""

    per_channel: bool = False


def _tier(per_minute: int) -> Budget:
    return Budget(per_minute / 60, per_minute)


#: Slack's published tiers (per minute) and the rate of chat.postMessage: one a second and channel, with short bursts.
SLACK_BUDGETS: dict[str, Budget] = {
    "chat.postMessage": Budget(1.0, 3, per_channel=True),
    "chat.postEphemeral": _tier(100),
    "chat.update": _tier(50),
    "chat.delete": _tier(50),
    "views.open": _tier(100),
    "views.update": _tier(100),
    "views.push": _tier(100),
    "views.publish": _tier(100),
    "conversations.open": _tier(50),
    "conversations.info": _tier(50),
    "conversations.members": _tier(100),
    "users.info": _tier(100),
    "users.list": _tier(20),
    "usergroups.list": _tier(20),
    "usergroups.users.list": _tier(20),
    "apps.connections.open": _tier(1),
}


class Trouble(Dice[Fault, Odds]):
    """What is going to go wrong. Nothing, until told otherwise."""

    def __init__(self, pace: Pace) -> None:
        """Start with none."""
        super().__init__(Odds())
        self._pace = pace
        self._mishaps: list[tuple[Mishap, str | None]] = []
        self._budgets: dict[str, Budget] = {}
        self._buckets = Buckets()

    def next_delivery(self, mishap: Mishap, kind: str | None = None) -> None:
        """Let this befall the next delivery (of kind events_api, interactive or slash_commands, if given)."""
        self._mishaps.append((mishap, kind))

    def calm(self) -> None:
        """End all trouble, budgets included."""
        super().calm()
        self._mishaps.clear()
        self._budgets.clear()

    def enforce_budgets(self, scale: float = 1.0, budgets: dict[str, Budget] | None = None) -> None:
        """Answer 429 to whoever calls more often than Slack allows, times ``scale``."""
        chosen = SLACK_BUDGETS if budgets is None else budgets
        self._budgets = {
            method: Budget(one.per_second * scale, max(1.0, one.burst * scale), one.per_channel)
            for method, one in chosen.items()
        }

    def for_call(self, method: str, channel: str | None) -> Fault | None:
        """Return what befalls this call."""
        fault = self._planned(method, channel or "") or self._rolled(method) or self._over_budget(method, channel)
        if fault is not None:
            self.happened[fault.kind] += 1
        return fault

    def for_delivery(self, kind: str, *, planned: bool = True) -> Mishap | None:
        """Return what befalls this delivery; retries pass ``planned`` trouble by."""
        mishap = (self._planned_mishap(kind) if planned else None) or self._rolled_mishap(kind)
        if mishap is not None:
            self.happened[mishap] += 1
        return mishap

    def _planned_mishap(self, kind: str) -> Mishap | None:
        for number, (mishap, wanted) in enumerate(self._mishaps):
            if (wanted or kind) == kind and kind in _BEFALLS.get(mishap, {kind}):
                del self._mishaps[number]
                return mishap
        return None

    def _rolled(self, method: str) -> Fault | None:
        odds = self._odds
        choices: list[tuple[float, Fault]] = [
            (odds.ratelimited, Fault(kind="ratelimited")),
            (odds.server_error, Fault(kind="server_error")),
            (odds.lost_answer, Fault(kind="drop", acts=True)),
            (odds.hang, Fault(kind="hang", acts=True)),
        ]
        return self._drawn(choices, method)

    def _rolled_mishap(self, kind: str) -> Mishap | None:
        odds = self._odds
        choices: list[tuple[float, Mishap]] = [(odds.doubled, "doubled"), (odds.ack_lost, "ack_lost")]
        if kind in _CLICKS:
            choices = [(odds.lost_click, "lost")]
        choices += [(odds.dead_socket, "dead_socket"), (odds.swallowed, "swallowed")]
        return self._drawn(choices, kind)

    def _over_budget(self, method: str, channel: str | None) -> Fault | None:
        budget = self._budgets.get(method)
        if budget is None:
            return None
        name, now = f"{method} {(channel or '') if budget.per_channel else ''}", self._pace.now()
        level = self._buckets.level(name, budget, now)
        self._buckets.keep(name, level - 1 if level >= 1 else level, now)
        if level >= 1:
            return None
        wait = (1 - level) / budget.per_second / (self._pace.speed or 1)
        return Fault(kind="ratelimited", retry_after=max(1, math.ceil(wait)))
