"""Approval cards beside the plain way: the golden files are what people see, in the console and on Slack."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer as ConsoleRenderer
from bot.channels.slack.forms import FormRequest, form_view
from bot.channels.slack.render import CardRenderer as SlackRenderer
from bot.locale.translator import Catalogues
from core.domain.cards import Card
from core.domain.executions import WaitingFor
from core.domain.forms import MOST_OPTIONS, ChoicesField, Form, TextField
from core.domain.messages import ConversationRef
from core.domain.notices import NoticeKind
from core.services.presenter import card_for
from core.services.reader import Reader
from tests.approval_stories import STORIES, cards
from tests.clock import START
from tests.platforms.slack.blocks import check_blocks, check_view
from tests.plugins.golden import Golden
from tests.report_world import BOB
from tests.request_stories import TWO_SKILLS, asking
from tests.request_views import request, skill, subject, target, view

CATALOGUES = Catalogues()
READER = Reader(CATALOGUES, None, START + timedelta(minutes=20))
CARDS = cards(READER)
#: More lines than this and a phone has to scroll.
SCREEN = 16


def pressable(card: Card) -> Card:
    """Return ``card`` as it is posted: each button has its token."""
    return card.evolve(buttons=tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons)))


def in_console(card: Card) -> str:
    """Return ``card`` as the console shows it."""
    return "".join(f"{line}\n" for line in ConsoleRenderer(CATALOGUES, "en").whole(pressable(card)))


def change_form(card: Card) -> Form:
    """Return the form behind "Approve with changes..."."""
    form = next(button.form for button in card.buttons if button.label.startswith("Approve with"))
    assert form is not None
    return form


def words_of(card: Card) -> str:
    """Return every text on ``card`` but what its buttons stand for."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return [text for item in items for text in texts(item)]

    return "\n".join(texts(card.evolve(buttons=()).model_dump(mode="json")))


@pytest.mark.parametrize("name", CARDS)
def test_every_card_reads_as_agreed(name: str, golden: Golden) -> None:
    """Its lines in the console, and its blocks on Slack, are the golden files."""
    golden.check(f"approvals/{name}.txt", in_console(CARDS[name]))
    message = SlackRenderer(CATALOGUES, "en").message(pressable(CARDS[name]))
    blocks: list[Any] = message.blocks
    assert check_blocks(blocks, "message") == []
    shown = json.dumps({"text": message.text, "blocks": blocks}, indent=1, ensure_ascii=False)
    golden.check(f"approvals/{name}.json", f"{shown}\n")


@pytest.mark.parametrize("name", ["two_places", "two_skills"])
def test_the_form_that_changes_a_request_reads_as_agreed(name: str, golden: Golden) -> None:
    """What to keep, all of it ticked, and another ref with what that means: Slack's modal is the golden file."""
    form = change_form(CARDS[name])
    where = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1")
    asked = FormRequest(
        trigger_id="1",
        token="x" * 32,
        title="Approve with changes...",
        form=form,
        about=CARDS[name].title,
        conversation=where,
    )
    modal = form_view(asked, CATALOGUES)
    assert check_view(modal, "modal") == []
    shown = {part: value for part, value in modal.items() if part != "private_metadata"}  # what nobody sees
    golden.check(f"approvals/form_{name}.json", f"{json.dumps(shown, indent=1, ensure_ascii=False)}\n")


def test_a_form_asks_only_what_can_be_answered() -> None:
    """Nothing to tick where there is one thing, or more than a form takes; another ref can always be named."""
    alone = change_form(CARDS["reminder"])
    assert [type(field) for field in alone.fields] == [TextField]
    both = change_form(CARDS["two_skills"])
    assert [type(field) for field in both.fields] == [ChoicesField, ChoicesField, TextField]
    names = [f"skill-{number}" for number in range(MOST_OPTIONS - 1)]
    places = [target(provider, name) for name in names for provider in ("Claude", "Gemini")]
    many = asking(subject([skill(name) for name in names], places))
    form = change_form(card_for(NoticeKind.APPROVAL_CARD, many, READER))
    assert [type(field) for field in form.fields] == [TextField]


@pytest.mark.parametrize("name", CARDS)
def test_no_card_shows_what_only_machines_read(name: str) -> None:
    """People have names and moments are in the reader's zone: no ids, no jobs, no ISO moments, nothing empty."""
    words = words_of(CARDS[name])
    assert not re.search(r"\b[urpse]-\w|system:|\d{4}-\d\d-\d\dT|\d:\d\d:\d\d|None|  ", words)
    assert CARDS[name].title
    assert CARDS[name].code == "7F3K"


@pytest.mark.parametrize("name", CARDS)
def test_a_card_fits_a_phone_and_shouts_once(name: str) -> None:
    """It is short, and of one danger it speaks in capitals in one place."""
    assert len(in_console(CARDS[name]).splitlines()) <= SCREEN + 4 * (name == "two_skills")
    shouted = re.findall(r"\b(?:DESTRUCTIVE|WITHOUT WAITING FOR APPROVAL|PRIVILEGED)\b", words_of(CARDS[name]))
    assert len(shouted) == len(set(shouted))


@pytest.mark.parametrize("name", [name for name, (kind, _) in STORIES.items() if kind is NoticeKind.FYI_CARD])
def test_who_is_only_told_has_nothing_to_decide(name: str) -> None:
    """There is no button that would be refused."""
    assert {button.label for button in CARDS[name].buttons} <= {"Details", "Timeline"}


def test_while_it_is_prepared_anew_nobody_decides() -> None:
    """What the card said is no longer asked, and what is asked is not known yet."""
    assert CARDS["prepared_anew"].buttons == ()


def test_what_is_prepared_anew_is_called_by_what_is_left() -> None:
    """While fewer skills are read at another ref, the card does not name one that was dropped, nor its old author."""
    left = subject([skill("docx")], [target("Claude", "docx")])
    story = view(left, marks="rttt", waiting_for=WaitingFor.PLAN, decision=request(TWO_SKILLS, revision=2))
    story = story.evolve(execution=story.execution.evolve(subject=TWO_SKILLS))
    assert card_for(NoticeKind.APPROVAL_CARD, story, READER).title == "Alice asks: install docx on Claude"
    shown = card_for(NoticeKind.REQUEST_CARD, story, READER)
    assert shown.title == "Install docx on Claude"
    assert shown.steps[0].fact == "acme/skills"


def test_a_vote_falls_away_for_a_reason_that_is_true() -> None:
    """Whoever changed what is asked now is named; an older change or a withdrawn vote is not blamed for a rule."""
    lines = {name: CARDS[name].lines[0] for name in CARDS if name.startswith("void_")}
    assert lines == {
        "void_fewer_places": "Bob changed it after you voted: pdf on Gemini.",
        "void_another_ref": "Bob changed it after you voted: pdf on Claude @ v1.1.",
        "void_another_rule": "What is asked changed after you voted.",
    }


def test_a_moment_is_the_readers() -> None:
    """Until when somebody is away is told in the zone of who reads it."""
    seoul = cards(Reader(CATALOGUES, BOB, START))  # Bob's zone
    assert "2026-11-27 03:00" in words_of(seoul["delegation_approval"])
    assert "2026-11-26 18:00" in words_of(CARDS["delegation_approval"])
