"""Preferences: how one person wants to be spoken to."""

from __future__ import annotations

import asyncio
from datetime import UTC
from typing import TYPE_CHECKING

from core.domain.actions import SetLanguage, SetTimezone
from core.errors import UnknownTimeZone
from core.services.reader import Reader

if TYPE_CHECKING:
    from core.ports import Translator
    from core.services.turn import Turn


async def prefer(turn: Turn, action: SetLanguage | SetTimezone, translator: Translator) -> None:
    """Do from now on as ``action`` wants it, for who says it, and answer so.

    Raises:
        UnknownTimeZone: there is none of that name.
    """
    if isinstance(action, SetLanguage):
        person = turn.user.evolve(language=action.language)
    else:
        person = turn.user.evolve(timezone=await _known(action.timezone, translator))
    await turn.uow.users.update(person)
    turn.reader = reader = Reader(translator, person, turn.now)
    if isinstance(action, SetLanguage):
        await turn.say(reader.say("From now on I speak English to you."))
    else:
        zone, now = person.timezone, reader.moment(turn.now)
        await turn.say(reader.say("Times are in {zone} from now on; it is {now} there.", zone=zone, now=now))


async def _known(name: str, translator: Translator) -> str:
    # Whatever somebody calls a zone is looked for on the disk.
    if await asyncio.to_thread(translator.zone, name) is UTC and name != "UTC":
        raise UnknownTimeZone(name=name)
    return name
