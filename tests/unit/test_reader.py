"""How figures, times and names read to one person: in their zone, short, and never taken for our own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.locale.translator import Catalogues
from core.domain.users import User
from core.errors import AlreadyDecided
from core.services.reader import Reader, author_name, commit_name, name_of, one_line
from tests.clock import START


def reader(zone: str = "UTC", now: datetime = START) -> Reader:
    """Return somebody who lives in ``zone``, at ``now``."""
    person = User(id="u", email="u@test.invalid", name="U", timezone=zone, created_at=START)
    return Reader(Catalogues(), person, now)


READER = reader()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (3659, "1 h"),
        (3660, "1 h 1 min"),
        (2 * 3600 - 1, "1 h 59 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 day"),
        (2 * 86_400 + 86_399, "2 days"),
        (364 * 86_400, "364 days"),
        (365 * 86_400, "1 year"),
        (731 * 86_400, "2 years"),
    ],
)
def test_a_span_is_short_and_rounded_down(seconds: float, text: str) -> None:
    """One unit is enough but for hours, where the minutes decide whether there is time left."""
    assert READER.span(timedelta(seconds=seconds)) == text


@given(st.timedeltas(timedelta(0), timedelta(days=2000)), st.timedeltas(timedelta(0), timedelta(days=2000)))
@settings(deadline=None)
def test_a_longer_span_never_reads_shorter(one: timedelta, other: timedelta) -> None:
    """Rounding down keeps the order."""
    units = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "days": 86_400, "year": 31_536_000, "years": 31_536_000}

    def seconds(text: str) -> int:
        words = text.split()
        return sum(int(figure) * units[unit] for figure, unit in zip(words[::2], words[1::2], strict=True))

    shorter, longer = sorted((one, other))
    assert seconds(READER.span(shorter)) <= seconds(READER.span(longer)) <= longer.total_seconds()


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (41_000, "41 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (3_440_000, "3.4 MB"),
        (10_000_000, "10.0 MB"),
    ],
)
def test_a_size_is_in_the_unit_that_reads_best(count: int, text: str) -> None:
    """Thousands, not powers of two; never "1000 kB"."""
    assert READER.size(count) == text


@pytest.mark.parametrize(
    ("zone", "now", "at", "text"),
    [
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T07:05Z", "07:05"),
        ("UTC", "2026-11-21T23:50Z", "2026-11-22T00:10Z", "2026-11-22 00:10"),
        ("UTC", "2026-11-22T00:10Z", "2026-11-21T23:50Z", "2026-11-21 23:50"),
        ("Asia/Seoul", "2026-11-21T14:59Z", "2026-11-21T14:00Z", "23:00"),
        ("Asia/Seoul", "2026-11-21T14:59Z", "2026-11-21T15:01Z", "2026-11-22 00:01"),
        ("America/New_York", "2026-11-22T04:59Z", "2026-11-21T06:00Z", "01:00"),
        ("Nowhere/At_All", "2026-11-21T06:30Z", "2026-11-21T07:05Z", "07:05"),
        ("Europe", "2026-11-21T06:30Z", "2026-11-21T07:05Z", "07:05"),
        ("x" * 300, "2026-11-21T06:30Z", "2026-11-21T07:05Z", "07:05"),
    ],
)
def test_a_moment_is_in_the_zone_of_its_reader(zone: str, now: str, at: str, text: str) -> None:
    """Today needs no date, and what day it is depends on where one is; an unknown zone is UTC."""
    person = reader(zone, datetime.fromisoformat(now))
    assert person.moment(datetime.fromisoformat(at)) == text
    assert person.clock(datetime.fromisoformat(at)) == f"{text}:00"
    assert person.say("at {when}", when=datetime.fromisoformat(at)) == f"at {text}"


@pytest.mark.parametrize(
    ("zone", "now", "at", "text"),
    [
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T07:30Z", "07:30 UTC (in 1 h)"),
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T07:28:59Z", "07:28 UTC (in 59 min)"),
        ("UTC", "2026-11-21T06:30:01Z", "2026-11-21T07:30Z", "07:30 UTC (in 1 h)"),
        ("UTC", "2026-11-21T06:30:20Z", "2026-11-21T08:30Z", "08:30 UTC (in 2 h)"),
        ("UTC", "2026-11-21T06:30:40Z", "2026-11-21T08:30Z", "08:30 UTC (in 1 h 59 min)"),
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T06:30:50Z", "06:30 UTC (in 50 s)"),
        ("UTC", "2026-11-21T23:30Z", "2026-11-22T00:30Z", "2026-11-22 00:30 UTC (in 1 h)"),
        ("Asia/Seoul", "2026-11-21T14:30Z", "2026-11-21T15:30Z", "2026-11-22 00:30 KST (in 1 h)"),
        # The clocks go back at 01:00 UTC: an hour is an hour, and the zone tells the two half past ones apart.
        ("Europe/Berlin", "2026-10-25T00:30Z", "2026-10-25T01:30Z", "02:30 CET (in 1 h)"),
        ("Europe/Berlin", "2026-10-24T23:30Z", "2026-10-25T00:30Z", "02:30 CEST (in 1 h)"),
        # The clocks go forward at 01:00 UTC: 02:00 to 03:00 does not exist.
        ("Europe/Berlin", "2026-03-29T00:30Z", "2026-03-29T01:30Z", "03:30 CEST (in 1 h)"),
        ("America/New_York", "2026-10-31T12:00Z", "2026-11-01T12:00Z", "2026-11-01 07:00 EST (in 1 day)"),
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T06:30Z", "06:30 UTC (over)"),
        ("UTC", "2026-11-21T06:30Z", "2026-11-21T06:29Z", "06:29 UTC (over)"),
    ],
)
def test_a_deadline_is_absolute_and_relative(zone: str, now: str, at: str, text: str) -> None:
    """Time of day with its zone, and how long that is from now, to the minute, over midnight and clock changes."""
    assert reader(zone, datetime.fromisoformat(now)).deadline(datetime.fromisoformat(at)) == text


def test_what_was_is_told_by_its_age() -> None:
    """A commit is so and so old; one that claims to be from the future shows its date instead."""
    assert READER.ago(START - timedelta(days=2, hours=23)) == "2 days ago"
    assert READER.ago(START) == "0 s ago"
    assert READER.ago(START + timedelta(days=1)) == "dated 2026-11-22 06:30"


def test_what_a_commit_does_not_say_is_not_made_up() -> None:
    """A date and an author that cannot be read are said to be missing."""
    assert READER.ago(datetime.fromtimestamp(0, UTC)) == "undated"
    assert (READER.author(""), READER.author("Mina Park")) == ("author unknown", "Mina Park")


def test_nobody_in_particular_reads_english_in_utc() -> None:
    """A person who is not known yet gets an answer too."""
    stranger = Reader(Catalogues(), None, START)
    assert stranger.deadline(START + timedelta(minutes=5)) == "06:35 UTC (in 5 min)"


def test_an_error_is_said_with_its_moments_in_the_readers_zone() -> None:
    """The sentence of an error is filled for its reader."""
    error = AlreadyDecided(code="7F3K", status="approved", who="Bob", when=datetime(2026, 11, 21, 5, 0, tzinfo=UTC))
    assert reader("Asia/Seoul").error(error) == "#7F3K was already approved by Bob at 14:00. Nothing was changed."


def test_plurals_fit_their_figure() -> None:
    """One is one, and everything else is many."""
    assert [READER.say_many("{n} file", "{n} files", n) for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d"], "a, b, c and 1 more"),
        (["a", "b, and c"], 'a, "b, and c"'),
        (['a"; hidden text: none'], '"a\'; hidden text: none"'),
        (["a\nb\u202e"], "a b<U+202E>"),
        (["x" * 200], "x" * 57 + "..."),
    ],
)
def test_a_list_is_as_short_as_a_phone_needs_it(names: list[str], text: str) -> None:
    """The first three and the number of the rest; a name with punctuation in it cannot pass for more than a name."""
    assert READER.some(names) == text


def test_remarks_keep_their_punctuation() -> None:
    """Findings are sentences with commas; semicolons divide them."""
    assert READER.some_remarks(["a, b", "c", "d", "e"]) == "a, b; c; d and 1 more"


@given(st.text(alphabet=st.characters(codec=None), max_size=120), st.integers(5, 60))
@settings(deadline=None)
def test_text_from_outside_is_one_short_visible_line(text: str, limit: int) -> None:
    """No line break, no character that hides or steers; what is too long is cut."""
    line = one_line(text, limit)
    assert not set(line) & set("\n\r\t\v\f\x00\x1b\x85\u2028\u2029\u200b\u202e\u2066\ufeff")
    assert len(line) <= limit * len("<U+10FFFF>")


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ("Mina Park", "Mina Park"),
        ("박미나", "박미나"),
        ("O'Neill-Smith Jr.", "O'Neill-Smith Jr."),
        ("Mina, signature valid", '"Mina, signature valid"'),
        ("M) signature valid (", '"M) signature valid ("'),
        ('"M"', "\"'M'\""),
    ],
)
def test_an_author_cannot_write_what_we_write(author: str, shown: str) -> None:
    """A name that could end our brackets or go on with our list stands in quotes."""
    assert author_name(author) == shown
    assert name_of("Bash(python:*)") == "Bash(python:*)"


def test_a_commit_is_known_by_its_beginning() -> None:
    """Seven digits, as git shows them."""
    assert commit_name("4be91c2f0a4be91c2f0a4be91c2f0a4be91c2f0a") == "4be91c2"
