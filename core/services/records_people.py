"""Records of people: roles and access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import DeactivateUser, SetRole
from core.domain.approvals import RecordChange
from core.domain.users import Role
from core.errors import AlreadySo, Words

if TYPE_CHECKING:
    from core.domain.users import User
    from core.ports import UnitOfWork
    from core.services.people import People
    from core.services.record_changes import Asked


class PeopleRecords:
    """Changes roles, and shuts people out."""

    actions = (SetRole, DeactivateUser)

    def __init__(self, *, people: People) -> None:
        """Change them through ``people``."""
        self._people = people

    async def describe(
        self, uow: UnitOfWork, action: SetRole | DeactivateUser, _requester: User
    ) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            UnknownPerson, AlreadySo, LastAdmin: it makes no sense.
        """
        person = await self._people.find(uow, action.user)
        if isinstance(action, DeactivateUser):
            if not person.is_active:
                raise AlreadySo(name=person.name, what=Words("shut out"))
            await self._people.keep_an_admin(uow, person)
            field, before, after = "access", "active", "none, at once"
        else:
            if person.role == action.role:
                raise AlreadySo(name=person.name, what=Words("admin") if person.is_admin else Words("user"))
            if person.role is Role.ADMIN:
                await self._people.keep_an_admin(uow, person)
            field, before, after = "role", person.role.value, action.role
        who = {"entity_id": person.id, "name": person.name, "concerns": person.id}
        return (RecordChange(**who, field=field, before=before, after=after),)

    async def change(self, uow: UnitOfWork, action: SetRole | DeactivateUser, asked: Asked) -> None:
        """Do it."""
        person = await self._people.find(uow, action.user)
        if isinstance(action, DeactivateUser):
            await self._people.deactivate(uow, person, successor=None, actor=asked.actor)
        else:
            await self._people.set_role(uow, person, Role(action.role), actor=asked.actor)
