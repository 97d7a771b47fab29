"""Patch words: the differences of a request as the sections of a card, and where to see those that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import Rollback
from core.domain.cards import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.domain.approvals import ApprovalSubject, TargetSubject
    from core.services.reader import Reader

# What makes a difference: its skill, what it is of, and the digests before and after.
_Key = tuple[str, str, str, str]


def patch_sections(subject: ApprovalSubject, reader: Reader) -> tuple[Section, ...]:
    """Return the beginning of each difference as it is written, named by its places; then what is not shown."""
    places: dict[_Key, list[str]] = {}
    for target in subject.targets:
        for key in _differences(target):
            places.setdefault(key, []).append(target.provider)
    sections = []
    for patch in subject.patches:
        where = ", ".join(places.pop((patch.skill, patch.of, patch.before, patch.after), ()))
        what = (
            reader.say("what somebody EDITED IN PLACE")
            if patch.of == "local_edits"
            else reader.say("what would change")
        )
        name = reader.say("{skill} on {provider}", skill=patch.skill, provider=where) if where else patch.skill
        sections.append(Section(title=f"{name}: {what}", text=patch.text))
    # Contents of equal digests are shown once, whatever they are called.
    seen = {(patch.skill, patch.before, patch.after) for patch in subject.patches}
    left = {key: found for key, found in places.items() if (key[0], *key[2:]) not in seen}
    return (*sections, *_not_shown(subject, left, reader))


def _differences(target: TargetSubject) -> Iterator[_Key]:
    """Yield how ``target`` differs from what the bot put there, and from what shall be there."""
    before, there, wanted = target.recorded_digest, target.installed_digest, target.wanted_digest
    if there is None:
        return
    if before is not None and before != there:
        yield target.skill, "local_edits", before, there
    if wanted is not None and wanted != there:
        yield target.skill, "change", there, wanted


def _not_shown(subject: ApprovalSubject, left: dict[_Key, list[str]], reader: Reader) -> Iterator[Section]:
    if not left:
        return
    title = reader.say_many(
        "{n} more difference is not shown here", "{n} more differences are not shown here", len(left)
    )
    pairs = dict.fromkeys((key[0], provider) for key, providers in left.items() for provider in providers)
    if isinstance(subject.action, Rollback) and subject.action.to_ref is None:
        # A comparison is with the source, which is not where this goes.
        lines = [reader.say("{skill} on {provider}", skill=skill, provider=provider) for skill, provider in pairs]
    else:
        ref = getattr(subject.action, "ref", None) or getattr(subject.action, "to_ref", None)
        at = f"@{ref}" if ref else ""
        examples = [f"diff {skill}{at} on {provider.lower()}" for skill, provider in pairs]
        lines = [reader.say('say "{example}"', example=example) for example in examples]
    yield Section(title=title, text="\n".join(lines))
