"""What approvals once got wrong: each rule here was broken by something that looked harmless."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.actions import Approve, Cancel, ChatAction, Delegate, Install, Modify, Reject, Replay, Timeline
from core.domain.approvals import ApprovalStatus, Vote
from core.domain.cards import PressChoice
from core.domain.executions import ExecutionStatus
from core.domain.intents import Choice, Clarify
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, Who
from core.errors import NotYourQuestion, SubjectMoved
from core.services.people import HOST
from tests.approval_model import TERMS, look
from tests.databases import query, way_behind
from tests.desk import PROVIDERS, Desk, Literally, desk_at
from tests.integration.test_approval_attacks import ASK, approve_button, asked, change_person, nothing_happened, say

EVERYWHERE = Install(skills=("pdf",), providers=PROVIDERS)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk under the policy that one admin has to approve."""
    async with desk_at(tmp_path, DEFAULT_POLICY) as opened:
        yield opened


@pytest.fixture
async def two_needed(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk under the policy that two admins have to approve."""
    async with desk_at(tmp_path, TERMS["two admins"].policy) as opened:
        yield opened


async def votes(desk: Desk, code: str) -> tuple[Vote, ...]:
    """Return the votes on the request called ``code``."""
    async with desk.database.read() as uow:
        return await uow.approvals.votes((await desk.request(code)).id)


def newest(desk: Desk) -> str:
    """Return the code of the newest request."""
    return str(list(look(desk.url).requests.values())[-1]["code"])


def write(desk: Desk, statement: str) -> None:
    """Change rows behind the program's back."""
    with way_behind(desk.url).begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1


async def approved_as_the_source_moves(desk: Desk, who: str, action: ChatAction, ref: str = "main") -> str:
    """Let ``who`` decide; right after that ``ref`` moves. Return the code under which the same is asked again."""
    await desk.say(who, action)
    await desk.work([0])
    assert (await desk.request(newest(desk))).status is ApprovalStatus.APPROVED
    desk.outside.source.refs[ref] += 5
    await desk.work()
    return newest(desk)


async def reference_named(desk: Desk) -> str:
    """Ask, and let bob name another ref; return the code."""
    code = await asked(desk)
    await say(desk, "bob", Modify(request=code, ref="v1"))
    assert len((await desk.request(code)).requesters) == 2
    return code


@pytest.mark.parametrize("end", ["rejected", "expired"])
async def test_who_named_a_ref_cannot_approve_it_when_it_is_asked_again(desk: Desk, end: str) -> None:
    """Asked again is asked as it was last, which is bob's doing too; anybody else can approve it."""
    code = await reference_named(desk)
    if end == "rejected":
        await say(desk, "carol", Reject(request=code))
    else:
        desk.clock.advance(hours=25)
        await desk.tick()
        await desk.work()
    assert (await desk.request(code)).status is ApprovalStatus(end)
    await say(desk, "alice", Replay(execution=code, mode="rerun"))
    again = newest(desk)
    assert again != code
    assert "asked for" in await say(desk, "bob", Approve(request=again))
    await nothing_happened(desk, again)
    await say(desk, "carol", Approve(request=again))
    assert (await desk.execution(again)).status is ExecutionStatus.COMPLETED


async def test_who_named_a_ref_cannot_approve_it_when_the_source_moved(desk: Desk) -> None:
    """What is asked again by itself has the same requesters, however often."""
    code = await reference_named(desk)
    for _ in range(2):
        again = await approved_as_the_source_moves(desk, "carol", Approve(request=code), "v1")
        assert again != code
        assert (await desk.execution(code)).error_code == SubjectMoved.code
        assert "asked for" in await say(desk, "bob", Approve(request=again))
        await nothing_happened(desk, again)
        code = again


@pytest.mark.parametrize(
    ("who", "decision", "status"),
    [
        ("bob", Approve, ApprovalStatus.APPROVED),
        ("bob", Reject, ApprovalStatus.REJECTED),
        ("alice", Cancel, ApprovalStatus.CANCELLED),
    ],
)
async def test_a_decision_chosen_when_asked_back_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str, decision: Any, status: ApprovalStatus
) -> None:
    """The button of a question stands for the words it shows: the decision is stored, and answered."""
    code = await asked(desk)
    question = Clarify(question="Which?", choices=(Choice(label="This", action=decision(request=code)),))
    monkeypatch.setattr(Literally, "resolve", lambda *_said, **_context: question)
    await desk.say(who, ASK)
    await desk.work()
    card = desk.read(who)[-1]
    (token,) = [b.token for b in card.buttons if isinstance(b.press, PressChoice) and b.press.action is not None]
    before = len(desk.read(who))
    await desk.press(who, token or "")
    await desk.work()
    assert (await desk.request(code)).status is status
    assert len(await votes(desk, code)) == (decision is not Cancel)
    assert any(code == said.code or code in said.title for said in desk.read(who)[before:])


