"""The humans: they type, press, fill in, edit, delete and leave, and Slack tells the app about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tests.platforms.slack import payloads
from tests.platforms.slack.arguments import SlackError
from tests.platforms.slack.blocks import elements
from tests.platforms.slack.delivery import Delivery
from tests.platforms.slack.forms import filled_in
from tests.platforms.slack.schema import Json
from tests.platforms.slack.shown import Screen
from tests.platforms.slack.world import Channel, Message, Upload, User, View

if TYPE_CHECKING:
    from tests.platforms.slack.fake import FakeSlack


class CannotError(AssertionError):
    """Slack's client would not let a person do that."""


class Person:
    """Somebody at a keyboard."""

    def __init__(self, slack: FakeSlack, user: User) -> None:
        """Play ``user``."""
        self.slack = slack
        self.user = user

    @property
    def dm(self) -> Channel:
        """The direct messages with the bot."""
        return self.slack.world.direct([self.user])[0]

    @property
    def view(self) -> View | None:
        """The modal that is in front, if one is open."""
        opened = self.slack.world.open_views(self.user)
        return opened[-1] if opened else None

    @property
    def home(self) -> View | None:
        """The App Home as it was published for this person."""
        return self.slack.world.homes.get(self.user.id)

    def sees(self, channel: Channel | None = None) -> str:
        """Return everything in a channel (or the direct messages) that is visible to this person."""
        there = channel or self.dm
        texts = [self.slack.shown(message, self) for message in list(there.messages.values())]
        return "\n".join(text for text in texts if text)

    async def says(
        self, channel: Channel | str, text: str, thread: str | None = None, files: Mapping[str, int] | None = None
    ) -> Message:
        """Say something (with files, sizes by name); the app learns of it as far as it subscribed."""
        there = self._place(channel)
        world = self.slack.world
        sent = payloads.as_sent(world, text)
        message = Message(
            channel=there,
            ts=world.next_ts(),
            user=self.user,
            text=sent,
            blocks=[_typed(text, world.new_id("x"))] if text else [],
            files=[self._file(name, size) for name, size in (files or {}).items()],
            thread_ts=thread,
            client_msg_id=str(uuid.uuid4()),
        )
        world.post(message)
        content = {**payloads.message_json(world, message), "event_ts": message.ts}
        self.slack.tell_of_message(message, content)
        self._mention(message, content)
        return message

    async def command(self, line: str, channel: Channel | str | None = None) -> Delivery:
        """Type a slash command (outside of threads, where there are none) and wait for the app's answer."""
        name, _, rest = line.partition(" ")
        if name not in self.slack.commands:
            raise CannotError(f"{name} is not a valid command")
        there = self._place(channel) if channel else self.dm
        payload = payloads.command(
            self.slack.world,
            self.user,
            there,
            (name, rest),
            trigger_id=self.slack.view_api.new_trigger(self.user),
            response_url=self.slack.urls.new(self.user, there),
        )
        delivery = await self.slack.deliveries.once("slash_commands", payload)
        if delivery.answer:
            self.slack.urls.respond(self.user, there, delivery.answer)
        return delivery

    async def press(
        self, thing: Message | View, label: str, *, chosen: str | None = None, stale: bool = False
    ) -> Delivery:
        """Press the button with this label, or choose an option of the menu with this placeholder.

        With ``stale`` the person still looks at how the message was before an edit.
        """
        shown = thing.content["blocks"] if isinstance(thing, View) else self._blocks(thing, stale=stale, label=label)
        block, element = self._find(shown, label)
        more: Json = {}
        if chosen is not None:
            more["selected_option"] = next(one for one in element["options"] if one["text"]["text"] == chosen)
        trigger_id = self.slack.view_api.new_trigger(self.user)
        pressed = (block, element, more)
        world = self.slack.world
        if isinstance(thing, View):
            payload = payloads.press_on_view(world, thing, pressed, trigger_id=trigger_id)
        else:
            url = self.slack.urls.new(self.user, thing.channel, thing)
            payload = payloads.press_on_message(
                world, self.user, thing, pressed, trigger_id=trigger_id, response_url=url
            )
        return await self.slack.deliveries.once("interactive", payload)

    async def submits(self, view: View, values: Mapping[str, str | Iterable[str]] | None = None) -> Delivery:
        """Fill in a modal, by the labels of its fields, and send it off.

        The answer's errors stay in ``view.errors`` and leave the modal open.
        """
        if view is not self.view:
            raise CannotError("this modal is not in front of the person")
        if not view.content.get("submit"):
            raise CannotError("this modal has no submit button")
        try:
            state = filled_in(view.content["blocks"], values or {})
        except ValueError as error:
            raise CannotError(str(error)) from error
        trigger_id = self.slack.view_api.new_trigger(self.user)
        payload = payloads.submission(self.slack.world, view, state, trigger_id=trigger_id)
        delivery = await self.slack.deliveries.once("interactive", payload)
        if delivery.acknowledged:
            self._follow(view, delivery)
        return delivery

    async def closes(self, view: View) -> None:
        """Close a modal; the app is told if it asked for that."""
        view.open = False
        self.slack.world.changed()
        if view.content.get("notify_on_close"):
            await self.slack.deliveries.once("interactive", payloads.closing(self.slack.world, view, cleared=False))

    async def opens_home(self, tab: str = "home") -> None:
        """Open the App Home (or its tab ``messages``)."""
        world = self.slack.world
        content: Json = {"type": "app_home_opened", "user": self.user.id, "channel": self.dm.id, "tab": tab}
        if self.home is not None and tab == "home":
            content["view"] = payloads.view_json(world, self.home)
        self.slack.tell_if_subscribed("app_home_opened", {**content, "event_ts": world.next_ts()}, self.user.team)

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        self._own(message)
        world = self.slack.world
        sent = payloads.as_sent(world, text)
        message.change(sent, [_typed(text, world.new_id("x"))])
        message.edited = {"user": self.user.id, "ts": world.next_ts()}
        world.changed()
        self.slack.message_changed("message_changed", message)
        self._mention(message, {**payloads.message_json(world, message), "event_ts": world.next_ts()})

    async def deletes(self, message: Message) -> None:
        """Delete a message: one's own, or anybody's for an admin of the workspace."""
        if not self.user.is_admin:
            self._own(message)
        message.deleted = True
        self.slack.world.changed()
        self.slack.message_changed("message_deleted", message)

    async def reacts(self, message: Message, emoji: str) -> None:
        """Put an emoji under a message."""
        self._look_at(message)
        message.reactions.append((self.user.id, emoji))
        ts = self.slack.world.next_ts()
        content: Json = {"type": "reaction_added", "user": self.user.id, "reaction": emoji, "event_ts": ts}
        content["item"] = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        content["item_user"] = message.user.id
        self.slack.tell_if_subscribed("reaction_added", content, self.user.team)
        self.slack.world.changed()

    async def changes(self, **attributes: object) -> None:
        """Change the account (attributes of User), as ``user_change`` reports it."""
        for name, value in attributes.items():
            if not hasattr(self.user, name):
                raise CannotError(f"an account has no {name}")
            setattr(self.user, name, value)
        world = self.slack.world
        content: Json = {"type": "user_change", "user": self.user.as_json(world.team_id)}
        content |= {"cache_ts": int(world.pace.now()), "event_ts": world.next_ts()}
        self.slack.tell_if_subscribed("user_change", content, self.user.team)
        world.changed()

    async def leaves(self) -> None:
        """Be deactivated by the workspace's admin."""
        await self.changes(deleted=True)

    def _place(self, channel: Channel | str) -> Channel:
        if self.user.deleted:
            raise CannotError(f"{self.user.name} is deactivated")
        there = self.slack.world.channel_named(channel) if isinstance(channel, str) else channel
        if there is None or self.user not in there.members:
            raise CannotError(f"{self.user.name} is not in {channel if there is None else there.name}")
        if there.archived:
            raise CannotError(f"{there.name} is archived")
        return there

    def _mention(self, message: Message, content: Json) -> None:
        world = self.slack.world
        if world.bot.mention not in message.text or message.channel.kind == "im":
            return
        if world.bot in message.channel.members:
            mention = {name: value for name, value in content.items() if name != "subtype"}
            mention |= {"type": "app_mention", "channel": message.channel.id}
            self.slack.tell_if_subscribed("app_mention", mention, self.user.team)

    def _file(self, name: str, size: int) -> Upload:
        upload = Upload(id=self.slack.world.new_id("F"), name=name, size=size, user=self.user, shared=True)
        self.slack.world.files[upload.id] = upload
        return upload

    def _own(self, message: Message) -> None:
        self._look_at(message)
        if message.user is not self.user:
            raise CannotError(f"this is not {self.user.name}'s message")

    def _look_at(self, message: Message) -> None:
        if not Screen(self.slack.world, self.user).sees(message):
            raise CannotError(f"{self.user.name} does not see this message")

    def _blocks(self, message: Message, *, stale: bool, label: str) -> list[Json]:
        if not stale:
            self._look_at(message)
            return message.blocks
        for version in reversed(message.history):
            if any(_label(one) == label for one in _pressable(version.blocks)):
                return version.blocks
        raise CannotError(f"the message never had a button {label!r}")

    @staticmethod
    def _find(blocks: list[Json], label: str) -> tuple[Json, Json]:
        for block in blocks:
            for element, _pointer in elements(block):
                if _label(element) == label:
                    return block, element
        labels = [_label(one) for one in _pressable(blocks)]
        raise CannotError(f"there is no {label!r} to press, only {labels}")

    def _follow(self, view: View, delivery: Delivery) -> None:
        """Do with the modals what the answer to a submission asks for; Slack's client complains where it cannot."""
        answer = delivery.answer or {}
        api = self.slack.view_api
        try:
            match answer.get("response_action"):
                case None:
                    view.open = False
                case "clear":
                    for one in self.slack.world.open_views(self.user):
                        one.open = False
                case "errors":
                    view.errors = _known_errors(view, answer.get("errors"))
                case "update":
                    api.replace(view, api.content_of(answer["view"]))
                case "push":
                    api.put_on_top(self.user, api.content_of(answer["view"]))
                case other:
                    delivery.refused = f"unknown response_action {other}"
        except SlackError as error:
            delivery.refused = " ".join([error.code, *error.messages])
        self.slack.world.changed()


def _known_errors(view: View, errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError(f"errors name no input block: {errors}")
    return {str(name): str(text) for name, text in errors.items()}


def _typed(text: str, block_id: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _pressable(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield from (element for element, _pointer in elements(block) if _label(element))


def _label(element: Json) -> str:
    found = element.get("text") if element.get("type") == "button" else element.get("placeholder")
    return str(found["text"]) if isinstance(found, dict) else ""
