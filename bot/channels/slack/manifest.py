"""The app manifest: what a workspace's admin pastes to create the app, and why it asks for what it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

#: Where Slack reaches the bot in HTTP mode.
PATH = "/slack/events"
#: The slash command.
COMMAND = "/skill"

#: The bot's scopes, each with its reason. None of them reads what is said in a channel without a mention.
SCOPES: dict[str, str] = {
    "app_mentions:read": "hear sentences that mention the bot (event app_mention)",
    "chat:write": "post and edit its cards (chat.postMessage, chat.postEphemeral, chat.update)",
    "commands": f"offer the command {COMMAND}",
    "im:history": "hear what people tell it in its own direct messages (event message.im)",
    "im:write": "write to a person first: approvals, outcomes (conversations.open)",
    "users:read": "suspend whose account was deactivated (event user_change), and name strangers (users.info)",
}

#: The scope that a policy needs whose rules name Slack's user groups; without such a rule it is not asked for.
GROUPS_SCOPE = "usergroups:read"

#: The app-level token's scope, which Socket Mode needs.
APP_SCOPE = "connections:write"

#: The events, each covered by a scope above; ``app_home_opened`` needs none.
EVENTS = ("app_home_opened", "app_mention", "message.im", "user_change")

_LONGEST_NAME = 35  # docs.slack.dev, reference/app-manifest: display_information.name


def scopes(*, user_groups: bool) -> dict[str, str]:
    """Return the bot's scopes, each with its reason; ``user_groups``: rules of the policy name Slack's groups."""
    return SCOPES | ({GROUPS_SCOPE: "ask at each vote who is in a user group that a rule names"} if user_groups else {})


def manifest(
    name: str,
    mode: Literal["socket", "http"],
    public_url: str | None = None,
    *,
    user_groups: bool = False,
    say: Callable[[str], str] = str,
) -> dict[str, object]:
    """Return the manifest of an app called ``name``; HTTP mode needs the ``public_url`` under which Slack finds it.

    ``say`` puts its words into the language of the workspace: Slack shows everybody the same.
    """
    url = f"{(public_url or '').rstrip('/')}{PATH}"
    request_url = {"request_url": url} if mode == "http" else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": name[:_LONGEST_NAME],
            "description": say("Installs Agent Skills, once somebody has approved"),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name[:_LONGEST_NAME], "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": say("Install, update and look up skills"),
                    "usage_hint": "install pdf on claude",
                    "should_escape": False,
                    **({"url": url} if mode == "http" else {}),
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(scopes(user_groups=user_groups))}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS), **request_url},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }
