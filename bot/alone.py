"""Alone: there are no other processes to share the work with."""

from __future__ import annotations

from collections.abc import Sequence


class Alone:
    """Implements the port ``Peers`` for the only process."""

    are_several = False

    async def take(self, things: Sequence[str]) -> frozenset[str]:
        return frozenset(things)

    async def has(self, _thing: str) -> bool:
        return True

    async def give_back(self, thing: str) -> None:
        """Do nothing: nobody waits for it."""
