"""The methods that post, edit and delete: chat.*, and files that are uploaded."""

from __future__ import annotations

import re
import uuid
from typing import Any

from tests.platforms.slack.arguments import Arguments, ArgumentType, Method, SlackError
from tests.platforms.slack.blocks import check_blocks, mrkdwn_length, named, too_long
from tests.platforms.slack.payloads import message_json
from tests.platforms.slack.schema import Json
from tests.platforms.slack.world import Channel, Message, Upload, User, World

#: Characters of ``text``; an edit takes less than a post, which the documentation does not say but everybody runs into.
POSTED_TEXT = 40_000
EDITED_TEXT = 4_000
MOST_ATTACHMENTS = 100
_TS = re.compile(r"\d{10}\.\d{6}")


def checked_content(arguments: Arguments, longest: int = POSTED_TEXT) -> tuple[str, list[Json], list[Json]]:
    """Return text, blocks and attachments of a message.

    Raises:
        SlackError: one of them is too long or has the wrong shape, or there is nothing at all.
    """
    text, blocks, attachments = (
        arguments.text("text"),
        arguments.get("blocks") or [],
        arguments.get("attachments") or [],
    )
    if found := check_blocks(blocks, "message"):
        raise SlackError("invalid_blocks", *found)
    if sum(block["type"] == "table" for block in blocks) > 1:
        raise SlackError("invalid_blocks", "only_one_table_allowed")
    if blocks and too_long(blocks):
        raise SlackError("msg_blocks_too_long")
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    if mrkdwn_length(text) > longest:
        raise SlackError("msg_too_long")
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    return text, blocks, attachments


