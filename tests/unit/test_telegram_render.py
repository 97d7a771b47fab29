"""Cards on Telegram: the look of cards.md, every limit of a message, and nothing that user text can do to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.filling import Filling
from bot.channels.telegram.forms import question, read_carried
from bot.channels.telegram.render import CardRenderer, Rendered
from bot.channels.telegram.text import clip, html_of, inert, text_of
from bot.channels.text import utf_16
from bot.locale.translator import Catalogues
from core.domain.cards import Asking, Button, Card, Fact, Mark, PressDetails, Section, Step, Table
from core.domain.forms import Form, TextField
from core.domain.messages import Actor
from tests import console_cards as cards
from tests.platforms.telegram.entities import parse_html, with_automatic
from tests.plugins.golden import Golden
from tests.unit.test_slack_render import FORMS, TEXTS

BOT = "skillwarden_bot"
RENDERER = CardRenderer(Catalogues(), "en", username=BOT)
EVIL = (
    "a & b <b>bold</b> /approve@skillwarden_bot /reject (/approve) @alice https://evil.example t.me/evil x@y.io "
    '"q" \u202etxt.exe'
)
HOSTILE = {
    "hostile": cards.HOSTILE,
    "oversized": cards.OVERSIZED,
    "markup": Card(title=EVIL, code="7F3K", lines=(EVIL,), facts=(Fact(name=EVIL, value=EVIL),)),
    "40 targets": Card(
        title="Install pdf on 40 providers",
        code="7F3K",
        steps=tuple(Step(mark=Mark.TODO, label=f"install pdf on Claude {n}", fact="4be91c2 <&>") for n in range(40)),
        buttons=tuple(cards.TIMELINE.evolve(label="<&>" * 30, token=f"{n:032}") for n in range(40)),
    ),
    "many links": Card(title="t", lines=tuple(f"/approve{n} @alice{n}" for n in range(60))),
}
EVERY = {**cards.CARDS, **HOSTILE, "invitation": cards.APPROVAL.evolve(invited=("Bob", "Carol"))}
# What Telegram makes of a text by itself and somebody could tap on in another's name.
TAPPED = {"bot_command", "mention", "url", "email", "text_link", "text_mention"}


def assert_sound(rendered: Rendered) -> list[dict[str, Any]]:
    """Check every limit of Telegram's; return what it would make of the text, its own links and commands included."""
    text, entities = parse_html(rendered.html)
    assert text == rendered.plain
    assert 0 < utf_16(text) <= 4_096
    assert len(entities) <= 100
    for row in rendered.keyboard:
        assert 0 < len(row) <= 8
        assert all(button["text"] and len(button.get("callback_data", "x").encode()) <= 64 for button in row)
    assert sum(map(len, rendered.keyboard)) <= 100
    found: list[dict[str, Any]] = with_automatic(text, entities)
    return found


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_card_looks_as_agreed(name: str, golden: Golden) -> None:
    """Text and buttons are the golden file, and Telegram takes them."""
    rendered = RENDERER.message(EVERY[name], in_group=True)
    assert_sound(rendered)
    shown = json.dumps({"text": rendered.html.split("\n"), "keyboard": rendered.keyboard}, indent=1, ensure_ascii=False)
    golden.check(f"telegram/{name.replace(' ', '_')}.json", f"{shown}\n")


PENDING = Card(
    title="Waiting for a decision",
    lines=('Say "approve CODE" or "reject CODE because ...".',),
    table=Table(
        header=("code", "who", "what", "waits for", "expires"),
        rows=(
            ("#9QXW", "Alice", "Install pdf on Claude", "you", "16:28 KST (in 28 min)"),
            ("#7F3K", "Minsu", "Install pdf, docx on Claude, Gemini, OpenAI", "Bob, Carol", "03:55 UTC (in 56 min)"),
            ("#A3C4", "Carol", "Edit pdf", "", "2026-11-30 09:00 UTC (in 23 h)"),
        ),
    ),
)


