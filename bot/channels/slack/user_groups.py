"""Slack's user groups: who is in one at this moment."""

from __future__ import annotations

from bot.channels.slack.client import SlackClient


class SlackUserGroups:
    """The port ``UserGroups`` for one workspace; needs the scope ``manifest.GROUPS_SCOPE``."""

    def __init__(self, client: SlackClient) -> None:
        """Ask through ``client``."""
        self._client = client

    async def members(self, group_id: str) -> frozenset[str]:
        """Return the account ids in the group ``group_id`` ("S0123ABCD"); nobody is in one that was disabled.

        Raises:
            RateLimited, ChannelRefused, ChannelError: Slack does not tell, or knows no such group.
        """
        return await self._client.group_members(group_id)
