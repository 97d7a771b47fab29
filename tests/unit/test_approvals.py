"""Approvals: a hash that changes with everything that was shown, and what a request says of itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from core.domain.actions import AcceptDrift, Retry, Rollback, SetRole
from core.domain.approvals import (
    ApprovalStatus,
    ApprovalSubject,
    LeftOut,
    RecordChange,
    SkillSubject,
    TargetSubject,
)
from core.domain.messages import ConversationRef
from core.domain.plans import RiskLevel
from core.domain.policy import Change, ItemFacts, RequestFacts, Rule
from core.domain.signatures import UNSIGNED, Flaw, Signature, SignatureState
from core.domain.skills import Patch, Reach, ReachLevel, SkillDiff
from tests import request_views as make
from tests.clock import START

VERIFIED = Signature(state=SignatureState.VERIFIED, by="mina@example.com")

#: A subject in which no field is left at nothing, so that each can be seen to count.
FULL = make.subject(
    [
        make.skill(
            title="PDF forms",
            reach=Reach(
                level=ReachLevel.REMOTE,
                scripts=("scripts/extract.py",),
                executables=("scripts/extract.py",),
                allowed_tools=("Bash(python:*)",),
                hosts=("test.invalid",),
                binaries=("logo.png",),
                hidden=("SKILL.md:12 zero-width",),
                findings=("hooks in the front matter",),
            ),
            signature=VERIFIED.evolve(flaw=Flaw.EXPIRED),
            warnings=("the name is not that of its folder",),
            location=make.skill().location.evolve(ref="main"),
        )
    ],
    [
        make.target(
            diff=SkillDiff(
                first_install=False,
                added=("a",),
                removed=("b",),
                changed=("c",),
                lines_added=1,
                lines_removed=2,
                changed_scripts=("d",),
                allowed_tools_added=("e",),
            ),
            retry_of="r-0",
        )
    ],
).evolve(
    patches=(Patch(skill="pdf", of="change", before="0", after="1", text="+more"),),
    action=make.subject().action.model_copy(update={"ref": "main"}),
    records=(
        RecordChange(
            entity_id="u-bob", name="Bob", field="role", before="user", after="admin", concerns="u-bob", remark="x"
        ),
    ),
    left_out=(LeftOut(name="docx", why="taken", detail="acme/old"),),
)


#: Other legal values where changing a letter makes no legal one.
OTHERS = {"level": "contained", "committed_at": "2026-11-01T00:00:00Z", "intent": "sync", "why": "twice"} | {
    "origin": "store",
    "of": "local_edits",
    "state": "invalid",
    "flaw": "forged",
}


def mutations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what was changed, and a copy of JSON data with that one change: another value, one more, one less."""
    if isinstance(value, dict):
        for key, item in value.items():
            for place, changed in mutations(item, f"{path}.{key}"):
                yield place, value | {key: changed}
    elif isinstance(value, list):
        for index, item in enumerate(value):
            for place, changed in mutations(item, f"{path}.{index}"):
                yield place, [*value[:index], changed, *value[index + 1 :]]
            yield path, value[:index] + value[index + 1 :]
            yield path, [*value[:index], item, *value[index:]]
    elif isinstance(value, bool):
        yield path, not value
    elif isinstance(value, int):
        yield path, value + 1
    elif isinstance(value, str):
        yield path, f"{value}x"
        yield path, OTHERS.get(path.rpartition(".")[2], "")


def test_the_hash_changes_with_every_part() -> None:
    """Another text, figure or choice anywhere in a subject, an item more or less in a list: each has its own hash."""
    written = FULL.model_dump(mode="json")
    seen, untouched = {FULL.hash}, {place for place, _ in mutations(written)}
    for place, changed in mutations(written):
        with contextlib.suppress(ValidationError):
            other = ApprovalSubject.model_validate(changed)
            assert other.hash not in seen, place
            seen.add(other.hash)
            untouched.discard(place)
    assert untouched == set()
    places = {place.split(".")[-1] for place, _ in mutations(written)}
    assert {"asked_as", "provider_kind", "rule", "rule_hash", "threshold", "entity_id", "before", "after"} <= places


def test_no_part_of_the_sample_is_empty() -> None:
    """The rule above is about every field there is: each has something in it that can be changed."""

    def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        if not items:
            yield path, value
        for key, item in items:
            yield from leaves(item, f"{path}.{key}")

    assert [path for path, value in leaves(FULL.model_dump(mode="json")) if value in (None, "", [], {})] == []


@pytest.mark.parametrize("kind", [SkillSubject, TargetSubject, RecordChange, Reach, SkillDiff, ApprovalSubject])
def test_the_hash_is_of_the_whole(kind: type[Any]) -> None:
    """No field is kept out of what is written, and so out of the hash."""
    assert not any(field.exclude for field in kind.model_fields.values())


