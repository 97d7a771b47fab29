"""Admissions: the cards by which admins are asked to let somebody in, and how these end."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from core.domain.actions import ActivateUser
from core.domain.base import new_id
from core.domain.cards import Button, ButtonStyle, Card, PressAction
from core.domain.messages import Standing
from core.domain.notices import Notice, NoticeKind
from core.services.reader import Reader, name_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.messages import Actor
    from core.domain.users import User
    from core.errors import Words
    from core.ports import Translator, UnitOfWork

# Characters of a name; a platform may allow more than anybody reads.
LONGEST_NAME = 80


def account_mark(account: Actor) -> str:
    """Return what tells an account from others whose owners chose the same name."""
    return f"({account.channel} {account.external_id})"


async def ask_admin(uow: UnitOfWork, person: User, account: Actor, admin: User, reader: Reader) -> None:
    """Ask ``admin`` to let the owner of ``account`` in, who is ``person`` from then on."""
    await _tell(uow, admin, _key(person, admin), _request_card(person, account, reader), reader.now)


async def settle_admission(uow: UnitOfWork, person: User, how: Words, translator: Translator, now: datetime) -> None:
    """Take the button off every admin's card about ``person``, which says ``how`` it was settled instead."""
    for admin in await uow.users.all():
        asked = await uow.notices.by_dedupe_key(_key(person, admin)) if admin.is_admin else None
        if asked is None:
            continue
        line = Reader(translator, admin, now).say(how.msgid, **how.params)
        card = Card.model_validate(asked.payload["card"]).evolve(lines=(line,), buttons=())
        if asked.conversation is None or asked.message_id is None:  # not posted yet
            await uow.notices.update(asked.evolve(payload={"card": card.model_dump(mode="json")}))
        else:
            await _tell(uow, admin, f"{asked.dedupe_key}:{new_id(now)}", card, now, instead_of=asked)


def _key(person: User, admin: User) -> str:
    return f"admission:{person.id}:{admin.id}"


async def _tell(
    uow: UnitOfWork, admin: User, key: str, card: Card, now: datetime, *, instead_of: Notice | None = None
) -> None:
    payload = {"card": card.model_dump(mode="json")}
    notice = Notice(
        id=new_id(now),
        dedupe_key=key,
        kind=NoticeKind.REPLY,
        user_id=admin.id,
        conversation=instead_of.conversation if instead_of else None,
        payload=payload | {"edits": instead_of.message_id} if instead_of else payload,
        next_attempt_at=now,
        created_at=now,
    )
    await uow.notices.add(notice)


def _request_card(person: User, account: Actor, reader: Reader) -> Card:
    """Return what an admin reads about somebody who wants to be let in."""
    notes = {
        Standing.GUEST: reader.say("A guest in your workspace."),
        Standing.OUTSIDER: reader.say("From another workspace."),
    }
    # Quoted as a shell wants it: who asks chose the name.
    command = reader.say("On the host: skillwarden users activate {name}", name=shlex.quote(person.name))
    chosen = person.name.removesuffix(account_mark(account)).strip()
    return Card(
        title=reader.say(
            "{name} ({channel} {account}) asks to be let in.",
            name=name_of(chosen, LONGEST_NAME, ',;"()'),
            channel=account.channel,
            account=account.external_id,
        ),
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
