"""Rates: who asks too much is told once, and nothing of it is done; whoever waits is let through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.messages import Inbound
from core.errors import TooBusy
from core.services.rates import Rates
from tests.clock import START
from tests.storage_factory import make_conversation, make_message


def said(number: int, *, after: float = 0, who: str = "alice", chat: str = "C1") -> Inbound:
    """Return the message with this number, so many seconds after the start."""
    message = make_message(dedupe_key=f"m:{number}", received_at=START + timedelta(seconds=after))
    return message.evolve(
        sender=message.sender.evolve(external_id=who), conversation=make_conversation(conversation_id=chat)
    )


def test_a_person_has_so_much_a_minute() -> None:
    """One more is turned away, in whichever chat, and told when to come again; others are not concerned."""
    busy: list[Inbound] = []
    rates = Rates(per_person=3, per_chat=100, on_busy=busy.append)
    for number in range(3):
        rates.check(said(number, after=number, chat=f"C{number}"))
    with pytest.raises(TooBusy, match=r"3 times.*in 50 seconds") as caught:
        rates.check(said(3, after=10))
    assert caught.value.is_first
    rates.check(said(4, after=10, who="bob"))
    assert len(busy) == 1


def test_a_chat_has_so_much_a_minute() -> None:
    """Whoever speaks there."""
    rates = Rates(per_person=100, per_chat=3)
    for number in range(3):
        rates.check(said(number, who=f"person-{number}"))
    with pytest.raises(TooBusy):
        rates.check(said(3, who="another"))
    rates.check(said(4, who="another", chat="C2"))


def test_who_waits_is_let_through() -> None:
    """What was turned away does not count, and the window moves on."""
    rates = Rates(per_person=2, per_chat=100)
    rates.check(said(0))
    rates.check(said(1, after=30))
    for number in range(2, 20):
        with pytest.raises(TooBusy):
            rates.check(said(number, after=59))
    rates.check(said(20, after=60))
    with pytest.raises(TooBusy):
        rates.check(said(21, after=61))


def test_only_the_first_of_a_flood_is_told() -> None:
    """A hundred answers would be a flood of our own; after the wait the next one is told again."""
    rates = Rates(per_person=1, per_chat=100)
    rates.check(said(0))
    told = []
    for number, after in enumerate((1, 2, 3), 1):
        with pytest.raises(TooBusy) as caught:
            rates.check(said(number, after=after))
        told.append(caught.value.is_first)
    rates.check(said(10, after=60))
    with pytest.raises(TooBusy) as caught:
        rates.check(said(11, after=61))
    assert [*told, caught.value.is_first] == [True, False, False, True]


def test_the_same_delivery_is_counted_once() -> None:
    """Work on it may have to be tried again."""
    rates = Rates(per_person=1, per_chat=1)
    for _ in range(3):
        rates.check(said(0))


def test_who_is_silent_is_forgotten() -> None:
    """Nothing is kept of a thousand people who spoke once."""
    rates = Rates(per_person=1, per_chat=1000)
    for number in range(1000):
        rates.check(said(number, who=f"person-{number}"))
    rates.check(said(1000, after=61))
    assert len(rates._windows) == 2  # noqa: SLF001 - what is kept is the point
