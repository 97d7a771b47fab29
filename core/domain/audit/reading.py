"""An export, read line by line and checked; and the checkpoints somebody kept elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.domain.audit.checking import DAMAGED, Checked, Checker
from core.domain.audit.hashing import Record, canonical_json, leaf, root_of

#: Version of the form of an export.
FORMAT = 1

_HASH = re.compile("[0-9a-f]{64}")


def check_export(lines: Iterable[bytes], checker: Checker) -> Checked:
    """Feed ``checker`` with the lines of an export and return what it says; heads are checked by their way to a root.

    The checker has to know that the fields ``UNMASKED`` are hidden, and that everything is under a checkpoint.
    """
    reader = _Reader(checker)
    for number, line in enumerate(lines, start=1):
        reader.read(number, line)
    return reader.finish()


def anchors_in(text: str, name: str) -> dict[str, str]:
    """Return the checkpoints in ``text``, by hash, with what to call each: a hash, or lines of a file called ``name``.

    Raises:
        ValueError: there are none.
    """
    if _HASH.fullmatch(text.strip()):
        return {text.strip(): f"The checkpoint {text.strip()}"}
    found = {}
    for line in text.splitlines():
        try:
            one = json.loads(line)
            found[one["hash"]] = f"Checkpoint {one['seq']} of {name}"
        except DAMAGED:
            continue  # torn when a machine died
    if not found:
        raise ValueError("it has no checkpoint")
    return found


class _Reader:
    """Knows where in an export it is."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._digest = hashlib.sha256()
        self._number = 0
        self._ended = False
        self._wanted: set[str] | None = None
        #: Root, number of leaves, and heads that were seen, of each checkpoint.
        self._trees: dict[int, tuple[str, int]] = {}
        self._seen: dict[int, set[int]] = {}
        self._execution = ""
        self._heads: list[Record] = []
        self._has_begun = False

    def read(self, number: int, line: bytes) -> None:
        """Take the next line."""
        self._number = number
        try:
            record = json.loads(line, object_pairs_hook=_once)
            if canonical_json(record) + b"\n" != line:
                self._find("was changed: an export does not write it so")
            if self._ended:
                self._find("stands behind the end of the export")
            elif record["type"] == "end":
                self._end(record)
            else:
                self._take(record)
        except DAMAGED:
            self._find("was changed: it cannot be read")
        self._digest.update(line)

    def finish(self) -> Checked:
        """Ask for what is missing."""
        self._begin()
        if not self._ended:
            self._checker.find("The export", "ends too early: its last lines were cut off")
        for seq, (_, size) in self._trees.items() if self._wanted is None else ():
            missing = sorted(set(range(size)) - self._seen.get(seq, set()))
            if missing:
                places = ", ".join(map(str, missing[:5]))
                what = f"lacks {len(missing)} of the {size} heads of checkpoint {seq} (at {places}): removed"
                self._checker.find("The export", what)
        for execution_id in sorted(self._wanted or ()):
            self._checker.find(f"Execution {execution_id}", "should be in the export and is not: removed")
        return self._checker.finish()

    def _take(self, record: dict[str, Any]) -> None:
        if (record["type"] == "export") is not (self._number == 1):
            self._find("stands where it does not belong")
        match record.pop("type"):
            case "export":
                if record["format"] != FORMAT:
                    self._find(f"is of format {record['format']}, and this program reads {FORMAT}")
                self._wanted = None if record["executions"] is None else set(record["executions"])
            case "checkpoint":
                if self._execution:
                    self._find("stands where it does not belong")
                self._trees[record["seq"]] = (record["merkle_root"], record["size"])
                self._checker.checkpoint(record)
            case "head":
                self._turn_to(record["execution_id"], is_new=self._has_begun)
                self._take_head(record)
            case "event":
                self._turn_to(record["execution_id"])
                self._begin()
                self._checker.event(record)
            case _:
                self._find("was changed: an export has no such lines")

    def _turn_to(self, execution_id: str, *, is_new: bool = False) -> None:
        """Go on to the next execution; heads come before events, and executions in the order of their ids."""
        if execution_id == self._execution and not is_new:
            return
        self._begin()
        if execution_id <= self._execution:
            self._find("stands where it does not belong: it was moved or inserted")
        self._execution, self._heads, self._has_begun = execution_id, [], False
        if self._wanted is not None and execution_id in self._wanted:
            self._wanted.remove(execution_id)

    def _begin(self) -> None:
        if self._execution and not self._has_begun:
            self._checker.begin(self._execution, self._heads)
            self._has_begun = True

    def _take_head(self, head: Mapping[str, Any]) -> None:
        root, size = self._trees[head["checkpoint"]]
        if self._heads and head["checkpoint"] <= self._heads[-1]["checkpoint"]:
            self._find("stands where it does not belong: it was moved or inserted")
        try:
            is_under = root_of(leaf(head), head["index"], size, head["proof"]) == root
        except DAMAGED:
            is_under = False
        if is_under:
            self._seen.setdefault(head["checkpoint"], set()).add(head["index"])
            self._heads.append(head)
        else:
            what = f"was changed: this head of execution {head['execution_id']} is not under checkpoint"
            self._find(f"{what} {head['checkpoint']}")

    def _end(self, record: Record) -> None:
        self._ended = True
        if record["lines"] != self._number - 1:
            self._find(f"counts {record['lines']} lines before it, and there are {self._number - 1}")
        if record["sha256"] != self._digest.hexdigest():
            self._find("has another digest than the lines before it: one of them was changed")

    def _find(self, what: str) -> None:
        self._checker.find(f"Line {self._number}", what)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value
