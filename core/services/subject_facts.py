"""What would change, as facts: where content comes from, how it differs from what is there, what it could reach."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.cards import Fact
from core.domain.signatures import Flaw, SignatureState
from core.domain.skills import ReachLevel
from core.services.catalogue_words import addition_facts
from core.services.change_facts import commit_words, diff_words, kept_content, removal
from core.services.freeze_words import EVERY_SKILL, freeze_line, is_freeze
from core.services.reader import commit_name, name_of, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.approvals import ApprovalSubject, RecordChange, SkillSubject, TargetSubject
    from core.domain.signatures import Signature
    from core.services.reader import Reader

# More skills than this get one fact each: the rest is behind the button "Details".
_MOST_IN_FULL = 2


def facts_to_decide(subject: ApprovalSubject, reader: Reader) -> list[Fact]:
    """Return what an approver has to know of ``subject``, in the order that every card keeps."""
    if subject.records:
        return [
            Fact(name=one_line(record_name(change, reader)), value=record_line(change, reader))
            for change in subject.records
        ]
    removed = _removed(subject)
    if len(subject.skills) + len(removed) > _MOST_IN_FULL:
        short = [_summary(subject, skill, reader) for skill in subject.skills]
        return [
            *short,
            *addition_facts(subject, reader),
            *(Fact(name=name, value="; ".join(_gone(targets, reader))) for name, targets in removed.items()),
        ]
    facts: list[Fact] = []
    for skill in subject.skills:
        if len(subject.skills) + len(removed) > 1:
            facts.append(Fact(name=reader.say("skill"), value=skill.name))
        facts += _content(skill, reader)
        facts += [Fact(name=reader.say("change"), value=change) for change in _changes(subject, skill, reader)]
        facts += _reach(skill, reader)
    for name, targets in removed.items():
        if len(subject.skills) + len(removed) > 1:
            facts.append(Fact(name=reader.say("skill"), value=name))
        facts += [Fact(name=reader.say("change"), value=change) for change in _gone(targets, reader)]
    return facts + addition_facts(subject, reader)


def facts_to_compare(subject: ApprovalSubject, reader: Reader) -> list[Fact]:
    """Return what differs, without what only a decision needs."""
    facts: list[Fact] = []
    for skill in subject.skills:
        facts += _content(skill, reader)
        targets = _targets(subject, skill)
        facts += [Fact(name=skill.name, value=f"{t.provider}: {_difference(t, skill, reader)}") for t in targets]
    return facts


def all_facts(subject: ApprovalSubject, reader: Reader) -> list[Fact]:
    """Return all there is to know: whole commits and digests, every script, host, hidden place and changed file."""
    facts: list[Fact] = []
    for skill in subject.skills:
        facts += [
            Fact(name=reader.say("skill"), value=f"{skill.name}: {one_line(skill.description, 1024)}"),
            *_content(skill, reader),
            Fact(name=reader.say("digest"), value=skill.digest),
        ]
        facts += _listed(
            (reader.say("scripts"), skill.reach.scripts),
            (reader.say("executable"), skill.reach.executables),
            (reader.say("allowed-tools"), skill.reach.allowed_tools),
            (reader.say("hosts"), skill.reach.hosts),
            (reader.say("binaries"), skill.reach.binaries),
            (reader.say("hidden text"), [reader.remark(text) for text in skill.reach.hidden]),
            (reader.say("findings"), [reader.remark(text) for text in skill.reach.findings]),
            (reader.say("warnings"), [reader.remark(text) for text in skill.warnings]),
        )
        for target in _targets(subject, skill):
            diff = target.diff
            marked = [("+", diff.added), ("-", diff.removed), ("~", diff.changed)]
            files = [f"{mark} {path}" for mark, paths in marked for path in paths]
            facts.append(Fact(name=target.provider, value=target.location))
            facts += _listed((reader.say("files"), files))
    for name, targets in _removed(subject).items():
        for target in targets:
            facts.append(Fact(name=reader.say("skill"), value=name))
            facts.append(Fact(name=target.provider, value=target.location))
            facts += _listed((reader.say("files"), [f"- {path}" for path in target.diff.removed]))
    return facts


def _removed(subject: ApprovalSubject) -> dict[str, list[TargetSubject]]:
    """Return the places that lose a skill, by its name."""
    removed: dict[str, list[TargetSubject]] = {}
    for target in subject.targets:
        if target.wanted_digest is None:
            removed.setdefault(target.skill, []).append(target)
    return removed


def _gone(targets: Sequence[TargetSubject], reader: Reader) -> list[str]:
    """Return what is removed, providers that lose the same together."""
    providers: dict[str, list[str]] = {}
    for target in targets:
        providers.setdefault(removal(target, reader), []).append(target.provider)
    return [f"{', '.join(names)}: {change}" for change, names in providers.items()]


def reach_summary(
    reader: Reader,
    level: str,
    *,
    scripts: int,
    allowed_tools: Sequence[str] = (),
    hosts: Sequence[str] = (),
    shout: bool = False,
) -> str:
    """Return what content could reach in a few words: ``privileged: 2 scripts, allowed-tools Bash``."""
    parts = [reader.say_many("{n} script", "{n} scripts", scripts)] if scripts else []
    if allowed_tools:
        parts.append(reader.say("allowed-tools {tools}", tools=reader.some(allowed_tools)))
    if hosts:
        parts.append(reader.say_many("names {n} host", "names {n} hosts", len(hosts)))
    word = level_word(level, reader, shout=shout)
    return f"{word}: {', '.join(parts)}" if parts else word


def level_word(level: str, reader: Reader, *, shout: bool = False) -> str:
    """Return how far content reaches, in one word."""
    words = {
        ReachLevel.CONTAINED: reader.say("contained"),
        ReachLevel.PRIVILEGED: reader.say("privileged"),
        ReachLevel.REMOTE: reader.say("remote"),
    }
    word = words[ReachLevel(level)]
    return word.upper() if shout else word


def _summary(subject: ApprovalSubject, skill: SkillSubject, reader: Reader) -> Fact:
    """Return one skill of many in one fact; what is dangerous about it is counted, and the first finding is told."""
    reach = skill.reach
    could = reach_summary(
        reader,
        reach.level,
        scripts=len(reach.scripts),
        allowed_tools=reach.allowed_tools,
        hosts=reach.hosts,
        shout=reach.level is not ReachLevel.CONTAINED,
    )
    dangers = [
        reader.say_many("hidden text in {n} place", "hidden text in {n} places", len(reach.hidden)),
        reader.say_many("{n} binary", "{n} binaries", len(reach.binaries)),
        reader.say_many(
            "{n} finding: {first}",
            "{n} findings, first {first}",
            len(reach.findings),
            first=one_line(reader.remark("".join(reach.findings[:1])), 120),
        ),
        reader.say_many("{n} warning", "{n} warnings", len(skill.warnings)),
    ]
    counted = (reach.hidden, reach.binaries, reach.findings, skill.warnings)
    present = [danger for danger, found in zip(dangers, counted, strict=True) if found]
    return Fact(
        name=skill.name, value="; ".join([_origin(skill, reader), *_changes(subject, skill, reader), could, *present])
    )


def _origin(skill: SkillSubject, reader: Reader) -> str:
    """Return in a few words where the content comes from; that nobody approved it is said in full."""
    if skill.origin == "place":
        return reader.say("what was found there: NO APPROVAL was ever about it")
    if skill.origin == "source":
        origin = f"{skill.location.label} @ {skill.requested_ref} -> {commit_words(skill.commit, reader)}"
        is_checked = skill.signature.state is not SignatureState.NOT_CHECKED
        return f"{origin}, {signature_words(skill.signature, reader)}" if is_checked else origin
    words = reader.say("what was there before, as it was kept")
    if skill.commit is None:
        return f"{words}: {reader.say('edited in place, and NO APPROVAL was ever about it')}"
    return f"{words}: {commit_name(skill.commit)}"


def _content(skill: SkillSubject, reader: Reader) -> list[Fact]:
    if skill.origin != "source" or skill.committed_at is None or skill.author is None:
        return kept_content(skill, reader)
    repository = skill.location.url.removeprefix("https://").removesuffix(".git")
    folder = f"/{skill.path}" if skill.path else ""
    signed = signature_words(skill.signature, reader)
    age = reader.ago(skill.committed_at)
    return [
        Fact(name=reader.say("from"), value=f"{repository}{folder} @ {skill.requested_ref}"),
        Fact(name=reader.say("commit"), value=f"{skill.commit} ({age}, {reader.author(skill.author)}, {signed})"),
    ]


def signature_words(signature: Signature, reader: Reader) -> str:
    """Return what was found of a signature: ``signed by mina@example.com``; what does not count is shouted."""
    flaws = {
        Flaw.NO_PROGRAM: reader.say("SIGNATURE NOT CHECKED: the program for it is missing here"),
        Flaw.FORGED: reader.say("SIGNATURE FORGED: it is of something else"),
        Flaw.UNKNOWN_KEY: reader.say("SIGNATURE OF AN UNKNOWN KEY"),
        Flaw.EXPIRED: reader.say("SIGNATURE EXPIRED"),
        Flaw.REVOKED: reader.say("SIGNATURE OF A REVOKED KEY"),
        Flaw.UNREADABLE: reader.say("SIGNATURE NOT READABLE"),
    }
    if signature.flaw is not None or signature.state is SignatureState.INVALID:
        return flaws[signature.flaw or Flaw.UNREADABLE]
    if signature.is_verified:
        return reader.say("signed by {who}", who=one_line(signature.by or "?"))
    return reader.say("not signed") if signature.state is SignatureState.NONE else reader.say("signature not checked")


def _targets(subject: ApprovalSubject, skill: SkillSubject) -> list[TargetSubject]:
    return [target for target in subject.targets if subject.content(target) == skill]


def _changes(subject: ApprovalSubject, skill: SkillSubject, reader: Reader) -> list[str]:
    """Return what would change, providers with the same change together."""
    providers: dict[str, list[str]] = {}
    for target in _targets(subject, skill):
        providers.setdefault(_change(target, skill, reader), []).append(target.provider)
    return [f"{', '.join(names)}: {change}" for change, names in providers.items()]


def _change(target: TargetSubject, skill: SkillSubject, reader: Reader) -> str:
    if target.is_current:
        return reader.say("is up to date already")
    if target.adopts:
        difference = _difference(target, skill, reader)
        return reader.say("{difference}; it STAYS AS IT IS and counts as approved", difference=difference)
    return "; ".join([_difference(target, skill, reader), *_meddling(target, reader)])


def _difference(target: TargetSubject, skill: SkillSubject, reader: Reader) -> str:
    diff = target.diff
    if diff.first_install:
        what = reader.say("put back") if skill.origin == "store" else reader.say("first install")
        parts = [what, reader.say_many("{n} file", "{n} files", skill.file_count)]
    elif diff.is_empty:
        parts = [reader.say("no file changes")]
    else:
        before = commit_name(target.installed_ref) if target.installed_ref else "?"
        if target.restores:
            before = reader.say("what was found there")
        after = reader.say("what was found there") if target.adopts else commit_words(skill.commit, reader)
        parts = [f"{before} -> {after}", *diff_words(diff, reader)]
    return ", ".join(parts)


def _meddling(target: TargetSubject, reader: Reader) -> list[str]:
    """Return what somebody else did to the target meanwhile."""
    if not target.edited_locally:
        return []
    if target.installed_digest is None:
        return [reader.say("what was installed there was REMOVED by somebody else")]
    if target.diff.is_empty:
        return [reader.say("it was put there by somebody else")]
    if target.recorded_digest is None:
        return [reader.say("what is there was NOT INSTALLED BY ME and will be replaced, a copy is kept")]
    return [reader.say("EDITED IN PLACE: the edits will be replaced, a copy is kept")]


def _reach(skill: SkillSubject, reader: Reader) -> list[Fact]:
    reach, none = skill.reach, reader.say("none")
    level = level_word(reach.level, reader, shout=reach.level is not ReachLevel.CONTAINED)
    parts: list[str] = []
    if reach.scripts:
        parts.append(reader.say("runs {scripts}", scripts=reader.some(reach.scripts)))
    if reach.allowed_tools:
        parts.append(reader.say("allowed-tools: {tools}", tools=reader.some(reach.allowed_tools)))
    rest = reader.say(
        "names hosts: {hosts}; hidden text: {hidden}; binaries: {binaries}",
        hosts=reader.some(reach.hosts) or none,
        hidden=reader.some([reader.remark(text) for text in reach.hidden]) or none,
        binaries=reader.some(reach.binaries) or none,
    )
    value = f"{level}: {'; '.join(parts)}" if parts else level
    facts = [Fact(name=reader.say("reach"), value=value), Fact(name="", value=rest)]
    if reach.findings:
        facts.append(Fact(name=reader.say("findings"), value=reader.some_remarks(reach.findings)))
    if skill.warnings:
        facts.append(Fact(name=reader.say("warnings"), value=reader.some_remarks(skill.warnings)))
    return facts


def _listed(*lists: tuple[str, Sequence[str]]) -> list[Fact]:
    return [Fact(name=name, value="\n".join(one_line(text, 200) for text in texts)) for name, texts in lists if texts]


def record_name(change: RecordChange, reader: Reader) -> str:
    """Return what changes, by its name; a freeze may be about every skill, and a drift is of a skill in a place."""
    if change.field == "drift":
        skill, _, provider = change.name.partition(" on ")  # a skill's name has no spaces
        return reader.say("{skill} on {provider}", skill=skill, provider=provider)
    return reader.say("every skill") if change.name == EVERY_SKILL and is_freeze(change) else change.name


def record_line(change: RecordChange, reader: Reader) -> str:
    """Return one change of the bot's own records, as it is said after a name: ``role user -> admin``."""
    if change.field == "access":
        return reader.say("no access any more, at once")
    if change.field == "drift":
        return reader.say("what was found there is not reported again")
    if change.field == "votes":
        return _delegation(change.after or "", reader)
    if is_freeze(change):
        return freeze_line(change, reader)
    roles = {"user": reader.say("user"), "admin": reader.say("admin")} if change.field == "role" else {}
    states = {
        "archived": reader.say("archived"),
        "in the catalogue": reader.say("in the catalogue"),
        "connected": reader.say("connected"),
        "disconnected": reader.say("disconnected"),
        **roles,
    }
    before, after = (
        states.get(value, one_line(value, 300)) if value else "-" for value in (change.before, change.after)
    )
    lines = {
        "role": reader.say("role {before} -> {after}", before=before, after=after),
        "ref": reader.say("ref {before} -> {after}", before=before, after=after),
        "tags": reader.say("tags {before} -> {after}", before=before, after=after),
        **dict.fromkeys(("catalogue", "connection"), f"{before} -> {after}"),
    }
    line = lines.get(change.field) or f"{change.field}: {before} -> {after}"
    return f"{line} ({reader.remark(change.remark)})" if change.remark else line


def _delegation(after: str, reader: Reader) -> str:
    who, is_away, until = after.rpartition("until ")
    if not is_away:
        return reader.say("votes in person again")
    when = datetime.fromisoformat(until)
    if not who.strip():
        return reader.say("does not answer until {until}", until=when)
    return reader.say("{stand_in} may vote instead until {until}", stand_in=name_of(who.rstrip()), until=when)
