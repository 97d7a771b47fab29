"""A client for programs that ask people: ask, wait, resume by id, and check what calls back.

    async with HitlClient("http://127.0.0.1:8080", token) as desk:
        decision = await desk.ask(agent_type="cost", title="Stop 12 idle instances", payload={"saves": 41.5})
        if decision.is_approved:
            ...

Silence is never a yes: only ``approved`` is, and an error, a rejection and a time that ran out are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

import httpx
from pydantic import BaseModel, ConfigDict

from core.domain.agents import AgentType, RequestType
from core.domain.callbacks import DELIVERY, SIGNATURE, TIMESTAMP, signature

PATH = "/api/v1/hitl/requests"
# The longest that the server lets anybody wait at a time, and what the network may take beyond it, in seconds.
_POLL = 30
_NETWORK = 10.0
# Seconds before what failed is tried again; they double up to the longest.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_BUSY = {408, 425, 429, 500, 502, 503, 504}
# Seconds by which a callback's clock may differ from ours.
_TOLERANCE = 300


class DeskError(Exception):
    """The desk refused: ``code`` for programs, ``status`` of HTTP, and the sentence for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Keep what the desk said."""
        super().__init__(message)
        self.status = status
        self.code = code


class BadCallbackError(Exception):
    """What called was not the desk, or it called long ago."""


class Decision(BaseModel):
    """A request as it stands; ``response`` and ``comment`` are the person's. What is new in a version is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    code: str
    status: Literal["pending", "approved", "rejected", "expired", "cancelled"]
    response: dict[str, Any] | None
    comment: str | None
    responded_by: str | None
    responded_at: datetime | None
    expires_at: datetime

    @property
    def is_approved(self) -> bool:
        """Whether somebody who may has said yes."""
        return self.status == "approved"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided yet; ``HitlClient.resume`` goes on waiting."""
        return self.status == "pending"


class HitlClient:
    """Asks in the name of whoever the token belongs to."""

    def __init__(self, url: str, token: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Talk to the desk at ``url``; ``transport`` stands in for the network."""
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_POLL + _NETWORK,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self,
        *,
        agent_type: AgentType,
        title: str,
        payload: dict[str, Any],
        request_type: RequestType = "action_approval",
        description: str | None = None,
        options: tuple[str, ...] = (),
        expires_in_minutes: int = 60,
        callback_url: str | None = None,
        key: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - who waits decides for how long, and gets what there is then
    ) -> Decision:
        """Ask, and wait until it is decided, or at most ``timeout`` seconds (None: until it expires).

        Returns:
            The decision; pending when the time was over first. Wait on with ``resume(decision.id)``.

        ``key`` names the question: asked again with it, after a crash of yours too, it is the same request.

        Raises:
            DeskError: the desk does not take the question.
            TimeoutError: the desk could not be reached in time. The question may have been asked: ask with its ``key``.
        """
        body = {
            "agent_type": agent_type,
            "request_type": request_type,
            "title": title,
            "description": description,
            "payload": payload,
            "options": list(options),
            "expires_in_minutes": expires_in_minutes,
            "callback_url": callback_url,
        }
        # The same key for each try: an answer that got lost does not ask twice.
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        loop = asyncio.get_running_loop()
        until = None if timeout is None else loop.time() + timeout
        async with asyncio.timeout_at(until):
            asked = Decision.model_validate(await self._call("POST", PATH, json=body, headers=headers))
        return await self._until_decided(asked, until)

    async def resume(self, request_id: str, *, timeout: float | None = None) -> Decision:  # noqa: ASYNC109 - as in ask
        """Wait on for a request that was asked before; see ``ask``."""
        until = None if timeout is None else asyncio.get_running_loop().time() + timeout
        async with asyncio.timeout_at(until):
            asked = await self.get(request_id)
        return await self._until_decided(asked, until)

    async def get(self, request_id: str) -> Decision:
        """Return a request as it stands.

        Raises:
            DeskError: there is none.
        """
        return Decision.model_validate(await self._call("GET", f"{PATH}/{request_id}"))

    async def cancel(self, request_id: str, comment: str | None = None) -> Decision:
        """Take a request back.

        Raises:
            DeskError: it is decided, expired or somebody else's.
        """
        params = {"comment": comment} if comment else None
        return Decision.model_validate(await self._call("DELETE", f"{PATH}/{request_id}", params=params))

    async def _until_decided(self, known: Decision, until: float | None) -> Decision:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                while known.is_pending:
                    found = await self._call("GET", f"{PATH}/{known.id}", params={"wait": _POLL})
                    known = Decision.model_validate(found)
        return known

    async def _call(self, method: str, path: str, **more: Any) -> Any:
        """Send until there is an answer; only what can get better is tried again."""
        pause = _FIRST_PAUSE
        while True:
            wait = pause
            try:
                answer = await self._http.request(method, path, **more)
            except httpx.TransportError:
                pass
            else:
                if answer.is_success:
                    return answer.json()
                if answer.status_code not in _BUSY:
                    raise _refusal(answer)
                wait = float(answer.headers.get("Retry-After", pause))
            await asyncio.sleep(wait)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _refusal(answer: httpx.Response) -> DeskError:
    try:
        error = answer.json()["error"]
        return DeskError(answer.status_code, error["code"], error["message"])
    except (ValueError, KeyError, TypeError):
        return DeskError(answer.status_code, "UNKNOWN", f"The desk answered {answer.status_code}.")


def read_callback(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[str, Decision]:
    """Return the delivery id and the decision of a callback. Take each delivery id once: it can come again.

    ``headers`` are looked up without regard to case.

    Raises:
        BadCallbackError: it is not signed with ``secret``, or it was sent more than five minutes from ``now``.
    """
    found = {name.lower(): value for name, value in headers.items()}
    timestamp = found.get(TIMESTAMP.lower(), "")
    expected = signature(secret, timestamp, body)
    if not hmac.compare_digest(expected.encode(), found.get(SIGNATURE.lower(), "").encode()):
        raise BadCallbackError("the signature is not ours")
    if not timestamp.isdigit() or abs(int(timestamp) - now.timestamp()) > _TOLERANCE:
        raise BadCallbackError("it was sent long ago, or its clock is wrong")
    told = json.loads(body)
    if told["delivery_id"] != found.get(DELIVERY.lower()):
        raise BadCallbackError("it names another delivery than its header")
    return told["delivery_id"], Decision.model_validate(told["request"])
