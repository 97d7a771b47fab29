"""Hidden text: what nobody sees is shown where it is reviewed, and taken out of names."""

from __future__ import annotations

import pytest

from core.domain.hidden_text import visible, without_hidden


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
