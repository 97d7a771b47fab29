"""Metrics: what is counted, what is read, and that looking often costs nothing."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import FRESH, PORTION, Metrics
from core.domain.base import lowest_id, new_id
from core.domain.figures import Ending, Standing
from core.domain.notices import Backlog
from core.errors import StorageError
from core.ports import UnitOfWork
from tests.clock import START, FakeClock
from tests.fake_unit_of_work import repository, unit_of_work

ROOT = Path(__file__).resolve().parents[2]
RULES = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text(encoding="utf-8"))
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
NOTHING = Standing(outbox=Backlog(count=0), inbox=Backlog(count=0), copies_behind=0, approvals={}, runs={})
SINCE = START - timedelta(seconds=30)


class Database:
    """A database with these figures, which counts how often it is asked."""

    def __init__(self, standing: Standing = NOTHING) -> None:
        self.standing = standing
        self.ended: list[Ending] = []
        self.looks = 0
        self.error: Exception | None = None
        self.hangs = False

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """Answer, or do not."""
        self.looks += 1
        if self.error is not None:
            raise self.error
        if self.hangs:
            await asyncio.Event().wait()
        yield unit_of_work(figures=repository(standing=self.standing, endings=self._endings))

    begin: Any = read

    def writes(self, table: str) -> int:
        return 0

    def _endings(self, after: str, until: str, *, limit: int) -> Sequence[Ending]:
        return tuple(one for one in self.ended if after < one.id <= until)[:limit]


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture
def database() -> Database:
    """Give a database in which nothing happens."""
    return Database()


@pytest.fixture
def metrics(database: Database, clock: FakeClock) -> Metrics:
    """Give metrics that begin now."""
    return Metrics(database, clock)


async def shown(metrics: Metrics) -> dict[str, float]:
    """Return every sample, called as Prometheus does."""
    return {
        sample.name + (f"{{{','.join(sample.labels.values())}}}" if sample.labels else ""): sample.value
        for family in text_string_to_metric_families((await metrics.text()).decode())
        for sample in family.samples
    }


def later(monkeypatch: pytest.MonkeyPatch, metrics: Metrics) -> None:
    """Let what was read be old."""
    monkeypatch.setattr(metrics, "_read_at", asyncio.get_running_loop().time() - FRESH)


async def test_what_waits_is_shown_with_its_age(database: Database, metrics: Metrics) -> None:
    """Counts and ages, by state, kind and status."""
    some = Backlog(count=3, oldest=SINCE)
    database.standing = Standing(
        outbox=some, inbox=some, copies_behind=2, approvals={"chatops": some}, runs={"queued": some}
    )
    found = await shown(metrics)
    assert found["skillwarden_outbox_pending"] == found["skillwarden_inbox_pending"] == 3
    assert found["skillwarden_outbox_oldest_seconds"] == found["skillwarden_inbox_oldest_seconds"] == 30
    assert found["skillwarden_copies_behind"] == 2
    assert found["skillwarden_approvals_pending{chatops}"] == 3
    assert found["skillwarden_approvals_oldest_seconds{chatops}"] == 30
    assert found["skillwarden_runs_active{queued}"] == 3
    assert found["skillwarden_database_up"] == 1


async def test_what_ends_is_counted_once(
    database: Database, metrics: Metrics, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By channel and outcome, provider and reason; not before it is settled, and never again."""

    def ending(entity: str, status: str, of: str, **more: Any) -> Ending:
        id_ = new_id(clock.now())
        return Ending.model_validate({"id": id_, "entity": entity, "status": status, "of": of, "seconds": 42} | more)

    clock.advance(1)
    database.ended = [
        ending("execution", "completed", "slack"),
        ending("execution", "cancelled", "slack", error_code="APPROVAL_REJECTED"),
        ending("execution", "cancelled", "telegram", error_code="APPROVAL_EXPIRED"),
        ending("execution", "cancelled", "api"),
        ending("hitl", "approved", "chatops"),
        ending("run", "success", "claude", action="install"),
        ending("run", "failed", "openai", action="install", error_code="DISK_FULL"),
    ]
    assert "skillwarden_requests_total{slack,completed}" not in await shown(metrics)
    clock.advance(minutes=1)
    for _ in range(3):
        later(monkeypatch, metrics)
        found = await shown(metrics)
    for outcome in ("slack,completed", "slack,rejected", "telegram,expired", "api,cancelled"):
        assert found[f"skillwarden_requests_total{{{outcome}}}"] == 1
    assert found["skillwarden_approvals_decided_total{chatops,approved}"] == 1
    assert (found["skillwarden_decision_seconds_count"], found["skillwarden_decision_seconds_sum"]) == (1, 42)
    assert found["skillwarden_runs_total{install,success,claude}"] == 1
    assert found["skillwarden_provider_errors_total{DISK_FULL,openai}"] == 1
    database.ended += [ending("execution", "completed", "slack") for _ in range(PORTION + 5)]
    clock.advance(minutes=1)
    for _ in range(2):
        later(monkeypatch, metrics)
        found = await shown(metrics)
    assert found["skillwarden_requests_total{slack,completed}"] == PORTION + 6


