"""What ends when somebody leaves or is no approver any more, row by row, and who is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.locale.translator import Catalogues
from core.domain.events import ApprovalReceived
from core.domain.executions import ExecutionStatus, InstallRun, RunStatus, WaitingFor
from core.domain.masking import Masker
from core.domain.notices import Notice, NoticeKind
from core.domain.policy import DEFAULT_POLICY
from core.domain.users import Role, User
from core.services.people import HOST, People
from core.services.rosters import Rosters
from storage.database import Database
from storage.migrate import migrate
from tests.clock import FakeClock
from tests.storage_factory import (
    World,
    fresh_id,
    make_api_token,
    make_approval,
    make_delegation,
    make_execution,
    make_identity,
    make_provider,
    make_run,
    make_target,
    make_user,
    make_vote,
    store_world,
)


class Team:
    """A stored world in which bob and carol are admins, and what has been done to its people."""

    def __init__(self, database: Database, world: World, carol: User, people: People, clock: FakeClock) -> None:
        self.database = database
        self.world = world
        self.carol = carol
        self.clock = clock
        self._people = people

    async def leaves(self, user: User, successor: User | None = None) -> None:
        """Shut ``user`` out, as the host does."""
        async with self.database.begin() as uow:
            await self._people.deactivate(uow, user, successor=successor, actor=HOST)
            await uow.commit()

    async def becomes(self, user: User, role: Role) -> None:
        """Change the role of ``user``, as the host does."""
        async with self.database.begin() as uow:
            await self._people.set_role(uow, user, role, actor=HOST)
            await uow.commit()

    async def told(self) -> list[Notice]:
        """Return everything that has to be said, oldest first; one conversation after the other."""
        found: list[Notice] = []
        async with self.database.begin() as uow:
            while due := await uow.notices.due(self.clock.now(), limit=99):
                for notice_id in due:
                    notice = await uow.notices.get(notice_id)
                    assert notice is not None
                    found.append(notice)
                    await uow.notices.update(notice.evolve(status="delivered"))
            await uow.commit()
        return sorted(found, key=lambda notice: notice.id)

    async def cards(self) -> dict[str, str]:
        """Return the replies by the names of their readers, as one text each."""
        names = {user.id: user.name for user in (self.world.alice, self.world.bob, self.carol)}
        return {
            names.get(notice.user_id or "", notice.user_id or ""): "\n".join(
                (notice.payload["card"]["title"], *notice.payload["card"]["lines"])
            )
            for notice in await self.told()
            if notice.kind is NoticeKind.REPLY
        }


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def people(clock: FakeClock) -> People:
    """The service under test; it speaks with the catalogues of the program."""
    return People(clock=clock, translator=Catalogues(), rosters=Rosters(clock=clock, policy=DEFAULT_POLICY))


@pytest.fixture
async def team(tmp_path: Path, people: People, clock: FakeClock) -> AsyncIterator[Team]:
    """Alice asked, bob and carol can decide."""
    url = f"sqlite:///{tmp_path / 'team.db'}"
    await migrate(url)
    database = Database(url, masker=Masker(), clock=clock, on_commit=lambda: None)
    try:
        world, carol = await store_world(database), make_user("carol", role=Role.ADMIN)
        async with database.begin() as uow:
            await uow.users.add(carol)
            for person in (world.alice, world.bob, carol):
                await uow.users.add_identity(make_identity(person))
            await uow.commit()
        yield Team(database, world, carol, people, clock)
    finally:
        await database.aclose()


async def test_tokens_and_delegations_end_with_their_person(team: Team) -> None:
    """Nothing goes on in the name of who has left; what others have and gave each other stays."""
    bob, carol = team.world.bob, team.carol
    gone, kept = make_api_token(bob), make_api_token(carol)
    async with team.database.begin() as uow:
        for token in (gone, kept):
            await uow.api_tokens.add(token)
        other = make_delegation(carol, team.world.alice)
        for delegation in (make_delegation(bob, carol), make_delegation(carol, bob), other):
            await uow.delegations.add(delegation)
        await uow.commit()
    await team.leaves(bob)
    async with team.database.read() as uow:
        assert await uow.api_tokens.by_hash(gone.token_hash) == gone.evolve(revoked_at=team.clock.now())
        assert await uow.api_tokens.by_hash(kept.token_hash) == kept
        assert await uow.delegations.active(team.clock.now()) == (other,)


async def test_votes_are_withdrawn_one_event_each(team: Team) -> None:
    """The leaver's vote and the one given for them go, on the record; anybody else's stays, and cards follow."""
    world, carol, dana = team.world, team.carol, make_user("dana", role=Role.ADMIN)
    stays = make_vote(world.request, dana)
    async with team.database.begin() as uow:
        await uow.users.add(dana)
        for vote in (make_vote(world.request, world.bob), make_vote(world.request, carol, on_behalf_of=world.bob.id)):
            await uow.approvals.add_vote(vote)
        await uow.approvals.add_vote(stays)
        await uow.commit()
    await team.leaves(world.bob)
    async with team.database.read() as uow:
        assert await uow.approvals.votes(world.request.id) == (stays,)
        rows = await uow.events.of_execution(world.execution.id)
        execution = await uow.executions.get(world.execution.id)
    events = [row.event for row in rows]
    assert all(isinstance(event, ApprovalReceived) for event in events)
    said = [(event.by, event.approved, event.modified) for event in events if isinstance(event, ApprovalReceived)]
    assert sorted(said) == sorted((person.id, False, "withdrawn") for person in (world.bob, carol))
    assert {row.user_id for row in rows} == {HOST}
    assert execution is not None
    assert execution.revision > world.execution.revision


async def test_a_delegate_who_leaves_has_not_voted_for_anybody(team: Team) -> None:
    """A vote given for somebody else ends with its giver, admin or not; a change of the giver's role leaves it."""
    world, dana = team.world, make_user("dana")
    vote = make_vote(world.request, dana, on_behalf_of=world.bob.id)
    async with team.database.begin() as uow:
        await uow.users.add(dana)
        await uow.approvals.add_vote(vote)
        await uow.commit()
    await team.becomes(dana, Role.USER)
    async with team.database.read() as uow:
        assert await uow.approvals.votes(world.request.id) == (vote,)
    await team.leaves(dana)
    async with team.database.read() as uow:
        assert await uow.approvals.votes(world.request.id) == ()
        execution = await uow.executions.get(world.execution.id)
    assert execution is not None
    assert execution.revision > world.execution.revision


