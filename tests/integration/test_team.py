"""What a team does with what is installed: sync, diff, roll back, uninstall, retry - on the disk and on the record."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.artifacts import Artifact
from core.domain.events import first_broken
from core.domain.executions import ExecutionStatus, RunAction, RunStatus
from core.domain.plans import RiskLevel
from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.targets import InstallTarget, TargetStatus
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"
BOTH = ("claude", "gemini")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


def tree(folder: Path) -> dict[str, tuple[bytes, bool]]:
    """Return every file below ``folder``: its bytes, and whether it may be executed."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for path in folder.rglob("*")
        if path.is_file()
    }


def trees(talk: Talk, *providers: str) -> list[dict[str, tuple[bytes, bool]]]:
    """Return what is at each provider, in order."""
    return [tree(talk.skill(SKILL, provider)) for provider in providers or BOTH]


async def ask(talk: Talk, sentence: str) -> str:
    """Say ``sentence`` as alice and return the code of the request."""
    await talk("/as alice")
    return code_in(await talk(sentence))


async def approve(talk: Talk, code: str) -> str:
    """Approve as bob, twice where that is asked, and return what alice reads then."""
    await talk("/as bob")
    if "DESTRUCTIVE" in await talk(f"approve {code}"):
        talk.clock.advance(5)
        await talk(f"approve {code}")
    return await talk("/as alice")


async def do(talk: Talk, sentence: str) -> str:
    """Ask and approve; return the code of the request, which was done."""
    code = await ask(talk, sentence)
    await approve(talk, code)
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED, sentence
    return code


async def targets(talk: Talk) -> dict[str, InstallTarget]:
    """Return what is recorded, by provider."""
    async with talk.database.read() as uow:
        names = {provider.id: provider.name.value for provider in await uow.providers.all()}
        return {names[target.provider_id]: target for target in await uow.targets.all()}


async def artifacts(talk: Talk, code: str) -> tuple[Artifact, ...]:
    """Return the files of a request."""
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        return await uow.artifacts.of_execution(execution.id)


def move_upstream(talk: Talk, text: str = "new\n") -> str:
    """Commit something new to the skill's source and return the commit."""
    return talk.source.commit({f"skills/{SKILL}/extra.md": text}, branch="main")


async def test_sync_brings_every_place_to_what_the_source_says(talk: Talk) -> None:
    """The card shows how each place would change; then the places hold the new commit."""
    await do(talk, f"install {SKILL} on claude and gemini")
    before = trees(talk)
    commit = move_upstream(talk)
    code = await ask(talk, f"sync {SKILL}")
    card = await talk("/as bob")
    assert "Alice asks: sync meeting-notes on Claude, Gemini" in card
    assert f"-> {commit[:7]}, 1 file changed, +1 -0" in card
    assert "+new" in await talk("/press 4")
    assert trees(talk) == before
    await approve(talk, code)
    assert trees(talk) == [files | {"extra.md": (b"new\n", False)} for files in before]
    assert [run.action for run in await talk.runs(code)] == [RunAction.SYNC] * 2
    diffs = [artifact for artifact in await artifacts(talk, code) if artifact.file_name.endswith(".diff")]
    assert [diff.mime_type for diff in diffs] == ["text/x-diff"]
    assert "+new" in (talk.home / diffs[0].file_path).read_text()


async def test_everything_is_up_to_date_only_when_it_was_compared(talk: Talk) -> None:
    """Nothing is asked when every place holds what was just fetched; a source that cannot be read is no such case."""
    await do(talk, f"install {SKILL} on claude and gemini")
    printed = await talk("sync everything")
    assert "Everything is up to date: fetched, and compared" in printed
    assert (await talk.execution(code_in(printed))).status is ExecutionStatus.COMPLETED
    (talk.home / "sources/skills").rename(talk.home / "sources/gone")
    printed = await talk("sync everything")
    assert "up to date" not in printed
    assert (await talk.execution(code_in(printed))).status is ExecutionStatus.FAILED


