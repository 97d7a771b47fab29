"""Strangers: people nobody has let in yet, and the one who becomes the first admin."""

from __future__ import annotations

import hmac
import shlex
from typing import TYPE_CHECKING

from core.domain.actions import ActivateUser
from core.domain.base import new_id
from core.domain.cards import Button, ButtonStyle, Card, PressAction
from core.domain.hidden_text import without_hidden
from core.domain.messages import IncomingMessage, Standing
from core.domain.notices import Notice, NoticeKind
from core.domain.users import Role, User
from core.errors import AdmissionOver, Stranger

if TYPE_CHECKING:
    from core.domain.messages import Actor
    from core.services.people import People
    from core.services.reader import Reader
    from core.services.rosters import Rosters
    from core.services.turn import Turn

# Characters of a name; a platform may allow more than anybody reads.
_LONGEST_NAME = 80


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
            await turn.uow.notices.add(self._request(turn, person, admin))
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
        wanted = without_hidden(sender.display_name)[:_LONGEST_NAME].strip() or sender.external_id
        taken = await turn.uow.users.by_name(wanted) is not None
        name = f"{wanted} ({sender.channel} {sender.external_id})" if taken else wanted
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

    @staticmethod
    def _request(turn: Turn, person: User, admin: User) -> Notice:
        card = request_card(person, turn.inbound.sender, turn.reader.to(admin))
        return Notice(
            id=new_id(turn.now),
            dedupe_key=f"admission:{person.id}:{admin.id}",
            kind=NoticeKind.REPLY,
            user_id=admin.id,
            payload={"card": card.model_dump(mode="json")},
            next_attempt_at=turn.now,
            created_at=turn.now,
        )


def check_open(person: User) -> None:
    """See that a button about the admission of ``person`` still counts.

    Raises:
        AdmissionOver: they have been let in before, and shut out after that.
    """
    if person.admitted_at is not None and not person.is_active:
        raise AdmissionOver(name=person.name)


def request_card(person: User, account: Actor, reader: Reader) -> Card:
    """Return what an admin reads about somebody who wants to be let in."""
    notes = {
        Standing.GUEST: reader.say("A guest in your workspace."),
        Standing.OUTSIDER: reader.say("From another workspace."),
    }
    # Quoted as a shell wants it: who asks chose the name.
    command = reader.say("On the host: skillwarden users activate {name}", name=shlex.quote(person.name))
    return Card(
        title=reader.say("{name} ({channel}) asks to be let in.", name=person.name, channel=account.channel),
        lines=(*((notes[account.standing],) if account.standing else ()), command),
        buttons=(
            Button(
                label=reader.say("Let in"),
                press=PressAction(action=ActivateUser(user=person.name)),
                style=ButtonStyle.PRIMARY,
                typed=f"activate {person.name}",
            ),
        ),
    )
