"""Rosters: everybody who could have a say at this moment, with groups and delegations, read in one transaction."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.eligibility import Roster, Seat, seats
from core.errors import ChannelError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from core.domain.approvals import ApprovalRequest
    from core.domain.messages import ChannelName
    from core.domain.policy import Policy, Rule
    from core.domain.users import ChannelIdentity
    from core.ports import Clock, UnitOfWork, UserGroups


# How long an answer of Slack's is used: usergroups.users.list may be asked about 20 times a minute (tier 2).
_FRESH = timedelta(seconds=5)


class Rosters:
    """Reads rosters. Whoever is in a Slack user group is asked outside transactions, right before it matters."""

    def __init__(
        self,
        *,
        clock: Clock,
        policy: Policy,
        user_groups: UserGroups | None = None,
        channels: Collection[ChannelName] | None = None,
    ) -> None:
        """Know the groups of ``policy``; ask ``user_groups`` for the members of Slack's (None: nobody is in them).

        Only accounts on ``channels`` count (None: on any): nobody can vote where the bot does not listen.
        """
        self._clock = clock
        self._policy = policy
        self._user_groups = user_groups
        self._channels = channels
        #: Account ids by Slack group, of the last look; a group that could not be looked up is missing.
        self._members: Mapping[str, frozenset[str]] = {}
        self._looked_at: datetime | None = None

    async def look_up(self) -> None:
        """Ask Slack who is in the groups that the policy names; one it does not tell about is empty: fail closed."""
        now = self._clock.now()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < _FRESH:
            return
        found: dict[str, frozenset[str]] = {}
        for group in self._policy.slack_groups if self._user_groups else ():
            try:
                found[group] = await self._user_groups.members(group)  # type: ignore[union-attr]  # asked above
            except ChannelError:
                continue
        self._members = found
        self._looked_at = now if len(found) == len(self._policy.slack_groups) else None

    def knows_groups_of(self, rule: Rule) -> bool:
        """Whether Slack told of every group whose members may vote under ``rule``."""
        asked = (*rule.approvers.slack_groups, *rule.escalate_to.slack_groups)
        return self._user_groups is None or all(group in self._members for group in asked)

    async def load(self, uow: UnitOfWork, *, stood_in: datetime | None = None) -> Roster:
        """Read everybody as of now, with those who stood in for others at ``stood_in`` (None: as of now too)."""
        people, accounts, delegations = await asyncio.gather(
            uow.users.all(), uow.users.all_identities(), uow.delegations.active(stood_in or self._clock.now())
        )
        identities = [one for one in accounts if self._channels is None or one.channel in self._channels]
        users = {identity.external_id: identity.user_id for identity in identities if identity.channel == "slack"}
        return Roster(
            people=people,
            linked=frozenset(identity.user_id for identity in identities),
            unreached=_unreached(identities),
            groups=self._policy.groups,
            slack_groups={
                group: frozenset(users[account] for account in accounts if account in users)
                for group, accounts in self._members.items()
            },
            delegations=delegations,
        )

    def seats(self, request: ApprovalRequest, roster: Roster) -> tuple[Seat, ...]:
        """Return who may vote on ``request`` now."""
        return seats(
            request.rule,
            roster,
            requesters=request.requesters,
            concerned=request.concerned,
            asked_at=request.created_at,
            now=self._clock.now(),
        )


def _unreached(identities: Iterable[ChannelIdentity]) -> frozenset[str]:
    """Return who has an account that cannot be written to and none that can, on a platform that others are on."""
    reached = {one.user_id for one in identities if one.is_reachable and one.channel != "console"}
    return frozenset(one.user_id for one in identities if not one.is_reachable) - reached
