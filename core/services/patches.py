"""Patches: how contents of skills differ, for people to read and to be kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.approvals import Patch, TargetSubject
from core.domain.skill_diff import unified_diff
from core.errors import BundleCorrupt

if TYPE_CHECKING:
    from core.domain.masking import Masker
    from core.domain.skills import SkillBundle, StoredFile
    from core.ports import BundleStore

# Characters of a difference that are shown; Slack takes 3000 in a block, and escaping makes some of them five.
_SHOWN = 2_000
# Differences that are shown; of the others only the files are.
_MOST_SHOWN = 4
# Characters of a difference that are kept: more than the largest skill has.
_WHOLE = 20_000_000


class Patches:
    """Collects how contents differ, each difference once: its beginning to be shown, the whole as a file."""

    def __init__(self, bundles: BundleStore, masker: Masker) -> None:
        """Keep the whole differences in ``bundles``, without what ``masker`` knows."""
        self._bundles = bundles
        self._masker = masker
        self._known: set[tuple[str, str, str]] = set()
        self.shown: list[Patch] = []
        self.whole: list[tuple[str, StoredFile]] = []

    async def add(self, target: TargetSubject, there: SkillBundle | None, wanted: SkillBundle | None) -> None:
        """Compare what is at ``target`` with what the bot put there, and with what shall be there."""
        if there is None:
            return
        if target.edited_locally and target.recorded_digest is not None:
            try:
                before = await self._bundles.get(target.recorded_digest)
            except BundleCorrupt:
                before = None  # it cannot be compared; that there are edits is said in any case
            if before is not None:
                await self._note(target, "local_edits", before, there)
        if wanted is not None:
            await self._note(target, "change", there, wanted)

    async def _note(self, target: TargetSubject, of: str, before: SkillBundle, after: SkillBundle) -> None:
        pair = (target.skill, before.digest, after.digest)
        if before.digest == after.digest or pair in self._known:
            return
        self._known.add(pair)
        text = self._masker.text(await asyncio.to_thread(unified_diff, before, after, limit=_WHOLE))
        name = f"{target.skill}-{before.digest[:7]}-{after.digest[:7]}.diff"
        self.whole.append((name, await self._bundles.put_diff(text)))
        if len(self.shown) < _MOST_SHOWN:
            shown = await asyncio.to_thread(unified_diff, before, after, limit=_SHOWN)
            patch = {"skill": target.skill, "of": of, "before": before.digest, "after": after.digest, "text": shown}
            self.shown.append(Patch.model_validate(patch))
