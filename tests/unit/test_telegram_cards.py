"""Cards on Telegram in every state, and the questions of forms: the golden files are what people see on a phone."""

from __future__ import annotations

import pytest

from bot.channels.telegram.forms import question
from bot.channels.telegram.render import CardRenderer, Keyboard
from bot.locale.translator import Catalogues
from core.domain.cards import Asking, Card
from core.domain.forms import TextField
from core.domain.messages import Actor
from tests.platforms.telegram.entities import parse_html
from tests.plugins.golden import Golden
from tests.request_stories import STORIES
from tests.unit import test_approval_cards as approvals
from tests.unit import test_presenter as requests
from tests.unit.test_telegram_render import BOT, assert_sound

CATALOGUES = Catalogues()
RENDERER = CardRenderer(CATALOGUES, "en", username=BOT)
BOB = Actor(channel="telegram", external_id="5", display_name="Bob")


def on_a_phone(card: Card) -> str:
    """Return what is read of ``card`` in private, its buttons in rows."""
    rendered = RENDERER.message(approvals.pressable(card))
    assert_sound(rendered)
    return _shown(rendered.plain, rendered.keyboard)


def _shown(text: str, keyboard: Keyboard) -> str:
    rows = (" ".join(f"[{button['text']}]" for button in row) for row in keyboard)
    return "".join(f"{line}\n" for line in (text, *rows))


@pytest.mark.parametrize("name", STORIES)
def test_every_state_of_a_request_reads_as_agreed(name: str, golden: Golden) -> None:
    """The request's card, the approver's card and the outcome."""
    kinds = [kind for kind in ("request", "approval", "outcome") if f"{name}/{kind}" in requests.CARDS]
    shown = [f"-- {kind}\n{on_a_phone(requests.CARDS[f'{name}/{kind}'])}" for kind in kinds]
    golden.check(f"telegram/states/{name}.txt", "\n".join(shown))


@pytest.mark.parametrize("name", approvals.CARDS)
def test_every_card_of_an_approval_reads_as_agreed(name: str, golden: Golden) -> None:
    """Changes, stand-ins, emergencies and records."""
    golden.check(f"telegram/approvals/{name}.txt", on_a_phone(approvals.CARDS[name]))


@pytest.mark.parametrize("in_group", [False, True], ids=["in private", "in a group"])
@pytest.mark.parametrize("name", ["two_places", "two_skills"])
def test_the_questions_that_change_a_request_read_as_agreed(name: str, *, in_group: bool, golden: Golden) -> None:
    """What to keep, all of it ticked, and another ref with what that means, one after the other."""
    card = approvals.CARDS[name]
    asking = Asking(token="x" * 22, message_id="7", form=approvals.change_form(card), who=BOB)
    shown = []
    for field in asking.form.fields:
        asked = question(f"Approve with changes... - {card.title}", asking, BOT, CATALOGUES, in_group=in_group)
        keyboard = asked.markup.get("inline_keyboard", [])
        assert isinstance(keyboard, list)
        shown.append(_shown(parse_html(asked.html)[0], keyboard))
        answer = "v2" if isinstance(field, TextField) else field.ticked[:1]
        asking = asking.evolve(answers=(*asking.answers, answer))
    golden.check(f"telegram/form_{name}{'_in_a_group' if in_group else ''}.txt", "\n".join(shown))
