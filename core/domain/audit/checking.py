"""Checker: reads a record once, in order and in flat memory, and says in a sentence each what does not fit.

It is fed with every checkpoint, oldest first, and then, execution by execution, with the heads that checkpoints hold of
its chain and the events of that chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.audit.hashing import (
    GENESIS,
    MerkleTree,
    Record,
    checkpoint_hash,
    checkpoint_message,
    leaf,
    link,
    withheld,
)

#: The tool of the event that says that fields of an earlier one of its chain were removed, by whom and why.
REDACTION = "audit.redact"

#: Whether ``signature`` (base64) of ``content`` was made with the private key of ``public_key`` (hexadecimal).
SignatureCheck = Callable[[str, str, bytes], bool]

# 64 bytes in base64.
_SIGNATURE = re.compile("[A-Za-z0-9+/]{86}==")
# How far from its place a row is looked for that does not fit where it stands.
_NEIGHBOURHOOD = 64
# What a damaged record can raise.
DAMAGED = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, or (a note) that explains itself."""

    where: str
    what: str

    def __str__(self) -> str:
        """Return one sentence."""
        return f"{self.where} {self.what}."


@dataclass
class Checked:
    """What was read, and how much of it does not fit."""

    events: int = 0
    executions: int = 0
    checkpoints: int = 0
    redacted: int = 0
    retired: int = 0
    unsealed: int = 0
    findings: int = 0
    last_checkpoint: str | None = None


@dataclass
class _Chain:
    """One execution's chain, as far as it was read; ``ids`` are those of the events since the last head."""

    execution_id: str
    heads: list[Record]
    tombstone: Record | None
    last_hash: str = GENESIS
    last_seq: int = 0
    is_sound: bool = True
    ids: list[int] = field(default_factory=list)
    gone: dict[tuple[int, str], str] = field(default_factory=dict)
    redactions: dict[tuple[int, str], tuple[str, str, str]] = field(default_factory=dict)


