"""Peers: the processes that share a database and its work; ``Alone`` stands in where there are no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Peers(Protocol):
    """The processes that share one database and its work: what one of them has taken, no other one gets.

    It is a claim against doing things twice at the same time. Whoever loses the connection loses what it has taken, and
    may not know yet: what must never happen twice is settled by the transaction that records it.
    """

    #: False: there is only this process, which gets everything.
    are_several: bool

    async def take(self, things: Sequence[str]) -> frozenset[str]:
        """Return which of ``things`` are this process's from now on, until it gives them back or dies.

        What this process has already, or another one has, is not among them.

        Raises:
            StorageError, DatabaseTaken: nothing was taken.
        """

    async def has(self, thing: str) -> bool:
        """Return whether this process still has ``thing``. The database is asked; when it is silent, False."""

    async def give_back(self, thing: str) -> None:
        """Let others have ``thing``. Does nothing when this process does not have it."""


class Alone:
    """Implements the port ``Peers`` for the only process."""

    are_several = False

    async def take(self, things: Sequence[str]) -> frozenset[str]:
        return frozenset(things)

    async def has(self, _thing: str) -> bool:
        return True

    async def give_back(self, thing: str) -> None:
        """Do nothing: nobody waits for it."""