async def test_what_is_current_is_left_out_and_said(talk: Talk) -> None:
    """A place that holds the wanted content gets no run; the card and the checklist say so."""
    await do(talk, f"install {SKILL} on claude")
    move_upstream(talk)
    await do(talk, f"install {SKILL} on gemini")
    code = await ask(talk, f"sync {SKILL}")
    card = await talk("/as bob")
    assert "Gemini: is up to date already" in card
    printed = await approve(talk, code)
    assert "Synced meeting-notes" in printed
    assert len(await talk.runs(code)) == 1
    assert trees(talk)[0] == trees(talk)[1]


async def test_local_edits_are_shown_before_they_are_lost_and_can_be_brought_back(talk: Talk) -> None:
    """Who approves a sync over edits has seen them; they are kept, and a rollback returns them byte for byte."""
    await do(talk, f"install {SKILL} on claude")
    approved = trees(talk, "claude")
    (talk.skill(SKILL) / "SKILL.md").write_text("---\nname: meeting-notes\ndescription: Mine.\n---\nedited here\n")
    edited = trees(talk, "claude")
    code = await ask(talk, f"sync {SKILL}")
    assert "EDITED IN PLACE" in await talk("/as bob")
    assert "+edited here" in await talk("/press 4")
    assert trees(talk, "claude") == edited
    await approve(talk, code)
    assert trees(talk, "claude") == approved
    code = await ask(talk, f"roll back {SKILL} on claude")
    assert "NO APPROVAL was ever about it" in " ".join((await talk("/as bob")).split())
    assert (await talk.request(code)).risk_level is RiskLevel.DESTRUCTIVE
    await approve(talk, code)
    assert trees(talk, "claude") == edited


async def test_edits_that_somebody_replaced_before_a_copy_was_kept_are_not_promised_back(talk: Talk) -> None:
    """A rollback brings back what the bot has: of edits that others overwrote in time it never had a copy."""
    await do(talk, f"install {SKILL} on claude")
    first = trees(talk, "claude")
    move_upstream(talk)
    await do(talk, f"install {SKILL} on gemini")
    (talk.skill(SKILL) / "mine.md").write_text("mine\n")
    code = await ask(talk, f"sync {SKILL} on claude")
    shutil.rmtree(talk.skill(SKILL))
    shutil.copytree(talk.skill(SKILL, "gemini"), talk.skill(SKILL))
    await approve(talk, code)
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    await do(talk, f"roll back {SKILL} on claude")
    assert trees(talk, "claude") == first


async def test_a_rollback_returns_what_was_there_and_the_next_one_goes_forth_again(talk: Talk) -> None:
    """Going back needs no source, and swaps: what was there before is there, byte for byte, and the other is kept."""
    await do(talk, f"install {SKILL} on claude and gemini")
    first = trees(talk)
    move_upstream(talk)
    await do(talk, f"sync {SKILL}")
    second = trees(talk)
    (talk.home / "sources/skills").rename(talk.home / "sources/gone")
    for wanted in (first, second, first):
        code = await ask(talk, f"roll back {SKILL} on claude and gemini")
        assert (await talk.request(code)).risk_level is RiskLevel.WRITE
        await approve(talk, code)
        assert trees(talk) == wanted
    assert [run.action for run in await talk.runs(code)] == [RunAction.ROLLBACK] * 2
    rows = await targets(talk)
    assert {row.status for row in rows.values()} == {TargetStatus.INSTALLED}
    assert len({(row.installed_ref, row.previous_ref) for row in rows.values()}) == 1


async def test_different_places_go_back_to_different_contents(talk: Talk) -> None:
    """Each place has a past of its own; a first install is taken away again."""
    await do(talk, f"install {SKILL} on claude")
    first = trees(talk, "claude")
    move_upstream(talk)
    await do(talk, f"sync {SKILL}")
    second = trees(talk, "claude")
    await do(talk, f"install {SKILL} on gemini")
    code = await ask(talk, f"roll back {SKILL} on claude and gemini")
    card = await talk("/as bob")
    assert "Gemini: REMOVED, 3 files; a copy is kept" in card
    assert "DESTRUCTIVE" in card
    await approve(talk, code)
    assert trees(talk, "claude") == first
    assert not talk.skill(SKILL, "gemini").exists()
    await do(talk, f"roll back {SKILL} on gemini")
    assert trees(talk, "gemini") == second


