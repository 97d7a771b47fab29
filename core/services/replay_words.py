"""Replay words: what differs between a request then and today, said as people are told of it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.cards import Fact
from core.domain.replays import Aspect
from core.services.reader import one_line
from core.services.subject_facts import level_word, record_line, record_name

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalSubject
    from core.domain.replays import Difference
    from core.services.reader import Reader

# Commits and digests are told apart by their beginning.
_HASH = 40
_SHOWN = 12


def difference_fact(
    difference: Difference, then: ApprovalSubject | None, now: ApprovalSubject | None, reader: Reader
) -> Fact:
    """Return one thing that differs between a request ``then`` and ``now``."""
    before = _value(difference, difference.then, then, reader)
    after = _value(difference, difference.now, now, reader)
    value = reader.say("{then}, now {now}", then=before, now=after)
    of = _of(difference, now or then, then, reader)
    return Fact(name=_aspect(difference.aspect, reader), value=f"{of}: {value}" if of else value)


def _aspect(aspect: Aspect, reader: Reader) -> str:
    names = {
        Aspect.COMMIT: reader.say("commit"),
        Aspect.CONTENT: reader.say("content"),
        Aspect.REACH: reader.say("reach"),
        Aspect.PLACE: reader.say("place"),
        Aspect.INSTALLED: reader.say("there now"),
        Aspect.CHANGE: reader.say("change"),
        Aspect.LEFT_OUT: reader.say("left out"),
        Aspect.RECORD: reader.say("record"),
        Aspect.RULE: reader.say("rule"),
        Aspect.THRESHOLD: reader.say("approvals"),
    }
    return names[aspect]


def _of(difference: Difference, now: ApprovalSubject | None, then: ApprovalSubject | None, reader: Reader) -> str:
    """Return what it is about."""
    for subject in (now, then):
        for target in subject.targets if subject else ():
            if difference.of == f"{target.skill} on {target.provider}":
                return reader.say("{skill} on {provider}", skill=target.skill, provider=target.provider)
        for change in subject.records if subject else ():
            if difference.of == f"{change.name}, {change.field}":
                return one_line(record_name(change, reader))
    return one_line(difference.of)


def _value(difference: Difference, value: str | None, subject: ApprovalSubject | None, reader: Reader) -> str:
    """Return one side of a difference, which is about ``subject``."""
    if value is None:
        return reader.say("nothing")
    match difference.aspect:
        case Aspect.REACH:
            return level_word(value, reader)
        case Aspect.CHANGE:
            return ", ".join(change_word(one, reader) for one in value.split(", "))
        case Aspect.LEFT_OUT:
            return _reason(value, reader)
        case Aspect.RECORD:
            lines = [
                record_line(change, reader)
                for change in (subject.records if subject else ())
                if difference.of == f"{change.name}, {change.field}"
            ]
            return ", ".join(lines) or one_line(value, 80)
        case _:
            is_hash = len(value) >= _HASH and set(value) <= set("0123456789abcdef")
            return value[:_SHOWN] if is_hash else one_line(value, 80)


def change_word(word: str, reader: Reader) -> str:
    """Return what happens at a place, which the policy has a word for, in the reader's words."""
    words = {
        "first_install": reader.say("first install"),
        "text_only": reader.say("text alone changes"),
        "scripts": reader.say("scripts change"),
        "reach_widened": reader.say("it reaches further"),
        "local_edits": reader.say("edited in place"),
        "removal": reader.say("it is removed"),
        "none": reader.say("no file changes"),
        "update": reader.say("something changes"),
    }
    return words.get(word, word)


def _reason(why: str, reader: Reader) -> str:
    words = {
        "frozen": reader.say("frozen"),
        "waiting": reader.say("waiting for a merge"),
        "disconnected": reader.say("not connected"),
        "taken": reader.say("the name is taken"),
        "twice": reader.say("another one has the name"),
        "invalid": reader.say("it would not load"),
    }
    return words.get(why, why)