async def test_a_vote_on_an_older_revision_goes_without_a_word(team: Team) -> None:
    """It counted no longer, so that nothing has changed for anybody."""
    world = team.world
    async with team.database.begin() as uow:
        await uow.approvals.add_vote(make_vote(world.request, world.bob))
        await uow.approvals.revise(world.request.evolve(revision=2), expected_revision=1)
        await uow.commit()
    await team.leaves(world.bob)
    async with team.database.read() as uow:
        assert await uow.approvals.votes(world.request.id) == ()
        assert await uow.events.of_execution(world.execution.id) == ()


async def test_who_is_no_admin_any_more_has_not_voted(team: Team) -> None:
    """Another role takes the vote away as leaving does, and leaves the person's requests alone."""
    world, mine = team.world, make_execution(team.world.bob)
    async with team.database.begin() as uow:
        await uow.executions.add(mine)
        await uow.approvals.add_vote(make_vote(world.request, world.bob))
        await uow.commit()
    await team.becomes(world.bob, Role.USER)
    async with team.database.read() as uow:
        assert await uow.approvals.votes(world.request.id) == ()
        assert await uow.executions.open_of(world.bob.id) == (mine.id,)


async def test_somebody_who_had_no_vote_changes_no_card(team: Team) -> None:
    """Cards are edited where something changed, not whenever anybody leaves."""
    dana = make_user("dana")
    async with team.database.begin() as uow:
        await uow.users.add(dana)
        await uow.commit()
    await team.leaves(dana)
    async with team.database.read() as uow:
        assert await uow.executions.get(team.world.execution.id) == team.world.execution
    assert await team.told() == []


async def test_a_request_that_too_few_can_decide_is_told_once(team: Team) -> None:
    """Its requester and the admins read it where they are, and not again when one more leaves."""
    world, dana = team.world, make_user("dana", role=Role.ADMIN)
    hard = make_approval(make_execution(world.alice), execution_id=None, threshold=3)
    async with team.database.begin() as uow:
        await uow.users.add(dana)
        await uow.approvals.add(hard)
        await uow.commit()
    await team.leaves(dana, world.bob)
    cards = await team.cards()
    assert set(cards) == {"alice", "bob", "carol"}
    for card in cards.values():
        assert f"Too few people can decide #{hard.code}." in card
        assert "It needs 3 approvals; approvers left: 2." in card
    await team.leaves(world.bob)
    assert not any("Too few" in card for card in (await team.cards()).values())


