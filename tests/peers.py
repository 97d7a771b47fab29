"""Peers in memory: several members of one town, each of which can be cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from core.errors import StorageError


class Town:
    """Says who has what."""

    def __init__(self) -> None:
        """Begin with nothing taken."""
        self.taken: dict[str, Member] = {}

    def member(self) -> Member:
        """Return one more process."""
        return Member(self)


class Member:
    """Implements the port ``Peers``."""

    are_several = True

    def __init__(self, town: Town) -> None:
        """Live in ``town``."""
        self._town = town
        self.is_cut_off = False

    def cut_off(self) -> None:
        """Lose the connection, and with it everything."""
        self.is_cut_off = True
        self._town.taken = {thing: member for thing, member in self._town.taken.items() if member is not self}

    async def take(self, things: Sequence[str]) -> frozenset[str]:
        await asyncio.sleep(0)
        if self.is_cut_off:
            raise StorageError(reason="it is cut off")
        taken = frozenset(thing for thing in things if thing not in self._town.taken)
        self._town.taken |= dict.fromkeys(taken, self)
        return taken

    async def has(self, thing: str) -> bool:
        await asyncio.sleep(0)
        return self._town.taken.get(thing) is self

    async def give_back(self, thing: str) -> None:
        await asyncio.sleep(0)
        if self._town.taken.get(thing) is self:
            del self._town.taken[thing]
