"""The log: JSON lines that hold no secret, whoever wrote them."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import correlated, json_logs, log_events
from core.domain.events import chain
from core.domain.masking import MASK, Masker
from storage.database import Database
from tests.clock import START, FakeClock
from tests.databases import database_with_tables
from tests.storage_factory import make_event, store_world

SECRET = "correct-horse-battery"
TOKEN = "ghp_" + "a1B2" * 9
MARKER = "harmless-marker"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log goes."""
    return tmp_path / "skillwarden.log"


def test_a_line_is_one_json_object(path: Path) -> None:
    """Both our loggers and those of libraries give event, level, logger and time; extra values are kept."""
    with json_logs(path, "info", Masker()):
        structlog.get_logger("bot.jobs").info("swept", expired=2)
        logging.getLogger("library").warning("slow %s", "query", extra={"seconds": 3})
    ours, theirs = _lines(path)
    assert (ours["event"], ours["level"], ours["logger"], ours["expired"]) == ("swept", "info", "bot.jobs", 2)
    assert (theirs["event"], theirs["level"], theirs["logger"], theirs["seconds"]) == (
        "slow query",
        "warning",
        "library",
        3,
    )
    assert all(line["timestamp"].endswith("Z") for line in (ours, theirs))


@pytest.mark.parametrize("secret", [SECRET, TOKEN])
def test_no_secret_is_written_anywhere(path: Path, secret: str) -> None:
    """Known values and shapes of tokens are masked in text, arguments, values, keys, objects and stack traces."""

    class Holder:
        def __repr__(self) -> str:
            return f"Holder({secret})"

    with json_logs(path, "debug", Masker([SECRET])):
        log = structlog.get_logger("bot")
        log.info("text %s %s", secret, MARKER)
        log.info("values", data={"list": [secret, {secret: MARKER}]}, items={secret}, holder=Holder())
        log.info("bytes", raw=secret.encode(), path=Path("/srv") / secret, marker=MARKER)
        logging.getLogger("library").error("arguments %s %r", secret, Holder(), extra={"url": f"https://u:{secret}@h/"})
        try:
            int(f"{secret} {MARKER}")
        except ValueError:
            log.exception("failed")
            logging.getLogger("library").exception("failed %s", MARKER)
    text = path.read_text(encoding="utf-8")
    assert secret not in text
    assert text.count(MASK) >= 8
    assert text.count(MARKER) >= 5
    assert text.count("Traceback") == 2


def test_values_of_sensitive_keys_are_masked(path: Path) -> None:
    """A value is masked by its key, too, whatever it looks like."""
    with json_logs(path, "info", Masker()):
        structlog.get_logger("bot").info("login", password="x", nested={"api_key": 1}, user="alice")
    (line,) = _lines(path)
    assert (line["password"], line["nested"], line["user"]) == (MASK, {"api_key": MASK}, "alice")


@pytest.mark.parametrize(("level", "written"), [("debug", 3), ("info", 2), ("warning", 1), ("error", 0)])
def test_the_level_decides_what_is_written(path: Path, level: str, written: int) -> None:
    """What is below the level is not there."""
    with json_logs(path, level, Masker()):
        structlog.get_logger("bot").debug("one")
        logging.getLogger("library").info("two")
        structlog.get_logger("bot").warning("three")
    assert len(_lines(path)) == written


def test_afterwards_nothing_is_left(path: Path) -> None:
    """The handler is gone, the level is as before, and the file is its owner's alone and appended to."""
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    for _ in range(2):
        with json_logs(path, "debug", Masker()):
            logging.getLogger("library").info("inside")
    logging.getLogger("library").error("outside")
    assert (root.level, list(root.handlers)) == before
    assert [line["event"] for line in _lines(path)] == ["inside", "inside"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_stream_can_take_the_log() -> None:
    """A server writes to its standard error, which stays open."""
    stream = io.StringIO()
    with json_logs(stream, "info", Masker()):
        logging.getLogger("library").info("클로드")
    assert '"클로드"' in stream.getvalue()


def test_a_log_that_cannot_be_written_disturbs_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """A full disk prints no stack trace into the conversation."""

    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    with json_logs(Full(), "info", Masker()):
        logging.getLogger("library").info("lost")
    assert capsys.readouterr() == ("", "")


def test_an_event_of_the_record_is_a_line_without_what_was_said(path: Path) -> None:
    """Its kind, execution, place and person, and what it was written for; nothing of its content."""
    event = chain(
        make_event("install the very secret thing"),
        execution_id="execution-1",
        user_id="user-1",
        created_at=START,
        after=None,
        payload={"type": "MessageReceived", "message": "the very secret thing"},
        salt="00",
    )
    with json_logs(path, "info", Masker()):
        with correlated("delivery-1"):
            log_events([event])
            logging.getLogger("library").warning("slow")
        logging.getLogger("library").warning("later")
    ours, theirs, later = _lines(path)
    assert (ours["event"], ours["execution_id"], ours["seq"], ours["user_id"]) == (
        event.event_type,
        "execution-1",
        event.seq,
        "user-1",
    )
    assert ours["correlation_id"] == theirs["correlation_id"] == "delivery-1"
    assert "correlation_id" not in later
    assert "secret thing" not in path.read_text(encoding="utf-8")


async def test_what_is_logged_was_committed(tmp_path: Path) -> None:
    """Of a transaction that is rolled back there is no line, of one that commits each event once."""
    heard: list[str] = []
    url = await database_with_tables("sqlite", tmp_path)
    database = Database(
        url, masker=Masker(), clock=FakeClock(), on_events=lambda events: heard.extend(e.event_type for e in events)
    )
    world = await store_world(database)
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event())
    assert heard == []
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event(), make_event("again"))
        await uow.commit()
        await uow.commit()
    await database.aclose()
    assert len(heard) == 2