async def test_a_rule_against_removing_stops_a_rollback_that_removes(tmp_path: Path) -> None:
    """Whatever it is called: a first install is not taken away by going back, where nothing may be taken away."""
    rule = Rule(name="nothing goes", risks=(RiskLevel.DESTRUCTIVE,), outcome="deny")
    async with talking(tmp_path / "home", policy=Policy(rules=(rule, *DEFAULT_POLICY.rules))) as talk:
        await do(talk, f"install {SKILL} on claude")
        await talk("/as alice")
        assert "nothing goes" in await talk(f"roll back {SKILL} on claude")
        assert talk.skill(SKILL).exists()


async def test_a_rollback_to_a_ref_comes_from_the_source_like_a_sync(talk: Talk) -> None:
    """It replaces what is there, or installs where nothing is: a write, as it is to sync to that ref."""
    for first in (f"install {SKILL} on claude", f"uninstall {SKILL} from claude"):
        await do(talk, first)
        code = await ask(talk, f"roll back {SKILL} on claude to v1.0")
        assert (await talk.request(code)).risk_level is RiskLevel.WRITE
        await approve(talk, code)
        assert (await targets(talk))["claude"].installed_ref == talk.source.head("v1.0")


async def test_uninstall_keeps_a_copy_and_leaves_nothing(talk: Talk) -> None:
    """What was there is in the store and comes back with a rollback; the record says that nothing is installed."""
    await do(talk, f"install {SKILL} on claude and gemini")
    before = trees(talk)
    (talk.skill(SKILL) / "mine.md").write_text("mine\n")
    edited = trees(talk)
    code = await ask(talk, f"uninstall {SKILL} from claude and gemini")
    assert "EDITED IN PLACE: the edits go with it" in " ".join((await talk("/as bob")).split())
    assert trees(talk) == edited
    await approve(talk, code)
    assert not any(talk.skill(SKILL, provider).exists() for provider in BOTH)
    rows = await targets(talk)
    assert {(row.status, row.installed_digest) for row in rows.values()} == {(TargetStatus.IDLE, None)}
    await do(talk, f"roll back {SKILL} on claude and gemini")
    assert trees(talk) == [edited[0], before[1]]


async def test_what_others_put_there_is_not_removed(talk: Talk) -> None:
    """Only what the bot has installed is uninstalled."""
    talk.skill(SKILL).mkdir(parents=True)
    (talk.skill(SKILL) / "SKILL.md").write_text("theirs\n")
    printed = " ".join((await talk(f"uninstall {SKILL} from claude")).split())
    assert "I have not installed meeting-notes on Claude, and what others put there I leave alone." in printed
    assert (talk.skill(SKILL) / "SKILL.md").read_text() == "theirs\n"


@pytest.mark.parametrize("sentence", ["remove {}", "roll back {}"])
async def test_only_places_where_something_is_are_offered(talk: Talk, sentence: str) -> None:
    """Nothing can be taken away, or back, where it is not; where it is nowhere, that is said at once."""
    printed = " ".join((await talk(sentence.format(SKILL))).split())
    assert f"I have not installed {SKILL} on any provider" in printed
    await do(talk, f"install {SKILL} on claude")
    printed = await talk(sentence.format(SKILL))
    assert "[1] Claude" in printed
    assert "OpenAI" not in printed
    assert "Gemini" not in printed


async def test_a_place_that_changes_after_the_card_is_asked_about_anew(talk: Talk) -> None:
    """An edit between the card and the press is not lost: nothing is removed, and the request gets another code."""
    await do(talk, f"install {SKILL} on claude")
    code = await ask(talk, f"uninstall {SKILL} from claude")
    (talk.skill(SKILL) / "mine.md").write_text("mine\n")
    await approve(talk, code)
    assert (talk.skill(SKILL) / "mine.md").exists()
    assert (await talk.execution(code)).error_code == "SUBJECT_MOVED"


