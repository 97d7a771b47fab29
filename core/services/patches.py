"""Patches: how contents of skills differ, for people to read and to be kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.domain.approvals import TargetSubject
from core.domain.skill_diff import unified_diff
from core.domain.skills import Patch
from core.errors import BundleCorrupt

if TYPE_CHECKING:
    from core.domain.masking import Masker
    from core.domain.skills import SkillBundle, StoredFile
    from core.ports import BundleStore

# Characters of a difference that are shown; Slack takes 3000 in a block, and escaping makes some of them five.
_SHOWN = 2_000
# Differences that are shown, one less than the sections of a card on any channel: the last one names the others.
_MOST_SHOWN = 4
# Characters of a difference that are kept: more than the largest skill has.
_WHOLE = 20_000_000


class _Found(NamedTuple):
    """One difference: edits, scripts and text have the ``rank`` 0, 1, 2; ``turn`` is 0 for the first of its place."""

    skill: str
    of: Literal["change", "local_edits"]
    before: SkillBundle
    after: SkillBundle
    rank: int
    turn: int


class Patches:
    """Collects how contents differ, each difference once: its beginning to be shown, the whole as a file."""

    def __init__(self, bundles: BundleStore, masker: Masker) -> None:
        """Keep the whole differences in ``bundles``, without what ``masker`` knows."""
        self._bundles = bundles
        self._masker = masker
        self._found: dict[tuple[str, str, str], _Found] = {}
        self.whole: list[tuple[str, StoredFile]] = []

    async def shown(self) -> tuple[Patch, ...]:
        """Return the beginning of the differences that fit: one of each place first, edits and scripts before text."""
        urgent = sorted(self._found.values(), key=lambda found: (found.turn, found.rank))[:_MOST_SHOWN]
        patches = []
        for found in sorted(urgent, key=lambda found: found.rank):
            text = await asyncio.to_thread(unified_diff, found.before, found.after, limit=_SHOWN)
            patches.append(
                Patch(skill=found.skill, of=found.of, before=found.before.digest, after=found.after.digest, text=text)
            )
        return tuple(patches)

    async def add(self, target: TargetSubject, there: SkillBundle | None, wanted: SkillBundle | None) -> None:
        """Compare what is at ``target`` with what the bot put there, and with what shall be there."""
        if there is None:
            return
        turn = 0
        if target.edited_locally and target.recorded_digest is not None:
            try:
                before = await self._bundles.get(target.recorded_digest)
            except BundleCorrupt:
                before = None  # it cannot be compared; that there are edits is said in any case
            if before is not None:
                await self._note(_Found(target.skill, "local_edits", before, there, rank=0, turn=0))
                turn = 1
        if wanted is not None:
            rank = 1 if target.diff.changed_scripts else 2
            await self._note(_Found(target.skill, "change", there, wanted, rank=rank, turn=turn))

    async def _note(self, found: _Found) -> None:
        before, after = found.before, found.after
        pair = (found.skill, before.digest, after.digest)
        if before.digest == after.digest:
            return
        if pair in self._found:
            known = self._found[pair]
            self._found[pair] = known._replace(turn=min(known.turn, found.turn), rank=min(known.rank, found.rank))
            return
        self._found[pair] = found
        text = self._masker.text(await asyncio.to_thread(unified_diff, before, after, limit=_WHOLE))
        name = f"{found.skill}-{before.digest[:7]}-{after.digest[:7]}.diff"
        self.whole.append((name, await self._bundles.put_diff(text)))
