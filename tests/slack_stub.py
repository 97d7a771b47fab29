"""Slack in memory, without a server, for suites that start outside of a loop; it checks what the strict fake checks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.slack.client import NAME, SlackClient
from core.errors import ChannelRefused, MessageGone
from tests.platforms.slack.blocks import check_blocks, check_view, mrkdwn_length, too_long
from tests.platforms.slack.chat_api import EDITED_TEXT
from tests.platforms.slack.forms import filled_in

TEAM, BOT = "T1", "UBOT"


class SlackStub(SlackClient):
    """A client whose calls never leave the process; blocks that Slack would refuse are refused."""

    def __init__(self) -> None:
        """Know no message yet."""
        super().__init__("xoxb-test", api_url="http://127.0.0.1:9/api/")
        self.views: list[dict[str, Any]] = []
        self.messages: dict[tuple[str, str], dict[str, Any]] = {}

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Do what Slack would do."""
        if problems := _problems(arguments):
            raise ChannelRefused(channel=NAME, reason="; ".join(problems))
        match method:
            case "conversations.open":
                return {"channel": {"id": f"D{arguments['users']}"}}
            case "chat.postMessage" | "chat.postEphemeral":
                ts = f"1700000000.{len(self.messages):06}"
                self.messages[arguments["channel"], ts] = arguments
                return {"ts": ts, "message_ts": ts}
            case "chat.update":
                key = arguments["channel"], arguments["ts"]
                if key not in self.messages:
                    raise MessageGone(channel=NAME)
                self.messages[key].update(text=arguments["text"], blocks=arguments["blocks"])
            case "views.open":
                self.views.append(arguments["view"])
        return {}

    def clicks(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """Return what arrives when alice presses every button of a message, one after the other."""
        message = self.messages[channel, ts]
        return [
            {
                "team": {"id": TEAM},
                "user": {"id": "Ualice", "team_id": TEAM},
                "container": {"type": "message", "message_ts": ts, "channel_id": channel},
                "channel": {"id": channel},
                "message": {"ts": ts, "text": message["text"]},
                "trigger_id": "1.2.f",
                "actions": [{**button, "action_ts": "9.1"}],
            }
            for block in message["blocks"]
            if block["type"] == "actions"
            for button in block["elements"]
        ]

    def submission(self, answers: Sequence[str | tuple[int, ...]]) -> dict[str, Any]:
        """Return what arrives when alice fills in the form that opened last: texts, and positions of what she ticks."""
        inputs = [block for block in self.views[-1]["blocks"] if block["type"] == "input"]
        values = {
            block["label"]["text"]: answer
            if isinstance(answer, str)
            else [block["element"]["options"][position]["text"]["text"] for position in answer]
            for block, answer in zip(inputs, answers, strict=True)
        }
        view = {**self.views[-1], "id": "V1", "hash": "1", "state": {"values": filled_in(inputs, values)}}
        return {"team": {"id": TEAM}, "user": {"id": "Ualice", "team_id": TEAM}, "view": view}

    def shown(self) -> str:
        """Return the words of all messages as they are now, in a form a test can search."""
        return "\n".join(json.dumps(message, ensure_ascii=False) for message in self.messages.values())


def _problems(arguments: Mapping[str, Any]) -> list[str]:
    if "view" in arguments:
        return check_view(arguments["view"], arguments["view"]["type"])
    blocks = arguments.get("blocks", [])
    return [
        *check_blocks(blocks, "message"),
        *(["msg_blocks_too_long"] if too_long(blocks) else []),
        *(["msg_too_long"] if mrkdwn_length(arguments.get("text", "")) > EDITED_TEXT else []),
    ]