def block(talk: Talk, provider: str) -> Path:
    """Put a link where the skill goes: installers never follow nor replace one."""
    place = talk.skill(SKILL, provider)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(talk.home)
    return place


async def test_what_worked_is_kept_and_what_failed_is_tried_again(talk: Talk) -> None:
    """A partial failure names each place; a retry is for those alone, counts on, and is approved like any write."""
    code = await ask(talk, f"install {SKILL} on claude and gemini")
    link = block(talk, "gemini")
    printed = await approve(talk, code)
    assert "Partly done: install meeting-notes on Claude, Gemini" in printed
    assert "meeting-notes on Gemini failed: " in printed
    assert (await talk.execution(code)).status is ExecutionStatus.FAILED
    assert [run.status for run in await talk.runs(code)] == [RunStatus.SUCCESS, RunStatus.FAILED]
    link.unlink()
    assert "Retry failed" in printed
    again = code_in(await talk("/press 1"))
    assert again != code
    await approve(talk, again)
    assert trees(talk)[0] == trees(talk)[1]
    failed = (await talk.runs(code))[1]
    (retry,) = await talk.runs(again)
    assert (retry.action, retry.attempt, retry.parent_run_id) == (RunAction.RETRY, 2, failed.id)
    assert (await talk.execution(again)).status is ExecutionStatus.COMPLETED


async def test_undo_that_takes_back_what_this_request_changed_and_nothing_else(talk: Talk) -> None:
    """What was current, failed, or was changed again since stays; where nothing is left, that is said."""
    await do(talk, f"install {SKILL} on claude")
    code = await ask(talk, f"install {SKILL} on claude, gemini and openai")
    block(talk, "openai")
    assert "Roll back" in await approve(talk, code)
    before = trees(talk, "claude")
    await approve(talk, code_in(await talk("undo that")))
    assert not talk.skill(SKILL, "gemini").exists()
    assert trees(talk, "claude") == before
    printed = " ".join((await talk(f"roll back {code}")).split())
    assert f"#{code} changed nothing that is there as it left it" in printed
    assert "I know no request #ZZZZ" in " ".join((await talk("roll back #ZZZZ")).split())


async def test_undo_that_of_what_has_changed_nothing_yet_offers_to_cancel_it(talk: Talk) -> None:
    """It is asked, never done by itself; with "none of these" the request stays."""
    code = await ask(talk, f"install {SKILL} on claude")
    for sentence in ("undo that", f"roll back {code}"):
        printed = await talk(sentence)
        assert f"#{code} has changed nothing yet. Do you want to cancel it?" in printed
        assert f"[1] Cancel #{code}: install {SKILL} on Claude" in printed
        assert (await talk.execution(code)).status is ExecutionStatus.PENDING
        await talk("/press 2")
    assert (await talk.execution(code)).status is ExecutionStatus.PENDING
    await talk(f"roll back {code}")
    assert f"Cancelled: install {SKILL} on Claude" in await talk("/press 1")
    assert (await talk.execution(code)).status is ExecutionStatus.CANCELLED


async def test_retry_finds_the_last_failure_and_keeps_its_risk(talk: Talk) -> None:
    """A typed "retry" means what failed last here; to remove something stays destructive the second time."""
    assert "I know no request that failed in this conversation" in " ".join((await talk("retry")).split())
    done = await do(talk, f"install {SKILL} on claude")
    assert "did not fail" in await talk(f"retry {done}")
    code = await ask(talk, f"uninstall {SKILL} from claude")
    place = talk.skill(SKILL)
    place.rename(place.with_name("aside"))
    place.symlink_to(talk.home)
    await approve(talk, code)
    assert (await talk.execution(code)).status is ExecutionStatus.FAILED
    place.unlink()
    place.with_name("aside").rename(place)
    again = await ask(talk, "retry")
    assert (await talk.request(again)).risk_level is RiskLevel.DESTRUCTIVE
    await approve(talk, again)
    assert not place.exists()


