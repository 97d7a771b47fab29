"""People: who is let in, with which role and which platform accounts, and what ends when somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.events import MessageReceived
from core.domain.executions import ExecutionStatus
from core.domain.messages import Actor, ConversationRef, NormalizedMessage
from core.domain.users import ChannelIdentity, Role, User
from core.errors import AccountTaken, InvalidInput, LastAdmin, NameInUse, UnknownPerson
from core.services.closing import cancel_execution
from core.services.ledger import Ledger
from core.services.records import Speaker, new_execution

if TYPE_CHECKING:
    from core.domain.messages import ChannelName
    from core.ports import Clock, UnitOfWork

#: The actor of commands given on the machine itself.
HOST = "system:host"


class People:
    """Changes people. Authorisation is the caller's: a chat action under the policy, or the owner of the machine."""

    def __init__(self, *, clock: Clock) -> None:
        """Date changes by ``clock``."""
        self._clock = clock

    async def find(self, uow: UnitOfWork, name: str) -> User:
        """Return the person called ``name`` (a name or an e-mail address).

        Raises:
            UnknownPerson: there is none.
        """
        person = await uow.users.by_name(name)
        if person is None:
            raise UnknownPerson(name=name)
        return person

    async def add(self, uow: UnitOfWork, *, name: str, role: Role, email: str | None = None) -> User:
        """Let somebody in; without an e-mail address they get an unverified placeholder.

        Raises:
            NameInUse: somebody is called so already, or has that e-mail address.
        """
        now = self._clock.now()
        for wanted in filter(None, (name, email)):
            if await uow.users.by_name(wanted) is not None:
                raise NameInUse(name=wanted)
        user_id = new_id(now)
        user = User(id=user_id, email=email or f"{user_id}@unverified.invalid", name=name, role=role, created_at=now)
        await uow.users.add(user)
        return user

    async def set_role(self, uow: UnitOfWork, user: User, role: Role) -> User:
        """Change a role.

        Raises:
            LastAdmin: nobody would be left who can approve.
        """
        if role is not Role.ADMIN:
            await self._keep_an_admin(uow, user)
        return await self._save(uow, user.evolve(role=role))

    async def activate(self, uow: UnitOfWork, user: User) -> User:
        """Let a person in again."""
        return await self._save(uow, user.evolve(is_active=True))

    async def deactivate(self, uow: UnitOfWork, user: User, *, successor: User | None, actor: str) -> User:
        """Shut a person out at once: their open requests are cancelled, what they own goes to ``successor``.

        Their votes on open requests no longer count: ``ApprovalService`` counts those who may vote at that moment.
        Without a successor an active admin inherits; where there is no admin yet, what they own stays theirs.

        Raises:
            LastAdmin: nobody would be left who can approve.
            InvalidInput: ``successor`` has left, or is the same person.
        """
        await self._keep_an_admin(uow, user)
        heir = await self._heir(uow, user, successor)
        for execution_id in await uow.executions.open_of(user.id):
            execution = await uow.executions.get(execution_id)
            if execution is not None:
                await cancel_execution(uow, execution, now=self._clock.now(), actor=actor, comment="has left")
        if heir is not None:
            await self._hand_over(uow, user, heir)
        return await self._save(uow, user.evolve(is_active=False))

    async def link(
        self, uow: UnitOfWork, user: User, *, channel: ChannelName, workspace_id: str, external_id: str
    ) -> ChannelIdentity:
        """Say that a platform account is this person's.

        Raises:
            AccountTaken: it is somebody else's; linking it twice to the same person changes nothing.
        """
        owner = await uow.users.by_identity(channel, workspace_id, external_id)
        if owner is not None and owner.id != user.id:
            raise AccountTaken(channel=channel, account=external_id, who=owner.name)
        now = self._clock.now()
        identity = ChannelIdentity(
            id=new_id(now),
            channel=channel,
            workspace_id=workspace_id,
            external_id=external_id,
            user_id=user.id,
            display_name=user.name,
            created_at=now,
        )
        if owner is None:
            await uow.users.add_identity(identity)
        return identity

    async def record(self, uow: UnitOfWork, user: User, command: str, *, actor: str = HOST) -> None:
        """Put what ``actor`` (the machine's owner, or a platform) did to ``user`` on the record, as an execution."""
        now = self._clock.now()
        place = ConversationRef(channel="api", conversation_id="host", private=True)
        sender = Actor(channel="api", external_id=actor)
        execution = await new_execution(
            uow,
            Speaker(user_id=user.id, external_id="host", conversation=place),
            now=now,
            dedupe_key=f"host:{new_id(now)}",
            text=command,
        )
        said = NormalizedMessage(sender=sender, conversation=place, text=command)
        await uow.events.append(execution.id, actor, MessageReceived(timestamp=now, message=said))
        ledger = Ledger(uow, now=now, actor=actor)
        running = await ledger.execution(execution, ExecutionStatus.RUNNING, started_at=now)
        await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now)

    @staticmethod
    async def _heir(uow: UnitOfWork, leaving: User, successor: User | None) -> User | None:
        if successor is None:
            return next((p for p in await uow.users.all() if p.is_admin and p.id != leaving.id), None)
        if not successor.is_active or successor.id == leaving.id:
            raise InvalidInput(detail=f"{successor.name} cannot take over what {leaving.name} owns")
        return successor

    async def _hand_over(self, uow: UnitOfWork, leaving: User, heir: User) -> None:
        now = self._clock.now()
        for skill in await uow.skills.owned_by(leaving.id):
            await uow.skills.update(skill.evolve(owner_id=heir.id, updated_at=now))
        for provider in await uow.providers.all():
            if provider.owner_id == leaving.id:
                await uow.providers.update(provider.evolve(owner_id=heir.id, updated_at=now))

    async def _keep_an_admin(self, uow: UnitOfWork, leaving: User) -> None:
        others = [person for person in await uow.users.all() if person.is_admin and person.id != leaving.id]
        if leaving.is_admin and not others:
            raise LastAdmin(name=leaving.name)

    @staticmethod
    async def _save(uow: UnitOfWork, user: User) -> User:
        await uow.users.update(user)
        return user