def test_the_order_of_things_counts() -> None:
    """Two targets that changed places are another subject: steps run in the order that was shown."""
    both = make.subject(targets=[make.target("Claude"), make.target("Gemini")])
    assert both.evolve(targets=both.targets[::-1]).hash != both.hash


def test_the_hash_survives_storage() -> None:
    """A subject that is read back from JSON text, in whatever zone its moments were, has the hash it had."""
    seoul = timezone(timedelta(hours=9))
    subject = make.subject([make.skill(committed_at=START.astimezone(seoul), author="박미나", description="a\u0301")])
    again = ApprovalSubject.model_validate_json(subject.model_dump_json())
    assert again.hash == subject.hash
    assert len(subject.hash) == 64


def test_content_is_found_by_its_skill_and_its_digest() -> None:
    """Each target's content is what is wanted there; a place that loses a skill gets none."""
    old = make.skill("pdf", digest="0" * 64, origin="store")
    places = [make.target("Claude"), make.target("Gemini", wanted_digest="0" * 64), make.target(name="docx")]
    mixed = make.subject([make.skill("pdf"), old, make.skill("docx")], [*places, make.target(wanted_digest=None)])
    found = [mixed.content(target) for target in mixed.targets]
    assert [one and (one.name, one.origin) for one in found] == [
        ("pdf", "source"),
        ("pdf", "store"),
        ("docx", "source"),
        None,
    ]


@pytest.mark.parametrize(
    ("installed", "recorded", "wanted", "edited", "current"),
    [
        (None, None, "b", False, False),
        ("a", "a", "a", False, True),
        ("a", "a", "b", False, False),
        ("b", "a", "a", True, False),
        ("b", "a", "b", True, False),
        ("b", None, "b", True, False),
        (None, "a", "a", True, False),
        (None, "a", None, True, False),
        (None, None, None, False, True),
    ],
)
def test_a_target_is_current_only_when_the_bot_put_exactly_this_there(
    installed: str | None, recorded: str | None, wanted: str | None, edited: bool, current: bool
) -> None:
    """What somebody else put, edited or removed is never taken for the bot's own work."""
    target = make.target(installed_digest=installed, recorded_digest=recorded, wanted_digest=wanted)
    assert (target.edited_locally, target.is_current) == (edited, current)


TEXT = SkillDiff(first_install=False, changed=("SKILL.md",), lines_added=1)


@pytest.mark.parametrize(
    ("diff", "installed", "recorded", "wanted", "changes"),
    [
        (make.FIRST.evolve(changed_scripts=()), None, None, "b", {"first_install"}),
        (make.FIRST.evolve(changed_scripts=("a.py",)), None, None, "b", {"first_install", "scripts"}),
        (make.UPDATE, "a", "a", "b", {"scripts"}),
        (TEXT, "a", "a", "b", {"text_only"}),
        (TEXT, "c", "a", "b", {"text_only", "local_edits"}),
        (make.SAME, "a", "a", "a", {"none"}),
        (make.UPDATE, "c", "a", "b", {"scripts", "local_edits"}),
        (make.SAME, "b", None, "b", {"local_edits"}),
        (make.FIRST, None, "a", "a", {"local_edits"}),
        (TEXT, "a", "a", None, {"removal"}),
        (TEXT, "c", "a", None, {"removal", "local_edits"}),
    ],
)
def test_changes_have_words_in_the_policy(
    diff: SkillDiff, installed: str | None, recorded: str | None, wanted: str | None, changes: set[Change]
) -> None:
    """What somebody edited or removed there is never called a first install, and scripts never text."""
    target = make.target(installed_digest=installed, recorded_digest=recorded, wanted_digest=wanted, diff=diff)
    assert target.changes == changes


def test_content_that_can_do_more_is_more_than_text() -> None:
    """A new host or a new tool in the text is no change of text only."""
    assert make.target(diff=TEXT, installed_digest="a", recorded_digest="a", reach_widened=True).changes == {
        "reach_widened"
    }


def test_a_request_knows_whom_it_is_about() -> None:
    """By its subject; what another program sends under the same names is data, and takes nobody's vote."""
    record = RecordChange(entity_id="u-carol", name="Carol", field="role", concerns="u-carol")
    subject = ApprovalSubject(action=SetRole(user="Carol", role="admin"), records=(record,)).under(
        Rule(name="r", outcome="require")
    )
    asked = make.request(subject, **subject.columns)
    assert subject.concerned == asked.concerned == {"u-carol"}
    assert asked.barred == ("u-alice", "u-carol")
    assert asked.evolve(rule=asked.rule.evolve(allow_self=True)).barred == ("u-carol",)
    assert asked.evolve(question_hash=None).concerned == frozenset()


