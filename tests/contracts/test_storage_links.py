"""Links: codes that join two accounts, wrong ones that were sent, and two people who become one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.links import LinkTry
from core.errors import StorageError
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import (
    World,
    fresh_id,
    make_api_token,
    make_approval,
    make_delegation,
    make_execution,
    make_identity,
    make_link_code,
    make_notice,
    make_user,
    make_vote,
)

SOON = START + timedelta(minutes=1)


async def test_a_code_is_used_up_once(database: Storage, world: World) -> None:
    """Of two who send it one is first; which of them is told by the answer."""
    code = make_link_code(world.alice)
    async with database.begin() as uow:
        await uow.links.add(code)
        assert await uow.links.use(code.id, SOON)
        assert not await uow.links.use(code.id, SOON)
        assert await uow.links.get(code.id) == code.evolve(used_at=SOON)


async def test_a_new_code_ends_those_before(database: Storage, world: World) -> None:
    """Open ones of the person end; what was used keeps its moment, and others keep theirs."""
    first, used, other = (
        make_link_code(world.alice),
        make_link_code(world.alice, used_at=START),
        make_link_code(world.bob),
    )
    async with database.begin() as uow:
        for code in (first, used, other):
            await uow.links.add(code)
        assert await uow.links.end_of(world.alice.id, SOON) == 1
        assert await uow.links.get(first.id) == first.evolve(used_at=SOON)
        assert await uow.links.get(used.id) == used
        assert await uow.links.get(other.id) == other


async def test_no_two_codes_share_a_hash(database: Storage, world: World) -> None:
    """A code leads to one person."""
    async with database.begin() as uow:
        await uow.links.add(make_link_code(world.alice, code_hash="a" * 64))
        await uow.links.add(make_link_code(world.bob, code_hash="a" * 64))
        with pytest.raises(StorageError, match="code_hash"):
            await uow.commit()


async def test_wrong_codes_are_counted_by_account(database: Storage, world: World) -> None:
    """From a moment on, that moment included; another account, or another workspace, has its own count."""

    def wrong(**changes: object) -> LinkTry:
        values = {"id": fresh_id(), "channel": "slack", "workspace_id": "T1", "external_id": "U1", "created_at": START}
        return LinkTry.model_validate(values | changes)

    async with database.begin() as uow:
        for one in (wrong(), wrong(created_at=SOON), wrong(workspace_id="T2"), wrong(external_id="U2")):
            await uow.links.add_try(one)
        assert await uow.links.tries("slack", "T1", "U1", START) == 2
        assert await uow.links.tries("slack", "T1", "U1", SOON) == 1
        assert await uow.links.tries("slack", "T1", "U1", SOON + timedelta(microseconds=1)) == 0


async def test_merging_gives_everything_to_one(database: Storage, world: World) -> None:
    """Accounts, tokens, requests and what they asked for together; the other row stays, with nothing."""
    gone, keep = world.alice, world.bob
    account, token = make_identity(gone, channel="telegram", external_id="700"), make_api_token(gone)
    shared = make_approval(
        second := make_execution(gone), requesters=(gone.id, keep.id), created_by=gone.id, responded_by=gone.id
    )
    async with database.begin() as uow:
        await uow.users.add_identity(account)
        await uow.api_tokens.add(token)
        await uow.executions.add(second)
        await uow.approvals.add(shared)
        await uow.users.merge(gone.id, keep.id, SOON)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.users.identities(keep.id) == (account.evolve(user_id=keep.id),)
        assert await uow.users.identities(gone.id) == ()
        assert await uow.api_tokens.of_user(keep.id) == (token.evolve(user_id=keep.id),)
        for execution in (world.execution, second):
            found = await uow.executions.get(execution.id)
            assert found is not None
            assert found.user_id == keep.id
        merged = await uow.approvals.get(shared.id)
        assert merged is not None
        assert (merged.requesters, merged.created_by, merged.responded_by) == ((keep.id,), keep.id, keep.id)
        assert await uow.users.get(gone.id) == gone


async def test_what_waits_for_two_accounts_of_one_person_is_said_in_its_order(database: Storage, world: World) -> None:
    """What each could not be told yet waits in one line once they are merged."""
    texts = [
        make_notice(world.execution, conversation=None, user_id=user.id, created_at=START + timedelta(seconds=number))
        for number, user in enumerate((world.bob, world.alice))
    ]
    async with database.begin() as uow:
        for text in texts:
            await uow.notices.add(text)
        assert len(await uow.notices.due(START + timedelta(minutes=1), limit=9)) == 2
        await uow.users.merge(world.bob.id, world.alice.id, START)
        assert await uow.notices.due(START + timedelta(minutes=1), limit=9) == (texts[0].id,)


async def test_merging_leaves_one_vote_on_a_request(database: Storage, world: World) -> None:
    """Where both had voted the vote of who stays counts; where one had, it is theirs; nobody votes for themselves."""
    gone, keep, dana = make_user("gone"), world.bob, make_user("dana")
    second = make_approval(execution := make_execution(world.alice))
    async with database.begin() as uow:
        await uow.users.add(gone)
        await uow.users.add(dana)
        await uow.executions.add(execution)
        await uow.approvals.add(second)
        mine, theirs = make_vote(world.request, keep), make_vote(world.request, gone, approve=False)
        lent, other = make_vote(second, gone, on_behalf_of=keep.id), make_vote(second, dana)
        for vote in (mine, theirs, lent, other):
            await uow.approvals.add_vote(vote)
        await uow.users.merge(gone.id, keep.id, SOON)
        assert await uow.approvals.votes(world.request.id) == (mine,)
        assert set(await uow.approvals.votes(second.id)) == {
            lent.evolve(user_id=keep.id, on_behalf_of=None),
            other,
        }


async def test_merging_ends_what_somebody_would_lend_to_themselves(database: Storage, world: World) -> None:
    """A delegation between the two ends; one to somebody else goes on."""
    gone = make_user("gone")
    between, outward = make_delegation(gone, world.bob), make_delegation(gone, world.alice)
    async with database.begin() as uow:
        await uow.users.add(gone)
        await uow.delegations.add(between)
        await uow.delegations.add(outward)
        await uow.users.merge(gone.id, world.bob.id, SOON)
        assert await uow.delegations.active(SOON) == (outward.evolve(from_user_id=world.bob.id),)


async def test_what_could_not_be_said_in_private_is_tried_again(database: Storage, world: World) -> None:
    """Only what was given up, and what was meant for that person alone."""
    given_up = make_notice(world.execution, user_id=world.bob.id, conversation=None, status="failed", attempts=3)
    others = (
        make_notice(world.execution, user_id=world.bob.id, status="failed"),
        make_notice(world.execution, user_id=world.alice.id, conversation=None, status="failed"),
        make_notice(world.execution, user_id=world.bob.id, conversation=None, status="delivered"),
    )
    async with database.begin() as uow:
        for notice in (given_up, *others):
            await uow.notices.add(notice)
        assert await uow.notices.revive(world.bob.id, SOON) == 1
        assert await uow.notices.get(given_up.id) == given_up.evolve(status="pending", attempts=0, next_attempt_at=SOON)
        for notice in others:
            assert await uow.notices.get(notice.id) == notice
