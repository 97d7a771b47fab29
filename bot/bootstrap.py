"""The composition root: the one place that knows the services, the workers and the database, and runs them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Callable, Mapping

import structlog

from bot.assembly import EVERY_APPROVER, Program, assemble
from bot.election import LOOK
from bot.installation import Installation
from bot.jobs import renewing, ticking, timers
from bot.peers import Alone, Peers
from bot.run_jobs import queue_emptied
from bot.tasks import AT_ONCE
from bot.wake import Wake
from bot.workers import log_failure
from core.domain.messages import ChannelName
from core.domain.policy import Policy
from core.ports import CallbackSender, Channel, Clock, LanguageModel, UserGroups
from core.services.approval_notices import Audience
from core.services.rates import Rates
from storage.database import Database

_log = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def running(
    installation: Installation,
    database: Database,
    channels: Mapping[ChannelName, Channel],
    *,
    clock: Clock,
    on_wake: Wake,
    at_once: int = AT_ONCE,
    report: Callable[[str, Exception], None] = log_failure,
    audience: Audience = EVERY_APPROVER,
    first_code: str | None = None,
    policy: Policy | None = None,
    user_groups: UserGroups | None = None,
    sender: CallbackSender | None = None,
    peers: Peers | None = None,
    look: float = LOOK,
    language_model: LanguageModel | None = None,
    rates: Rates | None = None,
) -> AsyncIterator[Program]:
    """Put the services together and work, on at most ``at_once`` things at a time, until the context ends.

    The work is shared with ``peers`` (None: there are none), who elect one of them by looking every ``look`` seconds.

    ``first_code`` makes whoever sends it in private the first admin; ``policy`` stands in for the configured one.
    ``user_groups`` tells who is in the groups of a platform that the policy names; ``sender`` stands in for HTTP,
    ``language_model`` for the configured one. What goes beyond ``rates`` is turned away.
    """
    from bot.integrations.language_model import configured_model
    from bot.integrations.secret_stores import Secrets

    peers = peers or Alone()
    secrets = Secrets(os.environ, installation.masker)
    async with contextlib.AsyncExitStack() as stack:
        model = await stack.enter_async_context(configured_model(installation.settings.language_model, secrets))
        program, upkeep = assemble(
            installation,
            database,
            channels,
            clock,
            at_once=at_once,
            report=report,
            audience=audience,
            first_code=first_code,
            policy=policy or installation.policy,
            user_groups=user_groups,
            sender=sender,
            language_model=language_model or model,
            rates=rates,
            peers=peers,
            look=look,
            spoken_on=channels.keys(),
            queued=peers.are_several and database.queues_runs,
        )
        on_wake.target = program.wake
        if not peers.are_several:
            await upkeep.housekeeping.take_over()
        await program.approval_clock.expire_due()
        await program.policy.adopt()
        found = await program.policy.review()
        for sentence in (*found.shortages, *found.remarks):
            _log.warning("policy", found=sentence)
        if peers.are_several:
            await stack.enter_async_context(renewing(upkeep.leases))
            if database.queues_runs:
                await stack.enter_async_context(queue_emptied(installation, database, program.executor, clock))
        await stack.enter_async_context(program.workers.running())
        await stack.enter_async_context(ticking(program.tick))
        await stack.enter_async_context(program.election.running())
        duty = program.election.duty("the timers", lambda: timers(program.approval_clock, upkeep))
        await stack.enter_async_context(duty)
        program.workers.wake()
        yield program
