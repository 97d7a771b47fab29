"""The message catalogue: everything a person reads is in it, whole, and in Korean that fits what is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.locale.particles import particle
from scripts import message_sources

ROOT = Path(__file__).parent.parent.parent
CATALOGUE = ROOT / "bot/locale/ko/LC_MESSAGES/skillwarden.po"
MEND = 'run "make messages", and translate what is new'

#: A particle that stands after a placeholder as it is: it fits only one half of what can be filled in.
BARE = re.compile(r"\}[\"')]*(?:을|를|은|는|이|가|과|와|으로|로|이라고|라고|이에요|예요)(?=[\s.,)]|$)")


def sources() -> set[str | tuple[str, str]]:
    """Return every message in the code."""
    found: set[str | tuple[str, str]] = set()
    for path in sorted(path for folder in ("bot", "core", "storage") for path in ROOT.glob(f"{folder}/**/*.py")):
        with path.open("rb") as source:
            found.update(message for _, _, message, _ in _extractor(path)(source, (), ()))
    return found


def _extractor(path: Path) -> Callable[..., Iterator[message_sources.Found]]:
    if path.is_relative_to(ROOT / "core/errors"):
        return message_sources.exceptions
    return message_sources.commands if path.match("bot/cli*.py") else message_sources.calls


def korean() -> Catalog:
    """Return the Korean catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ko", domain="skillwarden")


def messages() -> list[Message]:
    """Return its messages."""
    return [message for message in korean() if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return a message's only form, or both."""
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> Iterator[str]:
    """Yield what is filled in; particles are not, they are chosen."""
    for _, name, _, conversion in Formatter().parse(text):
        assert not conversion
        if name is not None and "/" not in name:
            yield name


def test_every_message_is_in_the_catalogue_and_nothing_else() -> None:
    """What a person can read is found in the code; what nobody can read any more is gone."""
    known = {tuple(message.id) if isinstance(message.id, list) else message.id for message in messages()}
    plain = {message for message in sources() if message not in {pair[0] for pair in known if isinstance(pair, tuple)}}
    assert plain - known == set(), MEND
    assert known - sources() == set(), MEND


def test_every_message_is_translated() -> None:
    """Nothing is left in English, and nothing is a guess of a tool."""
    missing = [message.id for message in messages() if not all(forms(message.string)) or message.fuzzy]
    assert missing == []
    assert korean().num_plurals == 1


def test_a_translation_fills_in_what_the_message_does() -> None:
    """No placeholder is lost, and none is made up."""
    differing = [
        message.id
        for message in messages()
        for text in forms(message.string)
        if set(placeholders(text)) != set(placeholders(forms(message.id)[-1]))
    ]
    assert differing == []


def test_particles_fit_whatever_is_filled_in() -> None:
    """After a placeholder a particle is written with both its forms, the one after a consonant first."""
    for text in (text for message in messages() for text in forms(message.string)):
        assert not BARE.search(text), f"{text}: write it as {{을/를}}, {{이/가}}, {{은/는}}, {{과/와}} or {{으로/로}}"
        for before, name, _, _ in Formatter().parse(text):
            if name is not None and "/" in name:
                assert not before.strip("\"')"), f"{text}: a particle follows what it belongs to"
                assert (particle("밥", name), particle("소", name)) == tuple(name.split("/"))


def test_what_is_read_is_what_was_written() -> None:
    """The compiled catalogue, which is what a fresh clone and a wheel have, is that of the text."""
    compiled = BytesIO()
    write_mo(compiled, korean())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), MEND
