"""What differs between a request as it was and as it would be today; and how that reads."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.console.render import CardRenderer
from core.domain.approvals import ApprovalSubject, LeftOut, RecordChange
from core.domain.replays import Aspect, differences
from core.domain.skills import ReachLevel
from core.errors import ProviderUnavailable
from core.services.freeze_words import EVERY_SKILL, FROZEN, OPEN, changes_there
from core.services.reader import Reader
from core.services.replays import Rehearsal, rehearsal_card
from tests.plugins.golden import Golden
from tests.report_world import NOW, TRANSLATOR
from tests.request_views import subject, view

THEN = subject()


def changed(**changes: Any) -> ApprovalSubject:
    """Return the subject with ``changes`` of its only skill and its only target."""
    skill = THEN.skills[0].evolve(**changes.get("skill", {}))
    target = THEN.targets[0].evolve(**changes.get("target", {}))
    rest = {name: value for name, value in changes.items() if name not in {"skill", "target"}}
    return THEN.evolve(skills=(skill,), targets=(target,), **rest)


def test_the_same_is_no_difference() -> None:
    """What is made anew each time - the id of a skill that nobody has yet - does not count."""
    assert differences(THEN, THEN) == ()
    assert differences(THEN, changed(skill={"skill_id": "another"}, target={"skill_id": "another"})) == ()


@pytest.mark.parametrize(
    ("now", "aspects"),
    [
        (changed(skill={"commit": "5" * 40}), {(Aspect.COMMIT, "pdf", "5" * 40)}),
        (changed(skill={"digest": "d" * 64}), {(Aspect.CONTENT, "pdf", "d" * 64)}),
        (changed(target={"location": "~/elsewhere"}), {(Aspect.PLACE, "pdf on Claude", "~/elsewhere")}),
        (changed(rule="strict", threshold=2), {(Aspect.RULE, "", "strict"), (Aspect.THRESHOLD, "", "2")}),
        (
            changed(left_out=(LeftOut(name="docx", why="frozen", detail="Claude"),)),
            {(Aspect.LEFT_OUT, "docx", "frozen")},
        ),
        (
            changed(records=(RecordChange(entity_id="u", name="Bob", field="role", before="user", after="admin"),)),
            {(Aspect.RECORD, "Bob, role", "user -> admin")},
        ),
    ],
)
def test_each_thing_that_differs_is_told_apart(now: ApprovalSubject, aspects: set[tuple[str, str, str]]) -> None:
    """Then and now change places when they are looked at from the other side."""
    found = differences(THEN, now)
    assert {(it.aspect, it.of, it.now) for it in found} == aspects
    assert {(it.aspect, it.of, it.then) for it in differences(now, THEN)} == aspects


def test_what_is_there_already_would_not_change() -> None:
    """After the installation the same request has nothing to do: what is there and what would change differ."""
    digest = THEN.targets[0].wanted_digest
    now = changed(target={"installed_digest": digest, "recorded_digest": digest})
    found = {it.aspect: it.now for it in differences(THEN, now)}
    assert found == {Aspect.INSTALLED: digest, Aspect.CHANGE: "none"}


EVERYTHING = changed(
    skill={"digest": "d" * 64, "reach": THEN.skills[0].reach.evolve(level=ReachLevel.CONTAINED)},
    target={
        "location": "~/elsewhere",
        "installed_digest": "e" * 64,
        "diff": THEN.targets[0].diff.evolve(first_install=False, changed=("SKILL.md",), changed_scripts=("run.sh",)),
    },
    left_out=(LeftOut(name="docx", why="frozen", detail="Claude"), LeftOut(name="xlsx", why="waiting", detail="Acme")),
    records=(
        RecordChange(entity_id="u", name="Bob", field="role", before="user", after="admin"),
        RecordChange(entity_id="f", name=EVERY_SKILL, field=changes_there("Claude"), before=OPEN, after=FROZEN),
        RecordChange(entity_id="c", name="Claude", field="connection", before="connected", after="disconnected"),
    ),
    rule="strict",
    threshold=2,
)
ALL = Rehearsal(then=THEN, now=EVERYTHING, differences=differences(THEN, EVERYTHING))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_differs_is_said_in_words(language: str, golden: Golden) -> None:
    """No key of ours is on the card: what changes, what is left out and what is recorded read as they do elsewhere."""
    card = rehearsal_card(view(), ALL, Reader(TRANSLATOR, None, NOW, language=language)).evolve(language=language)
    lines = CardRenderer(TRANSLATOR, language).whole(card)
    golden.check(f"replays/everything_{language}.txt", "".join(f"{line}\n" for line in lines))
    assert "_" not in "".join(lines)


def test_why_it_comes_to_nothing_is_said_in_the_readers_language() -> None:
    """The reason is an error like any other."""
    reader = Reader(TRANSLATOR, None, NOW, language="ko")
    error = str(ProviderUnavailable(provider="Claude"))
    card = rehearsal_card(view(), Rehearsal(then=THEN, now=None, error=error), reader)
    assert error not in card.lines[1]


@pytest.mark.parametrize(
    ("name", "rehearsal"),
    [
        ("differs", Rehearsal(then=THEN, now=THEN, differences=differences(THEN, changed(skill={"commit": "5" * 40})))),
        ("same", Rehearsal(then=THEN, now=THEN)),
        ("never_planned", Rehearsal(then=None, now=THEN)),
        ("impossible", Rehearsal(then=THEN, now=None, error="acme/skills could not be read: no route.")),
    ],
)
def test_a_dry_run_reads_on_a_phone(name: str, rehearsal: Rehearsal, golden: Golden) -> None:
    """What differs, what is as it was, what people would be asked, or why it comes to nothing."""
    reader = Reader(TRANSLATOR, None, NOW)
    card = rehearsal_card(view(), rehearsal, reader)
    lines = CardRenderer(TRANSLATOR, "en").whole(card)
    golden.check(f"replays/{name}.txt", "".join(f"{line}\n" for line in lines))


def test_a_skill_or_a_place_that_is_gone_is_named() -> None:
    """Nothing today where there was something, and the other way round."""
    gone = {(it.aspect, it.of): (it.then, it.now) for it in differences(THEN, THEN.evolve(skills=(), targets=()))}
    assert gone == {
        (Aspect.COMMIT, "pdf"): (THEN.skills[0].commit, None),
        (Aspect.PLACE, "pdf on Claude"): (THEN.targets[0].location, None),
    }
