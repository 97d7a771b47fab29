"""Korean particles: the form that fits the sound before it, such as 을 after 스킬 and 를 after 저장소."""

from __future__ import annotations

import re

_FIRST, _LAST = "가", "힣"
# A syllable is one of 19 x 21 beginnings and one of 28 ends; end 0 is open, end 8 is ㄹ.
_ENDS, _OPEN, _L = 28, 0, 8
_CLOSED = 1

# How figures and letters are called: 일, 칠, 팔, 엘 and 알 end in ㄹ; 영, 삼, 육, 엠 and 엔 in another consonant.
_NAMES = {**dict.fromkeys("178lr", _L), **dict.fromkeys("036mn", _CLOSED)}

# How English words are said in Korean, by their ends; the first that fits decides, and no other end is closed.
_WORDS = (
    (re.compile(r"(?:[aeiou]l|ll|[a-z]le)$"), _L),  # 콘솔, 셸, 구글
    (re.compile(r"(?:[aeiou][mn]e?|ng|[a-z]m|rn|gn)$"), _CLOSED),  # 프레임, 머신, 룰링, 폼
    (re.compile(r"(?:(?:^|[^aeiou])[aeiou]|oo)(?:ck|[bckpt])$"), _CLOSED),  # 슬랙, 봇, 웹, 북
)
_WORD = re.compile(r"[a-z]+$")
_VOWEL = re.compile(r"[aeiouy]")


def particle(before: str, forms: str) -> str:
    """Return which of ``forms`` fits after ``before``.

    ``forms`` are the one after a consonant and the one after a vowel, such as ``을/를``. 로 also follows ㄹ. Brackets,
    quotes and other marks at the end of ``before`` are not said, and do not count. Where nothing can be said at all,
    both forms stand: ``을(를)``.
    """
    closed, _, open_ = forms.partition("/")
    end = _end(before)
    if end is None:
        # 으로/로 is written (으)로, the others as 을(를).
        return f"({closed.removesuffix(open_)}){open_}" if closed.endswith(open_) else f"{closed}({open_})"
    if end == _OPEN or (end == _L and closed == "으로"):
        return open_
    return closed


def _end(text: str) -> int | None:
    """Return how the last thing that is said in ``text`` ends; None when there is none."""
    said = re.sub(r"[\W_]+$", "", text)
    if not said:
        return None
    last = said[-1]
    if _FIRST <= last <= _LAST:
        return (ord(last) - ord(_FIRST)) % _ENDS
    if last.isascii():
        return _english(said)
    return None


def _english(text: str) -> int:
    last, word = text[-1].lower(), _WORD.search(text.lower())
    # PDF and 7F3K are spelt out, and so is what nobody could say.
    if word is None or text[-1].isupper() or not _VOWEL.search(word[0]):
        return _NAMES.get(last, _OPEN)
    return next((end for pattern, end in _WORDS if pattern.search(word[0])), _OPEN)