class ChatApi:
    """What the bot may do to messages."""

    def __init__(self, world: World, scopes: set[str]) -> None:
        """Act in ``world`` with the ``scopes`` of the bot's token, which may change."""
        self.world = world
        self.scopes = scopes
        #: Told of every message that is posted, edited or deleted by the bot.
        self.echo: list[tuple[str, Message]] = []
        self.upload_url = ""

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        content: dict[str, ArgumentType] = {
            "text": "str",
            "blocks": "json",
            "attachments": "json",
            "link_names": "bool",
            "parse": "str",
        }
        posting: dict[str, ArgumentType] = {
            **content,
            "thread_ts": "str",
            "username": "str",
            "icon_emoji": "str",
            "icon_url": "str",
        }
        write = ("chat:write",)
        return {
            "chat.postMessage": Method(
                act=self.post,
                required={"channel": "str"},
                optional={
                    **posting,
                    "metadata": "json",
                    "mrkdwn": "bool",
                    "reply_broadcast": "bool",
                    "unfurl_links": "bool",
                    "unfurl_media": "bool",
                    "client_msg_id": "str",
                },
                scopes=write,
            ),
            "chat.postEphemeral": Method(
                act=self.post_ephemeral, required={"channel": "str", "user": "str"}, optional=posting, scopes=write
            ),
            "chat.update": Method(
                act=self.update,
                required={"channel": "str", "ts": "str"},
                optional={**content, "metadata": "json", "reply_broadcast": "bool", "file_ids": "list"},
                scopes=write,
            ),
            "chat.delete": Method(act=self.delete, required={"channel": "str", "ts": "str"}, scopes=write),
            "files.getUploadURLExternal": Method(
                act=self.upload_address,
                required={"filename": "str", "length": "int"},
                optional={"alt_txt": "str", "snippet_type": "str"},
                scopes=("files:write",),
                form_only=True,
            ),
            "files.completeUploadExternal": Method(
                act=self.complete_upload,
                required={"files": "json"},
                optional={"channel_id": "str", "channels": "list", "initial_comment": "str", "thread_ts": "str"},
                scopes=("files:write",),
            ),
        }

    def post(self, arguments: Arguments) -> Json:
        """Do chat.postMessage."""
        if {"username", "icon_emoji", "icon_url"} & set(arguments.values) and "chat:write.customize" not in self.scopes:
            raise SlackError("missing_scope", needed="chat:write.customize", provided=",".join(sorted(self.scopes)))
        channel = self._writable(self._destination(arguments.text("channel")))
        text, blocks, attachments = checked_content(arguments)
        message = Message(
            channel=channel,
            ts="",
            user=self.world.bot,
            text=text,
            blocks=named(blocks, self.world.names()),
            attachments=attachments,
            metadata=arguments.get("metadata"),
            thread_ts=self._thread(channel, arguments),
        )
        self._add(message)
        return {"channel": channel.id, "ts": message.ts, "message": message_json(self.world, message)}

    def post_ephemeral(self, arguments: Arguments) -> Json:
        """Do chat.postEphemeral."""
        channel = self._writable(self._known(arguments.text("channel")))
        user = self.world.users.get(arguments.text("user"))
        if user is None or user not in channel.members:
            raise SlackError("user_not_in_channel" if user else "user_not_found")
        text, blocks, attachments = checked_content(arguments)
        self.show_only_to(user, channel, text, blocks, attachments, self._thread(channel, arguments))
        return {"message_ts": list(channel.messages)[-1]}

    def show_only_to(
        self,
        user: User,
        channel: Channel,
        text: str,
        blocks: list[Json],
        attachments: list[Json] | None = None,
        thread_ts: str | None = None,
    ) -> Message:
        """Show one person a message that nobody else sees."""
        return self.world.post(
            Message(
                channel=channel,
                ts=self.world.next_ts(),
                user=self.world.bot,
                text=text,
                blocks=named(blocks, self.world.names()),
                attachments=attachments or [],
                thread_ts=thread_ts,
                only_for=user,
            )
        )

    def update(self, arguments: Arguments) -> Json:
        """Do chat.update: text without blocks replaces the blocks, blocks without text keep the text."""
        message = self._own(arguments, "cant_update_message")
        text, blocks, attachments = checked_content(arguments, EDITED_TEXT)
        kept = blocks if "blocks" in arguments or "text" in arguments else message.blocks
        message.change(text or message.text, named(kept, self.world.names()))
        if "attachments" in arguments:
            message.attachments = attachments
        if "metadata" in arguments:
            message.metadata = arguments.get("metadata")
        if not kept:
            message.edited = {"user": self.world.bot.id, "ts": self.world.next_ts()}
        self.echo.append(("message_changed", message))
        self.world.changed()
        shown = message_json(self.world, message)
        return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": shown}

    def delete(self, arguments: Arguments) -> Json:
        """Do chat.delete."""
        message = self._own(arguments, "cant_delete_message")
        message.deleted = True
        self.echo.append(("message_deleted", message))
        self.world.changed()
        return {"channel": message.channel.id, "ts": message.ts}

    def upload_address(self, arguments: Arguments) -> Json:
        """Do files.getUploadURLExternal."""
        upload = Upload(
            id=self.world.new_id("F"),
            name=arguments.text("filename"),
            size=int(arguments.get("length")),
            user=self.world.bot,
            ticket=uuid.uuid4().hex,
        )
        if upload.size < 1:
            raise SlackError("invalid_arguments", "[length] must be greater than 0")
        self.world.files[upload.id] = upload
        return {"upload_url": f"{self.upload_url}{upload.ticket}", "file_id": upload.id}

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the bytes of a file and tell whether they were expected."""
        upload = next((file for file in self.world.files.values() if file.ticket == ticket), None)
        if upload is None or upload.content is not None or len(content) != upload.size:
            return False
        upload.content = content
        return True

    def complete_upload(self, arguments: Arguments) -> Json:
        """Do files.completeUploadExternal."""
        uploads = [self._uploaded(one) for one in arguments.get("files")]
        if not uploads:
            raise SlackError("invalid_arguments", "must have at least 1 items [json-pointer:/files]")
        wanted = arguments.get("channels") or ([arguments.text("channel_id")] if "channel_id" in arguments else [])
        channels = [self._writable(self._known(one)) for one in wanted]
        for channel in channels:
            self._add(
                Message(
                    channel=channel,
                    ts="",
                    user=self.world.bot,
                    text=arguments.text("initial_comment"),
                    files=uploads,
                    thread_ts=self._thread(channel, arguments),
                )
            )
        for upload in uploads:
            upload.shared = True
        return {"files": [upload.as_json() for upload in uploads]}

    def _uploaded(self, entry: Any) -> Upload:
        upload = self.world.files.get(entry.get("id", "")) if isinstance(entry, dict) else None
        if upload is None or upload.content is None or upload.shared:
            raise SlackError("file_not_found")
        upload.title = entry.get("title", "")
        return upload

    def _add(self, message: Message) -> None:
        message.ts = self.world.next_ts()
        self.echo.append(("message", message))
        self.world.post(message)

    def _destination(self, name: str) -> Channel:
        user = self.world.users.get(name)
        if user is not None:
            if user.is_bot or user.deleted:
                raise SlackError("channel_not_found")
            return self.world.direct([user])[0]
        return self.world.channel_named(name) or self._known(name)

    def _known(self, channel_id: str) -> Channel:
        channel = self.world.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and self.world.bot not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def _writable(self, channel: Channel) -> Channel:
        if channel.archived:
            raise SlackError("is_archived")
        everywhere = "chat:write.public" in self.scopes and channel.kind == "public"
        if self.world.bot not in channel.members and not everywhere:
            raise SlackError("not_in_channel")
        return channel

    @staticmethod
    def _thread(channel: Channel, arguments: Arguments) -> str | None:
        thread_ts = arguments.text("thread_ts")
        if not thread_ts:
            return None
        if not _TS.fullmatch(thread_ts):
            raise SlackError("invalid_thread_ts", f"{thread_ts} is not a valid thread_ts")
        parent = channel.messages.get(thread_ts)
        if parent is None or parent.deleted or parent.thread_ts not in {None, parent.ts}:
            raise SlackError("thread_not_found")
        if parent.only_for is not None:
            raise SlackError("cannot_reply_to_message")
        return thread_ts

    def _own(self, arguments: Arguments, foreign: str) -> Message:
        channel = self._writable(self._known(arguments.text("channel")))
        message = channel.messages.get(arguments.text("ts"))
        if message is None or message.deleted or message.only_for is not None:
            raise SlackError("message_not_found")
        if message.user is not self.world.bot:
            raise SlackError(foreign)
        return message
