"""Swaps: how often installations changed what is on the disk, counted in a file beside the home."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.installers.filesystem import FilesystemInstaller
from core.domain.consents import Consent
from core.domain.skills import SkillBundle


def count_swaps(home: Path) -> None:
    """Append a line to HOME.swaps whenever an installation in this process changes what is on the disk."""
    install = FilesystemInstaller.install

    async def counted(
        self: FilesystemInstaller, skill: str, bundle: SkillBundle, *, replacing: str | None, consent: Consent
    ) -> None:
        before = await self.read(skill)
        await install(self, skill, bundle, replacing=replacing, consent=consent)
        if before is None or before.digest != bundle.digest:
            await asyncio.to_thread(_append, Path(f"{home}.swaps"))

    FilesystemInstaller.install = counted  # type: ignore[method-assign]  # this process is a test's


def swaps(home: Path) -> int:
    """Return how many there were."""
    file = Path(f"{home}.swaps")
    return len(file.read_text().splitlines()) if file.exists() else 0


def _append(path: Path) -> None:
    with path.open("a") as file:
        file.write("swap\n")
