"""What people have beside their accounts: API tokens, times when they are away, and a policy with a history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import StorageError
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import (
    World,
    make_api_token,
    make_delegation,
    make_freeze,
    make_identity,
    make_policy_version,
)

SOON = START + timedelta(minutes=1)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


async def test_a_token_is_found_by_its_hash(database: Storage, world: World) -> None:
    """Revoked and expired ones are found too, so that their use can be told from a guess."""
    token = make_api_token(world.bob, expires_at=START)
    async with database.begin() as uow:
        await uow.api_tokens.add(token)
        await uow.api_tokens.add(make_api_token(world.bob))
        await uow.api_tokens.update(token.evolve(revoked_at=SOON))
        assert await uow.api_tokens.by_hash(token.token_hash) == token.evolve(revoked_at=SOON)
        assert await uow.api_tokens.by_hash(token.token_hash.upper()) is None


async def test_no_two_tokens_share_a_hash(database: Storage, world: World) -> None:
    """A hash leads to one token, or a call could be anybody's."""
    async with database.begin() as uow:
        await uow.api_tokens.add(make_api_token(world.bob, token_hash="a" * 64))
        await uow.api_tokens.add(make_api_token(world.alice, token_hash="a" * 64))
        with pytest.raises(StorageError, match="token_hash"):
            await uow.commit()


async def test_all_tokens_of_a_person_are_revoked_at_once(database: Storage, world: World) -> None:
    """Those that are valid end at that moment; what had ended before keeps its end, and others keep theirs."""
    valid, later = make_api_token(world.bob), make_api_token(world.bob, expires_at=SOON + TICK)
    expired, revoked = make_api_token(world.bob, expires_at=SOON), make_api_token(world.bob, revoked_at=START)
    other = make_api_token(world.alice)
    async with database.begin() as uow:
        for token in (valid, later, expired, revoked, other):
            await uow.api_tokens.add(token)
        assert await uow.api_tokens.revoke_all(world.bob.id, SOON) == 2
        assert await uow.api_tokens.revoke_all(world.bob.id, SOON) == 0
        assert await uow.api_tokens.of_user(world.bob.id) == (
            valid.evolve(revoked_at=SOON),
            later.evolve(revoked_at=SOON),
            expired,
            revoked,
        )
        assert await uow.api_tokens.of_user(world.alice.id) == (other,)


async def test_a_delegation_holds_from_its_beginning_until_its_end(database: Storage, world: World) -> None:
    """It holds at its first moment and no longer at its last; one that was ended holds no more."""
    given = make_delegation(world.bob, world.alice)
    ended = make_delegation(world.bob, ended_at=START)
    async with database.begin() as uow:
        await uow.delegations.add(given)
        await uow.delegations.add(ended)
        for moment, active in (
            (START - TICK, ()),
            (START, (given,)),
            (given.until - TICK, (given,)),
            (given.until, ()),
        ):
            assert await uow.delegations.active(moment) == active


async def test_what_a_person_gave_or_got_ends(database: Storage, world: World) -> None:
    """Given, got and not yet begun ends; what is over keeps its end, and other people's stands."""
    carol = world.bob.evolve(id=make_api_token(world.bob).id, email="carol@example.test", name="carol")
    given, got = make_delegation(world.bob, carol), make_delegation(carol, world.bob)
    future = make_delegation(world.bob, starts_at=START + DAY, until=START + 2 * DAY)
    over = make_delegation(world.bob, starts_at=START - DAY, until=START)
    other = make_delegation(world.alice, carol)
    async with database.begin() as uow:
        await uow.users.add(carol)
        for delegation in (given, got, future, over, other):
            await uow.delegations.add(delegation)
        assert await uow.delegations.end_of(world.bob.id, START) == 3
        assert await uow.delegations.end_of(world.bob.id, START) == 0
        assert await uow.delegations.active(START) == (other,)
        assert await uow.delegations.active(START + DAY) == ()
        assert await uow.delegations.active(START - TICK) == (over,)


async def test_who_is_back_takes_back_what_they_gave(database: Storage, world: World) -> None:
    """Given ends, begun or not; what the person got from others stands, what is over keeps its end."""
    given, future = make_delegation(world.bob), make_delegation(world.bob, starts_at=START + DAY, until=START + 2 * DAY)
    got, over = make_delegation(world.alice, world.bob), make_delegation(world.bob, starts_at=START - DAY, until=START)
    async with database.begin() as uow:
        for delegation in (given, future, got, over):
            await uow.delegations.add(delegation)
        assert await uow.delegations.end_given(world.bob.id, START) == 2
        assert await uow.delegations.end_given(world.bob.id, START) == 0
        assert await uow.delegations.active(START) == (got,)
        assert await uow.delegations.active(START + DAY) == ()
        assert await uow.delegations.active(START - TICK) == (over,)


async def test_accounts_of_everybody_are_found(database: Storage, world: World) -> None:
    """Those of all people on all platforms, several of one person too; one that was removed is gone."""
    async with database.begin() as uow:
        assert await uow.users.all_identities() == ()
        ones = (
            make_identity(world.alice),
            make_identity(world.bob),
            make_identity(world.bob, channel="slack", workspace_id="T1", external_id="U1"),
        )
        for one in ones:
            await uow.users.add_identity(one)
        assert set(await uow.users.all_identities()) == set(ones)
        await uow.users.remove_identity(ones[1].id)
        assert set(await uow.users.all_identities()) == {ones[0], ones[2]}


async def test_one_version_of_the_policy_is_active(database: Storage, world: World) -> None:
    """The newest version is the active one, whatever it says itself; the older ones are kept."""
    first, second = make_policy_version(1), make_policy_version(2, is_active=False, created_by=world.bob.id)
    async with database.begin() as uow:
        assert await uow.policies.active() is None
        await uow.policies.add(first)
        assert await uow.policies.active() == first
        await uow.policies.add(second)
        assert await uow.policies.active() == second.evolve(is_active=True)
        assert await uow.policies.all() == (second.evolve(is_active=True), first.evolve(is_active=False))


async def test_a_version_of_the_policy_exists_once(database: Storage) -> None:
    """Two processes that change the policy at the same time do not both make version 2."""
    async with database.begin() as uow:
        await uow.policies.add(make_policy_version(2))
        await uow.policies.add(make_policy_version(2))
        with pytest.raises(StorageError, match="version"):
            await uow.commit()


async def test_a_freeze_lasts_until_it_is_ended(database: Storage, world: World) -> None:
    """Those that were not ended are found, the oldest first."""
    first, second = make_freeze(world.bob, skill_id=world.skill.id), make_freeze(world.bob, created_at=SOON)
    async with database.begin() as uow:
        assert await uow.freezes.active() == ()
        await uow.freezes.add(second)
        await uow.freezes.add(first)
        assert await uow.freezes.active() == (first, second)
        await uow.freezes.update(first.evolve(ended_at=SOON))
        assert await uow.freezes.active() == (second,)
