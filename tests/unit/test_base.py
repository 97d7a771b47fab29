"""What every domain type shares: ids in the order they were made, codes for people, one JSON for one value."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.domain.base import CODE_ALPHABET, Domain, canonical_json, iso, new_code, new_id, sha256_hex
from core.domain.targets import Provider, ProviderKind
from tests.clock import START

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone above
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Sample(Domain):
    name: str
    count: int = 1


@given(MOMENTS)
@settings(deadline=None)
def test_an_id_is_a_uuid_of_version_7_that_begins_with_its_moment(moment: datetime) -> None:
    """RFC 9562: 48 bits of milliseconds, version 7, variant 10; written as 36 characters in lower case."""
    text = new_id(moment)
    parsed = uuid.UUID(text)
    assert str(parsed) == text
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert abs((parsed.int >> 80) - milliseconds) <= 1


@given(MOMENTS, st.timedeltas(timedelta(milliseconds=2), timedelta(days=1000)))
@settings(deadline=None)
def test_a_later_id_sorts_behind_an_earlier_one(moment: datetime, later: timedelta) -> None:
    """Lists ordered by id are ordered by time, whatever the order in which the ids were made."""
    second, first = new_id(moment + later), new_id(moment)
    assert first < second


def test_ids_of_one_moment_sort_as_they_were_made() -> None:
    """One transaction writes many rows at one moment: their ids are all different and keep the order."""
    made = [new_id(START) for _ in range(40_000)]  # beyond the 14 bits of the lower counter
    assert made == sorted(set(made))


@pytest.mark.parametrize("length", [4, 5, 8])
def test_a_code_has_only_characters_that_cannot_be_mistaken(length: int) -> None:
    """Codes are upper-case letters and digits, as long as asked for, and never the same look-alike twice."""
    codes = {new_code(length) for _ in range(200)}
    assert all(len(code) == length and set(code) <= set(CODE_ALPHABET) for code in codes)
    assert len(codes) > 100


def test_a_code_is_no_word_and_no_number() -> None:
    """A code has a letter and a digit: "reject THEY because no" could not be told from a sentence about them."""
    codes = [new_code() for _ in range(5_000)]
    assert not [code for code in codes if code.isalpha() or code.isdigit()]


def test_the_alphabet_has_no_look_alikes() -> None:
    """Of each pair that people confuse - 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V - neither is used."""
    assert not set(CODE_ALPHABET) & set("0O1IL2Z5S8BUV")
    assert CODE_ALPHABET.isupper()
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET)
    assert CODE_ALPHABET.isalnum()


@given(JSON)
@settings(deadline=None)
def test_canonical_json_means_the_same(value: object) -> None:
    """Whatever is written canonically reads as the same value."""
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(), JSON, max_size=6), st.randoms())
@settings(deadline=None)
def test_canonical_json_does_not_know_the_order_of_keys(value: dict[str, object], random: Random) -> None:
    """Two dictionaries that are equal have the same bytes, in whatever order they were filled."""
    items = list(value.items())
    random.shuffle(items)
    assert canonical_json(dict(items)) == canonical_json(value)


def test_canonical_json_is_compact_and_unescaped() -> None:
    """No spaces, sorted keys, UTF-8: what another program has to write to get the same hash."""
    assert canonical_json({"b": [1, None, True], "a": "클로드"}) == '{"a":"클로드","b":[1,null,true]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_canonical_json_refuses_what_json_cannot_say(value: float) -> None:
    """A figure that no other reader of JSON would accept is an error here, not there."""
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"figure": value})


def test_sha256_is_written_in_lower_case_hexadecimal() -> None:
    """The digest of nothing is the well-known one."""
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_iso_text_has_one_width_and_one_zone() -> None:
    """The same moment in any zone is the same text, with microseconds even where there are none."""
    seoul = timezone(timedelta(hours=9))
    assert iso(START) == "2026-11-21T06:30:00.000000Z"
    assert iso(START.astimezone(seoul)) == iso(START)


@given(st.lists(MOMENTS.filter(lambda moment: moment.year >= 1000), max_size=8))
@settings(deadline=None)
def test_iso_text_sorts_as_time_does(moments: list[datetime]) -> None:
    """Text of fixed width: a database that compares text compares time."""
    assert sorted(map(iso, moments)) == [iso(moment) for moment in sorted(moments)]


def test_a_domain_value_is_frozen() -> None:
    """What was read stays as it was read."""
    with pytest.raises(ValidationError, match="frozen"):
        Sample(name="a").name = "b"  # type: ignore[misc]  # the point


def test_a_domain_value_has_no_unknown_fields() -> None:
    """A misspelt field is an error, in the constructor and in stored data."""
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Sample.model_validate({"name": "a", "cuont": 2})


def test_evolving_leaves_the_original_and_validates_the_copy() -> None:
    """A copy with changes is a new value that was checked like any other."""
    first = Sample(name="a")
    second = first.evolve(count=2)
    assert (first.count, second.name, second.count) == (1, "a", 2)
    with pytest.raises(ValidationError, match="count"):
        first.evolve(count="many")
    with pytest.raises(ValidationError, match="extra_forbidden"):
        first.evolve(cuont=2)


def test_moments_know_their_zone() -> None:
    """A moment without a zone is refused wherever a domain type holds one."""
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValidationError, match="timezone"):
        Provider(
            id="p", owner_id="u", name=ProviderKind.CLAUDE, display_name="Claude", created_at=naive, updated_at=START
        )
