"""Two processes of sixteen tasks decide the same requests at the same time: one decision, and everybody knows it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.racing import Answer, open_requests, race
from tests.approval_model import Row, broken_transitions, look

#: What a request is after each task, when that task was first.
RESULT = {"approve": "approved", "reject": "rejected", "cancel": "cancelled", "expire": "expired"}


@pytest.mark.timeout(300)
def test_a_hundred_requests_are_decided_once_each(tmp_path: Path) -> None:
    """Whoever is first decides; the others learn what was decided and by whom; every record says the same."""
    race_and_check(tmp_path, 100, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_thousand_requests_are_decided_once_each(tmp_path: Path, soak_seed: int) -> None:
    """The same with more requests, in an order that differs each time."""
    race_and_check(tmp_path, 1000, seed=soak_seed)


def race_and_check(folder: Path, count: int, *, seed: int) -> None:
    """Race for ``count`` requests, and compare what the racers were told with what was stored."""
    ids = asyncio.run(open_requests(folder, count))
    answers = race(folder, ids, seed)
    file = folder / "skillwarden.db"
    url = f"sqlite:///{file}"
    world, kinds = look(url), Counter[str]()
    for request_id in ids:
        request = world.requests[request_id]
        mine = [answer for answer in answers if answer.code == request["code"]]
        kinds[request["status"]] += 1
        check_winner(request, [answer for answer in mine if answer.error is None])
        for answer in mine:
            check_loser(request, answer, {row["id"]: row["name"] for row in world.people.values()})
        check_records(file, request, [vote for vote in world.votes if vote["request_id"] == request_id])
    assert set(kinds) == set(RESULT.values()), kinds
    assert broken_transitions(url) == []


def check_winner(request: Row, winners: list[Answer]) -> None:
    """Assert that one decided; besides, what was approved may have been cancelled before it ran."""
    deciding = [answer for answer in winners if RESULT[answer.task] == request["status"]]
    assert len(deciding) == 1, (request["code"], winners)
    others = [answer.task for answer in winners if answer not in deciding]
    assert others in ([], ["cancel"] if request["status"] == "approved" else []), (request["code"], winners)


def check_loser(request: Row, answer: Answer, names: dict[str, str]) -> None:
    """Assert that who came late was told what had happened, and by whom."""
    if answer.error is None:
        return
    told = answer.params or {}
    if answer.task == "expire":
        assert answer.error == "NothingDue"
    elif answer.task == "cancel":
        assert (answer.error, told["state"]) == ("TooLateToCancel", end_of(request)), answer
    elif request["status"] == "expired":
        assert answer.error == "RequestExpired", answer
    else:
        assert answer.error == "AlreadyDecided", answer
        assert told["status"] == request["status"]
        assert told["who"] == names[request["responded_by"]]


def end_of(request: Row) -> str:
    """Return what people call the end of a request that nobody can cancel any more."""
    return "cancelled" if request["status"] == "approved" else str(request["status"])


def check_records(file: Path, request: Row, votes: list[Row]) -> None:
    """Assert that votes, transitions, events and runs tell of the one decision."""
    with closing(sqlite3.connect(file)) as database:
        one_decision = database.execute(
            "SELECT to_status, actor FROM status_transitions WHERE entity_id = ? AND from_status = 'pending'",
            (request["id"],),
        ).fetchall()
        received = [
            json.loads(row[0])
            for row in database.execute(
                "SELECT event_data FROM execution_events WHERE execution_id = ? AND event_type = 'ApprovalReceived'",
                (request["execution_id"],),
            )
        ]
        runs = database.execute(
            "SELECT count(*) FROM install_runs WHERE execution_id = ?", (request["execution_id"],)
        ).fetchone()[0]
    assert one_decision == [(request["status"], request["responded_by"])]
    voted = request["status"] in {"approved", "rejected"}
    approve = request["status"] == "approved"
    assert [(vote["user_id"], bool(vote["approve"])) for vote in votes] == [(request["responded_by"], approve)] * voted
    expected = [(request["responded_by"], approve)] if request["status"] != "cancelled" else []
    assert [(event["by"], event["approved"]) for event in received] == expected
    assert runs == approve
