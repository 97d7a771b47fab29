"""Metrics: what ``/metrics`` shows, in a registry of its own; docs/operations.md explains each."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

import structlog
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from core.domain.base import lowest_id
from core.domain.figures import Ending, Standing
from core.domain.messages import ChannelName
from core.domain.notices import Backlog
from core.errors import SkillwardenError
from core.ports import Clock, Storage

# Seconds for which what was read from the database is shown again: a scrape, however often, costs no more than this.
FRESH = 10.0
# Seconds after which a database that has not answered is called down.
PATIENCE = 2.0
# What happened less long ago may not be committed yet, or by a clock that is slow.
SETTLED = timedelta(seconds=10)
# Of what has ended, so much is read at a time.
PORTION = 2000

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SLOW = (10, 30, 60, 300, 900, 1800, 3600, 14400, 86400)
_LOOK = 0.5  # seconds between two looks at the event loop

#: How a cancelled request is called by why it was.
_CANCELLED = {"APPROVAL_REJECTED": "rejected", "APPROVAL_EXPIRED": "expired"}

_log = structlog.get_logger(__name__)


class Metrics:
    """Implements bot.meter.Meter; the figures of the database are read when somebody looks, and not too often."""

    #: What ``text`` is.
    media_type = CONTENT_TYPE_LATEST

    def __init__(self, storage: Storage, clock: Clock) -> None:
        """Count what ends from now on."""
        self._storage = storage
        self._clock = clock
        self._counted = lowest_id(clock.now())
        self._read_at: float | None = None
        self._reading = asyncio.Lock()
        disable_created_metrics()  # type: ignore[no-untyped-call]  # else each counter has a second series that says when it was made
        self._registry = CollectorRegistry()
        self._count()
        self._gauge()
        ProcessCollector(registry=self._registry)

    def _count(self) -> None:
        to = self._registry
        self._requests = Counter("skillwarden_requests", "Requests that ended.", ["channel", "outcome"], registry=to)
        self._decided = Counter(
            "skillwarden_approvals_decided", "Approvals that ended, by who asked.", ["agent", "status"], registry=to
        )
        self._decision = Histogram(
            "skillwarden_decision_seconds", "From a question to its answer.", buckets=_SLOW, registry=to
        )
        self._runs = Counter("skillwarden_runs", "Runs that ended.", ["provider", "action", "outcome"], registry=to)
        self._provider_errors = Counter(
            "skillwarden_provider_errors", "Runs that failed, by why.", ["provider", "code"], registry=to
        )
        self._acknowledgement = Histogram(
            "skillwarden_acknowledgement_seconds",
            "From the arrival of deliveries until they are stored.",
            ["channel"],
            buckets=_FAST,
            registry=to,
        )
        self._waits = Counter(
            "skillwarden_rate_limit_waits", "Times that a platform asked to wait.", ["channel"], registry=to
        )
        self._waited = Counter(
            "skillwarden_rate_limit_wait_seconds", "How long it asked to wait.", ["channel"], registry=to
        )
        self._busy = Counter(
            "skillwarden_busy", "Deliveries turned away because somebody asked too much.", ["channel"], registry=to
        )
        self._failures = Counter("skillwarden_work_failures", "Pieces of work that failed.", ["task"], registry=to)
        self._lag = Histogram("skillwarden_loop_lag_seconds", "How late the event loop is.", buckets=_FAST, registry=to)

    def _gauge(self) -> None:
        to = self._registry
        Gauge("skillwarden_info", "Which version runs.", ["version"], registry=to).labels(
            importlib.metadata.version("skillwarden")
        ).set(1)
        self._up = Gauge("skillwarden_database_up", "Whether the database answered in time.", registry=to)
        self._outbox = Gauge("skillwarden_outbox_pending", "Messages that wait to be said.", registry=to)
        self._outbox_age = Gauge("skillwarden_outbox_oldest_seconds", "Since when the oldest waits.", registry=to)
        self._inbox = Gauge("skillwarden_inbox_pending", "Deliveries that wait to be worked on.", registry=to)
        self._inbox_age = Gauge("skillwarden_inbox_oldest_seconds", "Since when the oldest waits.", registry=to)
        self._behind = Gauge("skillwarden_copies_behind", "Posted cards that are out of date.", registry=to)
        self._pending = Gauge(
            "skillwarden_approvals_pending", "Approvals that wait for people.", ["agent"], registry=to
        )
        self._pending_age = Gauge(
            "skillwarden_approvals_oldest_seconds", "Since when the oldest waits.", ["agent"], registry=to
        )
        self._active = Gauge("skillwarden_runs_active", "Runs that are queued or running.", ["status"], registry=to)
        self._active_age = Gauge(
            "skillwarden_runs_oldest_seconds", "Since when the oldest is.", ["status"], registry=to
        )

    def acknowledged(self, channel: ChannelName, seconds: float) -> None:
        self._acknowledgement.labels(channel).observe(seconds)

    def held(self, channel: ChannelName, seconds: float) -> None:
        self._waits.labels(channel).inc()
        self._waited.labels(channel).inc(seconds)

    def turned_away(self, channel: ChannelName) -> None:
        self._busy.labels(channel).inc()

    def failed(self, what: str) -> None:
        self._failures.labels(what).inc()

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Measure the event loop while the context lasts."""
        task = asyncio.create_task(self._watch(), name="loop lag")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LOOK
            await asyncio.sleep(_LOOK)
            self._lag.observe(max(0.0, loop.time() - due))

    async def text(self) -> bytes:
        """Return everything in Prometheus' text format; a database that does not answer is a figure, no failure."""
        async with self._reading:  # whoever comes meanwhile sees what this one has read
            now = asyncio.get_running_loop().time()
            if self._read_at is None or now - self._read_at >= FRESH:
                await self._read()
                self._read_at = asyncio.get_running_loop().time()
        return await asyncio.to_thread(generate_latest, self._registry)  # the process is read from /proc

    async def _read(self) -> None:
        now = self._clock.now()
        try:
            async with asyncio.timeout(PATIENCE), self._storage.read() as uow:
                standing = await uow.figures.standing()
                until = lowest_id(now - SETTLED)
                ended = await uow.figures.endings(self._counted, until, limit=PORTION)
        except (SkillwardenError, TimeoutError) as error:
            _log.warning("the figures could not be read", error=str(error) or "no answer in time")
            self._up.set(0)
            return
        self._up.set(1)
        self._show(standing, now)
        self._add(ended)
        self._counted = ended[-1].id if len(ended) == PORTION else max(until, self._counted)

    def _show(self, standing: Standing, now: datetime) -> None:
        self._outbox.set(standing.outbox.count)
        self._outbox_age.set(_age(standing.outbox, now))
        self._inbox.set(standing.inbox.count)
        self._inbox_age.set(_age(standing.inbox, now))
        self._behind.set(standing.copies_behind)
        for shown, ages, found in (
            (self._pending, self._pending_age, standing.approvals),
            (self._active, self._active_age, standing.runs),
        ):
            shown.clear()
            ages.clear()
            for label, waiting in found.items():
                shown.labels(label).set(waiting.count)
                ages.labels(label).set(_age(waiting, now))

    def _add(self, ended: Iterable[Ending]) -> None:
        for one in ended:
            match one.entity:
                case "execution":
                    outcome = _CANCELLED.get(one.error_code or "", one.status)
                    self._requests.labels(one.of, outcome).inc()
                case "hitl":
                    self._decided.labels(one.of, one.status).inc()
                    self._decision.observe(one.seconds)
                case _:
                    self._runs.labels(one.of, one.action or "unknown", one.status).inc()
                    if one.error_code is not None:
                        self._provider_errors.labels(one.of, one.error_code).inc()


def _age(waiting: Backlog, now: datetime) -> float:
    return max(0.0, (now - waiting.oldest).total_seconds()) if waiting.oldest else 0.0
