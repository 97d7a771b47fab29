"""Records of delegations: who stands in for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import Delegate
from core.domain.approvals import RecordChange
from core.domain.base import iso, new_id
from core.domain.cards import Card
from core.domain.delegations import Delegation
from core.domain.notices import Notice, NoticeKind
from core.errors import AlreadySo, NotInTheFuture, UnknownDelegate, UnknownPerson, Words
from core.services.approval_notices import ask_newcomers
from core.services.reader import Reader

if TYPE_CHECKING:
    from core.domain.users import User
    from core.ports import Clock, Translator, UnitOfWork
    from core.services.people import People
    from core.services.record_changes import Asked


class DelegationRecords:
    """Lets people be away, and others vote in their place."""

    actions = (Delegate,)

    def __init__(self, *, clock: Clock, people: People, translator: Translator) -> None:
        """Find stand-ins among ``people``, and tell them in ``translator``'s words."""
        self._clock = clock
        self._translator = translator
        self._people = people

    async def describe(self, uow: UnitOfWork, action: Delegate, requester: User) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            UnknownPerson, AlreadySo, UnknownDelegate, NotInTheFuture: it makes no sense.
        """
        now, person = self._clock.now(), None
        before = next((d for d in await uow.delegations.active(now) if d.from_user_id == requester.id), None)
        if action.until is None:
            if action.to is not None:
                raise UnknownDelegate
            if before is None:
                raise AlreadySo(name=requester.name, what=Words("not away"))
            after = "own votes"
        else:
            if action.until <= now:
                raise NotInTheFuture(when=action.until)
            person = await self._stand_in(uow, action, requester)
            after = f"{person.name if person else ''} until {iso(action.until)}".lstrip()
        return (
            RecordChange(
                entity_id=requester.id,
                name=requester.name,
                field="votes",
                before=f"until {iso(before.until)}" if before else None,
                after=after,
                concerns=person.id if person else None,
            ),
        )

    async def change(self, uow: UnitOfWork, action: Delegate, asked: Asked) -> None:
        """Do it."""
        await uow.delegations.end_given(asked.requester.id, asked.now)
        await ask_newcomers(uow, asked.now)
        if action.until is None:
            return
        to = await self._people.find(uow, action.to) if action.to else None
        delegation = Delegation(
            id=new_id(asked.now),
            from_user_id=asked.requester.id,
            to_user_id=to.id if to else None,
            starts_at=asked.now,
            until=action.until,
            created_at=asked.now,
        )
        await uow.delegations.add(delegation)
        if to is not None:
            await uow.notices.add(self._news(delegation, asked.requester, to))

    def _news(self, delegation: Delegation, owner: User, to: User) -> Notice:
        """Return what ``to``, who votes for ``owner`` from now on, is told of it."""
        now = delegation.created_at
        reader = Reader(self._translator, to, now)
        until = reader.deadline(delegation.until)
        card = Card(title=reader.say("You may vote for {name} until {until}.", name=owner.name, until=until))
        return Notice(
            id=new_id(now),
            dedupe_key=f"lent:{delegation.id}",
            kind=NoticeKind.REPLY,
            user_id=to.id,
            payload={"card": card.model_dump(mode="json")},
            next_attempt_at=now,
            created_at=now,
        )

    async def _stand_in(self, uow: UnitOfWork, action: Delegate, requester: User) -> User | None:
        if action.to is None:
            return None
        person = await self._people.find(uow, action.to)
        if not person.is_active:
            raise UnknownPerson(name=action.to)
        if person.id == requester.id:
            raise UnknownDelegate
        return person
