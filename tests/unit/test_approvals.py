"""Approvals: what the votes amount to, and a hash that changes with everything that was shown."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.domain.approvals import ApprovalStatus, ApprovalSubject, SkillSubject, TargetSubject, Vote, outcome_of
from core.domain.skills import Reach, ReachLevel, SkillDiff
from tests import request_views as make
from tests.clock import START

PEOPLE = ("u-bob", "u-carol", "u-dave", "u-erin")
VOTES = st.lists(
    st.builds(
        lambda who, approve, revision: make.vote(who, approve=approve, revision=revision),
        st.sampled_from(PEOPLE),
        st.booleans(),
        st.integers(1, 2),
    ),
    unique_by=lambda vote: (vote.user_id, vote.revision),
    max_size=8,
)


@given(VOTES, st.integers(1, 4))
@settings(deadline=None)
def test_the_first_reject_decides_and_else_the_threshold(votes: list[Vote], threshold: int) -> None:
    """One reject outweighs any number of approvals; approvals count from the threshold on; votes of others never."""
    current = [vote for vote in votes if vote.revision == 1]
    outcome = outcome_of(tuple(votes), revision=1, threshold=threshold)
    if not all(vote.approve for vote in current):
        assert outcome is ApprovalStatus.REJECTED
    else:
        enough = len(current) >= threshold
        assert outcome is (ApprovalStatus.APPROVED if enough else ApprovalStatus.PENDING)


def test_silence_is_no_consent() -> None:
    """Without a vote nothing is decided."""
    assert outcome_of((), revision=1, threshold=1) is ApprovalStatus.PENDING


@pytest.mark.parametrize("approve", [True, False])
def test_a_vote_on_another_revision_does_not_count(approve: bool) -> None:
    """Who saw something else has not decided about this."""
    votes = (make.vote("u-bob", approve=approve, revision=1), make.vote("u-carol", revision=3))
    assert outcome_of(votes, revision=2, threshold=1) is ApprovalStatus.PENDING


#: A subject in which no field is left at nothing, so that each can be seen to count.
FULL = make.subject(
    [
        make.skill(
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
            )
        )
    ],
).evolve(action=make.subject().action.model_copy(update={"ref": "main"}))


#: Other legal values where changing a letter makes no legal one.
OTHERS = {"level": "contained", "committed_at": "2026-11-01T00:00:00Z", "intent": "sync"}


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


def test_no_part_of_the_sample_is_empty() -> None:
    """The rule above is about every field there is: each has something in it that can be changed."""

    def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        if not items:
            yield path, value
        for key, item in items:
            yield from leaves(item, f"{path}.{key}")

    assert [path for path, value in leaves(FULL.model_dump(mode="json")) if value in (None, "", [], {})] == []


@pytest.mark.parametrize("kind", [SkillSubject, TargetSubject, Reach, SkillDiff, ApprovalSubject])
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


def test_content_is_found_by_its_skill() -> None:
    """Each target's content is that of its own skill."""
    both = make.subject([make.skill("pdf"), make.skill("docx")])
    assert both.skill("s-docx").name == "docx"
    with pytest.raises(KeyError):
        both.skill("s-xlsx")


@pytest.mark.parametrize(
    ("installed", "recorded", "is_empty", "edited", "current"),
    [
        (None, None, False, False, False),
        ("a", "a", True, False, True),
        ("a", "a", False, False, False),
        ("b", "a", False, True, False),
        ("b", "a", True, True, False),
        ("b", None, False, True, False),
        ("b", None, True, True, False),
        (None, "a", False, True, False),
    ],
)
def test_a_target_is_current_only_when_the_bot_put_exactly_this_there(
    installed: str | None, recorded: str | None, is_empty: bool, edited: bool, current: bool
) -> None:
    """What somebody else put, edited or removed is never taken for the bot's own work."""
    target = make.target(diff=make.SAME if is_empty else make.UPDATE).evolve(
        installed_digest=installed, recorded_digest=recorded
    )
    assert (target.edited_locally, target.is_current) == (edited, current)
