"""The server: one port on loopback for the Web API, uploads, response URLs and Socket Mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.slack.arguments import Arguments, Method, SlackError
from tests.platforms.slack.blocks import named
from tests.platforms.slack.chat_api import ChatApi, checked_content
from tests.platforms.slack.schema import Json
from tests.platforms.slack.trouble import Fault, Trouble
from tests.platforms.slack.world import Channel, Message, User
from tests.platforms.timing import Pace

#: How often and for how many seconds a response_url can be used.
RESPONSE_USES = 5
RESPONSE_LIVES = 30 * 60.0


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of the Web API: what was sent, and ``ok``, Slack's error, the status or ``no answer``."""

    method: str
    arguments: Mapping[str, Any]
    outcome: str
    at: float


@dataclass(kw_only=True)
class _ResponseUrl:
    user: User
    channel: Channel
    message: Message | None
    born: float
    uses: int = 0


class WebApi:
    """Answers every call the way Slack does, unless there is trouble."""

    def __init__(
        self,
        methods: Mapping[str, Method],
        tokens: Mapping[str, str],
        scopes: Mapping[str, set[str]],
        *,
        trouble: Trouble,
        changed: Callable[[], None],
    ) -> None:
        """Offer ``methods``; ``tokens`` and ``scopes`` are by kind of token, bot and app."""
        self.calls: list[Call] = []
        self._methods = methods
        self._tokens = tokens
        self._scopes = scopes
        self._trouble = trouble
        self._changed = changed

    async def answer(self, request: web.Request, pace: Pace, hang: Any) -> web.StreamResponse:
        """Answer one request."""
        name = request.match_info["method"]
        sent, is_json = await _arguments(request)
        channel = (sent or {}).get("channel")
        fault = self._trouble.for_call(name, channel if isinstance(channel, str) else None)
        if fault is not None and not fault.acts:
            self._note(name, sent or {}, fault.error if fault.kind == "error" else fault.kind, pace)
            return await _misbehave(fault, request, hang)
        try:
            body = {"ok": True, **self._do(request, name, sent, is_json=is_json)}
        except SlackError as error:
            body = error.as_json()
        self._note(name, sent or {}, "no answer" if fault else body.get("error", "ok"), pace)
        if fault is not None:
            return await _misbehave(fault, request, hang)
        return web.json_response(body, headers=self._headers(name))

    def _do(self, request: web.Request, name: str, sent: Mapping[str, Any] | None, *, is_json: bool) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if sent is None:
            raise SlackError("invalid_json")
        given = request.headers.get("Authorization", "").removeprefix("Bearer ") or (
            "" if is_json else sent.get("token")
        )
        self._authorise(method, str(given or ""))
        if is_json and method.form_only:
            sent = dict(request.query)
            is_json = False
        return method.act(method.read({key: sent[key] for key in sent if key != "token"}, is_json=is_json))

    def _authorise(self, method: Method, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        kind = next((kind for kind, known in self._tokens.items() if known == token), None)
        if kind is None:
            raise SlackError("invalid_auth")
        if kind != method.token:
            raise SlackError("not_allowed_token_type")
        provided = self._scopes[kind]
        if method.scopes and not provided & set(method.scopes):
            raise SlackError("missing_scope", needed=method.scopes[0], provided=",".join(sorted(provided)))

    def _headers(self, name: str) -> dict[str, str]:
        method = self._methods.get(name)
        if method is None:
            return {}
        return {
            "X-OAuth-Scopes": ",".join(sorted(self._scopes[method.token])),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes),
            "X-Slack-Req-Id": "0123456789abcdef",
        }

    def _note(self, name: str, sent: Mapping[str, Any], outcome: str, pace: Pace) -> None:
        self.calls.append(Call(method=name, arguments=sent, outcome=outcome, at=pace.now()))
        self._changed()


class ResponseUrls:
    """Addresses at which a press or a command can be answered for a while."""

    def __init__(self, chat: ChatApi) -> None:
        """Answer into the world of ``chat``."""
        self._chat = chat
        self._urls: dict[str, _ResponseUrl] = {}
        self.base = ""

    def new(self, user: User, channel: Channel, message: Message | None = None) -> str:
        """Return an address for what ``user`` has just done in ``channel``, on ``message`` if it was a press."""
        key = self._chat.world.new_id("r")
        self._urls[key] = _ResponseUrl(user=user, channel=channel, message=message, born=self._chat.world.pace.now())
        return f"{self.base}{key}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Take one answer."""
        found = self._urls.get(request.match_info["key"])
        if found is None or self._chat.world.pace.now() - found.born > RESPONSE_LIVES:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if found.uses >= RESPONSE_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        body = await _json_object(request)
        if body is None:
            return web.Response(status=400, text="invalid_payload")
        try:
            self.respond(found.user, found.channel, body, found.message)
        except SlackError as error:
            return web.Response(status=400, text=error.code)
        found.uses += 1
        return web.Response(text="ok")

    def respond(self, user: User, channel: Channel, body: Json, message: Message | None = None) -> None:
        """Show, replace or delete what an answer asks for.

        Raises:
            SlackError: the content is nothing Slack would show.
        """
        world = self._chat.world
        if body.get("delete_original") and message is not None:
            message.deleted = True
            world.changed()
            return
        text, blocks, attachments = checked_content(Arguments(body))
        if body.get("replace_original") and message is not None:
            message.change(text, named(blocks, world.names()))
            world.changed()
        elif body.get("response_type") == "in_channel":
            kept = named(blocks, world.names())
            world.post(Message(channel=channel, ts=world.next_ts(), user=world.bot, text=text, blocks=kept))
        else:
            self._chat.show_only_to(user, channel, text, blocks, attachments, body.get("thread_ts"))


async def _arguments(request: web.Request) -> tuple[dict[str, Any] | None, bool]:
    """Return the arguments, None when the body is not what it says it is, and whether they came as JSON."""
    query: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        body = await _json_object(request)
        return (None if body is None else {**query, **body}), True
    form = await request.post()
    return {**query, **form}, False


async def _json_object(request: web.Request) -> dict[str, Any] | None:
    try:
        body = await request.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


async def _misbehave(fault: Fault, request: web.Request, hang: Any) -> web.StreamResponse:
    match fault.kind:
        case "ratelimited":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
        case "server_error":
            return web.Response(status=fault.status, text="<html>Something went wrong</html>", content_type="text/html")
        case "error":
            return web.json_response({"ok": False, "error": fault.error})
        case "hang":
            await hang.wait()
        case "drop":
            pass
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
