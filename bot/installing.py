"""Installing: what a worker does - everything that needs no channel, beside processes that have them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from bot.assembly import EVERY_APPROVER, assemble
from bot.election import LOOK
from bot.installation import Installation
from bot.jobs import renewing, ticking
from bot.peers import Peers
from bot.run_jobs import queue_emptied
from bot.tasks import AT_ONCE
from bot.wake import Wake
from bot.workers import Workers, log_failure
from core.ports import Clock, Storage, UserGroups


@contextlib.asynccontextmanager
async def installing(
    installation: Installation,
    storage: Storage,
    *,
    clock: Clock,
    on_wake: Wake,
    peers: Peers,
    user_groups: UserGroups | None,
    queued: bool,
) -> AsyncIterator[Workers]:
    """Install, and write receipts, beside ``peers`` until the context ends; what is under way then is finished."""
    program, upkeep = assemble(
        installation,
        storage,
        {},
        clock,
        at_once=AT_ONCE,
        report=log_failure,
        audience=EVERY_APPROVER,
        first_code=None,
        policy=installation.policy,
        user_groups=user_groups,
        sender=None,
        language_model=None,
        rates=None,
        peers=peers,
        look=LOOK,
        spoken_on=installation.channels,
        only_installs=True,
        queued=queued,
    )
    on_wake.target = program.workers.wake
    async with (
        renewing(upkeep.leases),
        queue_emptied(installation, storage, program.executor, clock) if queued else contextlib.nullcontext(),
        program.workers.running(),
        ticking(program.workers.wake),
    ):
        program.workers.wake()
        yield program.workers