async def test_the_requester_is_told_where_they_asked(team: Team) -> None:
    """In the thread of the request; admins are told in private."""
    world = team.world
    async with team.database.begin() as uow:
        await uow.approvals.revise(world.request.evolve(threshold=2, revision=2), expected_revision=1)
        await uow.commit()
    await team.becomes(world.bob, Role.USER)
    by_reader = {notice.user_id: notice.conversation for notice in await team.told()}
    assert by_reader == {world.alice.id: world.execution.conversation, team.carol.id: None}


async def test_the_heir_reads_what_was_cancelled_and_what_is_theirs(team: Team) -> None:
    """One card says it all, but for questions; who has left is not written to in private, where nobody reads it."""
    world = team.world
    async with team.database.begin() as uow:
        hers = make_execution(world.alice, is_private=True, waiting_for=WaitingFor.ANSWER)
        public = make_execution(world.alice, is_private=False, waiting_for=WaitingFor.ANSWER)
        for execution in (hers, public):
            await uow.executions.add(execution)
        await uow.commit()
    await team.leaves(world.alice, team.carol)
    told = await team.told()
    outcomes = [notice.execution_id for notice in told if notice.kind is NoticeKind.OUTCOME]
    assert outcomes == [world.execution.id, public.id]
    (card,) = [notice.payload["card"] for notice in told if notice.kind is NoticeKind.REPLY]
    assert card["title"] == "alice has left."
    assert card["lines"][0] == f"What they had asked for was cancelled: #{world.execution.code}."
    assert card["lines"][1] == "What they owned is yours now: pdf, Claude."


async def test_who_had_joined_in_asking_is_told(team: Team) -> None:
    """The request ends with its first requester; the others learn it, and can ask again."""
    world, dana = team.world, make_user("dana")
    async with team.database.begin() as uow:
        await uow.users.add(dana)
        joined = world.request.evolve(requesters=(world.alice.id, dana.id), revision=2)
        await uow.approvals.revise(joined, expected_revision=1)
        await uow.commit()
    await team.leaves(world.alice)
    card = (await team.cards())[dana.id]
    assert card.startswith(f"#{world.execution.code} was cancelled: alice, who asked first, has left.")


async def store_running(team: Team, *statuses: RunStatus) -> list[InstallRun]:
    """Make alice's request one that runs, with a run of each of ``statuses``."""
    world, runs = team.world, []
    async with team.database.begin() as uow:
        running = world.execution.evolve(status=ExecutionStatus.RUNNING, waiting_for=None)
        await uow.executions.update(running, expected=ExecutionStatus.PENDING)
        for status in statuses:
            provider = make_provider(world.bob)
            target = make_target(world.skill, provider, id=fresh_id())
            await uow.providers.add(provider)
            await uow.targets.add(target)
            runs.append(make_run(world.execution, target, status=status))
            await uow.runs.add(runs[-1])
        await uow.commit()
    return runs


async def test_what_is_being_installed_is_finished_and_the_rest_is_not_begun(team: Team) -> None:
    """Nobody stops halfway through a folder; what was only queued fails as cancelled."""
    under_way, queued = await store_running(team, RunStatus.RUNNING, RunStatus.QUEUED)
    await team.leaves(team.world.alice)
    async with team.database.read() as uow:
        assert await uow.runs.get(under_way.id) == under_way
        dropped = await uow.runs.get(queued.id)
        execution = await uow.executions.get(team.world.execution.id)
    assert dropped is not None
    assert (dropped.status, dropped.error_code) == (RunStatus.FAILED, "CANCELLED")
    assert execution is not None
    assert execution.status is ExecutionStatus.CANCELLED


async def test_a_request_that_only_runs_ends_as_it_would_have(team: Team) -> None:
    """With nothing left to stop, "cancelled" would be untrue of a skill that is there in a moment."""
    await store_running(team, RunStatus.RUNNING, RunStatus.SUCCESS)
    await team.leaves(team.world.alice)
    async with team.database.read() as uow:
        execution = await uow.executions.get(team.world.execution.id)
    assert execution is not None
    assert execution.status is ExecutionStatus.RUNNING
