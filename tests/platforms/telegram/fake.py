"""FakeTelegram: the server, the bot's surroundings and the people in one place."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.platforms.stand_in import StandIn
from tests.platforms.telegram import payloads
from tests.platforms.telegram.chat_api import ChatApi
from tests.platforms.telegram.driver import Person
from tests.platforms.telegram.message_api import MessageApi
from tests.platforms.telegram.places import Places
from tests.platforms.telegram.profile import Profile
from tests.platforms.telegram.server import BotApi, Call
from tests.platforms.telegram.trouble import Trouble
from tests.platforms.telegram.updates import Update, Updates
from tests.platforms.telegram.webhook import Webhook, Webhooks
from tests.platforms.telegram.world import Chat, ChatKind, Json, Member, Message, Topic, World
from tests.platforms.timing import PATIENCE, Watch


class FakeTelegram(StandIn):
    """Telegram on loopback, while it is entered.

    async with FakeTelegram() as telegram:
        alice = telegram.person("alice")
        await alice.says(alice.dm, "install pdf on claude")
        await telegram.wait_for(lambda: telegram.messages(alice.dm)[1:])
    """

    def __init__(
        self,
        *,
        speed: float = 1.0,
        bot_username: str = "skillwarden_bot",
        port: int = 0,
        watch: Watch | None = None,
    ) -> None:
        """Prepare a Telegram that knows nobody but the bot."""
        super().__init__(speed=speed, port=port, watch=watch)
        self.world = World(self.pace, bot_username=bot_username, watch=self._watch)
        self.trouble = Trouble(self.pace)
        self.updates = Updates(self.pace, self.trouble, self._chores, self.world.changed)
        self.webhooks = Webhooks(self.pace, self.trouble, self._chores, self.updates)
        places = Places(self.world)
        self.profile = Profile(self.world, places)
        self.bot_api = BotApi(
            {
                **MessageApi(self.world, places).methods(),
                **ChatApi(self.world, places, self._bot_leaves).methods(),
                **self.profile.methods(),
                "getUpdates": self.updates.get,
                "setWebhook": self.webhooks.set,
                "deleteWebhook": self.webhooks.delete,
                "getWebhookInfo": self.webhooks.info,
            },
            f"{self.world.bot.id}:AAF-fake_token_of_35_characters_0000",
            pace=self.pace,
            trouble=self.trouble,
            changed=self.world.changed,
        )
        self.webhooks.call = self.bot_api.call

    async def __aenter__(self) -> Self:
        """Open the port."""
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/bot{token}/{method}", self.bot_api.answer)
        await self._open(app)
        self.webhooks.session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and raise what went wrong inside the fake itself."""
        self.bot_api.close()
        self.updates.end_poll()
        try:
            await self._chores.finish()
        finally:
            await self.webhooks.session.close()
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What the app takes for https://api.telegram.org."""
        return self.url

    @property
    def base_url(self) -> str:
        """What telegram.Bot takes as ``base_url``."""
        return f"{self.api_url}/bot"

    @property
    def file_url(self) -> str:
        """What telegram.Bot takes as ``base_file_url``."""
        return f"{self.api_url}/file/bot"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.bot_api.token

    def revoke_token(self) -> str:
        """Let @BotFather make a new token and return it; the old one is unauthorised."""
        self.bot_api.token = f"{self.world.bot.id}:AAF-another_token_{self.world.number():016d}"
        return self.bot_api.token

    @property
    def calls(self) -> list[Call]:
        """Every call so far."""
        return self.bot_api.calls

    @property
    def webhook(self) -> Webhook | None:
        """Where updates are sent, if they are."""
        return self.webhooks.current

    def proxy(self, public: str, local: str) -> None:
        """Let addresses that begin with ``public`` (https) lead to ``local``, as a proxy with a certificate does."""
        self.webhooks.proxies[public] = local

    # People and places

    def person(self, name: str, *, started: bool = True, **attributes: Any) -> Person:
        """Let somebody join Telegram and return who plays them; attributes are those of User.

        Unless ``started`` is False they have pressed Start before the test began.
        """
        return Person(self, self.world.add_user(name, started=started, known=started, **attributes))

    def group(self, title: str, *people: Person, kind: ChatKind = "group", with_bot: bool = True, **more: Any) -> Chat:
        """Open a group that the first of these people owns."""
        members = [
            Member(user=one.user, status="creator" if number == 0 else "member") for number, one in enumerate(people)
        ]
        if with_bot:
            members.append(Member(user=self.world.bot, status="administrator" if kind == "channel" else "member"))
        return self.world.add_chat(title, kind, members, **more)

    def supergroup(self, title: str, *people: Person, with_bot: bool = True, **more: Any) -> Chat:
        """Open a supergroup."""
        return self.group(title, *people, kind="supergroup", with_bot=with_bot, **more)

    def forum(self, title: str, *people: Person, with_bot: bool = True) -> Chat:
        """Open a supergroup with topics."""
        return self.group(title, *people, kind="supergroup", with_bot=with_bot, is_forum=True)

    def channel(self, title: str, *people: Person, with_bot: bool = True, **more: Any) -> Chat:
        """Open a channel, which the bot runs together with the owner."""
        return self.group(title, *people, kind="channel", with_bot=with_bot, **more)

    # Looking

    def messages(self, chat: Chat, topic: Topic | None = None) -> list[Message]:
        """Return what is to be read in a chat (in one of its topics), oldest first, without service messages."""
        found = [one for one in list(chat.messages.values()) if not one.deleted and not one.service]
        return [one for one in found if topic is None or one.topic is topic]

    def everything(self) -> list[Message]:
        """Return every message there is, deleted ones included."""
        return [one for chat in self.world.chats.values() for one in chat.messages.values()]

    def shown(self, message: Message) -> str:
        """Return what somebody sees of a message: its text and, in brackets, its buttons."""
        lines = [f"({name})" for name in message.attachment]
        lines += [message.text] if message.text else []
        return "\n".join([*lines, *(" ".join(f"[{label}]" for label in row) for row in message.rows)])

    def transcript(self) -> str:
        """Return everything that was said, for a test that has to explain itself."""
        lines = []
        for one in sorted(self.everything(), key=lambda message: (message.date, message.id)):
            who = one.author.name if one.author else one.chat.title
            said = "(deleted)" if one.deleted else self.shown(one) or ", ".join(one.service)
            lines.append(f"{one.chat.title or 'private'} {who}: {said}")
        return "\n".join(lines)

    def api_commands(self, scope: str = "default", language_code: str = "") -> dict[str, str]:
        """Return what setMyCommands left behind for a scope and a language, descriptions by name."""
        return self.profile.commands(scope, language_code)

    async def settle(self, patience: float = PATIENCE) -> None:
        """Wait until every update is confirmed, answered or given up.

        Raises:
            AssertionError: it was not within so many real seconds.
        """
        await self.wait_for(lambda: all(update.done for update in self.updates.log), patience)

    # Telling the bot

    def tell(self, kind: str, content: Json, queue: str = "told") -> Update | None:
        """Send an update of any kind and content, unless it is a kind the bot did not ask for."""
        return self.updates.add(kind, content, queue)

    def tell_raw(self, raw: Json) -> Update:
        """Send ``raw`` as an update; it gets an ``update_id`` if it has none."""
        return self.updates.add_raw(raw)

    def tell_of_message(self, kind: str, message: Message) -> Update | None:
        """Send a message as it is now, if the bot may see it."""
        if not self.world.bot_sees(message):
            return None
        if message.author is not None:
            message.author.known = True
        return self.tell(kind, payloads.message_json(message), str(message.chat.id))

    def _bot_leaves(self, chat: Chat) -> None:
        world = self.world
        old, new = chat.member(world.bot), Member(user=world.bot, status="left")
        chat.members[world.bot.id] = new
        world.changed()
        self.tell("my_chat_member", payloads.member_update(chat, world.bot, old, new, world.now()), f"member {chat.id}")
