"""Hearing: what a sentence means in its conversation, by the rules or by a second opinion that was asked for before."""

from __future__ import annotations

import asyncio
from datetime import UTC
from typing import TYPE_CHECKING

from core.domain.intents import ProviderName, Resolved, Unknown, Vocabulary
from core.domain.masking import MASK
from core.domain.messages import IncomingMessage
from core.domain.notices import InboxStatus
from core.services.agent_answers import answer_in
from core.services.intent_resolver import ResolverContext
from core.services.reader import Reader
from core.services.reception import sender_of

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest
    from core.domain.intents import Intent
    from core.domain.messages import Inbound
    from core.domain.notices import InboxItem
    from core.domain.users import User
    from core.ports import Clock, Storage, Translator, UnitOfWork
    from core.services.intent_resolver import IntentResolver
    from core.services.second_opinions import Opinion, SecondOpinions
    from core.services.turn import Turn


# Of how many open requests, the newest, skills can be named that the catalogue does not have yet.
_NAMES_OF = 50


class Hearing:
    """Understands what people say."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        translator: Translator,
        resolver: IntentResolver,
        second: SecondOpinions | None = None,
    ) -> None:
        """Read with ``resolver``; where it does not know, ask ``second`` - None: nobody."""
        self._storage = storage
        self._clock = clock
        self._translator = translator
        self._resolver = resolver
        self._second = second
        self._vocabulary = Vocabulary()
        #: What it was made of.
        self._found: object = None

    async def understand(self, turn: Turn, text: str) -> Intent:
        """Return what ``text`` means, inside the transaction of ``turn``."""
        if turn.opinion is not None and turn.opinion.intent is not None:
            return turn.opinion.intent
        return await self._by_rules(turn.uow, turn.inbound, turn.user, turn.reader, text)

    async def second_opinion(self, item: InboxItem, inbound: Inbound) -> Opinion | None:
        """Ask the model where the rules do not know; None where there is nothing to ask, or no room.

        It is asked between two transactions: ``item`` is claimed first, so that a crash meanwhile ends in the answer
        of the rules, and not in asking for ever; what was used is recorded with the answer.
        """
        if self._second is None or not isinstance(inbound, IncomingMessage) or item.attempts:
            return None
        if MASK in inbound.text:
            return None  # it is refused, whatever it means
        async with self._storage.read() as uow:
            user = await sender_of(uow, inbound)
            if user is None or not user.is_active:
                return None
            midnight = self._clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            used = await uow.executions.tokens_since(midnight, user_id=user.id)
            reader = Reader(self._translator, user, self._clock.now(), language=inbound.sender.language)
            first = await self._by_rules(uow, inbound, user, reader, inbound.text)
        is_clear = isinstance(first, Resolved) or (isinstance(first, Unknown) and first.courtesy is not None)
        if is_clear or not self._second.can_ask(inbound.text, used=used):
            return None
        if not await self._claimed(item.id):
            return None
        return await self._second.on(inbound.text, self._vocabulary, first, language=reader.language)

    async def _claimed(self, item_id: str) -> bool:
        async with self._storage.begin() as uow:
            item = await uow.inbox.get(item_id)
            if item is None or item.status is not InboxStatus.PENDING or item.attempts:
                return False
            await uow.inbox.update(item.evolve(attempts=1))
            await uow.commit()
        return True

    async def _by_rules(self, uow: UnitOfWork, inbound: Inbound, user: User, reader: Reader, text: str) -> Intent:
        answer = await answer_in(uow, text)
        if answer is not None:
            return Resolved(action=answer)
        names, context = await asyncio.gather(self._names(uow), self._context(uow, inbound, user, reader))
        return self._resolver.resolve(text, names, context=context, language=reader.language)

    async def _names(self, uow: UnitOfWork) -> Vocabulary:
        """Return the names of this moment; the same object while they are the same: the resolver indexes it once."""
        providers, skills, requests = await asyncio.gather(
            uow.providers.all(), uow.skills.names(), uow.approvals.pending_from_chat(self._clock.now(), limit=_NAMES_OF)
        )
        asked = {name for request in requests for name in _skills_of(request)}
        places = tuple(ProviderName(kind=p.name, display_name=p.display_name) for p in providers)
        found = (skills, asked.difference(skills), places)
        if found != self._found:
            fresh = Vocabulary(skills=tuple(sorted({*skills, *asked})), providers=places)
            await asyncio.to_thread(self._resolver.prepare, fresh)
            self._found, self._vocabulary = found, fresh
        return self._vocabulary

    async def _context(self, uow: UnitOfWork, inbound: Inbound, user: User, reader: Reader) -> ResolverContext:
        last = await uow.executions.last_in(inbound.conversation)
        record = await uow.chat_actions.of_execution(last.id) if last else None
        return ResolverContext(
            last_action=record.resolved_action if record else None,
            last_code=last.code if last else None,
            speaker=user.name,
            now=reader.local(self._clock.now()),
        )


def _skills_of(request: ApprovalRequest) -> list[str]:
    """Return the skills that ``request`` is about: they can be named before the catalogue has them."""
    found = request.payload.get("skills") if request.execution_id else None
    return [skill["name"] for skill in found or () if isinstance(skill, dict)]
