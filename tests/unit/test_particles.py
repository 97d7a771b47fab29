"""Korean particles: they fit the sound before them, whatever was filled in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locale.particles import particle

SYLLABLES = st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))
#: What is not said: brackets, quotes and other marks at the end of a name.
UNSAID = st.text("\"')]}>.,:;!?*_ -", max_size=4)
#: The last of the three parts that a syllable is made of, where it is closed; ㄹ among them.
CLOSED, LIEUL = 3, "ᆯ"


@given(st.text(), SYLLABLES, UNSAID)
def test_a_syllable_says_whether_it_is_closed(before: str, syllable: str, unsaid: str) -> None:
    """을, 이, 은, 과 follow a consonant and 를, 가, 는, 와 a vowel; 로 also follows ㄹ."""
    parts = unicodedata.normalize("NFD", syllable)
    is_closed = len(parts) == CLOSED
    text = f"{before}{syllable}{unsaid}"
    for closed, open_ in ("을를", "이가", "은는", "과와"):
        assert particle(text, f"{closed}/{open_}") == (closed if is_closed else open_)
    assert particle(text, "으로/로") == ("로" if not is_closed or parts.endswith(LIEUL) else "으로")


@pytest.mark.parametrize(
    ("names", "object_", "way"),
    [
        # Letters and figures by what they are called.
        ("PDF #7F3K AI 7F3J v1.2 4be91c4 B9 docx csv https", "를", "로"),
        ("7F3L HR v1.1 4be91c7 8 html xml", "을", "로"),
        ("7F3M CDN v1.0 10 100 4be91c3 6", "을", "으로"),
        # Words by how they are said: 클로드, 제미나이, 노트; 구글, 콘솔, 파일; 슬랙, 텔레그램, 봇, 메인.
        ("Claude Gemini meeting-notes server script image Alice acme/skills cloud", "를", "로"),
        ("google console file skill Carol email table", "을", "로"),
        ("slack Telegram bot commit main Bob web admin name login book rolling", "을", "으로"),
        ('"pdf" (Claude) pdf. `dev`', "를", "로"),
        ('"main" (Bob) admin.', "을", "으로"),
    ],
)
def test_names_are_read_as_koreans_say_them(names: str, object_: str, way: str) -> None:
    """Abbreviations are spelt, words are spoken, and quotes and brackets are not heard."""
    assert {name: particle(name, "을/를") for name in names.split()} == dict.fromkeys(names.split(), object_)
    assert {name: particle(name, "으로/로") for name in names.split()} == dict.fromkeys(names.split(), way)


@pytest.mark.parametrize("before", ["", "...", "🙂", "道", "ф"])
def test_what_cannot_be_said_gets_both_forms(before: str) -> None:
    """Nobody is shown a guess."""
    assert [particle(before, forms) for forms in ("을/를", "이/가", "이라고/라고")] == ["을(를)", "이(가)", "(이)라고"]
    assert particle(before, "으로/로") == "(으)로"


@given(st.text(), st.sampled_from(["을/를", "이/가", "은/는", "과/와", "으로/로", "이라고/라고"]))
def test_there_is_always_a_form(before: str, forms: str) -> None:
    """Whatever people call things, one of the two forms or both stand there."""
    closed, open_ = forms.split("/")
    assert particle(before, forms) in {closed, open_, f"{closed}({open_})", f"({closed.removesuffix(open_)}){open_}"}
