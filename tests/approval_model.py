"""Who may decide what, told a second time: from the bare rows, by other means than the program's."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from core.domain.executions import TRANSITIONS
from core.domain.plans import RiskLevel
from core.domain.policy import Policy, Rule, Who
from core.domain.users import Role
from tests.databases import queries, query, table

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


def look(url: str) -> Snapshot:
    """Read them from the database at ``url``, oldest first."""
    people, delegations, requests, votes, executions, runs, buttons, done = queries(url, *_EVERYTHING)
    tokens = {row["token"]: row for row in buttons}
    taken = {row["id"]: row["payload"].get("token") for row in done}
    return Snapshot(
        people={row["id"]: row for row in people},
        delegations=tuple(delegations),
        requests={row["id"]: row for row in requests},
        votes=tuple(votes),
        executions={row["id"]: row for row in executions},
        runs={row["id"]: row for row in runs},
        pressed={delivery: tokens[token] for delivery, token in taken.items() if token in tokens},
    )


def requests_in(url: str) -> list[Row]:
    """Return all requests for an approval, oldest first."""
    return query(url, _by_age("hitl_requests"))


def _by_age(name: str) -> Select[Any]:
    rows = table(name)
    return select(rows).order_by(rows.c.created_at, rows.c.id)


_EVERYTHING = (
    *(select(table(name)) for name in ("users", "delegations")),
    _by_age("hitl_requests"),
    select(table("approval_votes")),
    _by_age("executions"),
    *(select(table(name)) for name in ("install_runs", "button_tokens")),
    select(table("inbox").c.id, table("inbox").c.payload).where(table("inbox").c.status == "done"),
)


def objections(before: Snapshot, request: Row, votes: tuple[Row, ...], now: datetime) -> list[str]:
    """Return why ``votes`` are not enough for ``request`` at ``now``, among the people of ``before``."""
    if (request["response"] or {}).get("break_glass"):
        return _glass(before, request)
    terms = TERMS[request["policy"].removesuffix(", asked")]
    requesters = set(request["requesters"])
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
        and given["starts_at"] <= now < given["until"]
        for given in world.delegations
    )


def _asked(person: Row, terms: Terms, request: Row, now: datetime) -> bool:
    if not person["is_active"]:
        return False
    if person["role"] in terms.roles or person["name"] in terms.people:
        return True
    late = terms.escalates is not None and now >= request["created_at"] + timedelta(minutes=terms.escalates)
    return late and person["role"] == "admin"


def _glass(world: Snapshot, request: Row) -> list[str]:
    admin = world.people[request["responded_by"]]
    found = [] if admin["is_active"] and admin["role"] == "admin" else [f"{admin['name']} broke the glass"]
    return found if (request["comment"] or "").strip() else [*found, "the glass was broken without a reason"]


def fingerprint(document: Any) -> str:
    """Return the SHA-256 of a JSON document, written in the one canonical way."""
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def broken_transitions(url: str) -> list[str]:
    """Return what is wrong with the log of transitions: steps that are forbidden, or do not lead to where a row is.

    Clocks are set back here, and no database says which row was first: steps are counted, not followed.
    """
    tables = {
        "execution": ("executions", "status"),
        "hitl": ("hitl_requests", "status"),
        "run": ("install_runs", "status"),
        "target": ("install_targets", "status"),
        "chat_action": ("chat_actions", "result"),
    }
    log, *rows = queries(
        url, *(select(table(name)) for name in ("status_transitions", *(it for it, _ in tables.values())))
    )
    steps: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for row in log:
        steps[row["entity_id"]].append((row["from_status"], row["to_status"]))
    found: list[str] = []
    for (entity, (_, column)), entities in zip(tables.items(), rows, strict=True):
        legal = TRANSITIONS[entity]  # type: ignore[index]  # the keys above are entity types
        for row in entities:
            taken, end = steps[row["id"]], row[column]
            found += [
                f"{entity} {row['id']}: {before} -> {after}"
                for before, after in taken
                if before is not None and after not in legal.get(before, ())
            ]
            # Each status is left as often as it is entered, but for the beginning and the end.
            balance = Counter(before for before, _ in taken)
            balance.subtract(after for _, after in taken)
            if {status: times for status, times in balance.items() if times} != {None: 1, end: -1}:
                found.append(f"{entity} {row['id']} is {end}, its log says {taken}")
    return found
