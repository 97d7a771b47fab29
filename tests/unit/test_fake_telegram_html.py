"""The fake Telegram parses HTML as Telegram's own parser does."""

from __future__ import annotations

import pytest

from tests.platforms.telegram.arguments import TelegramError
from tests.platforms.telegram.entities import parse_html, trimmed, with_automatic
from tests.platforms.telegram.world import piece, utf16


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"', []),
        ("&nbsp;&copy;&", "&nbsp;&copy;&", []),
        ("&#60;&#x3c;&#0;", "<<&#0;", []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<STRONG>x</strong>", "x", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<b>\U0001f600<i>x</i></b>", "\U0001f600x", [("italic", 2, 1), ("bold", 0, 3)]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ("<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab", [
            ("blockquote", 0, 1),
            ("expandable_blockquote", 1, 1),
        ]),
        ("1 > 0", "1 > 0", []),
    ],
)  # fmt: skip
def test_html(html: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Tags become entities counted in UTF-16; only four named references mean anything."""
    found, parsed = parse_html(html)
    assert found == text
    assert [(one["type"], one["offset"], one["length"]) for one in parsed] == entities


def test_links_and_languages() -> None:
    """Links keep their address, code its language; a link to nothing is text."""
    text, entities = parse_html('<a href="https://x.example/?a=1&amp;b=2">x</a><a>y</a><a href="x y">z</a>')
    assert (text, [one["url"] for one in entities]) == ("xyz", ["https://x.example/?a=1&b=2"])
    text, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (text, entities) == ("x", [{"type": "pre", "offset": 0, "length": 1, "language": "python"}])


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ä<script>x</script>", 'Unsupported start tag "script" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i></b>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b ", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
    ],
)  # fmt: skip
def test_broken_html(html: str, complaint: str) -> None:
    """What is not Telegram's HTML is refused in Telegram's words, with the offset in bytes."""
    with pytest.raises(TelegramError) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_trimming() -> None:
    """Blanks around a text go, and entities move with it."""
    text, entities = trimmed(" \n bold ", [{"type": "bold", "offset": 0, "length": 8}])
    assert (text, entities) == ("bold", [{"type": "bold", "offset": 0, "length": 4}])
    assert trimmed("  x", [{"type": "bold", "offset": 0, "length": 2}]) == ("x", [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("/go@some_bot x", [("bot_command", "/go@some_bot")]),
        ("a/b and 1/2", []),
        ("hi @alice!", [("mention", "@alice")]),
        ("mail a@b.example", [("email", "a@b.example")]),
        ("see https://x.example/a.", [("url", "https://x.example/a")]),
        ("see evil.com/x", [("url", "evil.com/x")]),
        ("\U0001f600 #tag", [("hashtag", "#tag")]),
        ("#7", []),
    ],
)
def test_automatic_entities(text: str, found: list[tuple[str, str]]) -> None:
    """Telegram finds commands, mentions, addresses and tags by itself."""
    assert [(one["type"], piece(text, one)) for one in with_automatic(text, [])] == found


def test_utf16() -> None:
    """Characters beyond the basic plane count twice."""
    assert (utf16("ä"), utf16("\U0001f600")) == (1, 2)
