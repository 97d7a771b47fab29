"""What the fake Slack remembers: people, channels, messages, views, files and user groups."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.platforms.slack.schema import Json
from tests.platforms.timing import Pace, Watch

ChannelKind = Literal["public", "private", "im", "mpim"]


@dataclass(eq=False, kw_only=True)
class User:
    """Somebody with an account; ``team`` is another one for a Slack Connect stranger."""

    id: str
    team: str
    name: str
    real_name: str
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    deleted: bool = False
    tz: str = "Europe/Vienna"
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """How somebody is called in mrkdwn."""
        return f"<@{self.id}>"

    def as_json(self, home_team: str) -> Json:
        """Return the account as ``users.info`` does."""
        common: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "profile": {"real_name": self.real_name, "display_name": self.name, "team": self.team},
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if self.team != home_team:
            common["is_stranger"] = True
        if not self.deleted:
            common |= {
                "tz": self.tz,
                "is_admin": self.is_admin,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted,
                "is_ultra_restricted": self.is_ultra_restricted,
            }
        return common


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a message showed before an edit."""

    text: str
    blocks: list[Json]


@dataclass(eq=False, kw_only=True)
class Message:
    """One message, edited in place; ``only_for`` makes it ephemeral."""

    channel: Channel
    ts: str
    user: User
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    only_for: User | None = None
    edited: Json | None = None
    deleted: bool = False
    history: list[Version] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)
    client_msg_id: str | None = None

    def change(self, text: str, blocks: list[Json]) -> None:
        """Show something else from now on."""
        self.history.append(Version(text=self.text, blocks=self.blocks))
        self.text, self.blocks = text, blocks


@dataclass(eq=False, kw_only=True)
class Channel:
    """A channel, a direct message or a group of them."""

    id: str
    kind: ChannelKind
    name: str
    members: list[User]
    archived: bool = False
    shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def event_type(self) -> str:
        """What events call this kind of channel."""
        return {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}[self.kind]

    def as_json(self) -> Json:
        """Return the channel as ``conversations.info`` does."""
        found: Json = {
            "id": self.id,
            "created": 1_700_000_000,
            "is_archived": self.archived,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_ext_shared": self.shared,
        }
        if self.kind == "im":
            found["user"] = next(member.id for member in self.members if not member.is_bot)
        else:
            found |= {"name": self.name, "name_normalized": self.name}
        return found


@dataclass(eq=False, kw_only=True)
class View:
    """A modal somebody has open, or somebody's App Home."""

    id: str
    user: User
    content: Json
    hash: str
    open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    root: str = ""
    previous: str | None = None


@dataclass(eq=False, kw_only=True)
class Upload:
    """A file; ``content`` is None until its bytes have arrived."""

    id: str
    name: str
    size: int
    user: User
    ticket: str = ""
    content: bytes | None = None
    shared: bool = False
    title: str = ""

    def as_json(self) -> Json:
        """Return the file as it stands in messages."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "size": self.size,
            "user": self.user.id,
            "mimetype": "application/octet-stream",
            "filetype": self.name.rpartition(".")[2] or "binary",
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": f"https://files.invalid/files-pri/{self.id}/{self.name}",
        }


@dataclass(eq=False, kw_only=True)
class UserGroup:
    """People who can be mentioned together."""

    id: str
    handle: str
    users: list[User]
    disabled: bool = False


class World:
    """One workspace with one app in it."""

    def __init__(self, pace: Pace, *, bot_name: str = "skillwarden", watch: Watch | None = None) -> None:
        """Begin with the bot alone."""
        self.pace = pace
        self.watch = watch or Watch()
        self.team_id, self.team_name, self.team_domain = "T0ACME", "Acme", "acme"
        self.app_id, self.bot_id = "A0WARDEN", "B0WARDEN"
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.bot = User(id="U0BOT", team=self.team_id, name=bot_name, real_name=bot_name.title(), is_bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, Upload] = {}

    def new_id(self, prefix: str) -> str:
        """Return an id that nothing else has."""
        return f"{prefix}{next(self._numbers):09d}"

    def names(self) -> Iterator[str]:
        """Yield ids for blocks and elements that were sent without one."""
        while True:
            yield self.new_id("x")

    def next_ts(self) -> str:
        """Return the timestamp of a new message: unique and increasing."""
        self._last_ts = max(int(self.pace.now() * 1_000_000), self._last_ts + 1)
        seconds, micro = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micro:06d}"

    def changed(self) -> None:
        """Let everybody who waits look again."""
        self.watch.changed()

    def add_user(self, name: str, **attributes: Any) -> User:
        """Let somebody join; attributes are those of ``User``."""
        values = {"id": self.new_id("U"), "team": self.team_id, "real_name": name.title(), **attributes}
        user = User(name=name, **values)
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: ChannelKind, members: list[User]) -> Channel:
        """Open a channel."""
        prefix = {"public": "C", "private": "G", "im": "D", "mpim": "G"}[kind]
        channel = Channel(id=self.new_id(prefix), kind=kind, name=name, members=members)
        self.channels[channel.id] = channel
        return channel

    def add_group(self, handle: str, users: list[User]) -> UserGroup:
        """Make a user group."""
        group = UserGroup(id=self.new_id("S"), handle=handle, users=users)
        self.groups[group.id] = group
        return group

    def direct(self, users: list[User]) -> tuple[Channel, bool]:
        """Return the conversation of the bot with these people, and whether there was one already."""
        members = [*users, self.bot]
        for channel in self.channels.values():
            if channel.kind in {"im", "mpim"} and set(channel.members) == set(members):
                return channel, True
        if len(users) == 1:
            return self.add_channel("directmessage", "im", members), False
        name = "mpdm-" + "--".join(sorted(user.name for user in members)) + "-1"
        return self.add_channel(name, "mpim", members), False

    def channel_named(self, name: str) -> Channel | None:
        """Return the channel with this name, with or without ``#``."""
        bare = name.removeprefix("#")
        return next((one for one in self.channels.values() if one.name == bare and one.kind != "im"), None)

    def user_named(self, name: str) -> User | None:
        """Return the person with this name."""
        return next((user for user in self.users.values() if user.name == name), None)

    def post(self, message: Message) -> Message:
        """Put a message where people see it."""
        message.channel.messages[message.ts] = message
        self.changed()
        return message

    def open_views(self, user: User) -> list[View]:
        """Return the modals somebody has open, the topmost last."""
        return [view for view in self.views.values() if view.open and view.user is user]