async def test_an_approval_can_become_a_rejection(two_needed: Desk) -> None:
    """Who had second thoughts before the decision says no, and that decides."""
    code = await asked(two_needed)
    await say(two_needed, "bob", Approve(request=code))
    assert "already voted" in await say(two_needed, "bob", Approve(request=code))
    await say(two_needed, "bob", Reject(request=code))
    assert (await two_needed.request(code)).status is ApprovalStatus.REJECTED
    assert [vote.approve for vote in await votes(two_needed, code)] == [False]


async def test_the_timeline_says_what_a_vote_was(two_needed: Desk) -> None:
    """Naming a ref is asking for a change, narrowing is approving with one, a delegate votes for somebody."""
    desk = two_needed
    await say(desk, "bob", Delegate(to="Erin", until=desk.clock.now() + timedelta(days=1)))
    code = await asked(desk, EVERYWHERE)
    await say(desk, "dave", Modify(request=code, ref="v1"))
    await say(desk, "carol", Modify(request=code, providers=("Claude",)))
    await say(desk, "erin", Approve(request=code))
    await say(desk, "alice", Timeline(execution=code))
    told = str(desk.read("alice")[-1])
    for line in ("Dave asked for a change: pdf on Claude, Gemini @ v1", "Carol approved with changes: pdf on Claude"):
        assert line in told
    assert "Erin for Bob approved" in told
    assert "Dave rejected" not in told


async def test_nobody_lends_anothers_vote_by_asking_again(desk: Desk) -> None:
    """A delegation is asked again by whose vote it is, and by nobody else."""
    code = await asked(desk, Delegate(to="Carol", until=desk.clock.now() + timedelta(days=1)), who="bob")
    await say(desk, "dave", Reject(request=code))
    assert await say(desk, "alice", Replay(execution=code, mode="rerun")) == str(NotYourQuestion())
    assert newest(desk) == code
    await say(desk, "bob", Replay(execution=code, mode="rerun"))
    assert newest(desk) != code


async def test_a_ref_that_cannot_be_prepared_leaves_all_as_it_was(two_needed: Desk) -> None:
    """The question is the same, so its votes, cards and buttons are; the changer and the requester are told."""
    desk = two_needed
    code = await asked(desk)
    await say(desk, "carol", Approve(request=code))
    shown, token = desk.read("dave")[-1], approve_button(desk, "dave")
    before = {who: len(desk.read(who)) for who in ("alice", "bob", "carol", "dave")}
    await say(desk, "bob", Modify(request=code, ref="nowhere"))
    request = await desk.request(code)
    assert (request.status, request.revision, request.change) == (ApprovalStatus.PENDING, 1, None)
    assert len(await votes(desk, code)) == 1
    assert desk.read("dave")[-1] == shown
    fresh = {who: " | ".join(card.title for card in desk.read(who)[seen:]) for who, seen in before.items()}
    assert {who for who, said in fresh.items() if "could not be prepared" in said} == {"alice", "bob"}, fresh
    await desk.press("dave", token)
    await desk.work()
    assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_the_same_ref_and_fewer_places_is_a_vote(desk: Desk) -> None:
    """A form names the ref that was shown: as long as it is that one, nothing is prepared anew."""
    code = await asked(desk, EVERYWHERE)
    assert "you approved" in await say(desk, "bob", Modify(request=code, ref="main", providers=("Claude",)))
    assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED
    assert set(desk.outside.places.there) == {("Claude", "pdf")}


async def test_one_of_several_refs_is_another_one_for_the_rest(desk: Desk) -> None:
    """Skills at different refs, and one of the refs named: it is for all of them, so it is prepared anew."""
    write(desk, "UPDATE skills SET source_ref = 'v1' WHERE name = 'docx'")
    code = await asked(desk, Install(skills=("pdf", "docx"), providers=("Claude",)))
    assert "prepare" in await say(desk, "bob", Modify(request=code, ref="v1"))
    subject = (await desk.execution(code)).subject
    assert subject is not None
    assert {skill.requested_ref for skill in subject.skills} == {"v1"}
    await say(desk, "bob", Approve(request=code))
    await nothing_happened(desk, code)


