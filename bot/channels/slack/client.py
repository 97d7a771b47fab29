"""The Web API: one call, without hidden retries, its errors translated once."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from core.errors import ChannelError, ChannelRefused, MessageGone, NoEntry, RateLimited, Words

#: Where the real Slack is.
API_URL = "https://slack.com/api/"
#: How people know the channel, in errors.
NAME = "Slack"

_TIMEOUT = 10  # seconds; Slack itself gives an answer up after 3
_TOO_MANY = 429
_UNNAMED_WAIT = 1.0  # seconds, when Slack does not say how long

# docs.slack.dev, reference/methods: what ends the life of a message,
_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
# what closes one conversation to the bot (docs.slack.dev, reference/methods/chat.postMessage, chat.postEphemeral),
_NO_ENTRY = {
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action_read_only_channel",
    "user_not_in_channel",
}
_BUSY = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# and what may pass: Slack is in trouble, or the operator has to repair the app and nothing may be lost until then.
_PASSING = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "org_login_required",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "token_expired",
    "token_revoked",
}
# What only another token mends: of one that is none, is withdrawn, or is of another kind.
_BAD_TOKEN = {
    "account_inactive",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}


@dataclass(frozen=True, slots=True)
class SlackIdentity:
    """Who the token belongs to: the workspace, the bot, its account, and what it may do."""

    team_id: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str] = frozenset()


class SlackClient:
    """Slack's methods at ``api_url``, which ends in ``/api/``."""

    def __init__(self, token: str, *, api_url: str = API_URL, timeout: int = _TIMEOUT) -> None:
        """Make no connection yet; ``timeout`` is in seconds for one call."""
        self.web = AsyncWebClient(token=token, base_url=api_url, timeout=timeout, retry_handlers=[])
        self.web.proxy = proxy_for(api_url)
        #: Slack's word for what is wrong with the bot's token, as of the last call; None: nothing is.
        self.refused: str | None = None
        self._timeout = timeout

    async def __aenter__(self) -> Self:
        """Keep connections open from now on; outside of the context every call opens its own."""
        self.web.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timeout))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them."""
        session, self.web.session = self.web.session, None
        if session is not None:
            await session.close()

    async def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """Call ``method`` and return its answer.

        Raises:
            RateLimited, MessageGone, ChannelRefused, ChannelError: as for the port Channel.
        """
        return (await self._answer(self.web.api_call(method, json=arguments))).data

    async def identify(self) -> SlackIdentity:
        """Ask whose token this is.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``.
        """
        answer = await self._answer(self.web.auth_test())
        return SlackIdentity(
            team_id=answer.data["team_id"],
            bot_id=answer.data.get("bot_id", ""),
            bot_user_id=answer.data["user_id"],
            scopes=frozenset(filter(None, map(str.strip, answer.headers.get("x-oauth-scopes", "").split(",")))),
        )

    async def person(self, user: str) -> Mapping[str, Any]:
        """Return what Slack tells of an account (``users.info``).

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``.
        """
        return dict((await self._answer(self.web.users_info(user=user, include_locale=True))).data["user"])

    async def group_members(self, group: str) -> frozenset[str]:
        """Return the accounts in a user group (``usergroups.users.list``).

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``.
        """
        return frozenset((await self._answer(self.web.usergroups_users_list(usergroup=group))).data["users"])

    async def socket_url(self, app_token: str) -> str:
        """Return a fresh address for one Socket Mode connection.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``call``.
        """
        return str((await self._answer(self.web.apps_connections_open(app_token=app_token), is_bots=False)).data["url"])

    async def _answer(self, call: Awaitable[AsyncSlackResponse], *, is_bots: bool = True) -> _Answer:
        """Return what ``call`` is answered; it goes with the bot's token, or else another one."""
        try:
            response = await call
        except SlackApiError as error:
            translated = _translated(error)
            if is_bots:
                self.refused = reason_of(translated) if is_bad_token(translated) else None
            raise translated from error
        except TimeoutError as error:
            raise ChannelError(
                channel=NAME, reason=Words("no answer within {timeout} seconds", timeout=self._timeout)
            ) from error
        except (aiohttp.ClientError, OSError) as error:
            raise ChannelError(channel=NAME, reason=str(error) or type(error).__name__) from error
        except AttributeError as error:  # the SDK stumbles over a 200 that is no JSON: a proxy's greeting
            raise ChannelError(channel=NAME, reason=Words("the answer is not Slack's")) from error
        if is_bots:
            self.refused = None
        if not isinstance(response.data, dict):
            raise ChannelError(channel=NAME, reason=Words("the answer is not Slack's"))
        return _Answer(data=response.data, headers={key.lower(): value for key, value in response.headers.items()})


@dataclass(frozen=True, slots=True)
class _Answer:
    data: dict[str, Any]
    headers: Mapping[str, str]


def reason_of(error: ChannelError) -> str:
    """Return Slack's own word for what is wrong."""
    return str(error.params.get("reason", error)).partition(";")[0]


def is_bad_token(error: ChannelError) -> bool:
    """Whether only another token mends it."""
    return reason_of(error) in _BAD_TOKEN


def is_refusal(error: ChannelError) -> bool:
    """Whether somebody has to do something about it: waiting does not mend it."""
    return isinstance(error, ChannelRefused) or is_bad_token(error) or reason_of(error) == "missing_scope"


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for ``url``; the SDK would not look at NO_PROXY."""
    parts = urlsplit(url)
    if parts.scheme not in {"https", "wss"} or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get("https")


def _translated(error: SlackApiError) -> ChannelError:
    """Return the port's error for what Slack answered."""
    # With a body that is no JSON the SDK passes the HTTP client's response on instead of its own.
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
    data = getattr(error.response, "data", None)
    name = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == _TOO_MANY or name in _BUSY:
        return RateLimited(channel=NAME, seconds=_wait(error.response.headers))
    if name in _GONE:
        return MessageGone(channel=NAME)
    if not name or name in _PASSING:
        return ChannelError(channel=NAME, reason=name or Words("HTTP status {status}", status=status))
    messages = (data.get("response_metadata") or {}).get("messages") or [] if isinstance(data, dict) else []
    kind = NoEntry if name in _NO_ENTRY else ChannelRefused
    return kind(channel=NAME, reason="; ".join([name, *map(str, messages)]))


def _wait(headers: Mapping[str, str]) -> float:
    """Return the seconds that Slack asks to wait."""
    named = {key.lower(): value for key, value in headers.items()}.get("retry-after", "")
    try:
        return max(float(named), 0.0)
    except ValueError:
        return _UNNAMED_WAIT
