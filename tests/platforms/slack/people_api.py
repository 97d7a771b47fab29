"""The methods that look things up: who the token is, people, channels, user groups, the team."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.platforms.slack.arguments import Arguments, ArgumentType, Method, SlackError
from tests.platforms.slack.schema import Json
from tests.platforms.slack.world import Channel, User, World

_PAGE: dict[str, ArgumentType] = {"cursor": "str", "limit": "int"}
_READS = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
MOST_PER_PAGE = 1000


class PeopleApi:
    """What the bot may know."""

    def __init__(self, world: World, scopes: set[str], socket_url: Callable[[], str]) -> None:
        """Act in ``world``; ``socket_url`` gives the address of a new Socket Mode connection."""
        self.world = world
        self.scopes = scopes
        self._socket_url = socket_url

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        users, groups = ("users:read",), ("usergroups:read",)
        reading = tuple(_READS.values())
        return {
            "auth.test": Method(act=self.auth_test),
            "apps.connections.open": Method(act=self.open_connection, token="app", scopes=("connections:write",)),
            "conversations.open": Method(
                act=self.open_conversation,
                optional={"users": "list", "channel": "str", "return_im": "bool", "prevent_creation": "bool"},
                scopes=("im:write", "mpim:write"),
            ),
            "conversations.info": Method(
                act=self.conversation,
                required={"channel": "str"},
                optional={"include_locale": "bool", "include_num_members": "bool"},
                scopes=reading,
                form_only=True,
            ),
            "conversations.members": Method(
                act=self.members, required={"channel": "str"}, optional=_PAGE, scopes=reading, form_only=True
            ),
            "users.info": Method(
                act=self.user,
                required={"user": "str"},
                optional={"include_locale": "bool"},
                scopes=users,
                form_only=True,
            ),
            "users.list": Method(
                act=self.users, optional={**_PAGE, "include_locale": "bool"}, scopes=users, form_only=True
            ),
            "usergroups.list": Method(
                act=self.groups,
                optional={"include_count": "bool", "include_disabled": "bool", "include_users": "bool"},
                scopes=groups,
                form_only=True,
            ),
            "usergroups.users.list": Method(
                act=self.group_users,
                required={"usergroup": "str"},
                optional={"include_disabled": "bool"},
                scopes=groups,
                form_only=True,
            ),
            "team.info": Method(act=self.team, optional={"team": "str"}, scopes=("team:read",), form_only=True),
            "bots.info": Method(act=self.bot, optional={"bot": "str"}, scopes=users, form_only=True),
        }

    def auth_test(self, _arguments: Arguments) -> Json:
        """Do auth.test."""
        return {
            "url": f"https://{self.world.team_domain}.invalid/",
            "team": self.world.team_name,
            "team_id": self.world.team_id,
            "user": self.world.bot.name,
            "user_id": self.world.bot.id,
            "bot_id": self.world.bot_id,
            "is_enterprise_install": False,
        }

    def open_connection(self, _arguments: Arguments) -> Json:
        """Do apps.connections.open."""
        return {"url": self._socket_url()}

    def open_conversation(self, arguments: Arguments) -> Json:
        """Do conversations.open."""
        if "channel" in arguments:
            channel, existed = self._visible(arguments.text("channel")), True
        else:
            wanted = arguments.get("users") or []
            if not wanted:
                raise SlackError("users_list_not_supplied")
            people = [self._reachable(one) for one in wanted]
            scope = "im:write" if len(people) == 1 else "mpim:write"
            if scope not in self.scopes:
                raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
            channel, existed = self.world.direct(people)
        known = {"no_op": True, "already_open": True} if existed else {}
        return {**known, "channel": channel.as_json() if arguments.get("return_im") else {"id": channel.id}}

    def conversation(self, arguments: Arguments) -> Json:
        """Do conversations.info."""
        channel = self._readable(arguments)
        found = {**channel.as_json(), "is_member": self.world.bot in channel.members}
        if arguments.get("include_num_members"):
            found["num_members"] = len(channel.members)
        return {"channel": found}

    def members(self, arguments: Arguments) -> Json:
        """Do conversations.members."""
        listed = [user.id for user in self._readable(arguments).members]
        page, more = self._page(listed, arguments)
        return {"members": page, **more}

    def user(self, arguments: Arguments) -> Json:
        """Do users.info."""
        return {"user": self._user_json(self._known_user(arguments.text("user")), arguments)}

    def users(self, arguments: Arguments) -> Json:
        """Do users.list, which leaves strangers out."""
        here = [user for user in self.world.users.values() if user.team == self.world.team_id]
        page, more = self._page([self._user_json(user, arguments) for user in here], arguments)
        return {"members": page, "cache_ts": int(self.world.pace.now()), **more}

    def groups(self, arguments: Arguments) -> Json:
        """Do usergroups.list."""
        with_users = arguments.get("include_users")
        return {
            "usergroups": [
                {
                    "id": group.id,
                    "team_id": self.world.team_id,
                    "is_usergroup": True,
                    "name": group.handle.title(),
                    "handle": group.handle,
                    "date_delete": int(group.disabled),
                    **({"users": [user.id for user in group.users]} if with_users else {}),
                }
                for group in self.world.groups.values()
                if arguments.get("include_disabled") or not group.disabled
            ]
        }

    def group_users(self, arguments: Arguments) -> Json:
        """Do usergroups.users.list."""
        group = self.world.groups.get(arguments.text("usergroup"))
        if group is None or (group.disabled and not arguments.get("include_disabled")):
            raise SlackError("no_such_subteam")
        return {"users": [user.id for user in group.users if not user.deleted]}

    def team(self, arguments: Arguments) -> Json:
        """Do team.info."""
        if arguments.text("team") not in {"", self.world.team_id}:
            raise SlackError("team_not_found")
        return {"team": {"id": self.world.team_id, "name": self.world.team_name, "domain": self.world.team_domain}}

    def bot(self, arguments: Arguments) -> Json:
        """Do bots.info."""
        if arguments.text("bot") != self.world.bot_id:
            raise SlackError("bot_not_found")
        bot = {"id": self.world.bot_id, "deleted": False, "name": self.world.bot.name, "updated": 1_700_000_000}
        return {"bot": {**bot, "app_id": self.world.app_id, "user_id": self.world.bot.id, "icons": {}}}

    def _user_json(self, user: User, arguments: Arguments) -> Json:
        found = user.as_json(self.world.team_id)
        return {**found, "locale": user.locale} if arguments.get("include_locale") else found

    def _known_user(self, user_id: str) -> User:
        user = self.world.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def _reachable(self, user_id: str) -> User:
        user = self._known_user(user_id)
        if user.deleted:
            raise SlackError("user_disabled")
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
        return user

    def _visible(self, channel_id: str) -> Channel:
        channel = self.world.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and self.world.bot not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def _readable(self, arguments: Arguments) -> Channel:
        channel = self._visible(arguments.text("channel"))
        scope = _READS[channel.kind]
        if scope not in self.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
        return channel

    @staticmethod
    def _page(listed: Sequence[object], arguments: Arguments) -> tuple[list[object], Json]:
        limit = int(arguments.get("limit") or MOST_PER_PAGE)
        if not 1 <= limit <= MOST_PER_PAGE:
            raise SlackError("invalid_limit")
        cursor = arguments.text("cursor")
        if cursor and not (cursor.startswith("after-") and cursor[6:].isdecimal()):
            raise SlackError("invalid_cursor")
        start = int(cursor[6:]) if cursor else 0
        end = start + limit
        following = f"after-{end}" if end < len(listed) else ""
        return list(listed[start:end]), {"response_metadata": {"next_cursor": following}}