async def test_a_diff_asks_nobody_and_changes_nothing(talk: Talk) -> None:
    """It says what differs from the source and what was edited in place; the lines are in Details and in a file."""
    await do(talk, f"install {SKILL} on claude")
    assert "What is installed is what the source says" in await talk(f"diff {SKILL}")
    move_upstream(talk)
    (talk.skill(SKILL) / "mine.md").write_text("mine\n")
    before = trees(talk, "claude")
    printed = await talk(f"diff {SKILL} on claude")
    code = code_in(printed)
    assert "Edited in place: meeting-notes (Claude)" in printed
    details = await talk("/press 1")
    assert "what somebody EDITED IN PLACE" in details
    assert "+mine" in details
    assert "+new" in details
    assert trees(talk, "claude") == before
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert await talk.runs(code) == ()
    kept = [artifact for artifact in await artifacts(talk, code) if artifact.mime_type == "text/x-diff"]
    assert len(kept) == 2
    assert all((talk.home / artifact.file_path).is_file() for artifact in kept)


async def test_every_content_that_was_installed_is_on_record(talk: Talk) -> None:
    """skill_versions knows each commit and digest once, with its file."""
    await do(talk, f"install {SKILL} on claude and gemini")
    move_upstream(talk)
    await do(talk, f"sync {SKILL}")
    await do(talk, f"roll back {SKILL} on claude and gemini")
    async with talk.database.read() as uow:
        skill = await uow.skills.by_name(SKILL)
        assert skill is not None
        versions = await uow.versions.of_skill(skill.id)
    rows = await targets(talk)
    refs = [rows["claude"].installed_ref, rows["claude"].previous_ref]
    assert [version.commit_sha for version in versions] == refs
    assert all((talk.home / str(version.bundle_path)).is_file() for version in versions)


async def test_a_policy_may_let_the_same_bytes_pass_elsewhere(tmp_path: Path) -> None:
    """What was approved for one provider needs nobody for the next, where a rule says so - and only the same bytes."""
    rule = Rule(
        name="same bytes", priority=9, outcome="allow", digest_already_approved=True, changes=("first_install",)
    )
    policy = Policy(rules=(rule, *DEFAULT_POLICY.rules))
    async with talking(tmp_path / "home", policy=policy) as talk:
        code = await ask(talk, f"install {SKILL} on claude")
        assert (await talk.request(code)).status is ApprovalStatus.PENDING
        await approve(talk, code)
        await ask(talk, f"install {SKILL} on gemini")
        assert trees(talk)[0] == trees(talk)[1]
        move_upstream(talk)
        code = await ask(talk, f"install {SKILL} on openai")
        assert (await talk.request(code)).status is ApprovalStatus.PENDING


async def test_a_change_can_be_narrowed_whatever_it_is(talk: Talk) -> None:
    """Approve with changes works for a removal as for an installation; another ref makes no sense there."""
    await do(talk, f"install {SKILL} on claude and gemini")
    code = await ask(talk, f"uninstall {SKILL} from claude and gemini")
    await talk("/as bob")
    assert "cannot be changed in that way" in " ".join((await talk(f"modify {code} ref v1.0")).split())
    await talk(f"approve {code} only on claude")
    talk.clock.advance(timedelta(seconds=5).total_seconds())
    await talk(f"approve {code}")
    assert not talk.skill(SKILL).exists()
    assert talk.skill(SKILL, "gemini").exists()


async def test_the_record_of_all_of_it_verifies(talk: Talk) -> None:
    """Every request's chain of events holds."""
    codes = [await do(talk, f"install {SKILL} on claude")]
    codes.append(await do(talk, f"roll back {SKILL} on claude"))
    codes.append(await do(talk, f"roll back {SKILL} on claude"))
    codes.append(await do(talk, f"uninstall {SKILL} from claude"))
    async with talk.database.read() as uow:
        for code in codes:
            execution = await uow.executions.by_code(code)
            assert execution is not None
            assert first_broken(await uow.events.of_execution(execution.id)) is None


