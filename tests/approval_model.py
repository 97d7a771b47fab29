"""Who may decide what, told a second time: from the bare rows, by other means than the program's."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from core.domain.executions import TRANSITIONS
from core.domain.plans import RiskLevel
from core.domain.policy import Policy, Rule, Who
from core.domain.users import Role

Row = dict[str, Any]


@dataclass(frozen=True)
class Terms:
    """What a test's policy says about everything that changes something."""

    name: str
    needs: int = 1
    roles: tuple[str, ...] = ("admin",)
    people: tuple[str, ...] = ()
    #: Minutes after which admins may vote too.
    escalates: int | None = None
    good_for: timedelta = timedelta(hours=24)
    free: bool = False
    forbids: str | None = None

    @property
    def policy(self) -> Policy:
        """The policy that says so."""
        rules = [
            Rule(name="read", risks=(RiskLevel.READ,), outcome="allow"),
            Rule(name="stand in", intents=("delegate",), outcome="allow"),
        ]
        if self.forbids:
            rules.append(Rule(name=f"no {self.forbids}", providers=(self.forbids,), outcome="deny"))
        if self.free:
            rules.append(Rule(name=self.name, intents=("install",), outcome="allow"))
        asks = Rule(
            name=f"{self.name}, asked" if self.free else self.name,
            outcome="require",
            approvers=Who(roles=tuple(Role(role) for role in self.roles), people=self.people),
            threshold=self.needs,
            execution_ttl=self.good_for,
            escalate_after=None if self.escalates is None else timedelta(minutes=self.escalates),
            escalate_to=Who() if self.escalates is None else Who(roles=(Role.ADMIN,)),
        )
        return Policy(rules=(*rules, asks))


TERMS = {
    terms.name: terms
    for terms in (
        Terms("one admin"),
        Terms("two admins", needs=2),
        Terms("bob or erin, later admins", roles=(), people=("Bob", "Erin"), escalates=10, good_for=timedelta(hours=1)),
        Terms("everybody, three", needs=3, roles=("admin", "user")),
        Terms("anything goes", free=True),
        Terms("not on gemini", forbids="gemini"),
    )
}


@dataclass(frozen=True)
class Snapshot:
    """The rows that matter, at one moment."""

    people: dict[str, Row]
    delegations: tuple[Row, ...]
    requests: dict[str, Row]
    votes: tuple[Row, ...]
    executions: dict[str, Row] = field(default_factory=dict)
    runs: dict[str, Row] = field(default_factory=dict)
    #: The buttons whose presses were worked on, by the id of the delivery.
    pressed: dict[str, Row] = field(default_factory=dict)


_PRESSED = """
    SELECT inbox.id AS delivery, button_tokens.* FROM inbox
    JOIN button_tokens ON button_tokens.token = json_extract(inbox.payload, '$.token')
    WHERE inbox.status = 'done'
"""


def look(file: Path) -> Snapshot:
    """Read them."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row

        def rows(query: str) -> list[Row]:
            return [dict(row) for row in connection.execute(query)]

        return Snapshot(
            people={row["id"]: row for row in rows("SELECT * FROM users")},
            delegations=tuple(rows("SELECT * FROM delegations")),
            requests={row["id"]: row for row in rows("SELECT * FROM hitl_requests ORDER BY rowid")},
            votes=tuple(rows("SELECT * FROM approval_votes")),
            executions={row["id"]: row for row in rows("SELECT * FROM executions ORDER BY rowid")},
            runs={row["id"]: row for row in rows("SELECT * FROM install_runs")},
            pressed={row["delivery"]: row for row in rows(_PRESSED)},
        )


def query(file: Path, what: str) -> list[Row]:
    """Return the rows that ``what`` selects."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(what)]


def objections(before: Snapshot, request: Row, votes: tuple[Row, ...], now: datetime) -> list[str]:
    """Return why ``votes`` are not enough for ``request`` at ``now``, among the people of ``before``."""
    if json.loads(request["response"] or "{}").get("break_glass"):
        return _glass(before, request)
    terms = TERMS[request["policy"].removesuffix(", asked")]
    requesters = set(json.loads(request["requesters"]))
    mine = [v for v in votes if v["request_id"] == request["id"] and v["revision"] == request["revision"]]
    counted = [vote for vote in mine if vote["is_confirmed"] and _counts(before, terms, request, requesters, vote, now)]
    voices = {vote["on_behalf_of"] or vote["user_id"] for vote in counted if vote["approve"]}
    found = []
    if len(voices) < terms.needs:
        found.append(f"{len(voices)} of {terms.needs} under {terms.name}: {mine}")
    if any(not vote["approve"] for vote in counted):
        found.append("somebody is against it")
    return found


def _counts(world: Snapshot, terms: Terms, request: Row, requesters: set[str], vote: Row, now: datetime) -> bool:
    voter, owner = vote["user_id"], vote["on_behalf_of"] or vote["user_id"]
    if {voter, owner} & requesters or not world.people[voter]["is_active"]:
        return False
    if not _asked(world.people[owner], terms, request, now):
        return False
    return voter == owner or any(
        given["from_user_id"] == owner
        and given["to_user_id"] == voter
        and given["ended_at"] is None
        and moment(given["starts_at"]) <= now < moment(given["until"])
        for given in world.delegations
    )


def _asked(person: Row, terms: Terms, request: Row, now: datetime) -> bool:
    if not person["is_active"]:
        return False
    if person["role"] in terms.roles or person["name"] in terms.people:
        return True
    late = terms.escalates is not None and now >= moment(request["created_at"]) + timedelta(minutes=terms.escalates)
    return late and person["role"] == "admin"


def _glass(world: Snapshot, request: Row) -> list[str]:
    admin = world.people[request["responded_by"]]
    found = [] if admin["is_active"] and admin["role"] == "admin" else [f"{admin['name']} broke the glass"]
    return found if (request["comment"] or "").strip() else [*found, "the glass was broken without a reason"]


def moment(text: str) -> datetime:
    """Return the moment that a row means."""
    return datetime.fromisoformat(text)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a JSON document, written in the one canonical way."""
    plain = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def broken_transitions(file: Path) -> list[str]:
    """Return what is wrong with the log of transitions: steps that are forbidden, missing or lead elsewhere."""
    tables = {
        "execution": ("executions", "status"),
        "hitl": ("hitl_requests", "status"),
        "run": ("install_runs", "status"),
        "target": ("install_targets", "status"),
        "chat_action": ("chat_actions", "result"),
    }
    found: list[str] = []
    with closing(sqlite3.connect(file)) as connection:
        for entity, (table, column) in tables.items():
            first = TRANSITIONS[entity]  # type: ignore[index]  # the keys above are entity types
            query = "SELECT from_status, to_status FROM status_transitions WHERE entity_id = ? ORDER BY rowid"
            for key, status in connection.execute(f"SELECT id, {column} FROM {table}").fetchall():  # noqa: S608 - ours
                at = None
                for before, after in connection.execute(query, (key,)):
                    if before != at or (before is not None and after not in first.get(before, ())):
                        found.append(f"{entity} {key}: {at} then {before} -> {after}")
                    at = after
                if at != status:
                    found.append(f"{entity} {key} is {status}, its log ends with {at}")
    return found
