"""Processes that decide the same requests at the same time, on one SQLite file: what each does, and its tally."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from core.domain.actions import Install
from core.domain.approvals import ApprovalRequest, ApprovalSubject
from core.domain.policy import Policy, Rule
from core.errors import SkillwardenError
from core.services.approval_clock import ApprovalClock
from core.services.approval_notices import Audience
from core.services.records import Speaker, new_chat_action, new_execution
from core.services.rosters import Rosters
from tests.clock import START, FakeClock
from tests.desk import PEOPLE, Desk
from tests.desk_world import Outside, place_of

RULE = Rule(name="one admin", outcome="require", ttl=timedelta(hours=1))
POLICY = Policy(rules=(RULE,))
PROCESSES = 2
#: What the tasks of one process do about each request.
TASKS = ("approve",) * 5 + ("reject",) * 5 + ("cancel",) * 3 + ("expire",) * 3
ADMINS = [name for name, role in PEOPLE.items() if role == "admin"]
#: Seconds after which a process that does not come is given up.
PATIENCE = 60


@dataclass
class Answer:
    """What one task was told about one request: nothing when it won, else the error's name and facts."""

    code: str
    task: str
    error: str | None = None
    params: dict[str, str] | None = None


async def open_requests(folder: Path, count: int) -> list[str]:
    """Make ``count`` requests that wait for a decision, each a minute younger than the one before; return their ids."""
    desk = Desk(folder, Outside(), POLICY)
    await desk.open()
    await desk.say("alice", Install(skills=("pdf",), providers=("Claude",)))
    await desk.work()
    ids: list[str] = []
    async with desk.database.begin() as uow:
        (model,) = await uow.approvals.pending(START)
        first, asker = await uow.executions.get(model.execution_id or ""), await uow.users.get(model.created_by)
        assert first is not None
        assert asker is not None
        await desk.program.approvals.cancel(uow, first, asker)  # it has shown what all of them ask for
        for number in range(count):
            desk.clock.set(START + timedelta(minutes=number))
            speaker = Speaker(user_id=model.created_by, external_id="alice", conversation=place_of("alice"))
            now, key = desk.clock.now(), f"race {number}"
            execution = await new_execution(uow, speaker, now=now, dedupe_key=key, text="install pdf")
            subject = ApprovalSubject.model_validate(model.payload)
            record = await new_chat_action(uow, execution, subject.chat_action, now=now)
            await desk.program.approvals.open(uow, execution.evolve(subject=subject), record, RULE)
            request = await uow.approvals.of_execution(execution.id)
            assert request is not None
            ids.append(request.id)
        await uow.commit()
    await desk.close()
    return ids


def race(folder: Path, ids: list[str], seed: int) -> list[Answer]:
    """Let all processes decide all requests; return every answer."""
    context = multiprocessing.get_context("spawn")
    line = context.Barrier(PROCESSES)
    racers = [
        context.Process(target=_run, args=(folder, ids, f"{seed} {number}", line, folder / f"{number}.json"))
        for number in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert [racer.exitcode for racer in racers] == [0] * PROCESSES
    tallies = [json.loads((folder / f"{number}.json").read_text()) for number in range(PROCESSES)]
    return [Answer(**answer) for tally in tallies for answer in tally]


def _run(folder: Path, ids: list[str], seed: str, line: Barrier, tally: Path) -> None:
    answers = asyncio.run(_race(folder, ids, random.Random(seed), line))
    tally.write_text(json.dumps([vars(answer) for answer in answers]))


async def _race(folder: Path, ids: list[str], dice: random.Random, line: Barrier) -> list[Answer]:
    desk = Desk(folder, Outside(), POLICY)
    # Opened in the same order by all: what begins with a process is not part of the race.
    await desk.open()
    late = FakeClock()
    sweep = ApprovalClock(
        storage=desk.database, clock=late, rosters=Rosters(clock=late, policy=POLICY), audience=Audience()
    )
    answers: list[Answer] = []
    for number, request_id in enumerate(ids):
        async with desk.database.read() as uow:
            request = await uow.approvals.get(request_id)
        assert request is not None
        desk.clock.set(START + timedelta(minutes=number))
        late.set(request.expires_at)
        tasks = dice.sample(TASKS, len(TASKS))
        await asyncio.to_thread(line.wait, PATIENCE)
        answers += await asyncio.gather(
            *(_decide(desk, sweep, request, task, ADMINS[place % len(ADMINS)]) for place, task in enumerate(tasks))
        )
        await asyncio.to_thread(line.wait, PATIENCE)
    await desk.close()
    return answers


async def _decide(desk: Desk, sweep: ApprovalClock, seen: ApprovalRequest, task: str, who: str) -> Answer:
    try:
        if task == "expire":
            closed = await sweep.expire_due()
            return Answer(seen.code, task, None if closed else "NothingDue")
        async with desk.database.read() as uow:  # as a delivery is read, and as the sweep looks first
            person = await uow.users.by_name(who)
        async with desk.database.begin() as uow:
            execution = await uow.executions.get(seen.execution_id or "")
            request = await uow.approvals.get(seen.id)
            assert person is not None
            assert execution is not None
            assert request is not None
            if task == "cancel":
                await desk.program.approvals.cancel(uow, execution, person)
            else:
                await desk.program.approvals.vote(uow, request, person, approve=task == "approve", channel="console")
            await uow.commit()
    except SkillwardenError as error:
        params: dict[str, Any] = {name: str(value) for name, value in error.params.items()}
        return Answer(seen.code, task, type(error).__name__, params)
    return Answer(seen.code, task)