async def test_looking_often_costs_nothing(database: Database, metrics: Metrics) -> None:
    """A hundred scrapes at a time, and those soon after, are one look at the database."""
    await asyncio.gather(*(metrics.text() for _ in range(100)))
    await metrics.text()
    assert database.looks == 1


@pytest.mark.parametrize("how", ["error", "hangs"])
async def test_a_database_that_is_away_is_a_figure(
    database: Database, metrics: Metrics, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The scrape answers all the same, soon, and the rest is still shown."""
    monkeypatch.setattr("bot.metrics.PATIENCE", 0.01)
    database.error = StorageError(reason="it is away") if how == "error" else None
    database.hangs = how == "hangs"
    metrics.acknowledged("slack", 0.02)
    found = await shown(metrics)
    assert found["skillwarden_database_up"] == 0
    assert found["skillwarden_acknowledgement_seconds_count{slack}"] == 1


async def test_what_only_the_program_knows(metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    """Acknowledgements, waits for platforms, who was turned away, failures, and how late the event loop is."""
    monkeypatch.setattr("bot.metrics._LOOK", 0.001)
    metrics.held("telegram", 7)
    metrics.turned_away("slack")
    metrics.failed("deliver")
    async with metrics.watching():
        while (found := await shown(metrics))["skillwarden_loop_lag_seconds_count"] < 2:  # noqa: ASYNC110 - a figure has no event
            await asyncio.sleep(0)
    assert found["skillwarden_rate_limit_waits_total{telegram}"] == 1
    assert found["skillwarden_rate_limit_wait_seconds_total{telegram}"] == 7
    assert found["skillwarden_busy_total{slack}"] == 1
    assert found["skillwarden_work_failures_total{deliver}"] == 1
    assert any(name.startswith("process_") for name in found)


async def test_two_programs_share_nothing(database: Database, metrics: Metrics, clock: FakeClock) -> None:
    """Each has a registry of its own."""
    metrics.failed("deliver")
    other = await asyncio.to_thread(Metrics, database, clock)
    assert "skillwarden_work_failures_total{deliver}" not in await shown(other)


async def test_every_alert_is_about_something_that_is_shown(metrics: Metrics) -> None:
    """What the rules in deploy/ name is exported; each says what happened and what to do."""
    families = text_string_to_metric_families((await metrics.text()).decode())
    exported = {family.name for family in families}
    alerts = [rule for group in RULES["groups"] for rule in group["rules"]]
    assert len(alerts) >= 10
    for rule in alerts:
        named = set(re.findall(r"\b(?:skillwarden|process)_[a-z_]+", rule["expr"]))
        assert named, rule
        for name in named:
            assert re.sub(r"_(total|bucket|sum|count)$", "", name) in exported, name
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert f"`{rule['alert']}`" in OPERATIONS, rule["alert"]
    for name in exported:
        assert f"`{name}" in OPERATIONS or not name.startswith("skillwarden_"), name


def test_the_lowest_id_of_a_moment() -> None:
    """It lies between every id of before and every id from then on."""
    assert new_id(START - timedelta(milliseconds=1)) < lowest_id(START) < new_id(START)