def test_a_table_too_wide_for_a_phone_is_read_entry_by_entry(golden: Golden) -> None:
    """What waits for a decision is read in a few short lines each, of which no place and no deadline is cut."""
    rendered = RENDERER.message(PENDING)
    assert_sound(rendered)
    assert PENDING.table is not None
    assert all(cell in rendered.plain for row in PENDING.table.rows for cell in row)
    golden.check("telegram/pending.html", f"{rendered.html}\n")


@given(
    st.builds(
        Card,
        title=TEXTS.map(lambda text: text * 9),
        code=st.none() | TEXTS,
        lines=st.lists(TEXTS, max_size=9).map(tuple),
        facts=st.lists(st.builds(Fact, name=TEXTS, value=TEXTS.map(lambda text: text * 30)), max_size=5).map(tuple),
        table=st.none() | st.builds(Table, header=st.just(("a",)), rows=st.lists(st.tuples(TEXTS, TEXTS)).map(tuple)),
        steps=st.lists(st.builds(Step, mark=st.sampled_from(Mark), label=TEXTS, fact=TEXTS), max_size=5).map(tuple),
        sections=st.lists(st.builds(Section, title=TEXTS, text=TEXTS), max_size=7).map(tuple),
        buttons=st.lists(
            st.builds(Button, label=TEXTS, press=st.just(PressDetails()), form=st.none() | FORMS, token=st.just("t")),
            max_size=45,
        ).map(tuple),
        invited=st.lists(TEXTS, max_size=3).map(tuple),
    )
)
def test_no_card_breaks_a_limit(card: Card) -> None:
    """Whatever the strings are, the HTML is valid, what it says is within all limits, and nothing can be tapped on."""
    entities = assert_sound(RENDERER.message(card, in_group=True))
    assert not {entity["type"] for entity in entities} & TAPPED


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_user_text_can_neither_be_tapped_on_nor_mark_anything(name: str) -> None:
    """A command in a description is not a button in disguise; no control or bidirectional character is left."""
    rendered = RENDERER.message(HOSTILE[name])
    assert not {entity["type"] for entity in assert_sound(rendered)} & TAPPED
    assert not any(character in rendered.html for character in "\x00\x07\x1b\x7f\x9b\u202e\u200b\u2066\u2028\ufeff\t\r")


def test_who_has_to_press_start_is_invited_in_groups_alone() -> None:
    """In a group the card names them and has a link to the private chat; in private it would be nonsense."""
    card = cards.APPROVAL.evolve(invited=("Bob",))
    in_group, alone = RENDERER.message(card, in_group=True), RENDERER.message(card)
    assert "I cannot write to Bob in private yet" in in_group.plain
    assert in_group.keyboard[-1] == [{"text": "Start", "url": f"https://t.me/{BOT}?start=hello"}]
    assert alone == RENDERER.message(cards.APPROVAL)


@given(FORMS, TEXTS, st.booleans())
def test_every_question_of_a_form_is_a_message_that_brings_back_what_was_answered(
    form: Form, heading: str, in_group: bool
) -> None:
    """Whatever the labels are, each question fits, and a reply to it leads to the same place in the form."""
    filling, who = Filling("t" * 22, form), Actor(channel="telegram", external_id="5", display_name=heading)
    while not filling.is_complete:
        asking = Asking(token="t" * 22, message_id="7", form=form, answers=filling.answers, who=who)
        asked = question(heading, asking, BOT, Catalogues(), in_group=in_group)
        text, entities = parse_html(asked.html)
        assert 0 < utf_16(text) <= 4_096
        read = read_carried({"text": text, "entities": entities}, BOT)
        assert read is not None
        assert (read.token, read.message_id) == (asking.token, "7")
        assert read.filling(form).answers == filling.answers
        answer = "said so" if isinstance(filling.field, TextField) else tuple(range(len(filling.field.options)))[::2]
        filling = filling.answered(answer)


@given(TEXTS, st.integers(min_value=1, max_value=500))
def test_clipped_text_fits(text: str, room: int) -> None:
    """Clipping counts as Telegram does."""
    assert utf_16(clip(text, room)) <= room


@given(TEXTS)
def test_inert_text_says_the_same(text: str) -> None:
    """Making text inert changes no letter of it."""
    runs = list(inert(text, "b"))
    assert text_of(runs) == text
    assert html_of(runs).count("<") == 2 * sum(run.tag != "" for run in runs)
