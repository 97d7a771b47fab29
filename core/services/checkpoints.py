"""Checkpoints: a Merkle root over the chain heads that are new, linked, signed where there is a key, and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.audit.checking import ids_text
from core.domain.audit.hashing import (
    CHECKPOINT,
    GENESIS,
    MerkleTree,
    Record,
    checkpoint_bytes,
    checkpoint_hash,
    iso,
    leaf,
)
from core.domain.base import new_id
from core.domain.cards import Card, Fact
from core.domain.notices import Notice, NoticeKind
from core.errors import RecordReplaced
from core.services.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from core.domain.messages import ConversationRef
    from core.ports import CheckpointFile, Clock, Signer, Storage, Translator

# Events under one checkpoint at most: what is read at a time.
BATCH = 20_000


class Checkpoints:
    """Safe to call at any time, any number of times."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        translator: Translator,
        file: CheckpointFile,
        signer: Signer | None = None,
        rooms: Callable[[], Sequence[ConversationRef]] = tuple,
    ) -> None:
        """Make them over ``storage``, hand them out to ``file``, and show the newest in ``rooms``."""
        self._storage = storage
        self._clock = clock
        self._translator = translator
        self._file = file
        self._signer = signer
        self._rooms = rooms

    async def make(self) -> Record | None:
        """Put everything that is new under checkpoints and hand them out; return the newest, None while there is none.

        Raises:
            RecordReplaced: the database has not the checkpoints that were handed out.
        """
        while await self._make_one():
            pass
        return await self._hand_out()

    async def show(self) -> None:
        """Tell every room the newest checkpoint, once."""
        async with self._storage.begin() as uow:
            newest = await uow.audit.last_checkpoint()
            rooms = self._rooms()
            if newest is None or not rooms:
                return
            now = self._clock.now()
            for room in rooms:
                await uow.notices.add(self._notice(newest, room, now))
            await uow.commit()

    async def _make_one(self) -> bool:
        """Make the next checkpoint; False when nothing is new."""
        async with self._storage.begin() as uow:
            before = await uow.audit.last_checkpoint()
            last_id = before["last_event_id"] if before else 0
            events = await uow.audit.fresh(last_id, limit=BATCH)
            tombstones = await uow.audit.waiting_heads()
            if not events and not tombstones:
                return False
            heads = sorted([*_heads(events), *tombstones], key=lambda head: str(head["execution_id"]))
            checkpoint = self._sealed(
                {
                    "seq": before["seq"] + 1 if before else 1,
                    "prev_hash": before["hash"] if before else GENESIS,
                    "first_event_id": events[0]["id"] if events else last_id + 1,
                    "last_event_id": events[-1]["id"] if events else last_id,
                    "event_count": len(events),
                    "size": len(heads),
                    "merkle_root": MerkleTree([leaf(head) for head in heads]).root,
                    "created_at": iso(self._clock.now()),
                    "key_id": self._signer.public_key if self._signer else None,
                }
            )
            await uow.audit.add_checkpoint(checkpoint, heads)
            await uow.commit()
        return True

    def _sealed(self, checkpoint: dict[str, Any]) -> Record:
        signature = self._signer.sign(CHECKPOINT, checkpoint_bytes(checkpoint)) if self._signer else None
        return checkpoint | {"hash": checkpoint_hash(checkpoint), "signature": signature}

    async def _hand_out(self) -> Record | None:
        """Append to the file what it lacks: also what a crash kept from it."""
        last = await self._file.last()
        async with self._storage.read() as uow:
            checkpoints = await uow.audit.checkpoints()
        place = last["seq"] if last else 0
        if last is not None and (len(checkpoints) < place or checkpoints[place - 1]["hash"] != last["hash"]):
            raise RecordReplaced(seq=place, file=self._file.where)
        if checkpoints[place:]:
            await self._file.append(checkpoints[place:])
        return checkpoints[-1] if checkpoints else None

    def _notice(self, checkpoint: Record, room: ConversationRef, now: datetime) -> Notice:
        reader = Reader(self._translator, None, now)
        card = Card(
            title=reader.say("Audit checkpoint {seq}", seq=checkpoint["seq"]),
            lines=(reader.say("Keep it: the record can be checked against it."),),
            facts=(
                Fact(name=reader.say("hash"), value=checkpoint["hash"]),
                Fact(name=reader.say("events"), value=str(checkpoint["last_event_id"])),
                Fact(name=reader.say("signed"), value=checkpoint["key_id"] or reader.say("no")),
            ),
        )
        return Notice(
            id=new_id(now),
            dedupe_key=f"checkpoint:{checkpoint['seq']}:{room.channel}:{room.workspace_id}:{room.conversation_id}",
            kind=NoticeKind.REPLY,
            conversation=room,
            payload={"card": card.model_dump(mode="json")},
            next_attempt_at=now,
            created_at=now,
        )


def _heads(events: Iterable[Record]) -> list[dict[str, Any]]:
    """Return where the chains of ``events``, in the order of their ids, stand."""
    heads: dict[str, dict[str, Any]] = {}
    ids: dict[str, list[int]] = {}
    for event in events:
        execution_id = event["execution_id"]
        ids.setdefault(execution_id, []).append(event["id"])
        heads[execution_id] = {"execution_id": execution_id, "seq": event["seq"], "hash": event["hash"]}
    return [head | {"ids": ids_text(ids[key]), "removed_at": None} for key, head in heads.items()]
