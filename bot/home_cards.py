"""What somebody sees who opens the bot: what waits for them, what they asked for, and what is installed where."""

from __future__ import annotations

from core.domain.actions import History, Pending, Status
from core.domain.cards import Card
from core.domain.messages import IncomingMessage
from core.domain.users import User
from core.ports import Clock, Translator, UnitOfWork
from core.services.reader import Reader
from core.services.reports import Reports
from core.services.turn import Turn


async def home_cards(
    uow: UnitOfWork, reports: Reports, looking: IncomingMessage, person: User, *, translator: Translator, clock: Clock
) -> list[Card]:
    """Return the cards for ``person``, who is looking, without leaving a trace on the record."""
    now = clock.now()
    reader = Reader(translator, person, now)
    turn = Turn(uow=uow, inbound=looking, user=person, reader=reader, now=now)
    answers = [await reports.answer(turn, question) for question in (Pending(), History(user="me"), Status())]
    return [answer.evolve(language=reader.language) for answer in answers]
