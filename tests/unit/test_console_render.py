"""Cards on a terminal: the look of cards.md, and nothing that user text can do to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.console.render import WIDTH, CardRenderer, headline, pressable
from bot.channels.console.text import clip, columns, plain, plain_line, wrap
from bot.locale.translator import Catalogues
from core.domain.cards import Card, Fact
from tests import console_cards as cards
from tests.plugins.golden import Golden

RENDERER = CardRenderer(Catalogues(), "en")


@pytest.mark.parametrize("name", sorted(cards.CARDS))
def test_every_card_looks_as_agreed(name: str, golden: Golden) -> None:
    """The whole card, its buttons numbered from 1, is the golden file."""
    lines = RENDERER.whole(cards.CARDS[name])
    golden.check(f"console/{name}.txt", "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("waiting", cards.PLANNING, cards.WAITING),
        ("done", cards.WAITING, cards.DONE),
        ("decided", cards.APPROVAL, cards.DECIDED),
        ("expired", cards.APPROVAL, cards.EXPIRED),
    ],
)
def test_an_edit_shows_what_is_new_and_numbers_nothing(name: str, before: Card, after: Card, golden: Golden) -> None:
    """New and changed lines stand under a header; buttons come with what can be typed instead of a number."""
    lines = RENDERER.changes(before, after)
    assert not any("[1]" in line for line in lines)
    golden.check(f"console/edit_{name}.txt", "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("card", cards.CARDS.values(), ids=cards.CARDS)
def test_an_edit_without_a_change_shows_nothing(card: Card) -> None:
    """The same card again is no news."""
    assert RENDERER.changes(card, card) == []


def test_alignment_is_no_change() -> None:
    """A longer name moves the other facts aside; only the new fact is news."""
    before = Card(title="t", code="A", facts=(Fact(name="a", value="1"),))
    after = before.evolve(facts=(*before.facts, Fact(name="a longer name", value="2")))
    assert RENDERER.changes(before, after) == ["#A (updated)", "  a longer name   2"]


def test_a_line_that_comes_twice_is_new_when_it_comes_a_third_time() -> None:
    """Lines are counted, not only looked up."""
    before = Card(title="t", lines=("tick", "tick"))
    assert RENDERER.changes(before, before.evolve(lines=("tick",) * 3)) == ["t (updated)", "  tick"]


def test_an_oversized_card_is_shortened() -> None:
    """Title, code and every button stay; what is left out is counted; no line is wider than the terminal."""
    lines = RENDERER.whole(cards.OVERSIZED)
    assert len(lines) < 250
    assert lines[0].endswith("#7F3K")
    assert max(map(columns, lines)) <= WIDTH
    assert any("more lines" in line for line in lines)
    text = "\n".join(lines)
    assert all(f"[{number}] {number} label" in text for number in range(1, len(cards.OVERSIZED.buttons) + 1))


def test_a_button_without_a_token_has_no_number() -> None:
    """Numbers are for what can be pressed, so that the printed number is the number to press."""
    card = Card(title="t", buttons=(cards.CANCEL.evolve(token=None), cards.TIMELINE))
    assert pressable(card) == (cards.TIMELINE,)
    assert RENDERER.whole(card) == ["t", "[1] Timeline"]


def test_user_text_cannot_draw_a_button_or_a_fact() -> None:
    """Text from outside never begins a line where titles, buttons and names of facts begin."""
    lines = RENDERER.whole(cards.HOSTILE)
    flush = [line for line in lines if line and not line.startswith("  ")]
    assert len(flush) == 2
    assert flush[1].startswith("[1] harmless")
    assert not any(line.startswith("  commit") for line in lines)


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_no_text_can_steer_the_terminal(text: str) -> None:
    """Whatever the text is, no control or format character but the two joiners comes out, and it can be encoded."""
    shown = plain(text)
    shown.encode()
    assert not any(character in shown for character in "\x00\x07\x08\x1b\x7f\x85\x9b\u202e\u2066\u200b\ufeff\r\t")
    assert "\n" not in plain_line(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("before\x1b]0;never closed", "before]0;never closed"),
        ("abc\u202edef", "abc<U+202E>def"),
        ("\u2066isolated\u2069", "<U+2066>isolated<U+2069>"),
        ("pay\u200dpal", "pay<U+200D>pal"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("\U000e0041", "<U+E0041>"),
        ("a\tb\r\nc\u2028d", "a   b\nc\nd"),
        ("half \ud83d", "half \ufffd"),
        ("클로드", "클로드"),
    ],
)
def test_what_is_invisible_is_shown_or_removed(text: str, shown: str) -> None:
    """Escapes go, tricks become visible, and the scripts people write in stay as they are."""
    assert plain(text) == shown


def test_korean_takes_two_columns() -> None:
    """Wrapping and clipping count columns, not characters."""
    assert columns("클로드") == 6
    assert all(columns(line) <= 20 for line in wrap("클로드 " * 30, 20, first="> ", rest="  "))
    assert clip("클로드에 설치", 9) == "클로드..."


def test_the_headline_is_one_line() -> None:
    """Title and code stand together where there is room for one line only."""
    assert headline(cards.APPROVAL) == "Alice asks: install pdf on Claude #7F3K"
    assert headline(cards.REFUSAL) == cards.REFUSAL.title
