"""What a platform brings to ``serve``: a channel to speak through, and a way to listen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from fastapi import FastAPI

from bot.assembly import Program
from core.domain.messages import ConversationRef
from core.ports import Channel, Clock, Storage, Translator, UserGroups


class Connection(Protocol):
    """One platform, reached: its token is good."""

    #: Keeps the platform's budget.
    channel: Channel
    #: Where every approval card is shown.
    rooms: tuple[ConversationRef, ...]
    #: Whether approvers are asked in private too.
    asks_each: bool
    #: Who is in the platform's groups of people; None where it has none.
    user_groups: UserGroups | None

    def listening(
        self, program: Program, storage: Storage, app: FastAPI, *, translator: Translator, clock: Clock
    ) -> AbstractAsyncContextManager[None]:
        """Take deliveries to ``program`` while the context lasts; the platform's addresses are added to ``app``."""

    async def trouble(self) -> str | None:
        """Return what keeps the bot from the platform, as far as it is known by now; None: nothing does."""

    async def online(self) -> None:
        """Do what has to wait until ``app`` can be reached.

        Raises:
            RateLimited, ChannelRefused, ChannelError: the platform does not take it.
        """

    async def closed_rooms(self) -> Sequence[str]:
        """Return those of ``rooms`` in which the bot cannot write: it is not in there, or they are gone."""
