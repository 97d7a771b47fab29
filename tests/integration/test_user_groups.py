"""Slack's user groups in the policy: asked at the vote, and nobody is in a group that Slack does not tell about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.slack.client import SlackClient
from bot.channels.slack.manifest import GROUPS_SCOPE, SCOPES
from bot.channels.slack.user_groups import SlackUserGroups
from core.domain.eligibility import seats
from core.domain.masking import Masker
from core.domain.plans import RiskLevel
from core.domain.policy import Policy, Rule, Who
from core.domain.users import ChannelIdentity
from core.errors import ChannelError
from core.services.rosters import Rosters
from storage.database import Database
from storage.migrate import migrate
from tests.clock import START, FakeClock
from tests.platforms.slack import FakeSlack
from tests.storage_factory import fresh_id, make_user


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose app may read user groups."""
    async with FakeSlack(speed=0, scopes={*SCOPES, GROUPS_SCOPE}) as fake:
        yield fake


def policy(group: str) -> Policy:
    """Return the policy that asks the members of ``group`` about everything."""
    rule = Rule(name="team", risks=(RiskLevel.WRITE,), outcome="require", approvers=Who(slack_groups=(group,)))
    return Policy(rules=(rule,))


async def test_the_members_are_those_of_the_moment(slack: FakeSlack) -> None:
    """Who leaves the group is not in it any more, and neither is a deactivated account."""
    alice, bob = slack.person("alice"), slack.person("bob")
    group = slack.group("security", alice, bob)
    async with SlackClient(slack.bot_token, api_url=slack.api_url, timeout=1) as client:
        groups = SlackUserGroups(client)
        assert await groups.members(group.id) == {alice.user.id, bob.user.id}
        group.users.remove(bob.user)
        assert await groups.members(group.id) == {alice.user.id}


@pytest.mark.parametrize("trouble", ["unknown group", "no scope"])
async def test_what_slack_does_not_tell_is_an_error(trouble: str) -> None:
    """A group that does not exist, or that the app may not read, is not simply empty."""
    scopes = set(SCOPES) if trouble == "no scope" else {*SCOPES, GROUPS_SCOPE}
    async with FakeSlack(speed=0, scopes=scopes) as slack:
        group = slack.group("security", slack.person("alice"))
        asked = "S0NOSUCH" if trouble == "unknown group" else group.id
        async with SlackClient(slack.bot_token, api_url=slack.api_url, timeout=1) as client:
            with pytest.raises(ChannelError):
                await SlackUserGroups(client).members(asked)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Return an empty database."""
    url = f"sqlite:///{tmp_path}/skillwarden.db"
    await migrate(url)
    opened = Database(url, masker=Masker(), clock=FakeClock(), on_commit=lambda: None)
    yield opened
    await opened.aclose()


async def test_a_seat_is_there_while_slack_says_so(slack: FakeSlack, database: Database) -> None:
    """Membership is asked anew at each vote: who left the group has lost the seat, and so has everybody in silence."""
    clock, alice = FakeClock(), slack.person("alice")
    group = slack.group("security", alice)
    user = make_user()
    async with database.begin() as uow:
        await uow.users.add(user)
        await uow.users.add_identity(
            ChannelIdentity(
                id=fresh_id(),
                channel="slack",
                workspace_id=slack.world.team_id,
                external_id=alice.user.id,
                user_id=user.id,
                created_at=START,
            )
        )
        await uow.commit()
    async with SlackClient(slack.bot_token, api_url=slack.api_url, timeout=1) as client:
        rosters = Rosters(clock=clock, policy=policy(group.id), user_groups=SlackUserGroups(client))

        async def voters() -> list[str]:
            clock.advance(minutes=1)
            await rosters.look_up()
            async with database.read() as uow:
                roster = await rosters.load(uow)
            rule = policy(group.id).rules[0]
            able = seats(rule, roster, requesters=(), asked_at=clock.now(), now=clock.now())
            return [seat.person.id for seat in able]

        assert await voters() == [user.id]
        group.users.clear()
        assert await voters() == []
        group.users.append(alice.user)
        assert await voters() == [user.id]
        group.disabled = True  # from now on Slack knows no such group
        assert await voters() == []