async def test_status_looks_at_the_places_themselves(talk: Talk) -> None:
    """Edits made in place, and what others put where nothing is installed, are said; nobody's look is recorded."""
    await do(talk, f"install {SKILL} on claude and gemini")
    await do(talk, f"uninstall {SKILL} from gemini")
    commit = talk.source.head()[:7]
    assert f"{SKILL}  {commit}  -       -" in await talk("status")
    (talk.skill(SKILL) / "mine.md").write_text("mine\n")
    talk.skill(SKILL, "gemini").mkdir()
    (talk.skill(SKILL, "gemini") / "SKILL.md").write_text("theirs\n")
    printed = await talk("status")
    assert f"{commit} (edited in place)" in printed
    assert "- (something of others is there)" in printed
    talk.skill(SKILL, "gemini").joinpath("SKILL.md").unlink()
    talk.skill(SKILL, "gemini").rmdir()
    block(talk, "gemini")
    assert "- (cannot be read)" in await talk("status")


async def test_a_frozen_place_says_so(talk: Talk) -> None:
    """What nobody may change at the moment is marked."""
    await do(talk, f"install {SKILL} on claude")
    await talk("/as bob")
    await talk(f"freeze {SKILL} on claude")
    assert "(frozen)" in await talk("status")


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo in which an approval can be undone for ten seconds."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/config.toml").write_text("[approvals]\nundo_seconds = 10\n")
    async with talking(tmp_path / "home") as opened:
        yield opened


async def test_an_approval_can_be_undone_before_anything_begins(patient: Talk) -> None:
    """For some seconds the approver's card has a button that takes all of it back, and nothing is installed then."""
    code = await ask(patient, f"install {SKILL} on claude")
    await patient("/as bob")
    printed = await patient(f"approve {code}")
    assert "can be undone until then" in printed
    assert f'[Undo] "cancel {code}"' in printed
    patient.clock.advance(9)
    assert f"#{code} is cancelled." in await patient(f"cancel {code}")
    patient.clock.advance(60)
    await patient.settle()
    assert not patient.skill(SKILL).exists()
    assert (await patient.execution(code)).status is ExecutionStatus.CANCELLED


async def test_who_undid_it_is_said_and_nothing_is_called_a_failure(patient: Talk) -> None:
    """Places that were never begun have not failed: the card says who took it back, and that nothing is there."""
    code = await ask(patient, f"install {SKILL} on claude and gemini")
    await patient("/as bob")
    await patient(f"approve {code}")
    await patient("/as alice")
    printed = " ".join((await patient(f"cancel {code}")).split())
    assert "cancelled by Alice at 06:30 Nothing was installed." in printed
    assert "failed" not in printed
    assert "CANCELLED" not in printed


async def test_what_is_not_undone_begins_by_itself(patient: Talk) -> None:
    """After the delay the run is claimed as any other."""
    code = await ask(patient, f"install {SKILL} on claude")
    await patient("/as bob")
    await patient(f"approve {code}")
    assert not patient.skill(SKILL).exists()
    patient.clock.advance(10)
    assert "Installed" in await patient.settle()
    assert patient.skill(SKILL).exists()


async def test_a_clock_that_is_set_back_delays_nothing(patient: Talk) -> None:
    """What was approved an hour from now does not wait for that hour: it begins at once."""
    code = await ask(patient, f"install {SKILL} on claude")
    await patient("/as bob")
    await patient(f"approve {code}")
    assert not patient.skill(SKILL).exists()
    patient.clock.advance(hours=-1)
    await patient.settle()
    assert patient.skill(SKILL).exists()
    assert (await patient.execution(code)).status is ExecutionStatus.COMPLETED


async def test_who_breaks_the_glass_does_not_wait(patient: Talk) -> None:
    """An emergency begins at once."""
    code = await ask(patient, f"install {SKILL} on claude")
    await patient("/as bob")
    await patient(f"break glass {code} because production is down")
    assert patient.skill(SKILL).exists()
