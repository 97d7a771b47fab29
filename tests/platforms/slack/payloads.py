"""What Slack sends: events, presses, submissions and commands, property by property."""

from __future__ import annotations

import re

from tests.platforms.slack.schema import Json, escaped
from tests.platforms.slack.world import Channel, Message, User, View, World

_NAME = re.compile(r"(?<![\w@/])@([a-z0-9._-]*[a-z0-9])", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w&#])#([a-z0-9_-]+)", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>|]+|(?<![\w@./:-])(?:[a-z0-9-]+\.)+(?:com|dev|io|net|org)(?:/[^\s<>|]*)?(?![\w@-])")


def as_sent(world: World, typed: str) -> str:
    """Return what arrives when somebody types this: escaped, with links, people and channels marked up."""

    def link(found: re.Match[str]) -> str:
        url = found[0]
        return f"<{url}>" if url.startswith("http") else f"<http://{url}|{url}>"

    def person(found: re.Match[str]) -> str:
        user = world.user_named(found[1])
        return user.mention if user else found[0]

    def channel(found: re.Match[str]) -> str:
        there = world.channel_named(found[1])
        return f"<#{there.id}|{there.name}>" if there and there.kind == "public" else found[0]

    text = _LINK.sub(link, escaped(typed))
    return _CHANNEL.sub(channel, _NAME.sub(person, text))


def message_json(world: World, message: Message) -> Json:
    """Return a message as it stands in events and answers."""
    found: Json = {
        "type": "message",
        "user": message.user.id,
        "text": message.text,
        "ts": message.ts,
        "team": message.user.team,
    }
    if message.user is world.bot:
        found |= {"bot_id": world.bot_id, "app_id": world.app_id}
        found["bot_profile"] = {
            "id": world.bot_id,
            "app_id": world.app_id,
            "name": world.bot.name,
            "team_id": world.team_id,
            "deleted": False,
        }
    optional = {
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": [file.as_json() for file in message.files],
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "client_msg_id": message.client_msg_id,
        "metadata": message.metadata,
    }
    found |= {name: value for name, value in optional.items() if value}
    if message.thread_ts and message.thread_ts != message.ts:
        parent = message.channel.messages.get(message.thread_ts)
        found |= {"parent_user_id": parent.user.id} if parent else {}
    if message.files:
        found["subtype"] = "file_share"
    return found


def event(world: World, content: Json, team: str | None = None) -> Json:
    """Return the envelope of the Events API around ``content``."""
    return {
        "token": "verification",
        "team_id": world.team_id,
        "context_team_id": world.team_id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": content,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": int(world.pace.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": world.team_id,
                "user_id": world.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": team not in {None, world.team_id},
        "event_context": world.new_id("4-ctx"),
    }


def _common(world: World, user: User, trigger_id: str) -> Json:
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "team": {"id": user.team, "domain": world.team_domain if user.team == world.team_id else "elsewhere"},
        "api_app_id": world.app_id,
        "token": "verification",
        "trigger_id": trigger_id,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _action(world: World, block: Json, element: Json, more: Json) -> Json:
    kept: Json = {name: element[name] for name in ("action_id", "text", "value", "style") if name in element}
    return {"type": element["type"], "block_id": block["block_id"], **kept, **more, "action_ts": world.next_ts()}


def press_on_message(
    world: World, user: User, message: Message, pressed: tuple[Json, Json, Json], *, trigger_id: str, response_url: str
) -> Json:
    """Return the ``block_actions`` of a press (block, element, what was chosen) on a message."""
    ephemeral = message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload: Json = {
        "type": "block_actions",
        **_common(world, user, trigger_id),
        "container": container,
        "channel": {"id": message.channel.id, "name": message.channel.name},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [_action(world, *pressed)],
    }
    if not ephemeral:
        payload["message"] = message_json(world, message)
    return payload


def view_json(world: World, view: View, values: Json | None = None) -> Json:
    """Return a view as it stands in payloads and answers."""
    content = view.content
    return {
        "id": view.id,
        "team_id": world.team_id,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": values or {}},
        "hash": view.hash,
        "title": content.get("title"),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root or view.id,
        "app_id": world.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": world.team_id,
        "bot_id": world.bot_id,
    }


def press_on_view(world: World, view: View, pressed: tuple[Json, Json, Json], *, trigger_id: str) -> Json:
    """Return the ``block_actions`` of a press inside a modal or the App Home."""
    return {
        "type": "block_actions",
        **_common(world, view.user, trigger_id),
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(world, view),
        "actions": [_action(world, *pressed)],
    }


def submission(world: World, view: View, values: Json, *, trigger_id: str) -> Json:
    """Return the ``view_submission`` of a modal."""
    return {
        "type": "view_submission",
        **_common(world, view.user, trigger_id),
        "view": view_json(world, view, values),
        "response_urls": [],
    }


def closing(world: World, view: View, *, cleared: bool) -> Json:
    """Return the ``view_closed`` of a modal."""
    common = _common(world, view.user, "")
    del common["trigger_id"]
    return {"type": "view_closed", **common, "view": view_json(world, view), "is_cleared": cleared}


def command(
    world: World, user: User, channel: Channel, line: tuple[str, str], *, trigger_id: str, response_url: str
) -> Json:
    """Return the form of a slash command: its name and the rest of the line."""
    name = "privategroup" if channel.kind in {"private", "mpim"} else channel.name
    return {
        "token": "verification",
        "team_id": user.team,
        "team_domain": world.team_domain,
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name,
        "command": line[0],
        "text": escaped(line[1]),
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }
