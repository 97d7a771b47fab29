"""Export: the record as lines of JSON that can be verified without the database; of tool calls the masked forms."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING

from core.domain.audit.hashing import UNMASKED, MerkleTree, Record, canonical_json, iso, leaf, withhold
from core.domain.audit.reading import FORMAT
from core.errors import RecordMoved
from core.services.verification import chains

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from core.ports import Storage, UnitOfWork

# Trees of checkpoints that are kept at hand: executions come by age, and so do the checkpoints they are under.
_TREES = 8


async def export(storage: Storage, *, now: datetime, executions: Sequence[str] = ()) -> AsyncIterator[bytes]:
    """Give the lines of an export: what checkpoints hold of all executions, or of those with these ids.

    Every line is canonical JSON: a header, every checkpoint, of each execution its heads with the way to the root of
    their checkpoint and its events, and a line that says what was before it. Make a checkpoint first.

    Raises:
        RecordMoved: retention went on meanwhile.
    """
    digest, count = hashlib.sha256(), 0
    async for kind, record in _records(storage, now, executions):
        line = _line(kind, record)
        digest.update(line)
        count += 1
        yield line
    yield _line("end", {"lines": count, "sha256": digest.hexdigest()})


async def _records(storage: Storage, now: datetime, executions: Sequence[str]) -> AsyncIterator[tuple[str, Record]]:
    async with storage.read() as uow:
        yield "export", {"format": FORMAT, "exported_at": iso(now), "executions": sorted(executions) or None}
        sealed_until = 0
        for checkpoint in await uow.audit.checkpoints():
            sealed_until = checkpoint["last_event_id"]
            yield "checkpoint", checkpoint
        trees = _Trees(uow)
        async for _, heads, events in chains(uow, executions=executions):
            for head in heads or ():
                yield "head", await trees.with_proof(head)
            for event in events:
                if event["id"] <= sealed_until:
                    payload, salts = withhold(event["payload"], event["salts"], UNMASKED)
                    yield "event", {**event, "payload": payload, "salts": salts}


def _line(kind: str, record: Record) -> bytes:
    return canonical_json({"type": kind, **record}) + b"\n"


class _Trees:
    """The trees of the checkpoints that were asked for last."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._trees: OrderedDict[int, tuple[MerkleTree, dict[bytes, int]]] = OrderedDict()

    async def with_proof(self, head: Record) -> Record:
        """Return a head with its place in its checkpoint's tree, and the way to the root."""
        if head["checkpoint"] is None:
            raise RecordMoved
        tree, places = await self._tree(head["checkpoint"])
        index = places[leaf(head)]
        return {**head, "index": index, "proof": tree.proof(index)}

    async def _tree(self, checkpoint: int) -> tuple[MerkleTree, dict[bytes, int]]:
        if checkpoint not in self._trees:
            leaves = [leaf(head) for head in await self._uow.audit.heads_of(checkpoint)]
            self._trees[checkpoint] = MerkleTree(leaves), {one: place for place, one in enumerate(leaves)}
            if len(self._trees) > _TREES:
                self._trees.popitem(last=False)
        self._trees.move_to_end(checkpoint)
        return self._trees[checkpoint]