async def test_what_was_taken_away_stays_away_when_the_source_moved(desk: Desk) -> None:
    """Asked again by itself it is asked about what was left, not about what was asked first."""
    code = await asked(desk, EVERYWHERE)
    again = await approved_as_the_source_moves(desk, "bob", Modify(request=code, providers=("Claude",)))
    assert again != code
    await say(desk, "carol", Approve(request=again))
    assert (await desk.execution(again)).status is ExecutionStatus.COMPLETED
    assert set(desk.outside.places.there) == {("Claude", "pdf")}


async def joined(desk: Desk) -> str:
    """Let alice ask, and erin join her; return the code."""
    code = await asked(desk)
    assert "Already asked" in await say(desk, "erin", ASK)
    desk.outside.chat.messages = {key: one for key, one in desk.outside.chat.messages.items() if one[0] != "erin"}
    return code


async def test_who_joined_hears_how_the_next_one_ends(desk: Desk) -> None:
    """The source moved and the same is asked again: whoever waited for the first waits for that."""
    code = await joined(desk)
    again = await approved_as_the_source_moves(desk, "carol", Approve(request=code))
    assert again != code
    heard = len(desk.read("erin"))
    await say(desk, "carol", Approve(request=again))
    assert (await desk.execution(again)).status is ExecutionStatus.COMPLETED
    assert [card.code for card in desk.read("erin")[heard:]] == [again]


async def test_who_joined_hears_that_the_first_asker_left(desk: Desk) -> None:
    """What they waited for will not come: they are told, though the one who asked is not."""
    code = await joined(desk)
    people = desk.program.people
    async with desk.database.begin() as uow:
        await people.deactivate(uow, await people.find(uow, "Alice"), successor=None, actor=HOST)
        await uow.commit()
    await desk.work()
    assert (await desk.request(code)).status is ApprovalStatus.CANCELLED
    assert [card.code for card in desk.read("erin")] == [code]


async def test_new_people_in_a_group_are_shown_what_is_open(tmp_path: Path) -> None:
    """The rules are what they were and only a group is another: its new people are asked after the restart."""
    rule = Rule(name="some", outcome="require", approvers=Who(groups=("some",)))
    async with desk_at(tmp_path, Policy(rules=(rule,), groups={"some": ("Bob",)})) as desk:
        code = await asked(desk)
        assert not desk.buttons("carol", "approve")
        await desk.restart(Policy(rules=(rule,), groups={"some": ("Carol",)}))
        await desk.tick()
        await desk.work()
        await desk.press("carol", approve_button(desk, "carol"))
        await desk.work()
        assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_a_delegate_who_becomes_an_admin_votes_in_their_own_right(two_needed: Desk) -> None:
    """The vote they lent themselves to is gone with the seat; their own is counted, and so is the owner's."""
    desk = two_needed
    await say(desk, "bob", Delegate(to="Erin", until=desk.clock.now() + timedelta(days=1)))
    code = await asked(desk)
    await say(desk, "erin", Approve(request=code))
    assert [vote.on_behalf_of is None for vote in await votes(desk, code)] == [False]
    await change_person(desk, "Erin", role="admin")
    await say(desk, "erin", Approve(request=code))
    assert [vote.on_behalf_of is None for vote in await votes(desk, code)] == [True]
    await say(desk, "bob", Approve(request=code))
    assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_when_everybody_is_away_everybody_is_asked(desk: Desk) -> None:
    """A request that nobody is shown is one that nobody can decide."""
    for who in ("bob", "carol", "dave"):
        await say(desk, who, Delegate(until=desk.clock.now() + timedelta(days=1)))
    desk.outside.chat.messages.clear()
    code = await asked(desk)
    for who in ("bob", "carol", "dave"):
        assert len(desk.buttons(who, "approve")) == 1, who
    await desk.press("dave", approve_button(desk, "dave"))
    await desk.work()
    assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_a_changed_policy_and_a_gone_provider_end_the_run(desk: Desk) -> None:
    """What cannot be asked again ends as failed: it is neither tried for ever nor left behind."""
    code = await asked(desk)
    await desk.say("bob", Approve(request=code))
    await desk.work([0])
    assert (await desk.request(code)).status is ApprovalStatus.APPROVED
    write(desk, "UPDATE providers SET status = 'disconnected' WHERE display_name = 'Claude'")
    await desk.restart(TERMS["two admins"].policy)
    await desk.work()
    assert (await desk.execution(code)).status is ExecutionStatus.FAILED
    assert {row["status"] for row in query(desk.url, "SELECT status FROM install_runs")} == {"failed"}
    assert desk.outside.places.there == {}
    assert newest(desk) == code
