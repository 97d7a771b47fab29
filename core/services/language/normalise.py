"""Sentences as tokens: width, case, mentions, quotes, code marks and punctuation no longer matter."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.sources import looks_like_source
from core.services.language.hangul import Part, has_hangul

# Longer texts are no requests; none is obeyed in part, because its end could change what it asks for.
_LONGEST_SENTENCE = 4000
_MOST_WORDS = 200
# Letters and white space; more than that is not even looked at.
_LONGEST_TEXT = 20_000

_MENTION = re.compile(r"<[@!][^>]*>|(?<!\S)@skillwarden\b[:,]?", re.IGNORECASE)
_SLACK_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
# Look-alikes that phones and Korean keyboards make of plain marks, by code point.
_PLAIN = {
    0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x201C: '"', 0x201D: '"', 0x201E: '"', 0xFF0C: ",", 0x3001: ",", 0xFF1F: "?",
}  # fmt: skip
_WORD = re.compile(r"[^\s,;]+|[,;]")
_OPENING = "\"'`([{<*~"
_CLOSING = "\"'`)]}>*~.!?:"
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_POSSESSIVE = "'s"
# Words made of marks alone that mean something.
_MARKS = frozenset({"+", "*", "@"})
_ARROWS = frozenset({"->", "=>", "-->", "\u2192"})
# Polite Korean sentences end so; behind them another one begins, with or without a mark.
_SENTENCE_END = re.compile(r"(?:요|니다|습니당|니까)[\"'`)\]}>*~]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, folded for comparison, where it stands in the text, and whether a mark separates it."""

    text: str
    key: str
    start: int
    end: int
    separated: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text in tokens. ``asks``: it ends with a question mark; ``quotes``: it repeats what somebody else wrote.

    ``answers``: something stands behind a question mark, as in "approve it? no".
    """

    text: str
    tokens: tuple[Token, ...]
    asks: bool
    quotes: bool
    answers: bool = False


def fold(text: str) -> str:
    """Return ``text`` as names and words are compared: NFKC and case-folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_too_long(text: str) -> bool:
    """Say whether ``text``, white space apart, is too long to be a request."""
    if _LONGEST_SENTENCE < len(text) <= _LONGEST_TEXT:
        text = " ".join(text.split())
    return len(text) > _LONGEST_SENTENCE or text.count(" ") > _MOST_WORDS


def split(text: str, contractions: Mapping[str, str], take_apart: Callable[[str], Sequence[Part]]) -> Sentence:
    """Return the tokens of ``text``; ``contractions`` such as ``what's`` become the words they stand for.

    ``take_apart`` returns the pieces of a Korean word. A text that is too long to be a request, white space apart, has
    no tokens.
    """
    if is_too_long(text):
        return Sentence(text="", tokens=(), asks=False, quotes=False)
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    text = _SLACK_LINK.sub(r"\1", text)
    text = "".join(char if char.isprintable() else " " for char in _MENTION.sub(" ", text)).strip()
    tokens: list[Token] = []
    separated = False
    for match in _WORD.finditer(text):
        word = match[0]
        token = None if word in ",;" else _trimmed(word, match.start(), separated=separated)
        if token is None:
            separated = separated or word in ",;" or word in _DASHES
            continue
        separated = text[token.end : match.end()].strip("\"'`)]}>*~") != "" or _SENTENCE_END.search(word) is not None
        words = contractions.get(token.key, "").split()
        if not words and token.key.endswith(_POSSESSIVE) and len(token.key) > len(_POSSESSIVE):
            tokens += _owner_and_mark(token)
        elif not words:
            tokens += _pieces(token, take_apart)
        for index, part in enumerate(words):
            tokens.append(Token(part, part, token.start, token.end, token.separated and index == 0))
    asks = text.rstrip("\"'`) !").endswith("?")
    answers = any("?" in text[a.end : b.start] for a, b in itertools.pairwise(tokens))
    return Sentence(text=text, tokens=tuple(tokens), asks=asks, quotes=text.startswith(">"), answers=answers)


def _owner_and_mark(token: Token) -> tuple[Token, Token]:
    """Return "bob" and "'s" of "bob's"."""
    cut = len(token.text) - len(_POSSESSIVE)
    owner = replace(token, text=token.text[:cut], key=token.key[: -len(_POSSESSIVE)], end=token.start + cut)
    return owner, Token(_POSSESSIVE, _POSSESSIVE, token.start + cut, token.end)


def _pieces(token: Token, take_apart: Callable[[str], Sequence[Part]]) -> Iterator[Token]:
    """Yield the tokens that a Korean word is made of; any other word is one."""
    if not has_hangul(token.text):
        yield token
        return
    separated = token.separated
    for part in take_apart(token.text):
        start, end = token.start + part.start, token.start + part.end
        piece = token.text[part.start : part.end]
        if not has_hangul(part.key) and not part.key.startswith("~"):
            inner = _trimmed(piece, start, separated=separated)
            if inner is not None:
                yield replace(inner, quoted=inner.quoted or token.quoted)
        else:
            yield Token(piece, part.key, start, end, separated, token.quoted)
        separated = False


def _trimmed(word: str, start: int, *, separated: bool) -> Token | None:
    """Return ``word`` without the marks around it; None when nothing else is left."""
    if word == "&":
        return Token(word, "and", start, start + 1, separated)
    if word in _ARROWS:
        return Token(word, "->", start, start + len(word), separated)
    if word in _MARKS:
        return Token(word, word, start, start + 1, separated)
    inner = word.lstrip(_OPENING)
    start += len(word) - len(inner)
    quoted = len(inner) < len(word)
    inner = inner.rstrip(_CLOSING)
    if not any(char.isalnum() for char in inner):
        return None
    # Folding would change what a source or a ref is called.
    key = inner if looks_like_source(inner) else fold(inner)
    return Token(inner, key, start, start + len(inner), separated, quoted)
