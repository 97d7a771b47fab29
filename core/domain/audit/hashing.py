"""What is hashed, and how: the one definition of the bytes behind events, heads and checkpoints.

    digest     = SHA-256(salt, field)                       of a field that can be withheld
    commitment = SHA-256(payload with digests for such fields)
    hash       = SHA-256(prev_hash, envelope, commitment)   of an event, the link of its execution's chain
    leaf, node = SHA-256(0x00, head), SHA-256(0x01, left, right)           RFC 6962, section 2.1
    hash       = SHA-256(checkpoint without hash and signature)

Salts and hashes go in as text of hexadecimal digits, everything else as canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Record = Mapping[str, Any]

#: What the first event of an execution, and the first checkpoint, name as their predecessor.
GENESIS = "0" * 64

#: What stands where words were.
REDACTED = "[redacted]"

#: The fields that can be withheld, by type of event, and what typed events show in their place.
WITHHOLDABLE: Mapping[str, Mapping[str, Any]] = {
    "MessageReceived": {"message.text": REDACTED},
    "PlanGenerated": {"plan.goal": REDACTED},
    "ApprovalRequested": {},
    "ApprovalReceived": {"comment": REDACTED, "modified": REDACTED, "answer": {}},
    "ToolInvoked": {"input": {}, "input_masked": {}},
    "ToolCompleted": {
        "output.output": None,
        "output.error": REDACTED,
        "output_masked.output": None,
        "output_masked.error": REDACTED,
    },
    "ResponseSent": {"text": REDACTED},
    "ErrorOccurred": {"error": REDACTED},
}
#: What the outside never gets to see: of tool calls it sees the masked forms.
UNMASKED = frozenset({"input", "output.output", "output.error"})

_HASH = re.compile("[0-9a-f]{64}")
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
_ENVELOPE = ("execution_id", "seq", "user_id", "event_type", "timestamp", "created_at")
_HEAD = ("execution_id", "seq", "hash", "ids", "removed_at")
_OUTSIDE_HASH = {"type", "hash", "signature"}


def canonical_json(value: Any) -> bytes:
    """Return the one byte string that stands for a JSON value: sorted keys, no spaces, UTF-8."""
    return _ENCODE(value).encode()


def iso(moment: datetime) -> str:
    """Return ``moment`` as UTC text of fixed width (microseconds), which sorts as it reads."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def digest(salt: str, value: Any) -> str:
    """Return what stands for a field once it is withheld; without ``salt`` (random) nobody can guess the field."""
    return hashlib.sha256(salt.encode() + canonical_json(value)).hexdigest()


def salts_for(payload: Record, seed: str) -> dict[str, str]:
    """Return a salt for each field of an event's ``payload`` that can be withheld and says something.

    ``seed`` is random text, and thrown away: a salt tells nothing about the others.
    """
    fields = WITHHOLDABLE[payload["type"]]
    return {
        path: hashlib.sha256(f"{seed}.{path}".encode()).hexdigest()[:32]
        for path in fields
        if field(payload, path) is not None
    }


def field(payload: Record, path: str) -> Any:
    """Return the field at ``path`` (``name`` or ``name.name``); None when there is nothing."""
    name, _, inner = path.partition(".")
    value = payload.get(name)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, dict) else None


def with_field(payload: Record, path: str, value: Any) -> dict[str, Any]:
    """Return a copy of ``payload`` with another ``value`` at ``path``."""
    changed = dict(payload)
    _put(changed, path, value)
    return changed


def _put(payload: dict[str, Any], path: str, value: Any) -> None:
    name, _, inner = path.partition(".")
    payload[name] = {**payload[name], inner: value} if inner else value


def withhold(payload: Record, salts: Mapping[str, str], paths: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return payload and salts with the fields at ``paths`` gone and digests in their place: the hash stays."""
    shown, kept = dict(payload), dict(salts)
    for path in paths:
        if path in kept:
            _put(shown, path, {"sealed": digest(kept.pop(path), field(shown, path))})
    return shown, kept


def withheld(event: Record) -> dict[str, str]:
    """Return the digests of the fields that ``event`` does not show any more, by path."""
    payload, salts = event["payload"], event["salts"]
    found = {}
    for path in WITHHOLDABLE.get(event["event_type"], ()):
        if path not in salts:
            value = field(payload, path)
            if isinstance(value, dict) and value.keys() == {"sealed"}:
                found[path] = value["sealed"]
    return found


def link(event: Record) -> str:
    """Return the hash that ``event`` must have; moments are text as of ``iso``.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it has not the form of an event.
    """
    shown, _ = withhold(event["payload"], event["salts"], event["salts"])
    commitment = hashlib.sha256(canonical_json(shown)).hexdigest()
    envelope = canonical_json([event[name] for name in _ENVELOPE])
    return hashlib.sha256(event["prev_hash"].encode() + envelope + commitment.encode()).hexdigest()


def leaf(head: Record) -> bytes:
    """Return the leaf that stands for a head."""
    return hashlib.sha256(b"\0" + canonical_json([head[name] for name in _HEAD])).digest()


#: What a key signs checkpoints as (``Signer.sign``), and what that puts before their bytes.
CHECKPOINT = "checkpoint"
_SIGNED_AS = b"skillwarden checkpoint\n"


def checkpoint_message(checkpoint: Record) -> bytes:
    """Return the bytes that Ed25519 signs for ``checkpoint``."""
    return _SIGNED_AS + checkpoint_bytes(checkpoint)


def checkpoint_bytes(checkpoint: Record) -> bytes:
    """Return what a checkpoint's hash and signature are made over."""
    return canonical_json({name: value for name, value in checkpoint.items() if name not in _OUTSIDE_HASH})


def checkpoint_hash(checkpoint: Record) -> str:
    """Return the hash that ``checkpoint`` must have."""
    return hashlib.sha256(checkpoint_bytes(checkpoint)).hexdigest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class MerkleTree:
    """The tree of RFC 6962, section 2.1, over ``leaves``: who knows its root can be shown that a leaf is in it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """Compute all of it."""
        self._levels = [list(leaves)]
        while len(level := self._levels[-1]) > 1:
            pairs = [_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
            # An odd one goes up as it is.
            self._levels.append(pairs + level[len(level) - len(level) % 2 :])

    @property
    def root(self) -> str:
        """The root; the hash of nothing when there are no leaves."""
        return self._levels[-1][0].hex() if self._levels[0] else hashlib.sha256(b"").hexdigest()

    def proof(self, index: int) -> list[str]:
        """Return the neighbours on the way from leaf ``index`` up to the root."""
        path = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                path.append(level[index ^ 1].hex())
            index //= 2
        return path


def root_of(start: bytes, index: int, size: int, proof: Sequence[str]) -> str:
    """Return the root of a tree of ``size`` leaves in which ``start`` is leaf ``index`` and ``proof`` its way up.

    Raises:
        ValueError: the proof is too short or too long for such a tree.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    if not all(_HASH.fullmatch(one) for one in proof):
        raise ValueError("no hash")
    found, left = start, list(proof)
    while size > 1:
        if index ^ 1 < size:
            if not left:
                raise ValueError("too short")
            other = bytes.fromhex(left.pop(0))
            found = _node(other, found) if index & 1 else _node(found, other)
        index, size = index // 2, (size + 1) // 2
    if left:
        raise ValueError("too long")
    return found.hex()
