"""Several workers on PostgreSQL: installations of a small skill, one of four killed in the middle; starts and memory.

``python -m tests.bench.several [INSTALLATIONS]`` (1,000 unless said). Each is a request of its own that the policy
allows, on one of three providers that are folders; all become due at the same moment, when the workers are ready.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.integrations.bundle_store import DiskBundleStore
from core.domain.executions import WaitingFor
from core.domain.masking import Masker
from core.domain.targets import ProviderKind
from storage import run_queue
from storage.database import Database
from storage.migrate import migrate
from tests.bundles import bundle
from tests.databases import POSTGRESQL, query, way_behind
from tests.storage_factory import (
    make_execution,
    make_provider,
    make_run,
    make_skill,
    make_subject,
    make_target,
    make_user,
)

INSTALLATIONS = 1000
PATIENCE = 1800
_POLICY = '[[policy.rules]]\nname = "everything"\noutcome = "allow"\n'
_DONE = (
    "SELECT count(*) AS n, count(*) FILTER (WHERE status = 'success') AS good"
    " FROM install_runs WHERE finished_at IS NOT NULL"
)
_NOW = ("UPDATE install_runs SET not_before = NULL", "UPDATE procrastinate_jobs SET scheduled_at = NULL")
_DEEDS = "SELECT count(*) AS n FROM execution_events WHERE event_type = 'ToolCompleted'"


class _Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process, seconds: float) -> None:
        self.process = process
        self.seconds = seconds

    @property
    def megabytes(self) -> float:
        """The most memory it has had."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def _start(kind: str, home: Path, url: str) -> _Worker:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", kind, "--home", str(home)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=dict(os.environ) | {"DATABASE_URL": url},
    )
    assert process.stdout is not None
    while b"ready" not in (line := await process.stdout.readline()):
        if not line:
            raise RuntimeError(f"{kind} ended with {await process.wait()}")
    return _Worker(process, time.perf_counter() - began)


async def _store(url: str, home: Path, installations: int) -> None:
    """Store so many installations, due tomorrow."""
    clock = SystemClock()
    database = Database(url, masker=Masker(), clock=clock, queues_runs=True)
    store = DiskBundleStore(home)
    user = make_user("alice")
    kinds = (ProviderKind.CLAUDE, ProviderKind.OPENAI, ProviderKind.GEMINI)
    providers = [make_provider(user, kind, config={"path": str(home / kind.value)}) for kind in kinds]
    later = clock.now() + timedelta(days=1)
    async with database.begin() as uow:
        await uow.users.add(user)
        for provider in providers:
            await asyncio.to_thread(Path(provider.config["path"]).mkdir)
            await uow.providers.add(provider)
        await uow.commit()
    for number in range(installations):
        name = f"skill-{number}"
        content = bundle(skill_md=f"---\nname: {name}\ndescription: Does {number}.\n---\n", files={"a.py": "print()\n"})
        await store.put(content)
        skill, provider = make_skill(user, name), providers[number % len(providers)]
        target = make_target(skill, provider)
        subject = make_subject(skill, (provider, target))
        digest: dict[str, Any] = {"digest": content.digest}
        subject = subject.evolve(
            skills=(subject.skills[0].evolve(origin="store", **digest),),
            targets=(
                subject.targets[0].evolve(
                    wanted_digest=content.digest, location=f"desk:{provider.config['path']}/{name}"
                ),
            ),
        )
        execution = make_execution(user, waiting_for=WaitingFor.RUN, subject=subject)
        run = make_run(execution, target, not_before=later, created_at=clock.now())
        async with database.begin() as uow:
            await uow.skills.add(skill)
            await uow.targets.add(target)
            await uow.executions.add(execution)
            await uow.runs.add(run)
            await uow.run_queue.put(run)
            await uow.commit()
    await database.aclose()


def _release(url: str) -> None:
    """Let all of them be due now."""
    with way_behind(url).begin() as connection:
        for statement in _NOW:
            connection.exec_driver_sql(statement)


async def _measure(installations: int, workers: int, *, kill: bool = False) -> None:
    url = await asyncio.to_thread(POSTGRESQL.create)
    await migrate(url)
    await run_queue.prepare(url)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / "config.toml").write_text(_POLICY)
        team = list(await asyncio.gather(*(_start("worker", home, url) for _ in range(workers))))
        await _store(url, home, installations)
        await asyncio.to_thread(_release, url)
        began, is_killed = time.perf_counter(), not kill
        done = 0
        while done < installations:
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{done} of {installations} after {PATIENCE} s")
            await asyncio.sleep(0.1)
            (row,) = await asyncio.to_thread(query, url, _DONE)
            done = row["n"]
            if not is_killed and done >= installations // 2:
                is_killed = True
                team[0].process.kill()
        took = time.perf_counter() - began
        (deeds,) = await asyncio.to_thread(query, url, _DEEDS)
        alive = team[1:] if kill else team
        memory = max(worker.megabytes for worker in alive)
        start = max(worker.seconds for worker in team)
        for worker in alive:
            worker.process.send_signal(signal.SIGTERM)
        await asyncio.gather(*(worker.process.wait() for worker in team))
    name = f"{workers} worker{'s' * (workers > 1)}{', one killed' * kill}"
    print(
        f"{name:<22} {installations / took:6.1f} installations a second ({took:.1f} s), {row['good']} done,"
        f" recorded {deeds['n']} times; ready in {start:.2f} s, {memory:.0f} MB"
    )


async def _serve() -> None:
    url = await asyncio.to_thread(POSTGRESQL.create)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config.toml").write_text("[http]\nport = 0\n")
        for what in ("serve, new database", "serve"):
            served = await _start("serve", home, url)
            print(f"{what:<22} ready in {served.seconds:.2f} s, {served.megabytes:.0f} MB")
            served.process.send_signal(signal.SIGTERM)
            began = time.perf_counter()
            await served.process.wait()
            print(f"{'':<22} stopped in {time.perf_counter() - began:.2f} s")


async def _all(installations: int) -> None:
    await _serve()
    await _measure(installations, 1)
    await _measure(installations, 4)
    await _measure(installations, 4, kill=True)


def main() -> None:
    """Measure and print."""
    asyncio.run(_all(int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdecimal() else INSTALLATIONS))


if __name__ == "__main__":
    main()
