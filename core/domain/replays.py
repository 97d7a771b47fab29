"""Replays: how what a request would do today differs from what it was about then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
from core.domain.base import Domain


class Aspect(StrEnum):
    """What of a request can differ."""

    COMMIT = "commit"
    CONTENT = "content"
    REACH = "reach"
    PLACE = "place"
    INSTALLED = "installed"
    CHANGE = "change"
    LEFT_OUT = "left_out"
    RECORD = "record"
    RULE = "rule"
    THRESHOLD = "threshold"


class Difference(Domain):
    """One thing that differs, then and now (None: nothing); ``of`` is ``pdf`` or ``pdf on Claude``, "" the request."""

    aspect: Aspect
    of: str = ""
    then: str | None
    now: str | None


def differences(then: ApprovalSubject, now: ApprovalSubject) -> tuple[Difference, ...]:
    """Return everything that people would be shown otherwise today."""
    return (
        *_of_skills(then.skills, now.skills),
        *_of_targets(then.targets, now.targets),
        *_pairs(
            Aspect.LEFT_OUT,
            {left.name: left.why for left in then.left_out},
            {left.name: left.why for left in now.left_out},
        ),
        *_pairs(Aspect.RECORD, _records(then), _records(now)),
        *_pairs(Aspect.RULE, {"": then.rule}, {"": now.rule}),
        *_pairs(Aspect.THRESHOLD, {"": str(then.threshold)}, {"": str(now.threshold)}),
    )


def _pairs(aspect: Aspect, then: dict[str, str | None], now: dict[str, str | None]) -> Iterator[Difference]:
    """Compare by name; what is missing on a side is nothing there."""
    for name in dict.fromkeys((*then, *now)):
        if then.get(name) != now.get(name):
            yield Difference(aspect=aspect, of=name, then=then.get(name), now=now.get(name))


def _of_skills(then: Iterable[SkillSubject], now: Iterable[SkillSubject]) -> Iterator[Difference]:
    """Compare what would come; ids differ each time for a skill that the catalogue does not have."""
    before, after = {skill.name: skill for skill in then}, {skill.name: skill for skill in now}
    yield from _pairs(
        Aspect.COMMIT,
        {name: skill.commit for name, skill in before.items()},
        {name: skill.commit for name, skill in after.items()},
    )
    both = [(skill, after[name]) for name, skill in before.items() if name in after]
    for old, new in both:
        yield from _pairs(Aspect.CONTENT, {old.name: old.digest}, {old.name: new.digest})
        yield from _pairs(Aspect.REACH, {old.name: old.reach.level}, {old.name: new.reach.level})


def _of_targets(then: Iterable[TargetSubject], now: Iterable[TargetSubject]) -> Iterator[Difference]:
    before, after = ({f"{it.skill} on {it.provider}": it for it in targets} for targets in (then, now))
    yield from _pairs(
        Aspect.PLACE,
        {name: target.location for name, target in before.items()},
        {name: target.location for name, target in after.items()},
    )
    for name, old in before.items():
        if name in after:
            new = after[name]
            yield from _pairs(Aspect.INSTALLED, {name: old.installed_digest}, {name: new.installed_digest})
            yield from _pairs(Aspect.CHANGE, {name: _change(old)}, {name: _change(new)})


def _change(target: TargetSubject) -> str:
    return ", ".join(sorted(target.changes)) or "update"


def _records(subject: ApprovalSubject) -> dict[str, str | None]:
    return {f"{change.name}, {change.field}": f"{change.before} -> {change.after}" for change in subject.records}
