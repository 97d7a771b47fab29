"""The files of artifacts below the home: uploads by their SHA-256, beside the bundles and diffs of the bundle store."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from bot.integrations.durable_files import keep, removable, remove
from core.domain.base import sha256_hex
from core.domain.skills import StoredFile

_ROOT = "artifacts"
_UPLOADS = "artifacts/files"


class DiskArtifactFiles:
    """The port ``ArtifactFiles`` on the folder ``artifacts`` below the home."""

    def __init__(self, home: Path) -> None:
        """Keep files below ``home``."""
        self._home = home
        self._root = home / _ROOT

    async def keep(self, content: bytes) -> StoredFile:
        """Store ``content``; see the port.

        Raises:
            DiskFull: see the port.
        """
        checksum = await asyncio.to_thread(sha256_hex, content)
        path = self.place_of(checksum)
        await asyncio.to_thread(keep, self._root, self._home / path, content)
        return StoredFile(path=path, size=len(content), checksum=checksum)

    def place_of(self, checksum: str) -> str:
        return f"{_UPLOADS}/{checksum[:2]}/{checksum}"

    async def read(self, path: str, checksum: str) -> bytes | None:
        return await asyncio.to_thread(self._read, path, checksum)

    async def listed(self) -> tuple[str, ...]:
        return await asyncio.to_thread(self._listed)

    async def removable(self, path: str, *, unused_since: datetime) -> int | None:
        place = self._inside(path)
        return None if place is None else await asyncio.to_thread(removable, place, unused_since)

    async def remove(self, path: str, *, unused_since: datetime) -> int | None:
        place = self._inside(path)
        return None if place is None else await asyncio.to_thread(remove, self._root, place, unused_since)

    def _read(self, path: str, checksum: str) -> bytes | None:
        place = self._inside(path)
        try:
            content = place.read_bytes() if place is not None else None
        except OSError:
            return None
        return content if content is not None and sha256_hex(content) == checksum else None

    def _listed(self) -> tuple[str, ...]:
        files = (place for place in self._root.rglob("*") if not place.name.startswith(".") and place.is_file())
        return tuple(sorted(place.relative_to(self._home).as_posix() for place in files))

    def _inside(self, path: str) -> Path | None:
        """Return where ``path`` is; None when it leads out of the folder: a row must not open other files."""
        place = self._home / path
        return place if ".." not in place.parts and place.is_relative_to(self._root) else None
