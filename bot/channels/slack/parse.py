"""What Slack sends, as what the bot understands. Pure; what is not addressed to the bot is None and never stored."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.slack.carried import read_form
from bot.channels.slack.forms import CALLBACK, FormOrigin, FormRequest, answers
from bot.channels.slack.render import PRESS
from core.domain.messages import (
    Actor,
    Attachment,
    ButtonPress,
    ConversationRef,
    FormSubmission,
    IncomingMessage,
    Standing,
)

#: A decoded JSON object, or the fields of a command.
Payload = Mapping[str, Any]

# docs.slack.dev, messaging/formatting-message-text: everything between angle brackets was made by the client.
_MARKUP = re.compile(r"<([^<>]*)>")
_ACTION = re.compile(rf"{PRESS}-\d+")
# Sentences; every other subtype is an edit, a deletion, somebody joining, a bot.
_SUBTYPES = {None, "file_share", "thread_broadcast", "me_message"}
_SLACKBOT = "USLACKBOT"
#: What somebody wants who addresses the bot and says nothing.
_NOTHING_SAID = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackParser:
    """Reads payloads for the bot that is ``bot_user_id`` in the workspace ``team_id``.

    An allowlist that is not empty admits what comes from its teams, or what is said in its channels or privately, and
    nothing else. Whether a person may do something is for the core to say.
    """

    team_id: str
    bot_user_id: str
    allowed_teams: frozenset[str] = frozenset()
    allowed_channels: frozenset[str] = frozenset()

    def event(self, body: Payload, now: datetime) -> IncomingMessage | None:
        """Read a ``message`` or ``app_mention`` event; both of one sentence have the same key."""
        event = body["event"]
        user, text = event.get("user"), str(event.get("text") or "")
        private = event.get("channel_type") == "im" or _is_private(event["channel"])
        if (
            event.get("subtype") not in _SUBTYPES
            or event.get("bot_id")
            or "edited" in event
            or user in {None, _SLACKBOT, self.bot_user_id}
            or not (private or f"<@{self.bot_user_id}" in text)
        ):
            return None
        thread = event.get("thread_ts") or (None if private else event["ts"])
        conversation = self._conversation(event["channel"], thread=thread)
        sender = Actor(
            channel="slack",
            workspace_id=event.get("user_team") or event.get("source_team") or event.get("team") or self.team_id,
            external_id=user,
        )
        if not self._admits(sender, conversation):
            return None
        attachments = tuple(map(_attachment, event.get("files") or ()))
        said = readable(text, self.bot_user_id)
        return IncomingMessage(
            dedupe_key=f"slack:{self.team_id}:{event['channel']}:{event['ts']}",
            received_at=now,
            sender=sender,
            conversation=conversation,
            text=said if said or attachments else _NOTHING_SAID,
            attachments=attachments,
        )

    def command(self, body: Payload, now: datetime) -> IncomingMessage | None:
        """Read a slash command; it is no message, so its answer starts a thread of its own."""
        conversation = self._conversation(body["channel_id"])
        sender = Actor(
            channel="slack",
            workspace_id=body["team_id"],
            external_id=body["user_id"],
            display_name=body.get("user_name") or "",
        )
        if not self._admits(sender, conversation):
            return None
        return IncomingMessage(
            dedupe_key=f"slack:command:{self.team_id}:{body['trigger_id']}",
            received_at=now,
            sender=sender,
            conversation=conversation,
            text=readable(body.get("text") or "", self.bot_user_id) or _NOTHING_SAID,
        )

    def click(self, body: Payload, now: datetime) -> ButtonPress | FormRequest | None:
        """Read ``block_actions``: a press, or a press that asks something first."""
        action = body["actions"][0]
        sender, conversation = _presser(body), self._where_clicked(body)
        token, _, form_text = (action.get("value") or "").partition(" ")
        if not _ACTION.fullmatch(action["action_id"]) or not token or not self._admits(sender, conversation):
            return None
        container = body.get("container") or {}
        # What only one person sees cannot be edited later.
        message_id = None if container.get("is_ephemeral") else container.get("message_ts")
        if form_text:
            form = read_form(form_text)
            return FormRequest(
                trigger_id=body["trigger_id"],
                token=token,
                title=form.title or html.unescape(action["text"]["text"]),
                form=form,
                about=html.unescape((body.get("message") or {}).get("text") or ""),
                conversation=conversation,
                message_id=message_id,
            )
        return ButtonPress(
            dedupe_key=f"slack:press:{sender.workspace_id}:{sender.external_id}:{action['action_ts']}:{token}",
            received_at=now,
            sender=sender,
            conversation=conversation,
            token=token,
            message_id=message_id,
        )

    def submission(self, body: Payload, now: datetime) -> FormSubmission | None:
        """Read ``view_submission`` of our form."""
        view = body["view"]
        if view.get("callback_id") != CALLBACK:
            return None
        origin, sender = FormOrigin.read(view["private_metadata"]), _presser(body)
        if not self._admits(sender, origin.conversation):
            return None
        return FormSubmission(
            dedupe_key=f"slack:form:{sender.workspace_id}:{view['id']}:{view['hash']}",
            received_at=now,
            sender=sender,
            conversation=origin.conversation,
            token=origin.token,
            message_id=origin.message_id,
            fields=answers(view),
        )

    def _where_clicked(self, body: Payload) -> ConversationRef:
        """Return where the button is; on the App Home that is nowhere, and the answer goes to the person."""
        channel = (body.get("channel") or {}).get("id")
        if channel is None:
            return self._conversation(body["user"]["id"])
        container = body.get("container") or {}
        thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
        # A message that was answered names itself as its thread; the card still stands in the channel.
        return self._conversation(channel, thread=None if thread == container.get("message_ts") else thread)

    def _conversation(self, channel: str, *, thread: str | None = None) -> ConversationRef:
        # In a shared channel Slack names the workspace of whoever acts; the conversation is ours all the same.
        return ConversationRef(
            channel="slack",
            workspace_id=self.team_id,
            conversation_id=channel,
            thread_id=thread,
            private=_is_private(channel),
        )

    def _admits(self, sender: Actor, where: ConversationRef) -> bool:
        if self.allowed_teams and sender.workspace_id not in self.allowed_teams:
            return False
        return where.private or not self.allowed_channels or where.conversation_id in self.allowed_channels


@dataclass(frozen=True, slots=True)
class Person:
    """An account, of whom an event tells something."""

    team: str
    user: str


def opened_home(body: Payload) -> Person | None:
    """Return who looks at the App Home now; None when it is another tab of the app."""
    event = body["event"]
    return Person(_team_of_event(body), event["user"]) if event.get("tab") == "home" else None


def person_who_left(body: Payload) -> Person | None:
    """Return whose account a ``user_change`` event says to be deactivated; None for every other change."""
    user = body["event"]["user"]
    return Person(user.get("team_id") or _team_of_event(body), user["id"]) if user.get("deleted") else None


def known_name(account: Payload) -> str:
    """Return how the person of a ``users.info`` answer is called."""
    profile = account.get("profile") or {}
    names = (account.get("real_name"), profile.get("real_name"), profile.get("display_name"), account.get("name"))
    return next((name for name in names if name), "")


def language_of(account: Payload) -> str:
    """Return the language in which Slack speaks to the person of a ``users.info`` answer: ``ko`` of ``ko-KR``."""
    return str(account.get("locale") or "").partition("-")[0]


def standing_of(account: Payload, team_id: str) -> Standing | None:
    """Return what sets the person of a ``users.info`` answer apart from the members of the workspace ``team_id``."""
    if account.get("is_stranger") or account.get("team_id", team_id) != team_id:
        return Standing.OUTSIDER
    return Standing.GUEST if account.get("is_restricted") or account.get("is_ultra_restricted") else None


def readable(text: str, bot_user_id: str) -> str:
    """Return what a person sees when they look at ``text``, without the mentions of the bot."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        match target[:1]:
            case "@":
                return "" if target[1:] == bot_user_id else f"@{label or target[1:]}"
            case "#":
                return f"#{label or target[1:]}"
            case "!":
                return label or f"@{target[1:].partition('^')[0]}"
            case _:
                return _link(target, label)

    # Slack escapes these three and no others, so "&quot;" was typed.
    text = _MARKUP.sub(shown, text).replace("\u00a0", " ")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _link(url: str, label: str) -> str:
    """Return a link as it was typed; the label counts only where the client made the link itself."""
    return label if label and url.rstrip("/").endswith(label.rstrip("/")) else url


def _team_of_event(body: Payload) -> str:
    """Return the workspace that has the bot: in a shared channel ``team_id`` may be another's."""
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or body["team_id"])


def _is_private(channel: str) -> bool:
    """Whether this is a conversation with one person: D, or the person (U, W) whose conversation has to be opened."""
    return channel[:1] in {"D", "U", "W"}


def _presser(body: Payload) -> Actor:
    user = body["user"]
    return Actor(
        channel="slack",
        workspace_id=user.get("team_id") or (body.get("team") or {})["id"],
        external_id=user["id"],
        display_name=user.get("name") or user.get("username") or "",
    )


def _attachment(file: Payload) -> Attachment:
    # Of a file in a channel that is shared with others Slack tells the id alone.
    return Attachment(name=file.get("name") or file.get("title") or file["id"], size=file.get("size") or 0)
