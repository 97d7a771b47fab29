"""The file that checkpoints are written to, one line of JSON each; nothing in it is ever changed."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path

from core.domain.audit.hashing import Record, canonical_json
from core.errors import DiskFull, UnreadableRecord

# A line is under 1 kB.
_TAIL = 64 * 1024


class DiskCheckpointFile:
    """The port ``CheckpointFile`` on the file at ``path``."""

    def __init__(self, path: Path) -> None:
        """Read and extend ``path``, which is made when it is needed."""
        self._path = path

    @property
    def where(self) -> str:
        return str(self._path)

    async def last(self) -> Record | None:
        return await asyncio.to_thread(self._last)

    async def append(self, checkpoints: Sequence[Record]) -> None:
        await asyncio.to_thread(self._append, checkpoints)

    def _last(self) -> Record | None:
        try:
            with self._path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
                # What stands behind the last end of a line was being written when the machine died.
                *lines, _ = file.read().split(b"\n")
            checkpoints = [line for line in lines if line.startswith(b"{") and line.endswith(b"}")]
            return json.loads(checkpoints[-1]) if checkpoints else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def _append(self, checkpoints: Sequence[Record]) -> None:
        lines = b"".join(canonical_json({"type": "checkpoint", **one}) + b"\n" for one in checkpoints)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    lines = lines if file.read(1) == b"\n" else b"\n" + lines
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise DiskFull(path=self._path) from error
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError | ValueError) -> UnreadableRecord:
        reason = error.strerror if isinstance(error, OSError) else "its last line is no JSON"
        return UnreadableRecord(file=self._path, what="checkpoints", reason=reason or type(error).__name__)
