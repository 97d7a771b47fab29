"""What ``skillwarden verify`` says: each verdict is its own sentence, and each doubt about a receipt too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core.domain.receipt_verdicts import Differences, Standing, Verdict
from core.domain.receipts import Doubt, ReadReceipt, Receipt

# Files that are named of each kind; --json has all of them.
_NAMED = 5


def in_words(verdict: Verdict, *, searched: Path, has_key: bool) -> list[str]:
    """Return what people read, the verdict first; ``searched`` is where the receipts are."""
    return [
        _verdict(verdict, searched),
        *(_place(verdict) if verdict.standing is Standing.APPROVED else ()),
        *(_doubt(it, has_key=has_key) for it in verdict.doubtful),
    ]


def _verdict(verdict: Verdict, searched: Path) -> str:
    receipt, since = verdict.receipt, verdict.since
    match verdict.standing:
        case Standing.APPROVED if receipt:
            return f"Approved: {_who(receipt)}. It is {receipt.skill}, {_content(receipt)}."
        case Standing.CHANGED if receipt:
            return f"Not approved: this is not what #{receipt.code} put there.{_differences(verdict.differences)}"
        case Standing.REPLACED if receipt and since:
            return (
                f"Not approved any more: these bytes came with #{receipt.code}, and #{since.code} ({since.action}) "
                f"replaced them on {_day(since.at)}. {_sentence(_who(since))}"
            )
        case Standing.REMOVED if since:
            again = ", and nobody approved that it comes back" if receipt else ""
            return (
                f"Not approved: #{since.code} ({since.action}) removed {since.skill} from {since.provider} on "
                f"{_day(since.at)}{again}. {_sentence(_who(since))}"
            )
        case Standing.RENAMED if receipt:
            return f'Not approved under this name: #{receipt.code} put these bytes there as "{receipt.skill}".'
        case Standing.UNPROVEN:
            return "Not approved: what speaks for it proves nothing."
        case _:
            return f"Not approved: no receipt in {searched} speaks for these bytes."


def _who(receipt: Receipt) -> str:
    """Return who asked and who agreed."""
    asked = f"{receipt.requester.name} asked as #{receipt.code}"
    if receipt.broke_glass:
        return f'{asked}, and {_approvers(receipt)} broke the glass, alone, under the rule "{receipt.rule}"'
    if not receipt.approvals:
        return f'{asked}, and the rule "{receipt.rule}" wanted nobody to approve it'
    return f'{asked}, and {_approvers(receipt)} approved under the rule "{receipt.rule}"'


def _approvers(receipt: Receipt) -> str:
    return ", ".join(
        f"{vote.by.name}{f' for {vote.on_behalf_of.name}' if vote.on_behalf_of else ''} ({_day(vote.at)})"
        for vote in receipt.approvals
    )


def _content(receipt: Receipt) -> str:
    commit = f" at {receipt.commit[:12]}" if receipt.commit else ""
    return f"from {receipt.source}{commit}, {receipt.action} on {receipt.provider} on {_day(receipt.at)}"


def _place(verdict: Verdict) -> list[str]:
    if verdict.receipt is None or not verdict.is_elsewhere:
        return []
    return [f"The approval is for {verdict.receipt.location}; this is a copy of it, byte for byte."]


def _differences(found: Differences | None) -> str:
    if found is None:
        return " Its receipt does not list the files."
    kinds = (
        ("Edited", found.edited),
        ("Added", found.added),
        ("Missing", found.missing),
        ("Made executable, or no longer", found.mode),
    )
    return "".join(f" {what}: {_some(paths)}." for what, paths in kinds if paths)


def _some(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(path.encode("unicode_escape").decode() for path in paths[:_NAMED]) + more


def _doubt(found: ReadReceipt, *, has_key: bool) -> str:
    claim = f"{found.file} says that {_who(found.receipt)}" if found.receipt else found.file
    match found.doubt:
        case Doubt.UNREADABLE:
            return f"{claim} cannot be read as a receipt."
        case Doubt.UNSIGNED:
            return f"{claim}. It is not signed: whoever can write there can write that. Take it with --unsigned."
        case Doubt.WRONG_KEY if not has_key:
            return f"{claim}. It is signed with the key {found.key}: give its public half with --public-key."
        case Doubt.WRONG_KEY:
            return f"{claim}. It is signed with another key, {found.key}."
        case _:
            return f"{claim}. That is not what was signed: the receipt was changed."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
