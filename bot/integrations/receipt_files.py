"""Receipts as files below the home, never inside a skill's folder: ``receipts/<skill>/<id of the run>.json``."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.integrations.durable_files import keep

#: Folder of the receipts below the home.
FOLDER = "receipts"


class DiskReceiptFiles:
    """The port ``ReceiptFiles`` on the folder ``receipts`` below the home."""

    def __init__(self, home: Path) -> None:
        """Keep receipts below ``home``."""
        self._root = home / FOLDER

    async def keep(self, skill: str, run_id: str, text: str) -> None:
        await asyncio.to_thread(keep, self._root, self._root / skill / f"{run_id}.json", text.encode())


def texts_in(folder: Path) -> list[tuple[str, str]]:
    """Return every receipt below ``folder``: its path there, and its text; what is no text is empty.

    Raises:
        OSError: the folder, or a file in it, cannot be read.
    """
    found = []
    for path in sorted(folder.rglob("*.json")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = ""
        found.append((path.relative_to(folder).as_posix(), text))
    return found
