"""Sentences in other languages: gettext catalogues, with English as what is always there."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.locale.translator import Catalogues
from core.errors import SelfApproval, SourceUnreachable, StorageError, UnknownSkill, Words
from core.errors.words import kept, restored
from core.services.reader import Reader
from storage.backends import backend_of

KOREAN: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Nothing waits for {name}.": "{name} 님을 기다리는 것이 없습니다.",
    "{count} of {total}": "{total}개 중 {count}개",
    "broken {name}": "깨진 {nme}",
    "worse {name}": "더 깨진 {name",
    "attribute {name}": "{name.secret}",
    ("{n} file", "{n} files"): ("파일 {n}개",),
}


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    """Return catalogues with a Korean one."""
    korean = Catalog(locale="ko", domain="skillwarden")
    for message, translation in KOREAN.items():
        korean.add(message, translation)
    path = tmp_path / "ko" / "LC_MESSAGES" / "skillwarden.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, korean)
    return Catalogues(tmp_path)


@pytest.mark.parametrize(
    ("language", "message", "params", "said"),
    [
        ("ko", "Nothing waits for {name}.", {"name": "앨리스"}, "앨리스 님을 기다리는 것이 없습니다."),
        ("ko", "{count} of {total}", {"count": 1, "total": 2}, "2개 중 1개"),
        ("en", "Nothing waits for {name}.", {"name": "alice"}, "Nothing waits for alice."),
        ("xx", "Nothing waits for {name}.", {"name": "alice"}, "Nothing waits for alice."),
        ("ko", "never translated", {}, "never translated"),
    ],
)
def test_a_sentence_is_translated_where_it_can_be(
    catalogues: Catalogues, language: str, message: str, params: dict[str, object], said: str
) -> None:
    """Parameters go where the translation wants them; without a translation the sentence stays English."""
    assert catalogues.say(language, message, **params) == said


@pytest.mark.parametrize("message", ["broken {name}", "worse {name}", "attribute {name}"])
def test_a_slip_of_a_translator_costs_nobody_the_answer(catalogues: Catalogues, message: str) -> None:
    """A translation that cannot be filled is left for the English sentence."""
    assert catalogues.say("ko", message, name="pdf") == message.format(name="pdf")


@pytest.mark.parametrize("value", ["{name}", "{0}", "{name.__class__}", "%s", "{"])
def test_parameters_are_never_read_as_a_sentence(catalogues: Catalogues, value: str) -> None:
    """What a person typed is put in as it is, braces and all."""
    assert catalogues.say("en", "Nothing waits for {name}.", name=value) == f"Nothing waits for {value}."
    assert value in catalogues.say("ko", "Nothing waits for {name}.", name=value)


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [("en", 1, "1 file"), ("en", 0, "0 files"), ("en", 9, "9 files"), ("ko", 1, "파일 1개"), ("ko", 9, "파일 9개")],
)
def test_numbers_choose_the_form(catalogues: Catalogues, language: str, n: int, said: str) -> None:
    """English has two forms, Korean has one."""
    assert catalogues.say_many(language, "{n} file", "{n} files", n) == said


def test_an_error_says_its_docstring(catalogues: Catalogues) -> None:
    """The sentence of an error is a message of the catalogue with the error's parameters."""
    error = SelfApproval(why=Words("You asked for this"), waiting="Bob, Carol")
    expected = "You asked for this, so somebody else has to approve it. Waiting: Bob, Carol."
    assert catalogues.say_error("en", error) == str(error) == expected
    assert catalogues.say_error("ko", UnknownSkill(name="{x}")) == str(UnknownSkill(name="{x}"))


def test_words_in_a_sentence_are_said_in_its_language_too() -> None:
    """Why something failed is no English island; programs and records read English."""
    error = SourceUnreachable(source="acme/skills", reason=Words("its path is longer than {limit} characters", limit=9))
    assert Catalogues().say_error("ko", error).startswith("acme/skills를 읽지 못했어요: 경로가 9자를 넘어요.")
    assert str(error).startswith("acme/skills could not be read: its path is longer than 9 characters.")


def sqlite_error(code: int, said: str) -> sqlite3.Error:
    """Return what SQLite raises."""
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("url", "trouble", "reason"),
    [
        (
            "sqlite:///x.db",
            sqlite_error(sqlite3.SQLITE_BUSY, "database is locked"),
            "다른 프로그램이 x.db에 쓰고 있어요. 끝난 뒤에 다시 시도해 주세요",
        ),
        (
            "sqlite:///x.db",
            sqlite_error(sqlite3.SQLITE_CORRUPT, "disk image is malformed"),
            "x.db가 손상됐어요 (disk image is malformed). 백업해 둔 것으로 되돌려 주세요",
        ),
        (
            "postgresql://me@db:5432/x",
            ConnectionRefusedError(111, "Connection refused"),
            "db:5432/x에서 답이 없어요 (ConnectionRefusedError). 실행 중인지, URL이 맞는지 확인해 주세요",
        ),
        ("mysql://me@db:3306/x", Exception(1290, "read-only"), "db:3306/x에 쓸 수 없어요. 서버가 읽기 전용이에요"),
        ("mysql://me@db:3306/x", Exception(1406, "for column 'name'"), "테이블의 규칙에 어긋나요 (name의 길이)"),
        ("mysql://me@db:3306/x", Exception(1062, "twice"), "테이블의 규칙에 어긋나요 (UNIQUE 이름 없음)"),
    ],
)
def test_why_the_database_cannot_be_used_is_said_in_the_language_of_the_sentence(
    url: str, trouble: Exception, reason: str
) -> None:
    """What is wrong and what to do is no English island; what the driver said stays as it said it."""
    assert f"요: {reason}." in Catalogues().say_error("ko", backend_of(url).error_of(trouble))


def test_words_in_words_are_said_in_the_language_of_the_sentence_too() -> None:
    """What to write instead of a database that is not supported is one half of the reason."""
    with pytest.raises(StorageError) as caught:
        backend_of("oracle://host/x")
    assert Catalogues().say_error("ko", caught.value) == (
        "데이터베이스를 쓸 수 없어요: oracle은 지원하지 않아요. sqlite:///path/to/file, "
        "postgresql://user@host/database, mysql://user@host/database 중 하나로 적어 주세요."
    )


def test_a_database_error_is_known_again_in_the_record() -> None:
    """The record keeps the English sentence, and who reads it later reads its sentence in their language."""
    error = backend_of("sqlite:///x.db").error_of(sqlite_error(sqlite3.SQLITE_BUSY, "database is locked"))
    reader = Reader(Catalogues(), None, datetime.now(UTC), language="ko")
    assert reader.failure(str(error), error.code).startswith("데이터베이스를 쓸 수 없어요: ")


def test_words_come_back_from_a_record_as_they_were() -> None:
    """What JSON kept says the same again, words within words too; what looks like a message and is none stays text."""
    words = Words("more than {limit}", limit=Words("{n} bytes", n=5))
    back = restored(json.loads(json.dumps({"size": kept(words), "name": kept("a file")})))
    assert Catalogues().say("ko", "{size} {name}", **back) == "5바이트 초과 a file"
    assert (str(back["size"]), back["name"]) == ("more than 5 bytes", "a file")
