"""Slack: whether the tokens are good, may do what the manifest asks for, and reach the channels of the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.channels.slack.client import SlackClient, SlackIdentity, is_bad_token, reason_of
from bot.channels.slack.manifest import APP_SCOPE, scopes
from bot.config import HttpSettings, SlackSettings
from bot.doctor.findings import Finding, attempt, ok, problem, warning
from core.errors import ChannelError, ChannelRefused, Words

_NETWORK = Words("Check the network, the proxy and api_url in [slack]; then try again.")
_COPY_AGAIN = Words('Copy the token that begins with xoxb- again, from "Install App" at api.slack.com/apps.')
_GENERATE = Words(
    'At api.slack.com/apps, "Basic Information", generate an app-level token (xapp-) with {scope}.', scope=APP_SCOPE
)
_REINSTALL = Words(
    'Paste what "skillwarden slack manifest" prints at api.slack.com/apps, "App Manifest", and install again.'
)
_OUTSIDE = {"not_in_channel", "user_not_in_channel", "channel_not_found"}


async def check_slack(
    settings: SlackSettings, http: HttpSettings, tokens: Mapping[str, str], *, user_groups: bool = False
) -> list[Finding]:
    """Ask Slack about every one of ``tokens`` (by setting) that there is, and about the channels of ``settings``."""
    bot = tokens.get("bot_token")
    async with SlackClient(bot or "", api_url=settings.api_url) as client:
        findings = await _bot(client, settings, scopes(user_groups=user_groups)) if bot else []
        if "app_token" in tokens:
            findings += await attempt("Slack sockets", _sockets(client, tokens["app_token"]), _NETWORK)
    if settings.mode == "http":
        findings += _address(http)
    return findings


async def _bot(client: SlackClient, settings: SlackSettings, needed: Mapping[str, str]) -> list[Finding]:
    try:
        identity = await client.identify()
    except ChannelError as error:
        reason = reason_of(error)
        advice = _COPY_AGAIN if is_bad_token(error) else _NETWORK
        return [
            problem("Slack", Words("auth.test was answered with: {reason}", reason=reason), advice, error.exit_code)
        ]
    findings = [
        ok(
            "Slack",
            Words(
                "the bot is {bot_user_id} in the workspace {team_id}",
                bot_user_id=identity.bot_user_id,
                team_id=identity.team_id,
            ),
        )
    ]
    findings += _scopes(identity, needed)
    findings += await attempt("Slack approvals", _approvals(client, identity, settings), _NETWORK)
    for channel in settings.allowed_channels:
        check = f"Slack channel {channel}"
        findings += await attempt(check, _membership(check, client, identity, channel), _NETWORK)
    return findings


def _scopes(identity: SlackIdentity, needed: Mapping[str, str]) -> Sequence[Finding]:
    check = "Slack scopes"
    if not identity.scopes:
        return [
            warning(
                check,
                Words("Slack does not say which scopes the token has"),
                Words("Look at OAuth & Permissions there."),
            )
        ]
    missing = [f"{scope} ({needed[scope]})" for scope in sorted(needed.keys() - identity.scopes)]
    if missing:
        return [problem(check, Words("missing: {missing}", missing="; ".join(missing)), _REINSTALL)]
    return [ok(check, Words("every scope of the manifest is granted"))]


async def _sockets(client: SlackClient, app_token: str) -> Sequence[Finding]:
    """Ask for the address of a connection; nothing is opened there, so no delivery can go astray."""
    try:
        await client.socket_url(app_token)
    except ChannelError as error:
        reason = reason_of(error)
        if reason != "missing_scope" and not is_bad_token(error):
            raise
        found = Words("apps.connections.open was answered with: {reason}", reason=reason)
        return [problem("Slack sockets", found, _GENERATE, error.exit_code)]
    return [ok("Slack sockets", Words("Slack gives an address for Socket Mode"))]


def _address(http: HttpSettings) -> list[Finding]:
    if http.public_url is None:
        return [
            problem(
                "Slack address", Words("[http] public_url is not set"), Words("Set it to where Slack reaches the bot.")
            )
        ]
    return [ok("Slack address", Words("Slack is told to reach the bot at {public_url}", public_url=http.public_url))]


async def _approvals(client: SlackClient, identity: SlackIdentity, settings: SlackSettings) -> Sequence[Finding]:
    check = "Slack approvals"
    if settings.approval_channel is not None:
        return await _membership(check, client, identity, settings.approval_channel)
    if settings.approval_messages:
        return [ok(check, Words("each approver is asked in a direct message"))]
    advice = Words("Set approval_channel, or approval_messages = true, in [slack].")
    return [problem(check, Words("approval cards go nowhere"), advice)]


async def _membership(check: str, client: SlackClient, identity: SlackIdentity, channel: str) -> Sequence[Finding]:
    """Say whether the bot is in ``channel``, by an ephemeral message to itself: nobody sees it, nothing stays.

    conversations.info would take channels:read and groups:read, which the bot does without.
    """
    asked = {"channel": channel, "user": identity.bot_user_id, "text": "skillwarden doctor"}
    try:
        await client.call("chat.postEphemeral", **asked)
    except ChannelError as error:
        reason = reason_of(error)
        if reason in _OUTSIDE:
            found = Words(
                "the bot is not in {channel}, or there is no such channel ({reason})", channel=channel, reason=reason
            )
            return [problem(check, found, Words("Invite the bot there (/invite), or correct the id in [slack]."))]
        if reason == "is_archived":
            return [
                problem(
                    check,
                    Words("{channel} is archived", channel=channel),
                    Words("Unarchive it, or name another channel in [slack]."),
                )
            ]
        if reason == "missing_scope":
            return [
                problem(
                    check,
                    Words("the bot may not write to {channel} ({reason})", channel=channel, reason=reason),
                    _REINSTALL,
                )
            ]
        if not isinstance(error, ChannelRefused):
            raise
        return [
            warning(
                check,
                Words("whether the bot is in {channel} is not known ({reason})", channel=channel, reason=reason),
                Words("Look there in Slack."),
            )
        ]
    return [ok(check, Words("the bot is in {channel}", channel=channel))]