def test_going_back_to_what_nobody_approved_is_destructive() -> None:
    """The previous approved content comes back like any write; edits that somebody made in place do not."""
    kept = make.skill(origin="store", approved_before=True)
    back = make.subject([kept], [make.target(diff=make.UPDATE)]).evolve(action=Rollback(skills=("pdf",)))
    assert back.risk is RiskLevel.WRITE
    assert back.evolve(skills=(kept.evolve(approved_before=False),)).risk is RiskLevel.DESTRUCTIVE


@pytest.mark.parametrize(
    ("target", "risk"),
    [
        (make.target(diff=make.UPDATE), RiskLevel.WRITE),
        (make.target(), RiskLevel.WRITE),
        (make.target(diff=make.UPDATE, wanted_digest=None), RiskLevel.DESTRUCTIVE),
        (make.target(wanted_digest=None), RiskLevel.WRITE),
    ],
)
def test_going_back_costs_what_it_takes_away(target: TargetSubject, risk: RiskLevel) -> None:
    """What is replaced, or comes where nothing is, is a write; what is there and goes is destructive."""
    for action in (Rollback(skills=("pdf",)), Rollback(skills=("pdf",), to_ref="v1"), Retry(run="7F3K")):
        subject = make.subject(targets=[target]).evolve(action=action)
        assert subject.risk is subject.facts(ConversationRef(channel="console", conversation_id="c")).risk is risk


def test_to_accept_that_something_is_gone_removes_nothing() -> None:
    """Nothing is done there."""
    gone = make.target(diff=make.UPDATE, wanted_digest=None, adopts=True)
    assert make.subject(targets=[gone]).evolve(action=AcceptDrift()).risk is RiskLevel.WRITE


def test_a_policy_is_told_what_would_be_installed_where() -> None:
    """Each place with its skill's source and reach, and where the request was made."""
    chat = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1", thread_id="1.2")
    assert make.subject(targets=[make.target(diff=make.UPDATE)]).facts(chat) == RequestFacts(
        intent="install",
        risk=RiskLevel.WRITE,
        items=(
            ItemFacts(
                skill="pdf",
                source="github.com/acme/skills/skills/pdf",
                provider=("Claude", "claude"),
                reach=ReachLevel.PRIVILEGED,
                changes=frozenset({"scripts"}),
                digest_already_approved=False,
                signed=False,
            ),
        ),
        team="T1",
        chat="C1",
    )


@pytest.mark.parametrize(
    ("skill", "signed"),
    [
        ({"signature": VERIFIED}, True),
        ({"signature": UNSIGNED}, False),
        ({}, False),
        ({"origin": "place"}, False),
        ({"origin": "store", "approved_before": True}, None),
        ({"origin": "store"}, False),
    ],
)
def test_only_a_verified_signature_counts_as_signed(skill: dict[str, Any], *, signed: bool | None) -> None:
    """What was never checked is not signed; what comes back was judged when it was approved."""
    assert make.skill(**skill).is_signed is signed


def test_the_signature_is_part_of_what_is_agreed_to() -> None:
    """Who vouches for the content is on the card, so another answer is another subject."""
    assert make.subject([make.skill(signature=VERIFIED)]).hash != make.subject([make.skill(signature=UNSIGNED)]).hash


def test_a_subject_knows_the_rule_that_asks() -> None:
    """Another word in the rule is another subject: its approval is another approval."""
    rule = Rule(name="careful", outcome="require", threshold=2)
    subject = make.subject().under(rule)
    assert (subject.rule, subject.rule_hash, subject.threshold) == ("careful", rule.hash, 2)
    assert make.subject().under(rule.evolve(allow_self=True)).hash != subject.hash


def test_the_same_question_may_be_asked_in_other_words() -> None:
    """How a skill was named and which catalogue entry it is make no difference; content, places and rule do."""
    one = make.subject()
    assert one.question_hash == make.subject([make.skill(asked_as="acme/skills")]).question_hash
    elsewhere = make.subject([make.skill(skill_id="s-9")], [make.target(skill_id="s-9")])
    assert one.question_hash == elsewhere.question_hash
    assert one.question_hash == one.evolve(action=one.action.model_copy(update={"ref": "main"})).question_hash
    for other in (
        make.subject([make.skill(digest="f" * 64)]),
        make.subject([make.skill(commit="f" * 40)]),
        make.subject(targets=[make.target("Gemini")]),
        make.subject(targets=[make.target(diff=make.UPDATE)]),
        one.under(Rule(name="write", outcome="require", allow_self=True)),
    ):
        assert one.question_hash != other.question_hash


def test_a_request_says_whether_the_glass_was_broken() -> None:
    """Only where the decision says so."""
    asked = make.request(make.subject(), ApprovalStatus.APPROVED, "u-bob")
    assert not asked.is_break_glass
    assert not asked.evolve(response={"break_glass": False}).is_break_glass
    assert asked.evolve(response={"break_glass": True}).is_break_glass
