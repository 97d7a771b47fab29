"""What goes wrong between a program and any platform: planned, or drawn with dice that depend on a seed alone."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class AnyFault(Protocol):
    """One call that goes wrong, as a platform describes it."""

    def concerns(self, method: str, where: str) -> bool:
        """Tell whether a call is one this fault waits for; ``where`` is empty when it is about no conversation."""


FaultT = TypeVar("FaultT", bound=AnyFault)
OddsT = TypeVar("OddsT")


@dataclass(frozen=True)
class Budget:
    """A bucket that holds ``burst`` calls and fills up with ``per_second``."""

    per_second: float
    burst: float


class Buckets:
    """How full the buckets of budgets are, by name."""

    def __init__(self) -> None:
        """Begin with full ones."""
        self._levels: dict[str, tuple[float, float]] = {}

    def level(self, name: str, budget: Budget, now: float) -> float:
        """Return what is in a bucket at a moment."""
        level, since = self._levels.get(name, (budget.burst, now))
        return min(budget.burst, level + (now - since) * budget.per_second)

    def keep(self, name: str, level: float, now: float) -> None:
        """Note what is in a bucket at a moment."""
        self._levels[name] = (level, now)

    def clear(self) -> None:
        """Fill all of them."""
        self._levels.clear()


class Dice(Generic[FaultT, OddsT]):
    """What is going to go wrong. Nothing, until told otherwise."""

    def __init__(self, none: OddsT) -> None:
        """Start with no trouble; ``none`` are the odds of that."""
        self._none = self._odds = none
        self._faults: list[FaultT] = []
        self._seed = 0
        self._rolls: Counter[str] = Counter()
        #: What happened, by name of the trouble.
        self.happened: Counter[str] = Counter()

    def next_calls(self, *faults: FaultT) -> None:
        """Let each fault befall the next call it concerns, in this order."""
        self._faults.extend(faults)

    def at_random(self, seed: int, odds: OddsT) -> None:
        """Roll dice for every call and delivery; the n-th roll of a kind depends on the seed alone."""
        self._seed, self._odds = seed, odds
        self._rolls.clear()

    @property
    def rolling(self) -> bool:
        """Whether there is random trouble."""
        return self._odds != self._none

    def calm(self) -> None:
        """End all trouble."""
        self._faults.clear()
        self._odds = self._none

    def choose(self, among: int) -> int:
        """Return a number below ``among``, from the seed."""
        return self._random("choice").randrange(among)

    def _random(self, what: str) -> random.Random:
        self._rolls[what] += 1
        return random.Random(f"{self._seed}:{what}:{self._rolls[what]}")

    def _planned(self, method: str, where: str) -> FaultT | None:
        for number, fault in enumerate(self._faults):
            if fault.concerns(method, where):
                return self._faults.pop(number)
        return None

    def _drawn(self, choices: Iterable[tuple[float, T]], what: str) -> T | None:
        listed = list(choices)
        if not any(chance for chance, _one in listed):
            return None
        roll = self._random(what).random()
        for limit, (_chance, one) in zip(itertools.accumulate(chance for chance, _one in listed), listed, strict=True):
            if roll < limit:
                return one
        return None
