"""Which files of a content may be executed, where a provider keeps bytes alone: ``modes/<aa>/<SHA-256>.json``."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.integrations.durable_files import keep
from core.domain.audit.hashing import canonical_json
from core.domain.base import sha256_hex
from core.domain.skills import SkillBundle

#: Folder of these files below the home.
FOLDER = "modes"


class DiskSentModes:
    """Implements bot.installers.skills_api.SentModes; a file is named after the bytes it is about."""

    def __init__(self, home: Path) -> None:
        """Keep files below ``home``."""
        self._root = home / FOLDER

    async def keep(self, bundle: SkillBundle) -> None:
        executables = sorted(path for path, file in bundle.files.items() if file.executable)
        content = json.dumps(executables).encode()
        await asyncio.to_thread(keep, self._root, self._path(bundle), content)

    async def of(self, bundle: SkillBundle) -> frozenset[str] | None:
        return await asyncio.to_thread(self._read, bundle)

    def _read(self, bundle: SkillBundle) -> frozenset[str] | None:
        try:
            return frozenset(json.loads(self._path(bundle).read_bytes()))
        except FileNotFoundError:
            return None

    def _path(self, bundle: SkillBundle) -> Path:
        listing = [[path, sha256_hex(file.content)] for path, file in sorted(bundle.files.items())]
        name = sha256_hex(canonical_json(listing))
        return self._root / name[:2] / f"{name}.json"
