"""People: who is let in, with which role and which platform accounts, and what ends when somebody leaves."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from core.domain.base import new_id, sha256_hex
from core.domain.events import MessageReceived
from core.domain.executions import ExecutionStatus
from core.domain.messages import Actor, ConversationRef, NormalizedMessage
from core.domain.users import (
    LANGUAGES,
    ApiToken,
    ChannelIdentity,
    Role,
    User,
    check_account,
    check_email,
    check_label,
    check_name,
)
from core.errors import AccountTaken, InvalidInput, LastAdmin, NameInUse, UnknownPerson, Words
from core.services.admissions import settle_admission
from core.services.approval_notices import ask_newcomers
from core.services.departures import Departures
from core.services.ledger import Ledger
from core.services.records import Speaker, new_execution

if TYPE_CHECKING:
    from datetime import timedelta

    from core.domain.messages import ChannelName
    from core.domain.users import Scope
    from core.ports import Clock, Translator, UnitOfWork
    from core.services.rosters import Rosters

#: The actor of commands given on the machine itself.
HOST = "system:host"

#: Where a bot can write in private only to who has written to it before.
WRITTEN_TO_FIRST: frozenset[ChannelName] = frozenset({"telegram"})

# What every API token begins with: one that leaks is recognised, by masking too.
_PREFIX = "swt_"
_TOKEN_BYTES = 32


class People:
    """Changes people. Authorisation is the caller's: a chat action under the policy, or the owner of the machine."""

    def __init__(self, *, clock: Clock, translator: Translator, rosters: Rosters) -> None:
        """Date changes by ``clock``; tell each person concerned in their language; see ``Departures``."""
        self._clock = clock
        self._rosters = rosters
        self._translator = translator
        self._departures = Departures(clock=clock, translator=translator, rosters=rosters)

    async def find(self, uow: UnitOfWork, name: str) -> User:
        """Return the person called ``name`` (a name or an e-mail address).

        Raises:
            UnknownPerson: there is none.
        """
        person = await uow.users.by_name(name)
        if person is None:
            raise UnknownPerson(name=name)
        return person

    async def add(
        self, uow: UnitOfWork, *, name: str, role: Role, email: str | None = None, language: str = ""
    ) -> User:
        """Let somebody in; without an e-mail address they get an unverified placeholder.

        ``language`` is what their platform speaks to them; one that the bot does not speak is not kept.

        Raises:
            InvalidInput: that is no name, or no e-mail address.
            NameInUse: somebody is called so already, or has that e-mail address.
        """
        check_name(name)
        if email is not None:
            check_email(email)
        now = self._clock.now()
        for wanted in filter(None, (name, email)):
            if await uow.users.by_name(wanted) is not None:
                raise NameInUse(name=wanted)
        user_id = new_id(now)
        user = User(
            id=user_id,
            email=email or f"{user_id}@unverified.invalid",
            name=name,
            role=role,
            language=language if language in LANGUAGES else "",
            created_at=now,
        )
        await uow.users.add(user)
        return user

    async def set_role(self, uow: UnitOfWork, user: User, role: Role, *, actor: str) -> User:
        """Change a role; the votes of who is no longer an approver are withdrawn.

        Raises:
            LastAdmin: nobody would be left who can approve.
        """
        if role is not Role.ADMIN:
            await self.keep_an_admin(uow, user)
        before = await self._rosters.load(uow)
        changed = await self._save(uow, user.evolve(role=role))
        await self._departures.lost_standing(uow, changed, before, actor=actor)
        await ask_newcomers(uow, self._clock.now())
        return changed

    async def activate(self, uow: UnitOfWork, user: User, *, by: User | None = None) -> User:
        """Let a person in, or in again; ``by`` an admin (None: on the host)."""
        now = self._clock.now()
        if user.admitted_at is None:
            by_whom = Words("Let in by {who} at {when}.", who=by.name, when=now) if by else None
            how = by_whom or Words("Let in on the host at {when}.", when=now)
            await settle_admission(uow, user, how, self._translator, now)
        active = await self._save(uow, user.evolve(is_active=True, admitted_at=user.admitted_at or now))
        await ask_newcomers(uow, now)
        return active

    async def deactivate(self, uow: UnitOfWork, user: User, *, successor: User | None, actor: str) -> User:
        """Shut a person out at once, with their open requests, votes, delegations and API tokens.

        What they own goes to ``successor``; without one an active admin inherits, and where there is no admin yet, it
        stays theirs.

        Raises:
            LastAdmin: nobody would be left who can approve.
            InvalidInput: ``successor`` is no active admin, or is the same person.
        """
        await self.keep_an_admin(uow, user)
        if user.admitted_at is None:
            now = self._clock.now()
            how = Words("Turned away on the host at {when}.", when=now)
            await settle_admission(uow, user, how, self._translator, now)
        heir, before = await self._heir(uow, user, successor), await self._rosters.load(uow)
        gone = await self._save(uow, user.evolve(is_active=False))
        await self._departures.settle(uow, user, heir, actor=actor)
        await self._departures.lost_standing(uow, gone, before, actor=actor)
        return gone

    async def add_token(
        self, uow: UnitOfWork, user: User, *, name: str, scopes: tuple[Scope, ...], lifetime: timedelta | None
    ) -> tuple[ApiToken, str]:
        """Make an API token that is good for ``lifetime`` (None: until it is revoked).

        Returns:
            What is stored, and the token itself, which is known to nobody afterwards but whom it is given to.

        Raises:
            InvalidInput: that is no name, they are not active, or have a valid token of that name.
        """
        check_label(name)
        if not user.is_active:
            raise InvalidInput(detail=Words("{name} is not active", name=user.name))
        now = self._clock.now()
        if await self._valid_token(uow, user, name) is not None:
            raise InvalidInput(
                detail=Words(
                    '{name} has a token called "{label}"; revoke it first, or take another name',
                    name=user.name,
                    label=name,
                )
            )
        secret = _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
        token = ApiToken(
            id=new_id(now),
            user_id=user.id,
            name=name,
            token_hash=sha256_hex(secret.encode()),
            scopes=tuple(dict.fromkeys(scopes)),
            created_at=now,
            expires_at=None if lifetime is None else now + lifetime,
        )
        await uow.api_tokens.add(token)
        return token, secret

    async def revoke_token(self, uow: UnitOfWork, user: User, name: str) -> None:
        """End the API token called ``name`` at once.

        Raises:
            InvalidInput: this person has no valid token of that name.
        """
        token = await self._valid_token(uow, user, name)
        if token is None:
            raise InvalidInput(detail=Words('{name} has no token called "{label}"', name=user.name, label=name))
        await uow.api_tokens.update(token.evolve(revoked_at=self._clock.now()))

    async def link(
        self,
        uow: UnitOfWork,
        user: User,
        *,
        channel: ChannelName,
        workspace_id: str,
        external_id: str,
        in_private: bool = False,
    ) -> ChannelIdentity:
        """Say that a platform account is this person's; ``in_private``: it has just written to the bot alone.

        Raises:
            InvalidInput: the platform has no accounts of that form.
            AccountTaken: it is somebody else's; linking it twice to the same person changes nothing.
        """
        check_account(channel, external_id)
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
            is_reachable=in_private or channel not in WRITTEN_TO_FIRST,
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
            actor=actor,
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
        if not successor.is_admin or successor.id == leaving.id:
            detail = Words(
                "{name} cannot take over what {leaver} owns; name another active admin",
                name=successor.name,
                leaver=leaving.name,
            )
            raise InvalidInput(detail=detail)
        return successor

    async def _valid_token(self, uow: UnitOfWork, user: User, name: str) -> ApiToken | None:
        now, tokens = self._clock.now(), await uow.api_tokens.of_user(user.id)
        return next((token for token in tokens if token.name == name and token.is_valid(now)), None)

    async def keep_an_admin(self, uow: UnitOfWork, leaving: User) -> None:
        """Do nothing if somebody else is an admin.

        Raises:
            LastAdmin: nobody would be left who can approve.
        """
        others = [person for person in await uow.users.all() if person.is_admin and person.id != leaving.id]
        if leaving.is_admin and not others:
            raise LastAdmin(name=leaving.name)

    @staticmethod
    async def _save(uow: UnitOfWork, user: User) -> User:
        await uow.users.update(user)
        return user
