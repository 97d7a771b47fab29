"""What somebody sees who presses Start on Telegram: the golden files are what they read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.telegram.render import CardRenderer
from bot.locale.translator import Catalogues
from bot.telegram_sink import TelegramSink
from core.domain.actions import Approve, Install
from core.domain.cards import Card
from core.domain.messages import Actor, ConversationRef, IncomingMessage
from core.domain.policy import DEFAULT_POLICY
from tests.desk import Desk, desk_at
from tests.plugins.golden import Golden
from tests.storage_factory import make_identity
from tests.unit.test_approval_cards import pressable
from tests.unit.test_telegram_render import BOT, assert_sound

CATALOGUES = Catalogues()
PRIVATE = ConversationRef(channel="telegram", conversation_id="5", private=True)
_CODE = re.compile(r"#[0-9A-Z]{4,8}\b")


async def start(desk: Desk, name: str, language: str) -> list[Card]:
    """Have the person called ``name`` press Start; return the cards that they are sent."""
    async with desk.database.begin() as uow:
        person = await uow.users.by_name(name)
        assert person is not None
        await uow.users.update(person.evolve(language=language))
        await uow.users.add_identity(make_identity(person, channel="telegram", external_id="5"))
        await uow.commit()
    sink = TelegramSink(desk.program, desk.database, CATALOGUES, desk.clock)
    pressed = IncomingMessage(
        dedupe_key="update:1",
        received_at=desk.clock.now(),
        sender=Actor(channel="telegram", external_id="5"),
        conversation=PRIVATE,
        text="start",
    )
    await sink.started(pressed)
    cards: list[Card] = []
    async with desk.database.read() as uow:
        while notice := await uow.notices.by_dedupe_key(f"home:update:1:{len(cards)}"):
            cards.append(Card.model_validate(notice.payload["card"]))
    return cards


def shown(cards: list[Card], language: str) -> str:
    """Return what is read of ``cards``; codes, which are made anew each time, by their order."""
    renderer = CardRenderer(CATALOGUES, language, username=BOT)
    messages = []
    for card in cards:
        rendered = renderer.message(pressable(card))
        assert_sound(rendered)
        rows = (" ".join(f"[{button['text']}]" for button in row) for row in rendered.keyboard)
        messages.append("".join(f"{line}\n" for line in (rendered.plain, *rows)))
    text, codes = "\n".join(messages), dict[str, str]()
    return _CODE.sub(lambda found: codes.setdefault(found[0], f"#000{len(codes) + 1}"), text)


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_start_shows_what_waits_what_was_asked_and_what_is_there(
    tmp_path: Path, language: str, golden: Golden
) -> None:
    """A greeting, then three cards: pressing it again is asking again, and nothing is put on the record."""
    async with desk_at(tmp_path, DEFAULT_POLICY) as desk:
        for skill in ("pdf", "docx"):
            await desk.say("alice", Install(skills=(skill,), providers=("Claude",)))
            await desk.work()
        await desk.say("bob", Approve(request=(await newest(desk))))
        await desk.work()
        cards = await start(desk, "Bob", language)
    golden.check(f"telegram/start_{language}.txt", shown(cards, language))


async def test_start_of_who_has_asked_for_nothing(tmp_path: Path, golden: Golden) -> None:
    """Each card says so, and what to do."""
    async with desk_at(tmp_path, DEFAULT_POLICY) as desk:
        cards = await start(desk, "Erin", "en")
    golden.check("telegram/start_first.txt", shown(cards, "en"))


async def newest(desk: Desk) -> str:
    """Return the code of the request that was made last."""
    async with desk.database.read() as uow:
        (found,) = await uow.executions.recent(limit=1)
    return found.code
