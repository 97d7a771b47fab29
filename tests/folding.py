"""Whether the tables of a database are what its events fold to."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from core.domain.events import EXECUTION_EVENT, ExecutionEvent
from core.domain.folding import Folded, Installed, fold, fold_places
from tests.databases import query

_EVENTS = "SELECT id, execution_id, event_data FROM execution_events WHERE id > {last} ORDER BY id"
_VOTES = """
    SELECT hitl_requests.execution_id, approval_votes.user_id, approval_votes.approve FROM approval_votes
    JOIN hitl_requests ON hitl_requests.id = approval_votes.request_id
    WHERE approval_votes.is_confirmed AND approval_votes.revision = hitl_requests.revision
"""
_RUNS = """
    SELECT install_runs.execution_id, skills.name AS skill, providers.display_name AS provider, install_runs.status
    FROM install_runs JOIN skills ON skills.id = install_runs.skill_id
    JOIN providers ON providers.id = install_runs.provider_id
"""
_TARGETS = """
    SELECT skills.name AS skill, providers.display_name AS provider, installed_ref, installed_digest
    FROM install_targets JOIN skills ON skills.id = install_targets.skill_id
    JOIN providers ON providers.id = install_targets.provider_id
"""


class Folding:
    """Folds the events of the database at ``url`` as they come, and compares what comes of it with the tables."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._last = 0
        self._folded: dict[str, Folded] = defaultdict(Folded)
        self._events: list[ExecutionEvent] = []

    def decisions_apart(self) -> list[str]:
        """Return where they disagree about executions, requests and votes: nowhere, at any moment."""
        self._follow()
        return _of_executions(self._url, self._folded) + _of_requests(self._url, self._folded)

    def disagreements(self) -> list[str]:
        """Return where they disagree about anything: nowhere, once everything has come to rest."""
        found = self.decisions_apart() + _of_runs(self._url, self._folded)
        places = fold_places(self._events)
        for row in _rows(self._url, _TARGETS):
            told = places.pop((row["skill"], row["provider"]), Installed())
            if (told.ref, told.digest) != (row["installed_ref"], row["installed_digest"]):
                found.append(
                    f"{row['skill']} on {row['provider']} is {row['installed_ref']}, its events say {told.ref}"
                )
        return found + [f"{where} is in the events alone" for where in places]

    def _follow(self) -> None:
        for row in _rows(self._url, _EVENTS.format(last=self._last)):
            event = EXECUTION_EVENT.validate_python(row["event_data"])
            self._folded[row["execution_id"]] = fold([event], self._folded[row["execution_id"]])
            self._events.append(event)
            self._last = row["id"]


def _rows(url: str, what: str) -> list[dict[str, Any]]:
    """Return rows as text, whatever the driver makes of ids and JSON."""
    return [{name: _plain(name, value) for name, value in row.items()} for row in query(url, what)]


def _plain(name: str, value: Any) -> Any:
    if name == "event_data" and isinstance(value, str | bytes):
        return json.loads(value)
    return str(value) if isinstance(value, UUID) else value


def _of_executions(url: str, folded: dict[str, Folded]) -> list[str]:
    return [
        f"#{row['code']} is {row['status']}, its events say {folded[row['id']].status}"
        for row in _rows(url, "SELECT id, code, status FROM executions")
        if folded[row["id"]].status not in {None, row["status"]}
    ]


def _of_requests(url: str, folded: dict[str, Folded]) -> list[str]:
    votes: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in _rows(url, _VOTES):
        votes[row["execution_id"]][row["user_id"]] = bool(row["approve"])
    found = []
    for row in _rows(url, "SELECT * FROM hitl_requests WHERE execution_id IS NOT NULL"):
        told = folded[row["execution_id"]]
        if (told.request, told.revision) != (row["status"], row["revision"]):
            found.append(
                f"request #{row['code']} is {row['status']} ({row['revision']}), "
                f"its events say {told.request} ({told.revision})"
            )
        if told.votes != votes[row["execution_id"]]:
            found.append(f"votes on #{row['code']} are {votes[row['execution_id']]}, its events say {told.votes}")
    return found


def _of_runs(url: str, folded: dict[str, Folded]) -> list[str]:
    rows: dict[str, dict[Any, str]] = defaultdict(dict)
    for row in _rows(url, _RUNS):
        rows[row["execution_id"]][row["skill"], row["provider"]] = row["status"]
    return [
        f"runs of {key} are {rows[key]}, its events say {told.runs}"
        for key, told in folded.items()
        if told.runs != rows[key]
    ]
