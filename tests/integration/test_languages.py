"""The language of each person: what they chose, else what their platform speaks to them, else the default."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from bot.locale.terminal import terminal_language
from bot.locale.translator import Catalogues
from core.domain.users import User
from core.services.reader import Reader
from tests.clock import START
from tests.harness import Talk, code_in, talking

KOREAN, ENGLISH = "이제부터 한국어로 말할게요.", "From now on I speak English to you."


async def language_of(talk: Talk, name: str) -> str:
    """Return what is on record about the language of ``name``."""
    async with talk.database.read() as uow:
        person = await uow.users.by_name(name)
    assert person is not None
    return person.language


async def test_who_chose_a_language_is_spoken_to_in_it_and_nobody_else_is(tmp_path: Path) -> None:
    """The same request is a Korean card for alice, down to the words of the channel, and an English one for bob."""
    async with talking(tmp_path / "home") as talk:
        assert KOREAN in await talk("set language korean")
        asked = await talk("install skill pdf on claude")
        assert "Claude에 pdf 설치" in asked
        assert "승인 대기" in asked
        code = code_in(asked)
        assert "asks: install pdf on Claude" in await talk("/as bob")
        assert f"Your approval of #{code} is counted." in await talk(f"approve {code}")
        assert "Claude에 pdf를 설치했어요" in await talk("/as alice")
        assert "한국어" in await talk("whoami")
        assert ENGLISH in await talk("set language english")


async def test_the_platform_decides_until_somebody_chooses(tmp_path: Path) -> None:
    """On a Korean terminal alice reads Korean without asking for it; once she chose English she reads English."""
    async with talking(tmp_path / "home", language="ko") as talk:
        assert "한국어" in await talk("whoami")
        assert await language_of(talk, "alice") == "ko"
        await talk("set language english")
        assert "You are Alice." in await talk("whoami")
    async with talking(tmp_path / "home", language="ko", session="later") as talk:
        assert "You are Alice." in await talk("whoami")


async def test_a_language_nobody_translated_to_is_as_if_none_was_said(tmp_path: Path) -> None:
    """A German terminal reads the default, and what it may speak one day is not decided by that."""
    async with talking(tmp_path / "home", language="de") as talk:
        assert "You are Alice." in await talk("whoami")
        assert await language_of(talk, "alice") == ""


async def test_the_default_is_configured(tmp_path: Path) -> None:
    """Of whom nobody knows what they speak, the installation knows."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text('language = "ko"\n', encoding="utf-8")
    async with talking(tmp_path / "home") as talk:
        assert "Alice 님이에요." in await talk("whoami")


def test_nobody_in_particular_is_spoken_to_in_the_default() -> None:
    """So is a room."""
    assert Reader(Catalogues(default="ko"), None, START).say("none") == "없음"


async def test_times_are_in_the_zone_that_somebody_wants(tmp_path: Path) -> None:
    """A zone is taken by its name; one that is none changes nothing and is said to be none."""
    async with talking(tmp_path / "home") as talk:
        assert "Times are in Asia/Seoul from now on; it is 15:30 there." in await talk("set timezone to Asia/Seoul")
        assert "KST" in await talk("install skill pdf on claude")
        assert 'I know no time zone called "Mars/Base"' in await talk("set timezone to Mars/Base")
        async with talk.database.read() as uow:
            person = await uow.users.by_name("alice")
        assert person is not None
        assert person.timezone == "Asia/Seoul"


def test_dates_and_lengths_are_in_the_form_of_their_reader() -> None:
    """A day, an age and a deadline as Koreans write them."""
    person = User(id="u", email="u@test.invalid", name="U", language="ko", timezone="Asia/Seoul", created_at=START)
    reader = Reader(Catalogues(), person, START)
    tomorrow = START.replace(day=START.day + 1)
    assert reader.moment(tomorrow) == "2026. 11. 22. 15:30"
    assert reader.deadline(tomorrow) == "2026. 11. 22. 15:30 KST (1일 뒤)"
    assert reader.ago(START.replace(hour=4, minute=20)) == "2시간 10분 전"
    assert (reader.size(5), reader.size(41_000)) == ("5바이트", "41 kB")
    assert reader.ago(START.fromtimestamp(0, UTC)) == "날짜 없음"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en"}, "en"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"LC_ALL": ""}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_says_what_it_speaks(environ: dict[str, str], language: str) -> None:
    """The locale of the environment, as other programs read it."""
    assert terminal_language(environ) == language
