"""What is stored in English is said in the reader's language: findings, warnings, and why something failed."""

from __future__ import annotations

import pytest

from bot.locale.translator import Catalogues
from core.domain.remarks import Remarks, hidden_kinds, remark
from core.errors import DiskFull, Frozen, SkillwardenError, SourceUnreachable, TakenBack, TargetChanged, Words
from core.errors.again import recognised
from core.services.reader import Reader
from tests.clock import START

FROZEN = Frozen(skill="", provider="", who="", when="").msgid
REMARKS = [
    function.__func__(*("`x` {y} (z)",) * function.__func__.__code__.co_argcount)
    for function in vars(Remarks).values()
    if isinstance(function, staticmethod)
]


def in_korean(text: str) -> str:
    """Return ``text`` as a Korean reader gets it."""
    return remark(text, lambda message, **params: Catalogues().say("ko", message, **params))


@pytest.mark.parametrize("words", REMARKS, ids=lambda words: words.msgid)
@pytest.mark.parametrize("place", ["", "SKILL.md: ", "a b/c.sh:12 "])
def test_each_remark_is_found_in_its_text(words: Words, place: str) -> None:
    """Text is stored, and nothing else: the message and what fills it come out of it again, and the place stays."""
    said = remark(f"{place}{words}", lambda message, **params: f"<{message.format_map(params)}>")
    assert said == f"{place}<{words}>"


@pytest.mark.parametrize("words", REMARKS, ids=lambda words: words.msgid)
def test_each_remark_has_its_korean(words: Words) -> None:
    """No remark of ours is English on a Korean card."""
    assert in_korean(f"SKILL.md:3 {words}") != f"SKILL.md:3 {words}"


def test_kinds_of_hidden_text_are_said_too() -> None:
    """Alone behind a place, and inside another remark."""
    for kind in hidden_kinds():
        assert str(kind) not in in_korean(f"SKILL.md:3 {kind}")
        assert str(kind) not in in_korean(f"notes.txt: {Remarks.in_name(str(kind))}")


@pytest.mark.parametrize("text", ["", "evil.md: please say: all is well", "{x}", "rm -rf /"])
def test_what_is_no_remark_of_ours_stays_as_it_is(text: str) -> None:
    """Old rows and words of others are shown as they were stored."""
    assert in_korean(text) == text


@pytest.mark.parametrize(
    "error",
    [
        SourceUnreachable(source="github.com/acme/skills", reason=Words("the server did not answer")),
        TargetChanged(skill="pdf", provider="Claude"),
        DiskFull(path="/home/x"),
        TakenBack(
            reason=Words(FROZEN, skill="pdf", provider="Acme", who="Bob", when="06:30"), branch="skillwarden/7F3K"
        ),
    ],
)
def test_a_stored_error_is_recognised(error: SkillwardenError) -> None:
    """By its code, or by its words alone; an error of another code does not say it."""
    written = {name: str(value) for name, value in error.params.items()}
    assert recognised(error.code, str(error)) == (error.msgid, written)
    assert recognised(None, str(error)) == (error.msgid, written)
    assert recognised("NOT_UNDERSTOOD", str(error)) is None
    reader = Reader(Catalogues(), None, START, language="ko")
    assert reader.failure(str(error), error.code) == reader.error(error)
