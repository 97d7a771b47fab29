"""Strangers: people nobody has let in yet, and the one who becomes the first admin."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from core.domain.hidden_text import without_hidden
from core.domain.messages import IncomingMessage
from core.domain.users import Role, User
from core.errors import AdmissionOver, Stranger
from core.services.admissions import LONGEST_NAME, account_mark, ask_admin

if TYPE_CHECKING:
    from core.services.people import People
    from core.services.rosters import Rosters
    from core.services.turn import Turn


class Strangers:
    """Meets people without an account: they are told how to be admitted, and the admins that somebody asks.

    ``first_code`` makes its sender the first admin, and is worthless once there is one (None: there is one already).
    """

    def __init__(self, *, people: People, rosters: Rosters, first_code: str | None = None) -> None:
        """Admit through ``people``; ``rosters`` tell which admins can be asked."""
        self._people = people
        self._rosters = rosters
        self._first_code = first_code

    async def meet(self, turn: Turn) -> None:
        """Answer somebody unknown.

        Raises:
            Stranger: a press of theirs; it is refused and recorded like any other.
        """
        message = turn.inbound
        if not isinstance(message, IncomingMessage):
            raise Stranger
        admins = [person for person in await turn.uow.users.all() if person.is_admin]
        if not admins and self._knows_the_code(message):
            person = await self._take_in(turn, Role.ADMIN)
            await turn.say(turn.reader.say('Welcome, {name}: you are the first admin. Say "help".', name=person.name))
            return
        # With nobody to ask they stay unknown: the code, sent next, still makes them the first admin.
        if not admins:
            await turn.say(turn.reader.error(Stranger()))
            return
        person = await self._take_in(turn, Role.USER)
        await turn.uow.users.update(person.evolve(is_active=False))
        linked = (await self._rosters.load(turn.uow)).linked
        asked = [admin for admin in admins if admin.id in linked]
        for admin in asked:
            await ask_admin(turn.uow, person, turn.inbound.sender, admin, turn.reader.to(admin))
        if asked:
            await turn.say(
                turn.reader.say("I do not know you yet. I asked the admins to let you in, and tell you when they have.")
            )
        else:
            await turn.say(
                turn.reader.say("I do not know you yet, and no admin is here. Ask whoever runs me to let you in.")
            )

    def _knows_the_code(self, message: IncomingMessage) -> bool:
        """Whether the one-time code was sent, and sent in private."""
        if self._first_code is None or not message.conversation.private:
            return False
        return hmac.compare_digest(message.text.strip().upper().encode(), self._first_code.encode())

    async def _take_in(self, turn: Turn, role: Role) -> User:
        sender = turn.inbound.sender
        wanted = without_hidden(sender.display_name)[:LONGEST_NAME].strip() or sender.external_id
        taken = await turn.uow.users.by_name(wanted) is not None
        name = f"{wanted} {account_mark(sender)}" if taken else wanted
        person = await self._people.add(turn.uow, name=name, role=role, language=sender.language)
        await self._people.link(
            turn.uow,
            person,
            channel=sender.channel,
            workspace_id=sender.workspace_id,
            external_id=sender.external_id,
            in_private=turn.inbound.conversation.private,
        )
        return person


def check_open(person: User) -> None:
    """See that a button about the admission of ``person`` still counts.

    Raises:
        AdmissionOver: they have been let in before, and shut out after that.
    """
    if person.admitted_at is not None and not person.is_active:
        raise AdmissionOver(name=person.name)
