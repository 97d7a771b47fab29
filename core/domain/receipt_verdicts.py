"""Verdicts: what receipts prove about a folder - who approved these very bytes, or why nobody did."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from core.domain.base import Domain
from core.domain.receipts import FileNote, ReadReceipt, Receipt


class Standing(StrEnum):
    """What is true of a folder; only the first one is an approval."""

    APPROVED = "approved"
    CHANGED = "changed"
    REPLACED = "replaced"
    REMOVED = "removed"
    RENAMED = "renamed"
    UNPROVEN = "unproven"
    UNKNOWN = "unknown"


class Look(Domain):
    """A folder as it was found: what it is called, how its path can be written, what is in it (None: nothing)."""

    name: str
    locations: tuple[str, ...]
    digest: str | None
    files: dict[str, FileNote]

    def is_at(self, receipt: Receipt) -> bool:
        """Whether ``receipt`` is about this very folder; a place may be followed by a note in brackets."""
        return any(receipt.location == here or receipt.location.startswith(f"{here} (") for here in self.locations)


class Differences(Domain):
    """How the files of a folder differ from those of a receipt."""

    edited: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    #: Whether they may be executed differs, and nothing else.
    mode: tuple[str, ...] = ()


class Verdict(Domain):
    """``receipt`` is the one that ``standing`` is about; ``since`` the newer one that took its place.

    ``is_elsewhere``: the receipt is about another folder with the same name. ``doubtful`` are the receipts about this
    folder or its content that prove nothing.
    """

    standing: Standing
    receipt: Receipt | None = None
    since: Receipt | None = None
    differences: Differences | None = None
    is_elsewhere: bool = False
    doubtful: tuple[ReadReceipt, ...] = ()


def judge(look: Look, found: Iterable[ReadReceipt]) -> Verdict:
    """Return what ``found`` proves about the folder."""
    found = tuple(found)
    proven = sorted((it.receipt for it in found if it.receipt and not it.doubt), key=lambda it: (it.at, it.run_id))
    doubtful = tuple(it for it in found if it.doubt and (it.receipt is None or _concerns(it.receipt, look)))
    verdict = _at_its_place(look, proven) or _elsewhere(look, proven)
    if verdict is None:
        claimed = any(it.receipt is not None for it in doubtful)
        verdict = Verdict(standing=Standing.UNPROVEN if claimed else Standing.UNKNOWN)
    return verdict.evolve(doubtful=doubtful)


def _concerns(receipt: Receipt, look: Look) -> bool:
    return look.is_at(receipt) or (look.digest is not None and receipt.digest == look.digest)


def _at_its_place(look: Look, proven: list[Receipt]) -> Verdict | None:
    """Judge by the newest receipt about this very folder; None where there is none."""
    here = [receipt for receipt in proven if look.is_at(receipt)]
    if not here:
        return None
    newest = here[-1]
    if newest.digest is not None and newest.digest == look.digest:
        return Verdict(standing=Standing.APPROVED, receipt=newest)
    before = next((receipt for receipt in reversed(here) if look.digest and receipt.digest == look.digest), None)
    if newest.digest is None:
        return Verdict(standing=Standing.REMOVED, receipt=before, since=newest)
    if before is not None:
        return Verdict(standing=Standing.REPLACED, receipt=before, since=newest)
    return Verdict(standing=Standing.CHANGED, receipt=newest, differences=_compare(look, newest))


def _elsewhere(look: Look, proven: list[Receipt]) -> Verdict | None:
    """Judge a copy: by the receipts about the same content, or else about a skill of the same name."""
    newest = {receipt.place: receipt for receipt in proven}
    same = [receipt for receipt in proven if look.digest is not None and receipt.digest == look.digest]
    named = [receipt for receipt in same if receipt.skill == look.name]
    standing = [receipt for receipt in named if newest[receipt.place].digest == receipt.digest]
    if standing:
        return Verdict(standing=Standing.APPROVED, receipt=standing[-1], is_elsewhere=True)
    if named:
        since = newest[named[-1].place]
        gone = Standing.REMOVED if since.digest is None else Standing.REPLACED
        return Verdict(standing=gone, receipt=named[-1], since=since, is_elsewhere=True)
    if same:
        return Verdict(standing=Standing.RENAMED, receipt=same[-1], is_elsewhere=True)
    like = [receipt for receipt in proven if receipt.skill == look.name and receipt.digest is not None]
    if like and look.digest is not None:
        nearest = like[-1]
        return Verdict(
            standing=Standing.CHANGED, receipt=nearest, differences=_compare(look, nearest), is_elsewhere=True
        )
    return None


def _compare(look: Look, receipt: Receipt) -> Differences | None:
    """Return how the folder differs from what was approved; None where the receipt does not list it."""
    if receipt.files is None:
        return None
    there, approved = look.files, receipt.files
    both = sorted(there.keys() & approved.keys())
    return Differences(
        edited=tuple(path for path in both if there[path].sha256 != approved[path].sha256),
        added=tuple(sorted(there.keys() - approved.keys())),
        missing=tuple(sorted(approved.keys() - there.keys())),
        mode=tuple(
            path for path in both if there[path] != approved[path] and there[path].sha256 == approved[path].sha256
        ),
    )
