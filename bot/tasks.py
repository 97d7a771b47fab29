"""Tasks: every kind of work that the program finds in its database, and how much of it goes on at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workers import Task
from core.domain.executions import WaitingFor

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.ports import Clock
    from core.services.callbacks import Callbacks
    from core.services.delivery import Delivery
    from core.services.dispatcher import Dispatcher
    from core.services.execution_service import ExecutionService
    from core.services.preparation import Preparation
    from core.services.receipts import Receipts

# How many of each kind of work at a time: git and the installers are what takes the machine.
CONCURRENCY = 8
# How many conversations are spoken to at a time: most of that is waiting for a platform's budget.
CONVERSATIONS = 64
# How many processes of one database are reckoned with, where it takes several.
CROWD = 8
# Seconds between two looks for copies to edit: what changes more often than this nobody can follow.
EYE = 0.25
# What happens at a time altogether.
AT_ONCE = 2 * CONCURRENCY + CONVERSATIONS


#: The kinds of work, as they are called in the log and in the metrics.
TASKS = ("inbox", "prepare", "run", "receipt", "deliver", "call back", "reconcile")
# Those that need no channel.
_INSTALLING = ("run", "receipt")


def kinds_of_work(*, only_installs: bool, queued: bool) -> frozenset[str]:
    """Return what workers look for; runs that are ``queued`` come to them."""
    return frozenset(_INSTALLING if only_installs else TASKS) - ({"run"} if queued else set())


def tasks_of(
    kinds: Collection[str],
    clock: Clock,
    *,
    dispatcher: Dispatcher,
    preparation: Preparation,
    executor: ExecutionService,
    receipts: Receipts,
    delivery: Delivery,
    callbacks: Callbacks,
    crowd: int = 1,
) -> tuple[Task, ...]:
    """Return the tasks of these ``kinds``, the most urgent first.

    Among a ``crowd`` of processes each looks at more than it has room for: others may be at the first already.
    """
    few, many = CONCURRENCY * crowd, CONVERSATIONS * crowd
    tasks = (
        Task(
            name="inbox",
            find=lambda uow: uow.inbox.pending(limit=few),
            work=dispatcher.process,
            abandon=dispatcher.abandon,
            limit=CONCURRENCY,
            table="inbox",
        ),
        Task(
            name="prepare",
            find=lambda uow: uow.executions.waiting(WaitingFor.PLAN, limit=few),
            work=preparation.prepare,
            abandon=preparation.abandon,
            limit=CONCURRENCY,
            table="executions",
        ),
        Task(
            name="run",
            find=lambda uow: uow.runs.claimable(clock.now(), limit=few),
            work=executor.run,
            abandon=executor.abandon,
            limit=CONCURRENCY,
            table="install_runs",
        ),
        Task(
            name="receipt",
            find=lambda uow: uow.runs.receipts_due(clock.now(), limit=few),
            work=receipts.write,
            abandon=receipts.postpone,
            limit=CONCURRENCY,
            table="install_runs",
        ),
        Task(
            name="deliver",
            find=lambda uow: uow.notices.due(clock.now(), limit=many),
            work=delivery.deliver,
            abandon=delivery.abandon,
            limit=CONVERSATIONS,
            table="notices",
        ),
        Task(
            name="call back",
            find=lambda uow: uow.notices.callbacks_due(clock.now(), limit=few),
            work=callbacks.send,
            abandon=callbacks.abandon,
            limit=CONCURRENCY,
            table="notices",
        ),
        Task(
            name="reconcile",
            find=lambda uow: uow.prompts.stale(clock.now(), limit=many),
            work=delivery.reconcile,
            abandon=delivery.abandon_prompt,
            limit=CONVERSATIONS,
            table="approval_prompts",
            pause=EYE,
        ),
    )
    return tuple(task for task in tasks if task.name in kinds)