class Checker:
    """Calls ``report`` for every finding, and ``note`` for what is as it should be and worth a line."""

    def __init__(
        self,
        report: Callable[[Finding], None],
        note: Callable[[Finding], None],
        *,
        anchors: Mapping[str, str] | None = None,
        keys: Collection[str] = (),
        is_signed: SignatureCheck | None = None,
        hidden: Collection[str] = (),
        is_sealed: bool = False,
    ) -> None:
        """Expect the fields ``hidden`` to be withheld, and, if it ``is_sealed``, every event to be under a checkpoint.

        ``anchors`` are checkpoints that have to be there, by hash, with what to call them. With ``keys``, public ones,
        a checkpoint that is signed with none of them does not fit. ``is_signed`` is asked about signatures.
        """
        self._report, self._note = report, note
        self._anchors, self._keys, self._is_signed, self._hidden = dict(anchors or {}), keys, is_signed, hidden
        self._is_sealed = is_sealed
        self._chain: _Chain | None = None
        self._sealed_until = 0
        self._previous: Record | None = None
        self.checked = Checked()

    def find(self, where: str, what: str) -> None:
        """Report a finding."""
        self.checked.findings += 1
        self._report(Finding(where, what))

    def checkpoint(self, one: Record) -> None:
        """Check the next checkpoint."""
        try:
            self._check_checkpoint(one)
        except DAMAGED:
            self.find(f"Checkpoint {one.get('seq')}", "is damaged: it cannot be read as a checkpoint")

    def tree(self, one: Record, heads: Sequence[Record]) -> None:
        """Check that ``heads``, by execution, are those that a checkpoint was made over."""
        if (len(heads), MerkleTree([leaf(head) for head in heads]).root) != (one["size"], one["merkle_root"]):
            self.find(f"Checkpoint {one['seq']}", "was made over other heads than those that are kept with it")

    def begin(self, execution_id: str, heads: Sequence[Record]) -> None:
        """End the execution before and turn to the next one; ``heads`` as checkpoints have them, oldest first."""
        self.end()
        self.checked.executions += 1
        self._chain = _Chain(
            execution_id=execution_id,
            heads=[head for head in heads if not head["removed_at"]],
            tombstone=next((head for head in heads if head["removed_at"]), None),
        )

    def event(self, one: Record) -> None:
        """Check the next event of the execution that was begun."""
        self.checked.events += 1
        if self._chain is None:
            raise ValueError("begin() says which execution it is")
        try:
            self._check_event(self._chain, one)
        except DAMAGED:
            self.find(_place(one), "is damaged: it cannot be read as an event")

    def end(self) -> None:
        """Settle the execution that was being read: what is missing at its end, what was redacted."""
        chain, self._chain = self._chain, None
        if chain is None:
            return
        if chain.tombstone is not None:
            self._check_tombstone(chain, chain.tombstone)
        elif chain.heads:
            self._report_truncation(chain)
        else:
            self.checked.unsealed += len(chain.ids)
        self._settle_redactions(chain)

    def finish(self) -> Checked:
        """End the last execution, ask for the anchors that were not met, and return what was read."""
        self.end()
        for name in self._anchors.values():
            self.find(name, "is not in the record: it, or what it was made over, was replaced or removed")
        return self.checked

    def _check_checkpoint(self, one: Record) -> None:
        name, before, self._previous = f"Checkpoint {one['seq']}", self._previous, one
        expected = before["seq"] + 1 if before else 1
        self.checked.checkpoints += 1
        self.checked.last_checkpoint = one["hash"]
        self._sealed_until = max(self._sealed_until, one["last_event_id"])
        self._anchors.pop(one["hash"], None)
        if checkpoint_hash(one) != one["hash"]:
            self.find(name, "was changed: its hash is another one")
        if one["seq"] != expected:
            self.find(name, f"stands where checkpoint {expected} should: one was removed, inserted or moved")
        elif one["prev_hash"] != (before["hash"] if before else GENESIS):
            self.find(name, "does not follow the one before: one of them was replaced")
        if self._keys and one["key_id"] not in self._keys:
            self.find(name, "is not signed with the key that was named")
        if one["key_id"] is None:
            return
        if not _SIGNATURE.fullmatch(one["signature"] or ""):
            self.find(name, "names a key and has no signature")
        elif self._is_signed and not self._is_signed(one["key_id"], one["signature"], checkpoint_message(one)):
            self.find(name, "has a signature that its key did not make")

    def _check_event(self, chain: _Chain, one: Record) -> None:
        seq, expected = one["seq"], chain.last_seq + 1
        if _link(one) != one["hash"]:
            self.find(_place(one), _misfit(one, expected))
            chain.is_sound = False
            if seq != expected:
                return
        elif seq < expected:
            self.find(_place(one), "was inserted: there is another one in its place")
            return
        elif seq > expected:
            self.find(f"Execution {chain.execution_id}", f"lacks {_range(expected, seq - 1)}: removed")
            chain.is_sound = False
        elif one["prev_hash"] != chain.last_hash and chain.is_sound:
            self.find(_place(one), "does not follow the event before: one of the two was replaced")
            chain.is_sound = False
        else:
            chain.is_sound = chain.is_sound or one["prev_hash"] == chain.last_hash
        chain.last_seq, chain.last_hash = seq, one["hash"]
        chain.ids.append(one["id"])
        self._check_head(chain, one)
        self._note_withheld(chain, one)

    def _check_head(self, chain: _Chain, one: Record) -> None:
        """Compare with the checkpoint that this event is the head of, or that it should have been under."""
        while chain.heads and chain.heads[0]["seq"] < one["seq"]:
            del chain.heads[0]  # the gap was reported
        if not chain.heads:
            if self._is_sealed or one["id"] <= self._sealed_until:
                self.find(_place(one), "was inserted: it is under no checkpoint")
            elif len(chain.ids) > 1 and one["id"] <= chain.ids[-2]:
                self.find(
                    _place(one), f"has an id that is not above {chain.ids[-2]}, that of the one before: renumbered"
                )
            return
        if chain.heads[0]["seq"] > one["seq"]:
            return
        head, ids, chain.ids = chain.heads.pop(0), chain.ids, []
        if head["hash"] != one["hash"]:
            self.find(_place(one), f"is another one than checkpoint {head['checkpoint']} has: replaced")
        elif head["ids"] != ids_text(ids) and chain.is_sound:
            for seq, (has, had) in enumerate(zip(ids, ids_in(head["ids"]), strict=False), one["seq"] - len(ids) + 1):
                if has != had:
                    name = f"Event {seq} of execution {chain.execution_id} (id {has})"
                    self.find(name, f"had the id {had} when checkpoint {head['checkpoint']} was made: renumbered")

    def _note_withheld(self, chain: _Chain, one: Record) -> None:
        for path, digest in withheld(one).items():
            if path not in self._hidden:
                chain.gone[one["seq"], path] = digest
        payload = one["payload"]
        if one["event_type"] == "ToolInvoked" and payload["tool"] == REDACTION:
            said = payload["input_masked"]
            for path, digest in said["digests"].items():
                chain.redactions[said["seq"], path] = (digest, one["user_id"], said["reason"])

    def _settle_redactions(self, chain: _Chain) -> None:
        for (seq, path), digest in chain.gone.items():
            place, known = f"Event {seq} of execution {chain.execution_id}", chain.redactions.get((seq, path))
            if known is None or known[0] != digest:
                self.find(place, f"lacks its {path}, and no redaction says so: removed")
            else:
                self.checked.redacted += 1
                self._note(Finding(place, f'had its {path} redacted by {known[1]}, why: "{known[2]}"'))

    def _check_tombstone(self, chain: _Chain, tombstone: Record) -> None:
        name, head = f"Execution {chain.execution_id}", chain.heads[-1] if chain.heads else None
        self.checked.retired += 1
        if chain.last_seq:
            self.find(name, "was let go by retention and has events all the same")
        elif head is not None and head["seq"] > tombstone["seq"]:
            self.find(name, f"lacked events {tombstone['seq'] + 1} to {head['seq']} when retention let it go")
        elif head is not None and head["seq"] == tombstone["seq"] and head["hash"] != tombstone["hash"]:
            self.find(name, "was another one when retention let it go")

    def _report_truncation(self, chain: _Chain) -> None:
        head, last = chain.heads[-1], chain.last_seq
        which = f"{_range(last + 1, head['seq'])}, which checkpoint {head['checkpoint']} has"
        self.find(
            f"Execution {chain.execution_id}", f"lacks {which}: {'truncated' if last else 'all of it was removed'}"
        )


def ids_text(ids: Sequence[int]) -> str:
    """Return what a head says of the ids of its events since the head before: ``1-4,9``."""
    runs: list[tuple[int, int]] = []
    for one in ids:
        if runs and one == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)


def ids_in(text: str) -> Iterator[int]:
    """Give the ids that ``ids_text`` has written."""
    for first, _, last in (run.partition("-") for run in text.split(",")):
        yield from range(int(first), int(last or first) + 1)


def _link(one: Record) -> str | None:
    try:
        return link(one)
    except DAMAGED:
        return None


def _misfit(one: Record, expected: int) -> str:
    """Say what happened to an event whose hash is not its own: whether it fits at another place nearby."""
    nearby = range(max(1, expected - _NEIGHBOURHOOD), expected + _NEIGHBOURHOOD)
    home = next((place for place in nearby if _link({**one, "seq": place}) == one["hash"]), None)
    if home is None:
        return "was changed: its hash is another one"
    return f"was moved: it is event {home} of its execution"


def _place(one: Record) -> str:
    return f"Event {one.get('seq')} of execution {one.get('execution_id')} (id {one.get('id')})"


def _range(first: int, last: int) -> str:
    return f"event {first}" if first >= last else f"events {first} to {last}"
