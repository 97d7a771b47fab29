"""Retention: what is old goes, what is installed or was there before stays, in batches that hold up nobody."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.artifacts import Artifact, ArtifactStatus
from core.domain.base import Domain
from core.services.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.executions import Execution
    from core.ports import ArtifactFiles, Clock, Storage, UnitOfWork

#: data-model.md, conflict 7.
APPROVED = timedelta(days=400)
OTHERS = timedelta(days=90)
ARTIFACTS = timedelta(days=30)
#: As long as an execution that has no approval: what a delivery said is in its execution too.
DELIVERIES = OTHERS
#: How long a file is kept that no row names: whoever stores one writes its row right after.
FILE_GRACE = timedelta(days=1)
#: How long an upload can take; after that it was interrupted.
UPLOAD = timedelta(hours=1)

ACTOR = "system:retention"
# Rows of one transaction: writers wait for it.
BATCH = 100
# The id before all others.
_FIRST = "00000000-0000-0000-0000-000000000000"


class Retired(Domain):
    """What went, or would go: executions with their events, deliveries, artifacts, files and their size in bytes."""

    executions: int = 0
    events: int = 0
    deliveries: int = 0
    artifacts: int = 0
    files: int = 0
    bytes: int = 0

    def plus(self, **more: int) -> Retired:
        """Return the sum."""
        return self.evolve(**{name: getattr(self, name) + count for name, count in more.items()})


class Retention:
    """Safe to call at any time, any number of times; also beside a bot that works."""

    def __init__(self, *, storage: Storage, clock: Clock, files: ArtifactFiles) -> None:
        """Keep ``storage`` and ``files`` small."""
        self._storage = storage
        self._clock = clock
        self._files = files

    async def run(self) -> Retired:
        """Let go of everything that need not be kept, and return what went."""
        await self._finish_uploads()
        retired = await self._retire_executions(Retired())
        retired = await self._retire_deliveries(retired)
        retired = await self._retire_artifacts(retired)
        return await self._sweep(retired)

    async def rehearse(self) -> Retired:
        """Return what would go now; nothing is changed."""
        going: Counter[str] = Counter()
        counted: set[str] = set()
        retired, after = Retired(), _FIRST
        async with self._storage.read() as uow:
            used = await _in_use(uow)
            while batch := await self._old(uow, after):
                after = batch[-1].id
                leaving = await _leaving(uow, batch, used)
                artifacts = await uow.artifacts.of_executions([execution.id for execution in leaving])
                counted |= {artifact.id for artifact in artifacts}
                going.update(_named_by(artifacts))
                events = await uow.events.count([execution.id for execution in leaving])
                retired = retired.plus(executions=len(leaving), events=events, artifacts=len(artifacts))
            after = _FIRST
            while ids := await self._settled(uow, after):
                after, retired = ids[-1], retired.plus(deliveries=len(ids))
            after = _FIRST
            while artifacts := await self._expired(uow, after):
                after = artifacts[-1].id
                gone = [one for one in artifacts if not _is_in_use(one, used) and one.id not in counted]
                going.update(_named_by(gone))
                retired = retired.plus(artifacts=len(gone))
            free = await self._free(uow, going, used)
        for path in free:
            size = await self._files.removable(path, unused_since=self._clock.now() - FILE_GRACE)
            if size is not None:
                retired = retired.plus(files=1, bytes=size)
        return retired

    async def _free(self, uow: UnitOfWork, going: Counter[str], used: frozenset[str]) -> list[str]:
        """Return the files that nothing will name any more once as many artifacts as are ``going`` have let go."""
        free, paths = [], await self._files.listed()
        for start in range(0, len(paths), BATCH):
            batch = paths[start : start + BATCH]
            holders = await uow.artifacts.holders(batch)
            free += [path for path in batch if holders.get(path, 0) <= going[path] and _digest_of(path) not in used]
        return free

    async def _retire_executions(self, retired: Retired) -> Retired:
        after = _FIRST
        while True:
            async with self._storage.begin() as uow:
                batch = await self._old(uow, after)
                if not batch:
                    return retired
                after = batch[-1].id
                leaving = [execution.id for execution in await _leaving(uow, batch, await _in_use(uow))]
                if not leaving:
                    continue
                artifacts = len(await uow.artifacts.of_executions(leaving))
                events = await uow.events.remove(leaving)
                await uow.executions.remove(leaving)
                await uow.commit()
            retired = retired.plus(executions=len(leaving), events=events, artifacts=artifacts)

    async def _retire_deliveries(self, retired: Retired) -> Retired:
        while True:
            async with self._storage.begin() as uow:
                ids = await self._settled(uow, _FIRST)
                if not ids:
                    return retired
                await uow.inbox.remove(ids)
                await uow.commit()
            retired = retired.plus(deliveries=len(ids))

    async def _retire_artifacts(self, retired: Retired) -> Retired:
        after = _FIRST
        while True:
            async with self._storage.begin() as uow:
                batch = await self._expired(uow, after)
                if not batch:
                    return retired
                after, used = batch[-1].id, await _in_use(uow)
                leaving = [artifact for artifact in batch if not _is_in_use(artifact, used)]
                ledger = Ledger(uow, now=self._clock.now(), actor=ACTOR)
                for artifact in leaving:
                    await ledger.artifact(artifact, ArtifactStatus.DELETED, reason="its time is over")
                await uow.commit()
            retired = retired.plus(artifacts=len(leaving))

    async def _sweep(self, retired: Retired) -> Retired:
        """Remove the files that nothing names any more; a crash before leaves them to the next night."""
        paths = await self._files.listed()
        for start in range(0, len(paths), BATCH):
            batch = paths[start : start + BATCH]
            async with self._storage.read() as uow:
                named, used = await uow.artifacts.holders(batch), await _in_use(uow)
            for path in batch:
                if path in named or _digest_of(path) in used:
                    continue
                size = await self._files.remove(path, unused_since=self._clock.now() - FILE_GRACE)
                if size is not None:
                    retired = retired.plus(files=1, bytes=size)
                    async with self._storage.begin() as uow:
                        await uow.artifacts.forget_file(path)
                        await uow.commit()
        return retired

    async def _finish_uploads(self) -> None:
        """End what was interrupted between the row and the file: with the file it is whole, without it is nothing."""
        now = self._clock.now()
        async with self._storage.read() as uow:
            left = await uow.artifacts.unfinished(now - UPLOAD, limit=BATCH)
        for artifact in left:
            is_whole = await self._files.read(artifact.file_path, artifact.checksum or "") is not None
            async with self._storage.begin() as uow:
                if is_whole:
                    await Ledger(uow, now=now, actor=ACTOR).artifact(artifact, ArtifactStatus.ACTIVE)
                else:
                    await uow.artifacts.remove(artifact.id)
                await uow.commit()

    async def _old(self, uow: UnitOfWork, after: str) -> tuple[Execution, ...]:
        now = self._clock.now()
        return await uow.executions.old(approved=now - APPROVED, others=now - OTHERS, now=now, after=after, limit=BATCH)

    async def _settled(self, uow: UnitOfWork, after: str) -> tuple[str, ...]:
        return await uow.inbox.settled(self._clock.now() - DELIVERIES, after=after, limit=BATCH)

    async def _expired(self, uow: UnitOfWork, after: str) -> tuple[Artifact, ...]:
        now = self._clock.now()
        return await uow.artifacts.expired(others=now - ARTIFACTS, now=now, after=after, limit=BATCH)


async def _in_use(uow: UnitOfWork) -> frozenset[str]:
    """Return the digests of what is installed somewhere, or was there before."""
    targets = await uow.targets.all()
    return frozenset(
        digest for target in targets for digest in (target.installed_digest, target.previous_digest) if digest
    )


async def _leaving(uow: UnitOfWork, old: Sequence[Execution], used: frozenset[str]) -> list[Execution]:
    """Return those of ``old`` that brought nothing of what is ``used``.

    A question that only looked at such content may go, unless it is the last to name the file.
    """
    ids = [execution.id for execution in old]
    decided = await uow.executions.was_decided(ids)
    holding: dict[str, list[str]] = {}
    for artifact in await uow.artifacts.of_executions(ids):
        if _is_in_use(artifact, used) and artifact.status is not ArtifactStatus.DELETED:
            holding.setdefault(artifact.execution_id, []).append(artifact.file_path)
    paths = sorted({path for held in holding.values() for path in held})
    named = await uow.artifacts.holders(paths) if paths else {}
    leaving = []
    for execution in old:
        held = holding.get(execution.id, [])
        brought_it = execution.id in decided and (held or _content_of(execution) & used)
        if brought_it or any(named[path] == 1 for path in held):
            continue
        for path in held:
            named[path] -= 1
        leaving.append(execution)
    return leaving


def _content_of(execution: Execution) -> frozenset[str]:
    return frozenset(skill.digest for skill in execution.subject.skills) if execution.subject else frozenset()


def _is_in_use(artifact: Artifact, used: frozenset[str]) -> bool:
    return (artifact.tags or {}).get("digest") in used


def _digest_of(path: str) -> str:
    """Return the digest of the bundle at ``path``: its file is named after it."""
    return path.rpartition("/")[2].partition(".")[0]


def _named_by(artifacts: Sequence[Artifact]) -> list[str]:
    """Return the files that ``artifacts`` name, one for each that is not deleted."""
    return [artifact.file_path for artifact in artifacts if artifact.status is not ArtifactStatus.DELETED]
