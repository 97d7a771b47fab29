"""Hidden text: what nobody sees is shown where it is reviewed, and taken out of names."""

from __future__ import annotations

import re
import sys

import pytest

from core.domain.hidden_text import find_hidden, visible, without_hidden


@pytest.mark.parametrize(
    ("text", "left", "shown"),
    [
        ("Dana Scully", "Dana Scully", "Dana Scully"),
        ("Dana\u202eylluc\u202c", "Danaylluc", "Dana<U+202E>ylluc<U+202C>"),
        ("\u200b Dana \u200b\u2066", "Dana", "<U+200B> Dana <U+200B><U+2066>"),
        ("\u200b\u3164", "", "<U+200B><U+3164>"),
        ("Dana\x00\x1b[31m", "Dana[31m", "Dana<U+0000><U+001B>[31m"),
    ],
)
def test_hidden_characters_are_shown_or_left_out(text: str, left: str, shown: str) -> None:
    """A reviewer sees each of them by its code point; a name has none of them, and no space around it."""
    assert without_hidden(text) == left
    assert visible(text) == shown


def test_a_name_is_one_line() -> None:
    """Breaks and rows of spaces become one space."""
    assert without_hidden("Dana\n\t Scully\u2028 X") == "Dana Scully X"


def test_every_character_that_is_shown_by_its_code_point_is_found() -> None:
    """The quick search for places where something may be hidden leaves no character out, alone or as a pair."""
    for length in (1, 2):
        text = " ".join(chr(code) * length for code in range(sys.maxunicode + 1))
        shown = {int(code, 16) for code in re.findall(r"<U\+([0-9A-F]{4,6})>", visible(text))}
        found = {ord(text[hidden.offset]) for hidden in find_hidden(text)}
        assert found == shown - set(map(ord, "\n\v\f\r\t"))
        assert len(found) > 100


@pytest.mark.parametrize("code", [*range(9), *range(0x0E, 0x20), 0x7F])
def test_a_control_character_is_found_in_plain_text(code: int) -> None:
    """Text without any other script is searched in another way, with the same result."""
    assert [hidden.offset for hidden in find_hidden(f"some text{chr(code)}")] == [9]
